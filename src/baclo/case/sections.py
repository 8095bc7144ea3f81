"""Reads a case file part by part, so that a problem in one part hides none in another."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, time
from functools import reduce
from operator import getitem
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, ValidationError

from baclo.case import leaf
from baclo.case.entered import as_entered
from baclo.case.form import (
    AheadForm,
    CaseForm,
    DoseForm,
    HeaderForm,
    ObservationForm,
    OverrideForm,
    QuestionForm,
    RegimenForm,
    StockForm,
)
from baclo.case.form_base import Form
from baclo.case.leaf import Reading
from baclo.case.moment import read_moment
from baclo.case.patient_form import PatientForm
from baclo.case.problems import Place, problems_of, unknown_key
from baclo.case.zone import read_zone
from baclo.errors import Problem
from baclo.knowledge.library import Knowledge

F = TypeVar("F", bound=Form)
_STAND_IN = ZoneInfo("UTC")
"""Tells days for the time being where the zone is no zone: the case is refused anyway."""


class _Span(Form):
    """The dates of a regimen, whatever else is wrong with it."""

    model_config = ConfigDict(extra="ignore")
    since: leaf.Day
    until: leaf.Day | None = None


class _Clock(Form):
    """The clock time of a regimen's dose, whatever else is wrong with it."""

    model_config = ConfigDict(extra="ignore")
    clock: leaf.Clock


class _Seen(Form):
    """When an observation was made and of what, whatever else is wrong with it."""

    model_config = ConfigDict(extra="ignore")
    at: leaf.Past
    kind: leaf.ObservationWord
    site: leaf.SiteWord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """The parts that could be read, lists by each part's place in the file; `problems` are those of the others.

    `spans`, `clocks` and `seen` are the dates, clock times and kinds that could be read, also of parts that could not.
    `whole_regimens` is whether every regimen could be read and the zone of their clock is known.
    """

    header: HeaderForm | None
    question: QuestionForm | None
    patient: PatientForm | None
    regimens: Mapping[int, RegimenForm]
    doses: Mapping[int, DoseForm]
    observations: Mapping[int, ObservationForm]
    spans: Mapping[int, _Span]
    clocks: Mapping[int, Mapping[int, time]]
    seen: Mapping[int, tuple[datetime, str, str | None]]
    ahead: Mapping[int, AheadForm]
    stock: Mapping[int, StockForm] | None
    overrides: Mapping[int, OverrideForm]
    whole_regimens: bool
    reading: Reading
    problems: tuple[Problem, ...]


def read_sections(knowledge: Knowledge, tables: Mapping[str, Any]) -> Sections:
    """Every part of the file that can be read alone, and every problem of the others."""
    problems: list[Problem] = []
    now, zone = read_moment(tables.get("now")), read_zone(tables.get("zone"))
    known = isinstance(zone, ZoneInfo)
    reading = Reading(
        knowledge=knowledge,
        now=now if isinstance(now, datetime) else None,
        zone=zone if isinstance(zone, ZoneInfo) else _STAND_IN,
    )
    top = {key: value for key, value in tables.items() if key in HeaderForm.model_fields}
    problems += [unknown_key((key,), CaseForm.model_fields) for key in tables if key not in CaseForm.model_fields]
    header = _one(HeaderForm, top, (), reading, problems)
    if tables.get("question") is None:
        problems.append(Problem(path="question", message="is missing", allowed=", ".join(QuestionForm.model_fields)))
    regimens = _many(RegimenForm, tables, "regimen", reading, problems)
    return Sections(
        header=header,
        question=_optional(QuestionForm, tables, "question", reading, problems),
        patient=_optional(PatientForm, tables, "patient", reading, problems),
        regimens=regimens,
        doses=_many(DoseForm, tables, "dose", reading, problems),
        observations=_many(ObservationForm, tables, "observation", reading, problems),
        spans=_readable(_Span, tables.get("regimen"), reading),
        clocks={
            place: {row: dose.clock for row, dose in _readable(_Clock, regimen.get("doses"), reading).items()}
            for place, regimen in enumerate(_rows(tables.get("regimen")))
            if isinstance(regimen, Mapping)
        },
        seen={
            place: (row.at, row.kind, row.site)
            for place, row in _readable(_Seen, tables.get("observation"), reading).items()
        },
        ahead=_many(AheadForm, tables, "ahead", reading, problems),
        stock=None if tables.get("stock") is None else _many(StockForm, tables, "stock", reading, problems),
        overrides=_many(OverrideForm, tables, "override", reading, problems),
        whole_regimens=known and not any(problem.path.startswith("regimen") for problem in problems),
        reading=reading,
        problems=tuple(problems),
    )


def _one(form: type[F], raw: Any, place: Place, reading: Reading, problems: list[Problem]) -> F | None:
    """The part at `place`, or None and its problems in `problems`; one with keys unknown to it is read without them."""
    try:
        return form.model_validate(raw, context=reading)
    except ValidationError as error:
        problems += problems_of(error, form, place)
        unknown = [row["loc"] for row in error.errors() if row["type"] == "extra_forbidden"]
        if len(unknown) < error.error_count():
            return None
        return _one(form, _without(raw, unknown), place, reading, problems)


def _without(raw: Any, places: Iterable[Place]) -> Any:
    """The same table without what stands at these places."""
    kept = deepcopy(raw)
    for *path, key in places:
        table = reduce(getitem, path, kept)
        del table[key]
    return kept


def _optional(
    form: type[F], tables: Mapping[str, Any], key: str, reading: Reading, problems: list[Problem]
) -> F | None:
    raw = tables.get(key)
    return None if raw is None else _one(form, raw, (key,), reading, problems)


def _many(
    form: type[F], tables: Mapping[str, Any], key: str, reading: Reading, problems: list[Problem]
) -> dict[int, F]:
    """The parts of one list that can be read, by place."""
    raw = tables.get(key, [])
    if not isinstance(raw, list):
        allowed = f"a list of tables, each under [[{key}]]"
        problems.append(Problem(path=key, message="is no list", value=as_entered(raw), allowed=allowed))
        return {}
    read = {place: _one(form, row, (key, place), reading, problems) for place, row in enumerate(raw)}
    return _found(read)


def _readable(form: type[F], raw: Any, reading: Reading) -> dict[int, F]:
    """What `form` can read of the rows of a list, by place; what it cannot is told by the form of the whole row."""
    read = {place: _one(form, row, (), reading, []) for place, row in enumerate(_rows(raw))}
    return _found(read)


def _found(read: Mapping[int, F | None]) -> dict[int, F]:
    return {place: part for place, part in read.items() if part is not None}


def _rows(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []
