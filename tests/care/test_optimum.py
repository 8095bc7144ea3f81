"""The optimiser against an integer-programming solver and against trying everything."""

import importlib.util
from dataclasses import replace
from datetime import time
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.care.menu import menu_of
from baclo.care.optimum import Problem, optimum
from baclo.care.products import Product
from baclo.care.weights import Weights
from baclo.care.wishes import Bounds, Terms
from baclo.case.timeline import ClockDose

_SPEC = importlib.util.spec_from_file_location("referee", Path(__file__).parent / "referee.py")
_MODULE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MODULE)
Referee = _MODULE.Referee

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
        barred=draw(st.sampled_from([None, None, 0])) if terms.bounds is not None else None,
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


@given(rises() | reductions())
def test_the_points_of_an_optimum_are_those_of_its_days(problem):
    found = optimum(problem)
    if found is not None:
        assert found.points == pytest.approx(counted(problem, found.clocks, found.days, found.chosen))


def counted(problem, clocks, days, chosen):
    """The points of these days, added up one by one."""
    w, g, falling = problem.weights, problem.menu.grain_ug, problem.terms.bounds is None
    before = {dose.clock: dose.amount_ug / g for dose in problem.terms.taken}
    tops = {clock: int(grains * (1 + 1e-12)) for clock, grains in before.items()}
    points = 0.0
    for wish_ug, day, place in zip(problem.wishes_ug, days, chosen, strict=True):
        amounts = dict(zip(clocks, day, strict=True))
        times = [dose.clock for dose in problem.terms.taken] if falling else list(problem.terms.clocks[place])
        largest = max(amounts[clock] for clock in times)
        below = max((min(tops[c], largest) if falling else largest) - amounts[c] for c in times)
        order = [len(times) - 1, 0, *reversed(range(1, len(times) - 1))]
        late = sum(amounts[times[n]] * rank for rank, n in enumerate(order[: len(times)]))
        points += w.miss_per_ug * abs(wish_ug - sum(day) * g) + w.clocks * place
        points += g * (w.at_once_per_ug * largest + w.uneven_per_ug * below)
        points += g * w.place_per_ug * late / max(len(times) - 1, 1)
        points += w.change * sum(abs(before.get(clock, 0) - amounts[clock]) > 1e-9 for clock in clocks)
        points += sum(w.piece * one.pieces + w.broken * one.broken for one in (problem.menu.servings[n] for n in day))
        before = amounts
    return points


TINY = Weights(
    miss_per_ug=0.001, at_once_per_ug=0.0003, uneven_per_ug=0.0011, place_per_ug=0.00007, piece=1.0, broken=0.5,
    change=0.6, clocks=2.0, strength=10.0, spread=2, strengths=2,
)  # fmt: skip


@pytest.mark.parametrize("wishes_mg", [(5, 10, 15), (10, 10, 20), (15, 5, 20), (12, 14, 19)])
@pytest.mark.parametrize("taken_mg", [(), (5, 5), (2.5, 10)])
def test_no_rise_of_all_that_can_be_written_down_counts_less(wishes_mg, taken_mg):
    clocks = ((time(8), time(22)), (time(22),))
    taken = doses(clocks[0], taken_mg) if taken_mg else ()
    bounds = Bounds(
        start_ug_per_day=10_000.0, rise_ug_per_day=10_000.0, single_rise_ug=5_000.0, single_cap_ug=15_000.0,
        cap_ug_per_day=25_000.0, basis=(),
    )  # fmt: skip
    problem = Problem(
        wishes_ug=tuple(mg * 1000.0 for mg in wishes_mg),
        terms=Terms(bounds=bounds, taken=taken, clocks=clocks),
        menu=menu_of((tablet(10, 2),), TINY, 20_000.0),
        weights=TINY,
    )
    best = None
    for days in product(product(range(5), repeat=2), repeat=3):
        if rises_inside(days, wishes_mg, taken_mg):
            chosen = [0 if day[0] else 1 for day in days]
            points = counted(problem, clocks[0], days, chosen)
            best = points if best is None else min(best, points)
    found = optimum(problem)
    assert (found is None) == (best is None)
    if found is not None:
        assert found.points == pytest.approx(best)


def rises_inside(days, wishes_mg, taken_mg):
    """Whether days of halves of 5 mg at 08:00 and 22:00 are inside every bound of the test above."""
    before, wished = tuple(mg / 5 for mg in taken_mg or (0, 0)), sum(taken_mg)
    for place, (day, wish) in enumerate(zip(days, wishes_mg, strict=True)):
        most = 2 if sum(before) == 0 else sum(before) + 2
        up = sum(day) > sum(before) or (place > 0 and day == before)
        if not (day[1] and sum(day) * 5 <= min(wish, 25) and sum(day) <= most and max(day) <= min(max(before) + 1, 3)):
            return False
        if (day[0] and abs(day[0] - day[1]) > 2) or (not up and not (wish < wished or (place == 0 and wish == wished))):
            return False
        before, wished = day, wish
    return True


@pytest.mark.parametrize("wish", [float("nan"), float("inf"), -float("inf")])
def test_a_wish_that_is_no_number_is_met_by_nothing(wish):
    menu = menu_of((tablet(5),), TINY, 10_000.0)
    for bounds, clocks in ((None, ()), (Bounds(
        start_ug_per_day=5e3, rise_ug_per_day=5e3, single_rise_ug=5e3, single_cap_ug=None, cap_ug_per_day=5e4, basis=()
    ), SETS)):  # fmt: skip
        terms = Terms(bounds=bounds, taken=doses(SETS[2], [5.0, 10.0]), clocks=clocks)
        assert optimum(Problem(wishes_ug=(wish,), terms=terms, menu=menu, weights=TINY)) is None


BOUNDS = ["start_ug_per_day", "rise_ug_per_day", "single_rise_ug", "single_cap_ug", "cap_ug_per_day"]


@pytest.mark.parametrize("name", BOUNDS)
def test_a_bound_that_is_no_number_lets_nothing_rise(name):
    sizes = dict.fromkeys(BOUNDS, 1e4)
    for number in (float("nan"), -1.0):
        bounds = Bounds(**{**sizes, name: number}, basis=())
        terms = Terms(bounds=bounds, taken=(), clocks=SETS)
        problem = Problem(wishes_ug=(5e3, 1e4), terms=terms, menu=menu_of((tablet(5),), TINY, 1e4), weights=TINY)
        assert optimum(problem) is None
        assert optimum(replace(problem, terms=replace(terms, bounds=Bounds(**sizes, basis=())))) is not None
