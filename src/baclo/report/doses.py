"""When the doses behind a course fall, and on which days: for the marks under a chart and for the calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from baclo.care.plan import Plan, PlanDose, Step
from baclo.case.calendar import given_doses, scheduled
from baclo.case.case import Case
from baclo.case.timeline import ClockDose, Regimen

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One day of a plan: its date, its step's place in the plan, whether the step begins on it, and its doses."""

    day: date
    step: int
    first: bool
    doses: tuple[PlanDose, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven days from a Monday; None where the plan says nothing of a day."""

    monday: date
    days: tuple[CalendarDay | None, ...]


def taken(case: Case, since: datetime, until: datetime) -> tuple[datetime, ...]:
    """The moments of what is given, as recorded and by the regimens."""
    return tuple(dose.at for dose in given_doses(case.timeline, case.zone, since, until))


def planned(plan: Plan, zone: ZoneInfo, until: datetime) -> tuple[datetime, ...]:
    """The moments of a plan's doses up to `until`, each once also where several tablets are taken together."""
    moments = (
        at for step in plan.steps for at, _ in scheduled(_as_regimen(step), zone, step.since, step.until or until)
    )
    return tuple(dict.fromkeys(moments))


def _as_regimen(step: Step) -> Regimen:
    return Regimen(
        product=None,
        modified_release=None,
        since=step.since,
        until=step.until,
        doses=tuple(ClockDose(clock=dose.clock, amount_ug=dose.amount_ug) for dose in step.doses),
    )


def calendar(plan: Plan, zone: ZoneInfo) -> tuple[Week, ...]:
    """The plan's days in weeks; an open end is shown for its first week."""
    days = {day.day: day for day in _days(plan, zone)}
    if not days:
        return ()
    monday = min(days) - timedelta(days=min(days).weekday())
    weeks = range((max(days) - monday).days // 7 + 1)
    return tuple(
        Week(
            monday=monday + number * _WEEK,
            days=tuple(days.get(monday + number * _WEEK + timedelta(days=place)) for place in range(7)),
        )
        for number in weeks
    )


def _days(plan: Plan, zone: ZoneInfo) -> Iterator[CalendarDay]:
    """Every day of every step. A dose before the step's first moment on its first day belongs to the step before."""
    for place, step in enumerate(plan.steps, start=1):
        since = step.since.astimezone(zone)
        until = (step.until or step.since + _WEEK).astimezone(zone)
        day = since.date()
        while datetime.combine(day, datetime.min.time(), zone) < until:
            yield CalendarDay(day=day, step=place, first=day == since.date(), doses=step.doses)
            day += timedelta(days=1)
