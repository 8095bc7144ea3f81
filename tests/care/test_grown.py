"""Who is known to be an adult, and who to be a child."""

import pytest

from baclo.care.grown import is_adult, is_child


@pytest.mark.parametrize(
    ("age_y", "adult", "child"),
    [
        (None, False, False),
        (float("nan"), False, False),
        (17.9, False, True),
        (18.0, True, False),
        (80.0, True, False),
    ],
)
def test_an_age_that_is_not_known_is_neither_that_of_an_adult_nor_of_a_child(knowledge, make, age_y, adult, child):
    case = make(age_y=age_y)
    assert (is_adult(knowledge, case), is_child(knowledge, case)) == (adult, child)
