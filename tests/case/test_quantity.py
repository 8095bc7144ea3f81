"""Quantities as people write them, through the exact table, and back."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.case.quantity import ALIASES, KINDS, Kind, Quantity, read_quantity, write_number, write_quantity
from baclo.errors import Problem
from baclo.knowledge.library import load
from baclo.units import UNITS


def read(knowledge, kind, raw):
    return read_quantity(knowledge, KINDS[kind], raw)


@pytest.mark.parametrize(
    ("kind", "entered", "expected"),
    [
        ("creatinine", "0.8 mg/dL", 0.8),
        ("creatinine", "88.4 umol/L", 1.0),
        ("creatinine", "124 µmol/L", 124 / 88.4),
        ("creatinine", "124μmol/L", 124 / 88.4),
        ("weight", "70 kg", 70.0),
        ("weight", "154 lb", 69.85322498),  # a pound is 0.45359237 kg
        ("weight", "154 lbs", 69.85322498),
        ("height", "172 cm", 172.0),
        ("height", "1.72 m", 172.0),
        ("height", "68 in", 172.72),
        ("age", "54 a", 54.0),
        ("age", "54 y", 54.0),
        ("age", "18 mo", 1.5),
        ("age", "18 months", 1.5),
        ("age", "7 d", 7 / 365.25),
        ("dose", "10 mg", 10000.0),
        ("dose", "500 mcg", 500.0),
        ("dose", "0.6 g", 600000.0),
        ("horizon", "14 d", 336.0),
        ("horizon", "2 wk", 336.0),
        ("over", "30 min", 0.5),
        ("clearance", "85 ml/min", 85.0),
        ("egfr", "62 mL/min/1.73 m2", 62.0),
        ("cystatin_c", "9e-1 mg/l", 0.9),
    ],
)
def test_a_quantity_is_kept_in_the_unit_of_the_program(knowledge, kind, entered, expected):
    found = read(knowledge, kind, f"  {entered} ")
    assert isinstance(found, Quantity)
    assert found.entered == entered
    assert found.value == pytest.approx(expected, rel=1e-12)


def test_daily_doses_are_kept_in_micrograms_a_day(knowledge):
    assert KINDS["daily_dose"].inside == "ug/d"
    assert read(knowledge, "daily_dose", "60 mg/d").value == 60000.0


@pytest.mark.parametrize(
    ("kind", "raw", "message", "value"),
    [
        ("weight", 70, "is not a number with its unit, in quotes", "70"),
        ("weight", 70.5, "is not a number with its unit, in quotes", "70.5"),
        ("weight", True, "is not a number with its unit, in quotes", "true"),
        ("weight", math.nan, "is not a number with its unit, in quotes", "nan"),
        ("weight", ["70 kg"], "is not a number with its unit, in quotes", "a list"),
        ("weight", "nan kg", "is not a number with a unit", '"nan kg"'),
        ("weight", "inf kg", "is not a number with a unit", '"inf kg"'),
        ("weight", "70,5 kg", "is not a number with a unit", '"70,5 kg"'),
        ("weight", "seventy kg", "is not a number with a unit", '"seventy kg"'),
        ("weight", "", "is not a number with a unit", '""'),
        ("weight", "70", "has no unit", '"70"'),
        ("weight", "70 mg", '"mg" is no unit for this', '"70 mg"'),
        ("weight", "70 KG", '"KG" is no unit for this', '"70 KG"'),
        ("creatinine", "0.8 mg/L", '"mg/L" is no unit for this', '"0.8 mg/L"'),
        ("clearance", "85 mL/min/1.73m2", '"mL/min/1.73m2" is no unit for this', '"85 mL/min/1.73m2"'),
        ("egfr", "85 mL/min", '"mL/min" is no unit for this', '"85 mL/min"'),
        ("dose", "1e9999 mg", '"e9999 mg" is no unit for this', '"1e9999 mg"'),
    ],
)
def test_what_is_no_quantity_of_the_kind_is_refused_as_entered(knowledge, kind, raw, message, value):
    found = read(knowledge, kind, raw)
    assert isinstance(found, Problem)
    assert (found.message, found.value) == (message, value)
    assert KINDS[kind].example in found.allowed


@pytest.mark.parametrize(
    ("kind", "entered", "allowed"),
    [
        ("weight", "700 kg", "0.2 to 650 kg"),
        ("weight", "1500 lb", "0.4409 to 1433 lb"),
        ("weight", "-70 kg", "0.2 to 650 kg"),
        ("creatinine", "80 mg/dL", "0.05 to 40 mg/dL"),
        ("creatinine", "0.8 umol/L", "4.42 to 3536 umol/L"),
        ("dose", "0 mg", "0.05 to 4000 mg"),
        ("dose", "1e999 mg", "0.05 to 4000 mg"),
        ("age", "140 a", "0 to 125 a"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_range_in_the_unit_entered(knowledge, kind, entered, allowed):
    found = read(knowledge, kind, entered)
    assert isinstance(found, Problem)
    assert (found.message, found.value, found.allowed) == ("cannot be meant", f'"{entered}"', allowed)


def test_the_ends_of_a_range_are_in_it(knowledge):
    assert read(knowledge, "weight", "600 kg").value == 600.0
    assert read(knowledge, "weight", "0.4 kg").value == 0.4


def test_every_unit_and_every_other_spelling_is_in_the_table_of_units():
    assert {unit for kind in KINDS.values() for unit in (*kind.units, kind.inside)} <= set(UNITS)
    assert set(ALIASES.values()) <= set(UNITS)
    assert not set(ALIASES) & set(UNITS)


def test_every_kind_reads_its_own_example(knowledge):
    assert all(isinstance(read_quantity(knowledge, kind, kind.example), Quantity) for kind in KINDS.values())


@given(kind=st.sampled_from(sorted(KINDS)), share=st.fractions(0, 1))
def test_a_written_quantity_reads_back_as_the_same_number(kind, share):
    knowledge = load()
    fact = knowledge.fact(KINDS[kind].plausible)
    low, high = fact.numbers_in(KINDS[kind].inside) if kind != "creatinine" else fact.values
    value = min(high, float(Fraction(low) + share * (Fraction(high) - Fraction(low))))
    found = read(knowledge, kind, write_quantity(value, KINDS[kind]))
    assert isinstance(found, Quantity)
    assert found.value == value


def test_a_quantity_is_written_in_the_first_unit_that_is_exact():
    assert write_quantity(10000.0, KINDS["dose"]) == "10 mg"
    assert write_quantity(336.0, KINDS["horizon"]) == "14 d"
    thirds = Kind(inside="h", units=("d",), plausible="fact:case.plausible.over", example="1 d")
    assert write_quantity(0.1, thirds) in ("0.1 h", f"{0.1 / 24!r} d")


def test_where_no_unit_is_exact_the_one_inside_is_written():
    """A third of a pound or so: no double in pounds gives 0.1 kg back unless it happens to."""
    only_pounds = Kind(inside="kg", units=("lb",), plausible="fact:case.plausible.weight", example="1 lb")
    found = {write_quantity(n / 7, only_pounds).split()[1] for n in range(1, 200)}
    assert found == {"kg", "lb"}


def test_a_unit_that_measures_by_mole_is_never_written():
    by_mole = Kind(inside="mg/dL", units=("umol/L",), plausible="fact:case.plausible.creatinine", example="70 umol/L")
    assert write_quantity(0.8, by_mole) == "0.8 mg/dL"


@pytest.mark.parametrize(("value", "written"), [(2.0, "2"), (0.1, "0.1"), (1e-05, "1e-05"), (1e22, "1e+22")])
def test_a_number_is_written_as_short_as_it_reads_back(value, written):
    assert write_number(value) == written
