"""Measured values: each threshold from both sides, children, what is old, what claims to be later than now."""

import pytest

from baclo.care.triage import CauseKind, Level

NOW, TODAY, _ = Level
EDGES = [
    ("temperature", "38.5 Cel", "38.4 Cel", TODAY),
    ("temperature", "39.5 Cel", "39.4 Cel", NOW),
    ("temperature", "34.9 Cel", "35 Cel", NOW),
    ("heart rate", "100 /min", "99 /min", TODAY),
    ("heart rate", "140 /min", "139 /min", NOW),
    ("heart rate", "49 /min", "50 /min", TODAY),
    ("respiratory rate", "9 /min", "10 /min", NOW),
    ("respiratory rate", "25 /min", "24 /min", TODAY),
    ("oxygen saturation", "89 %", "90 %", NOW),
    ("glasgow coma scale", 12, 13, NOW),
    ("systolic pressure", "89 mm[Hg]", "90 mm[Hg]", TODAY),
    ("systolic pressure", "181 mm[Hg]", "180 mm[Hg]", NOW),
    ("oxygen saturation", "93 %", "94 %", TODAY),
    ("glasgow coma scale", 14, 15, TODAY),
    ("respiratory rate", "11 /min", "12 /min", TODAY),
    ("temperature", "35 Cel", "35.5 Cel", TODAY),
    ("systolic pressure", "160 mm[Hg]", "159 mm[Hg]", TODAY),
    ("systolic pressure", "79 mm[Hg]", "80 mm[Hg]", NOW),
    ("heart rate", "39 /min", "40 /min", NOW),
]


@pytest.mark.parametrize(("kind", "beyond", "within", "level"), EDGES)
def test_a_value_beyond_its_threshold_asks_for_its_level_and_one_within_for_less(observed, kind, beyond, within, level):
    assert observed(kind, beyond).level is level
    inside = observed(kind, within)
    assert not inside.told or inside.level.place > level.place


def test_one_measurement_is_one_cause(observed):
    answer = observed("temperature", "40 Cel")
    assert [cause.kind for cause in answer.causes] == [CauseKind.MEASUREMENT]
    assert answer.symptoms == ("fever",)


def test_a_measurement_joins_with_what_is_said(ask):
    row = {"at": "2026-11-22T09:00:00+00:00", "kind": "temperature", "value": "38.6 Cel"}
    answer = ask("stiff all over", observation=[row])
    assert answer.level is NOW
    assert answer.causes[0].id == "fever_with_rigidity"


@pytest.mark.parametrize(("kind", "value"), [("heart rate", "150 /min"), ("respiratory rate", "28 /min")])
def test_a_fast_value_of_a_child_is_left_to_a_person_today(observed, kind, value):
    answer = observed(kind, value, patient={"age": "2 y"})
    assert answer.level is TODAY
    assert answer.symptoms == ()
    assert answer.causes[0].title.pieces[-1] == " in a child"


@pytest.mark.parametrize(("kind", "value"), [("heart rate", "45 /min"), ("systolic pressure", "190 mm[Hg]")])
def test_what_is_worse_in_a_child_than_in_an_adult_is_held_to_the_same_threshold(observed, kind, value):
    assert observed(kind, value, patient={"age": "2 y"}).symptoms == observed(kind, value).symptoms


def test_an_unknown_age_is_held_to_the_limits_of_adults(observed):
    assert observed("heart rate", "150 /min").level is observed("heart rate", "150 /min", patient={"age": "40 y"}).level


def test_yesterdays_fever_counts_and_the_day_before_does_not(observed):
    assert observed("temperature", "40 Cel", at="2026-11-21T10:00:00+00:00").level is NOW
    assert not observed("temperature", "40 Cel", at="2026-11-21T09:59:00+00:00").told


def test_a_fever_as_unlikely_as_it_can_be_written_is_still_an_emergency(observed):
    assert observed("temperature", "46.9 Cel").level is NOW
