"""The closed vocabulary of what a rule may ask of a case, each answer with its unit, basis and needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from baclo.care.doses import largest_dose_ug
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.case.timeline import Regimen
from baclo.knowledge.library import Knowledge
from baclo.units import convert

VOCABULARY = (
    *("age", "conditions", "allergic_to_baclofen", "pregnant", "dialysis"),
    *("egfr", "clearance", "kidney_stale", "kidney_at", "acute_fall", "normal_withheld"),
    *("tdd", "largest_clock_dose", "largest_dose"),
)
Value = float | str | bool | datetime | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One answer: None is not known, and `needs` are then the case paths that would settle it."""

    value: Value | None
    unit: str
    basis: tuple[str, ...]
    needs: tuple[str, ...]


def quantities(
    knowledge: Knowledge, case: Case, picture: KidneyPicture, regimen: Regimen | None
) -> Mapping[str, Quantity]:
    """Every quantity of the vocabulary for `case`, with `regimen` as what is taken (None: nothing regular)."""
    return {**_person(case), **_kidney(case, picture), **_doses(knowledge, case, regimen)}


def _plain(value: Value | None, unit: str, *paths: str) -> Quantity:
    cases = tuple(f"case:{path}" for path in paths)
    return Quantity(value=value, unit=unit, basis=cases, needs=paths if value is None else ())


def _person(case: Case) -> dict[str, Quantity]:
    patient = case.patient
    conditions = None if patient.conditions is None else tuple(condition.name for condition in patient.conditions)
    allergic = None
    if patient.allergies is not None:
        allergic = any("baclofen" in allergy.lower() or "lioresal" in allergy.lower() for allergy in patient.allergies)
    return {
        "age": _plain(patient.age_y, "a", "patient.age"),
        "conditions": _plain(conditions, "", "patient.conditions"),
        "allergic_to_baclofen": _plain(allergic, "", "patient.allergies"),
        "pregnant": _plain(patient.pregnant, "", "patient.pregnant"),
        "dialysis": _plain(patient.dialysis.kind.value if patient.dialysis else None, "", "patient.dialysis.kind"),
    }


def _kidney(case: Case, picture: KidneyPicture) -> dict[str, Quantity]:
    needs = picture.needs
    newest = max((estimate.at for estimate in picture.estimates), default=None)
    another = f"patient.creatinine[{len(case.patient.creatinine)}]"
    acute = True if picture.acute.falling else None if picture.acute.stage is None else False
    estimated = ("computed:kidney",)

    def of(value: Value | None, unit: str = "", basis: tuple[str, ...] = estimated) -> Quantity:
        return Quantity(value=value, unit=unit, basis=basis, needs=needs if value is None else ())

    return {
        "egfr": of(picture.egfr_ml_per_min_per_1_73m2, "mL/min/{1.73_m2}", picture.egfr_basis),
        "clearance": of(picture.clearance_ml_per_min, "mL/min", picture.clearance_basis),
        "kidney_stale": of(picture.stale),
        "kidney_at": of(newest),
        "acute_fall": of(acute, basis=picture.acute.basis) if acute is not None else _plain(None, "", another),
        "normal_withheld": _withheld(picture),
    }


def _withheld(picture: KidneyPicture) -> Quantity:
    """Whether a normal creatinine proves nothing; unknown where it hangs on a muscle mass that nobody told."""
    if picture.normal_withheld and picture.low_muscle is None:
        return _plain(None, "", "patient.low_muscle_mass")
    return Quantity(value=picture.normal_withheld, unit="", basis=("computed:kidney",), needs=())


def _doses(knowledge: Knowledge, case: Case, regimen: Regimen | None) -> dict[str, Quantity]:
    total_ug = 0.0 if regimen is None else regimen.total_ug_per_day
    single_ug = 0.0 if regimen is None else max((dose.amount_ug for dose in regimen.doses), default=0.0)
    largest_ug = largest_dose_ug(
        case,
        window=timedelta(hours=knowledge.number("overdose.window", "h")),
        back=timedelta(hours=knowledge.number("overdose.look_back", "h")),
    )
    return {
        "tdd": _milligrams(total_ug, "mg/d", "regimen"),
        "largest_clock_dose": _milligrams(single_ug, "mg", "regimen"),
        "largest_dose": _milligrams(largest_ug, "mg", "regimen", "dose"),
    }


def _milligrams(ug: float, unit: str, *paths: str) -> Quantity:
    return _plain(convert(ug, "ug", "mg"), unit, *paths)
