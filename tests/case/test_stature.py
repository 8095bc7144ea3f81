"""Weights and heights that people have at each age are read; what only a slip explains is named."""

import pytest

from baclo.case.codec import read_case
from baclo.errors import InputProblems

TABLES = {
    "format": "baclo.case/1",
    "now": "2026-11-22T08:00:00Z",
    "zone": "UTC",
    "region": "UK",
    "question": {"ask": "check"},
}

# Medians, and the third and ninety-seventh centiles of weight: WHO Child Growth Standards 2006 to five years, and
# WHO Reference 2007 after it; weight past ten years and adults as round extremes that clinics see.
GROWTH = [
    ("0 d", "2.4 kg", "46 cm"),
    ("0 d", "4.4 kg", "54 cm"),
    ("1 d", "0.5 kg", "28 cm"),
    ("1 mo", "4.5 kg", "55 cm"),
    ("12 mo", "7.8 kg", "71 cm"),
    ("12 mo", "12 kg", "81 cm"),
    ("3 a", "11.3 kg", "90 cm"),
    ("3 a", "18.3 kg", "102 cm"),
    ("6 a", "15.9 kg", "106 cm"),
    ("6 a", "27.5 kg", "126 cm"),
    ("11 a", "90 kg", "160 cm"),
    ("12 a", "24 kg", "133 cm"),
    ("17 a", "190 kg", "185 cm"),
    ("18 a", "38 kg", "140 cm"),
    ("70 a", "260 kg", "190 cm"),
]


def read(knowledge, **patient):
    return read_case(knowledge, {**TABLES, "patient": patient})


@pytest.mark.parametrize(("age", "weight", "height"), GROWTH)
def test_the_size_of_people_is_read(knowledge, age, weight, height):
    assert read(knowledge, age=age, weight=weight, height=height).patient.weight_kg > 0


@pytest.mark.parametrize(
    ("age", "key", "slipped"),
    [
        ("3 d", "weight", "34 kg"),
        ("3 d", "height", "1.5 m"),
        ("5 mo", "weight", "65 kg"),
        ("2 a", "weight", "120 kg"),
        ("5 a", "weight", "1.8 kg"),
        ("10 a", "weight", "180 kg"),
        ("10 a", "height", "52 cm"),
        ("14 a", "weight", "4 kg"),
        ("40 a", "height", "45 cm"),
    ],
)
def test_a_size_that_only_a_slip_explains_is_named_with_the_age(knowledge, age, key, slipped):
    with pytest.raises(InputProblems) as refused:
        read(knowledge, age=age, **{key: slipped})
    (problem,) = refused.value.problems
    assert (problem.path, problem.message) == (f"patient.{key}", "does not go with patient.age")
    assert problem.value == f'"{slipped}" at "{age}"'


@pytest.mark.parametrize(("age", "read_as_older"), [("11.9 a", False), ("12 a", True), ("18 a", True)])
def test_a_birthday_opens_the_limits_of_the_next_age(knowledge, age, read_as_older):
    """180 kg is too much at eleven and possible from twelve on."""
    if read_as_older:
        assert read(knowledge, age=age, weight="180 kg").patient.weight_kg == 180
    else:
        with pytest.raises(InputProblems):
            read(knowledge, age=age, weight="180 kg")


def test_the_size_of_a_person_of_unknown_age_is_not_judged_by_age(knowledge):
    assert read(knowledge, weight="3 kg").patient.weight_kg == 3


def test_the_table_of_sizes_goes_by_rising_age_and_ends_open(knowledge):
    rows = knowledge.folder("case")["stature"]["row"]
    ends = [knowledge.number(row["until"], "a") for row in rows[:-1]]
    assert ends == sorted(set(ends))
    assert "until" not in rows[-1]


def test_every_limit_of_size_lies_within_those_for_all_ages(knowledge):
    for key, unit in (("weight", "kg"), ("height", "cm")):
        low, high = knowledge.fact(f"fact:case.plausible.{key}").numbers_in(unit)
        for row in knowledge.folder("case")["stature"]["row"]:
            lower, upper = knowledge.fact(row[key]).numbers_in(unit)
            assert low <= lower < upper <= high
