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
EXTRA = {"at": "2026-11-22T05:00:00+00:00", "amount": "20 mg", "status": "given"}
HOLDS = {
    "fever_with_rigidity": (["fever", "stiff all over"], {}),
    "signs_after_missed_doses": (["ran out of tablets", "itchy"], {}),
    "signs_with_pump": (["itchy"], {"patient": {"has_pump": True}}),
    "drowsy_with_weak_kidneys": (["very sleepy"], {"patient": {"dialysis": {"kind": "haemodialysis"}}}),
    "mildly_drowsy_kidneys": (["a bit sleepy"], {"regimen": [REGIMEN]}),
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
    "extra_dose": ([], {"regimen": [REGIMEN], "dose": [EXTRA]}),
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


def egfr(value):
    return {"egfr": [{"at": "2026-11-20T08:00:00+00:00", "value": f"{value} mL/min/1.73m2", "equation": "not stated"}]}


@pytest.mark.parametrize(
    ("patient", "one", "a_day", "a_day_long_ago"),
    [
        ({}, TODAY, TODAY, TODAY),
        ({"age": "6 y"}, TODAY, NOW, TODAY),
        (egfr(59), TODAY, NOW, TODAY),
        (egfr(60), TODAY, TODAY, TODAY),
        (egfr(29), NOW, NOW, NOW),
        ({"dialysis": {"kind": "haemodialysis"}}, NOW, NOW, NOW),
        ({"medicines": ["pregabalin"]}, TODAY, NOW, TODAY),
        ({"medicines": ["zopiclone"]}, TODAY, NOW, TODAY),
        ({"medicines": ["morphine"]}, NOW, NOW, TODAY),
        ({"alcohol": "daily"}, NOW, NOW, TODAY),
        ({"alcohol": "some"}, TODAY, TODAY, TODAY),
        ({"symptoms": ["confusion"]}, NOW, NOW, NOW),
    ],
)
def test_an_extra_dose_is_a_call_today_and_an_emergency_with_a_risk_by_its_size_and_age(
    ask, patient, one, a_day, a_day_long_ago
):
    """20 mg, or all of the 40 mg of a day, five hours ago; or that two days ago."""
    person = {"age": "40 y", **patient}
    long_ago = "2026-11-20T11:00:00+00:00"
    for extra, level in (
        (EXTRA, one),
        ({**EXTRA, "amount": "40 mg"}, a_day),
        ({**EXTRA, "amount": "40 mg", "at": long_ago}, a_day_long_ago),
    ):
        assert ask(regimen=[REGIMEN], dose=[extra], patient=person).level is level
    assert "extra_dose" not in holding(ask(regimen=[REGIMEN], patient=person))


def test_a_pet_is_sent_to_a_vet(ask):
    (passage,) = ask("the cat ate a pill").passages
    assert passage.title.endswith("a vet now")


def test_a_harmless_complaint_carries_no_professional_part(ask):
    answer = ask("constipated")
    assert answer.passages == ()
    assert answer.alternatives == ()


def test_the_answer_is_the_same_in_every_region(ask):
    assert len({ask("very sleepy", region=region).level for region in ("US", "UK", "EU")}) == 1


def recorded(*days, amount="0 mg", status="missed"):
    """Records for both doses of REGIMEN on some days of November."""
    return [
        {
            "at": f"2026-11-{day:02}T{clock}:00+00:00",
            "scheduled": f"2026-11-{day:02}T{clock}:00+00:00",
            "amount": amount,
            "status": status,
        }
        for day in days
        for clock in ("08:00", "20:00")
    ]


def test_hallucinations_after_a_gap_that_one_assumed_dose_has_ended_are_an_emergency(ask):
    """From 20:00 on the 20th to 08:00 on the 22nd: 36 h."""
    answer = ask("seeing things", regimen=[REGIMEN], dose=recorded(21, amount="20 mg"))
    assert "signs_after_missed_doses" in holding(answer)
    assert answer.level is NOW


def test_itching_after_a_day_of_recorded_smaller_doses_is_an_emergency(ask):
    answer = ask("itchy", regimen=[REGIMEN], dose=recorded(20, 21, amount="5 mg", status="given"))
    assert answer.level is NOW


def test_two_doses_missed_in_a_row_make_a_sign_an_emergency(ask):
    doses = recorded(21, amount="20 mg")[1:] + recorded(22, amount="20 mg")[:1]
    answer = ask("itchy", regimen=[REGIMEN], dose=doses)
    assert answer.level is NOW


STEPPED = [
    {**REGIMEN, "until": "2026-11-05"},
    {"since": "2026-11-05", "doses": [{"clock": "08:00", "amount": "20 mg"}]},
]


def test_an_emergency_sign_that_began_after_a_fall_and_lasts_stays_one_when_the_fall_is_long_past(ask):
    began = {"symptoms": [{"name": "tremor", "since": "2026-11-07"}]}
    assert "signs_after_missed_doses" in holding(ask(patient=began, regimen=STEPPED))
    older = {"symptoms": [{"name": "tremor", "since": "2026-11-01"}]}
    assert "signs_after_missed_doses" not in holding(ask(patient=older, regimen=STEPPED))


def test_a_date_before_the_fall_makes_no_emergency_sign_milder(ask):
    lately = [{**STEPPED[0], "until": "2026-11-20"}, {**STEPPED[1], "since": "2026-11-20"}]
    for sign in ("fever", "hallucinations", "muscle rigidity", "seizure", "confusion"):
        older = {"symptoms": [{"name": sign, "since": "2025-01-01"}]}
        assert ask(patient=older, regimen=lately).level is NOW


@pytest.mark.parametrize("sign", ["itching", "agitation", "tremor", "fast pulse"])
def test_a_complaint_of_years_is_no_withdrawal_by_itself_and_asked_about_today(ask, sign):
    lately = [{**STEPPED[0], "until": "2026-11-20"}, {**STEPPED[1], "since": "2026-11-20"}]
    for since, level in (("2025-01-01", TODAY), ("2026-11-21", NOW)):
        dated = {"symptoms": [{"name": sign, "since": since}]}
        assert ask(patient=dated, regimen=lately).level is level
    assert ask(patient={"symptoms": [{"name": sign}]}, regimen=lately).level is NOW


def test_old_sleeplessness_is_no_early_sign_and_what_was_heard_has_no_date(ask):
    lately = [{**STEPPED[0], "until": "2026-11-20"}, {**STEPPED[1], "since": "2026-11-20"}]
    older = {"symptoms": [{"name": "sleeplessness", "since": "2025-01-01"}]}
    assert ask(patient=older, regimen=lately).level is VISIT
    assert ask("cannot sleep", regimen=lately).level is TODAY
    assert ask("tingling", patient=older, regimen=lately).level is TODAY
    assert ask("tingling", patient=older, regimen=STEPPED).level is VISIT


@pytest.mark.parametrize(
    ("mg_dl", "said", "level"),
    [
        ("0.8 mg/dL", "a bit sleepy", VISIT),
        ("1.9 mg/dL", "a bit sleepy", TODAY),
        ("1.9 mg/dL", "tired", TODAY),
        ("1.9 mg/dL", "very sleepy", NOW),
        ("1.9 mg/dL", "confused", NOW),
        ("4.0 mg/dL", "a bit sleepy", NOW),
    ],
)
def test_drowsiness_is_as_urgent_as_the_kidneys_are_weak(ask, mg_dl, said, level):
    """A man of 40: 0.8 mg/dL is an eGFR of 114, 1.9 of 45, 4.0 of 18."""
    patient = {
        "sex": "male",
        "age": "40 a",
        "low_muscle_mass": False,
        "creatinine": [{"at": "2026-11-20T08:00:00+00:00", "value": mg_dl}],
    }
    assert ask(said, patient=patient, regimen=[REGIMEN]).level is level


def test_mild_drowsiness_of_somebody_who_takes_baclofen_with_kidneys_nobody_measured_is_a_call(ask):
    assert ask("a bit sleepy", regimen=[REGIMEN]).level is TODAY
    assert ask("a bit sleepy").level is VISIT
