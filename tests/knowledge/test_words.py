"""Sentences that keep their numbers apart."""

from datetime import UTC, datetime

import pytest

from baclo.errors import KnowledgeError
from baclo.knowledge.words import Number, Text, text

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
