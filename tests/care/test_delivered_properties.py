"""What holds of the pieces of every plan, whoever the person is and whatever is at hand."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.care.plan import planned_timeline
from baclo.care.steps import by_clock
from baclo.care.taper import taper
from baclo.care.titrate import titrate
from baclo.case.case import Ask
from baclo.case.kidney import kidney_picture
from baclo.case.timeline import ClockDose, Regimen
from baclo.knowledge.facts import Region

CAPS_MG = {Region.US: 80, Region.UK: 60, Region.EU: 75}
# Content of a tablet, packet or mL, mg, and the smallest part of one, as the products say on their packs.
PACKS = {
    "us.tablet_5mg": (5, 1), "us.tablet_10mg": (10, 0.5), "us.tablet_15mg": (15, 1), "us.tablet_20mg": (20, 0.5),
    "us.solution_1mg_ml": (1, 0.5), "us.solution_2mg_ml": (2, 0.5), "us.suspension_5mg_ml": (5, 0.5),
    "us.granules_5mg": (5, 1), "us.granules_10mg": (10, 1), "us.granules_20mg": (20, 1),
    "uk.tablet_10mg": (10, 0.5), "uk.solution_1mg_ml": (1, 0.5), "uk.solution_2mg_ml": (2, 0.5),
    "eu.tablet_5mg": (5, 1), "eu.tablet_10mg": (10, 0.5), "eu.tablet_25mg": (25, 0.5),
}  # fmt: skip
at_hand = st.none() | st.lists(st.sampled_from(sorted(PACKS)), min_size=1, max_size=4, unique=True).map(tuple)
amounts_mg = st.lists(st.sampled_from([0.7, 2.5, 5.0, 7.5, 10.0, 12.5, 15.0, 20.0, 25.0, 40.0]), min_size=1, max_size=4)
goals_mg = st.sampled_from([5.0, 18.0, 30.0, 44.9, 60.0, 80.0, 500.0])
regions = st.sampled_from(list(Region))


def taking(amounts):
    doses = tuple(ClockDose(clock=time(7 + 5 * n), amount_ug=mg * 1000) for n, mg in enumerate(amounts))
    since = datetime(2026, 1, 1, tzinfo=UTC)
    return (Regimen(product=None, modified_release=None, since=since, until=None, doses=doses),)


def every(made):
    """The steps put first and those of every schedule beside them."""
    return [made.steps, *(other.steps for other in made.others)]


def kinds(steps):
    return {dose.product.split(".")[1].split("_")[0] for step in steps for dose in step.doses}


def only_as_dispensed(steps):
    for step in steps:
        for dose in step.doses:
            content_mg, part = PACKS[dose.product]
            assert dose.units > 0
            assert dose.units / part == round(dose.units / part)
            assert dose.amount_ug == dose.units * content_mg * 1000
        assert step.total_ug_per_day == sum(dose.amount_ug for dose in step.doses)
    assert len(kinds(steps)) <= 1 or kinds(steps) == {"solution"}
    products = {dose.product for step in steps for dose in step.doses}
    assert len(products) <= (1 if kinds(steps) & {"solution", "suspension"} else 2)


@given(products=at_hand, goal=goals_mg, region=regions)
def test_a_rise_is_made_of_what_is_dispensed_and_inside_its_limits(steps, products, goal, region):
    made = steps.of(titrate, products=products, goal_ug_per_day=goal * 1000, region=region)
    for found in every(made):
        only_as_dispensed(found)
        total = single = 0.0
        for step in found:
            largest = max(dose.amount_ug for dose in by_clock(step.doses))
            assert total < step.total_ug_per_day <= min(total + 15_000, CAPS_MG[region] * 1000, goal * 1000)
            assert largest <= single + 5_000
            total, single = step.total_ug_per_day, largest
        assert products is None or {dose.product for step in found for dose in step.doses} <= set(products)


@given(products=at_hand, amounts=amounts_mg, region=regions, goal=st.sampled_from([0.0, 8.0, 20.0]))
def test_a_taper_is_made_of_what_is_dispensed_and_no_dose_of_it_rises(steps, products, amounts, region, goal):
    made = steps.of(
        taper,
        ask=Ask.TAPER,
        goal_ug_per_day=goal * 1000,
        products=products,
        regimens=taking(amounts),
        region=region,
        baclofen_since=datetime(2020, 1, 1, tzinfo=UTC),
    )
    for found in every(made):
        only_as_dispensed(found)
        before = {dose.clock: dose.amount_ug for dose in taking(amounts)[0].doses}
        for step in found:
            after = {dose.clock: dose.amount_ug for dose in by_clock(step.doses)}
            assert all(amount <= before.get(clock, 0.0) for clock, amount in after.items())
            before = after
        assert goal > 0 or not before


@given(products=at_hand, goal=goals_mg, region=regions, amounts=st.none() | amounts_mg)
def test_what_is_dispensed_is_what_the_steps_use_up_to_less_than_one(steps, products, goal, region, amounts):
    regimens = () if amounts is None else taking(amounts)
    ask = {} if amounts is None else {"ask": Ask.TAPER, "goal_ug_per_day": 0.0}
    told = {"products": products, "goal_ug_per_day": goal * 1000, "region": region, "regimens": regimens, **ask}
    made = steps.of(titrate if amounts is None else taper, **told)
    open_days = 42 if amounts is None else 28
    for row in made.dispense:
        used = sum(
            dose.units * (open_days if step.until is None else (step.until.date() - step.since.date()).days)
            for step in made.steps
            for dose in step.doses
            if dose.product == row.product
        )
        assert row.needed_units == pytest.approx(used + row.left_units)
        assert 0 <= row.left_units < 1
        assert row.form == "liquid" or row.needed_units == round(row.needed_units)
    assert {row.product for row in made.dispense} == {dose.product for step in made.steps for dose in step.doses}


def shifted(case, days):
    """The same case that many days later, everything told of it moved along."""
    by = timedelta(days=days)
    patient = case.patient
    moved = tuple(replace(one, at=one.at + by) for one in patient.creatinine)
    regimens = tuple(replace(one, since=one.since + by) for one in case.timeline.regimens)
    return replace(
        case,
        now=case.now + by,
        patient=replace(patient, creatinine=moved),
        timeline=replace(case.timeline, regimens=regimens),
        baclofen_since=None if case.baclofen_since is None else case.baclofen_since + by,
    )


@given(days=st.integers(1, 90), amounts=st.none() | amounts_mg, goal=goals_mg, region=regions)
def test_a_plan_moves_along_with_its_day_and_is_otherwise_the_same(steps, days, amounts, goal, region):
    planner = titrate if amounts is None else taper
    ask = {} if amounts is None else {"ask": Ask.TAPER, "regimens": taking(amounts)}
    case = steps.make(**{"goal_ug_per_day": goal * 1000 if amounts is None else 0.0, "region": region, **ask})
    made, later = (
        planner(steps.knowledge, one, kidney_picture(steps.knowledge, one.patient, one.now))
        for one in (case, shifted(case, days))
    )
    assert [step.doses for step in later.steps] == [step.doses for step in made.steps]
    assert [(row.product, row.units) for row in later.dispense] == [(row.product, row.units) for row in made.dispense]
    assert [
        step.since.date() - step_before.since.date() for step, step_before in zip(later.steps, made.steps, strict=True)
    ] == [timedelta(days=days)] * len(made.steps)


def test_two_strengths_at_one_clock_time_are_simulated_as_one_dose(steps):
    case = steps.make(products=("us.tablet_5mg", "us.tablet_15mg"), goal_ug_per_day=60_000.0)
    made = titrate(steps.knowledge, case, kidney_picture(steps.knowledge, case.patient, case.now))
    timeline = planned_timeline(case, made.steps)
    for regimen, step in zip(timeline.regimens, made.steps, strict=True):
        assert len({dose.clock for dose in regimen.doses}) == len(regimen.doses)
        assert regimen.total_ug_per_day == step.total_ug_per_day
