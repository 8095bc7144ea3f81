"""Where a number comes from, told in full or with the nearest keys."""

import json
from datetime import date

import pytest

from baclo.errors import UnknownKey
from baclo.knowledge.facts import How
from baclo.report.explain import explain, formula_words, keys

TODAY = date(2026, 11, 23)


def test_a_stated_fact_tells_value_source_place_and_who_disagrees(knowledge):
    told = str(explain(knowledge, "cap.us", on=TODAY))
    for words in ("80 mg/day", "US prescribing information", "Dosage and administration", "read in a copy or digest"):
        assert words in told
    assert told.count("disagrees") == len(knowledge.fact("cap.us").disagrees)
    assert "60 mg/day" in told


def test_a_derived_fact_tells_its_formula_and_its_inputs(knowledge):
    fact = next(fact for fact in knowledge.facts.values() if fact.how is How.DERIVED)
    told = explain(knowledge, fact.key, on=TODAY)
    labels = [label for label, _ in told.lines]
    assert "formula" in labels
    assert "input" in labels
    assert told.data["inputs"]


def test_a_proposed_fact_tells_its_reason_and_that_it_only_shapes(knowledge):
    fact = next(fact for fact in knowledge.facts.values() if fact.how is How.PROPOSED)
    told = dict(explain(knowledge, fact.key, on=TODAY).lines)
    assert told["reason"] == fact.reason
    assert told["may"].startswith("shape a plan")


def test_an_assumed_fact_never_permits(knowledge):
    fact = next(fact for fact in knowledge.facts.values() if fact.how is How.ASSUMED)
    assert dict(explain(knowledge, fact.key, on=TODAY).lines)["may"] == "warn and simulate; never permit"


def test_a_fact_past_its_review_date_says_so_and_one_before_it_does_not(knowledge):
    late = explain(knowledge, "cap.us", on=date(2027, 11, 23))
    assert "PAST ITS REVIEW DATE" in str(late)
    assert late.data["expired"] is True
    assert "PAST ITS REVIEW DATE" not in str(explain(knowledge, "cap.us", on=TODAY))


@pytest.mark.parametrize("key", ["fact:cap.us", "source:wolf_2018", "rule:kidney.avoid", "model:adult_default"])
def test_a_key_may_say_its_kind(knowledge, key):
    kind, _, name = key.partition(":")
    told = explain(knowledge, key, on=TODAY)
    assert (told.kind, told.key) == (kind, name)


def test_a_source_lists_what_it_states(knowledge):
    told = explain(knowledge, "us_tablet_label", on=TODAY)
    assert "cap.us" in told.data["facts"]
    assert ("states", "cap.us") in told.lines


def test_a_product_is_told_with_the_values_of_its_facts(knowledge):
    told = dict(explain(knowledge, "us.tablet_10mg", on=TODAY).lines)
    assert told["name"] == "Baclofen tablet 10 mg, scored"
    assert told["strength"] == "10 mg (product.us.tablet_10mg.strength)"


def test_everything_that_is_known_can_be_explained_and_written_as_json(knowledge):
    for key in keys(knowledge):
        told = explain(knowledge, key, on=TODAY)
        assert str(told).startswith(f"{told.kind} {key}")
        json.dumps(told.data, allow_nan=False)


def test_an_unknown_key_is_answered_with_the_nearest_ones_each_once(knowledge):
    with pytest.raises(UnknownKey, match=r"nothing is called 'cap_us'; near: cap\.us") as caught:
        explain(knowledge, "cap_us", on=TODAY)
    near = str(caught.value).partition("near: ")[2].split(", ")
    assert len(near) == len(set(near))


def test_a_key_near_to_nothing_is_only_refused(knowledge):
    with pytest.raises(UnknownKey, match=r"^nothing is called 'zzzzzzzzzzzzzzzz'$"):
        explain(knowledge, "zzzzzzzzzzzzzzzz", on=TODAY)


def test_a_formula_is_written_as_it_is_computed():
    formula = {"divide": ["a.b@L/h", {"add": [1, "c.d"]}]}
    assert formula_words(formula) == "a.b@L/h / (1 + c.d)"
