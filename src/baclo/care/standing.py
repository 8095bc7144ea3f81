"""What is really being taken when a plan would begin: going on, interrupted, lapsed, or never begun."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from baclo.care.of_late import began_again, just_late, took_less, took_more
from baclo.case.calendar import given_doses, scheduled
from baclo.case.case import Case
from baclo.case.timeline import Dose, DoseStatus, Regimen
from baclo.knowledge.library import Knowledge


class Continuity(StrEnum):
    """Whether the drug is on board at the moment a plan would begin."""

    NEVER = "never taken"
    GOING_ON = "going on"
    LITTLE = "less taken than the regimen says, or begun again after a gap"
    MORE = "more taken than the regimen says"
    INTERRUPTED = "interrupted"
    LAPSED = "lapsed"
    UNTOLD = "taken, but nobody said how much"


_ON_BOARD = (Continuity.GOING_ON, Continuity.MORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The dose a plan goes on from.

    `regimen` is set where a regular dose is going on, or more than it; `since` is when its daily total began. `loose`
    is whether doses were taken outside any regimen. `later` are regimens that would begin only after the plan.
    """

    continuity: Continuity
    regimen: Regimen | None
    since: datetime | None
    loose: bool
    later: tuple[Regimen, ...]

    @property
    def total_ug_per_day(self) -> float:
        """The daily dose that is going on; 0 where none is."""
        return 0.0 if self.regimen is None else self.regimen.total_ug_per_day


def standing(knowledge: Knowledge, case: Case, at: datetime) -> Standing:
    """What is taken just before `at`. A dose that may not have been taken does not count as taken here.

    Who has certainly missed every dose of late does not go on because the next ones are due before `at`, nor who took
    less than a day of them, or began again with all of it after days without.
    """
    continuity = _continuity(knowledge, case, at)
    if continuity is Continuity.GOING_ON and _certainly_without(knowledge, case):
        continuity = _continuity(knowledge, case, case.now)
    elif continuity is Continuity.GOING_ON and (took_less(knowledge, case) or began_again(knowledge, case)):
        continuity = Continuity.LITTLE
    elif continuity is Continuity.GOING_ON and took_more(knowledge, case):
        continuity = Continuity.MORE
    running = [regimen for regimen in case.timeline.regimens if _runs_before(regimen, at)]
    regimen = running[-1] if running and continuity in _ON_BOARD and running[-1].doses else None
    return Standing(
        continuity=continuity,
        regimen=regimen,
        since=None if regimen is None else _since(case, regimen),
        loose=any(_loose(dose, case) for dose in _known(knowledge, case, at, "missed.restart_low")),
        later=tuple(later for later in case.timeline.regimens if later.since >= at),
    )


def _runs_before(regimen: Regimen, at: datetime) -> bool:
    """Whether the regimen runs right up to `at`, give or take the gap after its last dose."""
    return regimen.since < at and (regimen.until is None or regimen.until > at - timedelta(days=1))


def _known(knowledge: Knowledge, case: Case, at: datetime, back: str) -> tuple[Dose, ...]:
    """The doses known to be taken, or due before the plan, in the time before `at` that the fact `back` gives."""
    since = at - timedelta(hours=knowledge.number(back, "h"))
    doses = given_doses(case.timeline, case.zone, since, at)
    return tuple(dose for dose in doses if dose.status is DoseStatus.GIVEN)


def _continuity(knowledge: Knowledge, case: Case, at: datetime) -> Continuity:
    if _known(knowledge, case, at, "missed.resume") or _awaited(knowledge, case):
        return Continuity.GOING_ON
    if _known(knowledge, case, at, "missed.restart_low"):
        return Continuity.INTERRUPTED
    if case.timeline.doses or any(regimen.since < at for regimen in case.timeline.regimens):
        return Continuity.LAPSED
    return Continuity.NEVER if case.baclofen_since is None else Continuity.UNTOLD


def _certainly_without(knowledge: Knowledge, case: Case) -> bool:
    """Whether no dose of late may have been taken, by somebody whose doses began before that.

    A dose taken before its time stands for the one that was due, if none has come due since.
    """
    since = _a_day_back(knowledge, case)
    earlier = any(one.since < since for one in case.timeline.regimens) or bool(case.timeline.doses)
    due = _due(case, since)
    early = any(
        record.status is not DoseStatus.MISSED and due and record.scheduled == max(due)
        for record in case.timeline.doses
    )
    taken = early or _awaited(knowledge, case) or given_doses(case.timeline, case.zone, since, case.now)
    return earlier and not taken


def _awaited(knowledge: Knowledge, case: Case) -> bool:
    """Whether the one dose of the last day is just late, and that of the day before was certainly taken."""
    since = _a_day_back(knowledge, case)
    before = given_doses(
        case.timeline, case.zone, since - timedelta(hours=knowledge.number("missed.window", "h")), case.now
    )
    return just_late(knowledge, case, _due(case, since)) and any(dose.status is DoseStatus.GIVEN for dose in before)


def _a_day_back(knowledge: Knowledge, case: Case) -> datetime:
    """A day of the clock ago at least: a dose once a day is 25 hours back where the clocks were put back."""
    yesterday = (case.now.astimezone(case.zone) - timedelta(days=1)).astimezone(UTC)
    return min(case.now - timedelta(hours=knowledge.number("missed.resume", "h")), yesterday)


def _due(case: Case, since: datetime) -> list[datetime]:
    return [at for one in case.timeline.regimens for at, _ in scheduled(one, case.zone, since, case.now)]


def _loose(dose: Dose, case: Case) -> bool:
    return dose.scheduled is None and dose.at <= case.now


def _since(case: Case, regimen: Regimen) -> datetime:
    """When the daily total of `regimen` began, through regimens that follow each other with the same total."""
    since = regimen.since
    for earlier in sorted(case.timeline.regimens, key=lambda other: other.since, reverse=True):
        if earlier.until == since and earlier.total_ug_per_day == regimen.total_ug_per_day:
            since = earlier.since
    return since
