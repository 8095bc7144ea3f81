"""The days that a plan may have, against trying every day that can be written down; their points added up by hand."""

from itertools import product as every

import numpy as np
import pytest

from baclo.care.menu import handling, menu_of
from baclo.care.patterns import falling_days, patience, rising_days
from baclo.care.products import Product
from baclo.care.weights import Weights

# No two faults count the same, so that none can stand for another.
WEIGHTS = Weights(
    miss_per_ug=0.01, at_once_per_ug=0.0003, uneven_per_ug=0.0011, place_per_ug=0.00007, piece=1.0, broken=0.5,
    change=0.1, clocks=10.0, strength=10.0, new=5.0, spread=2, strengths=2,
)  # fmt: skip


def tablet(mg, parts=1):
    return Product(product=f"x.tablet_{mg}", form="tablet", strength_ug=mg * 1000.0, piece_ug=mg * 1000.0 / parts)


HALVES = menu_of((tablet(10, 2),), WEIGHTS, 30_000.0)  # 0 to 6 grains of 5 mg, each can be given
GAPS = menu_of((tablet(10), tablet(15)), WEIGHTS, 30_000.0)  # 0 to 6 grains of 5 mg without the first
FINE = menu_of((tablet(10, 2), tablet(25, 2)), WEIGHTS, 20_000.0)  # 0 to 8 grains of 2.5 mg, without 1 and 3


def rows(days):
    return sorted(map(tuple, days.amounts.tolist()))


def given(menu):
    return [grains for grains, serving in enumerate(menu.servings) if serving.units]


@pytest.mark.parametrize(
    ("count", "order"),
    [(1, (0,)), (2, (1, 0)), (3, (0.5, 1, 0)), (4, (1 / 3, 1, 2 / 3, 0))],
)
def test_the_night_is_wanted_most_then_the_morning_then_the_later_of_the_middle(count, order):
    assert patience(count) == pytest.approx(order)


@pytest.mark.parametrize("top", [0, 1, 3, 4, 7, 12])
@pytest.mark.parametrize(("menu", "spread"), [(HALVES, 2), (GAPS, 4), (FINE, 4)])
def test_a_rise_may_have_every_day_up_to_its_top_with_a_dose_at_each_time_none_far_below_another(menu, spread, top):
    # the spread is two of the smallest pieces: of 5, of 10 and of 5 mg
    for count in (1, 2, 3):
        days = rising_days(menu, WEIGHTS, (tuple(range(count)),), count, top)
        assert rows(days) == [
            day
            for day in every(given(menu)[1:], repeat=count)
            if sum(day) <= top and all(max(day) - dose <= spread for dose in day)
        ]


def test_the_days_of_every_set_stand_at_its_own_times():
    days = rising_days(HALVES, WEIGHTS, ((0, 2), (1,)), 3, 3)
    assert list(map(tuple, days.amounts.tolist())) == [(1, 0, 1), (1, 0, 2), (2, 0, 1), (0, 1, 0), (0, 2, 0), (0, 3, 0)]
    assert days.chosen.tolist() == [0, 0, 0, 1, 1, 1]
    assert days.totals.tolist() == [2, 3, 3, 1, 2, 3]
    assert days.largest.tolist() == [1, 2, 2, 1, 2, 3]


def test_the_points_of_a_rising_day_are_those_of_its_doses_size_evenness_place_and_set():
    days = rising_days(HALVES, WEIGHTS, ((0, 1, 2), (0, 2)), 3, 6)
    found = dict(zip(map(tuple, days.amounts.tolist()), days.points.tolist(), strict=True))
    # 10, 5 and 15 mg: one, a half, one and a half; 15 at once, 10 uneven; the morning has half a
    # place, noon a whole one
    pieces = 1 + (1 + 0.5) + (2 + 0.5)
    assert found[2, 1, 3] == pytest.approx(pieces + 15 * 0.3 + 10 * 1.1 + (10 * 0.5 + 5) * 0.07)
    # 5 and 10 mg at two times: one half and one whole; the second set counts 10
    assert found[1, 0, 2] == pytest.approx((1 + 0.5) + 1 + 10 * 0.3 + 5 * 1.1 + 5 * 0.07 + 10)


def falls(menu, spread, ceilings):
    """Every day of a reduction, by its rule."""
    can = given(menu)
    night = max(grains for grains in can if grains <= ceilings[-1])
    return [
        day
        for day in every(can, repeat=len(ceilings))
        if all(dose <= ceiling for dose, ceiling in zip(day, ceilings, strict=True))
        and all(min(ceiling, max(day)) - dose <= spread for dose, ceiling in zip(day, ceilings, strict=True))
        and (day[-1] == night or day[-1] == max(day))
    ]


@pytest.mark.parametrize(
    "ceilings",
    [(2,), (0,), (4, 4), (6, 2), (2, 6), (1, 5), (5, 1), (3, 0), (2, 4, 3), (6, 1, 6), (3, 3, 3), (4, 1, 1, 2)],
)
@pytest.mark.parametrize(("menu", "spread"), [(HALVES, 2), (GAPS, 4), (FINE, 4)])
def test_a_reduction_may_have_every_day_under_its_ceilings_the_night_dose_last(menu, spread, ceilings):
    days = falling_days(menu, WEIGHTS, ceilings)
    assert rows(days) == falls(menu, spread, ceilings)
    assert set(days.chosen.tolist()) == {0}


def test_a_tight_spread_may_leave_no_amount_for_a_dose_on_the_way():
    # doses of 20 mg or none: under ceilings of 20 and 10 mg the second, which cannot be given, may not be dropped
    tight = Weights(**{name: getattr(WEIGHTS, name) for name in WEIGHTS.__slots__} | {"spread": 0})
    twenty = menu_of((tablet(20), tablet(50, 2)), tight, 20_000.0)  # grains of 5: 0 and 4 alone
    assert rows(falling_days(twenty, tight, (4, 2))) == [(0, 0)]
    assert rows(falling_days(twenty, tight, (4, 4))) == [(0, 0), (4, 4)]


def test_the_points_of_a_falling_day_measure_each_dose_from_its_ceiling_or_the_largest():
    days = falling_days(HALVES, WEIGHTS, (4, 1, 3))
    found = dict(zip(map(tuple, days.amounts.tolist()), days.points.tolist(), strict=True))
    # 10, 0 and 15 mg under 20, 5 and 15: 5 below its ceiling at noon, 5 below the largest in the morning
    assert found[2, 0, 3] == pytest.approx(1 + (2 + 0.5) + 15 * 0.3 + 5 * 1.1 + 10 * 0.5 * 0.07)
    # 15, 5 and 15: nothing below
    assert found[3, 1, 3] == pytest.approx(2 * (2 + 0.5) + (1 + 0.5) + 15 * 0.3 + (15 * 0.5 + 5) * 0.07)
    # nothing at all counts nothing
    assert found[0, 0, 0] == 0


def test_totals_and_largest_are_those_of_the_amounts():
    days = falling_days(HALVES, WEIGHTS, (4, 2, 3))
    assert np.array_equal(days.totals, days.amounts.sum(axis=1))
    assert np.array_equal(days.largest, days.amounts.max(axis=1))
    assert handling(WEIGHTS, HALVES.servings[3]) == 2.5
