"""What is said of schedules made by hand: their names, what weighs most against each, and what most for it.

By the data a missed mg counts 10 points, a piece 1, a broken tablet half a one, a mg of the largest dose 0.3, a place
of the clock times 10, a further strength 10, what is not at home 5; what is left of the difference is the day's.
"""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from baclo.care.alternatives import alternatives
from baclo.care.menu import menu_of
from baclo.care.optimum import Optimum
from baclo.care.products import products_at_hand
from baclo.care.settle import Schedule
from baclo.care.weights import weights_of
from baclo.care.wishes import Wish
from baclo.knowledge.words import Number, Text

SINCE = datetime(2026, 11, 24, tzinfo=UTC)
CLOCKS = (time(8), time(14), time(22))
FIVES, TENS, BOTH = ("us.tablet_5mg",), ("us.tablet_10mg",), ("us.tablet_5mg", "us.tablet_10mg")
FIRST_POINTS = 100.0
AS_GOOD = "It is as good, and stands later in the list."


def said(text):
    return "".join(
        f"{piece.value:g} {piece.unit}" if isinstance(piece, Number) else str(piece) for piece in text.pieces
    )


@pytest.fixture
def schedule(knowledge, make):
    """A schedule of days in mg at eight, two and ten, which counts so many points more than the first."""

    def made(products, *days, more=0.0, form="tablet", places=None, new=0, wished_mg=15):
        weights = weights_of(knowledge)
        menu = menu_of(products_at_hand(knowledge, make(products=products), (form,)), weights, 30_000.0)
        found = Optimum(
            clocks=CLOCKS,
            days=tuple(tuple(round(mg * 1000 / menu.grain_ug) for mg in day) for day in days),
            chosen=places or (0,) * len(days),
            points=0.0,
        )
        wishes = tuple(wish(n, wished_mg) for n in range(len(days)))
        return Schedule(wishes=wishes, menu=menu, found=found, new=new, points=FIRST_POINTS + more)

    return made


def wish(n, mg):
    since = SINCE + timedelta(days=n)
    why = Text(("",))
    return Wish(since=since, until=None, total_ug_per_day=mg * 1000.0, why=why, limited_by=(), monitor=())


@pytest.fixture
def told(knowledge):
    """(name, why it is not first) of the one schedule beside the first."""

    def of(first, other):
        (one,) = alternatives(knowledge, first.wishes, [first, other])
        return said(one.name), said(one.why_not)

    return of


def test_only_as_many_are_shown_as_the_data_say_in_their_order_and_never_the_first(knowledge, schedule):
    found = [schedule(products, (5, 5, 5)) for products in (FIVES, TENS, BOTH, FIVES)]
    shown = alternatives(knowledge, found[0].wishes, found)
    assert [said(one.name) for one in shown] == ["Tablets of 10 mg", "Tablets of 5 mg and 10 mg, up to 3 1 doses a day"]
    assert [one.steps for one in shown] == [found[1].steps, found[2].steps]
    assert alternatives(knowledge, found[0].wishes, found[:1]) == ()


def test_a_name_is_that_of_the_form_and_of_every_strength_with_its_source(knowledge, schedule, told):
    first = schedule(FIVES, (5, 5, 5))
    liquid = schedule(("us.solution_2mg_ml",), (5, 5, 5), form="liquid")
    packets = schedule(("us.granules_5mg",), (5, 5, 5), form="granules")
    assert told(first, liquid) == ("Liquid of 2 mg/mL", AS_GOOD)
    assert told(first, packets) == ("Packets of 5 mg", AS_GOOD)
    (one,) = alternatives(knowledge, first.wishes, [first, packets])
    assert one.name.basis == ("fact:product.us.granules_5mg.strength",)


def test_of_the_same_products_it_is_named_by_the_most_doses_of_any_of_its_days(knowledge, schedule, told):
    first = schedule(FIVES, (15, 0, 0), (15, 0, 0))
    other = schedule(FIVES, (0, 5, 10), (15, 0, 0))
    assert told(first, other)[0] == "Tablets of 5 mg, up to 2 1 doses a day"
    (one,) = alternatives(knowledge, first.wishes, [first, other])
    assert "computed:plan" in one.name.basis


def test_what_breaks_more_tablets_says_so(schedule, told):
    # Three pieces of each; three halves instead of wholes: 1.5 points.
    assert told(schedule(FIVES, (5, 5, 5)), schedule(TENS, (5, 5, 5), more=1.5))[1] == "It breaks more tablets."


def test_what_breaks_fewer_takes_more_pieces_and_says_how_many_on_its_worst_day(schedule, told):
    # Tens: 3 halves, 3 wholes. Fives: 3 and 6 wholes; 3 points of pieces, less 1.5 of halves.
    first, other = schedule(TENS, (5, 5, 5), (10, 10, 10)), schedule(FIVES, (5, 5, 5), (10, 10, 10), more=1.5)
    words = "It takes up to 3 1 more pieces a day; but it breaks fewer tablets."
    assert told(first, other)[1] == words


def test_a_further_strength_counts_more_than_the_pieces_that_it_spares(schedule, told):
    # Fives: nine pieces. Both: a five and a ten at each time, six pieces: 10 points less 3.
    first, other = schedule(FIVES, (15, 15, 15), wished_mg=45), schedule(BOTH, (15, 15, 15), more=7, wished_mg=45)
    assert told(first, other) == (
        "Tablets of 5 mg and 10 mg",
        "It needs a further strength; but it takes fewer pieces a day.",
    )
    assert told(other, replace(first, points=FIRST_POINTS + 8))[1] == (
        # One point more than the 107, 10 less for the strength, 3 more for the pieces: 8 are left for the day.
        "It divides the day less evenly or changes more doses; but it needs fewer strengths."
    )


def test_what_is_not_at_home_says_so_and_what_is_at_home_too(schedule, told):
    first, new = schedule(FIVES, (5, 5, 5)), schedule(TENS, (5, 5, 5), more=6.5, new=1)
    assert told(first, new)[1] == "It needs a product that is not at home."
    had = schedule(FIVES, (5, 5, 5), more=1)
    # 6.5 points less for what is at home and whole: 1 + 6.5 more for the day.
    assert told(replace(new, points=FIRST_POINTS), had)[1] == (
        "It divides the day less evenly or changes more doses; but it needs fewer products that are not at home."
    )


def test_what_misses_the_wish_says_so_above_it_and_below_it(schedule, told):
    first = schedule(FIVES, (5, 5, 5), (5, 5, 5))
    # A five left out: 50 points less a piece. A five too much: 50, a piece and 1.5 for the larger dose.
    below = schedule(FIVES, (0, 5, 5), (5, 5, 5), more=49)
    above = schedule(FIVES, (5, 5, 10), (5, 5, 5), more=52.5)
    both = schedule(FIVES, (5, 5, 10), (0, 5, 5), more=101.5)
    assert told(first, below)[1] == "It comes less near to the wished doses; but it takes fewer pieces a day."
    assert told(first, above)[1] == "It comes less near to the wished doses."
    # The pieces of both days together are the same.
    assert told(first, both)[1] == "It comes less near to the wished doses."


def test_what_comes_nearer_to_the_wish_says_so(schedule, told):
    first, nearer = schedule(TENS, (0, 0, 10)), schedule(TENS, (0, 5, 10), more=1)
    assert told(first, nearer)[1] == (
        # 50 points less for the wish, 1.5 more for a half: 1 + 48.5 for the day.
        "It divides the day less evenly or changes more doses; but it comes nearer to the wished doses."
    )


def test_another_number_of_doses_than_the_usual_says_so_and_the_usual_one_too(schedule, told):
    usual, other = schedule(FIVES, (5, 5, 5), places=(0,)), schedule(FIVES, (5, 5, 5), places=(1,), more=10)
    assert told(usual, other)[1] == "Its doses a day are not the usual number."
    assert told(replace(other, points=FIRST_POINTS), replace(usual, points=FIRST_POINTS + 1))[1] == (
        "It divides the day less evenly or changes more doses; but it keeps nearer to the usual number of doses a day."
    )


def test_a_larger_dose_says_by_how_much_and_a_piece_less_is_told_with_it(schedule, told):
    # Three halves against a whole and a half on one of two days: 1.5 points for 5 mg more at once, a piece and two
    # halves fewer, 2 points.
    first, other = schedule(TENS, (5, 5, 5), (5, 5, 5)), schedule(TENS, (10, 5, 0), (5, 5, 5), more=-0.5)
    assert told(first, other)[1] == "Its largest dose is larger by 5 mg; but it takes fewer pieces a day."


def test_what_has_smaller_doses_says_so(schedule, told):
    # As many wholes, and 5 mg less at once: 1.5 points fewer; one more of the day's.
    first, other = schedule(FIVES, (10, 0, 5)), schedule(FIVES, (5, 5, 5), more=1)
    assert told(first, other)[1] == ("It divides the day less evenly or changes more doses; but it has smaller doses.")


def test_half_a_point_of_the_day_is_told_and_none_is_as_good(schedule, told):
    first = schedule(FIVES, (5, 0, 10))
    assert told(first, schedule(FIVES, (10, 0, 5), more=0.5))[1] == (
        "It divides the day less evenly or changes more doses."
    )
    assert told(first, schedule(FIVES, (10, 0, 5)))[1] == AS_GOOD


def test_numbers_in_the_reason_say_that_they_are_computed(knowledge, schedule):
    first, other = schedule(TENS, (5, 5, 5)), schedule(TENS, (10, 5, 0), more=-0.5)
    (one,) = alternatives(knowledge, first.wishes, [first, other])
    assert one.why_not.basis == ("computed:plan",)
