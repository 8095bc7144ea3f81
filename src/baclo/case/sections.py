"""Reads a case file part by part, so that a problem in one part hides none in another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from baclo.case.case import Ask
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
from baclo.case.glimpses import Answered, Begun, Clock, Counted, Expected, Recorded, Seen, Span
from baclo.case.leaf import Reading
from baclo.case.moment import read_moment
from baclo.case.partial import to_leave_out, without
from baclo.case.patient_form import PatientForm
from baclo.case.problems import Place, problems_of, unknown_key
from baclo.case.zone import read_zone
from baclo.errors import Problem
from baclo.knowledge.library import Knowledge

F = TypeVar("F", bound=Form)
_STAND_IN = ZoneInfo("UTC")
"""Tells days for the time being where the zone is no zone: the case is refused anyway."""


_STAND_IN_ASK = Ask.CHECK.value
"""Lets the rest of a question be read where what it asks cannot: the case is refused anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """The parts that could be read, lists by each part's place in the file; `problems` are those of all the rest.

    A part stands here without its optional keys that could not be read; `sound` says whether a key was among them,
    and `unread` is every path at or within which something could not be read.
    From `begun` to `answered` stands what could be read of some keys, also of the parts that could not be read.
    `whole_regimens` is whether every regimen could be read and the zone of their clock is known.
    """

    header: HeaderForm | None
    question: QuestionForm | None
    patient: PatientForm | None
    regimens: Mapping[int, RegimenForm]
    doses: Mapping[int, DoseForm]
    observations: Mapping[int, ObservationForm]
    ahead: Mapping[int, AheadForm]
    stock: Mapping[int, StockForm] | None
    overrides: Mapping[int, OverrideForm]
    begun: datetime | None
    spans: Mapping[int, Span]
    clocks: Mapping[int, Mapping[int, time]]
    recorded: Mapping[int, Recorded]
    seen: Mapping[int, tuple[datetime, str, str | None]]
    expected: Mapping[int, Expected]
    counted: Mapping[int, str]
    answered: Mapping[int, str]
    whole_regimens: bool
    reading: Reading
    problems: tuple[Problem, ...]
    unread: frozenset[str]

    def sound(self, path: str) -> bool:
        """Whether what stands at that path, if anything does, could be read."""
        return path not in self.unread


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
        question=_question(tables, reading, problems),
        patient=_optional(PatientForm, tables, "patient", reading, problems),
        regimens=regimens,
        doses=_many(DoseForm, tables, "dose", reading, problems),
        observations=_many(ObservationForm, tables, "observation", reading, problems),
        ahead=_many(AheadForm, tables, "ahead", reading, problems),
        stock=None if tables.get("stock") is None else _many(StockForm, tables, "stock", reading, problems),
        overrides=_many(OverrideForm, tables, "override", reading, problems),
        begun=_begun(tables, reading),
        spans=_readable(Span, tables.get("regimen"), reading),
        clocks={
            place: {row: dose.clock for row, dose in _readable(Clock, regimen.get("doses"), reading).items()}
            for place, regimen in enumerate(_rows(tables.get("regimen")))
            if isinstance(regimen, Mapping)
        },
        recorded=_partly(Recorded, tables.get("dose"), reading),
        seen={
            place: (row.at, row.kind, row.site)
            for place, row in _readable(Seen, tables.get("observation"), reading).items()
        },
        expected=_partly(Expected, tables.get("ahead"), reading),
        counted={place: row.product for place, row in _readable(Counted, tables.get("stock"), reading).items()},
        answered={place: row.finding for place, row in _readable(Answered, tables.get("override"), reading).items()},
        whole_regimens=known and not any(problem.path.startswith("regimen") for problem in problems),
        reading=reading,
        problems=tuple(problems),
        unread=frozenset(path for problem in problems for path in _around(problem.path)),
    )


def _around(path: str) -> Iterator[str]:
    """The path and that of everything it lies within."""
    yield path
    yield from (path[:end] for end, mark in enumerate(path) if mark in ".[")


def _one(form: type[F], raw: Any, place: Place, reading: Reading, problems: list[Problem]) -> F | None:
    """The part at `place` without what can be spared of it and not be read, or None; its problems in `problems`."""
    try:
        return form.model_validate(raw, context=reading)
    except ValidationError as error:
        problems += problems_of(error, form, place)
        spared = to_leave_out(error, form)
        return None if spared is None else _one(form, without(raw, spared), place, reading, problems)


def _optional(
    form: type[F], tables: Mapping[str, Any], key: str, reading: Reading, problems: list[Problem]
) -> F | None:
    raw = tables.get(key)
    return None if raw is None else _one(form, raw, (key,), reading, problems)


def _question(tables: Mapping[str, Any], reading: Reading, problems: list[Problem]) -> QuestionForm | None:
    """The question; where only what it asks cannot be read, the rest of it."""
    read, raw = _optional(QuestionForm, tables, "question", reading, problems), tables.get("question")
    if read is not None or not isinstance(raw, Mapping):
        return read
    return _one(QuestionForm, {**raw, "ask": _STAND_IN_ASK}, (), reading, [])


def _begun(tables: Mapping[str, Any], reading: Reading) -> datetime | None:
    top = _one(Begun, tables, (), reading, [])
    return None if top is None else top.baclofen_since


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
    """The rows of a list, by place, of which `form` can read all that it looks at; the whole row tells why not."""
    return _found({place: _all_of(form, row, reading) for place, row in enumerate(_rows(raw))})


def _partly(form: type[F], raw: Any, reading: Reading) -> dict[int, F]:
    """The rows of a list, by place, each with what `form` can read of it."""
    return _found({place: _one(form, row, (), reading, []) for place, row in enumerate(_rows(raw))})


def _all_of(form: type[F], raw: Any, reading: Reading) -> F | None:
    try:
        return form.model_validate(raw, context=reading)
    except ValidationError:
        return None


def _found(read: Mapping[int, F | None]) -> dict[int, F]:
    return {place: part for place, part in read.items() if part is not None}


def _rows(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []
