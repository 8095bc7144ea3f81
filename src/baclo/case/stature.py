"""What weight and height no one can have, together or at that age: exchanged, slipped, or in the wrong unit."""

from collections.abc import Iterator, Mapping

from baclo.case.kidney.size import mass_index_kg_per_m2
from baclo.case.patient_form import PatientForm
from baclo.case.quantity import Quantity
from baclo.errors import Problem
from baclo.knowledge.library import Knowledge


def stature_problems(knowledge: Knowledge, patient: PatientForm) -> Iterator[Problem]:
    """Every contradiction between age, weight and height."""
    yield from _together(knowledge, patient)
    if patient.age is None:
        return
    row = _row(knowledge, patient.age.value)
    for key, quantity, unit in (("weight", patient.weight, "kg"), ("height", patient.height, "cm")):
        if quantity is not None:
            yield from _at_age(f"patient.{key}", quantity, patient.age, knowledge.fact(row[key]).numbers_in(unit), unit)


def _together(knowledge: Knowledge, patient: PatientForm) -> Iterator[Problem]:
    if patient.weight is None or patient.height is None:
        return
    low, high = knowledge.fact("fact:case.plausible.body_mass_index").numbers_in("kg/m2")
    if not low <= mass_index_kg_per_m2(weight_kg=patient.weight.value, height_cm=patient.height.value) <= high:
        entered = f'"{patient.weight.entered}" at "{patient.height.entered}"'
        allowed = f"a body mass index of {low:g} to {high:g} kg/m2"
        yield Problem(path="patient.height", message="does not go with patient.weight", value=entered, allowed=allowed)


def _row(knowledge: Knowledge, age_y: float) -> Mapping[str, str]:
    """The limits of size at that age."""
    rows: list[Mapping[str, str]] = knowledge.folder("case")["stature"]["row"]
    return next(row for row in rows if "until" not in row or age_y < knowledge.number(row["until"], "a"))


def _at_age(path: str, quantity: Quantity, age: Quantity, limits: tuple[float, ...], unit: str) -> Iterator[Problem]:
    low, high = limits
    if not low <= quantity.value <= high:
        entered = f'"{quantity.entered}" at "{age.entered}"'
        allowed = f"{low:g} to {high:g} {unit} at this age"
        yield Problem(path=path, message="does not go with patient.age", value=entered, allowed=allowed)
