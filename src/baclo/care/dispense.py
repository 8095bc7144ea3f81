"""What to dispense for a plan, to the piece: whole tablets, packets and millilitres, less what is left at home."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from baclo.care.days import whole_days
from baclo.care.products import LIQUID, Product
from baclo.care.steps import PlanDose, Step
from baclo.case.calendar import given_doses
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispensed:
    """What is needed of one product from `since` until `until`, in tablets, packets or mL.

    `needed_units` are whole tablets or packets: a broken tablet's other part is used at the next dose that needs one,
    and `left_units` of the last one are left over. `at_home_units` is what will be left at home when the plan begins,
    None where nobody counted it or where it cannot be known; `units` are to be dispensed.
    """

    product: str
    form: str
    since: datetime
    until: datetime
    needed_units: float
    left_units: float
    at_home_units: float | None
    units: float


def dispensed(
    case: Case, products: Mapping[str, Product], steps: Sequence[Step], lasting: timedelta
) -> tuple[Dispensed, ...]:
    """What to dispense of each product of `steps`; the last step, where it is open, is supplied for `lasting`."""
    found = []
    for product in dict.fromkeys(dose.product for step in steps for dose in step.doses):
        one = products[product]
        taken = [(at, dose.units) for at, dose in _in_order(case, steps, lasting) if dose.product == product]
        needed, left = _opened(one, [units for _, units in taken])
        home = at_home_units(case, one, steps[0].since)
        lacking = max(needed - (home or 0.0), 0.0)
        found.append(
            Dispensed(
                product=product,
                form=one.form,
                since=taken[0][0],
                until=_end(case, steps, product, lasting),
                needed_units=needed,
                left_units=left,
                at_home_units=home,
                units=lacking if one.form == LIQUID else float(math.ceil(lacking - _ROUNDING)),
            )
        )
    return tuple(found)


def open_for(knowledge: Knowledge, *, to_review: bool) -> timedelta:
    """How long an open last step is supplied: to the review of the benefit, or as long as is proposed."""
    key = "titration.review" if to_review else "dispense.open_step"
    return timedelta(days=whole_days(knowledge.number(key, "h")))


def at_home_units(case: Case, one: Product, at: datetime) -> float | None:
    """What of a product will be left at home at `at`: the last count less what is taken in between.

    None where nobody counted it, or where doses in between do not say of which product they are.
    """
    counts = [stock for stock in case.stock or () if stock.product == one.product and stock.at <= case.now]
    if not counts:
        return None
    last = max(counts, key=lambda stock: stock.at)
    between = given_doses(case.timeline, case.zone, last.at, at)
    if any(dose.product is None for dose in between):
        return None
    used = sum(dose.amount_ug for dose in between if dose.product == one.product) / one.strength_ug
    return max(last.units - used, 0.0)


def _in_order(case: Case, steps: Sequence[Step], lasting: timedelta) -> Iterator[tuple[datetime, PlanDose]]:
    """Every dose of every day, with its moment, as the clock on the wall runs."""
    for step in steps:
        since, until = _stretch(case, step, lasting)
        for number in range((until.date() - since.date()).days + 1):
            day = since.date() + timedelta(days=number)
            for dose in step.doses:
                at = datetime.combine(day, dose.clock, tzinfo=case.zone)
                if since <= at < until:
                    yield at, dose


def _stretch(case: Case, step: Step, lasting: timedelta) -> tuple[datetime, datetime]:
    """When a step begins and ends on the clock of the case; an open one after `lasting`."""
    since = step.since.astimezone(case.zone)
    return since, since + lasting if step.until is None else step.until.astimezone(case.zone)


def _end(case: Case, steps: Sequence[Step], product: str, lasting: timedelta) -> datetime:
    """When the last step with the product ends."""
    with_it = [step for step in steps if any(dose.product == product for dose in step.doses)]
    return _stretch(case, with_it[-1], lasting)[1]


def _opened(one: Product, doses: Sequence[float]) -> tuple[float, float]:
    """The units that are opened for these doses in their order, and what is left of the last broken one."""
    if one.form == LIQUID:
        return math.fsum(doses), 0.0
    opened, spare = 0, 0
    for units in doses:
        whole, part = divmod(round(units * one.parts), one.parts)
        opened += whole
        if part > spare:
            opened, spare = opened + 1, spare + one.parts
        spare -= part
    return float(opened), spare / one.parts
