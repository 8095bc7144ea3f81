"""The signs of withdrawal added up by hand, what was not looked at, and what looks the same."""

import pytest

from baclo.care.triage import CauseKind, Level

NOW, TODAY, VISIT = Level


def row(kind, value):
    return {"at": "2026-11-22T09:00:00+00:00", "kind": kind, "value": value}


@pytest.mark.parametrize(
    ("said", "observations", "total"),
    [
        (["itchy"], [], 1),
        (["itchy", "more spasms"], [], 2),
        (["seeing things"], [], 2),
        (["agitated", "seeing things"], [], 2),
        (["seizure"], [], 3),
        ([], [row("temperature", "38 Cel")], 1),
        ([], [row("temperature", "38.5 Cel")], 2),
        ([], [row("temperature", "39.5 Cel")], 3),
        ([], [row("heart rate", "120 /min")], 2),
        (["itchy", "more spasms", "agitated"], [row("temperature", "38 Cel"), row("heart rate", "100 /min")], 5),
        ([], [], 0),
    ],
)
def test_the_signs_add_up_as_by_hand(ask, said, observations, total):
    assert ask(*said, observation=observations).score.total_score == total


def test_a_sum_can_ask_for_more_than_any_of_its_signs(ask):
    answer = ask("itchy", "poor sleep", observation=[row("temperature", "38 Cel"), row("heart rate", "99 /min")])
    assert answer.score.total_score == 3
    assert answer.level is VISIT
    more = ask("itchy", "poor sleep", "low blood pressure", observation=[row("temperature", "38 Cel")])
    assert more.score.total_score == 4
    assert more.level is TODAY


def test_the_sum_raises_a_level_that_no_sign_asks_for(ask):
    said = ["itchy", "more spasms", "muscles locked", "low blood pressure", "anxious"]
    measured = [row("temperature", "38.4 Cel"), row("heart rate", "130 /min")]
    answer = ask(*said, observation=measured)
    assert answer.score.total_score == 8
    assert answer.level is NOW
    assert answer.causes[0].kind is CauseKind.SCORE


def test_a_sign_that_nobody_looked_at_is_missing_and_not_nought(ask):
    score = ask("itchy").score
    assert "temperature" in score.missing
    assert "itching without a rash" not in score.missing
    assert {sign.grade_score for sign in score.signs if sign.id in score.missing} == {None}


def test_a_sign_that_was_denied_is_nought_and_lowers_nothing(ask):
    answer = ask("itchy, no seizure")
    (seizures,) = [sign for sign in answer.score.signs if sign.id == "seizures"]
    assert (seizures.grade_score, seizures.words) == (0.0, "no")
    assert answer.score.total_score == 1


def test_the_pulse_of_a_child_is_no_sign(ask):
    assert ask(observation=[row("heart rate", "150 /min")], patient={"age": "3 y"}).score.total_score == 0


def test_the_first_alternative_is_withdrawal_and_medicines_are_held_against_the_others(ask):
    alternatives = ask("severe confusion", patient={"medicines": ["haloperidol"]}).alternatives
    assert alternatives[0].id == "baclofen withdrawal"
    by = {one.id: one.medicine_taken for one in alternatives}
    assert by["neuroleptic malignant syndrome"] is True
    assert by["malignant hyperthermia"] is False
    assert by["sepsis or meningitis"] is None


def test_a_medicine_that_nobody_asked_about_is_unknown(ask):
    by = {one.id: one.medicine_taken for one in ask("severe confusion").alternatives}
    assert by["neuroleptic malignant syndrome"] is None
