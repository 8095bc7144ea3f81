"""Reads moments and clock times as TOML and JSON write them; a moment without its offset is refused."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from baclo.case.entered import as_entered
from baclo.errors import Problem

DAY_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
MOMENT_PATTERN = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})$"
)
CLOCK_PATTERN = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
FIRST_YEAR, LAST_YEAR = 1900, 2199
_MOMENT = "a date, a time and the offset from UTC, like 2026-11-22T08:00:00+01:00"
_CLOCK = 'hours and minutes, like "08:00"'


def read_moment(raw: object) -> datetime | Problem:
    """The moment in UTC that `raw` (a TOML moment or a text) names; a problem where it names none."""
    found = raw
    if isinstance(raw, str) and re.fullmatch(MOMENT_PATTERN, raw):
        try:
            found = datetime.fromisoformat(raw.upper())
        except ValueError:
            found = None
    if not isinstance(found, datetime):
        return _problem("is no moment", raw, _MOMENT)
    if found.tzinfo is None:
        return _problem("does not say its offset from UTC", raw, _MOMENT)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        return _far(raw)
    return found.astimezone(UTC)


def read_day(raw: object, zone: ZoneInfo) -> datetime | Problem:
    """As `read_moment`; a bare date means the start of that day in `zone`."""
    day = raw
    if isinstance(raw, str) and re.fullmatch(DAY_PATTERN, raw):
        try:
            day = date.fromisoformat(raw)
        except ValueError:
            return _problem("is no date", raw, "a date, like 2026-11-22")
    if isinstance(day, datetime) or not isinstance(day, date):
        return read_moment(day)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return _far(raw)
    return datetime.combine(day, time(0), tzinfo=zone).astimezone(UTC)


def read_clock(raw: object) -> time | Problem:
    """The time of the local clock that `raw` (a TOML time or a text) names, to the minute."""
    if isinstance(raw, str) and re.fullmatch(CLOCK_PATTERN, raw):
        return time.fromisoformat(raw)
    if isinstance(raw, time) and raw == raw.replace(second=0, microsecond=0, tzinfo=None):
        return raw
    return _problem("is no clock time", raw, _CLOCK)


def write_moment(at: datetime) -> str:
    """A moment in UTC, as `read_moment` reads it."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def local_moment(at: datetime, zone: ZoneInfo) -> str:
    """A moment as people write it in `zone`: the bare date for the start of a day, else with its offset."""
    local = at.astimezone(zone)
    return local.date().isoformat() if local.time() == time(0) else local.isoformat()


def _far(raw: object) -> Problem:
    return _problem("is too far away", raw, f"years {FIRST_YEAR} to {LAST_YEAR}")


def _problem(message: str, raw: object, allowed: str) -> Problem:
    return Problem(path="", message=message, value=as_entered(raw), allowed=allowed)
