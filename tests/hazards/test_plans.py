"""What a plan may never do, whatever the case."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baclo.care.finding import Severity, Status
from baclo.case.patient import Condition
from baclo.knowledge.facts import Region, Seen

PIECES_MG = st.sampled_from([0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0])


def totals_mg(plan):
    return [step.total_ug_per_day / 1000 for step in plan.steps]


def test_a_person_of_whom_everything_is_known_gets_a_plan(chain):
    plan = chain.titrate(chain.case())
    assert not plan.refused
    assert totals_mg(plan) == sorted(totals_mg(plan))


@pytest.mark.parametrize("region", list(Region))
@pytest.mark.parametrize("goal_mg", [80.0, 300.0, 1e9])
def test_no_step_is_above_the_cap_whatever_the_goal(chain, knowledge, region, goal_mg):
    plan = chain.titrate(chain.case(region=region, goal_mg=goal_mg))
    cap = knowledge.number(f"cap.{region.value.lower()}", "mg/d")
    assert plan.refused or max(totals_mg(plan)) <= cap


@pytest.mark.parametrize("goal_mg", [math.nan, math.inf, -math.inf, -5.0, 0.0])
def test_a_goal_that_is_no_amount_above_today_gives_no_step_beyond_the_cap(chain, knowledge, goal_mg):
    plan = chain.titrate(chain.case(goal_mg=goal_mg))
    assert plan.refused or max(totals_mg(plan)) <= knowledge.number("cap.us", "mg/d")
    if not goal_mg > 0:
        assert plan.refused


def test_a_wish_between_two_steps_is_rounded_down_and_never_up(chain):
    plan = chain.titrate(chain.case(goal_mg=39.0))
    assert not plan.refused
    assert max(totals_mg(plan)) == 37.5 or max(totals_mg(plan)) == 35.0


def test_every_dose_of_a_plan_is_whole_or_half_tablets(chain):
    plan = chain.titrate(chain.case())
    units = [dose.units for step in plan.steps for dose in step.doses]
    assert units
    assert all(2 * unit == round(2 * unit) and unit > 0 for unit in units)


def test_a_refused_plan_has_no_steps_but_says_why(chain):
    plan = chain.titrate(chain.case(chain.patient(creatinine=())))
    assert plan.refused
    assert plan.steps == ()
    assert all(refusal.reason.pieces for refusal in plan.refusals)


@pytest.mark.parametrize("allergies", [None, ("baclofen",)])
def test_an_allergy_known_or_not_asked_about_refuses_a_start(chain, allergies):
    assert chain.titrate(chain.case(chain.patient(allergies=allergies))).refused


def test_an_allergy_not_asked_about_refuses_no_reduction_and_a_known_one_is_stopped_in_monitored_care(chain):
    taken = [chain.regimen(20, 20, 20)]
    assert not chain.taper(chain.case(chain.patient(allergies=None), regimens=taken)).refused
    known = chain.taper(chain.case(chain.patient(allergies=("baclofen",)), regimens=taken))
    assert known.steps == ()
    assert "monitored care" in str(known.refusals[0].reason.pieces)


def test_a_cap_that_is_only_recalled_permits_nothing(chain, knowledge):
    recalled = replace(knowledge.fact("cap.us"), seen=Seen.RECALLED)
    weaker = replace(knowledge, facts={**knowledge.facts, "cap.us": recalled})
    assert chain.titrate(chain.case(), weaker).refused


def test_an_unknown_age_never_gets_a_larger_first_dose_than_a_known_one(chain):
    unknown = chain.titrate(chain.case(chain.patient(age_y=None)))
    assert unknown.refused or totals_mg(unknown)[0] <= totals_mg(chain.titrate(chain.case()))[0]


def test_raising_is_refused_where_the_goal_is_nothing(chain):
    assert chain.titrate(chain.case(regimens=[chain.regimen(20, 20, 20)], goal_mg=0.0)).refused


def test_a_long_used_high_dose_is_never_stopped_in_one_step(chain):
    plan = chain.taper(chain.case(regimens=[chain.regimen(25, 25, 30)]))
    assert totals_mg(plan)[0] >= 60.0
    assert totals_mg(plan)[-1] == 0.0
    assert len(plan.steps) > 5


@settings(max_examples=10)
@given(st.tuples(PIECES_MG, PIECES_MG, PIECES_MG).filter(any), st.booleans())
def test_a_taper_never_rises_on_any_clock_time(chain, amounts_mg, urgent):
    now = chain.regimen(*amounts_mg)
    plan = chain.taper(chain.case(regimens=[now], urgent=urgent))
    assert not plan.refused
    before = {dose.clock: dose.amount_ug for dose in now.doses}
    for step in plan.steps:
        after = {dose.clock: dose.amount_ug for dose in step.doses}
        assert all(amount <= before.get(clock, 0.0) for clock, amount in after.items())
        before = after


def test_a_peptic_ulcer_refuses_under_the_label_that_says_so_and_is_mentioned_under_the_others(chain):
    who = chain.patient(conditions=(Condition(name="peptic ulcer", since=None),))
    assert chain.titrate(chain.case(who, region=Region.UK)).refused
    (said,) = [finding for finding in chain.check(chain.case(who)) if finding.id == "peptic_ulcer"]
    assert (said.status, said.severity, said.refuses) == (Status.PRESENT, Severity.INFO, ())


def test_six_hundred_milligrams_at_once_is_a_critical_finding_and_no_plan(chain):
    taken = chain.case(doses=[chain.dose(600.0, 1.0)])
    assert any(
        finding.severity is Severity.CRITICAL and finding.status is Status.PRESENT for finding in chain.check(taken)
    )
    assert chain.titrate(taken).refused


def test_a_child_gets_no_adult_schedule(chain):
    assert chain.titrate(chain.case(chain.patient(age_y=10.0, weight_kg=30.0, height_cm=140.0))).refused


def test_an_infant_gets_no_plan_because_no_model_speaks(chain):
    assert chain.titrate(chain.case(chain.patient(age_y=1.0, weight_kg=10.0, height_cm=75.0))).refused


def test_knowledge_past_its_review_date_is_a_finding(chain):
    late = chain.case(now=chain.now.replace(year=2030))
    assert [finding.id for finding in chain.check(late) if finding.id == "knowledge.expired"]
    assert not [finding for finding in chain.check(chain.case()) if finding.id == "knowledge.expired"]
