"""The kidney equations give the published examples, and the values that their formulas give by hand."""

import math

import pytest

from baclo.case.kidney.clearance import cockcroft_gault_ml_per_min
from baclo.case.kidney.estimate import Weight
from baclo.case.kidney.filtration import filtration_ml_per_min_per_1_73m2
from baclo.case.kidney.size import (
    absolute_ml_per_min,
    adjusted_weight_kg,
    ideal_weight_kg,
    mass_index_kg_per_m2,
    surface_m2,
    weights_kg,
)
from baclo.case.patient import Sex

M, F = Sex.MALE, Sex.FEMALE
CENT = 0.005 + 1e-9


@pytest.mark.parametrize(
    ("age_y", "sex", "weight_kg", "creatinine", "expected"),
    [
        (40, M, 80, 1.0, 111.11),
        (72, F, 60, 1.1, 43.79),
        (55, M, 70, 2.4, 34.43),
        (50, M, 104.9969, 1.0, 131.25),
    ],
)
def test_cockcroft_gault_by_hand(knowledge, age_y, sex, weight_kg, creatinine, expected):
    found = cockcroft_gault_ml_per_min(
        knowledge, sex=sex, age_y=age_y, weight_kg=weight_kg, creatinine_mg_per_dl=creatinine
    )
    assert found == pytest.approx(expected, abs=CENT)


def test_cockcroft_gault_of_the_toolkit_per_surface(knowledge):
    """clinPK prints 111 mL/min for a man of 40 years, 80 kg and 1.0 mg/dL, and 96 at 180 cm per 1.73 m2."""
    found = cockcroft_gault_ml_per_min(knowledge, sex=M, age_y=40, weight_kg=80, creatinine_mg_per_dl=1.0)
    assert round(found) == 111
    per_surface = found / surface_m2(knowledge, weight_kg=80, height_cm=180) * 1.73
    assert per_surface == pytest.approx(96.11, abs=CENT)


def test_cockcroft_gault_of_the_toolkit_by_ideal_weight(knowledge):
    """clinPK prints 104 for a man of 40 years, 150 kg, 180 cm and 1.0 mg/dL by ideal weight."""
    known, _ = weights_kg(knowledge, sex=M, weight_kg=150, height_cm=180)
    found = cockcroft_gault_ml_per_min(
        knowledge, sex=M, age_y=40, weight_kg=known[Weight.IDEAL], creatinine_mg_per_dl=1.0
    )
    assert round(found) == 104


@pytest.mark.parametrize(("weight", "expected"), [(Weight.ADJUSTED, 131.24), (Weight.IDEAL, 93.74)])
def test_cockcroft_gault_of_a_very_heavy_man_by_weight(knowledge, weight, expected):
    """A man of 50 years, 150 kg, 180 cm and 1.0 mg/dL; clinPK prints 131 with the adjusted weight."""
    known, chosen = weights_kg(knowledge, sex=M, weight_kg=150, height_cm=180)
    assert chosen is Weight.ADJUSTED
    found = cockcroft_gault_ml_per_min(knowledge, sex=M, age_y=50, weight_kg=known[weight], creatinine_mg_per_dl=1.0)
    assert found == pytest.approx(expected, abs=CENT)


@pytest.mark.parametrize(
    ("height_cm", "sex", "expected"), [(180, M, 74.99), (160, F, 52.38), (150, M, 47.83), (152.4, F, 45.5)]
)
def test_ideal_weight_is_devines(knowledge, height_cm, sex, expected):
    assert ideal_weight_kg(knowledge, sex=sex, height_cm=height_cm) == pytest.approx(expected, abs=CENT)


@pytest.mark.parametrize(
    ("height_cm", "sex", "weight_kg", "expected"), [(180, M, 150, 105.0), (160, F, 100, 71.43), (175, M, 90, 78.28)]
)
def test_adjusted_weight_counts_two_fifths_of_the_excess(knowledge, height_cm, sex, weight_kg, expected):
    ideal_kg = ideal_weight_kg(knowledge, sex=sex, height_cm=height_cm)
    found = adjusted_weight_kg(knowledge, weight_kg=weight_kg, ideal_kg=ideal_kg)
    assert found == pytest.approx(expected, abs=CENT)


@pytest.mark.parametrize(
    ("weight_kg", "height_cm", "expected"),
    [(80, 180, 2.0), (55, 162, 1.573), (20, 115, 0.799), (12, 88, 0.542), (120, 170, 2.38)],
)
def test_body_surface_is_mostellers(knowledge, weight_kg, height_cm, expected):
    assert surface_m2(knowledge, weight_kg=weight_kg, height_cm=height_cm) == pytest.approx(expected, abs=0.0005001)


@pytest.mark.parametrize("weight_kg", [math.nan, -70.0, -math.inf])
def test_what_is_no_weight_has_no_surface(knowledge, weight_kg):
    assert math.isnan(surface_m2(knowledge, weight_kg=weight_kg, height_cm=170.0))


def test_body_mass_index_is_kilograms_over_metres_squared():
    assert mass_index_kg_per_m2(weight_kg=90.0, height_cm=175.0) == pytest.approx(29.388, abs=0.0005)


@pytest.mark.parametrize(
    ("egfr", "weight_kg", "height_cm", "expected"),
    [(60, 120, 180, 84.95), (60, 45, 150, 47.49), (30, 70, 175, 31.99), (100, 15, 95, 36.37)],
)
def test_an_indexed_filtration_goes_back_to_the_own_surface(knowledge, egfr, weight_kg, height_cm, expected):
    found = absolute_ml_per_min(knowledge, egfr, weight_kg=weight_kg, height_cm=height_cm)
    assert found == pytest.approx(expected, abs=CENT)


def egfr(knowledge, equation, age_y, sex, height_cm=None, **markers):
    return filtration_ml_per_min_per_1_73m2(
        knowledge, equation, sex=sex, age_y=age_y, height_cm=height_cm, markers=markers
    )


@pytest.mark.parametrize(
    ("creatinine", "age_y", "sex", "expected"),
    [
        (0.8, 80, F, 74.44),
        (0.8, 80, M, 89.47),
        (1.2, 55, M, 71.42),
        (0.5, 30, F, 129.32),
        (2.5, 65, F, 20.82),
        (4.0, 70, M, 15.34),
    ],
)
def test_ckd_epi_2021_creatinine(knowledge, creatinine, age_y, sex, expected):
    """Published in whole numbers: 74 and 89 at 80 years and 0.8 mg/dL, 71 for a man of 55 years at 1.2 mg/dL."""
    found = egfr(knowledge, "ckd_epi_2021_creatinine", age_y, sex, creatinine=creatinine)
    assert found == pytest.approx(expected, abs=CENT)


@pytest.mark.parametrize(
    ("cystatin_c", "age_y", "sex", "expected"),
    [(0.7, 30, F, 117.49), (1.0, 55, M, 79.33), (1.5, 70, F, 40.63), (2.4, 60, M, 24.31)],
)
def test_ckd_epi_2012_cystatin_c(knowledge, cystatin_c, age_y, sex, expected):
    found = egfr(knowledge, "ckd_epi_2012_cystatin_c", age_y, sex, cystatin_c=cystatin_c)
    assert found == pytest.approx(expected, abs=CENT)


@pytest.mark.parametrize(
    ("creatinine", "cystatin_c", "age_y", "sex", "expected"),
    [(1.2, 1.0, 55, M, 78.28), (0.5, 1.2, 45, F, 85.62), (0.6, 0.7, 30, F, 124.87), (2.5, 2.2, 65, M, 27.34)],
)
def test_ckd_epi_2021_creatinine_cystatin_c(knowledge, creatinine, cystatin_c, age_y, sex, expected):
    equation = "ckd_epi_2021_creatinine_cystatin_c"
    found = egfr(knowledge, equation, age_y, sex, creatinine=creatinine, cystatin_c=cystatin_c)
    assert found == pytest.approx(expected, abs=CENT)


@pytest.mark.parametrize(
    ("height_cm", "creatinine", "expected"), [(100, 0.4, 103.25), (100, 0.5, 82.6), (50, 0.5, 41.3), (140, 1.2, 48.18)]
)
def test_bedside_schwartz(knowledge, height_cm, creatinine, expected):
    found = egfr(knowledge, "bedside_schwartz", 5, None, height_cm, creatinine=creatinine)
    assert found == pytest.approx(expected, abs=CENT)


@pytest.mark.parametrize(
    ("age_y", "sex", "height_cm", "creatinine", "cystatin_c", "by_creatinine", "by_cystatin_c", "mean"),
    [
        (11, M, 120, 0.9, 1.3, 51.59, 64.2, 57.9),
        (11, F, 120, 0.9, 1.3, 47.75, 61.22, 54.48),
        (15, M, 160, 1.9, 1.6, 37.48, 54.5, 45.99),
        (15, F, 160, 1.9, 1.6, 32.55, 46.14, 39.34),
        (20, M, 181, 2.1, 1.8, 43.78, 42.83, 43.31),
        (20, F, 181, 2.1, 1.8, 35.68, 37.94, 36.81),
        (6, M, 115, 0.35, 0.85, 122.16, 92.97, 107.56),
    ],
)
def test_ckid_u25(knowledge, age_y, sex, height_cm, creatinine, cystatin_c, by_creatinine, by_cystatin_c, mean):
    """The first six are the study group's own examples (there in one decimal)."""
    found = [
        egfr(knowledge, f"ckid_u25_{name}", age_y, sex, height_cm, creatinine=creatinine, cystatin_c=cystatin_c)
        for name in ("creatinine", "cystatin_c", "creatinine_cystatin_c")
    ]
    assert found == pytest.approx([by_creatinine, by_cystatin_c, mean], abs=CENT)


@pytest.mark.parametrize(
    ("equation", "age_y", "sex", "height_cm", "markers"),
    [
        ("ckd_epi_2021_creatinine", 17.9, M, None, {"creatinine": 0.9}),
        ("ckd_epi_2021_creatinine", None, M, None, {"creatinine": 0.9}),
        ("ckd_epi_2021_creatinine", 40, None, None, {"creatinine": 0.9}),
        ("ckd_epi_2021_creatinine_cystatin_c", 40, M, None, {"creatinine": 0.9}),
        ("bedside_schwartz", 5, M, None, {"creatinine": 0.4}),
        ("bedside_schwartz", 0.9, M, 70, {"creatinine": 0.3}),
        ("ckid_u25_creatinine", 26, M, 170, {"creatinine": 0.9}),
        ("ckid_u25_creatinine", 3, M, 59, {"creatinine": 0.9}),
        ("ckid_u25_creatinine", 3, M, None, {"creatinine": 0.9}),
        ("ckid_u25_creatinine", 9, None, 130, {"creatinine": 0.5}),
        ("ckid_u25_creatinine", 9, M, 130, {"creatinine": 10.1}),
        ("ckid_u25_cystatin_c", 9, M, None, {"cystatin_c": 8.1}),
        ("ckid_u25_creatinine", float("nan"), M, 130, {"creatinine": 0.5}),
    ],
)
def test_outside_what_it_was_made_for_an_equation_gives_nothing(knowledge, equation, age_y, sex, height_cm, markers):
    assert egfr(knowledge, equation, age_y, sex, height_cm, **markers) is None


def test_cystatin_c_of_a_child_needs_no_height(knowledge):
    assert egfr(knowledge, "ckid_u25_cystatin_c", 15, M, None, cystatin_c=1.6) == pytest.approx(54.5, abs=CENT)


def test_milligrams_of_creatinine_are_88_4_micromoles(knowledge):
    molar = knowledge.number("kidney.creatinine.molar", "(umol/L)/(mg/dL)")
    assert [round(value * molar, 2) for value in (0.3, 0.7, 1.0, 1.5, 4.0)] == [26.52, 61.88, 88.4, 132.6, 353.6]


@pytest.mark.parametrize(
    ("sex", "weight_kg", "height_cm", "chosen"),
    [
        (M, 60, 180, Weight.ACTUAL),  # below the ideal 75 kg
        (F, 46, 158, Weight.ACTUAL),  # mass index 18.4, below the ideal too
        (M, 80, 178, Weight.IDEAL),  # 1.09 times the ideal
        (M, 89, 180, Weight.IDEAL),  # 1.19 times the ideal
        (M, 91, 180, Weight.ADJUSTED),  # 1.21 times the ideal
        (F, 52, 140, Weight.ADJUSTED),  # short: the ideal is 34 kg
        (M, 90, None, Weight.ACTUAL),  # nobody measured the height
    ],
)
def test_the_weight_is_chosen_by_ideal_weight_and_mass_index(knowledge, sex, weight_kg, height_cm, chosen):
    known, found = weights_kg(knowledge, sex=sex, weight_kg=weight_kg, height_cm=height_cm)
    assert found is chosen
    assert known[Weight.ACTUAL] == weight_kg


@pytest.mark.parametrize(("weight_kg", "height_cm"), [(float("nan"), 190.0), (60.0, float("nan"))])
def test_a_weight_or_height_that_is_no_number_is_never_taken_for_the_ideal_one(knowledge, weight_kg, height_cm):
    _, chosen = weights_kg(knowledge, sex=F, weight_kg=weight_kg, height_cm=height_cm)
    assert chosen is Weight.ACTUAL


def test_a_low_mass_index_keeps_the_actual_weight_of_a_short_person_above_the_ideal(knowledge):
    """A woman of 140 cm has an ideal weight of 34.3 kg; at 35 kg her mass index is 17.9."""
    known, found = weights_kg(knowledge, sex=F, weight_kg=35.0, height_cm=140.0)
    assert known[Weight.IDEAL] < 35.0
    assert found is Weight.ACTUAL
