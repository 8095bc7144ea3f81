"""From nothing, or from the dose that is going on, up to a goal: the wishes that the gate then settles."""

import math
from collections.abc import Iterator
from datetime import date, time, timedelta

from baclo.care.days import first_day, midnight
from baclo.care.finding import Change
from baclo.care.kidney_share import kidney_share
from baclo.care.objections import rise_objections, standing_objections
from baclo.care.pace import Pace, pace_of
from baclo.care.plan import Draft, Kind, Plan, admit
from baclo.care.products import smallest_piece_ug
from baclo.care.settle import Terms, Wish
from baclo.care.standing import Continuity, Standing, standing
from baclo.care.tablets import default_clocks
from baclo.care.watch import standing_notes, watch
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.case.timeline import Regimen
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text

CHANGES = {
    Continuity.NEVER: Change.START,
    Continuity.GOING_ON: Change.RAISE,
    Continuity.INTERRUPTED: Change.RESTART,
    Continuity.LAPSED: Change.RESTART,
    Continuity.UNTOLD: Change.RAISE,
}


def titrate(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Plan:
    """A rise for an adult in whole and half tablets, admitted or refused by the gate.

    The goal is the case's, else the lower end of the region's usual dose. The scheme is the region's, or the slow
    one from the age given, with reduced kidneys, frailty, or tone that is needed, and wherever one of these is not
    known. The kidneys' share cuts the first dose, the rise and the limit alike; without a share the plan is refused,
    and the uncut scheme is simulated only to show why. After a gap it begins again at the bottom.
    """
    share = kidney_share(knowledge, picture)
    pace = pace_of(knowledge, case, share)
    now = standing(knowledge, case, midnight(first_day(case), case.zone))
    day = _first_day(case, pace, now)
    return admit(
        knowledge,
        case,
        picture,
        Draft(
            kind=Kind.TITRATE,
            change=CHANGES[now.continuity],
            standing=now,
            wishes=tuple(_wishes(knowledge, case, pace, now, day)),
            terms=_terms(knowledge, pace, now),
            objections=(
                *standing_objections(knowledge, case, now, day),
                *rise_objections(knowledge, case, pace, now, share),
            ),
            notes=(*pace.slow_because, *_later(knowledge, case, day), *standing_notes(knowledge, Kind.TITRATE)),
        ),
    )


def _terms(knowledge: Knowledge, pace: Pace, now: Standing) -> Terms:
    return Terms(
        bounds=pace.bounds,
        taken=() if now.regimen is None else now.regimen.doses,
        clocks=tuple(_clocks(knowledge, now.regimen)),
    )


def _first_day(case: Case, pace: Pace, now: Standing) -> date:
    """The first day asked for, or the later one on which the present dose has lasted a whole step."""
    asked = first_day(case)
    if now.since is None:
        return asked
    return max(asked, now.since.astimezone(case.zone).date() + timedelta(days=pace.step_days))


def _later(knowledge: Knowledge, case: Case, day: date) -> tuple[Text, ...]:
    """A note where the present dose holds the plan back."""
    if day == first_day(case):
        return ()
    return (text("The plan begins later because the present dose has not lasted a whole step.", knowledge.facts),)


def _clocks(knowledge: Knowledge, now: Regimen | None) -> Iterator[tuple[time, ...]]:
    """The sets of clock times: as many as the usual day has, more where one dose would be too large, then fewer.

    The times of the present regimen are kept where their number is that of a set.
    """
    usual, most = (round(count) for count in knowledge.fact("titration.doses_per_day").values)
    kept = () if now is None else tuple(sorted(dose.clock for dose in now.doses))
    for count in (*range(usual, most + 1), *range(usual - 1, 0, -1)):
        yield kept if len(kept) == count else default_clocks(knowledge, count)


def _wishes(knowledge: Knowledge, case: Case, pace: Pace, now: Standing, day: date) -> Iterator[Wish]:
    """One wish a step, each as far up as the bounds let it, until the goal or the limit."""
    levels = tuple(_levels(knowledge, case, pace, now))
    for index, level_ug in enumerate(levels):
        last = index + 1 == len(levels)
        until = midnight(day + timedelta(days=(index + 1) * pace.step_days), case.zone)
        yield Wish(
            since=midnight(day + timedelta(days=index * pace.step_days), case.zone),
            until=None if last else until,
            total_ug_per_day=level_ug,
            why=_why(knowledge, pace, level_ug, last),
            limited_by=_limited_by(pace, now, levels, index),
            monitor=watch(knowledge, Kind.TITRATE),
        )


def _levels(knowledge: Knowledge, case: Case, pace: Pace, now: Standing) -> Iterator[float]:
    """The daily doses on the way up, on multiples of the smallest piece at hand."""
    grain = smallest_piece_ug(knowledge, case)
    bounds, level = pace.bounds, now.total_ug_per_day
    top = min(pace.aim_ug_per_day, bounds.cap_ug_per_day)
    while grain < math.inf:
        high = bounds.start_ug_per_day if level == 0 else level + bounds.rise_ug_per_day
        following = min(top, high) // grain * grain
        if not following > level:
            return
        level = following
        yield level


def _limited_by(pace: Pace, now: Standing, levels: tuple[float, ...], index: int) -> tuple[str, ...]:
    """What held a step down: the goal or the limit at the end, before that the first dose or the rise."""
    if index + 1 < len(levels):
        return pace.first_basis if index == 0 and now.regimen is None else pace.rise_basis
    return pace.aim_basis if pace.aim_ug_per_day <= pace.bounds.cap_ug_per_day else pace.cap_basis


def _why(knowledge: Knowledge, pace: Pace, level_ug: float, last: bool) -> Text:
    if not last:
        days = Number(value=float(pace.step_days), unit="d", basis=pace.rise_basis)
        return text("At least {days} on this step", knowledge.facts, days=days)
    if level_ug >= pace.aim_ug_per_day:
        return text("The goal; stay and review", knowledge.facts)
    if pace.aim_ug_per_day <= pace.bounds.cap_ug_per_day:
        return text("As near to the goal as the tablets come; stay and review", knowledge.facts)
    return text("The limit for this person, below the goal; stay and review", knowledge.facts)
