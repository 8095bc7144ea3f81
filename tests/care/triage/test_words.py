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


@pytest.mark.parametrize(
    ("said", "symptom"),
    [
        ("feeling tired? no he is unconscious", "cannot be woken"),
        ("headache. no he had a fit", "seizure"),
        ("tired, no she is suicidal", "suicidal thoughts"),
        ("rash - no her throat is swollen", "face or throat swelling"),
        ("rash – no her throat is badly swollen", "face or throat swelling"),
        ("nausea no she was vomiting blood", "vomiting blood"),
        ("dizzy? no she has chest pain", "chest pain"),
        ("tired? no looks dead", "cannot be woken"),
        ("fever: no - seizure", "seizure"),
        ("no more seizures", "seizure"),
        ("no seizures since the one this morning", "seizure"),
        ("no seizure now", "seizure"),
    ],
)
def test_a_no_that_answers_takes_nothing_of_what_follows(ask, said, symptom):
    answer = ask(said)
    assert symptom in answer.symptoms
    assert answer.level is NOW


@pytest.mark.parametrize("verb", ["is", "has", "had"])
def test_no_emergency_is_lost_behind_a_no_that_answers(ask, table, verb):
    emergencies = [symptom for symptom, row in table["symptoms"].items() if row["level"] == "emergency_now"]
    lost = [one for one in emergencies if ask(f"tired? no he {verb} {one}").level is not NOW]
    assert lost == []


@pytest.mark.parametrize(
    "said",
    [
        "her lips are purple",
        "she won't open her eyes",
        "his eyes won't open",
        "he is no longer breathing",
        "no breathing",
        "no breath",
        "she is not conscious",
        "no sign of life",
        "nobody can wake him",
        "no one can wake him up",
        "she will not rouse",
        "breathing but only just",
        "twitching and foaming",
        "I don't want to be here any more",
        "I'm going to jump",
        "found with an empty bottle",
        "I wish to never wake up",
        "he took all of them",
        "she took the lot",
        "weak arm and slurred speech",
        "slurred speech and her face droops",
        "drowsy with kidney failure",
        "drowsy, on dialysis",
        "a bit drowsy, on dialysis",
        "tired, on dialysis",
        "drowsy after morphine",
        "a bit drowsy after beer",
        "drowsy, has a pump",
    ],
)
def test_what_people_say_of_somebody_dying_is_an_emergency(ask, said):
    assert ask(said).level is NOW


def test_drowsy_is_sleepy_and_a_bit_drowsy_is_mild(ask):
    assert ask("drowsy").symptoms == ("sleepiness",)
    assert ask("slightly drowsy").symptoms == ("mild drowsiness",)


def test_failing_kidneys_are_weak_kidneys_and_not_little_urine(ask):
    assert ask("kidney failure").symptoms == ("weak kidneys",)
    assert ask("kidneys failing").symptoms == ("weak kidneys",)


def test_a_no_reaches_over_a_place(ask):
    assert ask("rash, no pain in the chest").denied == ("chest pain",)


def test_no_breathing_trouble_is_a_denial(ask):
    answer = ask("rash, no breathing problems")
    assert answer.denied == ("breathing trouble",)
    assert answer.level is VISIT


@pytest.mark.parametrize(
    "said",
    [
        "took 8 extra tablets",
        "has taken 30 baclofen tablets",
        "took six 25mg tablets",
        "took 10 x 20 mg",
        "took 20 ten mg tablets",
        "took 20 mg x 10",
        "took 12 more tablets",
        "took 20 baclofen",
        "took 1,000 mg",
        "took 1.200 mg",
        "took twenty-five tablets",
        "took two hundred mg",
        "took 2 hundred mg",
        "took hundred mg x two",
        "took 2 boxes",
        "took 100 ml of baclofen liquid",
    ],
)
def test_an_overdose_is_counted_in_ordinary_words(ask, said):
    answer = ask(said)
    assert "too much taken" in answer.symptoms
    assert answer.level is NOW


@pytest.mark.parametrize(
    "said",
    [
        "took 10 mg x",
        "took 10 mg x often",
        "took 8 of",
        "took 8 20",
        "took 8 20 hours ago",
        "took 8 ten mg",
        "took 5 ml",
    ],
)
def test_an_amount_half_said_is_no_overdose_and_no_reassurance(ask, said):
    answer = ask(said)
    assert "too much taken" not in answer.symptoms
    assert answer.level is TODAY


@pytest.mark.parametrize(
    "said",
    [
        "my 3 year old ate one of grandma's pills",
        "my little girl took one tablet",
        "my boy swallowed 3 tablets",
        "my son has swallowed some of my tablets",
        "2 year old got into the baclofen",
        "toddler found chewing tablets",
    ],
)
def test_a_child_who_swallowed_some_is_an_emergency(ask, said):
    answer = ask(said)
    assert "a child swallowed it" in answer.symptoms
    assert answer.level is NOW


@pytest.mark.parametrize(
    "who", ["my 6 year old", "my 6yo", "boy aged six", "my toddler", "an 18 months old", "boy aged 6 months"]
)
def test_a_drowsy_child_is_an_emergency_and_a_bit_drowsy_one_a_call(ask, who):
    assert ask(f"{who} is drowsy").level is NOW
    assert ask(f"{who} is a bit drowsy").level is TODAY


@pytest.mark.parametrize("said", ["rash, 60 years old", "6 days with a rash"])
def test_an_adult_age_or_a_time_is_no_child(ask, said):
    assert "a child" not in ask(said).symptoms


@pytest.mark.parametrize("said", ["her breathing thing is not proper", "cannot make any eyes at us"])
def test_an_unread_sentence_that_denies_life_is_an_emergency(ask, said):
    answer = ask(said)
    assert answer.level is NOW
    assert not answer.causes[0].sure


@pytest.mark.parametrize("said", ["no hallucinations, no fever, sleeping well", "he sleeps well", "sleep is good"])
def test_who_sleeps_well_is_not_sleepy(ask, said):
    answer = ask(said, patient={"symptoms": ["constipation"]})
    assert answer.symptoms == ("constipation",)
    assert "sleeplessness" in answer.denied
    assert answer.unread == ()
    assert answer.level is VISIT


def test_sleeping_well_takes_away_nothing_that_is_said_beside_it(ask):
    assert ask("not sleeping well").symptoms == ("sleeplessness",)
    assert ask("cannot sleep well").symptoms == ("sleeplessness",)
    assert "sleepiness" in ask("sleeping well, and very sleepy all day").symptoms
    assert ask("sleeping well and cannot be woken").level is NOW
    assert "sleepiness" in ask("sleeping all day").symptoms
