"""Several things together: each combination where it holds, where it does not, and what it asks where it is unknown."""

import pytest

from baclo.care.triage import CauseKind, Level
from baclo.knowledge.library import load

NOW, TODAY, VISIT = Level
TABLE = load().folder("triage")["triage"]
REGIMEN = {
    "since": "2026-01-01",
    "doses": [{"clock": "08:00", "amount": "20 mg"}, {"clock": "20:00", "amount": "20 mg"}],
}
HOLDS = {
    "fever_with_rigidity": (["fever", "stiff all over"], {}),
    "signs_after_missed_doses": (["ran out of tablets", "itchy"], {}),
    "signs_with_pump": (["itchy"], {"patient": {"has_pump": True}}),
    "drowsy_with_weak_kidneys": (["very sleepy"], {"patient": {"dialysis": {"kind": "haemodialysis"}}}),
    "drowsy_with_sedatives": (["very sleepy"], {"patient": {"medicines": ["morphine"]}}),
    "sleepy_child": (["very sleepy"], {"patient": {"age": "6 y"}}),
    "tired_child": (["a bit sleepy"], {"patient": {"age": "6 y"}}),
    "hallucinations_with_fever_or_fast_pulse": (["seeing things", "fever"], {}),
    "dysreflexia": (["headache and sweating"], {"patient": {"conditions": ["tetraplegia"]}}),
    "dark_urine_with_rigidity": (["dark urine", "stiff all over"], {}),
    "low_mood_with_risk": (["feeling down"], {"patient": {"conditions": ["suicide attempt"]}}),
    "rash_with_swelling": (["rash", "short of breath"], {}),
    "itching_after_reduction": (["itchy", "the dose was reduced"], {}),
    "night_pauses_and_sleepy": (["snores", "a bit sleepy"], {}),
    "dose_of_overdose": ([], {"regimen": [{**REGIMEN, "doses": [{"clock": "08:00", "amount": "150 mg"}]}]}),
    "extra_dose_with_risk": (["took an extra tablet", "weak kidneys"], {}),
    "fall_with_head": (["fell over", "headache"], {}),
}


def holding(answer):
    return {cause.id for cause in answer.causes if cause.kind is CauseKind.COMBINATION}


def test_every_combination_has_a_case_that_holds():
    assert set(HOLDS) == {row["id"] for row in TABLE["combination"]}


@pytest.mark.parametrize("combination", HOLDS)
def test_a_combination_holds_where_its_parts_do_and_raises_the_level(ask, combination):
    said, case = HOLDS[combination]
    answer = ask(*said, **case)
    assert combination in holding(answer)
    (row,) = [row for row in TABLE["combination"] if row["id"] == combination]
    assert answer.level.place <= Level(row["level"]).place


@pytest.mark.parametrize("combination", HOLDS)
def test_a_combination_is_silent_where_its_parts_are_not_there(ask, combination):
    assert combination not in holding(ask("constipated", regimen=[REGIMEN]))


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("itchy", "Do they have a baclofen pump?"),
        ("itchy", TABLE["ask"]["regimen"]),
        ("very sleepy", "Do they have dialysis?"),
        ("very sleepy", TABLE["ask"]["patient.medicines"]),
        ("very sleepy", "Did they drink alcohol?"),
        ("headache", TABLE["ask"]["patient.conditions"]),
        ("extra tablet", TABLE["ask"]["patient.medicines"]),
    ],
)
def test_what_is_unknown_is_asked_and_leaves_the_level_of_the_symptom(ask, said, question):
    answer = ask(said)
    (symptom,) = answer.symptoms
    assert answer.level is Level(TABLE["symptoms"][symptom]["level"])
    assert question in [one.question for one in answer.asks]


def test_nothing_is_asked_that_the_case_has_answered(ask):
    questions = [one.question for one in ask("itchy", patient={"has_pump": False}).asks]
    assert "Do they have a baclofen pump?" not in questions


def test_a_dose_missed_in_the_records_makes_itching_withdrawal(ask):
    regimen = {**REGIMEN, "until": "2026-11-20"}
    answer = ask("itchy", regimen=[regimen])
    assert "signs_after_missed_doses" in holding(answer)
    assert answer.level is NOW


def test_the_professional_part_of_an_overdose_is_told_with_its_amounts(ask):
    answer = ask("took 30 tablets")
    (passage,) = [one for one in answer.passages if one.title.startswith("Overdose")]
    amounts = [piece.value for line in passage.lines for piece in line.pieces if not isinstance(piece, str)]
    assert amounts[:4] == [150.0, 200.0, 300.0, 200.0]


def test_a_pet_is_sent_to_a_vet(ask):
    (passage,) = ask("the cat ate a pill").passages
    assert passage.title.endswith("a vet now")


def test_a_harmless_complaint_carries_no_professional_part(ask):
    answer = ask("constipated")
    assert answer.passages == ()
    assert answer.alternatives == ()


def test_the_answer_is_the_same_in_every_region(ask):
    assert len({ask("very sleepy", region=region).level for region in ("US", "UK", "EU")}) == 1
