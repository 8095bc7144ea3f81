"""The reduced day that a prescriber may choose after a gap: that of a new start, by the usual clock."""

from dataclasses import replace

from baclo.care.measured import is_child
from baclo.care.resume.steps import product_of, smallest_ug
from baclo.care.roles import adult_roles
from baclo.case.case import Case
from baclo.case.timeline import ClockDose, Regimen
from baclo.knowledge.library import Knowledge

_ROUNDING = 1 + 1e-12


def reduced(knowledge: Knowledge, case: Case, usual: Regimen | None) -> Regimen | None:
    """The first dose of the region's scheme over the usual clock, rounded down to the product and never above usual.

    None for children, whose first dose goes by weight; where the age is not known; and where a share is less than
    the smallest piece.
    """
    if usual is None or case.patient.age_y is None or is_child(knowledge, case):
        return None
    product = product_of(knowledge, case, usual)
    if product is None:
        return None
    start_ug = adult_roles(knowledge, case.region).number("start", "ug/d")
    share_ug = start_ug / len(usual.doses)
    unit_ug = smallest_ug(knowledge, product)
    if unit_ug > 0:
        share_ug = share_ug * _ROUNDING // unit_ug * unit_ug
    doses = tuple(ClockDose(clock=dose.clock, amount_ug=min(dose.amount_ug, share_ug)) for dose in usual.doses)
    return replace(usual, doses=doses) if share_ug > 0 else None
