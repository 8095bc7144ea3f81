"""Sentences that keep their numbers apart."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from baclo.errors import KnowledgeError
from baclo.knowledge.words import Number, Quoted, Text, text

DOSE = Number(value=15.0, unit="mg", basis=("case:timeline.regimens.0", "fact:oral.start"))


@pytest.fixture
def facts(toy):
    return {
        "oral.cap": toy.fact("oral.cap", value=80.0, unit="mg/d"),
        "kidney.band": toy.fact("kidney.band", value=(30.0, 60.0)),
    }


def test_a_sentence_is_its_words_and_its_numbers_in_order(facts):
    sentence = text("No more than {fact:oral.cap} now.", facts)
    assert sentence.pieces == (
        "No more than ",
        Number(value=80.0, unit="mg/d", basis=("fact:oral.cap",)),
        " now.",
    )


def test_a_fact_that_is_a_row_stays_a_row(facts):
    (piece,) = text("{fact:kidney.band}", facts).pieces
    assert piece.value == (30.0, 60.0)


def test_a_given_piece_takes_the_place_of_its_name(facts):
    at = datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert text("{dose} at {at} of {drug}", facts, dose=DOSE, at=at, drug="baclofen").pieces == (
        DOSE,
        " at ",
        at,
        " of ",
        "baclofen",
    )


def test_a_sentence_within_a_sentence_is_laid_out_flat(facts):
    inner = text("{dose} in the morning", facts, dose=DOSE)
    assert text("Take {what}.", facts, what=inner).pieces == ("Take ", DOSE, " in the morning", ".")


def test_the_basis_of_a_sentence_is_that_of_its_numbers_each_once(facts):
    sentence = text("{dose}, {dose}, {fact:oral.cap}", facts, dose=DOSE)
    assert sentence.basis == ("case:timeline.regimens.0", "fact:oral.start", "fact:oral.cap")
    assert Text(("only words",)).basis == ()


@pytest.mark.parametrize("template", ["{fact:oral.nothing}", "{dose}", "{fact}", "{source:oral.cap}"])
def test_a_name_that_nobody_gave_is_an_error_and_not_a_gap(template, facts):
    with pytest.raises(KnowledgeError, match="which nobody gave"):
        text(template, facts)


def test_an_interval_is_two_numbers_and_only_of_a_fact_that_has_one(facts):
    bounded = {**facts, "oral.cap": replace(facts["oral.cap"], low=60.0, high=100.0)}
    said = text("between {interval:oral.cap}", bounded)
    assert said.pieces == ("between ", Number(value=(60.0, 100.0), unit="mg/d", basis=("fact:oral.cap",)))
    for half_open in (facts["oral.cap"], replace(facts["oral.cap"], low=60.0)):
        with pytest.raises(KnowledgeError, match="which nobody gave"):
            text("between {interval:oral.cap}", {"oral.cap": half_open})


def test_quoted_words_carry_where_they_were_entered():
    said = text("{name} is taken", {}, name=Quoted(words="OxyContin 20 mg", basis=("case:patient.medicines",)))
    assert said.basis == ("case:patient.medicines",)
