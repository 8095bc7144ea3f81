"""How kidney function runs over time: steps at each measurement, sessions of dialysis in between."""

from dataclasses import dataclass
from datetime import datetime

from baclo.case.kidney.picture import KidneyPicture, kidney_picture
from baclo.case.patient import DialysisKind, Patient
from baclo.knowledge.library import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class KidneyEpoch:
    """A stretch from `since` to the next epoch in which nothing about the kidneys changes.

    `clearance_ml_per_min` None is not known. `assumed` is whether it is no clearance known at the time: an eGFR
    at the person's body surface, or the first value carried back before it was measured. `renal_replacement` is
    set while a session runs.
    """

    since: datetime
    clearance_ml_per_min: float | None
    assumed: bool
    renal_replacement: DialysisKind | None
    basis: tuple[str, ...]


def kidney_epochs(knowledge: Knowledge, patient: Patient, since: datetime, until: datetime) -> tuple[KidneyEpoch, ...]:
    """Epochs from `since` (included) to `until` (not), in order; () where `until` is not after `since`.

    The last value is carried on until the next measurement, the first one back before it. Where muscle is known to
    be low, the lower of the clearance and the eGFR at the person's body surface is taken.
    """
    measured = sorted(_measured(patient))
    sessions = _sessions(patient)
    edges = {since, *measured, *(edge for pair in sessions for edge in pair if edge is not None)}
    return tuple(_epoch(knowledge, patient, edge, measured) for edge in sorted(edges) if since <= edge < until)


def _measured(patient: Patient) -> set[datetime]:
    """Every moment at which something was measured."""
    rows = (patient.creatinine, patient.cystatin_c, patient.measured_clearance, patient.reported_egfr)
    return {value.at for row in rows for value in row}


def _sessions(patient: Patient) -> tuple[tuple[datetime, datetime | None], ...]:
    sessions = () if patient.dialysis is None else patient.dialysis.sessions
    return tuple((session.since, session.until) for session in sessions)


def _epoch(knowledge: Knowledge, patient: Patient, at: datetime, measured: list[datetime]) -> KidneyEpoch:
    """The epoch that opens at `at`; before anything was measured the first measurement is carried back."""
    carried_back = bool(measured) and at < measured[0]
    picture = kidney_picture(knowledge, patient, measured[0] if carried_back else at)
    clearance_ml_per_min, assumed, basis = _clearance(picture)
    running = any(start <= at and (end is None or at < end) for start, end in _sessions(patient))
    return KidneyEpoch(
        since=at,
        clearance_ml_per_min=clearance_ml_per_min,
        assumed=assumed or (carried_back and clearance_ml_per_min is not None),
        renal_replacement=patient.dialysis.kind if running and patient.dialysis is not None else None,
        basis=basis,
    )


def _clearance(picture: KidneyPicture) -> tuple[float | None, bool, tuple[str, ...]]:
    """What drives a simulation, mL/min; whether it is an assumption; what it rests on."""
    known, assumed = picture.clearance_ml_per_min, picture.assumed_clearance_ml_per_min
    if known is None:
        return assumed, assumed is not None, picture.assumed_basis
    if assumed is not None and picture.low_muscle is True and assumed < known:
        return assumed, True, picture.assumed_basis
    return known, False, picture.clearance_basis
