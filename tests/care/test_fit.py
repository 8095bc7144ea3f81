"""Why nothing fits, and what is told where what is at hand is too coarse or is not what is taken."""

import pytest

from baclo.care.fit import coarse, deliverable, misfit, not_at_hand
from baclo.care.standing import Continuity, Standing
from baclo.care.steps import PlanDose, Step
from baclo.care.wishes import Bounds, Terms, Wish
from baclo.knowledge.words import Text

FALLING = Terms(bounds=None, taken=(), clocks=())
RISING = Terms(
    bounds=Bounds(
        start_ug_per_day=15_000,
        rise_ug_per_day=15_000,
        single_rise_ug=5_000,
        single_cap_ug=None,
        cap_ug_per_day=60_000,
        basis=(),
    ),
    taken=(),
    clocks=(),
)


def words(text):
    return "".join(map(str, text.pieces))


def wishes(*mg):
    return [
        Wish(since=None, until=None, total_ug_per_day=each * 1000.0, why=Text(()), limited_by=(), monitor=())
        for each in mg
    ]


def steps(*mg, product="us.tablet_10mg"):
    return [
        Step(
            since=None,
            until=None,
            doses=(PlanDose(clock=None, amount_ug=each * 1000.0, product=product, units=1.0),),
            total_ug_per_day=each * 1000.0,
            why=Text(()),
            limited_by=(),
            monitor=(),
        )
        for each in mg
    ]


@pytest.fixture
def now(build):
    def standing(mg=40.0, product=None):
        taken = build.regimen(("08:00", mg), product=product)
        return Standing(continuity=Continuity.GOING_ON, regimen=taken, since=taken.since, loose=False, later=())

    return standing


def test_a_rise_is_made_of_what_is_at_hand_and_a_reduction_of_the_region_too(knowledge, make):
    case = make(products=("us.tablet_20mg",))
    assert set(deliverable(knowledge, case, RISING)) == {"us.tablet_20mg"}
    assert set(deliverable(knowledge, case, FALLING)) == {f"us.tablet_{mg}mg" for mg in (5, 10, 15, 20)}


def test_where_nothing_fits_a_reduction_says_not_to_stop(knowledge):
    rising, falling = misfit(knowledge, RISING), misfit(knowledge, FALLING)
    assert words(rising.reason).startswith("Plans are made of whole tablets")
    assert "Stay on the present dose, do not stop" in words(falling.reason)
    assert (rising.needs, falling.needs) == (("products",), ("products",))


@pytest.mark.parametrize(
    ("wanted", "made", "told"),
    [
        ((35, 30), (35, 30), False),
        ((35, 30), (30,), True),
        ((30, 25), (35, 25), False),  # the largest fall is 10 mg in both
        ((35, 32), (35, 29), True),  # the second fall of all
        ((35, 30), (35, 30 - 1e-9), False),
        ((38, 20), (35, 25), False),  # the largest fall that was wanted is 18 mg, that made is 10 mg
        ((), (40 - 0.0005,), True),
        ((35, 30), (), False),
        ((), (), False),
    ],
)
def test_a_fall_larger_than_was_wanted_is_told(knowledge, now, wanted, made, told):
    found = coarse(knowledge, FALLING, now(), wishes(*wanted), steps(*made))
    assert bool(found) is told
    assert coarse(knowledge, RISING, now(), wishes(*wanted), steps(*made)) == ()


@pytest.mark.parametrize(
    ("products", "taken", "made", "told"),
    [
        (None, None, "us.tablet_10mg", None),
        (None, "us.tablet_10mg", "us.tablet_10mg", None),
        (("us.tablet_10mg",), "us.tablet_10mg", "us.tablet_10mg", None),
        (("us.tablet_20mg",), "us.tablet_20mg", "us.tablet_10mg", "in tablets that are not what is taken now"),
        (("us.tablet_20mg",), None, "us.tablet_10mg", "in tablets that are not what is taken now"),
        (None, "us.solution_1mg_ml", "us.tablet_10mg", "in tablets that are not what is taken now"),
        (("us.tablet_20mg", "us.solution_1mg_ml"), "us.solution_1mg_ml", "us.tablet_20mg", "in tablets"),
    ],
)
def test_a_reduction_in_what_is_not_taken_now_says_so(knowledge, make, now, products, taken, made, told):
    case = make(products=products)
    found = not_at_hand(knowledge, case, FALLING, now(product=taken), steps(30, product=made))
    assert len(found) == (told is not None)
    assert all(told in words(text) for text in found)


def test_a_reduction_in_something_else_than_tablets_warns_of_their_number(knowledge, make, now):
    case = make(products=("us.solution_1mg_ml",))
    found = not_at_hand(
        knowledge, case, FALLING, now(product="us.tablet_10mg"), steps(30, product="us.solution_1mg_ml")
    )
    assert "never take the number of tablets or millilitres of the one for the other" in words(found[0])
    both = (*steps(30, product="us.solution_1mg_ml"), *steps(20, product="us.tablet_10mg"))
    (mixed,) = not_at_hand(knowledge, case, FALLING, now(product="us.suspension_5mg_ml"), both)
    assert "in a product that is not what is taken now" in words(mixed)
