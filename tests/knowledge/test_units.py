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


# Every unit of the table: how many of another one make how many of it, by hand.
BY_HAND = {
    "ug": (1, "mg", 1000),
    "ng": (1, "ug", 1000),
    "mg": (1, "g", 1000),
    "g": (1, "kg", 1000),
    "kg": (1, "lb", Fraction("0.45359237")),
    "lb": (1, "g", Fraction("0.00220462262184877580722973801345")),
    "L": (1, "mL", Fraction(1, 1000)),
    "mL": (1, "L", 1000),
    "h": (1, "s", Fraction(1, 3600)),
    "s": (1, "min", 60),
    "min": (1, "h", 60),
    "d": (1, "h", Fraction(1, 24)),
    "wk": (1, "d", Fraction(1, 7)),
    "mo": (1, "a", 12),
    "a": (365.25, "d", 1),
    "cm": (1, "m", 100),
    "m": (1, "cm", Fraction(1, 100)),
    "in": (2.54, "cm", 1),
    "1": (1, "%", Fraction(1, 100)),
    "%": (1, "1", 100),
    "/h": (24, "/d", 1),
    "/d": (1, "/h", 24),
    "ug/L": (1, "mg/L", 1000),
    "ng/mL": (1, "ug/mL", 1000),
    "mg/L": (1, "mg/dL", 10),
    "ug/mL": (1, "mg/L", 1),
    "mg/mL": (1, "mg/dL", Fraction(1, 100)),
    "mg/dL": (1, "mg/mL", 100),
    "umol/L": (1, "nmol/L", Fraction(1, 1000)),
    "nmol/L": (1, "umol/L", 1000),
    "L/h": (1, "mL/min", Fraction(60, 1000)),
    "mL/min": (1, "mL/s", 60),
    "mL/s": (1, "L/h", Fraction(1000, 3600)),
    "mL/d": (1, "mL/min", 1440),
    "ug/h": (1, "mg/d", Fraction(1000, 24)),
    "mg/d": (1, "ug/d", Fraction(1, 1000)),
    "ug/d": (1, "ug/h", 24),
    "mg/kg": (1, "ug/kg", Fraction(1, 1000)),
    "ug/kg": (1, "mg/kg", 1000),
    "ng.h/mL": (1, "ug.h/L", 1),
    "ug.h/L": (1, "ng.h/mL", 1),
    "umol/mg": (1, "(umol/L)/(mg/dL)", Fraction(1, 10)),
    "(umol/L)/(mg/dL)": (8.84, "umol/mg", Fraction("88.4")),
}
ALONE = {unit for unit in UNITS if sum(UNITS[unit][0] == other for other, _ in UNITS.values()) == 1}


@pytest.mark.parametrize(("unit", "by_hand"), BY_HAND.items())
def test_every_unit_that_has_another_of_its_dimension_is_as_large_as_worked_out_by_hand(unit, by_hand):
    value, other, expected = by_hand
    assert convert(value, other, unit) == pytest.approx(float(expected), rel=1e-15, abs=0)


def test_every_unit_of_the_table_is_worked_out_by_hand_or_alone_in_its_dimension():
    assert set(BY_HAND) | ALONE == set(UNITS)


def test_a_unit_alone_in_its_dimension_counts_in_micrograms_and_hours_too():
    assert {unit: UNITS[unit][1] for unit in ALONE if UNITS[unit][1] != 1} == {"mg/kg/d": Fraction(1000, 24)}


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
