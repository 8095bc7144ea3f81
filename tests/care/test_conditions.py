"""Three-valued logic over the closed vocabulary."""

import itertools
import math
from datetime import UTC, datetime, timedelta

import pytest

from baclo.care.conditions import holds, named_quantities
from baclo.care.quantities import Quantity
from baclo.errors import KnowledgeError

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def known(value, unit="", needs=("patient.x",), basis=("case:patient.x",)):
    return Quantity(value=value, unit=unit, basis=basis, needs=needs if value is None else ())


TRUE, FALSE, UNKNOWN = ({"is": [name, True]} for name in ("yes", "no", "nobody_asked"))
VALUES = {"yes": known(True), "no": known(False), "nobody_asked": known(None)}
PARTS = {True: TRUE, False: FALSE, None: UNKNOWN}


@pytest.mark.parametrize(("left", "right"), list(itertools.product([True, False, None], repeat=2)))
def test_all_and_any_follow_kleene(knowledge, left, right):
    parts = [PARTS[left], PARTS[right]]
    both = False if False in (left, right) else None if None in (left, right) else True
    either = True if True in (left, right) else None if None in (left, right) else False
    assert holds(knowledge, {"all": parts}, VALUES).holds is both
    assert holds(knowledge, {"any": parts}, VALUES).holds is either


@pytest.mark.parametrize(("part", "turned"), [(True, False), (False, True), (None, None)])
def test_not_turns_what_is_known_and_leaves_the_unknown(knowledge, part, turned):
    assert holds(knowledge, {"not": PARTS[part]}, VALUES).holds is turned


def test_an_unknown_answer_names_what_is_needed_and_a_known_one_needs_nothing(knowledge):
    assert holds(knowledge, {"all": [TRUE, UNKNOWN]}, VALUES).needs == ("patient.x",)
    assert holds(knowledge, {"any": [TRUE, UNKNOWN]}, VALUES).needs == ()


@pytest.mark.parametrize(
    ("word", "facts", "value", "answer"),
    [
        ("below", ["fact:kidney.avoid_below"], 29.999, True),
        ("below", ["fact:kidney.avoid_below"], 30.0, False),
        ("at_least", ["fact:kidney.avoid_below"], 30.0, True),
        ("at_least", ["fact:kidney.avoid_below"], 29.999, False),
        ("above", ["fact:kidney.avoid_below"], 30.0, False),
        ("above", ["fact:kidney.avoid_below"], 30.001, True),
        ("between", ["fact:kidney.avoid_below", "fact:kidney.reduce_below"], 30.0, True),
        ("between", ["fact:kidney.avoid_below", "fact:kidney.reduce_below"], 60.0, True),
        ("between", ["fact:kidney.avoid_below", "fact:kidney.reduce_below"], 60.001, False),
    ],
)
def test_comparisons_at_their_bounds(knowledge, word, facts, value, answer):
    values = {"egfr": known(value, "mL/min/{1.73_m2}")}
    truth = holds(knowledge, {word: ["egfr", *facts]}, values)
    assert truth.holds is answer
    assert truth.basis == ("case:patient.x", *facts)


@pytest.mark.parametrize("word", ["below", "above"])
def test_a_number_that_cannot_be_compared_is_not_known_and_asks_for_what_it_rests_on(knowledge, word):
    values = {"egfr": known(math.nan, "mL/min/{1.73_m2}")}
    truth = holds(knowledge, {word: ["egfr", "fact:kidney.avoid_below"]}, values)
    assert (truth.holds, truth.needs) == (None, ("patient.x",))


def test_an_unknown_number_is_neither(knowledge):
    values = {"egfr": known(None, "mL/min/{1.73_m2}")}
    assert holds(knowledge, {"below": ["egfr", "fact:kidney.avoid_below"]}, values).holds is None


def test_has_finds_any_of_the_diagnoses_and_asks_when_nobody_did(knowledge):
    condition = {"has": ["epilepsy", "peptic ulcer"]}
    assert holds(knowledge, condition, {"conditions": known(("peptic ulcer",))}).holds is True
    assert holds(knowledge, condition, {"conditions": known(())}).holds is False
    assert holds(knowledge, condition, {"conditions": known(None)}).holds is None


def test_a_word_outside_the_vocabulary_is_refused(knowledge):
    with pytest.raises(KnowledgeError, match="unknown condition"):
        holds(knowledge, {"maybe": ["egfr"]}, VALUES)


def test_only_numbers_are_compared_and_only_lists_are_searched(knowledge):
    with pytest.raises(KnowledgeError, match="compares numbers"):
        holds(knowledge, {"below": ["yes", "fact:kidney.avoid_below"]}, VALUES)
    with pytest.raises(KnowledgeError, match="a list is asked for"):
        holds(knowledge, {"has": ["epilepsy"]}, {"conditions": known(True)})


def test_the_quantities_of_a_condition_are_those_of_its_tree():
    tree = {"any": [{"not": {"below": ["egfr", "fact:x"]}}, {"all": [{"has": ["epilepsy"]}, {"is": ["egfr", True]}]}]}
    assert named_quantities(tree) == ("egfr", "conditions")


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        (NOW, True),
        (NOW + timedelta(days=30), True),
        (NOW + timedelta(days=31), False),
        (NOW - timedelta(days=1), False),
    ],
)
def test_within_d_asks_for_a_moment_still_to_come(knowledge, value, answer):
    values = {"now": known(NOW), "surgery_at": known(value)}
    truth = holds(knowledge, {"within_d": ["surgery_at", "fact:surgery.notice"]}, values)
    assert truth.holds is answer


def test_within_d_is_false_where_there_is_no_such_moment_and_unknown_where_nobody_said(knowledge):
    condition = {"within_d": ["surgery_at", "fact:surgery.notice"]}
    assert holds(knowledge, condition, {"now": known(NOW), "surgery_at": known(False)}).holds is False
    assert holds(knowledge, condition, {"now": known(NOW), "surgery_at": known(None)}).holds is None


def test_a_list_known_in_part_never_says_that_something_is_not_on_it(knowledge):
    part = Quantity(value=("opioid",), unit="", basis=(), needs=("patient.medicines[1].name",))
    assert holds(knowledge, {"takes": ["opioid"]}, {"medicines": part}).holds is True
    truth = holds(knowledge, {"takes": ["lithium"]}, {"medicines": part})
    assert (truth.holds, truth.needs) == (None, ("patient.medicines[1].name",))
