"""Roles of a schedule: what fills them, and what a region's texts leave empty."""

import pytest

from baclo.care.roles import adult_roles


def test_a_role_is_filled_by_the_fact_that_its_table_names(knowledge):
    single = adult_roles(knowledge, "US").fact("single")
    assert single is not None
    assert single.key == "cap.us_single"


def test_a_role_that_the_regions_texts_do_not_name_is_filled_by_nothing(knowledge):
    assert adult_roles(knowledge, "UK").fact("single") is None
    with pytest.raises(KeyError):
        adult_roles(knowledge, "UK").number("single", "ug")


def test_the_basis_is_that_of_the_filled_roles_in_the_order_asked(knowledge):
    roles = adult_roles(knowledge, "UK")
    assert roles.basis("cap", "single", "start") == ("fact:cap.uk", "fact:titration.uk.start")


@pytest.mark.parametrize(
    ("role", "left"), [("cut_mild", 2 / 3), ("cut_moderate", 1 / 2), ("clearance_cut_severe", 1 / 3)]
)
def test_what_is_left_after_a_cut_is_one_less_the_cut(knowledge, role, left):
    assert adult_roles(knowledge, "kidney").share_left(role) == pytest.approx(left, abs=1e-12)
