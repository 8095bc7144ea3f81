"""The leaves of the case file for pydantic: quantities, moments and words that know what they may be."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field, PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from baclo.case.entered import as_entered
from baclo.case.moment import CLOCK_PATTERN, DAY_PATTERN, MOMENT_PATTERN, read_clock, read_day, read_moment
from baclo.case.observed import Observed, read_observed
from baclo.case.quantity import ALIASES, KINDS, NUMBER, Quantity, read_quantity
from baclo.case.surgery import PLANNED_WORDS, Surgery, read_surgery
from baclo.case.vocabulary import findings, models, products, read_word, sites, symptoms, words
from baclo.case.zone import ZONE_PATTERN, read_zone
from baclo.errors import Problem
from baclo.knowledge.library import Knowledge

PROBLEM = "baclo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a leaf must know to be read: the knowledge, the case's now (None where unreadable) and its zone."""

    knowledge: Knowledge
    now: datetime | None
    zone: ZoneInfo


Reader = Callable[[Any, Reading], Any]


def _leaf(read: Reader, written: Any) -> PlainValidator:
    """A validator out of a function that gives the value or a problem; `written` is what people may write."""

    def validate(raw: Any, info: ValidationInfo) -> Any:
        found = read(raw, _reading(info))
        if isinstance(found, Problem):
            raise PydanticCustomError(
                PROBLEM, "{message}", {"message": found.message, "value": found.value, "allowed": found.allowed}
            )
        return found

    return PlainValidator(validate, json_schema_input_type=written)


def _reading(info: ValidationInfo) -> Reading:
    reading: Reading = info.context  # type: ignore[assignment]
    return reading


def _matching(pattern: str, *examples: str) -> Any:
    return Annotated[str, Field(pattern=pattern, examples=list(examples))]


def _quantity(name: str) -> PlainValidator:
    kind = KINDS[name]
    spelled = [spelling for spelling, unit in ALIASES.items() if unit in kind.units]
    units = "|".join(re.escape(unit) for unit in (*kind.units, *spelled))
    return _leaf(
        lambda raw, reading: read_quantity(reading.knowledge, kind, raw),
        _matching(rf"^\s*{NUMBER}\s*({units})\s*$", kind.example),
    )


def _past(found: datetime | Problem, raw: object, reading: Reading) -> datetime | Problem:
    """The moment, unless it is after now, where now is known."""
    if isinstance(found, datetime) and reading.now is not None and not found <= reading.now:
        return Problem(path="", message="is after now", value=as_entered(raw), allowed="now or earlier")
    return found


def _word(name: str, what: str) -> PlainValidator:
    return _leaf(lambda raw, reading: read_word(words(reading.knowledge, name), raw, what), str)


_MOMENT = _matching(MOMENT_PATTERN, "2026-11-22T08:00:00+01:00")
_DAY = _matching(f"{DAY_PATTERN}|{MOMENT_PATTERN}", "2026-11-22", "2026-11-22T08:00:00+01:00")

Age = Annotated[Quantity, _quantity("age")]
Weight = Annotated[Quantity, _quantity("weight")]
Height = Annotated[Quantity, _quantity("height")]
SerumCreatinine = Annotated[Quantity, _quantity("creatinine")]
SerumCystatinC = Annotated[Quantity, _quantity("cystatin_c")]
Clearance = Annotated[Quantity, _quantity("clearance")]
Egfr = Annotated[Quantity, _quantity("egfr")]
Amount = Annotated[Quantity, _quantity("dose")]
DailyDose = Annotated[Quantity, _quantity("daily_dose")]
Over = Annotated[Quantity, _quantity("over")]
Horizon = Annotated[Quantity, _quantity("horizon")]
Moment = Annotated[datetime, _leaf(lambda raw, _: read_moment(raw), _MOMENT)]
Past = Annotated[datetime, _leaf(lambda raw, reading: _past(read_moment(raw), raw, reading), _MOMENT)]
Day = Annotated[datetime, _leaf(lambda raw, reading: read_day(raw, reading.zone), _DAY)]
PastDay = Annotated[datetime, _leaf(lambda raw, reading: _past(read_day(raw, reading.zone), raw, reading), _DAY)]
Clock = Annotated[time, _leaf(lambda raw, _: read_clock(raw), _matching(CLOCK_PATTERN, "08:00"))]
Zone = Annotated[ZoneInfo, _leaf(lambda raw, _: read_zone(raw), _matching(ZONE_PATTERN, "Europe/Zurich"))]
ConditionWord = Annotated[str, _word("conditions", "condition")]
EquationWord = Annotated[str, _word("egfr_equations", "equation")]
ObservationWord = Annotated[str, _word("observations", "kind of observation")]
SiteWord = Annotated[str, _leaf(lambda raw, reading: read_word(sites(reading.knowledge), raw, "muscle group"), str)]
Product = Annotated[str, _leaf(lambda raw, reading: read_word(products(reading.knowledge), raw, "product"), str)]
ModelWord = Annotated[str, _leaf(lambda raw, reading: read_word(models(reading.knowledge), raw, "model"), str)]
SymptomWord = Annotated[str, _leaf(lambda raw, reading: read_word(symptoms(reading.knowledge), raw, "symptom"), str)]
FindingWord = Annotated[str, _leaf(lambda raw, reading: read_word(findings(reading.knowledge), raw, "finding"), str)]
PlannedSurgery = Annotated[
    Surgery,
    _leaf(
        lambda raw, reading: read_surgery(raw, reading.zone),
        _matching(f"^({'|'.join(PLANNED_WORDS)})$|{DAY_PATTERN}|{MOMENT_PATTERN}", *PLANNED_WORDS, "2026-11-22"),
    ),
]
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]


def _observed(raw: Any, info: ValidationInfo) -> Any:
    """The value in the unit of its kind, which stands before it; left alone where the kind is unknown."""
    kind = info.data.get("kind")
    reading = _reading(info)
    found = None if kind is None else read_observed(reading.knowledge, kind, raw)
    if isinstance(found, Problem):
        raise PydanticCustomError(
            PROBLEM, "{message}", {"message": found.message, "value": found.value, "allowed": found.allowed}
        )
    return found


Value = Annotated[Observed, PlainValidator(_observed, json_schema_input_type=float | str)]
