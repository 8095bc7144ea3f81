"""The kidneys of one person at one moment: every estimate, the ones to go by, and what stands against them."""

from dataclasses import dataclass
from datetime import datetime

from baclo.case.kidney.acute import Acute
from baclo.case.kidney.choice import Choice, choose
from baclo.case.kidney.estimate import Estimate, facts_named
from baclo.case.kidney.needs import kidney_needs
from baclo.case.kidney.window import stale_after
from baclo.case.patient import Dialysis, Patient
from baclo.knowledge.library import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class KidneyPicture:
    """What is known of the kidneys at `at`; `None` is not known, never normal.

    `clearance_ml_per_min` is creatinine clearance, measured or by Cockcroft-Gault, never an eGFR.
    `assumed_clearance_ml_per_min` is the best eGFR at the person's own body surface: it may drive a simulation
    as a stated assumption and permits nothing. `conflict` is whether two filtrations of the same week disagree across
    a decision: the lower is gone by, and the measurement should be repeated; `conflict_basis` is what they rest on.
    `stale` is whether a value to go by is too old to decide on. `normal_withheld` is whether a normal value must not be
    called a normal kidney: muscle is low, or nobody said, and everything rests on creatinine. `needs` are the paths of
    the case that would tell more. On dialysis the formulas do not hold: only a measured clearance (of what the kidneys
    themselves still do) is given.
    """

    at: datetime
    estimates: tuple[Estimate, ...]
    clearance_ml_per_min: float | None
    clearance_basis: tuple[str, ...]
    egfr_ml_per_min_per_1_73m2: float | None
    egfr_basis: tuple[str, ...]
    assumed_clearance_ml_per_min: float | None
    assumed_basis: tuple[str, ...]
    conflict: bool
    conflict_basis: tuple[str, ...]
    stale: bool | None
    acute: Acute
    low_muscle: bool | None
    normal_withheld: bool
    dialysis: Dialysis | None
    needs: tuple[str, ...]


def kidney_picture(knowledge: Knowledge, patient: Patient, at: datetime) -> KidneyPicture:
    """Everything that the measurements not after `at` say of the kidneys; mL/min, and mL/min per 1.73 m2."""
    choice = choose(knowledge, patient, at)
    clearance, egfr, surface, low = choice.clearance, choice.egfr, choice.surface, choice.low_muscle
    going_by = [estimate for estimate in (clearance, egfr) if estimate is not None]
    stale = any(at - estimate.at > stale_after(knowledge) for estimate in going_by) if going_by else None
    withheld = low is not False and not choice.muscle_free
    return KidneyPicture(
        at=at,
        estimates=(*choice.clearances, *choice.filtrations),
        clearance_ml_per_min=None if clearance is None else clearance.value,
        clearance_basis=() if clearance is None else clearance.basis,
        egfr_ml_per_min_per_1_73m2=None if egfr is None else egfr.value,
        egfr_basis=() if egfr is None else egfr.basis,
        assumed_clearance_ml_per_min=None if surface is None else surface.value,
        assumed_basis=() if surface is None else surface.basis,
        conflict=bool(choice.disagreeing),
        conflict_basis=_conflict_basis(knowledge, choice),
        stale=stale,
        acute=choice.acute,
        low_muscle=low,
        normal_withheld=withheld,
        dialysis=patient.dialysis,
        needs=kidney_needs(knowledge, patient, known=bool(going_by), stale=stale is True, low=low, withheld=withheld),
    )


def _conflict_basis(knowledge: Knowledge, choice: Choice) -> tuple[str, ...]:
    """What says that the filtrations disagree, and what each of them rests on; () where none do."""
    if not choice.disagreeing:
        return ()
    rests = [name for estimate in choice.disagreeing for name in estimate.basis]
    return tuple(dict.fromkeys((*facts_named(knowledge.folder("kidney")["judgement"]["conflict"]), *rests)))
