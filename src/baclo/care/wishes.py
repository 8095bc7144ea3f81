"""What a planner hands to the gate: wished daily doses, and what they go on from and are bound by."""

from dataclasses import dataclass
from datetime import datetime, time

from baclo.case.timeline import ClockDose
from baclo.knowledge.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A stretch that a planner would like, with its daily dose; the gate decides what becomes of it."""

    since: datetime
    until: datetime | None
    total_ug_per_day: float
    why: Text
    limited_by: tuple[str, ...]
    monitor: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a rise must stay inside: the first dose, the rise of a day's total and of one dose, the largest of both.

    `single_cap_ug` is None where no text names the largest single dose.
    """

    start_ug_per_day: float
    rise_ug_per_day: float
    single_rise_ug: float
    single_cap_ug: float | None
    cap_ug_per_day: float
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the wishes go on from and are bound by: `bounds` is None for a reduction.

    `taken` is what goes on now, by the clock; () where nothing does. `clocks` are the sets of clock times that a day
    may have, the preferred one first; a reduction keeps those of `taken`. `forms` are those that may be used: where
    the case names what is at hand and no tablet among it, a liquid or granules stand in for tablets, never the other
    way round.
    """

    bounds: Bounds | None
    taken: tuple[ClockDose, ...]
    clocks: tuple[tuple[time, ...], ...]
    forms: tuple[str, ...] = ("tablet",)

    @property
    def from_ug_per_day(self) -> float:
        """The daily dose that goes on now."""
        return sum(dose.amount_ug for dose in self.taken)

    @property
    def from_single_ug(self) -> float:
        """The largest dose that goes on now."""
        return max((dose.amount_ug for dose in self.taken), default=0.0)
