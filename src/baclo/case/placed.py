"""Doses recorded without the time they were due: each in the place of the missed or vomited dose it stands for."""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from baclo.case.calendar import scheduled
from baclo.case.case import Case
from baclo.case.timeline import Dose, DoseStatus

_DAY = timedelta(days=1)


def placed(case: Case) -> Case:
    """The case with each such dose as that of the clock; itself where none has one near that lacks it.

    Near is the dose due last before it, or the next one where that is nearer; it was missed, or came up before, and is
    no smaller; the largest goes first. When and how much was taken stays as it is; what came up stays recorded.
    """
    doses = case.timeline.doses
    beside = [one for one in doses if one.scheduled is None and one.status is DoseStatus.GIVEN]
    for loose in sorted(beside, key=lambda one: one.amount_ug, reverse=True):
        due_ug = dict(_near(case, loose.at))
        records = [one for one in doses if _lacks(one, loose, due_ug.get(one.scheduled))]
        record = min(records, key=lambda one: abs(one.at - loose.at), default=None)
        if record is not None:
            kept = [one for one in doses if one is not loose and one is not record]
            came_up = [record] if record.status is DoseStatus.VOMITED else []
            stands = replace(loose, scheduled=record.scheduled)
            doses = tuple(sorted([*kept, *came_up, stands], key=lambda one: one.at))
    return case if doses is case.timeline.doses else replace(case, timeline=replace(case.timeline, doses=doses))


def _near(case: Case, at: datetime) -> Iterator[tuple[datetime | None, float]]:
    """The dose that was due last before a moment, and the next where it is nearer, each with its amount, ug."""
    due = sorted(
        (moment, dose.amount_ug)
        for regimen in case.timeline.regimens
        for moment, dose in scheduled(regimen, case.zone, at - _DAY, at + _DAY)
    )
    before, after = [one for one in due if one[0] <= at][-1:], [one for one in due if one[0] > at][:1]
    yield from before
    yield from [one for one in after if not before or one[0] - at < at - before[0][0]]


def _lacks(record: Dose, loose: Dose, due_ug: float | None) -> bool:
    """Whether a record says that the dose due then was missed, or came up before, and is no smaller than the other."""
    came_up = record.vomited_at is not None and record.vomited_at <= loose.at
    if due_ug is None or not (record.status is DoseStatus.MISSED or came_up):
        return False
    return loose.amount_ug <= due_ug or math.isclose(loose.amount_ug, due_ug)
