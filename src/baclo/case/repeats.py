"""What a list of dated things may not do: end before it begins, overlap, say the same twice."""

from collections.abc import Hashable, Iterator, Mapping
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from baclo.case.moment import local_moment
from baclo.errors import Problem


class Stretch(Protocol):
    """Anything with a start and perhaps an end."""

    @property
    def since(self) -> datetime:
        """When it begins."""
        ...

    @property
    def until(self) -> datetime | None:
        """When it ends; None is open."""
        ...


def stretch_problems(path: str, stretches: Mapping[int, Stretch], zone: ZoneInfo) -> Iterator[Problem]:
    """Every stretch that ends before it begins, and every one that begins within an earlier one.

    Moments are told by the clock of `zone`.
    """
    whole: list[tuple[int, Stretch]] = []
    for place, stretch in stretches.items():
        if stretch.until is not None and not stretch.since < stretch.until:
            yield Problem(
                path=f"{path}[{place}].until",
                message="is not after since",
                value=local_moment(stretch.until, zone),
                allowed=f"after {local_moment(stretch.since, zone)}",
            )
        else:
            whole.append((place, stretch))
    yield from _overlaps(path, sorted(whole, key=lambda entry: entry[1].since), zone)


def _overlaps(path: str, ordered: list[tuple[int, Stretch]], zone: ZoneInfo) -> Iterator[Problem]:
    """Every stretch that begins before the furthest reaching earlier one has ended."""
    reach: tuple[int, Stretch] | None = None
    for place, stretch in ordered:
        if reach is not None and not _ended(reach[1], stretch.since):
            end = "is open" if reach[1].until is None else f"ends {local_moment(reach[1].until, zone)}"
            yield Problem(
                path=f"{path}[{place}].since",
                message=f"overlaps {path}[{reach[0]}], which {end}",
                value=local_moment(stretch.since, zone),
                allowed=f"end {path}[{reach[0]}] at this moment or earlier, or begin later",
            )
        if reach is None or (stretch.until is None or _ended(reach[1], stretch.until)):
            reach = (place, stretch)


def _ended(stretch: Stretch, at: datetime) -> bool:
    return stretch.until is not None and stretch.until <= at


def repeat_problems(path: str, said: Mapping[int, Hashable], what: str) -> Iterator[Problem]:
    """Every entry that says again what an earlier one said."""
    first: dict[Hashable, int] = {}
    for place, value in said.items():
        if value in first:
            yield Problem(path=f"{path}[{place}]", message=f"is {what} as {path}[{first[value]}]", allowed="each once")
        else:
            first[value] = place
