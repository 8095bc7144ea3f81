"""The exact table of units."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.errors import UnitError
from baclo.units import UNITS, convert, dimension

PAIRS = [(a, b) for a in UNITS for b in UNITS if UNITS[a][0] == UNITS[b][0]]


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        (10, "mg", "ug", 10000.0),
        (1, "lb", "kg", 0.45359237),
        (154, "lb", "kg", 69.85322498),
        (1, "in", "cm", 2.54),
        (0.9, "mg/dL", "mg/L", 9.0),
        (60, "mL/min", "L/h", 3.6),
        (1, "mL/s", "mL/min", 60.0),
        (1, "ug/L", "ng/mL", 1.0),
        (1, "mg/mL", "ng/mL", 1e6),
        (1, "wk", "d", 7.0),
        (1, "a", "d", 365.25),
        (24, "mg/d", "ug/h", 1000.0),
        (50, "%", "1", 0.5),
        (2, "m", "cm", 200.0),
        (1, "mg/kg/d", "ug/h", None),
    ],
)
def test_a_conversion_gives_the_number_worked_out_by_hand(value, unit, to, expected):
    if expected is None:
        with pytest.raises(UnitError, match="measures"):
            convert(value, unit, to)
    else:
        assert convert(value, unit, to) == expected


def test_milligrams_and_micrograms_differ_by_exactly_one_thousand():
    assert UNITS["mg"][1] / UNITS["ug"][1] == Fraction(1000)


@given(st.sampled_from(PAIRS), st.floats(min_value=1e-12, max_value=1e12))
def test_there_and_back_again_is_the_same_number_within_two_roundings(pair, value):
    unit, to = pair
    assert convert(convert(value, unit, to), to, unit) == pytest.approx(value, rel=1e-15, abs=0)


@given(st.sampled_from(PAIRS), st.floats(min_value=0, max_value=1e12), st.floats(min_value=0, max_value=1e12))
def test_a_conversion_never_changes_which_of_two_values_is_larger(pair, one, other):
    low, high = sorted((one, other))
    assert convert(low, *pair) <= convert(high, *pair)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_nan_and_infinities_stay_what_they_are(value):
    assert convert(value, "mg", "ug") == value or math.isnan(value)


def test_what_overflows_becomes_infinite_and_not_a_crash():
    assert convert(1e308, "kg", "ng") == math.inf
    assert convert(-1e308, "kg", "ng") == -math.inf


def test_a_unit_outside_the_table_is_an_error_that_lists_the_table():
    with pytest.raises(UnitError, match="unknown unit 'mcg'; known: ug, ng"):
        dimension("mcg")


def test_a_clearance_and_an_indexed_filtration_rate_do_not_convert_into_each_other():
    with pytest.raises(UnitError, match="indexed flow"):
        convert(60, "mL/min/{1.73_m2}", "mL/min")
