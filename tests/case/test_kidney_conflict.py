"""Two kidney values that cannot both be true: the lower is gone by, and it is said."""

from dataclasses import replace

import pytest

from baclo.case.kidney import kidney_picture

COMBINED, CYSTATIN, CREATININE = (
    "ckd_epi_2021_creatinine_cystatin_c",
    "ckd_epi_2012_cystatin_c",
    "ckd_epi_2021_creatinine",
)


@pytest.fixture
def picture(knowledge, person):
    def build(**known):
        return kidney_picture(knowledge, person.man(**known), person.now)

    return build


def value_of(picture, quantity):
    (found,) = [estimate.value for estimate in picture.estimates if estimate.quantity == quantity]
    return found


def test_a_reported_egfr_under_thirty_outranks_a_friendlier_creatinine_of_the_same_week(picture, person):
    found = picture(creatinine=person.creatinine((3, 1.2)), reported_egfr=person.reported(5, 25.0, "MDRD"))
    assert (found.conflict, found.egfr_ml_per_min_per_1_73m2) == (True, 25.0)
    assert {"fact:kidney.conflict.ratio", "fact:kidney.avoid_below", "fact:kidney.reduce_below"} <= set(
        found.conflict_basis
    )
    assert {"case:patient.egfr[0]", "case:patient.creatinine[0]"} <= set(found.conflict_basis)


def test_a_friendlier_reported_egfr_does_not_lift_the_creatinine(picture, person):
    """2.4 mg/dL at 54 years: 142 (2.4/0.9)^-1.2 0.9938^54 = 31.3."""
    found = picture(creatinine=person.creatinine((3, 2.4)), reported_egfr=person.reported(3, 70.0, "MDRD"))
    assert found.conflict is True
    assert found.egfr_ml_per_min_per_1_73m2 == pytest.approx(31.28, abs=0.01)


@pytest.mark.parametrize(
    ("reported", "conflict"), [(59.9, False), (55.3, False), (55.2, True), (30.0, True), (29.9, True)]
)
def test_values_disagree_only_when_far_apart_with_a_decision_between_them(picture, person, reported, conflict):
    """71.86 over 1.3 is 55.28."""
    found = picture(creatinine=person.creatinine((3, 1.2)), reported_egfr=person.reported(3, reported, "MDRD"))
    assert found.conflict is conflict


def test_values_on_the_same_side_of_every_decision_do_not_disagree(picture, person):
    found = picture(creatinine=person.creatinine((3, 0.8)), reported_egfr=person.reported(3, 61.0, "MDRD"))
    assert (found.conflict, found.conflict_basis) == (False, ())
    assert found.egfr_ml_per_min_per_1_73m2 == value_of(found, CREATININE)


@pytest.mark.parametrize(("days", "conflict"), [(10, True), (10.01, False)])
def test_values_of_different_weeks_are_of_two_kidneys(picture, person, days, conflict):
    found = picture(creatinine=person.creatinine((3, 1.2)), reported_egfr=person.reported(days, 25.0, "MDRD"))
    assert found.conflict is conflict


def test_cystatin_c_and_creatinine_of_normal_muscle_disagree(picture, person):
    found = picture(creatinine=person.creatinine((3, 1.2)), cystatin_c=person.cystatin_c((3, 1.5)))
    assert (found.conflict, found.low_muscle) == (True, False)
    assert found.egfr_ml_per_min_per_1_73m2 == value_of(found, CYSTATIN)


@pytest.mark.parametrize("low", [True, None])
def test_low_muscle_explains_a_creatinine_that_reads_higher_than_cystatin_c(picture, person, low):
    """The combined estimate would hide the low cystatin C."""
    found = picture(creatinine=person.creatinine((3, 0.7)), cystatin_c=person.cystatin_c((3, 1.5)), low_muscle_mass=low)
    assert found.conflict is False
    assert value_of(found, COMBINED) > 60 > value_of(found, CYSTATIN)
    assert found.egfr_ml_per_min_per_1_73m2 == value_of(found, CYSTATIN)


def test_with_normal_muscle_the_combined_estimate_is_gone_by(picture, person):
    found = picture(creatinine=person.creatinine((3, 1.2)), cystatin_c=person.cystatin_c((3, 1.2)))
    assert value_of(found, CYSTATIN) < found.egfr_ml_per_min_per_1_73m2 == value_of(found, COMBINED)


@pytest.mark.parametrize("low", [True, None])
def test_a_combined_estimate_below_cystatin_c_alone_is_gone_by_in_low_muscle(picture, person, low):
    found = picture(creatinine=person.creatinine((3, 1.2)), cystatin_c=person.cystatin_c((3, 1.0)), low_muscle_mass=low)
    assert value_of(found, CYSTATIN) > found.egfr_ml_per_min_per_1_73m2 == value_of(found, COMBINED)


@pytest.mark.parametrize("low", [True, None, False])
def test_low_muscle_does_not_explain_a_creatinine_that_reads_lower(picture, person, low):
    """What nobody said may not make a kidney look better than what is known."""
    found = picture(creatinine=person.creatinine((3, 1.6)), cystatin_c=person.cystatin_c((3, 0.8)), low_muscle_mass=low)
    assert found.conflict is True
    assert found.egfr_ml_per_min_per_1_73m2 == value_of(found, CREATININE) < 60


@pytest.mark.parametrize("low", [True, None])
def test_two_values_by_creatinine_alone_disagree_whatever_the_muscle(picture, person, low):
    found = picture(
        creatinine=person.creatinine((3, 1.2)), reported_egfr=person.reported(3, 25.0, "MDRD"), low_muscle_mass=low
    )
    assert (found.conflict, found.egfr_ml_per_min_per_1_73m2) == (True, 25.0)


def test_a_reported_cystatin_c_goes_before_creatinine_where_muscle_is_low(picture, person):
    found = picture(
        creatinine=person.creatinine((3, 0.7)),
        reported_egfr=person.reported(3, 50.0, "CKD-EPI 2012 cystatin C"),
        low_muscle_mass=True,
    )
    assert (found.conflict, found.egfr_ml_per_min_per_1_73m2, found.normal_withheld) == (False, 50.0, False)


def test_two_reported_equations_of_the_same_week_are_both_shown_and_disagree(picture, person):
    both = (*person.reported(3, 70.0, "MDRD"), *person.reported(4, 28.0, "EKFC"))
    found = picture(reported_egfr=both)
    assert [estimate.name for estimate in found.estimates] == ["MDRD", "EKFC"]
    assert (found.conflict, found.egfr_ml_per_min_per_1_73m2) == (True, 28.0)


def test_an_older_report_by_the_same_equation_does_not_count(picture, person):
    both = (*person.reported(4, 28.0, "MDRD"), *person.reported(3, 70.0, "MDRD"))
    found = picture(reported_egfr=both)
    assert [estimate.value for estimate in found.estimates] == [70.0]
    assert found.conflict is False


def test_two_equations_from_one_creatinine_are_no_disagreement(picture, person):
    """At 20 years and 140 cm 50.8 x 1.4 / 1.3 = 54.7 by CKiD U25, and far more by CKD-EPI: one drop of blood."""
    young = {"age_y": 20.0, "height_cm": 140.0, "conditions": person.conditions("chronic kidney disease")}
    found = picture(creatinine=person.creatinine((3, 1.3)), **young)
    assert value_of(found, "ckid_u25_creatinine") < 60 < value_of(found, CREATININE) / 1.3
    assert found.conflict is False
    assert found.egfr_ml_per_min_per_1_73m2 == value_of(found, "ckid_u25_creatinine")


@pytest.mark.parametrize(("old", "gone_by"), [(90.0, 80.94), (58.0, 58.0)])
def test_with_low_muscle_an_old_clearance_does_not_outrank_a_creatinine_that_rose_since(picture, person, old, gone_by):
    """86 y x 73.18 kg / (72 x 1.08) = 80.94; creatinine rose 1.35 times, under the ratio of injury."""
    found = picture(
        creatinine=person.creatinine((70, 0.8), (3, 1.08)),
        measured_clearance=person.measured((60, old)),
        low_muscle_mass=True,
    )
    assert found.acute.falling is False
    assert found.clearance_ml_per_min == pytest.approx(gone_by, abs=0.01)
    assert found.normal_withheld is False


def test_with_low_muscle_an_old_cystatin_c_does_not_outrank_a_much_worse_creatinine(picture, person):
    found = picture(
        creatinine=person.creatinine((3, 3.0)), cystatin_c=person.cystatin_c((60, 0.8)), low_muscle_mass=True
    )
    assert found.egfr_ml_per_min_per_1_73m2 == value_of(found, CREATININE) < 30


def test_on_dialysis_no_formula_can_disagree(picture, person):
    found = picture(
        creatinine=person.creatinine((3, 1.2)),
        reported_egfr=person.reported(3, 10.0, "MDRD"),
        dialysis=person.dialysis("haemodialysis"),
    )
    assert (found.conflict, found.conflict_basis) == (False, ())


def test_a_person_of_unknown_age_is_gone_by_the_report_alone(knowledge, person):
    patient = replace(person.man(reported_egfr=person.reported(3, 62.0, "MDRD")), age_y=None)
    found = kidney_picture(knowledge, patient, person.now)
    assert (found.conflict, found.egfr_ml_per_min_per_1_73m2) == (False, 62.0)
