"""Which estimates to go by: the preferred ones, and the lower where values disagree or creatinine reads too high."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import combinations

from baclo.case.kidney.acute import Acute, acute_injury
from baclo.case.kidney.clearance import clearance_estimates, measured_estimates
from baclo.case.kidney.estimate import CLEARANCE_UNIT, INDEXED_UNIT, Estimate, Table
from baclo.case.kidney.muscle import low_muscle
from baclo.case.kidney.newest import newest
from baclo.case.kidney.panel import filtration_estimates
from baclo.case.kidney.size import absolute_ml_per_min, surface_basis
from baclo.case.kidney.window import stale_after, together
from baclo.case.patient import DialysisKind, Patient
from baclo.knowledge.library import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Every estimate at one moment, and those to go by.

    `clearance` (mL/min) and `egfr` (mL/min per 1.73 m2) are gone by; None is not known. `surface` is that eGFR at the
    person's own body surface, mL/min. `disagreeing` are the filtrations that cannot all be true, the lowest first.
    `muscle_free` is whether a value that does without creatinine alone stands behind what is gone by.
    """

    clearances: tuple[Estimate, ...]
    filtrations: tuple[Estimate, ...]
    clearance: Estimate | None
    egfr: Estimate | None
    surface: Estimate | None
    disagreeing: tuple[Estimate, ...]
    muscle_free: bool
    acute: Acute
    low_muscle: bool | None


def choose(knowledge: Knowledge, patient: Patient, at: datetime) -> Choice:
    """What to go by from the measurements not after `at`; on dialysis only a measured clearance is."""
    acute, low = acute_injury(knowledge, patient, at), low_muscle(knowledge, patient, at)
    clearances = measured_estimates(patient, at)
    filtrations: tuple[Estimate, ...] = ()
    if not on_dialysis(patient):
        found = newest(patient.creatinine, at)
        clearances += () if found is None else clearance_estimates(knowledge, patient, *found)
        filtrations = filtration_estimates(knowledge, patient, at)
    near = timedelta(0) if acute.falling else together(knowledge)
    window = stale_after(knowledge) if low is True else near
    disagreeing = _disagreeing(knowledge, filtrations, low)
    egfr = _lowest((*_to_go_by(filtrations, near, window, low), *disagreeing))
    return Choice(
        clearances=clearances,
        filtrations=filtrations,
        clearance=_lowest(_to_go_by(clearances, near, window, low)),
        egfr=egfr,
        surface=_at_surface(knowledge, patient, egfr),
        disagreeing=disagreeing,
        muscle_free=any(value.muscle_free for row in (clearances, filtrations) for value in _recent(row, window)),
        acute=acute,
        low_muscle=low,
    )


def on_dialysis(patient: Patient) -> bool:
    """Whether kidney replacement of any kind is known."""
    return patient.dialysis is not None and patient.dialysis.kind is not DialysisKind.NONE


def _to_go_by(
    estimates: tuple[Estimate, ...], near: timedelta, window: timedelta, low: bool | None
) -> tuple[Estimate, ...]:
    """The preferred within `near` of the newest and within `window`: one of them, or two that the lower is taken of.

    The two windows differ where muscle is low: a newer creatinine then reads high if anything, so that an older
    better value may be lower than it, and may not outrank it.
    """
    return tuple(_preferred(recent, low) for recent in (_recent(estimates, near), _recent(estimates, window)) if recent)


def _preferred(recent: tuple[Estimate, ...], low: bool | None) -> Estimate:
    """The first; unless muscle is known to be normal, the first that does without creatinine alone.

    Of that one and the estimates that share a measurement with it and do so too, the lowest: creatinine and cystatin C
    combined hide a low cystatin C where muscle is low (stricter than KDIGO 2024, which prefers the combination).
    """
    believed = [estimate for estimate in recent if estimate.muscle_free]
    if low is False or not believed:
        return recent[0]
    akin = [value for value in _distinct(believed) if value.measurements & believed[0].measurements]
    return min(akin, key=_value)


def _recent(estimates: tuple[Estimate, ...], window: timedelta) -> tuple[Estimate, ...]:
    """The estimates within `window` of the newest."""
    last = max((estimate.at for estimate in estimates), default=None)
    return tuple(estimate for estimate in estimates if last is not None and last - estimate.at <= window)


def _distinct(estimates: Sequence[Estimate]) -> tuple[Estimate, ...]:
    """The first, which is the preferred, of the estimates from the same measurements."""
    first: dict[frozenset[str], Estimate] = {}
    for estimate in estimates:
        first.setdefault(estimate.measurements, estimate)
    return tuple(first.values())


def _disagreeing(knowledge: Knowledge, filtrations: tuple[Estimate, ...], low: bool | None) -> tuple[Estimate, ...]:
    """The filtrations of the newest week that another one from other measurements contradicts, the lowest first."""
    table = _judgement(knowledge)["conflict"]
    recent = sorted(_distinct(_recent(filtrations, together(knowledge))), key=_value)
    pairs = [
        pair
        for pair in combinations(recent, 2)
        if _contradict(knowledge, table, *pair) and not _explained(*pair, low=low)
    ]
    return tuple(estimate for estimate in recent if any(estimate in pair for pair in pairs))


def _contradict(knowledge: Knowledge, table: Table, lower: Estimate, higher: Estimate) -> bool:
    """Whether two values from other measurements are far apart and a decision lies between them."""
    if lower.measurements & higher.measurements:
        return False
    far = higher.value > lower.value * knowledge.number(table["ratio"], "1")
    bounds = (knowledge.number(band, INDEXED_UNIT) for band in table["bands"])
    return far and any(lower.value < bound <= higher.value for bound in bounds)


def _explained(lower: Estimate, higher: Estimate, *, low: bool | None) -> bool:
    """Whether low muscle may be why creatinine alone reads higher than what does without it."""
    return low is not False and lower.muscle_free and not higher.muscle_free


def _lowest(estimates: Sequence[Estimate]) -> Estimate | None:
    return min(estimates, key=_value, default=None)


def _value(estimate: Estimate) -> float:
    return estimate.value


def _at_surface(knowledge: Knowledge, patient: Patient, egfr: Estimate | None) -> Estimate | None:
    """The eGFR at the person's own body surface, mL/min; None where the body's size is unknown."""
    if egfr is None or patient.weight_kg is None or patient.height_cm is None:
        return None
    value = absolute_ml_per_min(knowledge, egfr.value, weight_kg=patient.weight_kg, height_cm=patient.height_cm)
    return replace(egfr, value=value, unit=CLEARANCE_UNIT, basis=(*egfr.basis, *surface_basis(knowledge)))


def _judgement(knowledge: Knowledge) -> Table:
    return knowledge.folder("kidney")["judgement"]
