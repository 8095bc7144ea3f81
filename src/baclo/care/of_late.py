"""How the doses by the clock were kept of late: how much may have been taken, after which gap, and how surely."""

import math
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from baclo.case.calendar import given_doses, scheduled
from baclo.case.case import Case
from baclo.case.timeline import Dose, DoseStatus
from baclo.knowledge.library import Knowledge

_DAY = timedelta(days=1)
_JUST_AFTER = timedelta(microseconds=1)


def took_less(knowledge: Knowledge, case: Case) -> bool:
    """Whether on no day of late as much may have been taken as was due on one; doses outside a regimen count."""
    since = case.now - timedelta(hours=knowledge.number("missed.restart_low", "h"))
    due = _most(case, _due(case, since))
    taken = _most(case, ((dose.at, dose.amount_ug) for dose in _taken(case, since)))
    return taken < due and not math.isclose(taken, due)


def took_hardly_any(knowledge: Knowledge, case: Case) -> bool:
    """Whether all that may have been taken of late is less than was due on one day of it, by who took it before."""
    since = case.now - timedelta(hours=knowledge.number("missed.restart_low", "h"))
    taken = sum(dose.amount_ug for dose in _taken(case, since))
    due = _most(case, _due(case, since))
    return any(one < since for one in _begun(case)) and taken < due and not math.isclose(taken, due)


def began_again(knowledge: Knowledge, case: Case) -> bool:
    """Whether what may have been taken of late was the first after a gap that asks for a new start from the bottom."""
    back = timedelta(hours=knowledge.number("missed.restart_low", "h"))
    taken = _taken(case, case.now - back)
    if not taken:
        return False
    first = taken[0].at
    before = given_doses(case.timeline, case.zone, first - back, first)
    return any(since < first - back for since in _begun(case)) and not before


def not_surely_taken(knowledge: Knowledge, case: Case) -> int:
    """How many of the doses due of late were missed, vomited, not known, or taken in part."""
    since = case.now - timedelta(hours=knowledge.number("missed.restart_low", "h"))
    due = dict(_due(case, since))
    return sum(
        record.status is not DoseStatus.GIVEN or record.amount_ug < due[record.scheduled]
        for record in case.timeline.doses
        if record.scheduled is not None and record.scheduled in due
    )


def _begun(case: Case) -> Iterator[datetime]:
    """When each regimen began and each recorded dose was."""
    yield from (regimen.since for regimen in case.timeline.regimens)
    yield from (dose.at for dose in case.timeline.doses)


def _due(case: Case, since: datetime) -> Iterator[tuple[datetime, float]]:
    """Each dose by the clock from `since` up to now, ug."""
    for regimen in case.timeline.regimens:
        for at, dose in scheduled(regimen, case.zone, since, case.now + _JUST_AFTER):
            yield at, dose.amount_ug


def _taken(case: Case, since: datetime) -> tuple[Dose, ...]:
    """Each dose that may have been taken from `since` up to now, by time."""
    return given_doses(case.timeline, case.zone, since, case.now + _JUST_AFTER)


def _most(case: Case, doses_ug: Iterable[tuple[datetime, float]]) -> float:
    """The most within a day of the clock that begins with a dose, ug."""
    every = tuple((at.astimezone(case.zone).replace(tzinfo=None), ug) for at, ug in doses_ug)
    return max((sum(ug for at, ug in every if opens <= at < opens + _DAY) for opens, _ in every), default=0.0)
