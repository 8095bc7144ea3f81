"""The steps of one way up: its daily doses, and the wish that each becomes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from baclo.care.clocks import Clocks
from baclo.care.days import midnight, whole_days
from baclo.care.pace import Pace
from baclo.care.plan import Kind, Wish
from baclo.care.products import smallest_piece_ug
from baclo.care.standing import Standing
from baclo.care.watch import watch
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text

_ROUNDING = 1 + 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way of rising: its pace, its times of the day, the forms it may be made of, and what to call it.

    `name` and `why_not` are None for the way put first.
    """

    pace: Pace
    clocks: Clocks
    forms: tuple[str, ...]
    name: Text | None = None
    why_not: Text | None = None


def climb_ug_per_day(knowledge: Knowledge, case: Case, way: Way, now: Standing) -> tuple[float, ...]:
    """The daily doses on the way up, on multiples of the smallest piece at hand; () where there is nowhere to go."""
    return tuple(_levels_ug_per_day(way.pace, now.total_ug_per_day, smallest_piece_ug(knowledge, case, way.forms)))


def _levels_ug_per_day(pace: Pace, level: float, grain_ug: float) -> Iterator[float]:
    """Each level above `level`, as far up as the pace lets it, until there is none."""
    top = min(pace.aim_ug_per_day, pace.bounds.cap_ug_per_day)
    while True:
        high = pace.bounds.start_ug_per_day if level == 0 else level + pace.bounds.rise_ug_per_day
        # Where nothing is at hand the grain is infinite: no multiple of it is a number, and none is above the level.
        following = min(top, high) / grain_ug * _ROUNDING // 1 * grain_ug
        if not following < pace.aim_below_ug_per_day:
            following -= grain_ug
        if not following > level:
            return
        level = following
        yield level


def days_to_top(way: Way, levels_ug_per_day: Sequence[float]) -> int:
    """How many days after its beginning the last of its doses is reached."""
    return way.pace.step_days * max(len(levels_ug_per_day) - 1, 0)


def review_day(way: Way, day: date, levels_ug_per_day: Sequence[float]) -> date:
    """The day on which benefit is judged, for a plan that begins on `day`."""
    return day + timedelta(days=days_to_top(way, levels_ug_per_day) + whole_days(way.pace.scheme.review_h))


def wishes(knowledge: Knowledge, case: Case, way: Way, now: Standing, day: date) -> Iterator[Wish]:
    """One wish a step, each as far up as the bounds let it, until the goal or the limit."""
    levels_ug_per_day = climb_ug_per_day(knowledge, case, way, now)
    for index, level_ug in enumerate(levels_ug_per_day):
        last = index + 1 == len(levels_ug_per_day)
        until = midnight(day + timedelta(days=(index + 1) * way.pace.step_days), case.zone)
        looked_at = watch(knowledge, Kind.TITRATE)
        if last:
            looked_at += _review(knowledge, way, midnight(review_day(way, day, levels_ug_per_day), case.zone))
        yield Wish(
            since=midnight(day + timedelta(days=index * way.pace.step_days), case.zone),
            until=None if last else until,
            total_ug_per_day=level_ug,
            why=_why(knowledge, way.pace, level_ug, last=last),
            limited_by=_limited_by(way.pace, now, levels_ug_per_day, index),
            monitor=looked_at,
        )


def _review(knowledge: Knowledge, way: Way, at: datetime) -> tuple[Text, ...]:
    """When benefit is judged, by what, and what follows where there is none."""
    words = knowledge.folder("regimens")["rising"]["review"]
    return (
        text(words["when"], knowledge.facts, at=at),
        way.pace.scheme.responder,
        way.pace.scheme.otherwise,
    )


def _limited_by(pace: Pace, now: Standing, levels_ug_per_day: Sequence[float], index: int) -> tuple[str, ...]:
    """What held a step down: the goal or the limit at the end, before that the first dose or the rise."""
    if index + 1 < len(levels_ug_per_day):
        return pace.first_basis if index == 0 and now.regimen is None else pace.rise_basis
    return pace.aim_basis if pace.aim_ug_per_day <= pace.bounds.cap_ug_per_day else pace.cap_basis


def _why(knowledge: Knowledge, pace: Pace, level_ug: float, *, last: bool) -> Text:
    if not last:
        days = Number(value=float(pace.step_days), unit="d", basis=pace.rise_basis)
        return text("At least {days} on this step", knowledge.facts, days=days)
    if pace.aim_ug_per_day == pace.aim_below_ug_per_day <= pace.bounds.cap_ug_per_day:
        below = Number(value=pace.aim_below_ug_per_day, unit="ug/d", basis=pace.aim_basis)
        words = "Below the {below} at which confusion was seen more often with reduced kidneys; stay and review"
        return text(words, knowledge.facts, below=below)
    if level_ug >= pace.aim_ug_per_day:
        return text("The goal; stay and review", knowledge.facts)
    if pace.aim_ug_per_day <= pace.bounds.cap_ug_per_day:
        return text("As near to the goal as what is at hand comes; stay and review", knowledge.facts)
    return text("The limit for this person, below the goal; stay and review", knowledge.facts)
