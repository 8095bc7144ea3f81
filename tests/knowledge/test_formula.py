"""Derived facts: the value is that of the formula, the standing that of the worst fact below."""

import pytest

from baclo.errors import KnowledgeError
from baclo.knowledge.facts import Seen


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("{ add = ['toy.five', 2, 1] }", 8.0),
        ("{ subtract = ['toy.five', 2, 1] }", 2.0),
        ("{ multiply = ['toy.five@ug', 0.001] }", 5.0),
        ("{ divide = ['toy.five', 2, 5] }", 0.5),
        ("{ power = ['toy.five', 2] }", 25.0),
        ("{ subtract = [{ multiply = ['toy.five', 'toy.five'] }, 'toy.five'] }", 20.0),
    ],
)
def test_a_formula_gives_what_hand_calculation_gives(toy, formula, value):
    knowledge = toy.built(toy.row("toy.five"), toy.derived("toy.more", formula, value), uses=["toy.more"])
    assert knowledge.number("toy.more", "mg") == value
    assert knowledge.used_by["toy.five"] == ("fact:toy.more",)


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("{ multiply = ['toy.five', 2.001] }", "says 10.0, its formula gives 10.00"),
        ("{ multiply = [5, 2] }", "its formula rests on no fact"),
        ("{ multiply = ['toy.none', 2] }", "formula names unknown fact 'toy.none'"),
        ("{ multiply = ['toy.five@mL', 2] }", "formula: 'mg' measures mass, 'mL' measures volume"),
        ("{ multiply = ['toy.row', 2] }", "formula names 'toy.row', which is a row of numbers"),
        ("{ root = ['toy.five', 2] }", "operation 'root' over"),
        ("{ multiply = [] }", "operation 'multiply' over []"),
        ("{ multiply = 'toy.five' }", "operation 'multiply' over 'toy.five'"),
        ("{ add = ['toy.five'], multiply = ['toy.five'] }", "a formula is one operation"),
        ("{ divide = ['toy.five', 0] }", "formula divide: "),
        ("{ power = ['toy.five', 1e9] }", "formula power: "),
        ("{ add = ['toy.ten', 0] }", "formula runs in a circle: toy.ten > toy.ten"),
    ],
)
def test_a_formula_that_does_not_hold_is_refused(toy, formula, said):
    with pytest.raises(KnowledgeError) as refused:
        toy.built(
            toy.row("toy.five"),
            toy.row("toy.row", "value = [1, 2]"),
            toy.derived("toy.ten", formula, 10.0),
            uses=["toy.ten", "toy.five", "toy.row"],
        )
    assert said in str(refused.value)


def test_two_facts_that_derive_from_each_other_are_refused(toy):
    one, two = "{ add = ['toy.two', 0] }", "{ add = ['toy.one', 0] }"
    with pytest.raises(KnowledgeError, match=r"toy\.one > toy\.two > toy\.one"):
        toy.built(toy.derived("toy.one", one, 1), toy.derived("toy.two", two, 1), uses=["toy.one", "toy.two"])


def test_a_derived_row_is_refused(toy):
    with pytest.raises(KnowledgeError, match=r"says \(10\.0, 10\.0\), its formula gives 10\.0"):
        toy.built(toy.row("toy.five"), toy.derived("toy.ten", "{ multiply = ['toy.five', 2] }", "[10, 10]"))


ASSUMED = ["-seen", "-sources", "-place", "reason = 'because'"]


@pytest.mark.parametrize(
    ("changes", "seen", "permits"),
    [
        (["seen = 'primary'"], Seen.PRIMARY, True),
        (["seen = 'secondary'"], Seen.SECONDARY, True),
        (["seen = 'recalled'"], Seen.RECALLED, False),
        (["how = 'assumed'", *ASSUMED], Seen.RECALLED, False),
        (["how = 'proposed'", *ASSUMED], Seen.RECALLED, False),
    ],
)
def test_a_derived_fact_stands_no_better_than_the_worst_fact_below_however_deep(toy, changes, seen, permits):
    knowledge = toy.built(
        toy.derived("toy.top", "{ add = ['toy.middle', 'toy.good'] }", 15),
        toy.derived("toy.middle", "{ multiply = ['toy.below', 2] }", 10),
        toy.row("toy.below", *changes),
        toy.row("toy.good"),
        uses=["toy.top"],
    )
    for key in ("toy.top", "toy.middle"):
        assert (knowledge.fact(key).seen, knowledge.fact(key).may_permit) == (seen, permits)
