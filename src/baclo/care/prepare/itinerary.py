"""Decides how a journey's doses go: by the clock at home, or moved to the clock there and back, and proven."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from baclo.care.prepare.clockwork import Clockwork, Leg, MovedDose, clockwork
from baclo.care.prepare.coming import Thing
from baclo.care.prepare.proof import Bounds, faults
from baclo.case.case import Case
from baclo.case.timeline import Regimen
from baclo.knowledge.library import Knowledge

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


class Kept(StrEnum):
    """Why the doses stay on the clock at home; of a schedule that moves, that none of it holds."""

    MOVED = "moved"
    REGIMEN_CHANGES = "regimen changes"
    MODIFIED_RELEASE = "modified release"
    SAME_CLOCK = "same clock"
    TOO_WIDE = "too wide"
    SHORT_STAY = "short stay"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Itinerary:
    """How the doses go. `out` and `back` are the moves, None where there is none or no return is told.

    `moving_days` is how long moving there and back takes, `stay_days` the stay (0 where no return is told).
    `clocks_change` is when the clocks of the place first change while somebody goes by them, told by those clocks.
    """

    regimen: Regimen
    kept: Kept
    out: Leg | None
    back: Leg | None
    moving_days: float
    stay_days: float
    clocks_change: datetime | None

    def legs(self) -> Iterator[tuple[Leg, tuple[MovedDose, ...], str]]:
        """Each move with its doses, and the key of the sentence that ends it."""
        if self.out is not None:
            yield self.out, _out_doses(self.out, self.back), "settled_there"
        if self.back is not None:
            yield self.back, tuple(self.back.doses(self.back.settled + _DAY)), "settled_home"


def itinerary(knowledge: Knowledge, case: Case, thing: Thing) -> Itinerary | None:
    """How the doses go on this journey; None where the place's zone or the doses by the clock are not known."""
    ahead = thing.ahead
    regimen = next((one for one in reversed(case.timeline.regimens) if _runs(one, ahead.since)), None)
    if ahead.zone is None or regimen is None:
        return None
    step = timedelta(hours=knowledge.number("journey.step", "h"))
    here, there = _offset(case.zone, ahead.since), _offset(ahead.zone, ahead.since)
    clocks = clockwork(regimen, ahead.since.astimezone(case.zone).date(), here)
    out = Leg(old=clocks, difference=(here - there) % _DAY, since=ahead.since, step=step)
    back = None
    if ahead.until is not None:
        difference = (there - _offset(case.zone, ahead.until)) % _DAY
        back = Leg(old=clocks.set_to(out.difference), difference=difference, since=ahead.until, step=step)
    stay = timedelta(0) if ahead.until is None else ahead.until - ahead.since
    kept = _kept(knowledge, regimen, out, back, stay)
    moved = kept is Kept.MOVED
    return Itinerary(
        regimen=regimen,
        kept=kept,
        out=out if moved else None,
        back=back if moved else None,
        moving_days=float(out.days + (0 if back is None else back.days)),
        stay_days=stay / _DAY,
        clocks_change=_clocks_change(ahead.zone, out, ahead.until) if moved else None,
    )


def _runs(regimen: Regimen, at: datetime) -> bool:
    return regimen.since <= at and (regimen.until is None or at < regimen.until)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _kept(knowledge: Knowledge, regimen: Regimen, out: Leg, back: Leg | None, stay: timedelta) -> Kept:
    """The first reason to keep the clock at home; MOVED where there is none."""
    arrives = out.settled if back is None else back.settled
    if regimen.until is not None and regimen.until < arrives:
        return Kept.REGIMEN_CHANGES
    if regimen.modified_release:
        return Kept.MODIFIED_RELEASE
    if min(out.difference, _DAY - out.difference) <= out.step:
        return Kept.SAME_CLOCK
    if not max(out.old.gaps()) + out.step < timedelta(hours=knowledge.number("missed.day", "h")):
        return Kept.TOO_WIDE
    short = timedelta(hours=knowledge.number("journey.short_stay", "h"))
    if back is not None and (stay <= short or 2 * (out.days + back.days) * _DAY > stay):
        return Kept.SHORT_STAY
    return Kept.MOVED if holds(out, back) else Kept.FAULTY


def holds(out: Leg, back: Leg | None) -> bool:
    """Whether the whole row of doses, from the day before the departure to the day after the last move, is proven."""
    row = [*_out_doses(out, back), *(() if back is None else back.doses(back.settled + _DAY))]
    return not faults([(dose.at, dose.amount_ug) for dose in _once(row)], bounds_of(out.old, out.step))


def bounds_of(clocks: Clockwork, step: timedelta) -> Bounds:
    """What any row of these doses must keep to: the shortest gap, the longest and one step, the daily dose."""
    return Bounds(least=min(clocks.gaps()), longest=max(clocks.gaps()) + step, total_ug=sum(clocks.amounts_ug))


def _out_doses(out: Leg, back: Leg | None) -> tuple[MovedDose, ...]:
    return tuple(out.doses(out.settled + _DAY if back is None else back.since))


def _once(row: Sequence[MovedDose]) -> Iterator[MovedDose]:
    """The doses of both moves; those of the last day before the return stand in both and count once."""
    seen: set[datetime] = set()
    for dose in row:
        if dose.at not in seen:
            seen.add(dose.at)
            yield dose


def _clocks_change(zone: ZoneInfo, out: Leg, until: datetime | None) -> datetime | None:
    """The first moment of the stay from which the clocks of the place are other than just before, by those clocks."""
    closes = out.settled if until is None else until
    before = out.since
    while before < closes:
        after = min(before + _DAY, closes)
        if _offset(zone, before) != _offset(zone, after):
            return _change(zone, before, after).astimezone(zone)
        before = after
    return None


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The one moment between two at which the offset changes, by halving: it falls on a whole minute."""
    old = _offset(zone, before)
    while after - before > _MINUTE:
        middle = before + (after - before) / 2
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after.replace(second=0, microsecond=0)
