"""Children by hand: each region's bands, caps by age and by weight, liquids and tablets, who is refused."""

import math
from dataclasses import replace
from types import MappingProxyType

import pytest

from baclo.care.children import band_of, too_light_for_tablets
from baclo.care.kidney_share import child_kidney_share
from baclo.care.scheme import scheme_of
from baclo.care.titrate import titrate
from baclo.case.case import Override, Speed
from baclo.case.patient import MeasuredClearance
from baclo.case.timeline import ClockDose
from baclo.knowledge.facts import Region, Seen
from baclo.knowledge.words import Number

SPECIALIST = (Override(finding="age.us_not_established", reason="I treat this child", by="Dr A"),)
LIQUID = {Region.UK: None, Region.EU: ("uk.solution_1mg_ml",), Region.US: None}


@pytest.fixture
def plan(knowledge, picture_of):
    return lambda case: titrate(knowledge, case, picture_of(case))


@pytest.fixture
def child(make, build):
    """A child with cerebral palsy of whom everything is known, by region, age, weight and height."""

    def of(region, age_y, weight_kg, height_cm, **changes):
        given = {"creatinine": (build.creatinine(0.4),), "cystatin_c": (build.cystatin(0.7),)}
        given |= {"indication": "cerebral palsy", "origin": "cerebral", "goal_ug_per_day": None}
        given |= {"overrides": SPECIALIST, "products": LIQUID[region]}
        given |= {"age_y": age_y, "weight_kg": weight_kg, "height_cm": height_cm, "region": region}
        return make(**{**given, **changes})

    return of


def mg(steps):
    return [step.total_ug_per_day / 1000 for step in steps]


def days(steps):
    first = steps[0].since.date()
    return [(step.since.date() - first).days for step in steps]


def forms(steps):
    return {dose.product.split(".")[1].split("_")[0] for step in steps for dose in step.doses}


def words(texts):
    return " | ".join("".join(map(spoken, each.pieces)) for each in texts)


def spoken(piece):
    return f"{piece.value} {piece.unit}" if isinstance(piece, Number) else str(piece)


# By hand; a liquid of 1 mg in 1 mL is measured in half millilitres, so every total is rounded down to 0.5 mg.
BANDS = {
    # 18 kg: 0.3 mg/kg 5.4, again 5.4, to 0.75 mg/kg 13.5
    "UK below eight": (Region.UK, 6.0, 18.0, 112.0, None, [5.0, 10.0, 13.5], [0, 7, 14]),
    # 30 kg: 9, 18, 0.75 mg/kg 22.5
    "UK from eight": (Region.UK, 9.0, 30.0, 132.0, None, [9.0, 18.0, 22.5], [0, 7, 14]),
    "EU below eight": (Region.EU, 6.0, 18.0, 112.0, None, [5.0, 10.0, 13.5], [0, 7, 14]),
    "EU above ten": (Region.EU, 11.0, 32.0, 140.0, None, [9.5, 19.0, 24.0], [0, 7, 14]),
    # 18 kg: 0.5 mg/kg is 9, but three doses of at most 2.5: 7.5; the same rise; 0.75 mg/kg 13.5
    "US below eight": (Region.US, 6.0, 18.0, 112.0, None, [7.5, 13.5], [0, 7]),
    # 10 kg: 0.5 mg/kg 5, again 5, 0.75 mg/kg 7.5
    "US at two": (Region.US, 2.5, 10.0, 85.0, None, [5.0, 7.5], [0, 7]),
    # 5 mg twice, 5 more in each of two doses
    "US from eight": (Region.US, 13.0, 40.0, 150.0, None, [10.0, 20.0, 30.0], [0, 7, 14]),
    # caps: 40 mg below eight, though 2 mg/kg of 25 kg are 50
    "UK cap below eight": (
        *(Region.UK, 7.9, 25.0, 125.0, 90),
        *([7.5, 15, 22.5, 30, 37.5, 40], [0, 7, 14, 21, 28, 35]),
    ),
    # 2 mg/kg of 14 kg are 28, below 40
    "UK cap by weight": (Region.UK, 4.0, 14.0, 100.0, 90, [4, 8, 12, 16, 20, 24, 28], [0, 7, 14, 21, 28, 35, 42]),
    # 60 mg from eight, though 2 mg/kg of 40 kg are 80
    "UK cap from eight": (Region.UK, 12.0, 40.0, 150.0, 90, [12, 24, 36, 48, 60], [0, 7, 14, 21, 28]),
    "US cap below eight": (
        *(Region.US, 7.0, 25.0, 125.0, 90),
        *([7.5, 15, 22.5, 30, 37.5, 40], [0, 7, 14, 21, 28, 35]),
    ),
    "US cap from eight": (
        *(Region.US, 14.0, 50.0, 160.0, 500),
        *([10, 20, 30, 40, 50, 60], [0, 7, 14, 21, 28, 35]),
    ),
}


@pytest.mark.parametrize("name", BANDS)
def test_a_childs_plan_is_that_of_its_band_and_the_smallest_cap_wins(plan, child, name):
    region, age_y, weight_kg, height_cm, goal, totals, begins = BANDS[name]
    made = plan(child(region, age_y, weight_kg, height_cm, goal_ug_per_day=None if goal is None else goal * 1000.0))
    assert [refusal.reason for refusal in made.refusals] == []
    assert mg(made.steps) == totals
    assert days(made.steps) == begins
    assert forms(made.steps) == {"solution"}


@pytest.mark.parametrize(("region", "count"), [(Region.UK, 4), (Region.EU, 4), (Region.US, 3)])
def test_children_get_four_doses_in_europe_and_three_in_the_us(plan, child, region, count):
    made = plan(child(region, 6.0, 18.0, 112.0))
    assert {len({dose.clock for dose in step.doses}) for step in made.steps} == {count}


def test_the_course_is_that_of_the_model_of_children_with_its_band(plan, child):
    made = plan(child(Region.UK, 6.0, 18.0, 112.0))
    assert made.course.model == "he2014_children"
    assert made.course.band.low_ng_per_ml.max() < made.course.band.high_ng_per_ml.max()


def test_slow_takes_the_longer_interval_of_the_french_text(plan, child):
    made = plan(child(Region.UK, 6.0, 18.0, 112.0, speed=Speed.SLOW))
    assert mg(made.steps) == [5.0, 10.0, 13.5]
    assert days(made.steps) == [0, 14, 28]


def test_no_child_below_33_kg_gets_tablets(plan, child):
    light = plan(child(Region.UK, 9.0, 32.9, 135.0, products=("uk.tablet_10mg",)))
    assert light.refused
    assert "products" in {need for refusal in light.refusals for need in refusal.needs}
    heavy = plan(child(Region.UK, 9.0, 33.0, 135.0, products=("uk.tablet_10mg",)))
    assert not heavy.refused
    assert forms(heavy.steps) == {"tablet"}


def test_europe_has_no_liquid_of_its_own_and_a_small_child_is_refused_until_one_is_named(plan, child):
    assert plan(child(Region.EU, 6.0, 18.0, 112.0, products=None)).refused


def test_a_heavy_child_is_shown_tablets_beside_the_liquid(plan, child):
    made = plan(child(Region.UK, 12.0, 45.0, 150.0))
    assert forms(made.steps) == {"solution"}
    tablets = next(other for other in made.others if words([other.name]) == "Tablets")
    assert forms(tablets.steps) == {"tablet"}
    assert "Their smallest piece is 5.0 mg" in words([tablets.why_not])


def test_no_tablets_are_shown_where_none_are_at_hand(plan, child):
    made = plan(child(Region.UK, 12.0, 45.0, 150.0, products=("uk.solution_1mg_ml",)))
    assert "Tablets" not in [words([other.name]) for other in made.others]


def test_below_two_years_the_published_texts_are_told_and_there_is_never_a_plan(plan, child):
    made = plan(child(Region.UK, 1.5, 10.0, 80.0))
    assert made.refused
    assert "between (10.0, 20.0) mg/d in a German" in words(made.notes)
    assert plan(child(Region.US, 1.5, 10.0, 80.0)).refused
    assert plan(child(Region.EU, 1.5, 10.0, 80.0)).refused


def test_the_us_below_twelve_needs_a_specialist_who_answers_for_it(plan, child):
    assert plan(child(Region.US, 11.9, 30.0, 140.0, overrides=())).refused
    assert not plan(child(Region.US, 11.9, 30.0, 140.0)).refused
    assert not plan(child(Region.US, 12.0, 30.0, 140.0, overrides=())).refused
    assert not plan(child(Region.UK, 11.9, 30.0, 140.0, overrides=())).refused


@pytest.mark.parametrize("region", list(Region))
@pytest.mark.parametrize("weight_kg", [None, math.nan, math.inf])
def test_a_weight_that_is_unknown_or_no_number_refuses(plan, child, region, weight_kg):
    made = plan(child(region, 6.0, weight_kg, 112.0))
    assert made.refused
    assert made.steps == ()


@pytest.mark.parametrize("age_y", [None, math.nan])
def test_an_age_that_is_unknown_or_no_number_has_no_band_and_refuses(plan, child, knowledge, age_y):
    case = child(Region.UK, age_y, 18.0, 112.0)
    assert band_of(knowledge, case) is None
    assert plan(case).refused


@pytest.mark.parametrize("region", list(Region))
@pytest.mark.parametrize("age_y", [2.0, 7.0, 9.0, 12.0, 17.9])
def test_the_outlier_of_two_hundred_is_never_near(knowledge, child, region, age_y):
    scheme = scheme_of(knowledge, child(region, age_y, 90.0, 170.0))
    assert scheme.cap_ug_per_day <= 60_000
    assert "fact:child.bcch.cap_older" not in {name for note in scheme.notes for name in note.basis}


def test_adults_begin_at_eighteen(knowledge, child):
    assert scheme_of(knowledge, child(Region.UK, 17.99, 60.0, 170.0)).child
    assert not scheme_of(knowledge, child(Region.UK, 18.0, 60.0, 170.0)).child


def test_a_rise_that_is_proposed_stays_inside_the_one_that_is_stated(knowledge, child):
    fact = replace(knowledge.fact("child.rise"), value=9.0)
    bolder = replace(knowledge, facts=MappingProxyType({**knowledge.facts, "child.rise": fact}))
    scheme = scheme_of(bolder, child(Region.UK, 6.0, 18.0, 112.0))
    assert scheme.rise_ug_per_day == pytest.approx(0.5 * 18 * 1000)


@pytest.mark.parametrize("key", ["child.uk.start", "child.practice.start", "child.uk.step", "child.uk.cap_young"])
def test_a_number_for_children_that_is_only_recalled_permits_nothing(knowledge, picture_of, child, key):
    case = child(Region.UK, 6.0, 18.0, 112.0)
    recalled = replace(knowledge.fact(key), seen=Seen.RECALLED)
    made = titrate(
        replace(knowledge, facts=MappingProxyType({**knowledge.facts, key: recalled})), case, picture_of(case)
    )
    assert made.refused
    assert (f"fact:{key}",) in [refusal.basis for refusal in made.refusals]


@pytest.mark.parametrize("key", ["child.slow.step", "child.rise"])
def test_a_number_that_nobody_read_shapes_nothing(knowledge, picture_of, child, key):
    case = child(Region.UK, 6.0, 18.0, 112.0, speed=Speed.SLOW)
    fact = knowledge.fact(key)
    unread = replace(fact, seen=Seen.RECALLED, how="stated")
    made = titrate(replace(knowledge, facts=MappingProxyType({**knowledge.facts, key: unread})), case, picture_of(case))
    assert made.refused


def test_a_child_is_raised_from_what_it_takes(plan, child, build):
    taken = build.regimen(("08:00", 3.0), ("14:00", 3.0), ("20:00", 4.0), product="uk.solution_1mg_ml")
    made = plan(child(Region.UK, 6.0, 18.0, 112.0, regimens=(taken,), goal_ug_per_day=20_000.0))
    assert mg(made.steps) == [15.0, 20.0]  # 10 and 5.4 more, then 5.4 more at most
    assert isinstance(taken.doses[0], ClockDose)


def test_half_the_kidneys_halve_a_childs_doses_and_the_clearance_of_adults_is_not_asked(plan, child, build):
    made = plan(
        child(Region.UK, 9.0, 30.0, 132.0, creatinine=(build.creatinine(1.0),), cystatin_c=(build.cystatin(1.6),))
    )
    # eGFR about 50: the half of 9 is 4.5, weekly steps of 4.5 every 14 days, to the half of 22.5: 11.25
    assert mg(made.steps) == [4.5, 9.0, 11.0]
    assert days(made.steps) == [0, 14, 28]


def measured(make, value):
    return (MeasuredClearance(at=make().now, creatinine_clearance_ml_per_min=value, entered=f"{value} mL/min"),)


def test_a_measured_clearance_of_a_child_counts_at_its_body_surface(knowledge, picture_of, child, make):
    # 18 kg and 112 cm: 0.748 m2 (Mosteller); 30 mL/min are 69 per 1.73 m2, 12 mL/min are 28
    middling = child(Region.UK, 6.0, 18.0, 112.0, measured_clearance=measured(make, 30.0))
    assert child_kidney_share(knowledge, picture_of(middling), middling.patient).fraction == pytest.approx(2 / 3)
    low = child(Region.UK, 6.0, 18.0, 112.0, measured_clearance=measured(make, 12.0))
    assert child_kidney_share(knowledge, picture_of(low), low.patient).fraction == 0
    broken = child(Region.UK, 6.0, 18.0, 112.0, measured_clearance=measured(make, math.nan))
    assert child_kidney_share(knowledge, picture_of(broken), broken.patient).fraction == 0


def test_a_measured_clearance_without_a_height_is_not_known(knowledge, picture_of, child, make):
    case = child(Region.UK, 6.0, 18.0, None, measured_clearance=measured(make, 30.0))
    share = child_kidney_share(knowledge, picture_of(case), case.patient)
    assert share.fraction is None


def test_a_child_whose_kidneys_are_unknown_is_refused(plan, child):
    made = plan(child(Region.UK, 6.0, 18.0, 112.0, creatinine=(), cystatin_c=()))
    assert made.refused


def test_what_is_too_light_for_tablets_counts_a_weight_that_is_unknown(knowledge, child):
    assert too_light_for_tablets(knowledge, child(Region.UK, 6.0, None, 112.0))
    assert too_light_for_tablets(knowledge, child(Region.UK, 6.0, math.nan, 112.0))
    assert not too_light_for_tablets(knowledge, child(Region.UK, 6.0, 33.0, 112.0))
