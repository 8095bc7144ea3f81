"""The doses that were due, what became of each, and how long it is since one was certainly taken."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from baclo.care.doses import regimen_now
from baclo.care.late_rule import LateRule
from baclo.case.calendar import scheduled
from baclo.case.case import Case
from baclo.case.timeline import Dose, DoseStatus, Regimen
from baclo.knowledge.library import Knowledge

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Fate(StrEnum):
    """What became of a dose. `LOST` was vomited so soon that it counts as not taken; `UNSURE` may have been taken."""

    TAKEN = "taken"
    MISSED = "missed"
    LOST = "vomited at once"
    UNSURE = "not known"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One dose by the clock: when it was due, how much it is, and what became of it.

    `at` is when it was taken, else when it was due; `taken_ug` is how much was taken then, if it was.
    """

    due: datetime
    at: datetime
    amount_ug: float
    taken_ug: float
    regimen: Regimen
    fate: Fate
    vomited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A dose that was, or may have been, taken; `due` is the moment it stands for, None where it stands for none."""

    at: datetime
    amount_ug: float
    due: datetime | None
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that the case tells of its doses up to two days after now.

    `usual` is the regimen to go back to, without an end where it ended before now and nothing followed. `gap_h` is how
    long it is since a dose was certainly taken, at least; None where none was due. Where `from_first`, none is known to
    be taken, and it is the time since the first was due.
    """

    usual: Regimen | None
    slots: tuple[Slot, ...]
    intakes: tuple[Intake, ...]
    gap_h: float | None
    from_first: bool = False

    @property
    def missing(self) -> tuple[Slot, ...]:
        """The doses due up to now since the last one that was certainly taken, the latest last."""
        due = [slot for slot in self.slots if slot.fate is not Fate.AHEAD]
        last = max((place for place, slot in enumerate(due) if slot.fate is Fate.TAKEN), default=-1)
        return tuple(due[last + 1 :])

    @property
    def ahead(self) -> tuple[Slot, ...]:
        """The doses still to come."""
        return tuple(slot for slot in self.slots if slot.fate is Fate.AHEAD)


def told(knowledge: Knowledge, case: Case, rule: LateRule) -> Told:
    """The doses of a case whose `last_taken` was written into its records."""
    usual, regimens = _regimens(case)
    since = case.now - timedelta(hours=knowledge.number("stopping.look_back", "h"))
    records = {record.scheduled: record for record in case.timeline.doses}
    slots = tuple(sorted(_slots(case, rule, regimens, records, since), key=lambda slot: slot.due))
    loose = tuple(_filling(slots, _loose(case, since)))
    taken = tuple(sorted((*_of_slots(slots), *loose), key=lambda intake: intake.at))
    slots = tuple(_with_rest(slot, loose) for slot in slots)
    last = _last_sure(case, taken)
    begun = last or min((slot.due for slot in slots if slot.due <= case.now), default=None)
    gap_h = None if begun is None else (case.now - begun) / HOUR
    return Told(usual=usual, slots=slots, intakes=taken, gap_h=gap_h, from_first=begun is not None and last is None)


def _regimens(case: Case) -> tuple[Regimen | None, tuple[Regimen, ...]]:
    """The usual regimen and all of them; one that ended before now and was followed by nothing goes on."""
    every = case.timeline.regimens
    present = regimen_now(case.timeline, case.now)
    ended = [regimen for regimen in every if regimen.until is not None and regimen.until <= case.now]
    if present is not None or not ended:
        return present, every
    last = max(ended, key=lambda regimen: regimen.since)
    usual = replace(last, until=min((regimen.since for regimen in every if regimen.since > last.since), default=None))
    return usual, tuple(usual if regimen is last else regimen for regimen in every)


def _slots(
    case: Case,
    rule: LateRule,
    regimens: tuple[Regimen, ...],
    records: Mapping[datetime | None, Dose],
    since: datetime,
) -> Iterator[Slot]:
    written = {regimen.since: regimen.until for regimen in case.timeline.regimens}
    for regimen in regimens:
        end = written[regimen.since]
        for due, dose in scheduled(regimen, case.zone, since, case.now + 2 * DAY):
            record = records.get(due)
            presumed = end is None or due < end
            yield Slot(
                due=due,
                at=due if record is None else record.at,
                amount_ug=dose.amount_ug,
                taken_ug=dose.amount_ug if record is None else record.amount_ug,
                regimen=regimen,
                fate=_untold(case, due, presumed=presumed) if record is None else _fate(rule, record),
                vomited=record is not None and record.status is DoseStatus.VOMITED,
            )


def _untold(case: Case, due: datetime, *, presumed: bool) -> Fate:
    """Of a dose without a record: who is not known to have missed it took it, unless its regimen had ended."""
    if due >= case.now:
        return Fate.AHEAD
    return Fate.TAKEN if presumed else Fate.MISSED


def _fate(rule: LateRule, record: Dose) -> Fate:
    """Of a dose with a record. Without a text on vomiting nobody knows how much of a vomited dose stayed down."""
    if record.vomited_at is not None and record.status is DoseStatus.VOMITED:
        if rule.repeat_h is None:
            return Fate.UNSURE
        return Fate.LOST if (record.vomited_at - record.at) / HOUR < rule.repeat_h else Fate.TAKEN
    if record.status is DoseStatus.MISSED:
        return Fate.MISSED
    return Fate.TAKEN if record.status is DoseStatus.GIVEN else Fate.UNSURE


def _of_slots(slots: tuple[Slot, ...]) -> Iterator[Intake]:
    for slot in slots:
        if slot.fate in (Fate.TAKEN, Fate.UNSURE):
            yield Intake(at=slot.at, amount_ug=slot.taken_ug, due=slot.due, sure=slot.fate is Fate.TAKEN)


def _loose(case: Case, since: datetime) -> Iterator[Intake]:
    """Doses that stand for none of a regimen; a vomited one counts in full, for nobody knows."""
    for record in case.timeline.doses:
        if record.scheduled is None and since <= record.at:
            yield Intake(at=record.at, amount_ug=record.amount_ug, due=None, sure=record.status is DoseStatus.GIVEN)


def _filling(slots: tuple[Slot, ...], loose: Iterator[Intake]) -> Iterator[Intake]:
    """Each dose beside the clock; the rest of a smaller one, taken before the next was due, stands for that."""
    rest_ug = {slot.due: slot.amount_ug - slot.taken_ug for slot in slots if slot.fate is Fate.TAKEN}
    for intake in loose:
        due = max((slot.due for slot in slots if slot.due <= intake.at), default=intake.at)
        if intake.sure and due in rest_ug and rest_ug[due] > 0 and _fits(intake.amount_ug, rest_ug[due]):
            rest_ug[due] -= intake.amount_ug
            yield replace(intake, due=due)
        else:
            yield intake


def _fits(amount_ug: float, left_ug: float) -> bool:
    return amount_ug <= left_ug or math.isclose(amount_ug, left_ug)


def _with_rest(slot: Slot, loose: tuple[Intake, ...]) -> Slot:
    return replace(slot, taken_ug=slot.taken_ug + sum(rest.amount_ug for rest in loose if rest.due == slot.due))


def _last_sure(case: Case, taken: tuple[Intake, ...]) -> datetime | None:
    """When a dose was last certainly taken, as far as is looked back."""
    sure = [intake.at for intake in taken if intake.sure and intake.at <= case.now]
    if case.question.last_taken is not None:
        sure.append(case.question.last_taken)
    return max(sure, default=None)
