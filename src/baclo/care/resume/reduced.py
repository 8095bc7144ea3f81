"""The smaller of the two days that a prescriber chooses between after a gap: that of a new start."""

from dataclasses import replace

from baclo.care.grown import is_child
from baclo.care.kidney_share import share_of
from baclo.care.pace import pace_of
from baclo.care.resume.steps import product_of, smallest_ug
from baclo.case.case import Case
from baclo.case.kidney import kidney_picture
from baclo.case.timeline import ClockDose, Regimen
from baclo.knowledge.library import Knowledge

_ROUNDING = 1 + 1e-12


def reduced(knowledge: Knowledge, case: Case, usual: Regimen) -> Regimen | None:
    """The person's first dose over the usual clock, rounded down to the product and never above the usual one.

    None for children, whose first dose goes by weight; where the age or the kidneys are not known, or these leave
    nothing; and where a share is less than the smallest piece.
    """
    share = share_of(knowledge, case, kidney_picture(knowledge, case.patient, case.now))
    product = product_of(knowledge, case, usual)
    if case.patient.age_y is None or is_child(knowledge, case) or not share.fraction or product is None:
        return None
    pace = pace_of(knowledge, case, share, case.question.speed, len(usual.doses))
    each_ug = pace.bounds.start_ug_per_day / len(usual.doses)
    unit_ug = smallest_ug(knowledge, product)
    if unit_ug:
        each_ug = each_ug * _ROUNDING // unit_ug * unit_ug
    doses = tuple(ClockDose(clock=dose.clock, amount_ug=min(dose.amount_ug, each_ug)) for dose in usual.doses)
    return replace(usual, doses=doses) if each_ug else None
