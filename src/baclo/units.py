"""The exact table of units (UCUM codes), and the one conversion between them.

Inside the program: hours, micrograms, litres, kilograms, years. Every factor is a fraction of
integers, so a conversion is rounded once, at its end.
"""

import math
from fractions import Fraction
from functools import lru_cache

from baclo.errors import UnitError

_LB_KG = Fraction(45359237, 100000000)
_INCH_CM = Fraction(254, 100)
_WEEK_H = Fraction(168)
_MONTH_H = Fraction(36525, 1200) * 24
_YEAR_H = Fraction(36525, 100) * 24

UNITS: dict[str, tuple[str, Fraction]] = {
    # code: (dimension, how many of the dimension's first unit)
    "ug": ("mass", Fraction(1)),
    "ng": ("mass", Fraction(1, 1000)),
    "mg": ("mass", Fraction(1000)),
    "g": ("mass", Fraction(10**6)),
    "kg": ("mass", Fraction(10**9)),
    "lb": ("mass", _LB_KG * 10**9),
    "L": ("volume", Fraction(1)),
    "mL": ("volume", Fraction(1, 1000)),
    "h": ("time", Fraction(1)),
    "s": ("time", Fraction(1, 3600)),
    "min": ("time", Fraction(1, 60)),
    "d": ("time", Fraction(24)),
    "wk": ("time", _WEEK_H),
    "mo": ("time", _MONTH_H),
    "a": ("time", _YEAR_H),
    "cm": ("length", Fraction(1)),
    "m": ("length", Fraction(100)),
    "in": ("length", _INCH_CM),
    "m2": ("area", Fraction(1)),
    "1": ("number", Fraction(1)),
    "%": ("number", Fraction(1, 100)),
    "/h": ("rate", Fraction(1)),
    "/d": ("rate", Fraction(1, 24)),
    "ug/L": ("concentration", Fraction(1)),
    "ng/mL": ("concentration", Fraction(1)),
    "mg/L": ("concentration", Fraction(1000)),
    "ug/mL": ("concentration", Fraction(1000)),
    "mg/mL": ("concentration", Fraction(10**6)),
    "mg/dL": ("concentration", Fraction(10**4)),
    "umol/L": ("molar concentration", Fraction(1)),
    "nmol/L": ("molar concentration", Fraction(1, 1000)),
    "L/h": ("flow", Fraction(1)),
    "mL/min": ("flow", Fraction(60, 1000)),
    "mL/s": ("flow", Fraction(3600, 1000)),
    "mL/d": ("flow", Fraction(1, 24000)),
    "mL/min/{1.73_m2}": ("indexed flow", Fraction(1)),
    "L/h/kg": ("flow by weight", Fraction(1)),
    "L/kg": ("volume by weight", Fraction(1)),
    "ug/h": ("dose rate", Fraction(1)),
    "mg/d": ("dose rate", Fraction(1000, 24)),
    "ug/d": ("dose rate", Fraction(1, 24)),
    "mg/kg": ("dose by weight", Fraction(1000)),
    "ug/kg": ("dose by weight", Fraction(1)),
    "mg/kg/d": ("dose rate by weight", Fraction(1000, 24)),
    "ng.h/mL": ("exposure", Fraction(1)),
    "ug.h/L": ("exposure", Fraction(1)),
    "umol/mg": ("molar content", Fraction(1)),
    "(umol/L)/(mg/dL)": ("molar content", Fraction(1, 10)),
    "g/mol": ("molar mass", Fraction(1)),
    "kg/in": ("mass by length", Fraction(1)),
    "kg/m2": ("body mass index", Fraction(1)),
    "Cel": ("temperature", Fraction(1)),
    "/min": ("frequency", Fraction(1)),
    "mm[Hg]": ("pressure", Fraction(1)),
    "{score}": ("score", Fraction(1)),
    "[Ch]": ("tube gauge", Fraction(1)),
    "deg": ("angle", Fraction(1)),
    "T": ("magnetic field", Fraction(1)),
    "T/m": ("magnetic gradient", Fraction(1)),
}


def dimension(unit: str) -> str:
    """The dimension that `unit` measures; `UnitError` if the unit is not in the table."""
    try:
        return UNITS[unit][0]
    except KeyError:
        raise UnitError(f"unknown unit {unit!r}; known: {', '.join(UNITS)}") from None


@lru_cache(maxsize=4096, typed=True)
def convert(value: float, unit: str, to: str) -> float:
    """`value` in `unit`, expressed in `to`; exact but for one rounding. NaN stays NaN, what overflows is infinite.

    `UnitError` if a unit is unknown or the two measure different things.
    """
    if dimension(unit) != dimension(to):
        raise UnitError(f"{unit!r} measures {dimension(unit)}, {to!r} measures {dimension(to)}")
    if unit == to or not math.isfinite(value):
        return value
    exact = Fraction(repr(float(value))) * UNITS[unit][1] / UNITS[to][1]
    try:
        return float(exact)
    except OverflowError:
        return math.copysign(math.inf, value)
