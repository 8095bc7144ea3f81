"""The best days by hand, one bound or one fault at a time."""

from dataclasses import replace
from datetime import time

import pytest

from baclo.care.menu import menu_of
from baclo.care.optimum import Problem, optimum
from baclo.care.products import Product
from baclo.care.weights import Weights
from baclo.care.wishes import Bounds, Terms
from baclo.case.timeline import ClockDose

# Only what is missed counts, and is dear: 50 points for half a tablet of 10 mg.
FREE = Weights(
    miss_per_ug=0.01, at_once_per_ug=0.0, uneven_per_ug=0.0, place_per_ug=0.0, piece=0.0, broken=0.0,
    change=0.0, clocks=0.0, strength=0.0, new=0.0, spread=2, strengths=2,
)  # fmt: skip
WIDE = Bounds(
    start_ug_per_day=1e6, rise_ug_per_day=1e6, single_rise_ug=1e6, single_cap_ug=None, cap_ug_per_day=1e6, basis=()
)
NIGHT, TWO, THREE = (time(22),), (time(8), time(22)), (time(8), time(14), time(22))
HALVES = Product(product="x.tablet", form="tablet", strength_ug=10_000.0, piece_ug=5_000.0)
LIQUID = Product(product="x.liquid", form="liquid", strength_ug=1_000.0, piece_ug=500.0)
CRUMB = Product(product="x.crumb", form="tablet", strength_ug=1.0, piece_ug=1.0)


def problem(wishes_mg, *, clocks=(TWO,), taken=(), bounds=WIDE, weights=FREE, of=HALVES, top_mg=30.0, barred=None):
    return Problem(
        wishes_ug=tuple(mg * 1000.0 for mg in wishes_mg),
        terms=Terms(
            bounds=bounds,
            taken=tuple(ClockDose(clock=clock, amount_ug=mg * 1000.0) for clock, mg in taken),
            clocks=clocks if bounds is not None else (),
        ),
        menu=menu_of((of,), weights, top_mg * 1000.0),
        weights=weights,
        barred=barred,
    )


def days(*wishes_mg, **given):
    found = optimum(problem(wishes_mg, **given))
    return None if found is None else found.days


def bound(**sizes_mg):
    return replace(WIDE, **{name: mg * 1000.0 for name, mg in sizes_mg.items()})


def test_the_limits_of_a_day_hold_whatever_is_wished():
    assert days(20, clocks=(NIGHT,)) == ((4,),)
    assert days(20, clocks=(NIGHT,), bounds=bound(cap_ug_per_day=15)) == ((3,),)
    assert days(20, clocks=(NIGHT,), bounds=bound(cap_ug_per_day=14.9)) == ((2,),)
    assert days(20, clocks=(NIGHT,), bounds=bound(single_cap_ug=10)) == ((2,),)
    assert days(17, clocks=(NIGHT,)) == ((3,),)
    assert days(2, clocks=(NIGHT,)) is None
    assert days(20, clocks=(NIGHT,), bounds=bound(cap_ug_per_day=4)) is None


def test_the_first_step_is_bound_by_the_first_dose_or_from_a_dose_by_the_rise():
    apart = bound(start_ug_per_day=10, rise_ug_per_day=15)
    assert days(30, clocks=(NIGHT,), bounds=apart) == ((2,),)
    assert days(30, clocks=(NIGHT,), bounds=apart, taken=((time(22), 5),)) == ((4,),)
    assert days(30, clocks=(NIGHT,), bounds=bound(single_rise_ug=10), taken=((time(22), 5),)) == ((3,),)


def test_each_later_step_is_bound_by_both_rises():
    assert days(5, 30, clocks=(NIGHT,), bounds=bound(rise_ug_per_day=10)) == ((1,), (3,))
    assert days(5, 30, clocks=(NIGHT,), bounds=bound(single_rise_ug=5)) == ((1,), (2,))


@pytest.mark.parametrize("name", ["start_ug_per_day", "rise_ug_per_day", "single_rise_ug", "cap_ug_per_day"])
@pytest.mark.parametrize(("hair", "more"), [(1e-15, 1), (1e-9, 0)])
def test_a_limit_that_rounding_brought_below_a_dose_lets_it_in_and_a_lower_one_does_not(name, hair, more):
    # 5 mg at first; the limit of the second step lies a hair below 10, or below 5 more
    limit = {"cap_ug_per_day": 10.0, "start_ug_per_day": 5.0}.get(name, 5.0) * (1 - hair)
    found = days(5, 10, clocks=(NIGHT,), bounds=bound(**{name: limit}))
    if name in ("start_ug_per_day", "single_rise_ug"):
        assert found == (((1,), (2,)) if more else None)
    else:
        assert found == ((1,), (1 + more,))


def test_a_wish_that_rounding_brought_below_a_dose_is_that_dose():
    assert days(10 * (1 - 1e-14), clocks=(NIGHT,)) == ((2,),)
    assert days(10 * (1 - 1e-9), clocks=(NIGHT,)) == ((1,),)


@pytest.mark.parametrize("wish", [float("nan"), float("inf"), -float("inf")])
def test_one_wish_among_others_that_is_no_number_leaves_no_plan(wish):
    assert days(5, wish) is None
    assert days(wish, 5) is None
    assert days(5, wish, bounds=None, taken=((time(22), 10),)) is None


def test_a_wish_below_nothing_leaves_no_rise():
    assert days(-5) is None
    assert days(-50_000) is None


def test_a_rise_has_to_go_up_from_the_present_dose():
    taken = ((time(22), 20),)
    assert days(25, clocks=(NIGHT,), taken=taken) == ((5,),)
    # 24 is 20, which is not above 20
    assert days(24, clocks=(NIGHT,), taken=taken) is None
    assert days(25, clocks=(NIGHT,), taken=taken, bounds=bound(cap_ug_per_day=24)) is None
    # where no rise is wished it may stay or fall
    assert days(20, clocks=(NIGHT,), taken=taken) == ((4,),)
    assert days(15, clocks=(NIGHT,), taken=taken) == ((3,),)


def test_a_present_dose_between_two_pieces_is_gone_above():
    assert days(12, clocks=(NIGHT,), taken=((time(22), 7),)) == ((2,),)
    assert days(9, clocks=(NIGHT,), taken=((time(22), 7),)) is None


def test_a_set_of_times_that_is_barred_is_not_used():
    dear = replace(FREE, clocks=10.0)
    assert days(10, clocks=(TWO, NIGHT), weights=dear) == ((1, 1),)
    assert days(10, clocks=(TWO, NIGHT), weights=dear, barred=0) == ((0, 2),)
    assert days(10, clocks=(NIGHT, TWO), weights=dear, barred=0) == ((1, 1),)
    assert days(10, clocks=(TWO, NIGHT), weights=dear, barred=1) == ((1, 1),)
    assert optimum(problem((10,), clocks=(TWO, NIGHT), weights=dear, barred=0)).chosen == (1,)
    assert days(10, clocks=(TWO,), barred=0) is None


def test_where_no_fall_is_wished_a_day_goes_up_or_is_held():
    # 10 mg in one tablet is one piece, in two halves two: but only 5 mg may stand at a time at first
    pieces = replace(FREE, piece=1.0)
    bounds = bound(single_rise_ug=5, start_ug_per_day=10)
    assert days(10, 10, clocks=(TWO, NIGHT), weights=pieces, bounds=bounds) == ((1, 1), (1, 1))
    assert days(10, 15, clocks=(TWO, NIGHT), weights=pieces, bounds=bounds)[0] == (1, 1)


def test_where_a_fall_is_wished_a_day_may_be_lower_than_the_one_before():
    assert days(10, 5, clocks=(NIGHT,)) == ((2,), (1,))
    assert days(10, 5, 15, clocks=(NIGHT,)) == ((2,), (1,), (3,))


def test_no_dose_of_a_reduction_rises_from_one_step_to_the_next():
    # 20 of 30 mg in (10, 0, 10) are two pieces, in (5, 5, 10) three and two breaks; then 15 in (5, 5, 5) is best by
    # far, since what stands at once counts 25 a half tablet; only the second day can come down to it.
    # (10, 0, 10) then (5, 0, 10): 2 + 50 and 2.5 + 50. (5, 5, 10) then (5, 5, 5): 4 + 50 and 4.5 + 25.
    weights = replace(FREE, piece=1.0, broken=0.5, at_once_per_ug=0.005, miss_per_ug=0.1)
    found = optimum(problem((20, 15), bounds=None, taken=[(clock, 10) for clock in THREE], weights=weights))
    assert found.days == ((1, 1, 2), (1, 1, 1))
    assert found.points == pytest.approx(4 + 50 + 4.5 + 25)


def test_a_reduction_comes_no_further_down_than_a_piece_below_its_wish_and_never_to_nothing_before_the_end():
    # what is missed is cheap, a piece is dear
    dear = replace(FREE, miss_per_ug=1e-6, piece=100.0)
    taken = ((time(22), 20),)
    assert days(15, 0, bounds=None, taken=taken, weights=dear) == ((2,), (0,))
    assert days(4, 0, bounds=None, taken=taken, weights=dear) == ((1,), (0,))
    # of two wishes the lower bounds both: 10 is a piece below 15 and above it, 5 is not
    assert days(15, 10, bounds=None, taken=taken, weights=dear) == ((2,), (2,))


def test_the_smallest_dose_of_all_is_one_too():
    # wishes of one and no microgram
    dear = replace(FREE, miss_per_ug=1e-6, piece=100.0)
    assert days(0.001, 0, bounds=None, taken=((time(22), 0.005),), weights=dear, of=CRUMB, top_mg=0.01) == ((1,), (0,))


def test_each_dose_that_differs_from_the_present_one_counts():
    changing = replace(FREE, change=3.0)
    taken = ((time(8), 5), (time(14), 5), (time(22), 5))
    kept = optimum(problem((15, 15), clocks=(THREE,), taken=taken, weights=changing))
    assert (kept.days, kept.points) == (((1, 1, 1), (1, 1, 1)), 0)
    fresh = optimum(problem((15,), clocks=(THREE,), weights=replace(changing, uneven_per_ug=1.0)))
    assert (fresh.days, fresh.points) == (((1, 1, 1),), 9)
    third = optimum(problem((10, 20), clocks=(NIGHT,), taken=((time(22), 10.0 / 3 * 3),), weights=changing))
    assert (third.days, third.points) == (((2,), (4,)), 3)
    # 12 mg cannot be given: 10 is another dose
    odd = optimum(problem((10,), bounds=None, taken=((time(22), 12),), weights=changing))
    assert (odd.days, odd.points) == (((2,),), 3)


def test_a_plan_is_found_far_from_what_looks_best_step_by_step():
    # 20 mg of a liquid in half milligrams has more than a hundred days, and all but a few are too far up from 1 mg
    found = days(1, 20, clocks=(TWO, NIGHT), bounds=bound(rise_ug_per_day=1), of=LIQUID, top_mg=20)
    assert [sum(day) for day in found] == [2, 4]


def test_the_times_are_those_of_every_set_and_of_what_is_taken():
    found = optimum(problem((10,), clocks=(TWO,), taken=((time(7), 5),)))
    assert found.clocks == (time(7), time(8), time(22))
    assert found.days == ((0, 1, 1),)
    assert found.chosen == (0,)
    fall = optimum(problem((5,), bounds=None, taken=((time(7), 5), (time(21), 5))))
    assert (fall.clocks, fall.days, fall.chosen) == ((time(7), time(21)), ((0, 1),), (0,))
