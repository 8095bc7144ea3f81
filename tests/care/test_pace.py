"""How fast, how far: what the scheme, the slow one, the kidneys and the doses a day leave, and on what each rests."""

import math
from dataclasses import replace
from types import MappingProxyType

import pytest

from baclo.care.kidney_share import KidneyShare
from baclo.care.pace import elderly, pace_of
from baclo.care.roles import adult_roles
from baclo.case.case import Speed
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Number

KIDNEYS = "fact:kidney.of_test"
WHOLE = KidneyShare(fraction=1.0, reduced=False, basis=(KIDNEYS,), needs=())
SINGLE = "fact:titration.single_rise"
SLOW_START, SLOW_RISE = "fact:titration.slow.start", ("fact:titration.slow.rise", "fact:titration.slow.interval")
CHILD = {"age_y": 6.0, "weight_kg": 20.0, "region": Region.UK, "goal_ug_per_day": None}


def words(texts):
    return ["".join(f"{p.value} {p.unit}" if isinstance(p, Number) else str(p) for p in each.pieces) for each in texts]


@pytest.fixture
def pace(knowledge, make):
    def of(share=WHOLE, speed=None, most_doses=4, known=knowledge, **changes):
        return pace_of(known, make(**changes), share, speed, most_doses)

    return of


def changed(knowledge, key, value):
    """The knowledge, with another value of one fact."""
    other = replace(knowledge.fact(key), value=value)
    return replace(knowledge, facts=MappingProxyType({**knowledge.facts, key: other}))


def steps(made):
    """First dose, rise and cap in mg, and days on a step."""
    bounds = made.bounds
    sizes = (bounds.start_ug_per_day, bounds.rise_ug_per_day, bounds.cap_ug_per_day)
    return (*(size / 1000 for size in sizes), made.step_days)


def test_with_whole_kidneys_the_pace_is_that_of_the_text_and_says_so(pace):
    made = pace()
    assert steps(made) == (15, 15, 80, 3)
    assert (made.bounds.single_rise_ug, made.bounds.single_cap_ug) == (5_000, 20_000)
    assert (made.speed, made.must_be_slow, made.slow_because) == (Speed.USUAL, False, ())
    assert made.first_basis == ("fact:titration.us.start", SINGLE)
    assert made.rise_basis == ("fact:titration.us.rise", "fact:titration.us.interval", SINGLE)
    assert made.cap_basis == ("fact:cap.us",)
    assert made.bounds.basis == (
        *("fact:titration.us.start", "fact:titration.us.rise", "fact:titration.us.interval"),
        *("fact:cap.us", SINGLE, KIDNEYS),
    )
    assert made.scheme.cap_ug_per_day == 80_000


def test_the_goal_is_that_of_the_case_else_the_lower_end_of_the_usual_dose(pace):
    asked, unasked = pace(goal_ug_per_day=55_000.0), pace(goal_ug_per_day=None)
    assert (asked.aim_ug_per_day, asked.aim_basis) == (55_000, ("case:question.goal",))
    assert (unasked.aim_ug_per_day, unasked.aim_basis) == (40_000, ("fact:titration.us.usual_low",))
    assert pace(goal_ug_per_day=0.0).aim_ug_per_day == 0


def test_a_day_of_few_doses_begins_and_rises_by_one_step_of_each(pace):
    # 5 mg more in each of one, two, three doses; 15 mg is the rise of the text
    assert [steps(pace(most_doses=count))[:2] for count in (1, 2, 3)] == [(5, 5), (10, 10), (15, 15)]


def test_the_kidneys_cut_start_rise_and_limit_alike_and_each_rests_on_them(pace):
    made = pace(replace(WHOLE, fraction=0.6))
    assert steps(made) == (9, 9, 48, 3)  # 0.6 of 15, 15 and 80
    assert made.first_basis == ("fact:titration.us.start", SINGLE, KIDNEYS)
    assert made.rise_basis[-1:] == (KIDNEYS,)
    assert made.cap_basis == ("fact:cap.us", KIDNEYS)
    assert made.bounds.single_rise_ug == 5_000


def test_without_a_share_the_scheme_is_shown_uncut(pace):
    made = pace(replace(WHOLE, fraction=None, reduced=None))
    assert steps(made)[2] == 80
    assert made.cap_basis == ("fact:cap.us",)
    assert made.must_be_slow


def test_the_slow_scheme_is_smaller_and_longer_and_rests_on_its_own_facts(pace):
    made = pace(speed=Speed.SLOW)
    assert steps(made) == (5, 5, 80, 7)
    assert (made.speed, made.must_be_slow) == (Speed.SLOW, False)
    assert made.first_basis == (SLOW_START, SINGLE)
    assert made.rise_basis == (*SLOW_RISE, SINGLE)
    assert made.bounds.basis == (SLOW_START, *SLOW_RISE, "fact:cap.us", SINGLE, KIDNEYS)


def test_slow_never_makes_a_cut_dose_larger_or_a_longer_step_shorter(pace, knowledge):
    # a fifth of 15 is 3, below the 5 of the slow scheme
    assert steps(pace(replace(WHOLE, fraction=0.2), Speed.SLOW))[:2] == (3, 3)
    longer = changed(knowledge, "titration.us.interval", 9.0)
    assert steps(pace(speed=Speed.SLOW, known=longer))[3] == 9


def test_slow_leaves_a_child_its_doses_each_for_longer(pace):
    usual, slow = pace(**CHILD), pace(speed=Speed.SLOW, **CHILD)
    # 20 kg: 0.3 mg/kg is 6, no more than four doses of 2.5 or 5; the cap is 2 mg/kg
    assert steps(usual) == (6, 6, 40, 7)
    assert steps(slow) == (6, 6, 40, 14)
    assert slow.first_basis == usual.first_basis == ("fact:child.uk.start", SINGLE)
    assert "fact:child.slow.step" in slow.rise_basis
    assert "fact:child.slow.step" not in usual.rise_basis


@pytest.mark.parametrize("fraction", [1.0, 0.5])
@pytest.mark.parametrize("age_y", [65.0, 80.0, None, float("nan")])
def test_the_old_and_those_who_may_be_are_kept_at_what_the_old_tolerate(pace, age_y, fraction):
    # half of the 60 mg of the UK is what the old tolerate: their fact is named
    made = pace(replace(WHOLE, fraction=fraction), age_y=age_y, region=Region.UK)
    assert made.bounds.cap_ug_per_day == 30_000
    assert made.cap_basis[0] == "fact:age.elderly_usual_high"


def test_a_cap_below_what_the_old_tolerate_stays(pace):
    made = pace(replace(WHOLE, fraction=0.4), age_y=80.0, region=Region.UK)
    assert made.bounds.cap_ug_per_day == pytest.approx(24_000)
    assert made.cap_basis == ("fact:cap.uk", KIDNEYS)


def test_the_age_of_the_slow_scheme_begins_at_sixty_five(knowledge, make):
    slow = adult_roles(knowledge, "slow")
    ages = (64.99, 65.0, 90.0, float("nan"), None)
    assert [elderly(make(age_y=age), slow) for age in ages] == [False, True, True, True, None]


REASONS = {
    "old": ({"age_y": 66.0}, WHOLE, "Slow scheme because of an age of 66.0 a."),
    "age unknown": ({"age_y": None}, WHOLE, "Slow scheme because the age is not known."),
    "reduced": ({}, replace(WHOLE, reduced=True), "Slow scheme because the kidneys are reduced."),
    "kidneys unknown": ({}, replace(WHOLE, reduced=None), "Slow scheme because the kidneys are not known."),
    "frail": ({"frail": True}, WHOLE, "Slow scheme because of frailty."),
    "frailty unknown": ({"frail": None}, WHOLE, "Slow scheme because nobody said whether there is frailty."),
    "tone": ({"tone_needed": True}, WHOLE, "Slow scheme because tone holds posture or gait."),
    "tone unknown": (
        {"tone_needed": None},
        WHOLE,
        "Slow scheme because nobody said whether tone holds posture or gait.",
    ),
}


@pytest.mark.parametrize("name", REASONS)
def test_each_reason_alone_makes_it_slow_and_is_told(pace, name):
    changes, share, said = REASONS[name]
    for speed in (None, Speed.SLOW):
        made = pace(share, speed, **changes)
        assert (made.speed, made.must_be_slow, made.step_days) == (Speed.SLOW, True, 7)
        assert words(made.slow_because) == [said]


def test_an_age_rests_on_the_case(pace):
    (reason,) = pace(age_y=66.0).slow_because
    assert reason.basis == ("case:patient.age",)


def test_what_became_of_the_speed_asked_for_is_told_only_where_one_was(pace):
    assert words(pace(speed=Speed.SLOW).slow_because) == ["Slow scheme because it was asked for."]
    assert pace(speed=Speed.USUAL).slow_because == ()
    assert words(pace(speed=Speed.USUAL, frail=True).slow_because) == [
        "Slow scheme because of frailty.",
        "The usual speed was asked for; the plan stays slow for the reasons told.",
    ]


def test_a_goal_that_nobody_named_is_cut_by_the_kidneys_and_one_that_was_named_is_not(pace):
    half = replace(WHOLE, fraction=0.5)
    assert pace(goal_ug_per_day=None).aim_ug_per_day == 40_000
    assert pace(share=half, goal_ug_per_day=None).aim_basis == ("fact:titration.us.usual_low", *half.basis)
    assert pace(share=half, goal_ug_per_day=None).aim_ug_per_day == 20_000
    assert pace(share=half, goal_ug_per_day=30_000.0).aim_ug_per_day == 30_000


def test_with_reduced_kidneys_a_goal_that_nobody_named_stays_below_the_dose_that_harmed(pace):
    reduced = replace(WHOLE, fraction=0.5, reduced=True)

    def aim(share, **changes):
        made = pace(share=share, **changes)
        return made.aim_ug_per_day / 1000, made.aim_below_ug_per_day / 1000, made.aim_basis

    unasked = {"goal_ug_per_day": None}
    assert aim(reduced, **unasked) == (20, 20, ("fact:muanda.dose",))
    assert aim(replace(reduced, fraction=0.75), **unasked) == (20, 20, ("fact:muanda.dose",))
    low = replace(reduced, fraction=0.4)
    assert aim(low, **unasked) == (16, math.inf, ("fact:titration.us.usual_low", *low.basis))
    for other in (False, None):
        assert aim(replace(reduced, reduced=other), **unasked)[:2] == (20, math.inf)
    assert aim(reduced, goal_ug_per_day=25_000.0) == (25, math.inf, ("case:question.goal",))
    child = aim(replace(reduced, fraction=1.0), age_y=9.0, weight_kg=60.0, region=Region.UK, **unasked)
    assert child[0] > 20
    assert child[1] == math.inf


@pytest.mark.parametrize("fraction", [None, 0.0])
def test_without_a_share_a_goal_that_nobody_named_is_uncut_and_only_shown(pace, fraction):
    shown = pace(share=replace(WHOLE, fraction=fraction), goal_ug_per_day=None)
    assert shown.aim_ug_per_day == 40_000
