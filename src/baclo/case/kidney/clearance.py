"""Creatinine clearance: measured, or of adults by Cockcroft-Gault with every weight and the spinal cord correction."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from baclo.case.kidney.estimate import CLEARANCE_UNIT, Estimate, Table, Weight, basis_of, entered
from baclo.case.kidney.newest import newest
from baclo.case.kidney.size import choice_table, weights_kg
from baclo.case.patient import Creatinine, Patient, Sex
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number

SPINAL = "spinal_cord_injury"


def cockcroft_gault_ml_per_min(
    knowledge: Knowledge, *, sex: Sex, age_y: float, weight_kg: float, creatinine_mg_per_dl: float
) -> float:
    """Creatinine clearance, mL/min, not indexed (Cockcroft and Gault, Nephron 1976;16:31)."""
    table = _equations(knowledge)["cockcroft_gault"]
    years = knowledge.number(table["age_offset"], "a") - age_y
    clearance = years * weight_kg / (knowledge.number(table["divisor"], "1") * creatinine_mg_per_dl)
    return clearance * knowledge.number(table["female"], "1") if sex is Sex.FEMALE else clearance


def measured_estimates(patient: Patient, at: datetime) -> tuple[Estimate, ...]:
    """The newest creatinine clearance that was measured, mL/min; () where none was by `at`."""
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


def clearance_estimates(
    knowledge: Knowledge, patient: Patient, index: int, creatinine: Creatinine
) -> tuple[Estimate, ...]:
    """Cockcroft-Gault from one creatinine, the chosen weight first; () for a child or where something is unknown.

    `index` is the creatinine's place in the case. With paraplegia or tetraplegia the screening values of
    Mirahmadi 1983 stand last: they are shown, and permit nothing.
    """
    sex, age_y, weight_kg = patient.sex, patient.age_y, patient.weight_kg
    table = _equations(knowledge)["cockcroft_gault"]
    if sex is None or age_y is None or weight_kg is None or not age_y >= knowledge.number(table["from_age"], "a"):
        return ()
    known, chosen = weights_kg(knowledge, sex=sex, weight_kg=weight_kg, height_cm=patient.height_cm)
    estimates = []
    for weight in (chosen, *(other for other in known if other is not chosen)):
        value = cockcroft_gault_ml_per_min(
            knowledge,
            sex=sex,
            age_y=age_y,
            weight_kg=known[weight],
            creatinine_mg_per_dl=creatinine.creatinine_mg_per_dl,
        )
        inputs = (
            ("sex", sex.value),
            ("age", entered(age_y, "a", "age")),
            ("weight", _weight(known[weight], weight)),
            ("creatinine", entered(creatinine.creatinine_mg_per_dl, "mg/dL", f"creatinine[{index}]")),
        )
        sized: Table = {} if patient.height_cm is None else choice_table(knowledge)
        estimates.append(
            Estimate(
                quantity="cockcroft_gault",
                name=table["name"],
                value=value,
                unit=CLEARANCE_UNIT,
                at=creatinine.at,
                inputs=inputs,
                weight_used=weight,
                muscle_free=False,
                basis=basis_of({"equation": table, **sized}, inputs),
            )
        )
    return (*estimates, *_spinal(knowledge, patient, estimates[0]))


def _weight(weight_kg: float, weight: Weight) -> Number:
    paths: tuple[str, ...] = ("case:patient.weight",)
    if weight is Weight.IDEAL:
        paths = ("case:patient.height",)
    elif weight is Weight.ADJUSTED:
        paths = ("case:patient.weight", "case:patient.height")
    return Number(value=weight_kg, unit="kg", basis=paths)


def _spinal(knowledge: Knowledge, patient: Patient, estimate: Estimate) -> Iterator[Estimate]:
    """The clearance times the factor of each named spinal cord lesion."""
    table = _equations(knowledge)[SPINAL]
    for condition in patient.conditions or ():
        factor = table["factors"].get(condition.name)
        if factor is not None:
            yield replace(
                estimate,
                quantity=SPINAL,
                name=table["name"],
                value=estimate.value * knowledge.number(factor, "1"),
                basis=(*estimate.basis, factor),
            )


def _equations(knowledge: Knowledge) -> Table:
    return knowledge.folder("kidney")["equations"]
