"""A number held against bounds; what cannot be compared is never inside."""

import math

import pytest

from baclo.care.comparisons import COMPARISONS


@pytest.mark.parametrize(
    ("word", "value", "bounds", "answer"),
    [
        ("below", 59.0, (60.0,), True),
        ("below", 60.0, (60.0,), False),
        ("at_least", 60.0, (60.0,), True),
        ("at_least", 59.0, (60.0,), False),
        ("above", 60.0, (60.0,), False),
        ("above", 61.0, (60.0,), True),
        ("between", 30.0, (30.0, 60.0), True),
        ("between", 60.0, (30.0, 60.0), True),
        ("between", 29.0, (30.0, 60.0), False),
        ("between", 61.0, (30.0, 60.0), False),
    ],
)
def test_a_bound_itself_is_at_least_and_between_but_neither_below_nor_above(word, value, bounds, answer):
    assert COMPARISONS[word](value, bounds) is answer


@pytest.mark.parametrize(
    ("word", "answer"), [("below", True), ("above", True), ("at_least", False), ("between", False)]
)
def test_nan_is_beyond_every_bound_and_inside_none(word, answer):
    assert COMPARISONS[word](math.nan, (30.0, 60.0)) is answer


def test_of_more_bounds_the_first_is_the_one_to_be_held_against():
    assert COMPARISONS["below"](45.0, (60.0, 30.0)) is True
    assert COMPARISONS["at_least"](45.0, (60.0, 30.0)) is False
    assert COMPARISONS["above"](45.0, (60.0, 30.0)) is False
