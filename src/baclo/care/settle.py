"""Settles wishes on whole and half tablets: never above a limit, and a reduction never faster than wished."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from baclo.care.tablets import Tablet, lower, spread, tablets_at_hand
from baclo.case.case import Case
from baclo.case.timeline import ClockDose
from baclo.knowledge.library import Knowledge
from baclo.knowledge.limits import Limit, Standing
from baclo.knowledge.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDose:
    """What is taken at one clock time: `units` of `product` (tablets, or mL of a liquid) making `amount_ug`.

    A dose of one day only has the moment `at` that it is taken at, and the moment `due` of the dose by the clock that
    it stands for; both are None where it is taken every day of its step.
    """

    clock: time
    amount_ug: float
    product: str
    units: float
    at: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stretch of the plan. `limited_by` names what held the dose down; `monitor` what to look at."""

    since: datetime
    until: datetime | None
    doses: tuple[PlanDose, ...]
    total_ug_per_day: float
    why: Text
    limited_by: tuple[str, ...]
    monitor: tuple[Text, ...]


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
    may have, the preferred one first; a reduction keeps those of `taken`.
    """

    bounds: Bounds | None
    taken: tuple[ClockDose, ...]
    clocks: tuple[tuple[time, ...], ...]

    @property
    def from_ug_per_day(self) -> float:
        """The daily dose that goes on now."""
        return sum(dose.amount_ug for dose in self.taken)

    @property
    def from_single_ug(self) -> float:
        """The largest dose that goes on now."""
        return max((dose.amount_ug for dose in self.taken), default=0.0)


def settle(knowledge: Knowledge, case: Case, wishes: Sequence[Wish], terms: Terms) -> tuple[Step, ...]:
    """The wishes in the tablet that comes nearest to them, spreads the day best, and takes the fewest pieces.

    () where no tablet fits. For a reduction the region's tablets are tried where those at hand do not fit.
    """
    if not wishes:
        return ()
    hands = (case,) if terms.bounds is not None else (case, replace(case, products=None))
    for at_hand in hands:
        fitting = [
            (steps, tablet)
            for tablet in tablets_at_hand(knowledge, at_hand)
            if (steps := _in_tablet(wishes, terms, tablet))
        ]
        if fitting:
            return _merged(min(fitting, key=lambda entry: _distance(wishes, *entry))[0])
    return ()


def _merged(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Steps that follow each other with the same doses as one."""
    merged: list[Step] = []
    for step in steps:
        if merged and merged[-1].doses == step.doses:
            merged[-1] = replace(step, since=merged[-1].since)
        else:
            merged.append(step)
    return tuple(merged)


def _distance(wishes: Sequence[Wish], steps: Sequence[Step], tablet: Tablet) -> tuple[float, float, int]:
    """How far the steps miss the wishes, then how much is taken at once, then how many pieces it takes."""
    pairs = zip(wishes, steps, strict=True)
    miss_ug = sum(abs(wish.total_ug_per_day - step.total_ug_per_day) for wish, step in pairs)
    at_once_ug = sum(_largest_ug(step.doses) for step in steps)
    return miss_ug, at_once_ug, sum(tablet.pieces(dose.amount_ug) for step in steps for dose in step.doses)


def _largest_ug(doses: Sequence[PlanDose]) -> float:
    return max((dose.amount_ug for dose in doses), default=0.0)


def _in_tablet(wishes: Sequence[Wish], terms: Terms, tablet: Tablet) -> tuple[Step, ...]:
    """Every wish in one tablet, or () where one does not fit; each is asked to be inside its limit after rounding."""
    steps: list[Step] = []
    previous_ug, single_ug = terms.from_ug_per_day, terms.from_single_ug
    for wish in wishes:
        limit = _limit(terms, wish, previous_ug, tablet)
        doses = _doses(terms, wish, limit, tablet)
        total_ug = sum(dose.amount_ug for dose in doses)
        largest_ug = _largest_ug(doses)
        too_much_at_once = terms.bounds is not None and not largest_ug <= single_ug + terms.bounds.single_rise_ug
        if limit.classify(total_ug) is Standing.OUTSIDE or too_much_at_once:
            return ()
        steps.append(_step(wish, doses, total_ug))
        previous_ug, single_ug = total_ug, largest_ug
    return tuple(steps)


def _limit(terms: Terms, wish: Wish, previous_ug: float, tablet: Tablet) -> Limit:
    """What the next step must be inside.

    For a rise its bounds. For a reduction what is taken just before, and not so low that it falls more than one
    piece below the wish, or to nothing where something was wished.
    """
    unit_ug = tablet.unit_ug
    basis: tuple[str, ...] = ("case:regimen",)
    if terms.bounds is None:
        least_ug = unit_ug if wish.total_ug_per_day > 0 else 0.0
        low, high = max(wish.total_ug_per_day - unit_ug, least_ug), previous_ug
    else:
        bounds, low, basis = terms.bounds, unit_ug, terms.bounds.basis
        high = bounds.start_ug_per_day if previous_ug == 0 else previous_ug + bounds.rise_ug_per_day
        high = min(high, bounds.cap_ug_per_day)
    return Limit(unit="ug/d", low=low, high=high, usual_low=low, usual_high=high, step=unit_ug, basis=basis)


def _doses(terms: Terms, wish: Wish, limit: Limit, tablet: Tablet) -> tuple[PlanDose, ...]:
    """The wish on the clock in units of the tablet: rounded down for a rise, and for a reduction not below the wish."""
    wanted = wish.total_ug_per_day
    if terms.bounds is None and math.isfinite(wanted):
        wanted = math.ceil(wanted / limit.step * (1 - 1e-12)) * limit.step
    settled = limit.settle(wanted)
    units = 0 if settled is None else round(settled / limit.step)
    return tuple(
        PlanDose(
            clock=clock,
            amount_ug=share * tablet.unit_ug,
            product=tablet.product,
            units=share * tablet.unit_ug / tablet.strength_ug,
        )
        for clock, share in _placed(terms, units, tablet.unit_ug)
    )


def _placed(terms: Terms, units: int, unit_ug: float) -> tuple[tuple[time, int], ...]:
    """The units by the clock: a reduction brings down what is taken, a rise fills the first set that they fit."""
    if terms.bounds is None:
        taken = sorted(terms.taken, key=lambda dose: dose.clock)
        return lower([(dose.clock, int(dose.amount_ug * (1 + 1e-12) // unit_ug)) for dose in taken], units)
    filled = [clocks for clocks in terms.clocks if len(clocks) <= max(units, 1)]
    fits = [clocks for clocks in filled if _small_enough(terms.bounds, -(-units // len(clocks)) * unit_ug)]
    return spread(units, (fits or filled)[0])


def _small_enough(bounds: Bounds, single_ug: float) -> bool:
    return bounds.single_cap_ug is None or single_ug <= bounds.single_cap_ug


def _step(wish: Wish, doses: tuple[PlanDose, ...], total_ug: float) -> Step:
    return Step(
        since=wish.since,
        until=wish.until,
        doses=doses,
        total_ug_per_day=total_ug,
        why=wish.why,
        limited_by=wish.limited_by,
        monitor=wish.monitor,
    )
