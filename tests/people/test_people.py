"""The properties of every plan on a few random people; `full_run.py` asks the same of a million.

Here too: that each person can be drawn again, that making plans quick changes none, and that each property can fail.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.people import properties
from tests.people.changed import HIDDEN, asking, hiding, later, older, same_offsets, worse_kidneys
from tests.people.drawn import Draw, person, words_of
from tests.people.planning import plan_of, quick, unsimulated

from baclo.care.plan import Other
from baclo.case.case import Ask
from baclo.knowledge.library import load

SEED, PEOPLE = 1, 60
KNOWLEDGE = load()
WORDS = words_of(KNOWLEDGE)


@pytest.fixture(scope="module")
def quick_plans():
    with quick(KNOWLEDGE):
        yield


def drawn(index):
    return person(WORDS, SEED, index)


@pytest.mark.parametrize("run", range(6))
def test_nothing_that_ought_not_to_be_is_found_in_random_people(run, quick_plans):
    each = PEOPLE // 6
    found = [
        (index, one)
        for index in range(run * each, (run + 1) * each)
        for one in properties.violations(KNOWLEDGE, drawn(index), index)
    ]
    assert found == []


def test_a_person_is_the_same_whoever_was_drawn_before():
    alone = drawn(7)
    for index in range(5):
        drawn(index)
    assert repr(drawn(7)) == repr(alone)
    assert drawn(7) != drawn(8)
    assert person(WORDS, SEED + 1, 7) != replace(alone, title=f"person 7 of seed {SEED + 1}")


def test_people_differ_in_what_they_are_told_to_differ_in():
    people = [drawn(index) for index in range(300)]
    for values in (
        {case.region for case in people},
        {case.patient.age_y is None for case in people},
        {(case.patient.age_y or 0) < 18 for case in people},
        {case.patient.weight_kg is None for case in people},
        {bool(case.patient.creatinine) for case in people},
        {case.products is None for case in people},
        {len(case.timeline.regimens) for case in people},
        {bool(case.timeline.doses) for case in people},
        {case.question.speed for case in people},
        {case.patient.dialysis is None for case in people},
    ):
        assert len(values) > 1


def test_a_plan_is_made_for_a_good_part_of_them_both_up_and_down(quick_plans):
    people = [drawn(index) for index in range(100)]
    assert sum(bool(plan_of(KNOWLEDGE, asking(case, Ask.TITRATE)).steps) for case in people) > 15
    assert sum(bool(plan_of(KNOWLEDGE, asking(case, Ask.TAPER)).steps) for case in people) > 20


@pytest.mark.parametrize("ask", [Ask.TITRATE, Ask.TAPER])
def test_what_makes_plans_quick_changes_no_step_and_refuses_nobody_else(ask):
    people = [asking(drawn(index), ask) for index in range(20)]
    with quick(KNOWLEDGE):
        fast = [plan_of(KNOWLEDGE, case) for case in people]
    with unsimulated():
        whole = [plan_of(KNOWLEDGE, case) for case in people]
    assert [plan.steps for plan in fast] == [plan.steps for plan in whole]
    assert [needs(plan) for plan in fast] == [needs(plan) for plan in whole]


def needs(plan):
    return {need for refusal in plan.refusals for need in refusal.needs}


@pytest.fixture(scope="module")
def rising(quick_plans):
    """An adult whose dose rises in several steps, and the steps."""
    drawn_cases = (asking(drawn(index), Ask.TITRATE) for index in range(500))
    cases = (case for case in drawn_cases if (case.patient.age_y or 0) >= 18)
    return next((case, plan) for case in cases if len((plan := plan_of(KNOWLEDGE, case)).steps) > 2)


@pytest.fixture(scope="module")
def falling(quick_plans):
    cases = (asking(drawn(index), Ask.TAPER) for index in range(500))
    return next((case, plan) for case in cases if len((plan := plan_of(KNOWLEDGE, case)).steps) > 2)


def dosed(step, change):
    """The step with every amount changed, its units and total with it."""
    doses = tuple(
        replace(dose, amount_ug=change(dose.amount_ug), units=dose.units * change(dose.amount_ug) / dose.amount_ug)
        for dose in step.doses
    )
    return replace(step, doses=doses, total_ug_per_day=sum(dose.amount_ug for dose in doses))


def told(found):
    return {one.what for one in found}


def test_limits_find_a_dose_beyond_them_a_step_cut_short_and_a_sum_that_is_none(rising):
    case, plan = rising
    steps = plan.steps
    assert told(properties.inside_every_limit(KNOWLEDGE, case, steps)) == set()
    doubled = (*steps[:-1], dosed(steps[-1], lambda amount: amount * 2))
    assert "a daily dose beyond its limit" in told(properties.inside_every_limit(KNOWLEDGE, case, doubled))
    sunk = (steps[1], steps[0])
    assert "a daily dose beyond its limit" in told(properties.inside_every_limit(KNOWLEDGE, case, sunk))
    short = (replace(steps[0], until=steps[0].since + timedelta(days=1)), *steps[1:])
    assert "a step shorter than its least days, or a gap after it" in told(
        properties.inside_every_limit(KNOWLEDGE, case, short)
    )
    wrong = (*steps[:-1], replace(steps[-1], total_ug_per_day=steps[-1].total_ug_per_day + 1))
    assert "a daily dose that is not the sum of its doses" in told(
        properties.inside_every_limit(KNOWLEDGE, case, wrong)
    )
    hidden = hiding(case, "the kidneys")
    assert "a rise where the kidneys or the age allow none" in told(
        properties.inside_every_limit(KNOWLEDGE, hidden, steps)
    )


def test_what_is_dispensed_finds_a_broken_piece_a_wrong_amount_and_a_product_of_elsewhere(rising):
    case, plan = rising
    step = plan.steps[0]
    assert told(properties.as_dispensed(KNOWLEDGE, case, plan.steps)) == set()
    third = dosed(step, lambda amount: amount / 3)
    assert "a part that cannot be broken off or measured" in told(properties.as_dispensed(KNOWLEDGE, case, (third,)))
    more = replace(step, doses=tuple(replace(dose, amount_ug=dose.amount_ug * 2) for dose in step.doses))
    assert "pieces that do not make the dose" in told(properties.as_dispensed(KNOWLEDGE, case, (more,)))
    strange = replace(step, doses=tuple(replace(dose, product="nowhere.tablet") for dose in step.doses))
    assert told(properties.as_dispensed(KNOWLEDGE, case, (strange,))) == {"a product that nobody dispenses"}


def test_a_taper_that_rises_or_does_not_end_is_found(falling):
    case, plan = falling
    assert told(properties.never_rising_and_ending(KNOWLEDGE, case, plan.steps)) == set()
    back = (*plan.steps[:2], replace(plan.steps[0], since=plan.steps[2].since, until=None))
    assert "a taper that rises" in told(properties.never_rising_and_ending(KNOWLEDGE, case, back))
    on_the_way = (replace(plan.steps[0], until=None),)
    stopping = replace(case, question=replace(case.question, goal_ug_per_day=0.0))
    assert "a taper that does not end at its goal" in told(
        properties.never_rising_and_ending(KNOWLEDGE, stopping, on_the_way)
    )


def test_steps_beside_a_refusal_and_neither_of_them_are_found(rising):
    _, plan = rising
    assert told(properties.refused_or_made(plan)) == set()
    assert told(properties.refused_or_made(replace(plan, steps=()))) == {"steps and reasons against them, or neither"}


def test_more_for_who_is_worse_is_found(rising):
    case, plan = rising
    less = replace(plan, steps=tuple(dosed(step, lambda amount: amount / 100) for step in plan.steps))
    found = told(
        one for index in range(len(HIDDEN)) for one in properties.never_more_when_worse(KNOWLEDGE, case, less, index)
    )
    assert any(what.startswith("more for who is worse") for what in found)


def test_another_plan_days_later_is_found(rising):
    case, plan = rising
    assert told(properties.the_same_days_later(KNOWLEDGE, case, plan, 0)) == set()
    other = replace(plan, steps=plan.steps[:-1])
    assert "another answer days later" in told(properties.the_same_days_later(KNOWLEDGE, case, other, 0))
    moved = replace(plan, steps=tuple(replace(step, since=step.since + timedelta(days=1)) for step in plan.steps))
    assert "another plan days later" in told(properties.the_same_days_later(KNOWLEDGE, case, moved, 0))


def test_the_schedules_of_a_plan_are_its_own_and_those_beside_it(rising):
    _, plan = rising
    other = Other(name=None, why_not=None, steps=plan.steps[:1], refusals=())
    assert properties.schedules(replace(plan, others=(other,))) == [plan.steps, plan.steps[:1]]


def test_later_moves_every_moment_by_whole_days_on_the_clock_of_the_zone():
    case = next(one for one in map(drawn, range(500)) if one.zone.key == "Europe/London" and one.patient.creatinine)
    moved = later(case, 3)
    local = case.now.astimezone(case.zone).replace(tzinfo=None)
    assert moved.now.astimezone(case.zone).replace(tzinfo=None) == local + timedelta(days=3)
    assert moved.patient.creatinine[0].creatinine_mg_per_dl == case.patient.creatinine[0].creatinine_mg_per_dl
    assert moved.patient.creatinine[0].at > case.patient.creatinine[0].at
    assert same_offsets(case, case)


def test_who_is_older_is_older_and_whose_kidneys_are_worse_has_more_creatinine(rising):
    case, _ = rising
    assert older(case, 3).patient.age_y == case.patient.age_y + 3
    worse = worse_kidneys(case, 1.5)
    assert worse.patient.creatinine[0].creatinine_mg_per_dl > case.patient.creatinine[0].creatinine_mg_per_dl


def test_the_troubled_are_half_of_all():
    shares = [Draw(SEED, index).trouble for index in range(1000)]
    assert 400 < shares.count(0.0) < 600
