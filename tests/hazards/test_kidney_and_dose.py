"""A kidney value that is old, indexed, rising, missing or hidden by thin muscles never permits a dose."""

from dataclasses import replace
from datetime import timedelta

import pytest

from baclo.case.patient import Condition, Dialysis, DialysisKind, Interval, ReportedEgfr, Symptom


def reported(chain, value):
    at = chain.now - timedelta(days=5)
    return ReportedEgfr(at=at, egfr_ml_per_min_per_1_73m2=value, equation="not stated", entered=str(value))


def test_an_egfr_never_passes_for_a_creatinine_clearance(chain):
    who = chain.patient(creatinine=(), reported_egfr=(reported(chain, 95.0),))
    picture = chain.picture(chain.case(who))
    assert picture.clearance_ml_per_min is None
    assert picture.egfr_ml_per_min_per_1_73m2 == 95.0
    assert chain.titrate(chain.case(who)).refused


def test_a_missing_creatinine_is_asked_for_and_never_normal(chain):
    plan = chain.titrate(chain.case(chain.patient(creatinine=())))
    assert plan.refused
    assert any("creatinine" in need for refusal in plan.refusals for need in refusal.needs)


def test_a_creatinine_that_is_old_refuses_a_rise(chain):
    who = chain.patient(creatinine=(chain.creatinine(0.9, days_ago=400),))
    assert chain.picture(chain.case(who)).stale is True
    assert chain.titrate(chain.case(who)).refused


def test_a_creatinine_that_has_doubled_in_two_days_refuses_a_rise(chain):
    who = chain.patient(creatinine=(chain.creatinine(0.8, days_ago=3), chain.creatinine(1.7, days_ago=1)))
    assert chain.titrate(chain.case(who)).refused


@pytest.mark.parametrize(
    "changed",
    [{"low_muscle_mass": True}, {"conditions": (Condition(name="tetraplegia", since=None),)}],
)
def test_low_muscle_mass_withholds_a_normal_kidney_and_asks_for_cystatin_c(chain, changed):
    who = chain.patient(creatinine=(chain.creatinine(0.5),), **changed)
    picture = chain.picture(chain.case(who))
    assert picture.normal_withheld
    assert any("cystatin" in need for need in picture.needs)


@pytest.mark.parametrize("kind", [DialysisKind.HAEMODIALYSIS, DialysisKind.PERITONEAL, DialysisKind.CVVH])
def test_dialysis_of_any_kind_refuses_a_start(chain, kind):
    session = Interval(since=chain.now - timedelta(hours=30), until=chain.now - timedelta(hours=26))
    sessions = () if kind is DialysisKind.PERITONEAL else (session,)
    who = chain.patient(creatinine=(chain.creatinine(6.0),), dialysis=Dialysis(kind=kind, sessions=sessions))
    assert chain.titrate(chain.case(who)).refused


def test_severe_kidney_disease_refuses_a_rise_and_never_a_reduction_below_the_toxic_dose(chain):
    who = chain.patient(creatinine=(chain.creatinine(4.5),))
    assert chain.titrate(chain.case(who)).refused
    assert not chain.taper(chain.case(who, regimens=[chain.regimen(5)])).refused


def test_a_toxic_dose_in_severe_kidney_disease_comes_down_in_monitored_care_only_and_with_signs_not_by_steps(chain):
    who = chain.patient(creatinine=(chain.creatinine(4.5),), symptoms=())
    plan = chain.taper(chain.case(who, regimens=[chain.regimen(20, 20, 20)]))
    assert plan.steps
    assert "Only in monitored care" in str(plan.not_at_home[0].reason.pieces)
    plan = chain.taper(
        chain.case(
            replace(who, symptoms=(Symptom(name="confusion", since=None),)), regimens=[chain.regimen(20, 20, 20)]
        )
    )
    assert plan.steps == ()
    first, second, *_ = (str(one.reason.pieces) for one in plan.refusals)
    assert "help first, no dose before somebody has looked" in first
    assert "No schedule" in second


def test_worse_kidneys_never_get_a_larger_first_dose(chain):
    firsts = []
    for value in (0.7, 1.0, 1.3, 1.6, 2.0, 3.0, 5.0):
        plan = chain.titrate(chain.case(chain.patient(creatinine=(chain.creatinine(value),))))
        firsts.append(0.0 if plan.refused else plan.steps[0].total_ug_per_day)
    assert firsts == sorted(firsts, reverse=True)
    assert firsts[0] > 0
