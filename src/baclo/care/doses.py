"""What is taken now, when a dose was due, and the most that was taken at once."""

from datetime import datetime, timedelta

from baclo.case.calendar import given_doses
from baclo.case.case import Case
from baclo.case.timeline import Dose, Regimen, Timeline


def regimen_now(timeline: Timeline, now: datetime) -> Regimen | None:
    """The regimen running at `now`, or None; regimens do not overlap."""
    for regimen in timeline.regimens:
        if regimen.since <= now and (regimen.until is None or now < regimen.until):
            return regimen
    return None


def due_at(record: Dose) -> datetime:
    """When the dose that a record stands for was due."""
    return record.at if record.scheduled is None else record.scheduled


def largest_dose_ug(case: Case, *, window: timedelta, back: timedelta) -> float:
    """The most drug taken within `window`, micrograms, over the time `back` from now; 0 where none was taken."""
    doses = given_doses(case.timeline, case.zone, case.now - back, case.now + timedelta(microseconds=1))
    return max(
        (sum(other.amount_ug for other in doses if dose.at <= other.at <= dose.at + window) for dose in doses),
        default=0.0,
    )
