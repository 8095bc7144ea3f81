"""Plain words: many ways of saying it, misspelt, denied, measured, or not understood at all."""

import pytest

from baclo.care.triage import Level

NOW, TODAY, VISIT = Level

SAID = [
    ("he won't wake up", "cannot be woken", NOW),
    ("My dad can’t be woken", "cannot be woken", NOW),
    ("I cant wake him", "cannot be woken", NOW),
    ("She is UNCONSCIOUS!!", "cannot be woken", NOW),
    ("could not wake her this morning", "cannot be woken", NOW),
    ("we are unable to rouse her", "cannot be woken", NOW),
    ("he isn't responding", "cannot be woken", NOW),
    ("no pulse", "cannot be woken", NOW),
    ("his lips are blue", "slow breathing", NOW),
    ("breathing is very slow", "slow breathing", NOW),
    ("he's not breathing", "slow breathing", NOW),
    ("I can't breathe", "breathing trouble", NOW),
    ("she had a fit", "seizure", NOW),
    ("he is fitting now", "seizure", NOW),
    ("wants to kill himself", "suicidal thoughts", NOW),
    ("took 15 tablets", "too much taken", NOW),
    ("swallowed 400mg of baclofen", "too much taken", NOW),
    ("took 1 g of it at once", "too much taken", NOW),
    ("took thirty pills", "too much taken", NOW),
    ("he took a whole bottle", "too much taken", NOW),
    ("my toddler ate one of my pills", "a child swallowed it", NOW),
    ("the pump is beeping", "pump alarm", NOW),
    ("pump ran dry", "missed refill", NOW),
    ("tongue is swelling", "face or throat swelling", NOW),
    ("worst headache of my life", "sudden worst headache", NOW),
    ("her face is drooping", "stroke signs", NOW),
    ("very confused", "severe confusion", NOW),
    ("confused", "confusion", TODAY),
    ("he has been seeing things", "hallucinations", TODAY),
    ("speech is slurred", "slurred speech", TODAY),
    ("ran out of tablets", "doses missed", TODAY),
    ("burning up", "fever", TODAY),
    ("he has a temperature", "fever", TODAY),
    ("high temp", "fever", TODAY),
    ("dog ate baclofen", "a pet swallowed it", TODAY),
    ("he stops breathing at night", "pauses in breathing at night", TODAY),
    ("took an extra tablet by mistake", "extra dose taken", TODAY),
    ("I'm itchy", "itching", VISIT),
    ("a bit sleepy since the dose went up", "mild drowsiness", VISIT),
    ("headache for 3 days", "headache", VISIT),
    ("mouth has been dry since last week", "dry mouth", VISIT),
]


@pytest.mark.parametrize(("said", "symptom", "level"), SAID)
def test_people_are_understood_as_they_speak(ask, said, symptom, level):
    answer = ask(said)
    assert symptom in answer.symptoms
    assert answer.level is level


MISSPELT = [
    ("siezure", "seizure"),
    ("having a seizzure", "seizure"),
    ("unconcious", "cannot be woken"),
    ("unconcsious", "cannot be woken"),
    ("hallucinatoins", "hallucinations"),
    ("halucinating", "hallucinations"),
    ("he is not brething", "slow breathing"),
    ("overdoze", "too much taken"),
    ("sucidal", "suicidal thoughts"),
    ("confusd", "confusion"),
    ("slured speech", "slurred speech"),
    ("vommiting", "vomiting"),
    ("diarhoea", "diarrhoea"),
    ("constipatd", "constipation"),
]


@pytest.mark.parametrize(("said", "symptom"), MISSPELT)
def test_a_misspelt_word_counts_and_is_never_less_than_a_call(ask, said, symptom):
    answer = ask(said)
    assert symptom in answer.symptoms
    assert answer.level.place <= TODAY.place


def test_what_was_guessed_is_said_and_can_be_put_right(ask):
    answer = ask("he is confusd")
    (cause,) = answer.causes
    assert not cause.sure
    assert cause.title.pieces == ('"confusd" was read as: confusion',)


def test_a_short_word_is_never_guessed(ask):
    answer = ask("rish")
    assert answer.symptoms == ()
    assert answer.unread == ("rish",)


@pytest.mark.parametrize(
    "said",
    ["asdf qwer", "his toes are plaid", "mon père ne va pas bien", "???", "...", "呼吸", "77", "he is fine", ""],
)
def test_nothing_recognised_is_never_reassuring(ask, said):
    answer = ask(said) if said else ask()
    assert answer.symptoms == ()
    assert answer.level is TODAY
    assert not any("next visit" in action for action in answer.actions)


def test_nothing_told_is_said_to_be_no_answer(ask):
    answer = ask()
    assert not answer.told
    assert [cause.id for cause in answer.causes] == ["nothing told"]


def test_one_unread_word_beside_a_harmless_one_is_a_reason_to_call(ask):
    assert ask("rash").level is VISIT
    answer = ask("purple spotty rash")
    assert answer.level is TODAY
    assert answer.unread == ("purple spotty rash",)


@pytest.mark.parametrize(
    "said",
    [
        "no fever",
        "without fever",
        "he has no sign of fever",
        "he does not have a fever",
        "hasn't got a fever",
        "denies fever",
        "temperature is normal",
        "no temperature",
        "nausea, no fever or confusion",
    ],
)
def test_a_denied_symptom_is_not_counted(ask, said):
    answer = ask(said)
    assert "fever" not in answer.symptoms
    assert "fever" in answer.denied


@pytest.mark.parametrize("said", ["no fever", "no seizure", "not confused, no fever, no seizures"])
def test_denials_alone_never_reassure(ask, said):
    answer = ask(said)
    assert answer.level is TODAY
    assert not answer.told


@pytest.mark.parametrize("with_denial", ["no fever", "not confused", "no seizures, not confused"])
@pytest.mark.parametrize("said", ["rash", "very sleepy", "seizure", "cannot be woken", "frobnicated"])
def test_a_denial_lowers_nothing(ask, said, with_denial):
    assert ask(f"{said}, {with_denial}").level.place <= ask(said).level.place
    assert ask(said, with_denial).level.place <= ask(said).level.place


@pytest.mark.parametrize(
    ("said", "symptom"),
    [
        ("he has not had a seizure until today", "seizure"),
        ("never had a seizure before", "seizure"),
        ("not just a seizure", "seizure"),
        ("no idea why he has a seizure", "seizure"),
        ("the seizure has not stopped", "seizure"),
        ("no fever but a seizure", "seizure"),
        ("no fever. fever now", "fever"),
        ("not a normal temperature", "nothing"),
        ("she did not overdose on purpose", "overdose on purpose"),
        ("he did not mean to take too much, but took too much", "too much taken"),
        ("not breathing", "slow breathing"),
        ("cannot breathe", "breathing trouble"),
        ("not waking up", "cannot be woken"),
    ],
)
def test_a_no_that_denies_nothing_takes_nothing_away(ask, said, symptom):
    answer = ask(said)
    assert symptom == "nothing" or symptom in answer.symptoms
    assert answer.level is (NOW if symptom not in ("fever", "nothing") else TODAY)


def test_a_no_inside_a_scattered_phrase_leaves_it_unread(ask):
    answer = ask("speech is not slurred")
    assert "slurred speech" not in answer.symptoms
    assert answer.level is TODAY


def test_what_is_said_of_it_in_one_sentence_is_not_denied_in_another(ask):
    answer = ask("no fever", "fever")
    assert answer.symptoms == ("fever",)
    assert answer.denied == ()


@pytest.mark.parametrize(
    ("said", "kind", "level"),
    [
        ("temperature 39.6", "temperature", NOW),
        ("his temperature is 39,6 degrees", "temperature", NOW),
        ("temp of 104", "temperature", NOW),
        ("temperature 38.7", "temperature", TODAY),
        ("40 degrees", "temperature", NOW),
        ("pulse is about 150", "heart rate", NOW),
        ("150 bpm", "heart rate", NOW),
        ("heart rate 44", "heart rate", TODAY),
        ("sats 85%", "oxygen saturation", NOW),
        ("oxygen level 84", "oxygen saturation", NOW),
        ("6 breaths a minute", "respiratory rate", NOW),
        ("breathing rate 28", "respiratory rate", TODAY),
        ("blood pressure 195/100", "systolic pressure", NOW),
        ("bp 80/50", "systolic pressure", TODAY),
        ("GCS 9", "glasgow coma scale", NOW),
    ],
)
def test_a_measurement_told_in_words_is_judged_as_one(ask, said, kind, level):
    answer = ask(said)
    assert answer.causes[0].id == kind
    assert answer.level is level


@pytest.mark.parametrize("said", ["temperature 36.8", "pulse 70", "98 bpm"])
def test_an_ordinary_measurement_is_not_called_well(ask, said):
    answer = ask(said)
    assert answer.symptoms == ()
    assert answer.level is TODAY


@pytest.mark.parametrize("said", ["pulse 900", "temperature 400", "GCS 99", "bpm", "felt his pulse"])
def test_a_number_that_nobody_could_mean_is_unread(ask, said):
    answer = ask(said)
    assert answer.level is TODAY
    assert answer.unread == (said,)


@pytest.mark.parametrize("said", ["took 2 tablets and is dizzy", "took 10 mg", "took 3 buses to get here"])
def test_a_small_amount_is_no_overdose_and_no_reassurance(ask, said):
    answer = ask(said)
    assert "too much taken" not in answer.symptoms
    assert answer.level is TODAY


@pytest.mark.parametrize("said", ["takes 300 mg of something else", "300 mg"])
def test_an_amount_that_nobody_took_at_once_is_no_overdose(ask, said):
    assert "too much taken" not in ask(said).symptoms


def test_the_words_are_shown_back_only_where_they_are_not_the_name(ask):
    (cause,) = ask("legs like jelly").causes
    assert cause.read_in == '"legs like jelly"'
    (cause,) = ask("headache").causes
    assert cause.read_in == ""
    (cause,) = ask("frobnicated").causes
    assert cause.read_in == ""
