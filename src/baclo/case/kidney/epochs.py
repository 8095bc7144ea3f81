"""How kidney function runs over time: steps at each measurement, sessions of dialysis in between."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from baclo.case.kidney.choice import Choice, choose
from baclo.case.kidney.clearance import SPINAL
from baclo.case.kidney.estimate import Estimate
from baclo.case.kidney.window import stale_after, together
from baclo.case.patient import DialysisKind, Patient
from baclo.knowledge.library import Knowledge


class Doubt(StrEnum):
    """Why a clearance that drives a simulation may not be the person's own at the time."""

    CARRIED_BACK = "carried back"
    SURFACE = "body surface"
    SPINAL = "spinal correction"
    OLD = "old"
    MUSCLE = "muscle"
    LOWER = "lower of two"


@dataclass(frozen=True, slots=True, kw_only=True)
class KidneyEpoch:
    """A stretch from `since` to the next epoch in which nothing about the kidneys changes.

    `clearance_ml_per_min` None is not known. `assumed` is whether it is no clearance known at the time: an eGFR
    at the person's body surface, a screening value, one that a newer eGFR or another value speaks against, or the
    first value carried back before it was measured. `doubts` say that and what else stands against it: the value
    passes the age at which it is old before the stretch ends, or rests on creatinine where muscle is low or nobody
    said. `renal_replacement` is set while a session runs.
    """

    since: datetime
    clearance_ml_per_min: float | None
    assumed: bool
    doubts: tuple[Doubt, ...]
    renal_replacement: DialysisKind | None
    basis: tuple[str, ...]


def kidney_epochs(knowledge: Knowledge, patient: Patient, since: datetime, until: datetime) -> tuple[KidneyEpoch, ...]:
    """Epochs from `since` (included) to `until` (not), in order; () where `until` is not after `since`.

    The last value is carried on until the next measurement, the first one back before it. The lower of the clearance
    and the eGFR at the person's body surface is taken where muscle is known to be low (of the correction for
    spinal cord injury too), where kidney values disagree, and where the eGFR is of a later week.
    """
    measured = sorted(_measured(patient))
    sessions = _sessions(patient)
    edges = {since, *measured, *(edge for pair in sessions for edge in pair if edge is not None)}
    inside = sorted(edge for edge in edges if since <= edge < until)
    ends = [*inside[1:], until]
    return tuple(_epoch(knowledge, patient, begin, end, measured) for begin, end in zip(inside, ends, strict=False))


def _measured(patient: Patient) -> set[datetime]:
    """Every moment at which something was measured."""
    rows = (patient.creatinine, patient.cystatin_c, patient.measured_clearance, patient.reported_egfr)
    return {value.at for row in rows for value in row}


def _sessions(patient: Patient) -> tuple[tuple[datetime, datetime | None], ...]:
    sessions = () if patient.dialysis is None else patient.dialysis.sessions
    return tuple((session.since, session.until) for session in sessions)


def _epoch(
    knowledge: Knowledge, patient: Patient, at: datetime, end: datetime, measured: list[datetime]
) -> KidneyEpoch:
    """The epoch from `at` to `end`; before anything was measured the first measurement is carried back."""
    carried_back = bool(measured) and at < measured[0]
    choice = choose(knowledge, patient, measured[0] if carried_back else at)
    lower = _lower_wanted(knowledge, choice)
    driver = min(_drivers(choice, lower), key=lambda estimate: estimate.value, default=None)
    doubts: tuple[Doubt, ...] = ()
    if driver is not None:
        found = _doubts(choice, driver, carried_back, lower, end - driver.at > stale_after(knowledge))
        doubts = tuple(found)
    running = any(start <= at and (stop is None or at < stop) for start, stop in _sessions(patient))
    return KidneyEpoch(
        since=at,
        clearance_ml_per_min=None if driver is None else driver.value,
        assumed=bool({Doubt.CARRIED_BACK, Doubt.SURFACE, Doubt.SPINAL, Doubt.LOWER} & set(doubts)),
        doubts=doubts,
        renal_replacement=patient.dialysis.kind if running and patient.dialysis is not None else None,
        basis=() if driver is None else driver.basis,
    )


def _lower_wanted(knowledge: Knowledge, choice: Choice) -> bool:
    """Whether the values speak against each other: they disagree, or the eGFR is of a later week."""
    if choice.disagreeing:
        return True
    if choice.clearance is None or choice.surface is None:
        return False
    return choice.surface.at - choice.clearance.at > together(knowledge)


def _drivers(choice: Choice, lower: bool) -> Iterator[Estimate]:
    """The values, mL/min, of which the lowest drives a simulation."""
    low = choice.low_muscle is True
    if choice.clearance is not None:
        yield choice.clearance
    if choice.surface is not None and (choice.clearance is None or low or lower):
        yield choice.surface
    if low and choice.clearance is not None and not choice.clearance.muscle_free:
        yield from (estimate for estimate in choice.clearances if estimate.quantity == SPINAL)


def _doubts(choice: Choice, driver: Estimate, carried_back: bool, lower: bool, old: bool) -> Iterator[Doubt]:
    """What stands against `driver`."""
    held = {
        Doubt.CARRIED_BACK: carried_back,
        Doubt.SURFACE: driver is choice.surface,
        Doubt.SPINAL: driver.quantity == SPINAL,
        Doubt.OLD: old,
        Doubt.MUSCLE: choice.low_muscle is not False and not driver.muscle_free,
        Doubt.LOWER: lower,
    }
    return (doubt for doubt, holds in held.items() if holds)
