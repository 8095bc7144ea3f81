"""Cases built by hand: one healthy adult of whom everything is known, to be changed by each test."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from baclo.care.ways import ways
from baclo.case.calendar import scheduled
from baclo.case.case import Ask, Case, Question, Urgency
from baclo.case.kidney import KidneyPicture, kidney_picture
from baclo.case.patient import (
    Alcohol,
    Condition,
    Creatinine,
    CystatinC,
    Dialysis,
    DialysisKind,
    Medicine,
    Patient,
    ReportedEgfr,
    Sex,
    Supply,
    Symptom,
)
from baclo.case.timeline import ClockDose, Dose, DoseStatus, Regimen, Route, Timeline
from baclo.knowledge.facts import Region
from baclo.knowledge.library import Knowledge, load

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ZONE = ZoneInfo("Europe/London")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


def creatinine(value: float, at: datetime = datetime(2026, 11, 20, 8, tzinfo=UTC)) -> Creatinine:
    return Creatinine(at=at, creatinine_mg_per_dl=value, entered=f"{value} mg/dL")


def reported(value: float) -> ReportedEgfr:
    at = datetime(2026, 11, 19, 8, tzinfo=UTC)
    return ReportedEgfr(at=at, egfr_ml_per_min_per_1_73m2=value, equation="not stated", entered=f"{value}")


def cystatin(value: float, at: datetime = datetime(2026, 11, 20, 8, tzinfo=UTC)) -> CystatinC:
    return CystatinC(at=at, cystatin_c_mg_per_l=value, entered=f"{value} mg/L")


def regimen(*doses: tuple[str, float], product: str | None = None, since: datetime | None = None) -> Regimen:
    return Regimen(
        product=product,
        modified_release=False,
        since=since or datetime(2026, 1, 1, tzinfo=UTC),
        until=None,
        doses=tuple(ClockDose(clock=time.fromisoformat(clock), amount_ug=mg * 1000) for clock, mg in doses),
    )


HEALTHY = Patient(
    sex=Sex.MALE,
    age_y=40.0,
    weight_kg=80.0,
    height_cm=180.0,
    creatinine=(creatinine(0.8),),
    cystatin_c=(),
    measured_clearance=(),
    reported_egfr=(),
    low_muscle_mass=False,
    dialysis=Dialysis(kind=DialysisKind.NONE, sessions=()),
    pregnant=None,
    pregnancy_planned=False,
    due=None,
    breastfeeding=False,
    infant_born=None,
    alcohol=Alcohol.NONE,
    drives=False,
    frail=False,
    tone_needed=False,
    spasticity_stable=True,
    symptoms=(),
    surgery_planned=False,
    surgery_at=None,
    supply=Supply.PRESCRIBED,
    early_refill=False,
    raised_without_advice=False,
    flare_only_use=False,
    has_pump=False,
    conditions=(),
    medicines=(),
    allergies=(),
    indication="multiple sclerosis",
    origin="spinal",
    goals=(),
)

START = Case(
    title=None,
    now=NOW,
    zone=ZONE,
    region=Region.US,
    patient=HEALTHY,
    timeline=Timeline(doses=(), regimens=(), observations=()),
    baclofen_since=None,
    products=None,
    model=None,
    overrides=(),
    question=Question(
        ask=Ask.TITRATE,
        goal_ug_per_day=60_000.0,
        since=None,
        horizon_h=None,
        urgency=Urgency.PLANNED,
        seed=0,
    ),
)


@pytest.fixture(scope="session")
def make() -> Callable[..., Case]:
    """A case like START, but for what is named: of the case, of the patient, of the question, or `regimens`."""

    def made(**changes: Any) -> Case:
        case = START
        for name, value in changes.items():
            if name == "regimens":
                case = replace(case, timeline=replace(case.timeline, regimens=tuple(value)))
            elif name == "doses":
                case = replace(case, timeline=replace(case.timeline, doses=tuple(value)))
            elif hasattr(case.patient, name):
                case = replace(case, patient=replace(case.patient, **{name: value}))
            elif hasattr(case.question, name):
                case = replace(case, question=replace(case.question, **{name: value}))
            else:
                case = replace(case, **{name: value})
        return case

    return made


@pytest.fixture(scope="session")
def picture_of(knowledge: Knowledge) -> Callable[[Case], KidneyPicture]:
    return lambda case: kidney_picture(knowledge, case.patient, case.now)


@pytest.fixture(scope="session")
def build() -> Any:
    """The builders of creatinine, cystatin C, doses and regimens."""

    class Build:
        creatinine = staticmethod(creatinine)
        reported = staticmethod(reported)
        dose = staticmethod(dose)
        cystatin = staticmethod(cystatin)
        regimen = staticmethod(regimen)

    return Build


class Told:
    """Cases by the words of tests/care/cases: START but for what is named."""

    def __init__(self, make: Callable[..., Case]) -> None:
        self.make = make

    def __repr__(self) -> str:
        return "Told"

    def __call__(self, region: str = "US", **words: Any) -> Case:
        changes: dict[str, Any] = {"region": Region(region)}
        changes |= {name: EMPTY.get(name) for name in words.pop("unasked", ())}
        taking = {name: words.pop(name) for name in TAKEN if name in words}
        for name, value in words.items():
            said = SAYINGS.get(name, lambda given, name=name: {name: given})
            changes |= said(value)
        if taking:
            changes |= taken(**taking)
        return self.make(**changes)


EMPTY: dict[str, Any] = {"creatinine": ()}
TAKEN = (
    *("tdd", "count", "product", "modified_release", "ends_in_days", "ended_days_ago", "since_days"),
    *("missed_doses", "lost", "share"),
)


def taken(
    tdd: float = 30.0,
    count: int = 3,
    product: str | None = None,
    modified_release: bool | None = None,
    ends_in_days: float | None = None,
    ended_days_ago: float | None = None,
    since_days: float = 300,
    missed_doses: int = 0,
    lost: str = "missed",
    share: float = 1.0,
) -> dict[str, Any]:
    """A regimen of equal doses at 07:00, 13:00 and 21:00 in London, and and what became of the last before now."""
    clocks = ("07:00", "13:00", "21:00")[:count]
    ahead = -ended_days_ago if ended_days_ago is not None else ends_in_days
    until = None if ahead is None else NOW + timedelta(days=ahead)
    since = NOW - timedelta(days=since_days)
    one = regimen(*((clock, tdd / count) for clock in clocks), product=product, since=since)
    due = [at for at, _ in scheduled(one, ZONE, since, NOW)]
    missed = [dose(share * tdd / count, at=at, status=lost, scheduled=at) for at in due[len(due) - missed_doses :]]
    changes = {"regimens": (replace(one, until=until, modified_release=modified_release),)}
    return changes | ({"doses": tuple(missed)} if missed else {})


def dose(
    mg: float,
    *,
    hours_ago: float = 1.0,
    status: str = "given",
    at: datetime | None = None,
    scheduled: datetime | None = None,
) -> Dose:
    """One dose record."""
    when = at or NOW - timedelta(hours=hours_ago)
    return Dose(
        at=when,
        amount_ug=mg * 1000,
        over_h=0.0,
        route=Route.ORAL,
        product=None,
        status=DoseStatus(status),
        scheduled=scheduled,
        vomited_at=when if status == "vomited" else None,
    )


def _rising(values: list[float]) -> dict[str, Any]:
    hours = (40, 2)
    return {
        "creatinine": tuple(creatinine(v, NOW - timedelta(hours=ago)) for v, ago in zip(values, hours, strict=True))
    }


SAYINGS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "mg_dl": lambda value: {"creatinine": (creatinine(value),)},
    "days_ago": lambda days: {"creatinine": (creatinine(0.8, NOW - timedelta(days=days)),)},
    "rising": _rising,
    "reported_egfr_and_creatinine": lambda pair: {
        "reported_egfr": (reported(pair[0]),),
        "creatinine": (creatinine(pair[1]),),
    },
    "dose_mg_every_two_hours": lambda mg: {"doses": tuple(dose(mg, hours_ago=hours) for hours in (2, 4, 6, 8))},
    "sex": lambda word: {"sex": Sex(word), "pregnancy_planned": None, "breastfeeding": None},
    "alcohol": lambda word: {"alcohol": Alcohol(word)},
    "supply": lambda word: {"supply": Supply(word)},
    "dialysis": lambda word: {"dialysis": Dialysis(kind=DialysisKind(word), sessions=())},
    "conditions": lambda names: {"conditions": tuple(Condition(name=name, since=None) for name in names)},
    "symptoms": lambda names: {"symptoms": tuple(Symptom(name=name, since=None) for name in names)},
    "symptoms_since": lambda days: {
        "symptoms": tuple(Symptom(name=name, since=NOW - timedelta(days=ago)) for name, ago in days.items())
    },
    "medicines": lambda names: {"medicines": tuple(Medicine(name=name, dose=None, since=None) for name in names)},
    "allergies": lambda names: {"allergies": tuple(names)},
    "goals": lambda names: {"goals": tuple(names)},
    "products": lambda names: {"products": tuple(names)},
    "doses": lambda rows: {"doses": tuple(dose(**row) for row in rows)},
    "due_in_days": lambda days: {"due": NOW + timedelta(days=days)},
    "infant_days": lambda days: {"infant_born": NOW - timedelta(days=days)},
    "baclofen_days": lambda days: {"baclofen_since": NOW - timedelta(days=days)},
    "surgery_in_days": lambda days: {"surgery_planned": True, "surgery_at": NOW + timedelta(days=days)},
}


@pytest.fixture(scope="session")
def told(make: Callable[..., Case]) -> Told:
    return Told(make)


class Steps:
    """Plans of cases like START but for what is named, without their simulation: thousands of them are quick.

    The simulation only ever refuses, where there is none; it moves no step. Of the ways up only the first is taken:
    the others move no step of it either.
    """

    def __init__(self, knowledge: Knowledge, make: Callable[..., Case]) -> None:
        self.knowledge, self.make = knowledge, make

    def __repr__(self) -> str:
        return "Steps"

    def of(self, planner: Callable[..., Any], **changes: Any) -> Any:
        case = self.make(**changes)
        return planner(self.knowledge, case, kidney_picture(self.knowledge, case.patient, case.now))

    def totals(self, planner: Callable[..., Any], **changes: Any) -> list[float]:
        return [step.total_ug_per_day / 1000 for step in self.of(planner, **changes).steps]


@pytest.fixture(scope="module")
def steps(knowledge: Knowledge, make: Callable[..., Case]) -> Iterator[Steps]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("baclo.care.plan.predict", lambda *_, **__: object())
        patch.setattr("baclo.care.titrate.ways", lambda *given: ways(*given)[:1])
        yield Steps(knowledge, make)
