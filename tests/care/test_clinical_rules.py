"""All the clinical rules and interactions taken from the literature are carried by something that is there."""

import tomllib
from pathlib import Path

import pytest

from baclo.care.rules import rules
from baclo.knowledge.library import load

CARRIED = tomllib.loads((Path(__file__).parent / "clinical_rules.toml").read_text(encoding="utf-8"))


def test_every_clinical_rule_is_listed():
    prefixes = {name.split("-")[0] for name in CARRIED["rules"]}
    assert len(CARRIED["rules"]) == 61
    assert len(prefixes) == 21
    assert len(CARRIED["interactions"]) == 23


@pytest.mark.parametrize("name", CARRIED["rules"])
def test_a_clinical_rule_is_carried_by_what_is_there(name):
    knowledge = load()
    known = {rule.id for rule in rules(knowledge)}
    places = CARRIED["rules"][name]["where"]
    assert places
    for place in places:
        kind, _, key = place.partition(":")
        if kind == "rule":
            assert key in known, place
        elif kind != "later":
            file, _, part = place.partition(" ")
            folder, _, stem = file.partition("/")
            table = knowledge.folder(folder)[stem]
            for step in part.strip("[]").split(".") if part else ():
                assert step in table, place
                table = table[step]


def test_a_rule_that_names_a_clinical_rule_is_in_its_list():
    missing = [
        (key, row["clinical_rule"])
        for table in load().folder("rules").values()
        for key, row in table.items()
        if "clinical_rule" in row and f"rule:{key}" not in CARRIED["rules"][row["clinical_rule"]]["where"]
    ]
    assert missing == []


def test_every_interaction_of_the_literature_is_a_row_and_every_row_says_which():
    rows = load().folder("interactions")["interactions"]
    assert {row["interaction"] for row in rows.values() if "interaction" in row} == set(CARRIED["interactions"])
    for place in CARRIED["interactions"].values():
        assert place.removeprefix("interactions/interactions [").removesuffix("]") in rows
