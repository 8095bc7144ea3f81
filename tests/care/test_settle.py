"""Wishes settled on what is at hand: what it is made of, what it counts, what is near it, and what it may ask for."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from baclo.care.settle import schedules, settle
from baclo.care.weights import weights_of
from baclo.care.wishes import Bounds, Terms, Wish
from baclo.case.stock import Stock
from baclo.case.timeline import ClockDose
from baclo.knowledge.words import Text

FIRST = datetime(2026, 11, 24, tzinfo=UTC)
THREE, NIGHT = (time(8), time(14), time(22)), (time(22),)
BOUNDS = Bounds(
    start_ug_per_day=60_000.0,
    rise_ug_per_day=15_000.0,
    single_rise_ug=20_000.0,
    single_cap_ug=None,
    cap_ug_per_day=60_000.0,
    basis=(),
)


def wish(mg, day=0, days=None):
    since = FIRST + timedelta(days=day)
    until = None if days is None else since + timedelta(days=days)
    return Wish(since=since, until=until, total_ug_per_day=mg * 1000.0, why=Text(("",)), limited_by=(), monitor=())


def rise(taken=(), clocks=(THREE,), forms=("tablet",), **bounds):
    return Terms(bounds=replace(BOUNDS, **bounds), taken=taken, clocks=clocks, forms=forms)


def fall(*taken_mg):
    taken = tuple(ClockDose(clock=clock, amount_ug=mg * 1000.0) for clock, mg in zip(THREE, taken_mg, strict=False))
    return Terms(bounds=None, taken=taken, clocks=())


def margin(knowledge, points):
    return replace(
        knowledge, facts={**knowledge.facts, "plan.margin": replace(knowledge.fact("plan.margin"), value=points)}
    )


FIVES, TENS = ("us.tablet_5mg",), ("us.tablet_10mg",)


def test_steps_with_the_same_doses_that_follow_each_other_are_one(knowledge, make):
    steps = settle(knowledge, make(products=FIVES), [wish(15, 0, 3), wish(15, 3, 3), wish(30, 6)], rise())
    assert [step.total_ug_per_day for step in steps] == [15_000, 30_000]
    assert [(step.since - FIRST).days for step in steps] == [0, 6]
    assert [step.until for step in steps] == [steps[1].since, None]
    later = settle(knowledge, make(products=FIVES), [wish(15, 0, 3), wish(30, 3, 3), wish(30, 6)], rise())
    assert [((step.since - FIRST).days, step.total_ug_per_day) for step in later] == [(0, 15_000), (3, 30_000)]
    assert [step.until for step in later] == [later[1].since, None]


def test_what_a_schedule_counts_is_its_days_its_further_strengths_and_what_is_new(knowledge, make, build):
    weights = weights_of(knowledge)
    wide = margin(knowledge, 1e6)
    both = make(products=FIVES + TENS)
    found = {schedule.products: schedule for schedule in schedules(wide, both, [wish(45)], rise())}
    mixed = found[frozenset(FIVES + TENS)]
    assert mixed.points == pytest.approx(mixed.found.points + weights.strength)
    assert found[frozenset(FIVES)].points == pytest.approx(found[frozenset(FIVES)].found.points)
    assert {schedule.new for schedule in found.values()} == {0}
    # Fives are taken now: tens would be new, and count it.
    taken = build.regimen(("08:00", 5.0), product="us.tablet_5mg")
    on_fives = make(products=FIVES + TENS, regimens=(taken,))
    found = {schedule.products: schedule for schedule in schedules(wide, on_fives, [wish(45)], rise())}
    assert {products: schedule.new for products, schedule in found.items()} == {
        frozenset(FIVES): 0,
        frozenset(TENS): 1,
        frozenset(FIVES + TENS): 1,
    }
    tens = found[frozenset(TENS)]
    assert tens.points == pytest.approx(tens.found.points + weights.new)


@pytest.mark.parametrize(("units", "new"), [(0.5, 0), (0.0, 1)])
def test_what_is_at_home_is_had_down_to_its_last_half_tablet(knowledge, make, units, new):
    now = make().now
    stock = (Stock(product="us.tablet_5mg", units=units, at=now), Stock(product="us.tablet_20mg", units=3.0, at=now))
    (first, *_) = schedules(knowledge, make(products=FIVES, stock=stock), [wish(15)], rise())
    assert first.new == new


def test_what_is_taken_without_a_name_is_nothing_that_is_had(knowledge, make, build):
    unnamed = build.regimen(("08:00", 5.0))
    (first, *_) = schedules(knowledge, make(products=TENS, regimens=(unnamed,)), [wish(15)], rise())
    assert first.new == 0


def test_what_counts_as_much_as_the_margin_is_near_and_more_is_not(knowledge, make):
    case, wishes = make(products=FIVES + TENS), [wish(45)]
    every = schedules(margin(knowledge, 1e6), case, wishes, rise())
    over = [schedule.points - every[0].points for schedule in every]
    assert over == sorted(over)
    assert over[-1] > over[1] > 0
    assert len(schedules(margin(knowledge, over[1]), case, wishes, rise())) == 2
    assert len(schedules(margin(knowledge, over[1] * 0.999), case, wishes, rise())) == 1


def test_another_clock_is_that_of_the_last_day_and_of_the_best_products(knowledge, make):
    case, wishes = make(products=FIVES), [wish(5, 0, 3), wish(15, 3, 3), wish(20, 6)]
    terms = rise(clocks=(THREE, (time(8), time(22)), NIGHT), single_rise_ug=20_000.0)
    found = schedules(margin(knowledge, 1e6), case, wishes, terms)
    assert {schedule.products for schedule in found} == {frozenset(FIVES)}
    first, second = found
    assert tuple(dose.clock for dose in first.steps[0].doses) == NIGHT
    assert tuple(dose.clock for dose in first.steps[-1].doses) == THREE
    assert tuple(dose.clock for dose in second.steps[-1].doses) != THREE


def test_another_clock_is_tried_with_the_best_products_alone(knowledge, make):
    terms = rise(clocks=(THREE, NIGHT))
    found = schedules(margin(knowledge, 1e6), make(products=FIVES + TENS), [wish(15)], terms)
    by_night = [one.products for one in found if tuple(dose.clock for dose in one.steps[-1].doses) == NIGHT]
    assert by_night == [found[0].products]
    assert len({one.products for one in found}) > 1


def test_the_largest_dose_on_the_menu_is_what_the_bounds_let_one_dose_rise_to(knowledge, make):
    taken = (ClockDose(clock=time(22), amount_ug=10_000.0),)
    (at_once, *_) = schedules(
        knowledge,
        make(products=FIVES),
        [wish(15, 0, 3), wish(20, 3)],
        rise(taken, clocks=(NIGHT,), single_rise_ug=5_000.0),
    )
    assert [step.total_ug_per_day for step in at_once.steps] == [15_000, 20_000]
    assert len(at_once.menu.servings) == 1 + (10 + 2 * 5) // 5
    (capped, *_) = schedules(
        knowledge, make(products=FIVES), [wish(15)], rise(taken, clocks=(NIGHT,), cap_ug_per_day=15_000.0)
    )
    assert len(capped.menu.servings) == 1 + 15 // 5
    (wished, *_) = schedules(
        knowledge,
        make(products=FIVES),
        [wish(70)],
        rise(taken, clocks=(NIGHT,), rise_ug_per_day=60_000.0, single_rise_ug=60_000.0, cap_ug_per_day=65_000.0),
    )
    assert len(wished.menu.servings) == 1 + 65 // 5


def test_the_largest_dose_of_a_reduction_is_the_largest_that_is_taken(knowledge, make):
    (first, *_) = schedules(knowledge, make(products=FIVES), [wish(25, 0, 7), wish(20, 7)], fall(10, 5, 15))
    assert len(first.menu.servings) == 1 + 15 // 5


def test_where_no_number_bounds_the_menu_nothing_is_on_it(knowledge, make):
    terms = rise(cap_ug_per_day=float("inf"), single_rise_ug=float("nan"))
    assert schedules(knowledge, make(products=FIVES), [wish(float("nan"))], terms) == ()


def test_a_rise_is_never_made_of_what_is_not_at_hand(knowledge, make):
    assert settle(knowledge, make(products=("us.tablet_20mg",)), [wish(15)], rise(single_rise_ug=5_000.0)) == ()
