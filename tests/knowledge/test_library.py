"""The packaged knowledge, and what answers by key."""

import hashlib
from datetime import date, timedelta

import pytest

from baclo.errors import KnowledgeError, UnitError, UnknownKey
from baclo.knowledge.library import build, load


def test_the_packaged_knowledge_proves_itself_and_is_read_once():
    assert load().facts
    assert load() is load()


def test_a_fact_answers_by_its_key_with_or_without_the_prefix(toy):
    knowledge = toy.built(toy.row("toy.number"), uses=["toy.number"])
    assert knowledge.fact("toy.number") is knowledge.fact("fact:toy.number")
    assert knowledge.number("toy.number", "ug") == 5000.0
    with pytest.raises(UnitError):
        knowledge.number("toy.number", "mL")


def test_a_key_or_folder_that_is_not_there_is_said_by_name(toy):
    knowledge = toy.built()
    with pytest.raises(UnknownKey, match=r"no fact is called 'toy\.nothing'"):
        knowledge.fact("toy.nothing")
    with pytest.raises(UnknownKey, match="no data folder is called 'recipes'"):
        knowledge.folder("recipes")


def test_a_table_is_found_by_folder_and_stem(toy):
    knowledge = toy.built(rules__kidney="title = 'Toy rules'")
    assert knowledge.folder("rules")["kidney"]["title"] == "Toy rules"


def test_facts_past_their_review_date_are_listed_and_the_others_are_not(toy):
    rows = [toy.row("toy.old", "review_by = 2026-12-01"), toy.row("toy.new", "review_by = 2030-01-01")]
    knowledge = toy.built(*rows, uses=["toy.old", "toy.new"])
    assert [fact.key for fact in knowledge.expired(date(2026, 12, 1))] == []
    assert [fact.key for fact in knowledge.expired(date(2026, 12, 2))] == ["toy.old"]


def test_facts_read_in_a_copy_are_listed_for_a_release_and_what_derives_from_them_is_not(toy):
    knowledge = toy.built(
        toy.row("toy.copied", "seen = 'secondary'"),
        toy.row("toy.read"),
        toy.row("toy.recalled", "seen = 'recalled'"),
        toy.derived("toy.double", "{ multiply = ['toy.copied', 2] }", 10),
        uses=["toy.double", "toy.read", "toy.recalled"],
    )
    assert [fact.key for fact in knowledge.secondary()] == ["toy.copied"]


def test_a_fact_is_used_by_a_whole_text_by_a_piece_of_a_text_and_deep_within_rows(toy):
    rule = """
    limit = "fact:toy.whole"
    title = "No more than {fact:toy.piece} or {fact:toy.other}."
    cases = [ { any = [ "fact:toy.deep", 3 ] } ]
    """
    keys = ["toy.whole", "toy.piece", "toy.other", "toy.deep"]
    knowledge = toy.built(*[toy.row(key) for key in keys], rules__kidney=rule)
    assert knowledge.used_by == dict.fromkeys(keys, ("rules/kidney",))


@pytest.mark.parametrize(
    ("uses", "files", "said"),
    [
        (["toy.number", "toy.absent"], {}, "uses/toy names unknown fact 'toy.absent'"),
        (["toy.number"], {"rules__a": "x = '{fact:toy.absent}'"}, "rules/a names unknown fact 'toy.absent'"),
        (["toy.number"], {"rules__a": "x = 'source:nobody'"}, "rules/a cites unknown 'nobody'"),
        ([], {}, "fact 'toy.number' is used by nothing"),
        (
            ["toy.number"],
            {"sources__zoo": "['zoo_1990']\ncitation = 'Z'\nkind = 'label'"},
            "source 'zoo_1990' is cited by nothing",
        ),
    ],
)
def test_a_loose_end_is_refused(toy, uses, files, said):
    with pytest.raises(KnowledgeError) as refused:
        toy.built(toy.row("toy.number"), uses=uses, **files)
    assert said in str(refused.value)


def test_a_source_that_only_a_table_cites_is_cited(toy):
    zoo = "['zoo_1990']\ncitation = 'Z'\nkind = 'label'"
    knowledge = toy.built(
        toy.row("toy.number"), uses=["toy.number"], sources__zoo=zoo, models__m="s = ['source:zoo_1990']"
    )
    assert set(knowledge.sources) == {"toy_2020", "zoo_1990"}


def test_the_digest_changes_with_one_character_of_any_file_and_with_a_file_name(toy):
    digests = {
        toy.built(rules__a="x = 1").digest,
        toy.built(rules__a="x = 2").digest,
        toy.built(rules__b="x = 1").digest,
    }
    assert len(digests) == 3
    assert toy.built(rules__a="x = 1").digest in digests


def test_the_digest_is_the_sha_256_of_names_and_bytes():
    assert build({}).digest == hashlib.sha256().hexdigest()
    assert build({("rules", "a"): b"x = 1"}).digest == hashlib.sha256(b"rules/a\nx = 1").hexdigest()


def test_nothing_in_the_knowledge_can_be_set(toy):
    knowledge = toy.built(rules__a="x = 1")
    with pytest.raises(TypeError):
        knowledge.facts["a.b"] = None
    with pytest.raises(TypeError):
        knowledge.tables["rules"]["a"] = {}


def test_every_packaged_fact_is_reviewed_within_two_years():
    assert all(fact.review_by - fact.reviewed <= timedelta(days=731) for fact in load().facts.values())
