"""A scale takes its own grades and nothing between them, and observations that forbid each other are refused."""

import json

import pytest

from baclo.case.codec import case_to_json, read_json, read_toml
from baclo.case.observed import Observed, grade_words, read_observed
from baclo.case.vocabulary import words
from baclo.errors import InputProblems, Problem

TOP = """
format = "baclo.case/1"
now = 2026-11-22T09:00:00+01:00
zone = "Europe/Zurich"
region = "EU"
[question]
ask = "check"
"""

GRADES = {
    "modified ashworth": {0: 0.0, 1: 1.0, "1+": 1.5, 1.5: 1.5, 2: 2.0, 3: 3.0, 4: 4.0},
    "ashworth": {grade: float(grade) for grade in range(5)},
    "tardieu quality slow": {grade: float(grade) for grade in range(6)},
    "tardieu quality gravity": {grade: float(grade) for grade in range(6)},
    "tardieu quality fast": {grade: float(grade) for grade in range(6)},
    "penn spasm frequency": {grade: float(grade) for grade in range(5)},
    "penn spasm severity": {grade: float(grade) for grade in range(1, 4)},
    "scats clonus": {grade: float(grade) for grade in range(4)},
    "scats flexor": {grade: float(grade) for grade in range(4)},
    "scats extensor": {grade: float(grade) for grade in range(4)},
    "spasticity nrs": {grade: float(grade) for grade in range(11)},
    "liver tests": {"normal": 0.0, "raised": 1.0, "Raised": 1.0, " normal ": 0.0, 0: 0.0, 1: 1.0},
    "blood glucose": {"normal": 0.0, "raised": 1.0, 0: 0.0, 1: 1.0},
}
NO_GRADES = {
    "modified ashworth": (-1, -0.5, 0.5, 1.25, 1.75, 2.5, 3.5, 4.5, 5, "2", "1++", "2+", "+1", "", "one"),
    "ashworth": (-1, 1.5, 4.5, 5, "1+", "3"),
    "tardieu quality fast": (-1, 0.5, 6, "2"),
    "penn spasm frequency": (-1, 0.5, 5, "1"),
    "penn spasm severity": (0, 1.5, 4, "1"),
    "scats clonus": (-1, 0.5, 4),
    "scats flexor": (-1, 2.5, 4),
    "scats extensor": (-1, 2.5, 4),
    "spasticity nrs": (-1, 0.5, 9.5, 11, 101, "7"),
    "liver tests": ("fine", 2, 0.5, ""),
    "blood glucose": ("high", -1, "5.4 mmol/L"),
}
NEVER = (True, False, None, float("nan"), float("inf"), [], [1], {})


def seen(*rows):
    return TOP + "".join(
        f"[[observation]]\nat = 2026-11-20T{clock}:00Z\nkind = '{kind}'\nvalue = {value}\n{more}\n"
        for clock, kind, value, more in rows
    )


def test_every_scale_of_the_vocabulary_is_tested_here(knowledge):
    scales = {kind for kind, row in words(knowledge, "observations").items() if "grades" in row}
    assert scales == set(GRADES)


@pytest.mark.parametrize(("kind", "raw", "value"), [(k, raw, v) for k, row in GRADES.items() for raw, v in row.items()])
def test_every_grade_is_read_as_the_number_it_is_analysed_by(knowledge, kind, raw, value):
    assert read_observed(knowledge, kind, raw) == Observed(value=value, unit="{score}")


@pytest.mark.parametrize(("kind", "raw"), [(k, raw) for k, row in NO_GRADES.items() for raw in row])
def test_what_lies_between_or_beside_the_grades_is_refused_with_all_of_them(knowledge, kind, raw):
    found = read_observed(knowledge, kind, raw)
    assert isinstance(found, Problem)
    assert found.message == "is no grade of this scale"
    assert found.allowed.startswith("one of ")


@pytest.mark.parametrize("raw", NEVER, ids=str)
@pytest.mark.parametrize("kind", GRADES)
def test_what_is_no_number_and_no_word_is_never_a_grade(knowledge, kind, raw):
    assert isinstance(read_observed(knowledge, kind, raw), Problem)


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        ("penn spasm severity", "one of 1, 2, 3; left out where the frequency is none"),
        ("scats clonus", "one of 0, 1, 2, 3"),
        ("liver tests", 'one of "normal", "raised"; as the laboratory judged it'),
    ],
)
def test_a_refused_grade_says_which_there_are(knowledge, kind, allowed):
    assert read_observed(knowledge, kind, 77).allowed == allowed


def test_a_grade_five_of_ashworth_is_told_of_the_count_from_one(knowledge):
    assert "take one off" in read_observed(knowledge, "ashworth", 5).allowed


def test_the_words_of_a_scale_stand_in_order_and_other_kinds_have_none(knowledge):
    assert grade_words(knowledge, "modified ashworth") == {
        0.0: "0",
        1.0: "1",
        1.5: "1+",
        2.0: "2",
        3.0: "3",
        4.0: "4",
    }
    assert grade_words(knowledge, "penn spasm severity") == {1.0: "1", 2.0: "2", 3.0: "3"}
    assert grade_words(knowledge, "temperature") == {}


@pytest.mark.parametrize("raw", ["40 deg", "-45 deg", "180 deg"])
def test_an_angle_that_a_joint_can_have_is_read(knowledge, raw):
    assert read_observed(knowledge, "tardieu r1", raw) == Observed(value=float(raw.split()[0]), unit="deg")


@pytest.mark.parametrize("raw", ["-46 deg", "180.5 deg", "40", 40, "40 cm", "nan deg"])
def test_an_angle_that_no_joint_has_is_refused(knowledge, raw):
    assert isinstance(read_observed(knowledge, "tardieu r2", raw), Problem)


@pytest.mark.parametrize("raw", [2, 16, True, "8", float("nan")])
def test_a_coma_score_outside_its_range_is_refused(knowledge, raw):
    assert read_observed(knowledge, "glasgow coma scale", raw).allowed == "a number from 3 to 15, without quotes"


ELBOW = "site = 'left elbow flexors'"
WRONG = [
    (
        [("08:00", "penn spasm frequency", 0, ""), ("08:00", "penn spasm severity", 2, "")],
        ("observation[1].value", "is set, but observation[0] says that there are no spasms"),
    ),
    (
        [("08:00", "tardieu r1", "'71 deg'", ELBOW), ("08:00", "tardieu r2", "'70 deg'", ELBOW)],
        ("observation[0].value", "is beyond R2, the slow range of observation[1]"),
    ),
    (
        [("08:00", "spasticity nrs", 7, ELBOW)],
        ("observation[0].site", "is set, but this is not of one muscle group"),
    ),
    (
        [("08:00", "mas", 2, "site = 'left elbow flexor muscles'")],
        ("observation[0].site", "unknown muscle group"),
    ),
    (
        [("08:00", "mas", 2, ELBOW), ("08:00", "mas", 3, "site = 'left biceps'")],
        ("observation[1]", "is of the same kind and moment as observation[0]"),
    ),
]


@pytest.mark.parametrize(("rows", "problem"), WRONG)
def test_observations_that_forbid_each_other_are_one_problem(knowledge, rows, problem):
    with pytest.raises(InputProblems) as refused:
        read_toml(knowledge, seen(*rows))
    assert [(one.path, one.message) for one in refused.value.problems] == [problem]


RIGHT = [
    [("08:00", "penn spasm frequency", 1, ""), ("08:00", "penn spasm severity", 2, "")],
    [("08:00", "penn spasm frequency", 0, ""), ("09:00", "penn spasm severity", 2, "")],
    [("08:00", "penn spasm severity", 2, "")],
    [("08:00", "tardieu r1", "'70 deg'", ELBOW), ("08:00", "tardieu r2", "'70 deg'", ELBOW)],
    [("08:00", "tardieu r1", "'90 deg'", ELBOW), ("08:00", "tardieu r2", "'70 deg'", "site = 'right elbow flexors'")],
    [("08:00", "tardieu r1", "'90 deg'", ELBOW)],
    [("08:00", "mas", '"1+"', ELBOW), ("08:00", "mas", 3, "site = 'Right  Biceps'"), ("08:00", "mas", 1, "")],
    [("08:00", "lft", '"raised"', "")],
]


@pytest.mark.parametrize("rows", RIGHT)
def test_observations_that_go_together_read_back_as_they_were(knowledge, rows):
    case = read_toml(knowledge, seen(*rows))
    assert len(case.timeline.observations) == len(rows)
    assert read_json(knowledge, json.dumps(case_to_json(case))) == case


def test_a_muscle_group_is_found_by_its_other_names_and_keeps_its_side(knowledge):
    case = read_toml(knowledge, seen(*RIGHT[6]))
    assert [one.site for one in case.timeline.observations] == ["left elbow flexors", "right elbow flexors", None]
    assert [one.value for one in case.timeline.observations] == [1.5, 3.0, 1.0]
