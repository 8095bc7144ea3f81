"""The gate's own look at doses of one day: none twice, none too large, none too near, no day above the usual one.

It reads the records of the case by itself, and shares only the numbers of the rule with the planner of the doses.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from baclo.care.late_rule import LateRule, late_rule
from baclo.care.refusal import Refusal
from baclo.care.steps import Step
from baclo.case.calendar import scheduled
from baclo.case.case import Case
from baclo.case.timeline import ClockDose, Dose, DoseStatus, Regimen
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import text

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_AROUND = 2 * _DAY
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """A dose taken, perhaps taken, or planned; `due` is the moment of the clock it stands for, None where for none."""

    at: datetime
    due: datetime | None
    amount_ug: float
    planned: bool


def doubled(knowledge: Knowledge, case: Case, steps: Sequence[Step]) -> Iterator[Refusal]:
    """Every reason why these steps could double a dose, or give one too early, too near or too large."""
    rule = late_rule(knowledge, case)
    written, going_on = _due(case)
    due_ug = {**going_on, **written}
    dated = [
        _Given(at=dose.at, due=dose.due, amount_ug=dose.amount_ug, planned=True)
        for step in steps
        for dose in step.doses
        if dose.at is not None
    ]
    past = [*_recorded(case, rule), *_presumed(case, written)]
    every = sorted([*past, *dated, *_daily(case, steps)], key=lambda given: given.at)
    near = [after for before, after in pairwise(every) if after.planned and not _apart(rule, before, after)]
    full = [given for given in every if given.planned and not _within(case, rule, every, due_ug, given)]
    faults = {
        "A dose is planned before now, or before its time.": [dose for dose in dated if not _after(case, dose)],
        "A dose is planned that is none of the regimen's, or larger.": [d for d in dated if not _usual(due_ug, d)],
        "A dose is planned that is taken already, or may be.": _twice(past, dated),
        "More than one dose is moved from its time.": [dose for dose in dated if _waits(case, rule, dose)][1:],
        "Two doses would come too near to each other.": near,
        "A day would hold more than the usual day.": full,
    }
    for words, found in faults.items():
        if found:
            yield Refusal(reason=text(words, knowledge.facts), needs=("dose",), basis=rule.basis)


def _due(case: Case) -> tuple[Mapping[datetime, float], Mapping[datetime, float]]:
    """The amounts by the clock around now: as written, and of a regimen that ended before now and goes on for want."""
    since, until = case.now - _AROUND, case.now + _AROUND
    begun = [regimen for regimen in case.timeline.regimens if regimen.since <= case.now]
    later = [regimen.since for regimen in case.timeline.regimens if regimen.since > case.now]
    written = {
        at: dose.amount_ug
        for regimen in case.timeline.regimens
        for at, dose in scheduled(regimen, case.zone, since, until)
    }
    last = max(begun, key=lambda regimen: regimen.since, default=None)
    if last is None or last.until is None or last.until > case.now:
        return written, {}
    on = replace(last, since=last.until, until=min(later, default=None))
    return written, {at: dose.amount_ug for at, dose in scheduled(on, case.zone, since, until)}


def _recorded(case: Case, rule: LateRule) -> Iterator[_Given]:
    """Every record of a dose that was, or may have been, taken."""
    for record in case.timeline.doses:
        if record.status is not DoseStatus.MISSED and not _lost(rule, record):
            yield _Given(at=record.at, due=record.scheduled, amount_ug=record.amount_ug, planned=False)


def _lost(rule: LateRule, record: Dose) -> bool:
    """Whether a dose of the regimen was vomited so soon that the rule gives it again."""
    again_h, vomited_at = rule.repeat_h, record.vomited_at
    return (
        again_h is not None
        and vomited_at is not None
        and record.scheduled is not None
        and (vomited_at - record.at) / _HOUR < again_h
    )


def _presumed(case: Case, written: Mapping[datetime, float]) -> Iterator[_Given]:
    """Every dose before now that nobody says was not taken."""
    recorded = {record.scheduled for record in case.timeline.doses}
    for at, amount_ug in written.items():
        if at < case.now and at not in recorded:
            yield _Given(at=at, due=at, amount_ug=amount_ug, planned=False)


def _daily(case: Case, steps: Sequence[Step]) -> Iterator[_Given]:
    """The first day of the step that is taken by the clock."""
    for step in steps:
        doses = tuple(ClockDose(clock=dose.clock, amount_ug=dose.amount_ug) for dose in step.doses if dose.at is None)
        regimen = Regimen(product=None, modified_release=None, since=step.since, until=step.until, doses=doses)
        for at, dose in scheduled(regimen, case.zone, step.since, step.since + _DAY):
            yield _Given(at=at, due=at, amount_ug=dose.amount_ug, planned=True)


def _after(case: Case, dose: _Given) -> bool:
    return dose.due is not None and case.now <= dose.at and dose.due <= dose.at


def _usual(due_ug: Mapping[datetime, float], dose: _Given) -> bool:
    usual_ug = None if dose.due is None else due_ug.get(dose.due)
    return usual_ug is not None and dose.amount_ug <= usual_ug * (1 + _ROUNDING)


def _twice(past: Sequence[_Given], dated: Sequence[_Given]) -> list[_Given]:
    """The planned doses whose place is taken by a dose before them."""
    taken = {given.due for given in past}
    found = []
    for dose in dated:
        if dose.due in taken:
            found.append(dose)
        taken.add(dose.due)
    return found


def _waits(case: Case, rule: LateRule, dose: _Given) -> bool:
    """Whether a dose that was not yet due is moved from its time."""
    return dose.due is not None and dose.due >= case.now and _off(rule, dose)


def _off(rule: LateRule, given: _Given) -> bool:
    return given.due is None or not abs(given.at - given.due) / _HOUR <= rule.on_time_h


def _apart(rule: LateRule, before: _Given, after: _Given) -> bool:
    """Whether two doses are far enough from each other; two at their own times always are."""
    if not (_off(rule, before) or _off(rule, after)):
        return True
    between_h = (after.at - before.at) / _HOUR
    if before.due is None or after.due is None or not before.due < after.due:
        return between_h >= rule.least_h(_DAY / _HOUR) * (1 - _ROUNDING)
    late_h = (before.at - before.due) / _HOUR
    if rule.close_window_h is not None and late_h <= rule.close_window_h and not _off(rule, after):
        return between_h >= rule.close_next_h * (1 - _ROUNDING)
    return between_h >= rule.least_h((after.due - before.due) / _HOUR) * (1 - _ROUNDING)


def _within(
    case: Case, rule: LateRule, every: Sequence[_Given], due_ug: Mapping[datetime, float], dose: _Given
) -> bool:
    """Whether the day up to a dose holds no more than the regimens give in it.

    Up to a dose off its time what was taken counts when it was taken; up to one at its time, when it was due.
    """
    since = (dose.at.astimezone(case.zone) - _DAY).astimezone(dose.at.tzinfo)
    usual_ug = sum(amount_ug for at, amount_ug in due_ug.items() if since < at <= dose.at)
    off = _off(rule, dose)
    held_ug = sum(given.amount_ug for given in every if since < (given.at if off else _counted(given)) <= dose.at)
    return held_ug <= usual_ug * (1 + _ROUNDING)


def _counted(given: _Given) -> datetime:
    return given.at if given.due is None else min(given.at, given.due)
