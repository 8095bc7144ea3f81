"""How much of a dose the kidneys leave: the stricter of the two published tables."""

import math
from dataclasses import dataclass

from baclo.care.grown import is_child
from baclo.care.roles import adult_roles
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.case.kidney.size import absolute_ml_per_min
from baclo.case.patient import DialysisKind, Patient
from baclo.knowledge.library import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class KidneyShare:
    """`fraction` of the usual dose; None where a kidney value that a table needs is not known."""

    fraction: float | None
    reduced: bool | None
    basis: tuple[str, ...]
    needs: tuple[str, ...]


def share_of(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> KidneyShare:
    """What the kidneys leave of a dose: by eGFR and clearance for adults, by eGFR for children.

    Without a height only the actual weight can stand in Cockcroft-Gault, where the ideal or the adjusted one may make
    the clearance lower: the height is asked for. On dialysis nothing is left, whatever was measured.
    """
    dialysis = case.patient.dialysis
    if dialysis is not None and dialysis.kind is not DialysisKind.NONE:
        return KidneyShare(fraction=0.0, reduced=True, basis=("case:patient.dialysis",), needs=())
    if is_child(knowledge, case):
        return child_kidney_share(knowledge, picture, case.patient)
    height_cm = case.patient.height_cm
    sized = height_cm is not None and 0 < height_cm < math.inf
    if not sized and "case:patient.weight" in picture.clearance_basis:
        return KidneyShare(fraction=None, reduced=None, basis=("computed:kidney",), needs=("patient.height",))
    return kidney_share(knowledge, picture)


def kidney_share(knowledge: Knowledge, picture: KidneyPicture) -> KidneyShare:
    """The stricter share of Wolf 2018 (by eGFR) and Vlavonou 2014 (by creatinine clearance).

    Each table is asked for its own quantity. Below the eGFR at which baclofen is avoided, and for a value that is no
    number, the share is 0. `reduced` is whether the eGFR or the clearance
    calls for a halved dose.
    """
    egfr, clearance = picture.egfr_ml_per_min_per_1_73m2, picture.clearance_ml_per_min
    if egfr is None or clearance is None:
        return KidneyShare(fraction=None, reduced=None, basis=("computed:kidney",), needs=picture.needs)
    roles = adult_roles(knowledge, "kidney")
    share, role = _by_egfr(knowledge, egfr)
    other, other_role = _by_clearance(knowledge, clearance)
    if other < share:
        share, role = other, other_role
    by_egfr = not egfr >= roles.number("reduce_below", "mL/min/{1.73_m2}")
    by_clearance = not clearance > roles.number("clearance_mild_above", "mL/min")
    return KidneyShare(
        fraction=share,
        reduced=by_egfr or by_clearance,
        basis=roles.basis(role),
        needs=(),
    )


def child_kidney_share(knowledge: Knowledge, picture: KidneyPicture, patient: Patient) -> KidneyShare:
    """The share of Wolf 2018 by eGFR alone: the table by creatinine clearance was made for adults.

    A measured clearance is set on the body surface and counts where it is the lower; without a height it cannot be.
    Without the sex, or the height of a child with a creatinine, the equation of children is left to another or to a
    reported value, which can read higher: they are asked for.
    """
    if patient.sex is None:
        return KidneyShare(fraction=None, reduced=None, basis=("computed:kidney",), needs=("patient.sex",))
    indexed = _indexed(knowledge, patient)
    egfr = picture.egfr_ml_per_min_per_1_73m2
    unsized = patient.height_cm is None and patient.creatinine
    if egfr is None or unsized or (indexed is None and patient.measured_clearance):
        needs = picture.needs if egfr is None else ("patient.height",)
        return KidneyShare(fraction=None, reduced=None, basis=("computed:kidney",), needs=needs)
    lowest = min((egfr, *(indexed or ())), key=lambda value: value if value >= 0 else -math.inf)
    share, role = _by_egfr(knowledge, lowest)
    roles = adult_roles(knowledge, "kidney")
    reduced = not lowest >= roles.number("reduce_below", "mL/min/{1.73_m2}")
    return KidneyShare(fraction=share, reduced=reduced, basis=roles.basis(role), needs=())


def _indexed(knowledge: Knowledge, patient: Patient) -> tuple[float, ...] | None:
    """Each measured clearance of a person per 1.73 m2; None where the body's size is not known."""
    if patient.weight_kg is None or patient.height_cm is None:
        return None
    per_indexed = absolute_ml_per_min(knowledge, 1.0, weight_kg=patient.weight_kg, height_cm=patient.height_cm)
    return tuple(measured.creatinine_clearance_ml_per_min / per_indexed for measured in patient.measured_clearance)


def _by_egfr(knowledge: Knowledge, egfr: float) -> tuple[float, str]:
    roles = adult_roles(knowledge, "kidney")
    unit = "mL/min/{1.73_m2}"
    if not 0 <= egfr < math.inf:
        return 0.0, "avoid_below"
    if egfr > roles.number("full_above", unit):
        return 1.0, "full_above"
    if egfr >= roles.number("reduce_below", unit):
        return roles.share_left("cut_mild"), "cut_mild"
    if egfr >= roles.number("avoid_below", unit):
        return roles.share_left("cut_moderate"), "cut_moderate"
    return 0.0, "avoid_below"


def _by_clearance(knowledge: Knowledge, clearance: float) -> tuple[float, str]:
    roles = adult_roles(knowledge, "kidney")
    if not 0 <= clearance < math.inf:
        return 0.0, "clearance_cut_severe"
    bands = (
        ("clearance_full_above", None),
        ("clearance_mild_above", "clearance_cut_mild"),
        ("clearance_moderate_above", "clearance_cut_moderate"),
    )
    for bound, cut in bands:
        if clearance > roles.number(bound, "mL/min"):
            return (1.0, bound) if cut is None else (roles.share_left(cut), cut)
    return roles.share_left("clearance_cut_severe"), "clearance_cut_severe"
