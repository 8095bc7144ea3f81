"""The newest of a row of dated values that is not in the future."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar


class Dated(Protocol):
    """Anything with a moment."""

    @property
    def at(self) -> datetime:
        """When it was measured."""
        ...


D = TypeVar("D", bound=Dated)


def newest(values: Sequence[D], at: datetime) -> tuple[int, D] | None:
    """The place and the value of the newest of `values` not after `at`; None where there is none."""
    past = [(index, value) for index, value in enumerate(values) if value.at <= at]
    return max(past, key=lambda entry: entry[1].at, default=None)
