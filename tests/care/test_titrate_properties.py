"""What must hold of every rise of children, of uses outside the labels, and at every wished time and speed."""

import math
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.care.titrate import titrate
from baclo.case.case import Override, Speed
from baclo.case.patient import Creatinine, CystatinC
from baclo.knowledge.facts import Region

regions = st.sampled_from(list(Region))
speeds = st.sampled_from([None, *Speed])
ages = st.floats(2, 17.99)
weights = st.floats(8, 90)
cystatins = st.floats(0.5, 5.0)
goals_ug = st.sampled_from([None, 5_000.0, 20_000.0, 60_000.0, 1e6, math.inf, math.nan])
USES = ("alcohol use disorder", "hiccups", "reflux disease", "trigeminal neuralgia")
uses = st.sampled_from(USES)
ANSWERS = tuple(
    Override(finding=name, reason="I treat this person", by="Dr A")
    for name in ("age.us_not_established", "indication.alcohol", "indication.alcohol_europe", "indication.off_label")
)
LABEL_CAPS_MG = {Region.US: 80, Region.UK: 60, Region.EU: 75}
USE_CAPS_MG = {"alcohol use disorder": 60, "hiccups": 60, "reflux disease": 60, "trigeminal neuralgia": 60}
AT = datetime(2026, 11, 20, tzinfo=UTC)


def child(age_y, weight_kg, cystatin=0.7, **changes):
    """A child of whom everything is known, with a liquid at hand in every region."""
    given = {"age_y": age_y, "weight_kg": weight_kg, "height_cm": 70 + 6 * age_y, "indication": "cerebral palsy"}
    given |= {"cystatin_c": (CystatinC(at=AT, cystatin_c_mg_per_l=cystatin, entered="by test"),)}
    given |= {"creatinine": (Creatinine(at=AT, creatinine_mg_per_dl=0.4 * cystatin / 0.7, entered="by test"),)}
    given |= {"overrides": ANSWERS, "products": ("uk.solution_1mg_ml",)}
    return given | changes


def childs_cap_mg(age_y, weight_kg):
    return min(40 if age_y < 8 else 60, 2 * weight_kg)


@given(age_y=ages, weight_kg=weights, cystatin=cystatins, region=regions, goal=goals_ug, speed=speeds)
def test_no_child_is_ever_beyond_both_caps_or_a_step(steps, age_y, weight_kg, cystatin, region, goal, speed):
    made = steps.of(titrate, **child(age_y, weight_kg, cystatin, region=region, goal_ug_per_day=goal, speed=speed))
    previous = 0.0
    for step in made.steps:
        total = step.total_ug_per_day / 1000
        most = max(0.5 * weight_kg, 10) if region is Region.US else 0.3 * weight_kg
        assert previous < total <= min(previous + most, childs_cap_mg(age_y, weight_kg)) * (1 + 1e-9)
        assert total * 2 == pytest.approx(round(total * 2))
        assert all(dose.amount_ug <= 15_000 for dose in step.doses) or total > 45
        previous = total
    assert made.refused == (made.steps == ())


@given(age_y=ages, younger=st.floats(0, 6), weight_kg=weights, lighter=st.floats(0, 20), region=regions)
def test_a_younger_or_lighter_child_never_gets_more(steps, age_y, younger, weight_kg, lighter, region):
    goal = {"goal_ug_per_day": 1e6, "region": region}
    older = steps.totals(titrate, **child(age_y, weight_kg, **goal)) or [0]
    smaller = child(max(2.0, age_y - younger), max(8.0, weight_kg - lighter), **goal)
    assert (steps.totals(titrate, **smaller) or [0])[-1] <= older[-1]


@given(age_y=ages, weight_kg=weights, cystatin=st.floats(0.5, 3.0), worse=st.floats(0, 4), region=regions)
def test_a_child_with_worse_kidneys_never_gets_more(steps, age_y, weight_kg, cystatin, worse, region):
    goal = {"goal_ug_per_day": 1e6, "region": region}
    better = steps.totals(titrate, **child(age_y, weight_kg, cystatin, **goal)) or [0]
    poorer = steps.totals(titrate, **child(age_y, weight_kg, cystatin + worse, **goal)) or [0]
    assert poorer[0] <= better[0]
    assert poorer[-1] <= better[-1]


UNKNOWN = ["age_y", "weight_kg", "sex", "dialysis", "allergies", "low_muscle_mass", "frail", "tone_needed", "height_cm"]


@given(hidden=st.sets(st.sampled_from(UNKNOWN), min_size=1), age_y=ages, weight_kg=weights, region=regions)
def test_what_is_not_known_of_a_child_never_gives_more(steps, hidden, age_y, weight_kg, region):
    told = child(age_y, weight_kg, region=region)
    known = steps.totals(titrate, **told) or [0]
    unknown = steps.totals(titrate, **{**told, **dict.fromkeys(hidden)}) or [0]
    assert unknown[0] <= known[0]
    assert unknown[-1] <= known[-1]


@given(value=st.sampled_from([math.nan, math.inf, None]), name=st.sampled_from(["age_y", "weight_kg"]), region=regions)
def test_a_number_of_a_child_that_is_none_refuses(steps, value, name, region):
    assert steps.of(titrate, **{**child(6.0, 18.0, region=region), name: value}).refused


@given(use=uses, region=regions, goal=goals_ug, age_y=st.floats(18, 90), speed=speeds, answered=st.booleans())
def test_a_use_outside_the_labels_needs_an_answer_and_stays_within_its_cap_and_the_labels(
    steps, use, region, goal, age_y, speed, answered
):
    made = steps.of(
        titrate,
        indication=use, region=region, goal_ug_per_day=goal, age_y=age_y, speed=speed,
        overrides=ANSWERS if answered else (),
    )
    assert answered or made.refused
    cap = LABEL_CAPS_MG[region]
    if (use, region) != ("alcohol use disorder", Region.EU):
        cap = min(cap, USE_CAPS_MG[use])
    assert all(step.total_ug_per_day <= cap * 1000 for step in made.steps)


@given(region=regions, goal=goals_ug, age_y=st.floats(18, 90), frail=st.sampled_from([True, False, None]))
def test_to_ask_for_speed_never_gives_more_than_to_ask_for_nothing(steps, region, goal, age_y, frail):
    told = {"region": region, "goal_ug_per_day": goal, "age_y": age_y, "frail": frail}
    plain, fast, slow = (steps.of(titrate, **told, speed=speed) for speed in (None, Speed.USUAL, Speed.SLOW))
    assert fast.steps == plain.steps
    for unhurried, sooner in ((slow, plain), (slow, fast)):
        for step in sooner.steps:
            reached = [other.total_ug_per_day for other in unhurried.steps if other.since <= step.since]
            assert max(reached, default=0.0) <= step.total_ug_per_day


clock_sets = st.lists(st.sampled_from([time(hour) for hour in range(24)]), min_size=1, max_size=4, unique=True)


@given(clocks=clock_sets, region=regions, goal=goals_ug)
def test_no_dose_stands_at_a_time_that_was_not_asked_for_or_begins_above_a_step(steps, clocks, region, goal):
    made = steps.of(titrate, clocks=tuple(clocks), region=region, goal_ug_per_day=goal)
    largest = 0.0
    for step in made.steps:
        assert {dose.clock for dose in step.doses} <= set(clocks)
        amounts = {clock: sum(dose.amount_ug for dose in step.doses if dose.clock == clock) for clock in clocks}
        assert max(amounts.values()) <= largest + 5_000 * (1 + 1e-9)
        largest = max(amounts.values())


@given(tasks=st.lists(st.sampled_from([time(hour, 30) for hour in range(24)]), max_size=3, unique=True), region=regions)
def test_doses_of_a_day_always_stand_four_hours_apart(steps, tasks, region):
    made = steps.of(titrate, therapy_clocks=tuple(tasks), region=region)
    for step in made.steps:
        hours = sorted({dose.clock.hour + dose.clock.minute / 60 for dose in step.doses})
        gaps = [later - earlier for earlier, later in zip(hours, [*hours[1:], hours[0] + 24], strict=True)]
        assert min(gaps) >= 4 - 1e-9
        assert time(22) in {dose.clock for dose in step.doses}


@given(shift=st.integers(-300, 300), region=regions, is_child=st.booleans(), use=st.sampled_from([None, *USES]))
def test_a_plan_is_the_same_whatever_day_it_is(steps, make, shift, region, is_child, use):
    told = child(9.0, 30.0, region=region) if is_child else {"region": region, "overrides": ANSWERS}
    told |= {} if use is None else {"indication": use}
    now, later = make().now, timedelta(days=shift)
    moved = dict(told)
    moved["now"] = (now.replace(tzinfo=None) + later).replace(tzinfo=UTC)
    for name in ("creatinine", "cystatin_c"):
        values = told.get(name, getattr(make().patient, name))
        moved[name] = tuple(replace(value, at=value.at + later) for value in values)
    first, second = steps.of(titrate, **told), steps.of(titrate, **moved)
    assert [step.doses for step in second.steps] == [step.doses for step in first.steps]
    days = [
        (after.since.date() - before.since.date()).days for before, after in zip(first.steps, second.steps, strict=True)
    ]
    assert set(days) <= {shift}
