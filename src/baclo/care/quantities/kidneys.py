"""What rules may ask of the kidneys."""

from baclo.care.quantities.quantity import Quantity, Value, entered
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture


def kidneys(case: Case, picture: KidneyPicture) -> dict[str, Quantity]:
    """Estimates, their age, an acute fall, dialysis, and whether a normal creatinine proves nothing."""
    needs = picture.needs
    newest = max((estimate.at for estimate in picture.estimates), default=None)
    another = f"patient.creatinine[{len(case.patient.creatinine)}]"
    acute = True if picture.acute.falling else None if picture.acute.stage is None else False
    estimated = ("computed:kidney",)
    dialysis = case.patient.dialysis

    def of(value: Value | None, unit: str = "", basis: tuple[str, ...] = estimated) -> Quantity:
        return Quantity(value=value, unit=unit, basis=basis, needs=needs if value is None else ())

    return {
        "dialysis": entered(dialysis.kind.value if dialysis else None, "patient.dialysis.kind"),
        "egfr": of(picture.egfr_ml_per_min_per_1_73m2, "mL/min/{1.73_m2}", picture.egfr_basis),
        "clearance": of(picture.clearance_ml_per_min, "mL/min", picture.clearance_basis),
        "kidney_stale": of(picture.stale),
        "kidney_at": of(newest),
        "acute_fall": of(acute, basis=picture.acute.basis) if acute is not None else entered(None, another),
        "normal_withheld": _withheld(picture),
        "kidney_conflict": of(picture.conflict, basis=picture.conflict_basis or estimated),
        "creatinine_rise": _rise(picture, another),
        "kidneys_measured": of(picture.egfr_ml_per_min_per_1_73m2 is not None),
    }


def _rise(picture: KidneyPicture, another: str) -> Quantity:
    """How many times the lowest value of the last months the newest is."""
    ratio = picture.acute.recent_rise_ratio
    if ratio is None:
        return entered(None, another)
    return Quantity(value=ratio, unit="1", basis=picture.acute.basis, needs=())


def _withheld(picture: KidneyPicture) -> Quantity:
    """Whether a normal creatinine proves nothing; unknown where it hangs on a muscle mass that nobody told."""
    if picture.normal_withheld and picture.low_muscle is None:
        return entered(None, "patient.low_muscle_mass")
    return Quantity(value=picture.normal_withheld, unit="", basis=("computed:kidney",), needs=())
