"""Body size as the kidney equations use it: surface, mass index, ideal and adjusted weight, and which to take."""

import math
from collections.abc import Mapping

from baclo.case.kidney.estimate import Table, Weight, facts_named
from baclo.case.patient import Sex
from baclo.knowledge.library import Knowledge
from baclo.units import convert


def surface_m2(knowledge: Knowledge, *, weight_kg: float, height_cm: float) -> float:
    """Body surface, m2, after Mosteller (N Engl J Med 1987;317:1098): the root of cm times kg over a constant.

    NaN where the two are no sizes.
    """
    divisor = knowledge.number(_size(knowledge)["mosteller"]["divisor"], "1")
    square = height_cm * weight_kg / divisor
    return math.sqrt(square) if square >= 0 else math.nan


def absolute_ml_per_min(
    knowledge: Knowledge, egfr_ml_per_min_per_1_73m2: float, *, weight_kg: float, height_cm: float
) -> float:
    """An indexed filtration taken back to the person's own body surface, mL/min."""
    reference_m2 = knowledge.number(_size(knowledge)["reference_surface"]["surface"], "m2")
    return egfr_ml_per_min_per_1_73m2 * surface_m2(knowledge, weight_kg=weight_kg, height_cm=height_cm) / reference_m2


def mass_index_kg_per_m2(*, weight_kg: float, height_cm: float) -> float:
    """Body mass index, kg/m2."""
    height_m = convert(height_cm, "cm", "m")
    return weight_kg / (height_m * height_m)


def ideal_weight_kg(knowledge: Knowledge, *, sex: Sex, height_cm: float) -> float:
    """Ideal body weight of an adult, kg, after Devine 1974; below the base height the line is carried on."""
    devine = _size(knowledge)["devine"]
    base_in = knowledge.number(devine["base_height"], "in")
    per_in = knowledge.number(devine["per_inch"], "kg/in")
    return knowledge.number(devine[sex.value], "kg") + per_in * (convert(height_cm, "cm", "in") - base_in)


def adjusted_weight_kg(knowledge: Knowledge, *, weight_kg: float, ideal_kg: float) -> float:
    """Adjusted body weight, kg: ideal plus a stated part of what is above it."""
    return ideal_kg + knowledge.number(_size(knowledge)["adjusted"]["excess_counted"], "1") * (weight_kg - ideal_kg)


def weights_kg(
    knowledge: Knowledge, *, sex: Sex, weight_kg: float, height_cm: float | None
) -> tuple[Mapping[Weight, float], Weight]:
    """Every weight that can be told, kg, and the one to take in Cockcroft-Gault.

    Actual below the ideal weight or at low mass index; adjusted well above the ideal; else ideal. With no height
    only the actual weight is known, and it is taken.
    """
    if height_cm is None:
        return {Weight.ACTUAL: weight_kg}, Weight.ACTUAL
    ideal_kg = ideal_weight_kg(knowledge, sex=sex, height_cm=height_cm)
    adjusted_kg = adjusted_weight_kg(knowledge, weight_kg=weight_kg, ideal_kg=ideal_kg)
    choice = _size(knowledge)["choice"]
    index = mass_index_kg_per_m2(weight_kg=weight_kg, height_cm=height_cm)
    known = {Weight.ACTUAL: weight_kg, Weight.IDEAL: ideal_kg, Weight.ADJUSTED: adjusted_kg}
    if not weight_kg >= ideal_kg or index < knowledge.number(choice["actual_below_index"], "kg/m2"):
        return known, Weight.ACTUAL
    if weight_kg > ideal_kg * knowledge.number(choice["adjusted_above_ideal"], "1"):
        return known, Weight.ADJUSTED
    return known, Weight.IDEAL


def choice_table(knowledge: Knowledge) -> Table:
    """The data tables that a choice of weight rests on."""
    return {name: _size(knowledge)[name] for name in ("devine", "adjusted", "choice")}


def surface_basis(knowledge: Knowledge) -> tuple[str, ...]:
    """What taking an indexed value to the person's own body surface rests on."""
    tables = [_size(knowledge)[name] for name in ("mosteller", "reference_surface")]
    return (*facts_named(tables), "case:patient.weight", "case:patient.height")


def _size(knowledge: Knowledge) -> Table:
    return knowledge.folder("kidney")["size"]
