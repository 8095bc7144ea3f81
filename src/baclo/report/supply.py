"""When what is left at home runs out, if what is taken and what is planned is taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from baclo.care.dispense import open_for
from baclo.care.plan import Plan
from baclo.case.calendar import scheduled
from baclo.case.case import Case
from baclo.case.stock import Stock
from baclo.case.timeline import ClockDose, Regimen
from baclo.knowledge.library import Knowledge
from baclo.report import names
from baclo.report.recurring import end
from baclo.report.taking import strength
from baclo.run import Outcome
from baclo.units import convert

_SAME = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The first local day whose doses the stock of a product does not cover, and the day to ask for more."""

    product: str
    ask: date
    out: date


def endings(knowledge: Knowledge, outcome: Outcome) -> tuple[Ending, ...]:
    """One for each counted product that runs out within what a calendar shows; () where nobody counted."""
    stocks = outcome.case.stock or ()
    found = (_ending(knowledge, outcome, stock) for stock in stocks)
    return tuple(one for one in found if one is not None)


def _ending(knowledge: Knowledge, outcome: Outcome, stock: Stock) -> Ending | None:
    case, left = outcome.case, stock.units
    for at, units in sorted(_uses(knowledge, outcome, stock)):
        left -= units
        if left < -_SAME:
            out = at.astimezone(case.zone).date()
            lead = timedelta(hours=knowledge.number("calendar.lead", "h"))
            return Ending(product=stock.product, ask=max(case.now.astimezone(case.zone).date(), out - lead), out=out)
    return None


def _uses(knowledge: Knowledge, outcome: Outcome, stock: Stock) -> Iterator[tuple[datetime, float]]:
    """How much of the product is used when: as taken now until the plan begins, then by the plan.

    A regimen of which nobody said the product counts as of this one: what is not known never makes a stock last.
    """
    case = outcome.case
    steps = outcome.plan.steps if outcome.plan is not None else ()
    until = steps[0].since if steps else _shown_until(knowledge, case)
    for regimen in case.timeline.regimens:
        if regimen.product in (None, stock.product):
            for at, dose in scheduled(regimen, case.zone, stock.at, until):
                yield at, dose.amount_ug / unit_ug(knowledge, stock.product)
    if outcome.plan is not None:
        yield from _planned(knowledge, case, outcome.plan, stock)


def _shown_until(knowledge: Knowledge, case: Case) -> datetime:
    return case.now + open_for(knowledge, to_review=False)


def _planned(knowledge: Knowledge, case: Case, plan: Plan, stock: Stock) -> Iterator[tuple[datetime, float]]:
    for step in plan.steps:
        until = end(knowledge, plan, step, case.zone)
        for dose in step.doses:
            if dose.product == stock.product:
                daily = Regimen(
                    product=dose.product,
                    modified_release=None,
                    since=step.since,
                    until=until,
                    doses=(ClockDose(clock=dose.clock, amount_ug=dose.amount_ug),),
                )
                yield from ((at, dose.units) for at, _ in scheduled(daily, case.zone, stock.at, until))


def unit_ug(knowledge: Knowledge, product: str) -> float:
    """What one tablet, packet or millilitre of a product holds, in micrograms."""
    holds = strength(knowledge, product)
    value = holds.value if isinstance(holds.value, float | int) else holds.value[0]
    if names.product_form(knowledge, product) == "mL":
        return convert(convert(float(value), holds.unit, "mg/mL"), "mg", "ug")
    return convert(float(value), holds.unit, "ug")
