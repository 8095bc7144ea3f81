"""The doses of a plan as stretches of days at one time of the clock, for calendars that repeat an event daily."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from baclo.care.dispense import open_for
from baclo.care.plan import Kind, Plan, Step
from baclo.case.calendar import scheduled
from baclo.case.timeline import ClockDose, Regimen
from baclo.knowledge.library import Knowledge
from baclo.report.taking import Taking, takings

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What is taken together on each of `days` days in a row, `first` being local and aware, `last` in UTC.

    On all of them it is the same time on the wall. A day on which the change of clocks skips that time is a stretch
    of its own, at the later time on the wall; a day that the zone left out is in none.
    """

    taking: Taking
    step: int
    first: datetime
    last: datetime
    days: int


def end(knowledge: Knowledge, plan: Plan, step: Step, zone: ZoneInfo) -> datetime:
    """Where a step of the plan ends; one that is open, where what is dispensed for it ends, and so does a calendar."""
    if step.until is not None:
        return step.until
    return step.since.astimezone(zone) + open_for(knowledge, to_review=plan.kind is Kind.TITRATE)


def stretches(knowledge: Knowledge, plan: Plan, zone: ZoneInfo) -> tuple[Stretch, ...]:
    """Every dose of every step, an open step for the time that calendars show it."""
    return tuple(
        stretch
        for place, step in enumerate(plan.steps, start=1)
        for taking in takings(step.doses)
        for stretch in _of(taking, place, _moments(taking, step, end(knowledge, plan, step, zone), zone), zone)
    )


def _moments(taking: Taking, step: Step, until: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    regimen = Regimen(
        product=None,
        modified_release=None,
        since=step.since,
        until=until,
        doses=(ClockDose(clock=taking.clock, amount_ug=taking.amount_ug),),
    )
    return tuple(at for at, _ in scheduled(regimen, zone, step.since, until))


def _of(taking: Taking, step: int, moments: tuple[datetime, ...], zone: ZoneInfo) -> Iterator[Stretch]:
    run: list[datetime] = []
    for at in moments:
        local = at.astimezone(zone)
        on_time = local.time() == taking.clock
        follows = bool(run) and local.date() == run[-1].date() + _DAY and run[-1].time() == taking.clock
        if run and not (on_time and follows):
            yield _stretch(taking, step, run)
            run = []
        run.append(local)
    if run:
        yield _stretch(taking, step, run)


def _stretch(taking: Taking, step: int, run: list[datetime]) -> Stretch:
    return Stretch(taking=taking, step=step, first=run[0], last=run[-1].astimezone(UTC), days=len(run))
