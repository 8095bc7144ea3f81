"""What one dose can be made of, by hand: each amount with the least to handle, and what goes together in a plan."""

import math
from dataclasses import replace

import pytest

from baclo.care.menu import Serving, choices, handling, menu_of
from baclo.care.products import Product
from baclo.care.weights import Weights

WEIGHTS = Weights(
    miss_per_ug=0.01, at_once_per_ug=0.0003, uneven_per_ug=0.001, place_per_ug=0.0001, piece=1.0, broken=0.5,
    change=0.1, clocks=10.0, strength=10.0, new=5.0, spread=2, strengths=2,
)  # fmt: skip
NOTHING = Serving(units=(), pieces=0, broken=0)


def tablet(mg, parts=1, form="tablet"):
    return Product(product=f"x.{form}_{mg}", form=form, strength_ug=mg * 1000.0, piece_ug=mg * 1000.0 / parts)


def liquid(mg_per_ml):
    return Product(
        product=f"x.liquid_{mg_per_ml}", form="liquid", strength_ug=mg_per_ml * 1e3, piece_ug=mg_per_ml * 500
    )


def servings(*products, top_mg, weights=WEIGHTS):
    """(units, pieces, broken) of each amount."""
    made = menu_of(products, weights, top_mg * 1000.0).servings
    return [(one.units, one.pieces, one.broken) for one in made]


def test_one_form_and_few_strengths_go_together_and_never_two_liquids():
    five, ten, packet = tablet(5), tablet(10), tablet(5, form="granules")
    one_ml, two_ml = liquid(1), liquid(2)
    every = (five, ten, packet, one_ml, two_ml)
    assert list(choices(every, WEIGHTS)) == [*((one,) for one in every), (five, ten)]
    assert list(choices((five, ten), replace(WEIGHTS, strengths=1))) == [(five,), (ten,)]
    twenty = tablet(20)
    assert list(choices((five, ten, twenty), replace(WEIGHTS, strengths=3)))[-1] == (five, ten, twenty)
    assert len(list(choices((five, ten, twenty), WEIGHTS))) == 6


def test_a_grain_divides_every_piece_and_the_piece_is_the_smallest():
    made = menu_of((tablet(10, 2), tablet(25, 2)), WEIGHTS, 20_000.0)
    assert (made.grain_ug, made.piece_ug) == (2_500, 5_000)  # 5 and 12.5
    assert made.products == (tablet(10, 2), tablet(25, 2))
    assert isinstance(made.grain_ug, float)


@pytest.mark.parametrize(
    ("top_ug", "count"),
    [
        *[(20_000.0, 5), (19_999.0, 4), (24_999.0, 5), (0.0, 1), (-7_000.0, 1)],
        # a hair below, by rounding, is not below; a thousandth of it is
        *[(20_000 * (1 - 1e-14), 5), (20_000 * (1 - 1e-9), 4)],
    ],
)
def test_the_menu_goes_up_to_its_top_and_has_always_nothing_on_it(top_ug, count):
    assert len(menu_of((tablet(5),), WEIGHTS, top_ug).servings) == count


def test_a_top_of_nothing_or_less_leaves_nothing_even_of_the_smallest_grain():
    crumb = Product(product="x.crumb", form="tablet", strength_ug=1.0, piece_ug=1.0)
    for top_ug in (0.0, -0.5, -5.0):
        assert len(menu_of((crumb,), WEIGHTS, top_ug).servings) == 1


def test_halves_are_broken_and_counted_as_pieces():
    assert servings(tablet(10, 2), top_mg=25) == [
        ((0.0,), 0, 0),
        ((0.5,), 1, 1),
        ((1.0,), 1, 0),
        ((1.5,), 2, 1),
        ((2.0,), 2, 0),
        ((2.5,), 3, 1),
    ]


def test_an_amount_that_nothing_makes_up_has_no_units():
    made = menu_of((tablet(10), tablet(15)), WEIGHTS, 35_000.0).servings
    assert made[1] == NOTHING
    assert [one.units for one in made] == [
        *[(0, 0), (), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2), (2, 1)],
    ]
    assert [one.pieces for one in made] == [0, 0, 1, 1, 2, 2, 2, 3]


def test_two_strengths_make_each_amount_of_the_fewest_pieces():
    # 5 whole, 20 in halves; a piece counts 1, a break half
    assert servings(tablet(5), tablet(20, 2), top_mg=45) == [
        ((0, 0), 0, 0),
        ((1, 0), 1, 0),
        ((0, 0.5), 1, 1),  # half of 20 counts 1.5, two of 5 count 2
        ((1, 0.5), 2, 1),  # 2.5 against 3
        ((0, 1), 1, 0),
        ((1, 1), 2, 0),
        ((0, 1.5), 2, 1),  # 2.5 against 3
        ((1, 1.5), 3, 1),
        ((0, 2), 2, 0),
        ((1, 2), 3, 0),
    ]


def test_both_strengths_may_be_broken_and_each_break_counts():
    # 10 and 25 in halves, grains of 2.5: 17.5 is half of each, 2 pieces and 2 broken
    made = menu_of((tablet(10, 2), tablet(25, 2)), WEIGHTS, 35_000.0).servings
    assert (made[7].units, made[7].pieces, made[7].broken) == ((0.5, 0.5), 2, 2)
    assert (made[14].units, made[14].pieces, made[14].broken) == ((1, 1), 2, 0)
    assert made[1] == NOTHING


def test_a_dear_break_is_avoided_and_of_equal_ones_the_first_stays():
    # 10 mg: two of 5 or half of 20
    dear, free = replace(WEIGHTS, broken=1.5), replace(WEIGHTS, broken=1.0)
    assert servings(tablet(5), tablet(20, 2), top_mg=10, weights=dear)[2] == ((2, 0), 2, 0)
    assert servings(tablet(5), tablet(20, 2), top_mg=10, weights=free)[2] == ((2, 0), 2, 0)
    assert servings(tablet(20, 2), tablet(5), top_mg=10, weights=free)[2] == ((0, 2), 2, 0)


def test_a_liquid_is_measured_in_steps_and_is_one_piece():
    assert servings(liquid(1), top_mg=2) == [
        ((0.0,), 0, 0),
        ((0.5,), 1, 0),
        ((1.0,), 1, 0),
        ((1.5,), 1, 0),
        ((2.0,), 1, 0),
    ]
    assert servings(liquid(5), top_mg=5) == [((0.0,), 0, 0), ((0.5,), 1, 0), ((1.0,), 1, 0)]


def test_packets_are_counted_like_tablets():
    assert servings(tablet(5, form="granules"), top_mg=10) == [((0.0,), 0, 0), ((1.0,), 1, 0), ((2.0,), 2, 0)]


def test_handling_adds_pieces_and_breaks_and_what_cannot_be_made_is_infinite():
    assert handling(replace(WEIGHTS, piece=2.0), Serving(units=(1.0, 0.5), pieces=3, broken=1)) == 6.5
    assert handling(WEIGHTS, NOTHING) == math.inf
    assert handling(WEIGHTS, Serving(units=(0.0,), pieces=0, broken=0)) == 0
