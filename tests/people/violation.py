"""A property that does not hold, and what was seen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """Which property does not hold, and what was seen, in words."""

    what: str
    seen: str
