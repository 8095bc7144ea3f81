"""Indexed filtration (eGFR): CKD-EPI for adults, bedside Schwartz and CKiD U25 for children and the young.

The shapes of the equations are here; every coefficient and every range of validity is a fact named in the data.
"""

import math
from collections.abc import Mapping

from baclo.case.kidney.estimate import INDEXED_UNIT, MARKER_UNITS, Table
from baclo.case.patient import Sex
from baclo.knowledge.library import Knowledge
from baclo.units import convert

Markers = Mapping[str, float]


def filtration_ml_per_min_per_1_73m2(
    knowledge: Knowledge,
    equation: str,
    *,
    sex: Sex | None,
    age_y: float | None,
    height_cm: float | None,
    markers: Markers,
) -> float | None:
    """The eGFR that `equation` (a key of the data) gives, mL/min per 1.73 m2; None outside what it was made for.

    `markers` holds `creatinine` in mg/dL and `cystatin_c` in mg/L. None also where an input it needs is unknown.
    """
    table = knowledge.folder("kidney")["equations"][equation]
    if age_y is None or not _inside(knowledge, table.get("age"), age_y, "a"):
        return None
    for marker in table["markers"]:
        if marker not in markers or not _inside(knowledge, table.get(marker), markers[marker], MARKER_UNITS[marker]):
            return None
    if table["shape"] == "height_over_marker":
        return None if height_cm is None else knowledge.number(table["k"], "1") * height_cm / markers["creatinine"]
    if sex is None:
        return None
    if table["shape"] == "two_slopes":
        return _two_slopes(knowledge, table, sex, age_y, markers)
    scales = {"cystatin_c": 1.0}
    if height_cm is not None and _inside(knowledge, table.get("height"), height_cm, "cm"):
        scales["creatinine"] = convert(height_cm, "cm", "m")
    return _by_age(knowledge, table, sex, age_y, scales, markers)


def _inside(knowledge: Knowledge, bounds: str | None, value: float, unit: str) -> bool:
    """Whether `value` lies in the range that a fact states (one number is a lower bound); true without a range."""
    if bounds is None:
        return True
    low, *high = knowledge.fact(bounds).numbers_in(unit)
    return low <= value <= (high[0] if high else math.inf)


def _two_slopes(knowledge: Knowledge, table: Table, sex: Sex, age_y: float, markers: Markers) -> float:
    """CKD-EPI: each marker over its knot, to one power below the knot and another above; age; sex."""
    value: float = knowledge.number(table["scale"], INDEXED_UNIT) * knowledge.number(table["per_year"], "1") ** age_y
    for marker in table["markers"]:
        slopes = table["slopes"][marker]
        relative = markers[marker] / knowledge.number(slopes["knot"][sex.value], MARKER_UNITS[marker])
        value *= min(relative, 1.0) ** knowledge.number(slopes["below"][sex.value], "1")
        value *= max(relative, 1.0) ** knowledge.number(slopes["above"], "1")
    return value * knowledge.number(table["female"], "1") if sex is Sex.FEMALE else value


def _by_age(
    knowledge: Knowledge, table: Table, sex: Sex, age_y: float, scales: Markers, markers: Markers
) -> float | None:
    """CKiD U25: a constant that moves with age over each marker, creatinine by height too; two are averaged."""
    if not set(table["markers"]) <= set(scales):
        return None
    values = [
        _constant(knowledge, table["constants"][marker][sex.value], age_y) * scales[marker] / markers[marker]
        for marker in table["markers"]
    ]
    return sum(values) / len(values)


def _constant(knowledge: Knowledge, band: Table, age_y: float) -> float:
    """The constant at an age: grows or falls by a factor a year around the turn, flat once grown."""
    if age_y >= knowledge.number(band["grown_at"], "a"):
        return knowledge.number(band["grown"], "1")
    turn_y = knowledge.number(band["turn_at"], "a")
    factor = band["per_year_before"] if age_y < turn_y else band["per_year_after"]
    k: float = knowledge.number(band["at_turn"], "1") * knowledge.number(factor, "1") ** (age_y - turn_y)
    return k
