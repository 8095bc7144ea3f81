"""What is listed as a reference: all that was used, derived facts with their inputs, and nothing else."""

from baclo.knowledge.words import Number, Text
from baclo.report.references import references


def number(*basis):
    return Text((Number(value=1.0, unit="1", basis=basis),))


def a_derived_fact(knowledge):
    return next(fact for fact in knowledge.facts.values() if fact.formula is not None)


def test_a_source_is_numbered_in_the_order_of_its_first_use(knowledge):
    used = references(knowledge, number("source:wolf_2018"), number("fact:cap.us"), number("source:wolf_2018"))
    assert [(one.mark, one.source.key) for one in used.cited] == [(1, "wolf_2018"), (2, "us_tablet_label")]
    assert used.of(("fact:cap.us", "source:wolf_2018")) == (1, 2)


def test_a_derived_fact_brings_what_it_is_derived_from(knowledge):
    derived = a_derived_fact(knowledge)
    used = references(knowledge, number(f"fact:{derived.key}"))
    listed = {fact.key for one in used.cited for fact in one.facts} | {fact.key for fact in used.unsourced}
    assert derived.key in listed
    assert len(listed) > 1
    assert used.of((f"fact:{derived.key}",))


def test_what_was_entered_and_computed_has_no_source(knowledge):
    used = references(knowledge, number("case:patient.weight", "computed:plan"))
    assert used.cited == ()
    assert used.others == ("case:patient.weight", "computed:plan")
    assert used.of(used.others) == ()


def test_a_model_brings_its_publications(knowledge, outcome):
    used = references(knowledge, outcome.course)
    assert "kochak_1985" in {one.source.key for one in used.cited}
    assert used.of(("model:adult_default",))


def test_a_fact_is_listed_once_with_those_who_disagree(knowledge):
    used = references(knowledge, number("fact:cap.us"), number("fact:cap.us"))
    assert [fact.key for one in used.cited for fact in one.facts] == ["cap.us"]
    assert [fact.key for fact in used.disputes["cap.us"]] == list(knowledge.fact("cap.us").disagrees)
