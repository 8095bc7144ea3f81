"""Reads and writes whether surgery is planned: none, planned with no day yet, or its day."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from baclo.case.moment import read_day, write_moment
from baclo.errors import Problem

NONE, PLANNED = "none", "planned"
PLANNED_WORDS = (NONE, PLANNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surgery:
    """Whether surgery is planned; `at` is None where it is not, or where its day is not known."""

    planned: bool
    at: datetime | None


def read_surgery(raw: object, zone: ZoneInfo) -> Surgery | Problem:
    """What "none", "planned" or a day says; a bare date means the start of that day in `zone`."""
    if raw in PLANNED_WORDS:
        return Surgery(planned=raw == PLANNED, at=None)
    found = read_day(raw, zone)
    if isinstance(found, Problem):
        return replace(found, allowed=f'"{NONE}", "{PLANNED}" or {found.allowed}')
    return Surgery(planned=True, at=found)


def write_surgery(planned: bool | None, at: datetime | None) -> str | None:
    """The words that `read_surgery` reads; None where nobody said."""
    if at is not None:
        return write_moment(at)
    return None if planned is None else PLANNED if planned else NONE
