"""A person of whom little is known, and ways to say more, for the tests of the case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from baclo.case.patient import (
    Condition,
    Creatinine,
    CystatinC,
    Dialysis,
    DialysisKind,
    Interval,
    MeasuredClearance,
    Patient,
    ReportedEgfr,
    Sex,
)
from baclo.knowledge.library import load

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)

NOBODY = Patient(
    sex=None,
    age_y=None,
    weight_kg=None,
    height_cm=None,
    creatinine=(),
    cystatin_c=(),
    measured_clearance=(),
    reported_egfr=(),
    low_muscle_mass=None,
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


class Person:
    """Builds patients and their measurements; days are before now."""

    now = NOW
    nobody = NOBODY

    @staticmethod
    def ago(days):
        return NOW - timedelta(days=days)

    def creatinine(self, *values):
        """(days ago, mg/dL) pairs."""
        return tuple(
            Creatinine(at=self.ago(days), creatinine_mg_per_dl=value, entered=f"{value} mg/dL")
            for days, value in values
        )

    def cystatin_c(self, *values):
        return tuple(
            CystatinC(at=self.ago(days), cystatin_c_mg_per_l=value, entered=f"{value} mg/L") for days, value in values
        )

    def measured(self, *values):
        return tuple(
            MeasuredClearance(at=self.ago(days), creatinine_clearance_ml_per_min=value, entered=f"{value} mL/min")
            for days, value in values
        )

    def reported(self, days, value, equation):
        return (
            ReportedEgfr(
                at=self.ago(days),
                egfr_ml_per_min_per_1_73m2=value,
                equation=equation,
                entered=f"{value} mL/min/1.73m2",
            ),
        )

    def conditions(self, *names):
        return tuple(Condition(name=name, since=None) for name in names)

    def dialysis(self, kind, *sessions):
        """Sessions as (days ago it began, days ago it ended or None)."""
        return Dialysis(
            kind=DialysisKind(kind),
            sessions=tuple(
                Interval(since=self.ago(since), until=None if until is None else self.ago(until))
                for since, until in sessions
            ),
        )

    def man(self, **known):
        """A man of 54 years, 80 kg and 178 cm whose muscle is not low."""
        base = replace(NOBODY, sex=Sex.MALE, age_y=54.0, weight_kg=80.0, height_cm=178.0, low_muscle_mass=False)
        return replace(base, **known)


@pytest.fixture(scope="session")
def knowledge():
    return load()


@pytest.fixture(scope="session")
def person():
    return Person()
