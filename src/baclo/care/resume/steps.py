"""The doses of today and the usual day after it as steps of a plan, in units of what is taken."""

import math
from collections.abc import Sequence
from datetime import datetime

from baclo.care.products import TABLETS, Product, product_rows, products_at_hand
from baclo.care.resume.today import Placed, next_midnight
from baclo.care.steps import PlanDose, Step
from baclo.case.case import Case
from baclo.case.timeline import Regimen
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text, text
from baclo.units import convert

_ROUNDING = 1e-9


def product_of(knowledge: Knowledge, case: Case, regimen: Regimen) -> str | None:
    """The product that the regimen is taken in.

    Where nobody said, the tablet at hand that gives every dose in the fewest pieces, of these with the fewest broken;
    None where none does, or where the product named does not give these doses.
    """
    amounts_ug = [dose.amount_ug for dose in regimen.doses]
    if regimen.product is not None:
        unit_ug = smallest_ug(knowledge, regimen.product)
        return regimen.product if all(_whole(amount_ug, unit_ug) for amount_ug in amounts_ug) else None
    fitting = [
        (*_handled(tablet, amounts_ug), tablet.product)
        for tablet in products_at_hand(knowledge, case)
        if tablet.form in TABLETS and all(_whole(amount_ug, tablet.piece_ug) for amount_ug in amounts_ug)
    ]
    return min(fitting)[-1] if fitting else None


def _handled(tablet: Product, amounts_ug: Sequence[float]) -> tuple[int, int]:
    """How many tablets a person handles to take the amounts, a broken one among them, and how many are broken."""
    parts = [round(amount_ug / tablet.piece_ug) for amount_ug in amounts_ug]
    return sum(math.ceil(count / tablet.parts) for count in parts), sum(count % tablet.parts > 0 for count in parts)


def smallest_ug(knowledge: Knowledge, product: str) -> float:
    """The smallest piece of a tablet or packet; 0 for a liquid, of which any volume can be measured."""
    row = product_rows(knowledge)[product]
    if row["form"] == "liquid":
        return 0.0
    parts = knowledge.number(row["parts"], "1") if "parts" in row else 1.0
    return knowledge.number(row["strength"], "ug") / parts


def _whole(amount_ug: float, unit_ug: float) -> bool:
    """Whether so much is given in whole units; what is no amount is not."""
    return 0 < amount_ug < math.inf and (
        unit_ug == 0 or math.isclose(amount_ug, round(amount_ug / unit_ug) * unit_ug, rel_tol=_ROUNDING)
    )


def content_ug(knowledge: Knowledge, product: str) -> float:
    """What a tablet, a packet or a mL of the product holds."""
    row = product_rows(knowledge)[product]
    if row["form"] == "liquid":
        return convert(knowledge.number(row["strength"], "mg/mL"), "mg", "ug")
    return knowledge.number(row["strength"], "ug")


def steps_of(
    knowledge: Knowledge, case: Case, usual: Regimen, product: str, placed: Sequence[Placed]
) -> tuple[Step, ...]:
    """What is left of today, then the usual day from midnight while its regimen runs."""
    midnight = next_midnight(case)
    doses = tuple(
        PlanDose(
            clock=one.at.astimezone(case.zone).time().replace(second=0, microsecond=0),
            amount_ug=one.amount_ug,
            product=product,
            units=one.amount_ug / content_ug(knowledge, product),
            at=one.at,
            due=one.due,
        )
        for one in placed
    )
    why = text("The rest of today", knowledge.facts)
    first = _step(case.now, midnight, doses, why)
    if usual.until is not None and usual.until <= midnight:
        return (first,)
    daily = tuple(
        PlanDose(
            clock=dose.clock,
            amount_ug=dose.amount_ug,
            product=product,
            units=dose.amount_ug / content_ug(knowledge, product),
        )
        for dose in sorted(usual.doses, key=lambda dose: dose.clock)
    )
    return first, _step(midnight, usual.until, daily, text("The usual doses at their usual times", knowledge.facts))


def _step(since: datetime, until: datetime | None, doses: tuple[PlanDose, ...], why: Text) -> Step:
    return Step(
        since=since,
        until=until,
        doses=doses,
        total_ug_per_day=sum(dose.amount_ug for dose in doses),
        why=why,
        limited_by=(),
        monitor=(),
    )
