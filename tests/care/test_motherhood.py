"""Pregnancy and nursing are asked of whoever can be a mother, and held to be known of nobody else."""

import math

import pytest

from baclo.care.check import check
from baclo.care.finding import Change, Status
from baclo.care.motherhood import may_be_mother
from baclo.case.patient import Sex


@pytest.mark.parametrize(
    ("sex", "age_y", "may"),
    [
        (Sex.FEMALE, 4.9, False),
        (Sex.FEMALE, 5.0, True),
        (Sex.FEMALE, 75.0, True),
        (Sex.FEMALE, 75.1, False),
        (Sex.FEMALE, None, True),
        (Sex.FEMALE, math.nan, True),
        (None, 40.0, True),
        (None, 80.0, False),
        (Sex.MALE, 40.0, False),
        (Sex.MALE, None, False),
    ],
)
def test_who_can_be_a_mother_by_sex_and_age(knowledge, make, sex, age_y, may):
    assert may_be_mother(knowledge, make(sex=sex, age_y=age_y).patient) is may


@pytest.mark.parametrize(("age_y", "asked"), [(60.0, True), (80.0, False)])
def test_an_old_woman_is_not_refused_a_start_for_a_pregnancy_nobody_can_enter(
    knowledge, make, picture_of, age_y, asked
):
    case = make(sex=Sex.FEMALE, age_y=age_y, pregnant=None, pregnancy_planned=None, breastfeeding=None)
    found = {one.id: one for one in check(knowledge, case, picture_of(case), None)}
    unknown = "pregnancy.exposed" in found and found["pregnancy.exposed"].status is Status.UNKNOWN
    assert unknown is asked
    assert (Change.START in (found["pregnancy.exposed"].refuses if unknown else ())) is asked
