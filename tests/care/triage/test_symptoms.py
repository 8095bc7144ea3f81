"""Every symptom, as a word of the case and in plain words, gets at least the level that its row says."""

from datetime import UTC, datetime

from baclo.care.triage import Level
from baclo.care.triage.hearing import hear
from baclo.care.triage.lexicon import lexicon
from baclo.knowledge.library import load

TABLE = load().folder("triage")["triage"]


def test_every_symptom_of_a_case_asks_for_at_least_its_level(ask):
    for symptom, row in TABLE["symptoms"].items():
        answer = ask(patient={"symptoms": [symptom]})
        assert answer.symptoms == (symptom,)
        assert answer.level.place <= Level(row["level"]).place, symptom
        assert answer.causes[0].level is answer.level


def test_a_symptom_alone_asks_for_exactly_its_level(ask):
    for symptom, row in TABLE["symptoms"].items():
        assert ask(patient={"symptoms": [symptom]}).level is Level(row["level"]), symptom


def test_every_symptom_is_known_by_its_name_in_plain_words(ask):
    for symptom in TABLE["symptoms"]:
        answer = ask(symptom)
        assert symptom in answer.symptoms
        assert answer.unread == (), symptom


def test_every_synonym_is_read_whole_and_as_its_symptom(knowledge):
    for symptom, row in TABLE["symptoms"].items():
        heard = hear(knowledge, row["synonyms"], datetime(2026, 11, 22, tzinfo=UTC))
        assert heard.unread == (), symptom
        assert all(one.sure for one in heard.told)
        assert set(row["synonyms"]) == {one.said for one in heard.told if one.symptom == symptom}


def test_no_phrase_means_two_symptoms_and_none_is_empty():
    meant = {}
    for phrase in lexicon(load()).phrases:
        assert phrase.stems
        meant.setdefault(phrase.stems, set()).add((phrase.symptom, phrase.absent))
    assert {stems: found for stems, found in meant.items() if len(found) > 1} == {}


def test_words_that_say_a_symptom_is_not_there_are_no_synonyms():
    for row in TABLE["symptoms"].values():
        assert not set(row.get("denied_by", ())) & set(row["synonyms"])


def test_there_is_no_level_that_says_all_is_well():
    assert [level.value for level in Level] == ["emergency_now", "call_today", "next_visit"]
    assert set(TABLE["level"]) == set(Level)


def test_every_symptom_that_a_table_names_is_a_symptom():
    def named(value, key=""):
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from named(inner, name)
        elif isinstance(value, list):
            for inner in value:
                yield from named(inner, key)
        elif key in (
            "has_symptom",
            "has_symptom_after_fall",
            "symptoms",
            "symptom",
            "is",
            "amount_is",
            "alone",
            "temperature",
            "temp",
        ):
            yield value

    rows = [TABLE["combination"], TABLE["threshold"], TABLE["withdrawal_score"], TABLE["overdose"], TABLE["pets"]]
    words = load().folder("triage")["words"]
    effects = load().folder("adverse")["adverse"]
    found = {one for row in (*rows, words["together"], words["measured"]) for one in named(row)}
    found |= {symptom for kind in effects.values() for row in kind.values() for symptom in row["symptoms"]}
    quantities = {"dialysis", "haemodialysis", "peritoneal", "cvvh", "recently_stopped_or_reduced", "has_pump"}
    quantities |= {"acute_fall", "alcohol", "some", "daily", "more_than_prescribed", "taking", "kidneys_measured"}
    quantities |= {"more_today", "much_more_today"}
    quantities |= {"kidney_stale", "normal_withheld", True, False}
    assert found - set(TABLE["symptoms"]) - quantities == set()
