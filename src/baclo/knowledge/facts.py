"""A number with its unit, its source, how it is known, and what it may therefore do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from baclo.units import convert


class How(StrEnum):
    """How a number is known."""

    STATED = "stated"
    DERIVED = "derived"
    ASSUMED = "assumed"
    PROPOSED = "proposed"


class Seen(StrEnum):
    """What was read: the publication itself, a copy or digest of it, or nothing (memory)."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    RECALLED = "recalled"


class Region(StrEnum):
    """Whose label and practice speak."""

    US = "US"
    UK = "UK"
    EU = "EU"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An original publication, label or manual; never the mirror it was read on."""

    key: str
    citation: str
    kind: str
    year: int | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One number, or one short row of numbers, with unit (UCUM), source, place in it and how it is known.

    `low` and `high` bound an interval where the source gives one, in the same unit. `formula` is set for a
    derived fact, `reason` for an assumed or proposed one.
    """

    key: str
    meaning: str
    value: float | tuple[float, ...]
    unit: str
    sources: tuple[str, ...]
    place: str
    how: How
    seen: Seen | None
    regions: tuple[Region, ...]
    low: float | None
    high: float | None
    reviewed: date
    review_by: date
    disagrees: tuple[str, ...]
    reason: str | None
    formula: Mapping[str, Any] | None
    note: str | None

    @property
    def may_permit(self) -> bool:
        """Only what was stated and read, or derived from such, may permit a start, a raise or a restart."""
        return self.how in (How.STATED, How.DERIVED) and self.seen in (Seen.PRIMARY, Seen.SECONDARY)

    @property
    def may_shape(self) -> bool:
        """A proposal may shape a plan where every step also lies within limits that may permit."""
        return self.may_permit or self.how is How.PROPOSED

    @property
    def values(self) -> tuple[float, ...]:
        """The value as a row, also where it is one number."""
        return self.value if isinstance(self.value, tuple) else (self.value,)

    def numbers_in(self, unit: str) -> tuple[float, ...]:
        """The row of values in `unit`; `UnitError` where the fact measures something else."""
        return tuple(convert(value, self.unit, unit) for value in self.values)

    def number_in(self, unit: str) -> float:
        """The one value in `unit`; `UnitError` on another dimension, `ValueError` on a row."""
        (number,) = self.numbers_in(unit)
        return number

    def expired(self, on: date) -> bool:
        """Whether the review date has passed."""
        return on > self.review_by
