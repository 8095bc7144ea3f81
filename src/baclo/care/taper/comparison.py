"""Schedules side by side: what each takes in days, in its largest fall and in pieces, and why one is not first."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from baclo.care.plan import PlanDose, Step
from baclo.care.products import LIQUID, product_rows
from baclo.care.taper.pattern import Choice, Rate
from baclo.care.taper.sentences import said
from baclo.case.case import Method
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Piece, Text

_BASIS = ("computed:plan",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Days until the last step, the largest fall of a day's dose, and the pieces handled until then."""

    days: int
    fall_ug_per_day: float
    pieces: int


def measure(knowledge: Knowledge, from_ug_per_day: float, steps: Sequence[Step]) -> Measure:
    """The measure of settled steps, of which there is at least one."""
    totals = [from_ug_per_day, *(step.total_ug_per_day for step in steps)]
    return Measure(
        days=(steps[-1].since - steps[0].since).days,
        fall_ug_per_day=max(before - after for before, after in pairwise(totals)),
        pieces=sum(
            (step.until - step.since).days * sum(_pieces(knowledge, dose) for dose in step.doses)
            for step in steps
            if step.until is not None
        ),
    )


def _pieces(knowledge: Knowledge, dose: PlanDose) -> int:
    """Wholes, and one for a broken tablet; a measured volume is one."""
    return 1 if product_rows(knowledge)[dose.product]["form"] == LIQUID else math.ceil(dose.units - 1e-9)


def name_of(knowledge: Knowledge, choice: Choice) -> Text:
    """The choice in words."""
    return said(knowledge, "names", f"{choice.rate} {choice.method}")


def why_not(knowledge: Knowledge, first: Choice, other: Choice, one: Measure, another: Measure) -> Text:
    """Why `other` was not put first, with the numbers of both."""
    reason = _reason(knowledge, first, other)
    numbers = said(
        knowledge,
        "why_not",
        "numbers",
        days=_number(another.days, "d"),
        first_days=_number(one.days, "d"),
        pieces=_number(another.pieces, "1"),
        first_pieces=_number(one.pieces, "1"),
    )
    return Text((*reason.pieces, " ", *numbers.pieces, *_falls(knowledge, one, another)))


def _falls(knowledge: Knowledge, one: Measure, another: Measure) -> Iterator[Piece]:
    """The largest fall of both where they differ."""
    if another.fall_ug_per_day != one.fall_ug_per_day:
        fall, first_fall = (_number(measured.fall_ug_per_day, "ug/d") for measured in (another, one))
        yield " "
        yield from said(knowledge, "why_not", "falls", fall=fall, first_fall=first_fall).pieces


def _reason(knowledge: Knowledge, first: Choice, other: Choice) -> Text:
    if other.rate is not first.rate:
        return said(knowledge, "why_not", other.rate)
    return said(knowledge, "why_not", other.method)


def _number(value: float, unit: str) -> Number:
    return Number(value=float(value), unit=unit, basis=_BASIS)


def beside(first: Choice, method_asked: bool) -> tuple[Choice, ...]:
    """What may stand beside the first choice, the most telling first; quick only without caution."""
    rates = [rate for rate in (Rate.USUAL, Rate.SLOW, Rate.QUICK) if rate is not first.rate]
    if first.cautious:
        rates.remove(Rate.QUICK)
    paces = [Choice(rate=rate, method=first.method, cautious=first.cautious) for rate in rates]
    method = Method.FIXED if first.method is Method.PERCENT else Method.PERCENT
    other = Choice(rate=first.rate, method=method, cautious=first.cautious)
    return (paces[0], other, *paces[1:]) if method_asked else (*paces, other)
