"""One estimate of kidney function: by which equation, from what, with which weight."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from baclo.knowledge.words import Number

Table = Mapping[str, Any]
Inputs = tuple[tuple[str, Number | str], ...]
CLEARANCE_UNIT = "mL/min"
INDEXED_UNIT = "mL/min/{1.73_m2}"
_MEASURED = frozenset({"creatinine", "cystatin_c", "reported", "measured"})
MARKER_UNITS = {"creatinine": "mg/dL", "cystatin_c": "mg/L"}


class Weight(StrEnum):
    """Which weight went into an equation."""

    ACTUAL = "actual"
    IDEAL = "ideal"
    ADJUSTED = "adjusted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One value of kidney function.

    `quantity` is the key of its equation in the data (`cockcroft_gault`, ...), `measured_clearance` or
    `reported_egfr`; `name` is that in words. `unit` tells a clearance (mL/min) from an indexed filtration. `at`
    is the oldest measurement in it. `inputs` are what it was computed from, by name. `weight_used` is set where
    a weight was chosen. `muscle_free` is false where it rests on serum creatinine alone, which low muscle mass
    makes look better than the kidney is.
    """

    quantity: str
    name: str
    value: float
    unit: str
    at: datetime
    inputs: Inputs
    weight_used: Weight | None
    muscle_free: bool
    basis: tuple[str, ...]

    @property
    def measurements(self) -> frozenset[str]:
        """The paths of the measurements in it; two estimates with the same ones differ by their equation alone."""
        drawn = (value for name, value in self.inputs if name in _MEASURED and isinstance(value, Number))
        return frozenset(path for value in drawn for path in value.basis)


def facts_named(table: Any) -> Iterator[str]:
    """Every `fact:KEY` that a data table names, in its order."""
    if isinstance(table, str) and table.startswith("fact:"):
        yield table
    elif isinstance(table, Mapping):
        for value in table.values():
            yield from facts_named(value)
    elif isinstance(table, list):
        for value in table:
            yield from facts_named(value)


def basis_of(table: Table, inputs: Inputs) -> tuple[str, ...]:
    """What an estimate rests on: its equation's facts and what was entered, each once."""
    numbers = (value for _, value in inputs if isinstance(value, Number))
    paths = [name for number in numbers for name in number.basis]
    words = [f"case:patient.{name}" for name, value in inputs if isinstance(value, str)]
    return tuple(dict.fromkeys((*facts_named(table), *words, *paths)))


def entered(value: float, unit: str, path: str) -> Number:
    """A number of the case, resting on its path under `patient`."""
    return Number(value=value, unit=unit, basis=(f"case:patient.{path}",))
