"""The leaves of the case file for pydantic: quantities, moments and words that know what they may be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field, PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from baclo.case.moment import CLOCK_PATTERN, DAY_PATTERN, MOMENT_PATTERN, read_clock, read_day, read_moment
from baclo.case.quantity import ALIASES, KINDS, NUMBER, Quantity, read_quantity
from baclo.case.vocabulary import models, products, read_word, words
from baclo.errors import Problem
from baclo.knowledge.library import Knowledge

PROBLEM = "baclo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a leaf must know to be read: the knowledge, the case's now (None where unreadable) and its zone."""

    knowledge: Knowledge
    now: datetime | None
    zone: ZoneInfo


def refuse(problem: Problem, *, at: str = "") -> PydanticCustomError:
    """The problem as pydantic carries it; `at` is a key below the place that pydantic names."""
    context = {"at": at, "message": problem.message, "value": problem.value, "allowed": problem.allowed}
    return PydanticCustomError(PROBLEM, "{message}", context)


def reading_of(info: ValidationInfo) -> Reading:
    """The reading that a validation is part of."""
    reading: Reading = info.context  # type: ignore[assignment]
    return reading


def _leaf(read: Callable[[Any, Reading], Any]) -> Callable[[Any, ValidationInfo], Any]:
    """A validator out of a function that gives the value or a problem."""

    def validate(raw: Any, info: ValidationInfo) -> Any:
        found = read(raw, reading_of(info))
        if isinstance(found, Problem):
            raise refuse(found)
        return found

    return validate


def _quantity(name: str) -> PlainValidator:
    kind = KINDS[name]
    spelled = [spelling for spelling, unit in ALIASES.items() if unit in kind.units]
    units = "|".join(re.escape(unit) for unit in (*kind.units, *spelled))
    pattern = Annotated[str, Field(pattern=rf"^\s*{NUMBER}\s*({units})\s*$", examples=[kind.example])]
    return PlainValidator(
        _leaf(lambda raw, reading: read_quantity(reading.knowledge, kind, raw)), json_schema_input_type=pattern
    )
