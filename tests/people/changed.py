"""The same person, but worse, less known, with a number that is none, asking something else, or days later."""

import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from baclo.case.case import Ask, Case
from baclo.case.patient import Patient

T = TypeVar("T")


def asking(case: Case, ask: Ask) -> Case:
    """Another question; a taper goes down to the goal where that lies below, else to nothing."""
    goal = case.question.goal_ug_per_day
    running = sum(dose.amount_ug for dose in case.timeline.regimens[-1].doses) if case.timeline.regimens else 0.0
    if ask is Ask.TAPER and not (goal is not None and 0 <= goal < running):
        goal = 0.0
    return replace(case, question=replace(case.question, ask=ask, goal_ug_per_day=goal))


def of_patient(case: Case, **changes: Any) -> Case:
    """The case with these fields of the patient."""
    return replace(case, patient=replace(case.patient, **changes))


def older(case: Case, years: float) -> Case | None:
    """The same adult, older; None for a child, who grows, and where the age is not known."""
    age_y = case.patient.age_y
    if age_y is None or not 18 <= age_y < 200:
        return None
    return of_patient(case, age_y=age_y + years)


LOWEST_BELIEVABLE_MG_PER_DL = 0.5  # a lower creatinine speaks of little muscle, not of better kidneys


def worse_kidneys(case: Case, times: float) -> Case | None:
    """Every measurement that much worse; None where the better one is no measure of the kidneys."""
    patient = case.patient
    values = [row.creatinine_mg_per_dl for row in patient.creatinine]
    if not all(value >= LOWEST_BELIEVABLE_MG_PER_DL for value in values):
        return None
    return of_patient(case, **_scaled(patient, times))


def _scaled(patient: Patient, times: float) -> dict[str, Any]:
    """Every marker that rises with worse kidneys times as much, every filtration divided by it."""
    factors = {
        "creatinine": ("creatinine_mg_per_dl", times),
        "cystatin_c": ("cystatin_c_mg_per_l", times),
        "measured_clearance": ("creatinine_clearance_ml_per_min", 1 / times),
        "reported_egfr": ("egfr_ml_per_min_per_1_73m2", 1 / times),
    }
    return {
        kind: tuple(replace(row, **{field: getattr(row, field) * factor}) for row in getattr(patient, kind))
        for kind, (field, factor) in factors.items()
    }


def _no_kidneys(patient: Patient) -> dict[str, Any]:
    return dict.fromkeys(("creatinine", "cystatin_c", "measured_clearance", "reported_egfr"), ())


def _nothing(name: str, _: Patient) -> dict[str, Any]:
    return {name: None}


HIDDEN: Mapping[str, Callable[[Patient], dict[str, Any]]] = MappingProxyType(
    {
        "the kidneys": _no_kidneys,
        **{
            name: partial(_nothing, name)
            for name in (
                *(
                    "age_y",
                    "weight_kg",
                    "height_cm",
                    "sex",
                    "low_muscle_mass",
                    "dialysis",
                    "alcohol",
                    "frail",
                    "tone_needed",
                ),
                *("symptoms", "conditions", "medicines", "allergies"),
            )
        },
    }
)
"""What may be hidden, one at a time."""
MUST_BE_KNOWN = ("the kidneys", "age_y", "weight_kg")
"""What refuses every rise while it is not known, whatever else is."""


def hiding(case: Case, name: str) -> Case:
    """The case without one thing that was known."""
    return of_patient(case, **HIDDEN[name](case.patient))


NO_NUMBER: Mapping[str, Callable[[Case, float], Case | None]] = MappingProxyType(
    {
        "age": lambda case, value: of_patient(case, age_y=value),
        "weight": lambda case, value: of_patient(case, weight_kg=value),
        "height": lambda case, value: of_patient(case, height_cm=value),
        "creatinine": lambda case, value: (
            of_patient(
                case, creatinine=tuple(replace(row, creatinine_mg_per_dl=value) for row in case.patient.creatinine)
            )
            if case.patient.creatinine
            else None
        ),
        "goal": lambda case, value: replace(case, question=replace(case.question, goal_ug_per_day=value)),
    }
)
"""Where a number may be none; a goal that is infinite is a wish like any other."""
NOT_A_NUMBER = math.nan


def later(case: Case, days: int) -> Case:
    """The same case so many local days later: every moment keeps its time on the clock of the zone."""
    return _shifted(case, timedelta(days=days), case.zone)


def same_offsets(one: Case, other: Case) -> bool:
    """Whether no clock changed between the two, for any moment of the case."""
    return _offsets(one) == _offsets(other)


def _offsets(case: Case) -> list[timedelta | None]:
    """Of every moment of the case, and of the days around now in which doses by the clock are looked at."""
    around = [(case.now + timedelta(days=days)).astimezone(case.zone) for days in range(-7, 4)]
    return [at.utcoffset() for at in (*_moments(case, case.zone), *around)]


def _shifted(value: T, by: timedelta, zone: ZoneInfo) -> T:
    made: Any = value
    if isinstance(value, datetime):
        made = (value.astimezone(zone) + by).astimezone(UTC)
    elif isinstance(value, date):
        made = value + by
    elif isinstance(value, tuple):
        made = tuple(_shifted(item, by, zone) for item in value)
    elif is_dataclass(value):
        changed = {field.name: _shifted(getattr(value, field.name), by, zone) for field in fields(value)}
        made = replace(value, **changed)  # type: ignore[type-var]
    return made  # type: ignore[no-any-return]


def _moments(value: Any, zone: ZoneInfo) -> list[datetime]:
    if isinstance(value, datetime):
        return [value.astimezone(zone)]
    if isinstance(value, tuple):
        return [at for item in value for at in _moments(item, zone)]
    if is_dataclass(value):
        return [at for field in fields(value) for at in _moments(getattr(value, field.name), zone)]
    return []
