"""Acute kidney injury by KDIGO 2012 from creatinines alone."""

from dataclasses import replace

import pytest

from baclo.case.kidney.acute import acute_injury
from baclo.case.patient import Sex


def stage(knowledge, person, *creatinines, **known):
    return acute_injury(knowledge, person.man(creatinine=person.creatinine(*creatinines), **known), person.now).stage


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(0.3, 0.45, 1), (0.9, 1.9, 2), (2.0, 6.0, 3), (1.0, 1.3, 1), (1.0, 1.25, 0), (0.9, 1.2, 1)],
)
def test_the_stage_of_a_rise_within_two_days(knowledge, person, before, after, expected):
    assert stage(knowledge, person, (2, before), (0, after)) == expected


@pytest.mark.parametrize(("days", "expected"), [(2, 1), (3, 0)])
def test_a_rise_by_a_third_of_a_milligram_counts_only_within_two_days(knowledge, person, days, expected):
    assert stage(knowledge, person, (days, 1.0), (0, 1.35)) == expected


@pytest.mark.parametrize(("days", "expected"), [(7, 1), (7.1, None)])
def test_a_rise_by_half_counts_only_within_seven_days(knowledge, person, days, expected):
    assert stage(knowledge, person, (days, 1.0), (0, 1.5)) == expected


def test_creatinine_of_four_after_an_acute_rise_is_stage_three(knowledge, person):
    assert stage(knowledge, person, (1, 3.6), (0, 4.0)) == 3
    assert stage(knowledge, person, (1, 3.9), (0, 4.0)) == 0


@pytest.mark.parametrize(
    ("height_cm", "age_y", "expected"),
    [(130.0, 9.0, 3), (None, 9.0, 1), (130.0, None, 1), (170.0, 9.0, 1), (130.0, 19.0, 1)],
)
def test_a_childs_filtration_under_35_makes_an_acute_rise_stage_three(knowledge, person, height_cm, age_y, expected):
    """CKiD U25 of a boy of 9 years: 38.1 x 1.30 m / 1.45 = 34.1, and 44.6 at 1.70 m."""
    assert stage(knowledge, person, (2, 0.95), (0, 1.45), height_cm=height_cm, age_y=age_y) == expected


@pytest.mark.parametrize("creatinines", [(), ((0, 1.0),)])
def test_with_fewer_than_two_creatinines_nothing_is_known(knowledge, person, creatinines):
    found = acute_injury(knowledge, person.man(creatinine=person.creatinine(*creatinines)), person.now)
    assert (found.stage, found.rise_ratio, found.risen, found.falling) == (None, None, None, False)


def test_a_rise_over_months_is_no_stage_but_a_fall_of_the_kidney(knowledge, person):
    found = acute_injury(knowledge, person.man(creatinine=person.creatinine((0, 1.8), (60, 1.0))), person.now)
    assert (found.stage, found.risen, found.falling) == (None, True, True)
    assert found.rise_ratio == pytest.approx(1.8)


def test_an_injury_of_this_week_that_has_turned_is_still_one(knowledge, person):
    assert stage(knowledge, person, (6, 1.0), (4, 2.1), (0, 1.1)) == 2


def test_an_injury_two_weeks_before_the_newest_creatinine_is_over(knowledge, person):
    assert stage(knowledge, person, (20, 1.0), (18, 2.1), (3, 1.05), (0, 1.0)) == 0


def test_what_is_measured_later_is_not_known_yet(knowledge, person):
    patient = person.man(creatinine=person.creatinine((2, 1.0), (0, 3.0)))
    assert acute_injury(knowledge, patient, person.ago(1)).stage is None


def test_unknown_sex_leaves_the_stage_of_a_child_at_what_the_ratio_says(knowledge, person):
    patient = replace(
        person.man(age_y=9.0, height_cm=130.0), sex=None, creatinine=person.creatinine((2, 0.95), (0, 1.45))
    )
    assert acute_injury(knowledge, patient, person.now).stage == 1
    assert acute_injury(knowledge, replace(patient, sex=Sex.FEMALE), person.now).stage == 3


def acute(knowledge, person, **known):
    return acute_injury(knowledge, person.man(**known), person.now)


def test_the_recent_rise_is_the_newest_over_the_lowest_of_ninety_days(knowledge, person):
    found = acute(knowledge, person, creatinine=person.creatinine((91, 0.5), (89, 1.0), (40, 1.2), (0, 1.4)))
    assert found.recent_rise_ratio == pytest.approx(1.4)
    assert found.rise_ratio == pytest.approx(2.8)


@pytest.mark.parametrize("creatinines", [(), ((0, 1.0),), ((91, 1.0), (0, 1.4))])
def test_without_two_values_in_ninety_days_the_recent_rise_is_not_known(knowledge, person, creatinines):
    assert acute(knowledge, person, creatinine=person.creatinine(*creatinines)).recent_rise_ratio is None


def test_the_recent_rise_is_that_of_the_marker_that_rose_most(knowledge, person):
    found = acute(
        knowledge,
        person,
        creatinine=person.creatinine((30, 1.0), (0, 1.1)),
        cystatin_c=person.cystatin_c((30, 1.0), (0, 1.2)),
        reported_egfr=(*person.reported(30, 80.0, "MDRD"), *person.reported(0, 60.0, "MDRD")),
    )
    assert found.recent_rise_ratio == pytest.approx(80 / 60)
    assert found.fallen is None
    assert {"case:patient.creatinine", "case:patient.cystatin_c", "case:patient.egfr"} <= set(found.basis)


@pytest.mark.parametrize(("first", "second"), [("MDRD", "EKFC"), ("EKFC", "MDRD")])
def test_reports_by_different_equations_are_not_compared(knowledge, person, first, second):
    both = (*person.reported(3, 90.0, first), *person.reported(0, 40.0, second))
    found = acute(knowledge, person, reported_egfr=both)
    assert (found.recent_rise_ratio, found.fallen, found.falling) == (None, None, False)


def test_a_reported_egfr_of_nothing_has_no_ratio(knowledge, person):
    both = (*person.reported(3, 90.0, "MDRD"), *person.reported(0, 0.0, "MDRD"))
    assert acute(knowledge, person, reported_egfr=both).recent_rise_ratio is None


@pytest.mark.parametrize(
    ("days", "after", "fallen"), [(7, 60.0, True), (7, 60.5, False), (7.1, 60.0, None), (7.1, 40.0, None)]
)
def test_a_reported_egfr_that_lost_a_third_in_a_week_is_a_fall_of_the_kidney(knowledge, person, days, after, fallen):
    both = (*person.reported(days, 90.0, "MDRD"), *person.reported(0, after, "MDRD"))
    found = acute(knowledge, person, reported_egfr=both)
    assert (found.stage, found.risen, found.fallen, found.falling) == (None, None, fallen, fallen is True)


def test_a_cystatin_c_that_rose_by_half_in_a_week_is_a_fall_of_the_kidney(knowledge, person):
    found = acute(knowledge, person, cystatin_c=person.cystatin_c((5, 1.0), (0, 1.5)))
    assert (found.fallen, found.falling) == (True, True)


def test_what_another_marker_shows_later_is_not_known_yet(knowledge, person):
    patient = person.man(cystatin_c=person.cystatin_c((5, 1.0), (0, 1.5)))
    assert acute_injury(knowledge, patient, person.ago(1)).fallen is None
