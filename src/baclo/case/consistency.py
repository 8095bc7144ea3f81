"""What contradicts itself in a case file whose parts can each be read: overlaps, repeats, the impossible."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from baclo.case.amounts import amount_problems
from baclo.case.calendar import moment
from baclo.case.chronology import chronology_problems
from baclo.case.examined import examined_problems
from baclo.case.expected import expected_problems
from baclo.case.family import family_problems
from baclo.case.form import DoseForm, RegimenForm
from baclo.case.glimpses import Recorded
from baclo.case.last_taken import last_taken_problems
from baclo.case.moment import write_moment
from baclo.case.person import person_problems
from baclo.case.repeats import repeat_problems, stretch_problems
from baclo.case.sections import Sections
from baclo.case.stature import stature_problems
from baclo.case.timeline import DoseStatus, Route
from baclo.errors import Problem


def contradictions(sections: Sections) -> Iterator[Problem]:
    """Every contradiction within and between the parts that could be read."""
    yield from chronology_problems(sections)
    yield from last_taken_problems(sections)
    yield from amount_problems(sections.reading.knowledge, sections.regimens, sections.question)
    if sections.patient is not None:
        yield from stature_problems(sections.reading.knowledge, sections.patient)
        yield from family_problems(sections, sections.patient)
        yield from person_problems(sections, sections.patient)
    yield from expected_problems(sections)
    yield from stretch_problems("regimen", sections.spans, sections.reading.zone)
    for place, clocks in sections.clocks.items():
        yield from repeat_problems(f"regimen[{place}].doses", clocks, "at the same clock time")
    for place, dose in sections.recorded.items():
        yield from _dose_problems(sections, f"dose[{place}]", dose)
    whole = {place: dose for place, dose in sections.doses.items() if sections.sound(f"dose[{place}]")}
    yield from repeat_problems("dose", whole, "the same record")
    yield from repeat_problems("observation", sections.seen, "of the same kind and moment")
    yield from _said_twice(sections)
    placed = {at: row for at, row in sections.observations.items() if sections.sound(f"observation[{at}].site")}
    yield from examined_problems(sections.reading.knowledge, placed)
    yield from repeat_problems("override", sections.answered, "of the same finding")
    if sections.whole_regimens:
        yield from _schedule_problems(sections)


def _said_twice(sections: Sections) -> Iterator[Problem]:
    """Clock times wished twice, one goal written twice, and one product counted twice."""
    if sections.question is not None:
        yield from repeat_problems("question.clocks", dict(enumerate(sections.question.clocks)), "the same clock time")
        yield from repeat_problems(
            "question.therapy", dict(enumerate(sections.question.therapy)), "the same clock time"
        )
    if sections.patient is not None:
        named = {place: " ".join(goal.name.casefold().split()) for place, goal in enumerate(sections.patient.goals)}
        yield from repeat_problems("patient.goals", named, "the same goal")
    yield from repeat_problems("stock", sections.counted, "of the same product")


def _dose_problems(sections: Sections, path: str, dose: Recorded) -> Iterator[Problem]:
    """A record whose status, time of vomiting, route and length do not go together."""
    vomited = dose.status is DoseStatus.VOMITED
    if vomited and dose.vomited_at is None and sections.sound(f"{path}.vomited_at"):
        yield Problem(
            path=f"{path}.vomited_at", message="is missing from a vomited dose", allowed="when it was vomited"
        )
    if dose.vomited_at is not None and dose.status is not None and not vomited:
        yield Problem(
            path=f"{path}.vomited_at",
            message=f"is set, but status is {dose.status.value}",
            value=write_moment(dose.vomited_at),
            allowed='status = "vomited"',
        )
    if dose.vomited_at is not None and dose.at is not None and not dose.at <= dose.vomited_at:
        yield Problem(
            path=f"{path}.vomited_at",
            message="is before the dose",
            value=write_moment(dose.vomited_at),
            allowed=f"{write_moment(dose.at)} or later",
        )
    swallowed = dose.route is Route.ORAL and sections.sound(f"{path}.route")
    if dose.over is not None and dose.over.value > 0 and swallowed:
        yield Problem(
            path=f"{path}.over",
            message="is set, but the dose is swallowed",
            value=f'"{dose.over.entered}"',
            allowed='route = "intravenous"',
        )


def _schedule_problems(sections: Sections) -> Iterator[Problem]:
    """Every record that stands for no dose of a regimen, or may stand for one without saying so."""
    left: Counter[datetime] = Counter()
    for place, dose in sections.doses.items():
        path, at = f"dose[{place}].scheduled", dose.scheduled
        due = sum(_doses_at(regimen, sections, at or dose.at) for regimen in sections.regimens.values())
        if at is None:
            yield from _unsaid(path, dose, due) if sections.sound(path) else ()
            continue
        left[at] += 1
        if not left[at] <= due:
            yield Problem(
                path=path,
                message="no regimen has a dose then" if due == 0 else "another record stands for that dose",
                value=write_moment(at),
                allowed="the moment of a regimen's dose by the local clock, once",
            )


def _unsaid(path: str, dose: DoseForm, due: int) -> Iterator[Problem]:
    """A record that does not say which dose it stands for where it must: missed, or at a planned dose's moment."""
    if dose.status is DoseStatus.MISSED:
        yield Problem(path=path, message="is missing from a missed dose", allowed="the moment of the dose missed")
    elif due > 0:
        yield Problem(
            path=path,
            message="is missing, and a regimen has a dose at this very moment",
            value=write_moment(dose.at),
            allowed="this moment, if it is that dose; if it is one more, put it a minute later",
        )


def _doses_at(regimen: RegimenForm, sections: Sections, at: datetime) -> int:
    """How many doses of the regimen fall on that moment."""
    if not regimen.since <= at or (regimen.until is not None and not at < regimen.until):
        return 0
    day = at.astimezone(sections.reading.zone).date()
    return sum(moment(day, row.clock, sections.reading.zone) == at for row in regimen.doses)
