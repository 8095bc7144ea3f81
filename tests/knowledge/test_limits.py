"""Bounds that ask to be inside."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.knowledge.limits import Limit, Standing

ANY_FLOAT = st.floats(allow_nan=True, allow_infinity=True)
POSITIVE = st.floats(min_value=1e-3, max_value=1e6)


def limit(**changed):
    known = {"unit": "ug", "low": 0.0, "high": 80000.0, "usual_low": 15000.0, "usual_high": 60000.0, "step": 5000.0}
    return Limit(**{**known, "basis": ("fact:a.b",), **changed})


@pytest.mark.parametrize(
    ("value", "standing"),
    [
        (15000.0, Standing.USUAL),
        (60000.0, Standing.USUAL),
        (14999.0, Standing.UNUSUAL),
        (80000.0, Standing.UNUSUAL),
        (0.0, Standing.UNUSUAL),
        (80000.1, Standing.OUTSIDE),
        (-0.1, Standing.OUTSIDE),
        (math.nan, Standing.OUTSIDE),
        (math.inf, Standing.OUTSIDE),
        (-math.inf, Standing.OUTSIDE),
    ],
)
def test_a_value_is_usual_unusual_or_outside(value, standing):
    assert limit().classify(value) is standing


def test_usual_bounds_wider_than_absolute_ones_do_not_let_a_value_in():
    assert limit(high=10000.0, usual_high=60000.0).classify(20000.0) is Standing.OUTSIDE


@pytest.mark.parametrize("value", [10000.0, 20000.0])
def test_absolute_bounds_inside_usual_ones_are_themselves_inside(value):
    assert limit(low=10000.0, high=20000.0, usual_low=0.0, usual_high=60000.0).classify(value) is Standing.USUAL


@pytest.mark.parametrize(
    ("value", "settled"),
    [
        (17000.0, 15000.0),
        (15000.0, 15000.0),
        (14999.999, 10000.0),
        (4999.0, 0.0),
        (200000.0, 80000.0),
        (-1.0, None),
        (-1e308, None),
    ],
)
def test_a_value_settles_on_the_step_below_it(value, settled):
    assert limit().settle(value) == settled


def test_a_step_that_binary_fractions_cannot_hold_still_reaches_its_own_bound():
    assert limit(step=0.1, high=0.3).settle(0.3) == 0.3


def test_a_high_between_two_steps_settles_below_it():
    assert limit(high=12500.0).settle(99999.0) == 10000.0


def test_nothing_settles_where_the_lowest_bound_is_above_every_step():
    assert limit(low=6000.0, high=9000.0).settle(9000.0) is None


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_nan_and_infinities_settle_on_nothing(value):
    assert limit().settle(value) is None


@pytest.mark.parametrize("field", ["low", "high", "step"])
def test_a_bound_or_step_that_is_nan_lets_nothing_settle(field):
    assert limit(**{field: math.nan}).settle(20000.0) is None


@pytest.mark.parametrize("step", [0.0, -5000.0, math.inf])
def test_a_step_that_is_no_step_lets_nothing_settle(step):
    assert limit(step=step).settle(20000.0) is None


def test_a_step_too_small_to_count_lets_nothing_settle():
    assert limit(step=1e-320).settle(20000.0) is None


@given(ANY_FLOAT, ANY_FLOAT, ANY_FLOAT, ANY_FLOAT)
def test_whatever_the_numbers_the_settled_value_is_inside_and_never_above_what_was_asked(value, low, high, step):
    settled = limit(low=low, high=high, step=step).settle(value)
    assert settled is None or (low <= settled <= high and settled <= value and math.isfinite(settled))


@given(st.floats(min_value=0, max_value=1e6), POSITIVE, POSITIVE)
def test_the_settled_value_is_a_multiple_of_the_step_and_the_next_one_would_not_fit(value, high, step):
    settled = limit(high=high, step=step).settle(value)
    assert settled is not None
    assert settled / step == pytest.approx(round(settled / step), abs=1e-6)
    assert settled + step > min(value, high) * (1 - 1e-9)


@given(st.floats(min_value=0, max_value=1e6), st.floats(min_value=0, max_value=1e6))
def test_asking_for_more_never_settles_on_less(one, other):
    low, high = sorted((one, other))
    assert limit().settle(low) <= limit().settle(high)
