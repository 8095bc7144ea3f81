"""The properties of every plan on a few random people; `full_run.py` asks the same of a million.

Here too: that each person can be drawn again, that making plans quick changes none, and that each property can fail.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.people import properties
from tests.people.changed import HIDDEN, asking, hiding, later, older, same_offsets, worse_kidneys
from tests.people.drawn import Draw, forgetful, person, record, words_of
from tests.people.missed import never_doubled
from tests.people.planning import OF_DOSES, plan_of, quick, unsimulated

from baclo.care.medicines import read_medicines
from baclo.care.plan import Kind, Other
from baclo.care.quantities import quantities
from baclo.care.quantities.doses import doses
from baclo.care.quantities.products import products
from baclo.care.refusal import Refusal
from baclo.case.case import Ask
from baclo.case.kidney import kidney_picture
from baclo.case.timeline import DoseStatus
from baclo.knowledge.library import load
from baclo.knowledge.words import Text

SEED, PEOPLE = 1, 180
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
        for one in properties.violations(KNOWLEDGE, drawn(index), SEED, index)
    ]
    assert found == []


def forgotten(index):
    return forgetful(drawn(index), SEED, index)


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


@pytest.mark.parametrize("ask", [Ask.TITRATE, Ask.TAPER, Ask.RESUME])
def test_what_makes_plans_quick_changes_no_step_and_refuses_nobody_else(ask):
    people = [forgotten(index) if ask is Ask.RESUME else asking(drawn(index), ask) for index in range(20)]
    with quick(KNOWLEDGE):
        fast = [plan_of(KNOWLEDGE, case) for case in people]
    with unsimulated():
        whole = [plan_of(KNOWLEDGE, case) for case in people]
    assert [plan.steps for plan in fast] == [plan.steps for plan in whole]
    assert [needs(plan) for plan in fast] == [needs(plan) for plan in whole]


def test_the_quantities_that_hang_on_what_is_taken_are_all_named():
    case = drawn(0)
    picture = kidney_picture(KNOWLEDGE, case.patient, case.now)
    for index in range(40):
        person_now = forgotten(index)
        read = read_medicines(KNOWLEDGE, person_now.patient.medicines)
        assert {*doses(KNOWLEDGE, person_now, None), *products(KNOWLEDGE, person_now, None, read)} == OF_DOSES
    assert set(quantities(KNOWLEDGE, case, picture, None)) > OF_DOSES


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


@pytest.fixture(scope="module")
def missing(quick_plans):
    """Somebody who takes up a dose missed today and at least one more, and what is then taken."""
    cases = (forgotten(index) for index in range(500) if drawn(index).timeline.regimens)
    return next((case, plan) for case in cases if takes_up(case, plan := plan_of(KNOWLEDGE, case)))


def takes_up(case, plan):
    dated = [dose for step in plan.steps for dose in step.doses if dose.at is not None]
    return len(dated) > 1 and dated[0].due < case.now and (case.patient.age_y or 0) > 18


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


def test_a_dose_twice_too_early_too_large_too_near_or_too_many_is_found(missing):
    case, plan = missing
    today, after = plan.steps[0], plan.steps[1]
    first, second, *rest = today.doses

    def with_doses(*given, then=after):
        return told(never_doubled(KNOWLEDGE, case, replace(plan, steps=(replace(today, doses=given), then))))

    assert with_doses(*today.doses) == set()
    early = replace(second, at=second.due - timedelta(minutes=1))
    assert "a dose before now, before its time, or for none" in with_doses(first, early, *rest)
    assert "a dose before now, before its time, or for none" in with_doses(replace(first, due=None), second, *rest)
    twice = replace(second, due=first.due)
    assert "one dose twice" in with_doses(first, twice, *rest)
    larger = replace(first, amount_ug=first.amount_ug * 1.01)
    assert "a dose larger than the one it stands for" in with_doses(larger, second, *rest)
    together = replace(first, at=second.at)
    assert "two doses too near to each other" in with_doses(together, second, *rest)
    more = dosed(after, lambda amount: amount * 1.01)
    assert with_doses(*today.doses, then=more) == {"days after it above the usual one"}
    assert "a dose that was taken already, or may have been" in found_after(first.amount_ug, first.due, missing)
    assert "a day above the usual one" in found_after(after.total_ug_per_day, None, missing)


def found_after(amount_ug, due, missing):
    """What is found where so much was taken besides, an hour ago, for the dose due then or for none."""
    case, plan = missing
    taken = record(DoseStatus.GIVEN, case.now - timedelta(hours=1), due, amount_ug)
    more = replace(case, timeline=replace(case.timeline, doses=(*case.timeline.doses, taken)))
    return told(never_doubled(KNOWLEDGE, more, plan))


def test_a_new_start_above_what_was_taken_is_found(missing):
    case, plan = missing
    top = max(regimen.total_ug_per_day for regimen in case.timeline.regimens)
    start = replace(plan, kind=Kind.TITRATE, steps=(replace(plan.steps[1], total_ug_per_day=top * 1.01),))
    assert told(never_doubled(KNOWLEDGE, case, start)) == {"a new start above what was taken before"}


def test_a_dose_with_a_pump_that_nobody_told_of_is_found(missing, monkeypatch):
    case, plan = missing
    monkeypatch.setattr(properties, "plan_of", lambda *_: plan)
    assert told(properties.none_without(KNOWLEDGE, case, 1)) == {"a dose without has_pump"}


def test_what_is_unknown_refusing_or_hurrying_a_reduction_is_found(falling, monkeypatch):
    case, plan = falling
    change = properties.HIDDEN_ONES[:1]
    refused = replace(plan, steps=(), refusals=(Refusal(reason=Text(("no",)), needs=("patient.age",), basis=()),))
    monkeypatch.setattr(properties, "plan_of", lambda *_: refused)
    assert told(properties.never_refused_by_what_is_unknown(KNOWLEDGE, case, plan, change, 0)) == {
        "a reduction refused without the kidneys"
    }
    monkeypatch.setattr(properties, "plan_of", lambda *_: replace(plan, steps=plan.steps[:-1]))
    assert told(properties.never_refused_by_what_is_unknown(KNOWLEDGE, case, plan, change, 0)) == {
        "a quicker reduction without the kidneys"
    }


def test_a_rise_without_what_must_be_known_is_found(rising, monkeypatch):
    case, plan = rising
    monkeypatch.setattr(properties, "plan_of", lambda *_: plan)
    assert told(properties.none_without_numbers(KNOWLEDGE, case, 0)) == {"a rise with no number for age"}
    assert told(properties.none_without_what_must_be_known(KNOWLEDGE, case, 1)) == {"a rise without age_y"}


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
        one
        for how in properties.WORSE
        for turn in range(len(HIDDEN))
        for one in properties.never_more_when_worse(KNOWLEDGE, case, less, how, turn)
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
