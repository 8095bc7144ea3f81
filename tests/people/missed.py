"""What must hold of what is taken after missed doses, worked out again from the records and the clock alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from tests.people.limits import ROOM
from tests.people.violation import Violation

from baclo.care.plan import Kind, Plan
from baclo.care.steps import PlanDose, Step
from baclo.case.calendar import scheduled
from baclo.case.case import Case
from baclo.case.timeline import DoseStatus, Regimen
from baclo.knowledge.library import Knowledge

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OFF = timedelta(minutes=15)
LEAST = 2 * HOUR  # no text lets two doses come nearer than this, unless the clock itself has them nearer
UP_TO = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """A dose that was, or may have been, taken, or is planned: when, instead of which by the clock, and how much."""

    at: datetime
    due: datetime | None
    amount_ug: float


def never_doubled(knowledge: Knowledge, case: Case, made: Plan) -> Iterator[Violation]:
    """No dose twice, too early, too large or too near; no day above the usual one; after it the usual day or less."""
    if not made.steps:
        return
    if made.kind is Kind.TITRATE:
        yield from _from_the_bottom(case, made.steps)
        return
    young = case.patient.age_y is None or case.patient.age_y < knowledge.number("age.adult", "a")
    dated, usual_ug = [dose for step in made.steps for dose in step.doses if dose.at is not None], _due(case)
    past = list(_past(case, usual_ug, young))
    planned = [Taken(dose.at, dose.due, dose.amount_ug) for dose in dated if dose.at is not None]
    places = {one.due for one in past}
    for dose in dated:
        if dose.at is None or dose.due is None or not case.now <= dose.at or not dose.due <= dose.at:
            yield _seen("a dose before now, before its time, or for none", dose, made)
        elif dose.due in places:
            yield _seen("a dose that was taken already, or may have been", dose, made)
        elif not dose.amount_ug <= usual_ug.get(dose.due, 0.0) * ROOM:
            yield _seen("a dose larger than the one it stands for", dose, made)
    every = sorted([*past, *planned], key=lambda one: one.at)
    if len({one.due for one in planned}) < len(planned):
        yield Violation(what="one dose twice", seen=str(planned))
    yield from _too_near(every, planned)
    yield from _too_much(case, every, planned, usual_ug)
    yield from _days_after(case, made.steps)


def _seen(what: str, dose: PlanDose, made: Plan) -> Violation:
    return Violation(what=what, seen=f"{dose} of {made.steps}")


def _from_the_bottom(case: Case, steps: Sequence[Step]) -> Iterator[Violation]:
    """A new start begins below what was taken, and never ends above it."""
    usual_ug = max(regimen.total_ug_per_day for regimen in case.timeline.regimens)
    if not all(step.total_ug_per_day <= usual_ug * ROOM for step in steps):
        yield Violation(what="a new start above what was taken before", seen=f"{usual_ug}: {steps}")


def _last(case: Case) -> Regimen | None:
    """What is taken, or was last taken, however long ago it ended."""
    begun = [regimen for regimen in case.timeline.regimens if regimen.since <= case.now]
    return max(begun, key=lambda regimen: regimen.since, default=None)


def _due(case: Case) -> dict[datetime, float]:
    """Amounts by the clock of the days around now; what ended with nothing after it may go on."""
    since, until = case.now - 6 * DAY, case.now + 3 * DAY
    found = {
        at: dose.amount_ug
        for regimen in case.timeline.regimens
        for at, dose in scheduled(regimen, case.zone, since, until)
    }
    last = _last(case)
    if last is not None and last.until is not None and last.until <= case.now:
        nothing_after = min((one.since for one in case.timeline.regimens if one.since > case.now), default=until)
        on = Regimen(
            product=None, modified_release=None, since=last.until, until=nothing_after, doses=last.doses
        )  # fmt: skip
        found = {at: dose.amount_ug for at, dose in scheduled(on, case.zone, since, until)} | found
    return found


def _past(case: Case, usual_ug: dict[datetime, float], young: bool) -> Iterator[Taken]:
    """What is recorded, and what nobody wrote down: that was taken, up to the last one where that is told."""
    records, last_taken = {record.scheduled for record in case.timeline.doses}, case.question.last_taken
    for record in case.timeline.doses:
        again = young and record.status is DoseStatus.VOMITED and record.scheduled is not None
        if record.status is not DoseStatus.MISSED and not again:
            yield Taken(record.at, record.scheduled, record.amount_ug)
    for regimen in case.timeline.regimens:
        for at, dose in scheduled(regimen, case.zone, min(usual_ug, default=case.now), case.now):
            if at not in records and (last_taken is None or at <= last_taken):
                yield Taken(at, at, dose.amount_ug)


def _too_near(every: Sequence[Taken], planned: Sequence[Taken]) -> Iterator[Violation]:
    for before, after in pairwise(every):
        if after in planned:
            known = before.due is not None and after.due is not None and before.due < after.due
            least = min(LEAST, after.due - before.due) if known else LEAST  # type: ignore[operator]
            if not after.at - before.at >= least - OFF:
                yield Violation(what="two doses too near to each other", seen=f"{before} {after}")


def _too_much(
    case: Case, every: Sequence[Taken], planned: Sequence[Taken], usual_ug: dict[datetime, float]
) -> Iterator[Violation]:
    """Up to a dose off its time what was taken counts when it was taken, up to one on time when it was due."""
    for dose in planned:
        since = (dose.at.astimezone(case.zone) - DAY).astimezone(dose.at.tzinfo)
        off = dose.due is None or dose.at - dose.due > OFF
        held = sum(
            one.amount_ug
            for one in every
            if since < (one.at if off or one.due is None else min(one.at, one.due)) <= dose.at
        )
        allowed = sum(amount for at, amount in usual_ug.items() if since < at <= dose.at)
        if not held <= allowed * ROOM:
            yield Violation(what="a day above the usual one", seen=f"{held} for {allowed} up to {dose}")


def _days_after(case: Case, steps: Sequence[Step]) -> Iterator[Violation]:
    """What is taken every day from then on is the usual day, dose by dose."""
    usual = {dose.clock: dose.amount_ug for dose in regimen.doses} if (regimen := _last(case)) else {}
    for step in steps:
        daily: dict[object, float] = {}
        for dose in step.doses:
            if dose.at is None:
                daily[dose.clock] = daily.get(dose.clock, 0.0) + dose.amount_ug
        if not all(amount <= usual.get(clock, 0.0) * ROOM for clock, amount in daily.items()):  # type: ignore[call-overload]
            yield Violation(what="days after it above the usual one", seen=f"{usual}: {daily}")
