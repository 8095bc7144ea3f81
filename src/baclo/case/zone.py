"""Reads the name of a time zone; only names that mean the same on every machine."""

import re
from zoneinfo import ZoneInfo, available_timezones

from baclo.case.entered import as_entered
from baclo.case.vocabulary import near
from baclo.errors import Problem

ZONE_PATTERN = r"^(UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$"


def read_zone(raw: object) -> ZoneInfo | Problem:
    """The zone of the IANA database that `raw` names."""
    if isinstance(raw, str) and re.fullmatch(ZONE_PATTERN, raw):
        try:
            return ZoneInfo(raw)
        except (KeyError, OSError):
            pass
    names = {name for name in available_timezones() if re.fullmatch(ZONE_PATTERN, name)}
    close = near(raw, sorted(names)) if isinstance(raw, str) else ()
    allowed = f"did you mean {' or '.join(close)}?" if close else 'a name of the IANA database, like "Europe/Zurich"'
    return Problem(path="", message="is no time zone", value=as_entered(raw), allowed=allowed)
