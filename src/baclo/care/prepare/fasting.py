"""The doses of the days around an operation, by the clock: which are taken, how, and how long the drug is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import inf

from baclo.care.prepare.coming import Thing, local_day
from baclo.case.calendar import given_doses
from baclo.case.case import Case
from baclo.case.timeline import Dose, DoseStatus

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class Fate(StrEnum):
    """What becomes of a dose; of the last two the case does not say enough."""

    USUAL = "usual"
    SIP = "sip"
    LEFT_OUT = "left out"
    HOUR_UNKNOWN = "hour unknown"
    END_UNKNOWN = "end unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDose:
    """One dose by the clock, and what becomes of it."""

    dose: Dose
    fate: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The stretch without a dose: from the `last` known to be taken to the `next` one; None where that is not known."""

    last: datetime | None
    next: datetime | None

    @property
    def length_h(self) -> float | None:
        """How long it is, in hours."""
        return None if self.next is None or self.last is None else (self.next - self.last) / _HOUR


def due_doses(case: Case, thing: Thing) -> tuple[DueDose, ...]:
    """Every dose from now on of the local days that the operation and its fasting touch."""
    ahead = thing.ahead
    opens = local_day(case, min(ahead.since, ahead.nil_by_mouth or ahead.since))
    closes = local_day(case, max(ahead.since, ahead.by_mouth_again or ahead.since)) + _DAY
    return tuple(_due(case, thing, max(opens, case.now), closes))


def gap(case: Case, thing: Thing, *, sips: bool) -> Gap | None:
    """The stretch without a dose around the operation; None where no dose falls out.

    Doses of which the case does not say enough count as not taken; those with a sip of water as taken where `sips`.
    Of several the longest, one without a known end before all; one that a dose has ended by now is over.
    """
    taken = {Fate.USUAL, Fate.SIP} if sips else {Fate.USUAL}
    around = _around(case, thing)
    out = [due.dose.at for due in around if due.fate not in taken]
    given = [due.dose.at for due in around if due.fate in taken and due.dose.status is DoseStatus.GIVEN]
    gaps = [_gap_at(given, at) for at in out]
    lasting = [one for one in gaps if one.next is None or one.next > case.now]
    return max(lasting, key=lambda one: inf if one.length_h is None else one.length_h, default=None)


def _gap_at(given: Sequence[datetime], at: datetime) -> Gap:
    """The stretch between the doses taken that a dose at `at`, not taken, lies in."""
    before, after = [one for one in given if one < at], [one for one in given if one > at]
    return Gap(last=max(before, default=None), next=min(after, default=None))


def doses_fall(case: Case, thing: Thing) -> bool:
    """Whether there is any dose by the clock in these days."""
    return bool(_around(case, thing))


def any_within(case: Case, thing: Thing) -> bool:
    """Whether any dose by the clock falls into the fasting."""
    return any(_within(case, thing, due.dose.at) for due in _around(case, thing))


def left_out(case: Case, thing: Thing) -> tuple[Dose, ...]:
    """The doses by the clock that are not taken even where sips are."""
    return tuple(due.dose for due in _around(case, thing) if due.fate not in (Fate.USUAL, Fate.SIP))


def _around(case: Case, thing: Thing) -> Sequence[DueDose]:
    """The doses of the fasting, and of the two days on either side of it."""
    ahead = thing.ahead
    opens = min(ahead.since, ahead.nil_by_mouth or ahead.since) - 2 * _DAY
    closes = max(ahead.since, ahead.by_mouth_again or ahead.since) + 2 * _DAY
    return tuple(_due(case, thing, opens, closes))


def _due(case: Case, thing: Thing, opens: datetime, closes: datetime) -> Iterator[DueDose]:
    missed = [one for one in case.timeline.doses if one.status is DoseStatus.MISSED and opens <= one.at < closes]
    doses = (*given_doses(case.timeline, case.zone, opens, closes), *missed)
    for dose in sorted(doses, key=lambda one: one.at):
        within = _within(case, thing, dose.at)
        if within or dose.status is not DoseStatus.MISSED:
            yield DueDose(dose=dose, fate=_fate(case, thing, dose) if within else Fate.USUAL)


def _within(case: Case, thing: Thing, at: datetime) -> bool:
    """Whether nothing may be swallowed then; from the first moment of the day where the beginning is not told."""
    ahead = thing.ahead
    fasting = ahead.nil_by_mouth or local_day(case, ahead.since)
    return at >= fasting and (ahead.by_mouth_again is None or at < ahead.by_mouth_again)


def _fate(case: Case, thing: Thing, dose: Dose) -> Fate:
    """Within the fasting: with a sip of water until the operation begins, then left out.

    What was recorded was taken or not, as it is recorded. What lies before now and was not may have been taken.
    """
    ahead, at = thing.ahead, dose.at
    if dose in case.timeline.doses:
        return Fate.USUAL if dose.status is DoseStatus.GIVEN else Fate.LEFT_OUT
    if at < case.now:
        return Fate.SIP
    if not thing.hour_known(case.zone):
        return Fate.HOUR_UNKNOWN
    if at < ahead.since:
        return Fate.SIP
    return Fate.END_UNKNOWN if ahead.by_mouth_again is None else Fate.LEFT_OUT
