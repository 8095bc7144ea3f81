"""How soon help is needed."""

from collections.abc import Iterable
from enum import StrEnum


class Level(StrEnum):
    """How soon, the gravest first. There is no level that says all is well."""

    EMERGENCY_NOW = "emergency_now"
    CALL_TODAY = "call_today"
    NEXT_VISIT = "next_visit"

    @property
    def place(self) -> int:
        """Its place in the order of gravity: 0 is the gravest."""
        return list(Level).index(self)


def gravest(levels: Iterable[Level]) -> Level:
    """The gravest of some levels, of which there is at least one."""
    return min(levels, key=lambda level: level.place)
