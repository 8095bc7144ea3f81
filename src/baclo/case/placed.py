"""Doses recorded without the time they were due: each in the place of the missed or smaller dose it stands for."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from baclo.case.calendar import scheduled
from baclo.case.case import Case
from baclo.case.timeline import Dose, DoseStatus

_DAY = timedelta(days=1)


def placed(case: Case) -> Case:
    """The case with each such dose as that of the clock; itself where none has one near that lacks as much.

    Near is the dose due last before it, or next after it; one that was missed, recorded as smaller than due, or came
    up before. What was taken in parts is one dose of their sum, at the time of the last of them; what came up stays
    recorded beside what was taken for it again.
    """
    doses = case.timeline.doses
    for loose in [one for one in doses if one.scheduled is None and one.status is DoseStatus.GIVEN]:
        due_ug = dict(_near(case, loose.at))
        records = [one for one in doses if one.scheduled in due_ug and _lacks(one, loose, due_ug)]
        record = min(records, key=lambda one: abs(one.at - loose.at), default=None)
        if record is not None:
            kept = [one for one in doses if one is not loose and one is not record]
            doses = tuple(sorted([*kept, *_together(record, loose)], key=lambda one: one.at))
    return case if doses is case.timeline.doses else replace(case, timeline=replace(case.timeline, doses=doses))


def _near(case: Case, at: datetime) -> Iterator[tuple[datetime | None, float]]:
    """The dose that was due last before a moment, and the one due next after it, each with its amount, ug."""
    due = sorted(
        (moment, dose.amount_ug)
        for regimen in case.timeline.regimens
        for moment, dose in scheduled(regimen, case.zone, at - _DAY, at + _DAY)
    )
    yield from [one for one in due if one[0] <= at][-1:]
    yield from [one for one in due if one[0] > at][:1]


def _lacks(record: Dose, loose: Dose, due_ug: Mapping[datetime | None, float]) -> bool:
    """Whether the dose that was due and is recorded leaves room for all of the other."""
    if record.status is DoseStatus.UNKNOWN:
        return False
    if record.status is DoseStatus.VOMITED and not (record.vomited_at and record.vomited_at <= loose.at):
        return False
    together_ug, meant_ug = _kept_ug(record) + loose.amount_ug, due_ug[record.scheduled]
    return together_ug <= meant_ug or math.isclose(together_ug, meant_ug)


def _kept_ug(record: Dose) -> float:
    return record.amount_ug if record.status is DoseStatus.GIVEN else 0.0


def _together(record: Dose, loose: Dose) -> Iterator[Dose]:
    if record.status is DoseStatus.VOMITED:
        yield record
    at = max(record.at, loose.at) if _kept_ug(record) else loose.at
    yield replace(loose, at=at, amount_ug=_kept_ug(record) + loose.amount_ug, scheduled=record.scheduled)
