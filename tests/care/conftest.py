"""Cases built by hand: one healthy adult of whom everything is known, to be changed by each test."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from baclo.case.case import Ask, Case, Question, Urgency
from baclo.case.kidney import KidneyPicture, kidney_picture
from baclo.case.patient import Creatinine, CystatinC, Dialysis, DialysisKind, Patient, Sex
from baclo.case.timeline import ClockDose, Regimen, Timeline
from baclo.knowledge.facts import Region
from baclo.knowledge.library import Knowledge, load

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ZONE = ZoneInfo("Europe/London")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


def creatinine(value: float, at: datetime = datetime(2026, 11, 20, 8, tzinfo=UTC)) -> Creatinine:
    return Creatinine(at=at, creatinine_mg_per_dl=value, entered=f"{value} mg/dL")


def cystatin(value: float, at: datetime = datetime(2026, 11, 20, 8, tzinfo=UTC)) -> CystatinC:
    return CystatinC(at=at, cystatin_c_mg_per_l=value, entered=f"{value} mg/L")


def regimen(*doses: tuple[str, float], product: str | None = None, since: datetime | None = None) -> Regimen:
    return Regimen(
        product=product,
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
    frail=False,
    tone_needed=False,
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
    """The builders of creatinine, cystatin C and regimens."""

    class Build:
        creatinine = staticmethod(creatinine)
        cystatin = staticmethod(cystatin)
        regimen = staticmethod(regimen)

    return Build


class Steps:
    """Plans of cases like START but for what is named, without their simulation: thousands of them are quick.

    The simulation only ever refuses, where there is none; it moves no step.
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
        yield Steps(knowledge, make)
