"""Reads the value of an observation: a grade of its scale, a bare number on a range, a quantity for all else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from baclo.case.entered import as_entered
from baclo.case.quantity import Kind, read_quantity, write_number
from baclo.case.vocabulary import words
from baclo.errors import Problem
from baclo.knowledge.library import Knowledge

_SCORE = "{score}"
_WRONG_GRADE = "is no grade of this scale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A value in the unit of its kind."""

    value: float
    unit: str


def read_observed(knowledge: Knowledge, kind: str, raw: object) -> Observed | Problem:
    """The value that `raw` writes for an observation of `kind`, a word of the vocabulary."""
    row = words(knowledge, "observations")[kind]
    if "grades" in row:
        return _grade(knowledge, row, raw)
    if row["units"][0] == _SCORE:
        return _score(knowledge, row, raw)
    found = read_quantity(knowledge, _kind(row), raw)
    if isinstance(found, Problem):
        return found
    return Observed(value=found.value, unit=row["units"][0])


def write_observed(value: float, unit: str) -> float | str:
    """The value as `read_observed` reads it; a grade as the number it is analysed by."""
    return value if unit == _SCORE else f"{write_number(value)} {unit}"


def grade_words(knowledge: Knowledge, kind: str) -> dict[float, str]:
    """The grades of a kind that has a scale, each as it is written, in order; none of any other kind."""
    row = words(knowledge, "observations")[kind]
    if "grades" not in row:
        return {}
    grades = knowledge.fact(row["grades"]).values
    return dict(zip(grades, row.get("words", map(write_number, grades)), strict=True))


def _kind(row: Mapping[str, Any]) -> Kind:
    first = row["units"][0]
    return Kind(inside=first, units=tuple(row["units"]), plausible=row["range"], example=f"{row['example']} {first}")


def _grade(knowledge: Knowledge, row: Mapping[str, Any], raw: object) -> Observed | Problem:
    """The grade that is written as its word, or as the bare number it is analysed by; nothing between two grades."""
    grades = knowledge.fact(row["grades"]).values
    spelled = dict(zip(row.get("words", ()), grades, strict=False))
    if isinstance(raw, str):
        found = spelled.get(raw.strip().casefold()) if not _is_number(raw.strip()) else None
    else:
        found = float(raw) if not isinstance(raw, bool) and isinstance(raw, int | float) and raw in grades else None
    if found is None:
        return Problem(path="", message=_WRONG_GRADE, value=as_entered(raw), allowed=_allowed(row, grades))
    return Observed(value=found, unit=_SCORE)


def _is_number(word: str) -> bool:
    return word.isdecimal()


def _allowed(row: Mapping[str, Any], grades: tuple[float, ...]) -> str:
    """Every grade as it may be written, and what is easily got wrong."""
    written = [word if _is_number(word) else f'"{word}"' for word in row.get("words", map(write_number, grades))]
    return f"one of {', '.join(written)}" + (f"; {row['hint']}" if "hint" in row else "")


def _score(knowledge: Knowledge, row: Mapping[str, Any], raw: object) -> Observed | Problem:
    low, high = knowledge.fact(row["range"]).values
    allowed = f"a number from {write_number(low)} to {write_number(high)}, without quotes"
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not low <= raw <= high:
        return Problem(path="", message=_WRONG_GRADE, value=as_entered(raw), allowed=allowed)
    return Observed(value=float(raw), unit=_SCORE)
