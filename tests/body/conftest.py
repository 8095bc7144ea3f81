"""A toy drug with closed forms, and an adult of whom everything is known."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from baclo.body.graph import Rates
from baclo.case.case import Ask, Case, Question, Urgency
from baclo.case.patient import MeasuredClearance, Patient, Sex
from baclo.case.timeline import ClockDose, Dose, DoseStatus, Regimen, Route, Timeline
from baclo.knowledge.facts import Region
from baclo.knowledge.library import load

ZONE = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 22, 8, tzinfo=ZONE)


@pytest.fixture(scope="session")
def knowledge():
    return load()


@pytest.fixture(scope="session")
def now():
    return NOW


@pytest.fixture(scope="session")
def toy():
    """One compartment with absorption: states are depot, central, out, exposure; one row for each clearance."""

    def build(ka=1.5, cl=1.1, v=20.0, since_h=0.0):
        clearances = np.atleast_1d(np.asarray(cl, dtype=float))
        generator = np.zeros((len(clearances), 4, 4))
        generator[:, 0, 0], generator[:, 1, 0] = -ka, ka
        generator[:, 1, 1], generator[:, 2, 1] = -clearances / v, clearances / v
        generator[:, 3, 1] = 1 / v
        return Rates(
            since_h=since_h,
            generator_per_h=generator,
            plasma=1,
            volume_l=np.full(len(clearances), v),
            saturable=None,
        )

    return build


@pytest.fixture(scope="session")
def bateman():
    """Amount in the central compartment after one swallowed dose; the limit where ka is ke."""

    def amount(time_h, dose, ka=1.5, ke=0.055):
        time_h = np.maximum(time_h, 0)
        if ka == ke:
            return dose * ka * time_h * np.exp(-ke * time_h)
        return dose * ka / (ka - ke) * (np.exp(-ke * time_h) - np.exp(-ka * time_h))

    return amount


@pytest.fixture(scope="session")
def adult():
    """A patient; creatinine clearance measured 105 mL/min a month ago unless said otherwise."""

    def build(clearance=105.0, **changes):
        at = NOW - timedelta(days=30)
        measured = (
            ()
            if clearance is None
            else (MeasuredClearance(at=at, creatinine_clearance_ml_per_min=clearance, entered=f"{clearance} mL/min"),)
        )
        known = Patient(
            sex=Sex.MALE,
            age_y=45.0,
            weight_kg=70.0,
            height_cm=175.0,
            creatinine=(),
            cystatin_c=(),
            measured_clearance=measured,
            reported_egfr=(),
            low_muscle_mass=False,
            dialysis=None,
            pregnant=None,
            pregnancy_planned=None,
            due=None,
            breastfeeding=None,
            infant_born=None,
            alcohol=None,
            drives=None,
            frail=None,
            tone_needed=None,
            spasticity_stable=None,
            symptoms=None,
            surgery_planned=None,
            surgery_at=None,
            supply=None,
            early_refill=None,
            raised_without_advice=None,
            flare_only_use=None,
            has_pump=None,
            conditions=None,
            medicines=None,
            allergies=None,
            indication=None,
            origin=None,
            goals=(),
        )
        return replace(known, **changes)

    return build


@pytest.fixture(scope="session")
def dose():
    def build(mg, at=NOW, **changes):
        given = Dose(
            at=at,
            amount_ug=mg * 1000.0,
            over_h=0.0,
            route=Route.ORAL,
            product=None,
            status=DoseStatus.GIVEN,
            scheduled=None,
            vomited_at=None,
        )
        return replace(given, **changes)

    return build


@pytest.fixture(scope="session")
def regimen():
    def build(mg, since=NOW, clocks=("08:00", "14:00", "20:00"), until=None, product=None):
        taken = tuple(ClockDose(clock=time.fromisoformat(clock), amount_ug=mg * 1000.0) for clock in clocks)
        return Regimen(product=product, modified_release=None, since=since, until=until, doses=taken)

    return build


@pytest.fixture(scope="session")
def case_of(adult):
    def build(*given, patient=None, model=None, zone=ZONE, now=NOW, seed=1):
        doses = tuple(sorted((g for g in given if isinstance(g, Dose)), key=lambda d: d.at))
        regimens = tuple(g for g in given if isinstance(g, Regimen))
        return Case(
            title=None,
            now=now,
            zone=zone,
            region=Region.UK,
            patient=patient or adult(),
            timeline=Timeline(doses=doses, regimens=regimens, observations=()),
            baclofen_since=None,
            products=None,
            model=model,
            overrides=(),
            question=Question(
                ask=Ask.SIMULATE, goal_ug_per_day=None, since=None, horizon_h=None, urgency=Urgency.PLANNED, seed=seed
            ),
        )

    return build


@pytest.fixture(scope="session")
def said():
    """The words of sentences, their numbers left out."""

    def words(texts):
        return " | ".join("".join(piece if isinstance(piece, str) else "#" for piece in t.pieces) for t in texts)

    return words
