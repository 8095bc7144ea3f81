"""What is gone by at one moment: which estimate, how old, how believable, and what is still needed."""

from dataclasses import replace

import pytest

from baclo.case.kidney import Weight, kidney_picture
from baclo.case.patient import Sex

INDEXED = "mL/min/{1.73_m2}"


def quantities(picture):
    return [estimate.quantity for estimate in picture.estimates]


def test_nothing_known_gives_nothing_and_says_what_is_needed(knowledge, person):
    picture = kidney_picture(knowledge, person.nobody, person.now)
    assert picture.estimates == ()
    assert picture.clearance_ml_per_min is None
    assert picture.egfr_ml_per_min_per_1_73m2 is None
    assert picture.assumed_clearance_ml_per_min is None
    assert (picture.stale, picture.low_muscle, picture.normal_withheld) == (None, None, True)
    assert picture.needs == (
        "patient.sex",
        "patient.age",
        "patient.weight",
        "patient.creatinine",
        "patient.low_muscle_mass",
        "patient.cystatin_c",
    )


def test_an_adult_gets_cockcroft_gault_in_the_chosen_weight_first_and_ckd_epi(knowledge, person):
    picture = kidney_picture(knowledge, person.man(creatinine=person.creatinine((3, 1.2))), person.now)
    assert quantities(picture) == ["cockcroft_gault"] * 3 + ["ckd_epi_2021_creatinine"]
    assert [estimate.weight_used for estimate in picture.estimates] == [
        Weight.IDEAL,
        Weight.ACTUAL,
        Weight.ADJUSTED,
        None,
    ]
    assert picture.clearance_ml_per_min == pytest.approx(72.84, abs=0.005)  # 86 y x 73.18 kg / (72 x 1.2)
    assert picture.egfr_ml_per_min_per_1_73m2 == pytest.approx(71.86, abs=0.005)
    assert picture.assumed_clearance_ml_per_min == pytest.approx(82.62, abs=0.005)  # x 1.989 m2 / 1.73 m2
    assert (picture.stale, picture.normal_withheld, picture.needs) == (False, False, ())


def test_every_estimate_shows_its_inputs_and_rests_on_facts_and_the_case(knowledge, person):
    picture = kidney_picture(knowledge, person.man(creatinine=person.creatinine((9, 1.0), (3, 1.2))), person.now)
    for estimate in picture.estimates:
        names = dict(estimate.inputs)
        assert names["creatinine"].value == 1.2
        assert names["creatinine"].basis == ("case:patient.creatinine[1]",)
        assert "case:patient.creatinine[1]" in estimate.basis
        assert all(name.removeprefix("fact:") in knowledge.facts for name in estimate.basis if name.startswith("fact:"))
    assert picture.clearance_basis == picture.estimates[0].basis


def test_the_ideal_weight_rests_on_the_height_and_the_actual_one_on_the_weight(knowledge, person):
    picture = kidney_picture(knowledge, person.man(creatinine=person.creatinine((3, 1.2))), person.now)
    weights = [dict(estimate.inputs)["weight"].basis for estimate in picture.estimates[:3]]
    assert weights == [
        ("case:patient.height",),
        ("case:patient.weight",),
        ("case:patient.weight", "case:patient.height"),
    ]


def test_without_a_height_the_actual_weight_is_taken_and_said(knowledge, person):
    picture = kidney_picture(knowledge, person.man(height_cm=None, creatinine=person.creatinine((3, 1.2))), person.now)
    assert [estimate.weight_used for estimate in picture.estimates] == [Weight.ACTUAL, None]
    assert picture.clearance_ml_per_min == pytest.approx(79.63, abs=0.005)  # 86 y x 80 kg / (72 x 1.2)
    assert picture.assumed_clearance_ml_per_min is None
    assert picture.needs == ()


@pytest.mark.parametrize(
    ("unknown", "path"), [("sex", "patient.sex"), ("age_y", "patient.age"), ("weight_kg", "patient.weight")]
)
def test_an_unknown_input_gives_no_clearance_and_names_its_path(knowledge, person, unknown, path):
    patient = person.man(creatinine=person.creatinine((3, 1.2)), **{unknown: None})
    picture = kidney_picture(knowledge, patient, person.now)
    assert picture.clearance_ml_per_min is None
    assert path in picture.needs


def test_a_reported_egfr_is_no_clearance(knowledge, person):
    patient = person.man(reported_egfr=person.reported(3, 62.0, "MDRD"))
    picture = kidney_picture(knowledge, patient, person.now)
    assert picture.clearance_ml_per_min is None
    assert picture.egfr_ml_per_min_per_1_73m2 == 62.0
    assert picture.egfr_basis == ("case:patient.egfr[0]",)
    assert picture.assumed_clearance_ml_per_min == pytest.approx(71.28, abs=0.005)  # 62 x 1.9889 / 1.73
    assert "fact:kidney.surface.reference" in picture.assumed_basis
    assert quantities(picture) == ["reported_egfr"]


def test_a_measured_clearance_goes_before_cockcroft_gault(knowledge, person):
    patient = person.man(creatinine=person.creatinine((3, 1.2)), measured_clearance=person.measured((4, 58.0)))
    picture = kidney_picture(knowledge, patient, person.now)
    assert picture.clearance_ml_per_min == 58.0
    assert picture.clearance_basis == ("case:patient.creatinine_clearance[0]",)


def test_a_measured_clearance_much_older_than_the_creatinine_does_not(knowledge, person):
    patient = person.man(creatinine=person.creatinine((3, 1.2)), measured_clearance=person.measured((60, 58.0)))
    assert kidney_picture(knowledge, patient, person.now).clearance_ml_per_min == pytest.approx(72.84, abs=0.005)


def test_with_low_muscle_the_older_measured_clearance_is_believed_before_creatinine(knowledge, person):
    patient = person.man(
        creatinine=person.creatinine((3, 1.2)), measured_clearance=person.measured((60, 58.0)), low_muscle_mass=True
    )
    picture = kidney_picture(knowledge, patient, person.now)
    assert (picture.clearance_ml_per_min, picture.normal_withheld) == (58.0, False)


def test_with_low_muscle_and_a_rising_creatinine_the_newest_value_is_believed(knowledge, person):
    patient = person.man(
        creatinine=person.creatinine((5, 0.6), (3, 1.2)),
        measured_clearance=person.measured((60, 90.0)),
        low_muscle_mass=True,
    )
    picture = kidney_picture(knowledge, patient, person.now)
    assert picture.acute.stage == 2
    assert picture.clearance_ml_per_min == pytest.approx(72.84, abs=0.005)


def test_while_creatinine_rises_only_the_newest_values_are_gone_by(knowledge, person):
    """A cystatin C and a clearance from before the rise would make the kidney look better than it is."""
    patient = person.man(
        creatinine=person.creatinine((6, 0.8), (1, 2.4)),
        cystatin_c=person.cystatin_c((4, 0.8)),
        measured_clearance=person.measured((4, 110.0)),
    )
    picture = kidney_picture(knowledge, patient, person.now)
    assert picture.egfr_ml_per_min_per_1_73m2 == picture.estimates[-1].value
    assert picture.clearance_ml_per_min == pytest.approx(36.42, abs=0.005)  # 86 y x 73.18 kg / (72 x 2.4)


def test_creatinine_and_cystatin_c_of_the_same_week_make_the_combined_estimate(knowledge, person):
    patient = person.man(creatinine=person.creatinine((3, 1.2)), cystatin_c=person.cystatin_c((5, 1.0)))
    picture = kidney_picture(knowledge, patient, person.now)
    assert quantities(picture)[3:] == [
        "ckd_epi_2021_creatinine_cystatin_c",
        "ckd_epi_2012_cystatin_c",
        "ckd_epi_2021_creatinine",
    ]
    assert picture.egfr_ml_per_min_per_1_73m2 == picture.estimates[3].value
    assert picture.estimates[3].at == person.ago(5)


def test_markers_of_different_weeks_are_not_combined_and_the_newer_one_counts(knowledge, person):
    patient = person.man(creatinine=person.creatinine((3, 1.2)), cystatin_c=person.cystatin_c((20, 1.0)))
    picture = kidney_picture(knowledge, patient, person.now)
    assert quantities(picture)[3:] == ["ckd_epi_2012_cystatin_c", "ckd_epi_2021_creatinine"]
    assert picture.egfr_ml_per_min_per_1_73m2 == picture.estimates[4].value


@pytest.mark.parametrize(
    ("equation", "withheld"), [("CKD-EPI 2012 cystatin C", False), ("MDRD", True), ("of our own", True)]
)
def test_a_reported_egfr_shows_a_normal_kidney_only_where_it_does_without_creatinine(
    knowledge, person, equation, withheld
):
    patient = person.man(reported_egfr=person.reported(3, 95.0, equation), low_muscle_mass=True)
    picture = kidney_picture(knowledge, patient, person.now)
    assert picture.normal_withheld is withheld
    assert ("patient.cystatin_c" in picture.needs) is withheld


def test_a_value_is_old_after_ninety_days(knowledge, person):
    for days, stale in ((90, False), (90.01, True)):
        picture = kidney_picture(knowledge, person.man(creatinine=person.creatinine((days, 1.2))), person.now)
        assert picture.stale is stale
        assert ("patient.creatinine" in picture.needs) is stale


def test_what_is_drawn_after_the_moment_does_not_count(knowledge, person):
    patient = person.man(creatinine=person.creatinine((3, 1.2)), measured_clearance=person.measured((3, 58.0)))
    assert kidney_picture(knowledge, patient, person.ago(4)).estimates == ()


@pytest.mark.parametrize(
    "condition", ["tetraplegia", "cerebral palsy", "wasting", "neuromuscular disease", "amputation"]
)
def test_a_condition_that_wastes_muscle_withholds_the_normal_kidney(knowledge, person, condition):
    patient = person.man(creatinine=person.creatinine((3, 0.7)), conditions=person.conditions(condition))
    picture = kidney_picture(knowledge, patient, person.now)
    assert (picture.low_muscle, picture.normal_withheld) == (True, True)
    assert picture.needs == ("patient.cystatin_c",)


def test_the_indication_counts_among_the_conditions(knowledge, person):
    patient = person.man(creatinine=person.creatinine((3, 0.7)), indication="cerebral palsy")
    assert kidney_picture(knowledge, patient, person.now).low_muscle is True


@pytest.mark.parametrize(
    ("age_y", "mg_per_dl", "low"), [(54.0, 0.49, True), (54.0, 0.5, False), (9.0, 0.3, False), (None, 0.49, True)]
)
def test_a_very_low_creatinine_of_an_adult_shows_low_muscle(knowledge, person, age_y, mg_per_dl, low):
    patient = person.man(age_y=age_y, creatinine=person.creatinine((3, mg_per_dl)))
    assert kidney_picture(knowledge, patient, person.now).low_muscle is low


def test_nobody_having_said_whether_muscle_is_low_withholds_the_normal_kidney(knowledge, person):
    patient = person.man(creatinine=person.creatinine((3, 0.8)), low_muscle_mass=None, conditions=())
    picture = kidney_picture(knowledge, patient, person.now)
    assert (picture.low_muscle, picture.normal_withheld) == (None, True)
    assert picture.needs == ("patient.low_muscle_mass", "patient.cystatin_c")


def test_cystatin_c_lets_a_normal_kidney_be_called_one_despite_low_muscle(knowledge, person):
    patient = person.man(
        creatinine=person.creatinine((3, 0.4)), cystatin_c=person.cystatin_c((30, 0.8)), low_muscle_mass=True
    )
    picture = kidney_picture(knowledge, patient, person.now)
    assert picture.normal_withheld is False
    assert picture.egfr_ml_per_min_per_1_73m2 == pytest.approx(133 * 0.996**54, abs=0.005)


@pytest.mark.parametrize(("condition", "factor"), [("paraplegia", 0.8), ("tetraplegia", 0.6)])
def test_a_spinal_cord_lesion_shows_a_lower_screening_value_that_is_not_gone_by(knowledge, person, condition, factor):
    """Mirahmadi 1983: 40 y, 80 kg, 1.0 mg/dL gives 111 mL/min, times the factor (clinPK prints 67 with 0.6)."""
    patient = person.man(
        age_y=40.0,
        height_cm=None,
        creatinine=person.creatinine((3, 1.0)),
        conditions=person.conditions("epilepsy", condition),
    )
    picture = kidney_picture(knowledge, patient, person.now)
    (screening,) = [estimate for estimate in picture.estimates if estimate.quantity == "spinal_cord_injury"]
    assert screening.value == pytest.approx(111.111 * factor, abs=0.005)
    assert picture.clearance_ml_per_min == pytest.approx(111.11, abs=0.005)


def test_a_child_gets_ckid_u25_and_bedside_schwartz_and_no_cockcroft_gault(knowledge, person):
    child = person.man(age_y=11.0, height_cm=120.0, weight_kg=25.0, creatinine=person.creatinine((3, 0.9)))
    picture = kidney_picture(knowledge, child, person.now)
    assert quantities(picture) == ["ckid_u25_creatinine", "bedside_schwartz"]
    assert picture.clearance_ml_per_min is None
    assert picture.egfr_ml_per_min_per_1_73m2 == pytest.approx(51.6, abs=0.05)
    assert picture.assumed_clearance_ml_per_min == pytest.approx(51.59 * (120 * 25 / 3600) ** 0.5 / 1.73, abs=0.005)


def test_a_child_without_a_height_needs_one(knowledge, person):
    child = person.man(age_y=11.0, height_cm=None, creatinine=person.creatinine((3, 0.9)))
    picture = kidney_picture(knowledge, child, person.now)
    assert picture.egfr_ml_per_min_per_1_73m2 is None
    assert picture.needs == ("patient.height",)


def test_a_child_is_estimated_by_schwartz_without_a_sex(knowledge, person):
    child = replace(person.man(age_y=5.0, height_cm=100.0, creatinine=person.creatinine((3, 0.5))), sex=None)
    picture = kidney_picture(knowledge, child, person.now)
    assert quantities(picture) == ["bedside_schwartz"]
    assert dict(picture.estimates[0].inputs).keys() == {"age", "height", "creatinine"}


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [((), "ckd_epi_2021_creatinine"), (("chronic kidney disease",), "ckid_u25_creatinine")],
)
def test_under_26_years_kidney_disease_brings_ckid_u25_first(knowledge, person, conditions, expected):
    young = person.man(
        age_y=20.0, height_cm=181.0, creatinine=person.creatinine((3, 2.1)), conditions=person.conditions(*conditions)
    )
    picture = kidney_picture(knowledge, young, person.now)
    (first,) = [estimate for estimate in picture.estimates if estimate.quantity == expected]
    assert picture.egfr_ml_per_min_per_1_73m2 == first.value
    assert first.unit == INDEXED


def test_an_older_adult_with_kidney_disease_keeps_ckd_epi(knowledge, person):
    patient = person.man(creatinine=person.creatinine((3, 2.1)), conditions=person.conditions("kidney failure"))
    assert quantities(kidney_picture(knowledge, patient, person.now))[-1] == "ckd_epi_2021_creatinine"


def test_sex_alone_moves_the_clearance_by_its_factor(knowledge, person):
    man = person.man(height_cm=None, creatinine=person.creatinine((3, 1.2)))
    woman = replace(man, sex=Sex.FEMALE)
    of_man, of_woman = (kidney_picture(knowledge, who, person.now).clearance_ml_per_min for who in (man, woman))
    assert of_woman == pytest.approx(0.85 * of_man)


@pytest.mark.parametrize(
    ("kind", "sessions", "needs"),
    [
        ("haemodialysis", (), ("patient.creatinine_clearance", "patient.dialysis.sessions")),
        ("cvvh", ((2, None),), ("patient.creatinine_clearance",)),
        ("peritoneal", (), ("patient.creatinine_clearance",)),
    ],
)
def test_on_dialysis_no_formula_speaks_and_the_rest_must_be_measured(knowledge, person, kind, sessions, needs):
    patient = person.man(
        creatinine=person.creatinine((3, 1.0)),
        cystatin_c=person.cystatin_c((3, 1.0)),
        dialysis=person.dialysis(kind, *sessions),
    )
    picture = kidney_picture(knowledge, patient, person.now)
    assert picture.estimates == ()
    assert (picture.clearance_ml_per_min, picture.egfr_ml_per_min_per_1_73m2) == (None, None)
    assert picture.needs == needs
    assert picture.dialysis == patient.dialysis


def test_on_dialysis_a_measured_clearance_counts(knowledge, person):
    patient = person.man(
        measured_clearance=person.measured((3, 4.0)), dialysis=person.dialysis("haemodialysis", (2, 1.8))
    )
    picture = kidney_picture(knowledge, patient, person.now)
    assert (picture.clearance_ml_per_min, picture.needs) == (4.0, ())


def test_known_absence_of_dialysis_changes_nothing(knowledge, person):
    patient = person.man(creatinine=person.creatinine((3, 1.2)))
    without = replace(patient, dialysis=person.dialysis("none"))
    assert (
        kidney_picture(knowledge, without, person.now).estimates
        == kidney_picture(knowledge, patient, person.now).estimates
    )
