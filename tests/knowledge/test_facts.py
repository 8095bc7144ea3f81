"""A number and what it may do, by how it is known and how it was seen."""

from datetime import date

import pytest

from baclo.errors import UnitError
from baclo.knowledge.facts import How, Seen

TABLE = [
    # how, seen, may permit, may shape
    (How.STATED, Seen.PRIMARY, True, True),
    (How.STATED, Seen.SECONDARY, True, True),
    (How.STATED, Seen.RECALLED, False, False),
    (How.STATED, None, False, False),
    (How.DERIVED, Seen.PRIMARY, True, True),
    (How.DERIVED, Seen.SECONDARY, True, True),
    (How.DERIVED, Seen.RECALLED, False, False),
    (How.DERIVED, None, False, False),
    (How.ASSUMED, None, False, False),
    (How.ASSUMED, Seen.PRIMARY, False, False),
    (How.ASSUMED, Seen.SECONDARY, False, False),
    (How.ASSUMED, Seen.RECALLED, False, False),
    (How.PROPOSED, None, False, True),
    (How.PROPOSED, Seen.PRIMARY, False, True),
    (How.PROPOSED, Seen.SECONDARY, False, True),
    (How.PROPOSED, Seen.RECALLED, False, True),
]


@pytest.mark.parametrize(("how", "seen", "permits", "shapes"), TABLE)
def test_only_what_was_stated_and_read_permits_and_proposals_shape(toy, how, seen, permits, shapes):
    known = toy.fact("a.b", how=how, seen=seen)
    assert (known.may_permit, known.may_shape) == (permits, shapes)


def test_the_table_speaks_of_every_way_of_being_known():
    assert {(how, seen) for how, seen, _, _ in TABLE} == {(how, seen) for how in How for seen in (*Seen, None)}


def test_one_number_is_a_row_of_one_and_converts(toy):
    known = toy.fact("a.b", value=5.0, unit="mg")
    assert known.values == (5.0,)
    assert known.number_in("ug") == 5000.0
    assert known.numbers_in("ug") == (5000.0,)


def test_a_row_is_not_one_number(toy):
    known = toy.fact("a.b", value=(5.0, 10.0))
    assert known.numbers_in("ug") == (5000.0, 10000.0)
    with pytest.raises(ValueError, match="too many values"):
        known.number_in("ug")


def test_a_fact_does_not_speak_in_a_unit_of_something_else(toy):
    with pytest.raises(UnitError, match="'mg' measures mass"):
        toy.fact("a.b").number_in("mL")


def test_a_fact_expires_on_the_day_after_its_review_date(toy):
    known = toy.fact("a.b", review_by=date(2027, 11, 22))
    assert not known.expired(date(2027, 11, 22))
    assert known.expired(date(2027, 11, 23))
