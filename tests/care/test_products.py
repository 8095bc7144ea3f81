"""What can be given: pieces of each product, the amounts that they make, and the usual clock times."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.care.menu import choices, menu_of
from baclo.care.patterns import patience
from baclo.care.products import Product, forms_taken, products_at_hand, smallest_piece_ug
from baclo.care.tablets import default_clocks
from baclo.care.weights import weights_of
from baclo.knowledge.facts import Region

FIVE = Product(product="x.tablet_5", form="tablet", strength_ug=5_000.0, piece_ug=5_000.0)
TEN = Product(product="x.tablet_10", form="tablet", strength_ug=10_000.0, piece_ug=5_000.0)
TWENTY_FIVE = Product(product="x.tablet_25", form="tablet", strength_ug=25_000.0, piece_ug=12_500.0)
THIRDS = Product(product="x.tablet_30", form="tablet", strength_ug=30_000.0, piece_ug=10_000.0)
LIQUID = Product(product="x.liquid", form="liquid", strength_ug=5_000.0, piece_ug=2_500.0)
PACKET = Product(product="x.packet", form="granules", strength_ug=5_000.0, piece_ug=5_000.0)


@pytest.fixture(scope="module")
def weights(knowledge):
    return weights_of(knowledge)


@pytest.mark.parametrize(
    ("region", "strengths_mg"), [(Region.US, {5, 10, 15, 20}), (Region.UK, {10}), (Region.EU, {5, 10, 25})]
)
def test_without_a_list_the_tablets_of_the_region_are_at_hand(knowledge, make, region, strengths_mg):
    found = products_at_hand(knowledge, make(region=region))
    assert {one.strength_ug / 1000 for one in found} == strengths_mg


def test_only_scored_tablets_are_halved(knowledge, make):
    parts = {one.product: one.parts for one in products_at_hand(knowledge, make())}
    assert parts == {"us.tablet_5mg": 1, "us.tablet_10mg": 2, "us.tablet_15mg": 1, "us.tablet_20mg": 2}


@pytest.mark.parametrize(
    ("product", "piece_mg"), [("us.solution_1mg_ml", 0.5), ("us.solution_2mg_ml", 1), ("us.suspension_5mg_ml", 2.5)]
)
def test_a_liquid_is_given_on_half_millilitres(knowledge, make, product, piece_mg):
    (one,) = products_at_hand(knowledge, make(products=(product,)), ("liquid",))
    assert one.piece_ug == piece_mg * 1000


def test_where_only_a_liquid_is_at_hand_it_stands_in_for_tablets(knowledge, make):
    case = make(products=("us.solution_1mg_ml",))
    assert [one.product for one in products_at_hand(knowledge, case)] == ["us.solution_1mg_ml"]
    assert smallest_piece_ug(knowledge, case) == 500


def test_whoever_must_have_a_liquid_is_never_given_a_tablet(knowledge, make):
    case = make(products=("us.tablet_10mg",))
    assert products_at_hand(knowledge, case, ("liquid",)) == ()
    assert smallest_piece_ug(knowledge, case, ("liquid",)) == math.inf


def test_a_liquid_beside_tablets_stands_in_for_none(knowledge, make):
    case = make(products=("us.tablet_10mg", "us.solution_1mg_ml"))
    assert [one.form for one in products_at_hand(knowledge, case)] == ["tablet"]
    assert products_at_hand(knowledge, make(products=())) == ()


def test_every_piece_is_a_whole_number_of_micrograms(knowledge, make):
    for region in Region:
        for one in products_at_hand(knowledge, make(region=region), ("tablet", "liquid", "granules")):
            assert one.piece_ug == round(one.piece_ug)


def test_no_two_liquids_and_no_two_forms_are_mixed_and_no_third_strength(weights):
    other = Product(product="x.other", form="liquid", strength_ug=1_000.0, piece_ug=500.0)
    found = [
        {one.product for one in chosen} for chosen in choices((FIVE, TEN, TWENTY_FIVE, LIQUID, other, PACKET), weights)
    ]
    pairs = [chosen for chosen in found if len(chosen) > 1]
    assert len(found) == 6 + 3
    assert all(chosen <= {FIVE.product, TEN.product, TWENTY_FIVE.product} for chosen in pairs)
    assert {len(chosen) for chosen in pairs} == {2}


def made(menu, mg):
    serving = menu.servings[round(mg * 1000 / menu.grain_ug)]
    return serving.units, serving.pieces, serving.broken


@pytest.mark.parametrize(
    ("mg", "units", "pieces", "broken"), [(5, 0.5, 1, 1), (10, 1, 1, 0), (15, 1.5, 2, 1), (20, 2, 2, 0), (0, 0, 0, 0)]
)
def test_a_broken_tablet_is_one_piece(weights, mg, units, pieces, broken):
    assert made(menu_of((TEN,), weights, 20_000.0), mg) == ((units,), pieces, broken)


@pytest.mark.parametrize(("mg", "units", "pieces", "broken"), [(10, 1 / 3, 1, 1), (20, 2 / 3, 1, 1), (40, 4 / 3, 2, 1)])
def test_two_thirds_of_a_tablet_are_one_piece(weights, mg, units, pieces, broken):
    got, *rest = made(menu_of((THIRDS,), weights, 40_000.0), mg)
    assert got[0] == pytest.approx(units)
    assert rest == [pieces, broken]


@pytest.mark.parametrize(
    ("mg", "units", "pieces", "broken"),
    [(15, (1, 1), 2, 0), (5, (1, 0), 1, 0), (10, (0, 1), 1, 0), (25, (1, 2), 3, 0)],
)
def test_two_strengths_make_a_dose_with_the_least_to_handle(weights, mg, units, pieces, broken):
    assert made(menu_of((FIVE, TEN), weights, 25_000.0), mg) == (units, pieces, broken)


def test_an_amount_that_nothing_makes_up_is_not_made(weights):
    menu = menu_of((TEN, TWENTY_FIVE), weights, 20_000.0)
    assert menu.grain_ug == 2_500
    assert [n * 2.5 for n, serving in enumerate(menu.servings) if serving.units] == [0, 5, 10, 12.5, 15, 17.5, 20]


def test_a_drawn_volume_is_one_piece_whatever_its_size(weights):
    menu = menu_of((LIQUID,), weights, 20_000.0)
    assert made(menu, 2.5) == ((0.5,), 1, 0)
    assert made(menu, 20) == ((4.0,), 1, 0)
    assert made(menu, 0) == ((0.0,), 0, 0)


@given(
    st.sampled_from([(FIVE,), (TEN,), (FIVE, TEN), (TEN, TWENTY_FIVE), (THIRDS, FIVE), (LIQUID,)]), st.integers(0, 40)
)
def test_every_serving_holds_exactly_its_amount(weights, products, grains):
    menu = menu_of(products, weights, 400_000.0)
    serving = menu.servings[grains]
    if serving.units:
        held = sum(units * one.strength_ug for units, one in zip(serving.units, products, strict=True))
        assert held == pytest.approx(grains * menu.grain_ug)


@pytest.mark.parametrize(("count", "order"), [(1, [0]), (2, [1, 0]), (3, [2, 0, 1]), (4, [3, 0, 2, 1])])
def test_the_night_is_wanted_most_then_the_morning_and_the_early_middle_least(count, order):
    wanted = patience(count)
    assert sorted(range(count), key=lambda place: wanted[place]) == order
    assert wanted[-1] == 0
    assert all(low < high for low, high in pairwise(sorted(wanted)))


def test_one_dose_a_day_is_the_night_dose(knowledge):
    assert [clock.hour for clock in default_clocks(knowledge, 1)] == [22]


def test_where_no_tablet_is_named_what_else_is_named_stands_in_for_one_and_only_for_one(knowledge, make):
    packets = make(products=("us.granules_5mg", "us.solution_1mg_ml"))
    assert {one.form for one in products_at_hand(knowledge, packets)} == {"granules", "liquid"}
    assert products_at_hand(knowledge, make(products=("us.granules_5mg",)), ("liquid",)) == ()
    tablets = make(products=("us.tablet_10mg",))
    assert products_at_hand(knowledge, tablets, ("granules",)) == ()
    assert products_at_hand(knowledge, make(region=Region.UK), ("granules",)) == ()
    assert smallest_piece_ug(knowledge, make(products=("us.tablet_10mg", "us.tablet_20mg"))) == 5_000


@pytest.mark.parametrize(
    ("taken", "told", "forms"),
    [
        (None, {}, ("tablet",)),
        ("us.tablet_10mg", {}, ("tablet",)),
        ("us.solution_1mg_ml", {}, ("liquid",)),
        ("us.granules_5mg", {}, ("granules",)),
        ("us.solution_1mg_ml", {"products": ("us.tablet_10mg", "us.solution_2mg_ml")}, ("liquid",)),
        ("us.solution_1mg_ml", {"products": ("us.tablet_10mg",)}, ("tablet",)),
        ("uk.solution_1mg_ml", {"region": Region.EU}, ("tablet",)),
    ],
)
def test_who_takes_a_liquid_or_packets_goes_on_with_them_where_any_are_at_hand(
    knowledge, make, build, taken, told, forms
):
    case = make(regimens=(build.regimen(("08:00", 10.0), product=taken),), **told)
    assert forms_taken(knowledge, case) == forms


def test_who_takes_nothing_is_given_tablets(knowledge, make):
    assert forms_taken(knowledge, make()) == ("tablet",)
