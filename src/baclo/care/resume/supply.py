"""Where the next dose comes from: what is left, how to get more today, and what to say in hospital."""

from collections.abc import Iterator

from baclo.care.advice import Point
from baclo.care.finding import Severity, Status
from baclo.care.resume.planner import Situation
from baclo.care.resume.steps import content_ug
from baclo.care.resume.telling import point
from baclo.case.case import GapReason
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number

_REASON = ("case:question.gap_reason",)


def supply_points(knowledge: Knowledge, now: Situation) -> Iterator[Point]:
    """What to do about the supply, where it is the reason of the gap or what is left was counted."""
    reason = now.case.question.gap_reason
    days = _days_left(knowledge, now)
    if days is not None:
        yield _stock(knowledge, days)
    if reason is GapReason.RAN_OUT or (days is not None and not days > 0):
        yield point(knowledge, "supply", Severity.CRITICAL, Status.PRESENT, _REASON)
        yield point(knowledge, f"supply_{now.case.region.value.lower()}", Severity.INFO, None, _REASON)
    if reason is GapReason.IN_HOSPITAL:
        yield point(knowledge, "hospital", Severity.CRITICAL, Status.PRESENT, _REASON)


def _days_left(knowledge: Knowledge, now: Situation) -> float | None:
    """How many usual days are left, 0 where it is less than the smallest usual dose; None where nobody counted."""
    usual, stock = now.told.usual, now.case.stock
    if usual is None or stock is None or not usual.total_ug_per_day > 0:
        return None
    left_ug = sum(one.units * content_ug(knowledge, one.product) for one in stock)
    least_ug = min(dose.amount_ug for dose in usual.doses)
    return left_ug / usual.total_ug_per_day if left_ug >= least_ug else 0.0


def _stock(knowledge: Knowledge, days: float) -> Point:
    if not days > 0:
        return point(knowledge, "stock_none", Severity.CRITICAL, Status.PRESENT, ("case:stock",))
    number = Number(value=days, unit="d", basis=("case:stock", "case:regimen"))
    return point(knowledge, "stock", Severity.INFO, None, ("case:stock",), days=number)
