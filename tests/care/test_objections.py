"""What a planner has against a rise, each reason by itself and at its very bound."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care.days import first_day, midnight
from baclo.care.kidney_share import KidneyShare
from baclo.care.objections import rise_objections, standing_objections
from baclo.care.pace import pace_of
from baclo.care.standing import standing

LONDON = ZoneInfo("Europe/London")
WHOLE = KidneyShare(fraction=1.0, reduced=False, basis=("computed:kidney",), needs=())


def said(refusals):
    return [refusal.reason.pieces[0] for refusal in refusals]


@pytest.fixture
def rising(knowledge, make):
    """What stands against a rise to 60 mg a day of START but for what is named."""

    def against(share=WHOLE, but=lambda pace: pace, **changes):
        case = make(**changes)
        now = standing(knowledge, case, midnight(first_day(case), case.zone))
        return list(rise_objections(knowledge, case, but(pace_of(knowledge, case, share, None, 4)), now, share))

    return against


def test_nothing_stands_against_the_rise_of_a_healthy_adult(rising):
    assert rising() == []


def test_without_a_weight_the_curve_would_be_somebody_elses(rising):
    (refusal,) = rising(weight_kg=None)
    assert refusal.needs == ("patient.weight",)
    assert refusal.basis == ("case:patient.weight",)


def test_a_child_without_a_weight_is_not_told_that_the_goal_is_too_low(rising):
    (refusal,) = rising(weight_kg=None, age_y=5.0, goal_ug_per_day=None)
    assert refusal.needs == ("patient.weight",)


def test_without_a_kidney_share_what_the_kidneys_need_is_asked_for(rising):
    unknown = KidneyShare(fraction=None, reduced=None, basis=(), needs=("patient.creatinine",))
    (refusal,) = rising(share=unknown)
    assert said([refusal]) == ["The limit of the dose depends on the kidneys, which are not known."]
    assert refusal.needs == ("patient.creatinine",)


def test_kidneys_that_leave_nothing_refuse_and_those_that_leave_something_do_not(rising):
    nothing = replace(WHOLE, fraction=0.0)
    assert "The kidneys leave no dose that may be started or raised." in said(rising(share=nothing))
    assert rising(share=replace(WHOLE, fraction=1 / 3)) == []


def test_a_share_that_is_no_number_leaves_nothing(rising):
    assert "The kidneys leave no dose that may be started or raised." in said(
        rising(share=replace(WHOLE, fraction=float("nan")))
    )


def test_at_the_cap_itself_there_is_nowhere_to_rise_to(rising, build):
    eighty = (build.regimen(("08:00", 20.0), ("12:00", 20.0), ("17:00", 20.0), ("22:00", 20.0)),)
    (refusal,) = rising(regimens=eighty, goal_ug_per_day=100_000.0)
    assert said([refusal]) == ["What is taken now is at or above the limit for this person, "]
    assert "fact:cap.us" in refusal.basis
    less = (build.regimen(("08:00", 20.0), ("12:00", 20.0), ("17:00", 20.0), ("22:00", 19.0)),)
    assert rising(regimens=less, goal_ug_per_day=100_000.0) == []


@pytest.mark.parametrize("goal", [30_000.0, 29_000.0, float("nan")])
def test_a_goal_that_is_not_above_what_is_taken_refuses(rising, build, goal):
    (refusal,) = rising(regimens=(build.regimen(("08:00", 15.0), ("22:00", 15.0)),), goal_ug_per_day=goal)
    assert refusal.needs == ("question.goal",)


def test_a_region_without_a_text_for_a_role_refuses_by_that_role(rising):
    def without(pace):
        return replace(pace, scheme=replace(pace.scheme, permits={**pace.scheme.permits, "interval": None}))

    assert said(rising(but=without)) == ["No text that was read permits the interval for this region."]


@pytest.mark.parametrize(("minutes", "refused"), [(0, False), (1, True)])
def test_a_rise_may_begin_two_weeks_ahead_and_not_a_minute_more(knowledge, make, minutes, refused):
    case = make(now=datetime(2026, 11, 23, tzinfo=LONDON) - timedelta(minutes=minutes))
    now = standing(knowledge, case, midnight(date(2026, 12, 7), LONDON))
    found = list(standing_objections(knowledge, case, now, date(2026, 12, 7)))
    assert [refusal.needs for refusal in found] == ([("question.since",)] if refused else [])
