"""Sentences and points of the answer from their words."""

import pytest

from baclo.care.finding import Severity, Status
from baclo.care.resume.telling import point, say
from baclo.errors import KnowledgeError
from baclo.knowledge.words import Number, Text

LENGTH = Number(value=30.0, unit="h", basis=("case:dose", "computed:gap"))


def test_a_sentence_is_found_by_its_keys_and_filled(knowledge):
    title = say(knowledge, "point", "gap", "title", length=LENGTH)
    assert title.pieces == (LENGTH, " since a dose was certainly taken")
    assert say(knowledge, "point", "never", "title") == Text(("Never double",))
    with pytest.raises(KnowledgeError, match="length"):
        say(knowledge, "point", "gap", "title")


def test_a_point_rests_on_what_it_is_given_and_on_its_numbers_each_once(knowledge):
    made = point(knowledge, "gap", Severity.WARNING, Status.PRESENT, ("case:dose", "case:regimen"), length=LENGTH)
    assert (made.id, made.severity, made.status, made.needs) == ("gap", Severity.WARNING, Status.PRESENT, ())
    assert made.title.pieces[0] == LENGTH
    assert [piece.value for piece in made.detail.pieces if isinstance(piece, Number)] == [24, 72]
    assert made.basis == (
        *("case:dose", "case:regimen", "computed:gap"),
        *("fact:missed.resume", "fact:missed.restart_low"),
    )
