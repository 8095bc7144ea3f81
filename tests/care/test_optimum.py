"""The optimiser against an integer-programming solver and against trying everything."""

from datetime import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from referee import Referee

from baclo.care.menu import menu_of
from baclo.care.optimum import Problem, optimum
from baclo.care.products import Product
from baclo.care.weights import Weights, weights_of
from baclo.care.wishes import Bounds, Terms
from baclo.case.timeline import ClockDose

SETS = ((time(8), time(14), time(22)), (time(8), time(12), time(17), time(22)), (time(8), time(22)), (time(22),))


def tablet(mg, parts=1):
    return Product(product=f"x.tablet_{mg}", form="tablet", strength_ug=mg * 1000.0, piece_ug=mg * 1000.0 / parts)


def liquid(mg_per_ml):
    return Product(product="x.liquid", form="liquid", strength_ug=mg_per_ml * 1000.0, piece_ug=mg_per_ml * 500.0)


PRODUCTS = st.sampled_from(
    [
        (tablet(5),),
        (tablet(10, 2),),
        (tablet(25, 2),),
        (tablet(15),),
        (liquid(5),),
        (liquid(1),),
        (tablet(5), tablet(10, 2)),
        (tablet(10, 2), tablet(25, 2)),
        (tablet(15), tablet(20, 2)),
    ]
)
points = st.sampled_from([0.0, 0.1, 0.5, 1.0, 3.0])


@st.composite
def weightings(draw):
    """Weights of every kind, those of the data among them in kind; missing a dose always counts."""
    return Weights(
        miss_per_ug=draw(st.sampled_from([0.0001, 0.001, 0.01])),
        at_once_per_ug=draw(points) / 1000,
        uneven_per_ug=draw(points) / 1000,
        place_per_ug=draw(points) / 1000,
        piece=draw(points),
        broken=draw(points),
        change=draw(points),
        clocks=draw(st.sampled_from([0.0, 1.0, 10.0])),
        strength=10.0,
        spread=draw(st.sampled_from([1, 2, 3])),
        strengths=2,
    )


amounts = st.sampled_from([0.0, 2.5, 5.0, 7.5, 10.0, 12.5, 15.0, 20.0, 33.3])


def doses(clocks, amounts_mg):
    pairs = zip(clocks, amounts_mg, strict=True)
    return tuple(ClockDose(clock=clock, amount_ug=mg * 1000) for clock, mg in pairs)


@st.composite
def rises(draw):
    """A rise of up to four steps, from nothing or from some dose."""
    taken = draw(st.sampled_from([(), SETS[0], SETS[2], (time(7), time(21))]))
    bounds = Bounds(
        start_ug_per_day=draw(st.sampled_from([2_500.0, 5_000.0, 10_000.0, 15_000.0])),
        rise_ug_per_day=draw(st.sampled_from([5_000.0, 10_000.0, 15_000.0, 13_333.3])),
        single_rise_ug=draw(st.sampled_from([2_500.0, 5_000.0, 12_500.0])),
        single_cap_ug=draw(st.sampled_from([None, 10_000.0, 20_000.0])),
        cap_ug_per_day=draw(st.sampled_from([20_000.0, 30_000.0, 40_000.0])),
        basis=(),
    )
    wishes = draw(
        st.lists(st.sampled_from([2.5, 5.0, 7.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0]), min_size=1, max_size=4)
    )
    if draw(st.booleans()):
        wishes = sorted(wishes)
    terms = Terms(
        bounds=bounds,
        taken=doses(taken, [draw(amounts) for _ in taken]),
        clocks=SETS[: draw(st.sampled_from([1, 3, 4]))],
    )
    return _problem(draw, wishes, terms, 40.0)


@st.composite
def reductions(draw):
    """A reduction of up to four steps from up to four doses a day."""
    clocks = draw(st.sampled_from(SETS))
    taken = doses(clocks, [draw(amounts) for _ in clocks])
    wishes = draw(st.lists(st.sampled_from([0.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 50.0]), min_size=1, max_size=4))
    terms = Terms(bounds=None, taken=taken, clocks=())
    return _problem(draw, sorted(wishes, reverse=True), terms, max(dose.amount_ug for dose in taken) / 1000)


def _problem(draw, wishes_mg, terms, top_mg):
    weights = draw(weightings())
    return Problem(
        wishes_ug=tuple(mg * 1000 for mg in wishes_mg),
        terms=terms,
        menu=menu_of(draw(PRODUCTS), weights, top_mg * 1000),
        weights=weights,
        barred=None,
    )


def same(problem):
    ours, theirs = optimum(problem), Referee(problem).points()
    assert (ours is None) == (theirs is None)
    if ours is not None:
        assert ours.points == pytest.approx(theirs, rel=1e-6, abs=1e-6)


@given(rises())
def test_no_rise_counts_less_than_the_solver_finds_and_none_more(problem):
    same(problem)


@given(reductions())
def test_no_reduction_counts_less_than_the_solver_finds_and_none_more(problem):
    same(problem)
