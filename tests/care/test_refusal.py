"""Reasons against a plan, each told once."""

from baclo.care.refusal import Refusal, merged
from baclo.knowledge.words import Text


def refusal(words, needs=(), basis=()):
    return Refusal(reason=Text((words,)), needs=needs, basis=basis)


def test_the_same_reason_and_need_is_told_once_and_rests_on_all_that_gave_it():
    assert merged([refusal("a", ("age",), ("one", "two")), refusal("b"), refusal("a", ("age",), ("two", "three"))]) == (
        refusal("a", ("age",), ("one", "two", "three")),
        refusal("b"),
    )


def test_one_reason_with_another_need_stays_another_refusal():
    assert len(merged([refusal("a", ("age",)), refusal("a", ("weight",))])) == 2


def test_where_nothing_stands_against_a_plan_nothing_is_told():
    assert merged([]) == ()
