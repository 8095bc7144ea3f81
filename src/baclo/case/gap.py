"""What `question.last_taken` says of the doses after it: none of them was taken, unless a record says so."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from baclo.case.calendar import scheduled
from baclo.case.case import Case
from baclo.case.placed import placed
from baclo.case.timeline import ClockDose, Dose, DoseStatus, Regimen, Route

NEAR = timedelta(days=1) / 2
"""How far from the clock a dose may have been taken and still be that dose: half a day, so that one is always near."""
_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)


def lived(case: Case) -> Case:
    """The case with a record for every dose that its `last_taken` speaks of, and each dose in its place.

    What was taken then stands for the dose of the clock that is nearest to it, the later of two that are equally
    near: who took a dose early is never told to take it again.
    """
    last = case.question.last_taken
    if last is None:
        return placed(case)
    recorded = {record.scheduled for record in case.timeline.doses}
    due = [entry for entry in _due(case, last) if entry[0] not in recorded]
    taken = None if any(record.at == last for record in case.timeline.doses) else nearest(last, _moments(case, last))
    added = [
        _record(regimen, at, dose, last, taken) for at, (regimen, dose) in due if at == taken or last < at < case.now
    ]
    doses = sorted((*case.timeline.doses, *added), key=lambda record: record.at)
    return placed(replace(case, timeline=replace(case.timeline, doses=tuple(doses))))


def nearest(last: datetime, moments: Mapping[datetime, object]) -> datetime | None:
    """The moment of a dose by the clock that is nearest to `last`, and near enough; None where none is."""
    near = [at for at in moments if abs(at - last) <= NEAR]
    return min(near, key=lambda at: (abs(at - last), -at.timestamp()), default=None)


def _moments(case: Case, last: datetime) -> Mapping[datetime, object]:
    return dict(_due(case, last))


def _due(case: Case, last: datetime) -> Iterator[tuple[datetime, tuple[Regimen, ClockDose]]]:
    """Every dose by the clock from a day before `last` on, as far as it can have been taken by now."""
    until = max(case.now, last + _DAY) + _MOMENT
    for regimen in case.timeline.regimens:
        for at, dose in scheduled(regimen, case.zone, last - _DAY, until):
            yield at, (regimen, dose)


def _record(regimen: Regimen, due: datetime, dose: ClockDose, last: datetime, taken: datetime | None) -> Dose:
    return Dose(
        at=last if due == taken else due,
        amount_ug=dose.amount_ug,
        over_h=0.0,
        route=Route.ORAL,
        product=regimen.product,
        status=DoseStatus.GIVEN if due == taken else DoseStatus.MISSED,
        scheduled=due,
        vomited_at=None,
    )
