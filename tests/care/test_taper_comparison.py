"""What ways of coming down take, which stand beside the first, and what is told of them."""

from datetime import UTC, datetime, time
from itertools import pairwise

import pytest

from baclo.care.plan import PlanDose, Step
from baclo.care.taper.comparison import Measure, beside, measure, name_of, why_not
from baclo.care.taper.pattern import Choice, Rate
from baclo.case.case import Method
from baclo.knowledge.words import Number, Text

SLOW, USUAL, QUICK = Rate.SLOW, Rate.USUAL, Rate.QUICK
FIXED, PERCENT = Method.FIXED, Method.PERCENT


def choice(rate, method, cautious=False):
    return Choice(rate=rate, method=method, cautious=cautious)


def dose(product, units, mg):
    return PlanDose(clock=time(8), amount_ug=mg * 1000.0, product=product, units=units)


def steps(*rows, ends=None):
    """Steps that begin on days of December 2026, each with its doses; the last has no end unless it is told."""
    starts = [datetime(2026, 12, day, tzinfo=UTC) for day, _ in rows]
    untils = [*(after for _, after in pairwise(starts)), ends]
    return [
        Step(
            since=since,
            until=until,
            doses=doses,
            total_ug_per_day=sum(one.amount_ug for one in doses),
            why=Text(()),
            limited_by=(),
            monitor=(),
        )
        for since, until, (_, doses) in zip(starts, untils, rows, strict=True)
    ]


def test_days_falls_and_pieces_until_the_last_step(knowledge):
    # 40 -> 30 -> 15 -> 10 mg: 3 days of 2 pieces (one and a half of 20 mg), 5 days of 2 (a volume, a whole of 10 mg).
    found = measure(
        knowledge,
        40_000.0,
        steps(
            (1, (dose("us.tablet_20mg", 1.5, 30.0),)),
            (4, (dose("us.solution_1mg_ml", 5.0, 5.0), dose("us.tablet_10mg", 1.0, 10.0))),
            (9, (dose("us.tablet_10mg", 1.0, 10.0),)),
        ),
    )
    assert found == Measure(days=8, fall_ug_per_day=15_000.0, pieces=3 * 2 + 5 * 2)


def test_the_largest_fall_may_be_the_first_and_a_single_step_takes_no_days(knowledge):
    assert measure(knowledge, 40_000.0, steps((1, ()))) == Measure(days=0, fall_ug_per_day=40_000.0, pieces=0)


@pytest.mark.parametrize(
    ("product", "units", "pieces"),
    [
        ("us.tablet_10mg", 1.0, 1),
        ("us.tablet_10mg", 0.5, 1),
        ("us.tablet_10mg", 1.0 + 1e-10, 1),
        ("us.tablet_10mg", 2.5, 3),
        ("us.granules_5mg", 2.0, 2),
        ("us.solution_1mg_ml", 12.5, 1),
    ],
)
def test_a_broken_tablet_is_one_piece_and_so_is_a_volume(knowledge, product, units, pieces):
    assert measure(knowledge, 40_000.0, steps((1, (dose(product, units, 1.0),)), (2, ()))).pieces == pieces


def words(text):
    return "".join(piece if isinstance(piece, str) else f"{piece.value:g} {piece.unit}" for piece in text.pieces)


def test_a_choice_is_named_by_its_rate_and_its_method(knowledge):
    assert words(name_of(knowledge, choice(SLOW, PERCENT))) == "Slow, by a share of what is taken then"


@pytest.mark.parametrize(
    ("first", "other", "reason"),
    [
        (
            choice(USUAL, FIXED),
            choice(SLOW, FIXED),
            "Nothing known asks for longer steps; it may be chosen all the same.",
        ),
        (choice(SLOW, FIXED), choice(QUICK, FIXED), "Only where it is urgent."),
        (choice(SLOW, FIXED), choice(USUAL, FIXED), "Another pace was asked for."),
        (
            choice(SLOW, FIXED),
            choice(SLOW, PERCENT),
            "No label names a share; the fixed steps are those nearest to the texts.",
        ),
        (choice(USUAL, PERCENT), choice(USUAL, FIXED), "Steps by a share were asked for."),
    ],
)
def test_why_another_way_is_not_first_is_told_with_the_numbers_of_both(knowledge, first, other, reason):
    one = Measure(days=21, fall_ug_per_day=5_000.0, pieces=35)
    another = Measure(days=42, fall_ug_per_day=5_000.0, pieces=70)
    told = why_not(knowledge, first, other, one, another)
    assert words(told) == f"{reason} It takes 42 d and 70 1 pieces in all, this plan 21 d and 35 1 pieces."
    numbers = [piece for piece in told.pieces if isinstance(piece, Number)]
    assert all(isinstance(number.value, float) and number.basis == ("computed:plan",) for number in numbers)


def test_largest_falls_are_told_only_where_they_differ(knowledge):
    one = Measure(days=21, fall_ug_per_day=5_000.0, pieces=35)
    another = Measure(days=21, fall_ug_per_day=10_000.0, pieces=35)
    told = words(why_not(knowledge, choice(USUAL, FIXED), choice(QUICK, FIXED), one, another))
    assert told.endswith(" Its largest fall of a day's dose is 10000 ug/d, in this plan 5000 ug/d.")


@pytest.mark.parametrize(
    ("first", "asked", "others"),
    [
        (choice(USUAL, FIXED), False, [(SLOW, FIXED), (QUICK, FIXED), (USUAL, PERCENT)]),
        (choice(USUAL, FIXED), True, [(SLOW, FIXED), (USUAL, PERCENT), (QUICK, FIXED)]),
        (choice(SLOW, PERCENT), True, [(USUAL, PERCENT), (SLOW, FIXED), (QUICK, PERCENT)]),
        (choice(QUICK, FIXED), False, [(USUAL, FIXED), (SLOW, FIXED), (QUICK, PERCENT)]),
        (choice(USUAL, FIXED, cautious=True), False, [(SLOW, FIXED), (USUAL, PERCENT)]),
        (choice(USUAL, PERCENT, cautious=True), True, [(SLOW, PERCENT), (USUAL, FIXED)]),
        (choice(SLOW, FIXED, cautious=True), False, [(USUAL, FIXED), (SLOW, PERCENT)]),
    ],
)
def test_what_stands_beside_the_first_choice_is_quick_only_without_caution(first, asked, others):
    made = beside(first, asked)
    assert [(one.rate, one.method) for one in made] == others
    assert all(one.cautious is first.cautious for one in made)
