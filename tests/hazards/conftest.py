"""A person of whom everything is known, and the chain of kidney, check and plan, for tests of the hazard log."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from baclo.care.check import check
from baclo.care.doses import regimen_now
from baclo.care.taper import taper
from baclo.care.titrate import titrate
from baclo.case.case import Ask, Case, Question, Urgency
from baclo.case.kidney import kidney_picture
from baclo.case.patient import Alcohol, Condition, Creatinine, Dialysis, DialysisKind, Patient, Sex, Supply
from baclo.case.timeline import ClockDose, Dose, DoseStatus, Regimen, Route, Timeline
from baclo.knowledge.facts import Region
from baclo.knowledge.library import load

ZONE = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def creatinine(mg_per_dl, days_ago=5):
    return Creatinine(at=NOW - timedelta(days=days_ago), creatinine_mg_per_dl=mg_per_dl, entered=f"{mg_per_dl} mg/dL")


def patient(**changed):
    known = Patient(
        sex=Sex.MALE,
        age_y=45.0,
        weight_kg=75.0,
        height_cm=178.0,
        creatinine=(creatinine(0.9),),
        cystatin_c=(),
        measured_clearance=(),
        reported_egfr=(),
        low_muscle_mass=False,
        dialysis=Dialysis(kind=DialysisKind.NONE, sessions=()),
        pregnant=False,
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
        conditions=(Condition(name="multiple sclerosis", since=None),),
        medicines=(),
        allergies=(),
        indication="multiple sclerosis",
        origin="spinal",
        goals=(),
    )
    return replace(known, **changed)


def regimen(*amounts_mg):
    """These amounts at 08:00, 14:00 and 22:00 for a year; fewer of them at the later times."""
    clocks = (time(8), time(14), time(22))[-len(amounts_mg) :]
    doses = tuple(ClockDose(clock=clock, amount_ug=mg * 1000.0) for clock, mg in zip(clocks, amounts_mg, strict=True))
    return Regimen(product=None, modified_release=None, since=NOW - timedelta(days=365), until=None, doses=doses)


def dose(mg, hours_ago):
    return Dose(
        at=NOW - timedelta(hours=hours_ago),
        amount_ug=mg * 1000.0,
        over_h=0.0,
        route=Route.ORAL,
        product=None,
        status=DoseStatus.GIVEN,
        scheduled=None,
        vomited_at=None,
    )


def case(who=None, *, regimens=(), doses=(), region=Region.US, goal_mg=None, ask=Ask.TITRATE, urgent=False, now=NOW):
    return Case(
        title=None,
        now=now,
        zone=ZONE,
        region=region,
        patient=patient() if who is None else who,
        timeline=Timeline(doses=tuple(doses), regimens=tuple(regimens), observations=()),
        baclofen_since=NOW - timedelta(days=365) if regimens else None,
        products=None,
        model=None,
        overrides=(),
        question=Question(
            ask=ask,
            goal_ug_per_day=None if goal_mg is None else goal_mg * 1000.0,
            since=None,
            horizon_h=None,
            urgency=Urgency.URGENT if urgent else Urgency.PLANNED,
            seed=0,
        ),
    )


@pytest.fixture(scope="session")
def knowledge():
    return load()


@pytest.fixture(scope="session")
def chain(knowledge):
    """The makers above, and what the program makes of their cases, as attributes."""

    def picture(of):
        return kidney_picture(knowledge, of.patient, of.now)

    return SimpleNamespace(
        now=NOW,
        creatinine=creatinine,
        patient=patient,
        regimen=regimen,
        dose=dose,
        case=case,
        picture=picture,
        check=lambda of: check(knowledge, of, picture(of), regimen_now(of.timeline, of.now)),
        titrate=lambda of, known=knowledge: titrate(known, of, picture(of)),
        taper=lambda of, known=knowledge: taper(known, of, picture(of)),
    )
