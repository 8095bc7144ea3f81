"""Units on the clock."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.care.tablets import Tablet, default_clocks, lower, spread, tablets_at_hand
from baclo.knowledge.facts import Region

CLOCKS = (time(8), time(14), time(22))
TEN = Tablet(product="us.tablet_10mg", strength_ug=10_000.0, unit_ug=5_000.0)


@pytest.mark.parametrize(
    ("units", "shares"),
    [
        (1, {22: 1}),
        (2, {8: 1, 22: 1}),
        (3, {8: 1, 14: 1, 22: 1}),
        (4, {8: 1, 14: 1, 22: 2}),
        (5, {8: 2, 14: 1, 22: 2}),
        (0, {}),
    ],
)
def test_what_is_left_over_goes_to_the_night_then_the_morning(units, shares):
    assert {clock.hour: share for clock, share in spread(units, CLOCKS)} == shares


@pytest.mark.parametrize(
    ("units", "shares"),
    [
        (9, {8: 3, 14: 3, 22: 3}),
        (8, {8: 3, 14: 2, 22: 3}),
        (7, {8: 2, 14: 2, 22: 3}),
        (2, {8: 1, 22: 1}),
        (1, {22: 1}),
        (0, {}),
    ],
)
def test_the_middle_of_the_day_falls_first_and_the_night_dose_last(units, shares):
    full = [(clock, 3) for clock in CLOCKS]
    assert {clock.hour: share for clock, share in lower(full, units)} == shares


@given(st.lists(st.integers(0, 9), min_size=1, max_size=5), st.integers(0, 50))
def test_lowering_gives_the_units_asked_for_and_raises_no_dose(shares, units):
    full = [(time(6 + index), share) for index, share in enumerate(shares)]
    lowered = dict(lower(full, units))
    assert sum(lowered.values()) == min(units, sum(shares))
    assert all(lowered.get(clock, 0) <= share for clock, share in full)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=5), st.integers(1, 30))
def test_lowering_further_never_raises_a_dose(shares, units):
    full = [(time(6 + index), share) for index, share in enumerate(shares)]
    before, after = dict(lower(full, units)), dict(lower(full, units - 1))
    assert all(after.get(clock, 0) <= before.get(clock, 0) for clock, _ in full)


@pytest.mark.parametrize(("mg", "pieces"), [(5, 1), (10, 1), (15, 2), (20, 2), (0, 0)])
def test_a_broken_tablet_is_one_piece(mg, pieces):
    assert TEN.pieces(mg * 1000) == pieces


@pytest.mark.parametrize(
    ("region", "strengths_mg"), [(Region.US, {5, 10, 15, 20}), (Region.UK, {10}), (Region.EU, {5, 10, 25})]
)
def test_without_a_list_the_tablets_of_the_region_are_at_hand(knowledge, make, region, strengths_mg):
    tablets = tablets_at_hand(knowledge, make(region=region))
    assert {tablet.strength_ug / 1000 for tablet in tablets} == strengths_mg


def test_only_scored_tablets_are_halved(knowledge, make):
    units = {tablet.product: tablet.unit_ug / tablet.strength_ug for tablet in tablets_at_hand(knowledge, make())}
    assert units == {"us.tablet_5mg": 1.0, "us.tablet_10mg": 0.5, "us.tablet_15mg": 1.0, "us.tablet_20mg": 0.5}


def test_a_liquid_is_no_tablet(knowledge, make):
    assert tablets_at_hand(knowledge, make(products=("us.solution_1mg_ml",))) == ()


def test_one_dose_a_day_is_the_night_dose(knowledge):
    assert [clock.hour for clock in default_clocks(knowledge, 1)] == [22]
