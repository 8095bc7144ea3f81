"""Rises for adults: what they reach, what slows them, what refuses them."""

import math
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType

import pytest

from baclo.care.check import check
from baclo.care.finding import Severity
from baclo.care.titrate import titrate
from baclo.case.patient import Dialysis, DialysisKind
from baclo.knowledge.facts import Region, Seen


@pytest.fixture
def plan(knowledge, picture_of):
    return lambda case: titrate(knowledge, case, picture_of(case))


def totals(plan):
    return [step.total_ug_per_day / 1000 for step in plan.steps]


def words(texts):
    return " | ".join("".join(str(piece) for piece in text.pieces if isinstance(piece, str)) for text in texts)


def test_the_us_label_schedule_is_followed_to_its_goal(plan, make):
    made = plan(make(creatinine=make().patient.creatinine, goal_ug_per_day=60_000.0))
    assert not made.refused
    assert totals(made) == [15, 30, 45, 60]
    days = [(after.since - before.since).days for before, after in zip(made.steps, made.steps[1:], strict=False)]
    assert days == [3, 3, 3]
    first = made.steps[0]
    assert [(dose.clock.hour, dose.amount_ug / 1000) for dose in first.doses] == [(8, 5), (14, 5), (22, 5)]
    assert first.since == datetime(2026, 11, 24, tzinfo=UTC)


def test_beyond_sixty_the_us_day_has_four_doses_of_at_most_twenty(plan, make):
    last = plan(make(goal_ug_per_day=80_000.0)).steps[-1]
    assert [dose.amount_ug / 1000 for dose in last.doses] == [20, 20, 20, 20]


@pytest.mark.parametrize(("region", "cap"), [(Region.US, 80), (Region.UK, 60), (Region.EU, 75)])
def test_a_goal_above_the_cap_ends_at_the_cap(plan, make, region, cap):
    made = plan(make(region=region, goal_ug_per_day=500_000.0))
    assert totals(made)[-1] == cap


@pytest.mark.parametrize(("region", "aim"), [(Region.US, 40), (Region.UK, 30), (Region.EU, 30)])
def test_without_a_goal_the_plan_ends_at_the_lower_end_of_the_usual_dose(plan, make, region, aim):
    assert totals(plan(make(region=region, goal_ug_per_day=None)))[-1] == aim


@pytest.mark.parametrize("region", [Region.UK, Region.EU])
def test_half_the_kidneys_halve_the_goal_that_nobody_asked_for(plan, make, build, region):
    made = plan(make(region=region, creatinine=(build.creatinine(1.9),), goal_ug_per_day=None))
    assert totals(made)[-1] == 15
    assert "fact:kidney.cut_moderate" in made.steps[-1].limited_by


def test_a_goal_that_nobody_asked_for_stays_below_the_dose_that_harmed_with_reduced_kidneys(plan, make, build):
    made = plan(make(region=Region.US, creatinine=(build.creatinine(1.9),), goal_ug_per_day=None))
    assert totals(made)[-1] == 15
    assert made.steps[-1].limited_by == ("fact:muanda.dose",)
    assert "Below the " in made.steps[-1].why.pieces[0]
    asked = plan(make(region=Region.US, creatinine=(build.creatinine(1.9),), goal_ug_per_day=20_000.0))
    assert totals(asked)[-1] == 20


def test_the_european_interval_is_the_longer_one_of_its_text(plan, make):
    made = plan(make(region=Region.EU))
    assert (made.steps[1].since - made.steps[0].since).days == 4


@pytest.mark.parametrize(
    "change",
    [{"age_y": 66.0}, {"frail": True}, {"frail": None}, {"tone_needed": True}, {"tone_needed": None}],
    ids=["old", "frail", "frailty unknown", "tone needed", "tone unknown"],
)
def test_age_frailty_and_tone_that_is_needed_or_unknown_slow_the_rise(plan, make, change):
    made = plan(make(goal_ug_per_day=20_000.0, **change))
    assert totals(made) == [5, 10, 15, 20]
    assert {(after.since - before.since).days for before, after in zip(made.steps, made.steps[1:], strict=False)} == {7}
    assert "Slow scheme because" in words(made.notes)


def test_the_old_are_not_taken_beyond_what_they_rarely_tolerate(plan, make, build):
    made = plan(
        make(
            region=Region.EU, age_y=80.0, creatinine=(build.creatinine(0.6),), weight_kg=95.0, goal_ug_per_day=60_000.0
        )
    )
    assert totals(made)[-1] == 30


def test_half_the_kidneys_halve_the_limit_and_slow_the_rise(plan, make, build):
    made = plan(make(region=Region.UK, creatinine=(build.creatinine(1.9),), goal_ug_per_day=60_000.0))
    assert totals(made) == [5, 10, 15, 20, 25, 30]


def test_kidneys_cut_by_a_third_cut_start_rise_and_limit(plan, make, build):
    made = plan(make(region=Region.UK, creatinine=(build.creatinine(1.15),), goal_ug_per_day=60_000.0))
    assert totals(made) == [10, 20, 30, 40]


def test_a_present_dose_is_raised_from_where_it_is_on_its_own_clock(plan, make, build):
    taken = build.regimen(("07:00", 10.0), ("13:00", 10.0), ("21:00", 10.0), product="us.tablet_10mg")
    made = plan(make(regimens=(taken,), goal_ug_per_day=60_000.0))
    assert totals(made) == [45, 60]
    assert [dose.clock for dose in made.steps[0].doses] == [time(7), time(13), time(21)]


REFUSALS = {
    "no creatinine": ({"creatinine": ()}, "patient.creatinine"),
    "no age": ({"age_y": None}, "patient.age"),
    "no weight": ({"weight_kg": None}, "patient.weight"),
    "no sex": ({"sex": None}, "patient.sex"),
    "muscle unknown": ({"low_muscle_mass": None}, "patient.low_muscle_mass"),
    "low muscle without cystatin C": ({"low_muscle_mass": True}, None),
    "allergies not asked": ({"allergies": None}, "patient.allergies"),
    "allergic": ({"allergies": ("baclofen",)}, None),
    "dialysis not asked": ({"dialysis": None}, "patient.dialysis.kind"),
    "dialysis": ({"dialysis": Dialysis(kind=DialysisKind.PERITONEAL, sessions=())}, None),
    "a child below the US label": ({"age_y": 11.0, "height_cm": 150.0, "weight_kg": 40.0}, None),
    "an infant": ({"age_y": 1.0, "height_cm": 75.0, "weight_kg": 10.0}, "patient.age"),
    "goal below the dose": ({"goal_ug_per_day": 0.0}, "question.goal"),
    "goal not a number": ({"goal_ug_per_day": math.nan}, "question.goal"),
    "nothing at hand": ({"products": ()}, "products"),
}


@pytest.mark.parametrize("why", REFUSALS)
def test_a_rise_is_refused_and_says_what_is_needed(plan, make, why):
    changes, path = REFUSALS[why]
    made = plan(make(**changes))
    assert made.refused
    assert made.steps == ()
    if path is not None:
        assert path in {need for refusal in made.refusals for need in refusal.needs}


@pytest.mark.parametrize("mg_dl", [4.0, 9.0])
def test_kidneys_below_thirty_refuse_and_keep_the_curve(plan, make, build, mg_dl):
    made = plan(make(region=Region.UK, creatinine=(build.creatinine(mg_dl),)))
    assert made.refused
    assert made.course is not None
    assert made.course.plasma_ng_per_ml.max() > 0


def test_an_unknown_kidney_keeps_the_curve_of_the_worst_known(plan, make, build):
    unknown = plan(make(creatinine=()))
    worst = plan(make(creatinine=(build.creatinine(12.0),)))
    assert unknown.refused
    assert unknown.course.plasma_ng_per_ml.max() >= worst.course.plasma_ng_per_ml.max()


def test_old_creatinine_and_acute_injury_refuse(plan, make, build):
    long_ago = datetime(2025, 1, 1, tzinfo=UTC)
    assert plan(make(creatinine=(build.creatinine(0.8, long_ago),))).refused
    rising = (build.creatinine(0.8, make().now - timedelta(hours=40)), build.creatinine(1.7))
    newest = replace(rising[1], at=make().now - timedelta(hours=1))
    assert plan(make(creatinine=(rising[0], newest))).refused


def test_beers_refuses_in_the_us_and_is_mentioned_in_the_uk(plan, knowledge, picture_of, make, build):
    older = {"age_y": 78.0, "creatinine": (build.creatinine(1.5),), "goal_ug_per_day": 30_000.0}
    assert plan(make(region=Region.US, **older)).refused
    case = make(region=Region.UK, **older)
    assert not plan(case).refused
    us = next(finding for finding in check(knowledge, case, picture_of(case), None) if finding.id == "kidney.beers")
    assert us.severity is Severity.INFO


def test_what_the_planned_dose_brings_is_told_with_the_plan(plan, make, build):
    made = plan(make(region=Region.UK, creatinine=(build.creatinine(1.9),), goal_ug_per_day=30_000.0))
    grave = [finding.id for finding in made.findings if finding.severity is not Severity.INFO]
    assert grave == ["kidney.excess_upper", "kidney.encephalopathy"]


@pytest.mark.parametrize("role", ["start", "rise", "interval", "cap"])
def test_a_number_that_is_only_recalled_permits_nothing(knowledge, picture_of, make, role):
    key = knowledge.folder("regimens")["adult"]["US"][role].removeprefix("fact:")
    recalled = replace(knowledge.facts[key], seen=Seen.RECALLED)
    case = make()
    doubtful = replace(knowledge, facts=MappingProxyType({**knowledge.facts, key: recalled}))
    made = titrate(doubtful, case, picture_of(case))
    assert made.refused
    assert made.refusals[0].basis == (f"fact:{key}",)


def test_a_dose_already_at_the_limit_is_not_raised(plan, make, build):
    taken = build.regimen(("08:00", 20.0), ("14:00", 20.0), ("22:00", 20.0))
    made = plan(make(region=Region.UK, regimens=(taken,), goal_ug_per_day=90_000.0))
    assert made.refused


def test_starting_again_after_an_end_is_a_restart(plan, make, build):
    ended = replace(build.regimen(("08:00", 20.0)), until=make().now - timedelta(days=10))
    assert not plan(make(regimens=(ended,))).refused
