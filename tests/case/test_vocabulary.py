"""The words of the vocabulary mean one thing each, and what depends on a word finds it."""

from collections import Counter
from dataclasses import replace

import pytest

from baclo.case.observed import Observed, read_observed
from baclo.case.vocabulary import findings, models, near, products, read_word, symptoms, words
from baclo.errors import Problem


@pytest.mark.parametrize("name", ["conditions", "egfr_equations", "observations", "sites"])
def test_no_spelling_stands_for_two_words(knowledge, name):
    table = words(knowledge, name)
    spellings = Counter(
        spelling.casefold() for word, row in table.items() for spelling in (word, *row.get("synonyms", ()))
    )
    assert [spelling for spelling, count in spellings.items() if count > 1] == []


def test_no_spelling_stands_for_two_symptoms(knowledge):
    spellings = Counter(
        spelling.casefold() for word, row in symptoms(knowledge).items() for spelling in (word, *row["synonyms"])
    )
    assert [spelling for spelling, count in spellings.items() if count > 1] == []


def test_the_conditions_of_one_sex_are_these(knowledge):
    told = {word: row["sex"] for word, row in words(knowledge, "conditions").items() if "sex" in row}
    assert told == {"breastfeeding": "female", "ovarian cyst": "female"}


def test_the_conditions_that_waste_muscle_are_these(knowledge):
    wasting = {word for word, row in words(knowledge, "conditions").items() if row.get("low_muscle")}
    assert wasting == {
        "amputation",
        "cerebral palsy",
        "high spinal cord injury",
        "motor neurone disease",
        "neuromuscular disease",
        "paraplegia",
        "spinal cord injury",
        "tetraplegia",
        "wasting",
    }


def test_every_word_that_the_kidney_tables_name_is_in_the_vocabulary(knowledge):
    kidney = knowledge.folder("kidney")
    named = {
        *kidney["judgement"]["filtration"]["kidney_diseases"],
        *kidney["equations"]["spinal_cord_injury"]["factors"],
    }
    assert named <= set(words(knowledge, "conditions"))


def test_every_observation_that_is_no_score_reads_its_own_example(knowledge):
    for kind, row in words(knowledge, "observations").items():
        raw = f"{row['example']} {row['units'][0]}" if "example" in row else row.get("words", [3])[-1]
        raw = int(raw) if str(raw).isdecimal() else raw
        assert isinstance(read_observed(knowledge, kind, raw), Observed), kind


def test_a_word_is_found_whatever_its_letters_and_spaces(knowledge):
    table = words(knowledge, "conditions")
    assert read_word(table, "  Multiple   SCLEROSIS ", "condition") == "multiple sclerosis"
    assert read_word(table, "Quadriplegia", "condition") == "tetraplegia"


def test_a_word_like_none_gets_the_whole_list(knowledge):
    found = read_word(words(knowledge, "egfr_equations"), "xyz", "equation")
    assert isinstance(found, Problem)
    assert "MDRD" in found.allowed


def test_what_looks_alike_is_offered_in_its_own_letters():
    assert near("mdrd-5", ["MDRD", "MDRD-4", "EKFC"]) == ('"MDRD-4"', '"MDRD"')


def test_products_and_models_are_known_by_their_ids(knowledge):
    assert "us.tablet_10mg" in products(knowledge)
    assert "adult_default" in models(knowledge)


def test_every_rule_and_every_interaction_is_a_finding_by_its_id(knowledge):
    ids = set(findings(knowledge))
    assert {key for table in knowledge.folder("rules").values() for key in table} <= ids
    pair = replace(knowledge, tables={**knowledge.tables, "interactions": {"interactions": {"opioid": {}}}})
    assert set(findings(pair)) - set(findings(replace(knowledge, tables=pair.tables | {"interactions": {}}))) == {
        "interaction.opioid"
    }


def test_a_symptom_is_found_by_what_people_say(knowledge):
    assert read_word(symptoms(knowledge), "Cannot stay awake", "symptom") == "cannot be woken"
    assert read_word(symptoms(knowledge), "fits", "symptom") == "seizure"
    assert read_word(symptoms(knowledge), "seizzure", "symptom").allowed.startswith('did you mean "seizure"')
