"""The bands of children by hand, on schedules with facts of other schedules: each role, each cap, each default."""

import math

import pytest

from baclo.care.children import Band, band_of, too_light_for_tablets
from baclo.care.roles import Roles
from baclo.knowledge.facts import Region

# 0.3 mg/kg, inside 0.5 mg/kg; 2.5 mg a dose; two to three doses; 40 and 60 mg, 0.75 to 2 and 2.5 mg/kg
BY_WEIGHT = {
    "start_by_weight": "fact:child.uk.start",
    "rise_by_weight": "fact:child.rise",
    "rise_within_by_weight": "fact:child.practice.start",
    "first_single": "fact:child.practice.first_dose",
    "interval": "fact:child.uk.step",
    "doses": "fact:child.practice.doses",
    "caps": ["fact:child.uk.cap_young", "fact:child.de.middle"],
    "caps_by_weight": ["fact:child.uk.maintenance", "fact:child.de.largest"],
}
# 10 mg, and 10 more
FIXED = {
    "start": "fact:child.practice.first_day",
    "rise": "fact:child.practice.rise_day",
    "interval": "fact:child.practice.step",
    "doses": "fact:child.uk.doses",
    "caps": ["fact:child.practice.cap_older"],
    "caps_by_weight": ["fact:child.he.dose"],
}


@pytest.fixture
def band(knowledge):
    return lambda table: Band(Roles(knowledge, table))


def without(table, *roles):
    return {role: fact for role, fact in table.items() if role not in roles}


def test_a_dose_by_weight_is_that_of_the_body_and_a_fixed_one_is_the_same_for_all(band):
    assert band(BY_WEIGHT).start_ug_per_day(20.0) == 6_000
    assert band(FIXED).start_ug_per_day(20.0) == band(FIXED).start_ug_per_day(60.0) == 10_000
    assert band(FIXED).rise_ug_per_day(20.0) == 10_000


def test_a_rise_never_goes_beyond_the_one_it_lies_within(band):
    assert band(BY_WEIGHT).rise_ug_per_day(20.0) == 6_000
    assert band({**BY_WEIGHT, "rise_by_weight": "fact:child.he.dose"}).rise_ug_per_day(20.0) == 10_000
    assert band(without(BY_WEIGHT, "rise_within_by_weight")).rise_ug_per_day(20.0) == 6_000
    # a fixed rise of 10 mg inside 0.5 mg/kg of 16 kg
    assert band({**BY_WEIGHT, "rise": "fact:child.practice.rise_day"}).rise_ug_per_day(16.0) == 8_000


def test_without_a_first_single_dose_there_is_no_bound_of_one(band):
    assert band(BY_WEIGHT).first_single_ug() == 2_500
    assert band(FIXED).first_single_ug() == math.inf


@pytest.mark.parametrize(
    ("weight_kg", "cap", "names"),
    [
        # of a row the largest counts: 2 and 2.5 mg/kg against 40 and 60 mg
        (10.0, 20_000, ("fact:child.uk.maintenance",)),
        (20.0, 40_000, ("fact:child.uk.cap_young", "fact:child.uk.maintenance")),
        (30.0, 40_000, ("fact:child.uk.cap_young",)),
    ],
)
def test_the_smallest_of_all_caps_wins_and_is_named(band, weight_kg, cap, names):
    assert band(BY_WEIGHT).cap_ug_per_day(weight_kg) == cap
    assert band(BY_WEIGHT).cap_basis(weight_kg) == names


def test_of_a_row_of_caps_the_largest_counts(band):
    table = {**BY_WEIGHT, "caps": ["fact:child.de.middle"], "caps_by_weight": []}
    assert band(table).cap_ug_per_day(5.0) == 60_000
    assert band({**table, "caps": [], "caps_by_weight": ["fact:child.uk.maintenance"]}).cap_ug_per_day(10.0) == 20_000


def test_the_doses_a_day_are_the_most_first_down_to_one(band):
    assert band(BY_WEIGHT).counts() == (3, 2, 1)
    assert band(FIXED).counts() == (4, 3, 2, 1)


def test_what_must_permit_a_rise_is_the_stated_one_it_lies_within_else_the_rise_itself(band):
    assert dict(band(BY_WEIGHT).permits()) == {
        "start": "fact:child.uk.start",
        "rise": "fact:child.practice.start",
        "interval": "fact:child.uk.step",
        "cap": "fact:child.uk.cap_young",
    }
    assert band(without(BY_WEIGHT, "rise_within_by_weight")).permits()["rise"] == "fact:child.rise"
    assert dict(band(FIXED).permits()) == {
        "start": "fact:child.practice.first_day",
        "rise": "fact:child.practice.rise_day",
        "interval": "fact:child.practice.step",
        "cap": "fact:child.practice.cap_older",
    }


def test_where_a_schedule_has_a_fixed_dose_and_one_by_weight_the_one_that_is_used_must_permit(band):
    fixed = {"start": "fact:child.practice.first_day", "rise": "fact:child.practice.rise_day"}
    both = band(without({**BY_WEIGHT, **fixed}, "rise_within_by_weight"))
    assert (both.start_ug_per_day(20.0), both.rise_ug_per_day(20.0)) == (10_000, 10_000)
    assert both.permits()["start"] == "fact:child.practice.first_day"
    assert both.permits()["rise"] == "fact:child.practice.rise_day"


@pytest.mark.parametrize(
    ("age_y", "starts_by"), [(1.99, "fact:child.uk.start"), (2.0, "fact:child.practice.start"), (17.99, None)]
)
def test_a_band_ends_at_its_age(knowledge, make, age_y, starts_by):
    found = band_of(knowledge, make(region=Region.US, age_y=age_y))
    assert found.roles.table.get("start_by_weight") == starts_by


@pytest.mark.parametrize("age_y", [18.0, None, math.nan])
def test_an_adult_and_an_age_that_is_not_known_have_no_band(knowledge, make, age_y):
    assert band_of(knowledge, make(age_y=age_y)) is None


@pytest.mark.parametrize(("weight_kg", "light"), [(32.99, True), (33.0, False), (None, True), (math.nan, True)])
def test_tablets_begin_at_their_weight_and_one_that_is_not_known_is_too_light(knowledge, make, weight_kg, light):
    assert too_light_for_tablets(knowledge, make(weight_kg=weight_kg)) is light
