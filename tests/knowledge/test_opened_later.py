"""Files that are read only when opened: proved all the same by what they name, and part of the hash."""

import pytest

from baclo.errors import KnowledgeError
from baclo.knowledge.library import build, load
from baclo.knowledge.references import quoted, referenced_facts

CLAIM = '["S0-001"]\ntruth = "At most {fact:toy.number}."\nsources = ["source:zoo_1990"]\n'
ZOO = "['toy_2020']\ncitation = 'Toy'\nkind = 'label'\n['zoo_1990']\ncitation = 'Z'\nkind = 'label'"


def test_a_file_that_is_opened_later_is_read_when_asked_for_and_not_before(toy):
    knowledge = toy.built(toy.row("toy.number"), sources=ZOO, claims__zoo=CLAIM)
    assert "claims" not in knowledge.tables
    assert knowledge.folder("claims")["zoo"]["S0-001"]["sources"] == ["source:zoo_1990"]


def test_what_it_names_counts_as_used_and_cited(toy):
    knowledge = toy.built(toy.row("toy.number"), sources=ZOO, claims__zoo=CLAIM)
    assert knowledge.used_by["toy.number"] == ("claims/zoo",)


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (CLAIM.replace("toy.number", "toy.absent"), "claims/zoo names unknown fact 'toy.absent'"),
        (CLAIM.replace("zoo_1990", "ark_1990"), "claims/zoo cites unknown 'ark_1990'"),
    ],
)
def test_a_name_in_it_that_leads_nowhere_is_refused_at_load(toy, claim, said):
    with pytest.raises(KnowledgeError) as refused:
        toy.built(toy.row("toy.number"), sources=ZOO, claims__zoo=claim)
    assert said in str(refused.value).splitlines()


@pytest.mark.parametrize("text", [b"not = [a table", b"\xff"])
def test_one_that_cannot_be_read_is_refused_when_it_is_opened(text):
    knowledge = build({("claims", "zoo"): text})
    with pytest.raises(KnowledgeError, match="claims/zoo"):
        knowledge.folder("claims")


def test_one_character_of_it_changes_the_digest(toy):
    assert toy.built(claims__a="x = 1").digest != toy.built(claims__a="x = 2").digest


def test_texts_are_found_in_quotes_with_what_is_escaped_in_them():
    assert quoted('["S0"]\na = "x {fact:b.c}"\nb = ["source:d", "say \\"e\\""]') == [
        *("S0", "x {fact:b.c}", "source:d", 'say \\"e\\"')
    ]


def test_what_is_found_without_reading_is_what_is_found_by_reading():
    knowledge = load()
    read = {folder: knowledge.folder(folder) for folder in knowledge.unread}
    named = referenced_facts(read, {})
    found = {key: [user for user in users if user.startswith("claims/")] for key, users in knowledge.used_by.items()}
    assert {key: users for key, users in found.items() if users} == named
