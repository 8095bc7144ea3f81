"""What each of the prescriber's choices after a gap would do, neither of them permitted from here."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from baclo.body.course import Course
from baclo.body.predict import predict
from baclo.care.advice import Point
from baclo.care.finding import Severity
from baclo.care.resume.gap import Way
from baclo.care.resume.planner import Situation
from baclo.care.resume.reduced import reduced
from baclo.care.resume.telling import point
from baclo.case.timeline import Regimen, Timeline
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number
from baclo.units import convert

_BASIS = ("case:regimen", "computed:plan")


def choices(knowledge: Knowledge, now: Situation) -> Iterator[Point]:
    """The usual and the reduced day with their highest levels beside that of the time before the gap."""
    usual = now.told.usual
    if now.gap.way is not Way.DECIDE or usual is None:
        return
    before = _peak(knowledge, now, usual, without_gap=True)
    for key, regimen in (("decide_usual", usual), ("decide_reduced", reduced(knowledge, now.case, usual))):
        if regimen is None:
            continue
        peak = _peak(knowledge, now, regimen, without_gap=False)
        if peak is not None and before is not None:
            total = Number(value=convert(regimen.total_ug_per_day, "ug", "mg"), unit="mg", basis=_BASIS)
            yield point(knowledge, key, Severity.INFO, None, _BASIS, total=total, peak=peak, before=before)


def _peak(knowledge: Knowledge, now: Situation, regimen: Regimen, *, without_gap: bool) -> Number | None:
    """The highest plasma level of the coming days; None where no model may speak."""
    case = now.case
    timeline = case.timeline
    if without_gap:
        timeline = Timeline(doses=(), regimens=(replace(regimen, until=None),), observations=timeline.observations)
    else:
        past = tuple(
            replace(one, until=min(one.until or case.now, case.now))
            for one in timeline.regimens
            if one.since < case.now
        )
        timeline = replace(timeline, regimens=(*past, replace(regimen, since=case.now, until=None)))
    until = case.now + timedelta(hours=knowledge.number("missed.restart_low", "h"))
    course = predict(knowledge, case, timeline=timeline, until=until, band=False)
    return None if course is None else _highest(course)


def _highest(course: Course) -> Number:
    return Number(value=float(course.plasma_ng_per_ml.max()), unit="ng/mL", basis=(f"model:{course.model}", *_BASIS))
