"""The kidneys of one person at one moment: every estimate, the ones to go by, and what stands against them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from baclo.case.kidney.acute import Acute, acute_injury
from baclo.case.kidney.clearance import clearance_estimates
from baclo.case.kidney.estimate import CLEARANCE_UNIT, Estimate, basis_of, entered
from baclo.case.kidney.muscle import low_muscle
from baclo.case.kidney.needs import kidney_needs
from baclo.case.kidney.newest import newest
from baclo.case.kidney.panel import filtration_estimates
from baclo.case.kidney.size import absolute_ml_per_min, surface_basis
from baclo.case.patient import Dialysis, DialysisKind, Patient
from baclo.knowledge.library import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class KidneyPicture:
    """What is known of the kidneys at `at`; `None` is not known, never normal.

    `clearance_ml_per_min` is creatinine clearance, measured or by Cockcroft-Gault, never an eGFR.
    `assumed_clearance_ml_per_min` is the best eGFR at the person's own body surface: it may drive a simulation
    as a stated assumption and permits nothing. `stale` is whether a value to go by is too old to decide on.
    `normal_withheld` is whether a normal value must not be called a normal kidney: muscle is low, or nobody said,
    and everything rests on creatinine. `needs` are the paths of the case that would tell more. On dialysis the
    formulas do not hold: only a measured clearance (of what the kidneys themselves still do) is given.
    """

    at: datetime
    estimates: tuple[Estimate, ...]
    clearance_ml_per_min: float | None
    clearance_basis: tuple[str, ...]
    egfr_ml_per_min_per_1_73m2: float | None
    egfr_basis: tuple[str, ...]
    assumed_clearance_ml_per_min: float | None
    assumed_basis: tuple[str, ...]
    stale: bool | None
    acute: Acute
    low_muscle: bool | None
    normal_withheld: bool
    dialysis: Dialysis | None
    needs: tuple[str, ...]


def kidney_picture(knowledge: Knowledge, patient: Patient, at: datetime) -> KidneyPicture:
    """Everything that the measurements not after `at` say of the kidneys; mL/min, and mL/min per 1.73 m2."""
    acute = acute_injury(knowledge, patient, at)
    low = low_muscle(knowledge, patient, at)
    clearances = (*_measured(patient, at), *_computed_clearances(knowledge, patient, at))
    filtrations = () if on_dialysis(patient) else filtration_estimates(knowledge, patient, at)
    window = timedelta(0) if acute.falling else _window(knowledge, trust_old=low is True)
    clearance, egfr = _to_go_by(clearances, window), _to_go_by(filtrations, window)
    going_by = [estimate for estimate in (clearance, egfr) if estimate is not None]
    stale = any(at - estimate.at > _window(knowledge, trust_old=True) for estimate in going_by) if going_by else None
    withheld = low is not False and not any(estimate.muscle_free for estimate in going_by)
    assumed_ml_per_min = _absolute(knowledge, patient, egfr)
    return KidneyPicture(
        at=at,
        estimates=(*clearances, *filtrations),
        clearance_ml_per_min=None if clearance is None else clearance.value,
        clearance_basis=() if clearance is None else clearance.basis,
        egfr_ml_per_min_per_1_73m2=None if egfr is None else egfr.value,
        egfr_basis=() if egfr is None else egfr.basis,
        assumed_clearance_ml_per_min=assumed_ml_per_min,
        assumed_basis=() if egfr is None or assumed_ml_per_min is None else (*egfr.basis, *surface_basis(knowledge)),
        stale=stale,
        acute=acute,
        low_muscle=low,
        normal_withheld=withheld,
        dialysis=patient.dialysis,
        needs=kidney_needs(knowledge, patient, known=bool(going_by), stale=stale is True, low=low, withheld=withheld),
    )


def on_dialysis(patient: Patient) -> bool:
    """Whether kidney replacement of any kind is known."""
    return patient.dialysis is not None and patient.dialysis.kind is not DialysisKind.NONE


def _measured(patient: Patient, at: datetime) -> tuple[Estimate, ...]:
    """The newest measured creatinine clearance."""
    found = newest(patient.measured_clearance, at)
    if found is None:
        return ()
    index, measured = found
    path = f"creatinine_clearance[{index}]"
    inputs = (("measured", entered(measured.creatinine_clearance_ml_per_min, CLEARANCE_UNIT, path)),)
    return (
        Estimate(
            quantity="measured_clearance",
            name="measured creatinine clearance",
            value=measured.creatinine_clearance_ml_per_min,
            unit=CLEARANCE_UNIT,
            at=measured.at,
            inputs=inputs,
            weight_used=None,
            muscle_free=True,
            basis=basis_of({}, inputs),
        ),
    )


def _computed_clearances(knowledge: Knowledge, patient: Patient, at: datetime) -> tuple[Estimate, ...]:
    found = newest(patient.creatinine, at)
    if found is None or on_dialysis(patient):
        return ()
    return clearance_estimates(knowledge, patient, *found)


def _window(knowledge: Knowledge, *, trust_old: bool) -> timedelta:
    """How much older than the newest value a better one may be: long where creatinine cannot be believed."""
    judgement = knowledge.folder("kidney")["judgement"]
    key = judgement["stale"]["after"] if trust_old else judgement["together"]["within"]
    return timedelta(hours=knowledge.number(key, "h"))


def _to_go_by(estimates: tuple[Estimate, ...], window: timedelta) -> Estimate | None:
    """The first, which is the preferred, of the estimates within `window` of the newest."""
    last = max((estimate.at for estimate in estimates), default=None)
    return next((estimate for estimate in estimates if last is not None and last - estimate.at <= window), None)


def _absolute(knowledge: Knowledge, patient: Patient, egfr: Estimate | None) -> float | None:
    """The eGFR at the person's own body surface, mL/min; None where the body's size is unknown."""
    if egfr is None or patient.weight_kg is None or patient.height_cm is None:
        return None
    return absolute_ml_per_min(knowledge, egfr.value, weight_kg=patient.weight_kg, height_cm=patient.height_cm)
