"""Local days as aware moments: a plan's steps change at midnight of the case's zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from baclo.case.case import Case


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day."""
    return datetime.combine(day, time(0), tzinfo=zone)


def first_day(case: Case) -> date:
    """The first day of a plan: tomorrow, or the later day asked for."""
    tomorrow = case.now.astimezone(case.zone).date() + timedelta(days=1)
    asked = case.question.since
    return tomorrow if asked is None else max(tomorrow, asked.astimezone(case.zone).date())


def whole_days(hours: float) -> int:
    """The least number of whole days that last at least `hours`."""
    return -int(-hours // 24)
