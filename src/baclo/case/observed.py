"""Reads the value of an observation: a bare number on a scale, a quantity for all else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from baclo.case.entered import as_entered
from baclo.case.quantity import Kind, read_quantity, write_number
from baclo.case.vocabulary import words
from baclo.errors import Problem
from baclo.knowledge.library import Knowledge

_SCORE = "{score}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A value in the unit of its kind."""

    value: float
    unit: str


def read_observed(knowledge: Knowledge, kind: str, raw: object) -> Observed | Problem:
    """The value that `raw` writes for an observation of `kind`, a word of the vocabulary."""
    row = words(knowledge, "observations")[kind]
    if row["units"][0] == _SCORE:
        return _score(knowledge, row, raw)
    found = read_quantity(knowledge, _kind(row), raw)
    if isinstance(found, Problem):
        return found
    return Observed(value=found.value, unit=row["units"][0])


def write_observed(value: float, unit: str) -> float | str:
    """The value as `read_observed` reads it."""
    return value if unit == _SCORE else f"{write_number(value)} {unit}"


def _kind(row: Mapping[str, Any]) -> Kind:
    first = row["units"][0]
    return Kind(inside=first, units=tuple(row["units"]), plausible=row["range"], example=f"{row['example']} {first}")


def _score(knowledge: Knowledge, row: Mapping[str, Any], raw: object) -> Observed | Problem:
    low, high = knowledge.fact(row["range"]).values
    allowed = f"a number from {write_number(low)} to {write_number(high)}, without quotes"
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not low <= raw <= high:
        return Problem(path="", message="is no grade of this scale", value=as_entered(raw), allowed=allowed)
    return Observed(value=float(raw), unit=_SCORE)
