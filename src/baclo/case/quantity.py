"""Reads and writes quantities as people write them ("0.8 mg/dL"), through an exact table of units."""

import re
from dataclasses import dataclass
from fractions import Fraction

from baclo.case.entered import as_entered
from baclo.errors import Problem
from baclo.knowledge.library import Knowledge
from baclo.units import UNITS, dimension

NUMBER = r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?"
_QUANTITY = re.compile(rf"(?P<number>{NUMBER})\s*(?P<unit>[^\s0-9.,].*)?")
_SHOWN_DIGITS = 4

ALIASES = {
    **dict.fromkeys(("y", "yr", "year", "years"), "a"),
    **dict.fromkeys(("month", "months"), "mo"),
    **dict.fromkeys(("week", "weeks"), "wk"),
    **dict.fromkeys(("day", "days"), "d"),
    **dict.fromkeys(("hour", "hours"), "h"),
    **dict.fromkeys(("mcg", "µg", "μg"), "ug"),
    **dict.fromkeys(("µmol/L", "μmol/L", "umol/l", "µmol/l", "μmol/l"), "umol/L"),
    **dict.fromkeys(("mg/day", "mg/24h"), "mg/d"),
    **dict.fromkeys(("ug/day", "mcg/d", "mcg/day", "µg/d", "μg/d"), "ug/d"),
    **dict.fromkeys(("mL/min/1.73m2", "mL/min/1.73 m2", "ml/min/1.73m2", "ml/min/1.73 m2"), "mL/min/{1.73_m2}"),
    **dict.fromkeys(("µg/L", "μg/L", "mcg/L"), "ug/L"),
    **dict.fromkeys(("°C", "C"), "Cel"),
    "lbs": "lb",
    "inch": "in",
    "inches": "in",
    "mg/dl": "mg/dL",
    "mg/l": "mg/L",
    "ng/ml": "ng/mL",
    "ml/min": "mL/min",
    "mmHg": "mm[Hg]",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What is measured: the unit kept `inside`, the `units` people may write (the first is written back), an example.

    `plausible` is the fact that holds the lowest and the highest value that can be meant.
    """

    inside: str
    units: tuple[str, ...]
    plausible: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A value in the unit kept inside, and the words it was entered in."""

    value: float
    entered: str


KINDS = {
    "age": Kind(inside="a", units=("a", "mo", "wk", "d"), plausible="fact:case.plausible.age", example="54 a"),
    "weight": Kind(inside="kg", units=("kg", "lb"), plausible="fact:case.plausible.weight", example="70 kg"),
    "height": Kind(inside="cm", units=("cm", "m", "in"), plausible="fact:case.plausible.height", example="172 cm"),
    "creatinine": Kind(
        inside="mg/dL", units=("mg/dL", "umol/L"), plausible="fact:case.plausible.creatinine", example="0.8 mg/dL"
    ),
    "cystatin_c": Kind(inside="mg/L", units=("mg/L",), plausible="fact:case.plausible.cystatin_c", example="0.9 mg/L"),
    "clearance": Kind(
        inside="mL/min", units=("mL/min",), plausible="fact:case.plausible.clearance", example="85 mL/min"
    ),
    "egfr": Kind(
        inside="mL/min/{1.73_m2}",
        units=("mL/min/{1.73_m2}",),
        plausible="fact:case.plausible.egfr",
        example="62 mL/min/1.73m2",
    ),
    "dose": Kind(inside="ug", units=("mg", "ug", "g"), plausible="fact:case.plausible.dose", example="10 mg"),
    "daily_dose": Kind(
        inside="ug/d", units=("mg/d", "ug/d"), plausible="fact:case.plausible.daily_dose", example="60 mg/d"
    ),
    "over": Kind(inside="h", units=("h", "min", "d"), plausible="fact:case.plausible.over", example="4 h"),
    "horizon": Kind(inside="h", units=("d", "wk", "h", "mo"), plausible="fact:case.plausible.horizon", example="14 d"),
}


def read_quantity(knowledge: Knowledge, kind: Kind, raw: object) -> Quantity | Problem:
    """The quantity that `raw` writes, in the unit of `kind`; a problem (without path) where it cannot be meant."""
    if not isinstance(raw, str):
        return Problem(
            path="",
            message="is not a number with its unit, in quotes",
            value=as_entered(raw),
            allowed=_units(kind),
        )
    entered = raw.strip()
    match = _QUANTITY.fullmatch(entered)
    if match is None:
        return Problem(path="", message="is not a number with a unit", value=f'"{entered}"', allowed=_units(kind))
    spelled: str | None = match["unit"]
    if spelled is None:
        return Problem(path="", message="has no unit", value=f'"{entered}"', allowed=_units(kind))
    unit = ALIASES.get(spelled, spelled)
    if unit not in kind.units:
        return Problem(path="", message=f'"{spelled}" is no unit for this', value=f'"{entered}"', allowed=_units(kind))
    number = Fraction(match["number"])
    return _inside(knowledge, kind, number, unit, entered)


def _inside(knowledge: Knowledge, kind: Kind, number: Fraction, unit: str, entered: str) -> Quantity | Problem:
    """The number in the unit kept inside, where it lies within what can be meant; compared in the unit entered."""
    factor = _factor(knowledge, unit) / _factor(knowledge, kind.inside)
    bounds = knowledge.fact(kind.plausible)
    own = _factor(knowledge, bounds.unit) / _factor(knowledge, unit)
    low, high = (Fraction(repr(bound)) * own for bound in bounds.values)
    if not low <= number <= high:
        allowed = f"{_shown(low)} to {_shown(high)} {unit}"
        return Problem(path="", message="cannot be meant", value=f'"{entered}"', allowed=allowed)
    return Quantity(value=float(number * factor), entered=entered)


def _factor(knowledge: Knowledge, unit: str) -> Fraction:
    """How many of its dimension's first unit; creatinine in umol/L counts as mass through a stated fact."""
    if dimension(unit) == "molar concentration":
        molar = knowledge.number("fact:kidney.creatinine.molar", "(umol/L)/(mg/dL)")
        return UNITS[unit][1] / Fraction(repr(molar)) * UNITS["mg/dL"][1]
    return UNITS[unit][1]


def write_quantity(value: float, kind: Kind) -> str:
    """`value`, kept in the unit inside, in the first unit of `kind` that gives exactly the same back."""
    for unit in kind.units:
        if dimension(unit) != dimension(kind.inside):
            continue
        factor = UNITS[kind.inside][1] / UNITS[unit][1]
        written = float(Fraction(repr(value)) * factor)
        if float(Fraction(repr(written)) / factor) == value:
            return f"{write_number(written)} {unit}"
    return f"{write_number(value)} {kind.inside}"


def write_number(value: float) -> str:
    """The shortest text that reads back as the same number."""
    return repr(value).removesuffix(".0")


def _units(kind: Kind) -> str:
    return f'a number and one of {", ".join(kind.units)}, like "{kind.example}"'


def _shown(bound: Fraction) -> str:
    return f"{float(bound):.{_SHOWN_DIGITS}g}"
