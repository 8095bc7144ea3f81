"""Local days as aware moments: a plan's steps change at midnight of the case's zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from baclo.case.case import Case


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day."""
    return datetime.combine(day, time(0), tzinfo=zone)


def first_day(case: Case) -> date:
    """The first day of a plan: the day asked for, else tomorrow."""
    if case.question.since is not None:
        return case.question.since.astimezone(case.zone).date()
    return case.now.astimezone(case.zone).date() + timedelta(days=1)


def whole_days(hours: float) -> int:
    """The least number of whole days that last at least `hours`."""
    return -int(-hours // 24)
