"""What the loader refuses, each with the sentence it says."""

import pytest

from baclo.errors import KnowledgeError
from baclo.knowledge.facts import Region


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (["colour = 'red'"], "unknown keys ['colour']"),
        (["-unit"], "missing keys ['unit']"),
        (["meaning = 3"], "meaning is 3, not a str"),
        (["meaning = ''"], "meaning is empty"),
        (["sources = []"], "sources is empty"),
        (["regions = []"], "regions is empty"),
        (["value = []"], "value is empty"),
        (["reviewed = 'today'"], "reviewed is 'today', not a date"),
        (["unit = 'mcg'"], "unknown unit 'mcg'"),
        (["value = true"], "True is not a finite number"),
        (["value = 'five'"], "'five' is not a finite number"),
        (["value = nan"], "nan is not a finite number"),
        (["value = [1, inf]"], "inf is not a finite number"),
        (["low = nan"], "nan is not a finite number"),
        (["low = 6"], "value 5 is not between low 6 and high None"),
        (["high = 4"], "value 5 is not between low None and high 4"),
        (["value = [5, 9]", "low = 5", "high = 8"], "value [5, 9] is not between low 5 and high 8"),
        (["sources = ['nobody_1900']"], "unknown source 'nobody_1900'"),
        (["regions = ['US', 'Atlantis']"], "unknown region 'Atlantis'"),
        (["review_by = 2026-11-22"], "review_by is not after reviewed"),
        (["how = 'guessed'"], "how is 'guessed', not one of"),
        (["seen = 'glimpsed'"], "seen is 'glimpsed', not one of"),
        (["-seen", "-sources", "-place"], "a stated fact needs ['place', 'seen', 'sources']"),
        (["formula = { add = ['toy.other'] }"], "a stated fact has no ['formula']"),
        (["how = 'derived'", "-seen"], "a derived fact needs ['formula']"),
        (["how = 'derived'", "formula = { add = ['toy.other'] }"], "a derived fact has no ['seen']"),
        (["how = 'assumed'", "-seen"], "a assumed fact needs ['reason']"),
        (["how = 'proposed'", "-seen"], "a proposed fact needs ['reason']"),
        (["how = 'proposed'", "reason = 'because'"], "a proposed fact has no ['seen']"),
        (["disagrees = ['toy.nothing']"], "toy.number: disagrees with unknown fact toy.nothing"),
    ],
)
def test_a_fact_with_one_thing_wrong_is_refused_with_that_thing(toy, changes, said):
    with pytest.raises(KnowledgeError) as refused:
        toy.built(toy.row("toy.number", *changes), uses=["toy.number"])
    assert said in str(refused.value)


@pytest.mark.parametrize("key", ["number", "Toy.number", "toy..number", "toy.number ", "1toy.number", "toy.num-ber"])
def test_a_key_is_words_with_dots_between_them(toy, key):
    with pytest.raises(KnowledgeError, match="the key is not words"):
        toy.built(toy.row(key), uses=[key])


def test_every_wrong_thing_is_said_at_once(toy):
    with pytest.raises(KnowledgeError) as refused:
        toy.built(toy.row("toy.one", "unit = 'mcg'", "value = nan"), toy.row("toy.two", "how = 'guessed'"))
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == [
        "facts/toy toy.one",
        "facts/toy toy.one",
        "facts/toy toy.two",
    ]


def test_a_fact_that_is_no_table_is_refused(toy):
    with pytest.raises(KnowledgeError, match="facts/toy number: is not a table"):
        toy.built("number = 5")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("['toy_2020']\nkind = 'publication'", "missing keys ['citation']"),
        ("['toy_2020']\ncitation = 'Toy'", "missing keys ['kind']"),
        ("['toy_2020']\ncitation = 'Toy'\nkind = 'publication'\npages = 3", "unknown keys ['pages']"),
        ("['toy_2020']\ncitation = ''\nkind = 'publication'", "citation is empty"),
        ("['toy_2020']\ncitation = 'Toy'\nkind = 'publication'\nyear = '2020'", "year is '2020', not a int"),
        ("toy_2020 = 'Toy'", "is not a table"),
    ],
)
def test_a_source_with_one_thing_wrong_is_refused_with_that_thing(toy, source, said):
    with pytest.raises(KnowledgeError) as refused:
        toy.built(sources=source)
    assert f"sources/toy toy_2020: {said}" in str(refused.value)


def test_a_key_said_in_two_files_is_refused(toy):
    with pytest.raises(KnowledgeError, match=r"facts/zoo toy\.number: said twice"):
        toy.built(toy.row("toy.number"), uses=["toy.number"], facts__zoo=toy.row("toy.number"))
    with pytest.raises(KnowledgeError, match="sources/zoo toy_2020: said twice"):
        toy.built(toy.row("toy.number"), uses=["toy.number"], sources__zoo=toy.source)


def test_a_file_that_is_not_toml_is_named(toy):
    with pytest.raises(KnowledgeError, match="rules/kidney: "):
        toy.built(rules__kidney="[unclosed")


def test_a_whole_fact_is_read_as_it_stands(toy):
    text = toy.row(
        "toy.number", "regions = ['UK', 'EU']", "low = 4", "high = 6.5", "note = 'n'", "disagrees = ['toy.number']"
    )
    fact = toy.built(text, uses=["toy.number"]).fact("toy.number")
    assert (fact.value, fact.low, fact.high, fact.note) == (5.0, 4, 6.5, "n")
    assert isinstance(fact.value, float)
    assert fact.regions == (Region.UK, Region.EU)
    assert (fact.place, fact.sources, fact.disagrees) == ("Table 1", ("toy_2020",), ("toy.number",))


def test_a_row_of_numbers_is_read_as_floats(toy):
    assert toy.built(toy.row("toy.row", "value = [1, 2.5]"), uses=["toy.row"]).fact("toy.row").value == (1.0, 2.5)
