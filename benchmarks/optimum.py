"""Measures the optimiser on whole plans, beside an integer-programming solver (HiGHS) on the same plans.

Both find the least points of the same wishes inside the same limits; the solver's programme is that of the tests.
"""

import importlib.util
import statistics
import time
from collections.abc import Callable
from datetime import time as clock
from pathlib import Path

from baclo.care import patterns
from baclo.care.menu import menu_of
from baclo.care.optimum import Problem, optimum
from baclo.care.products import Product
from baclo.care.weights import weights_of
from baclo.care.wishes import Bounds, Terms
from baclo.case.timeline import ClockDose
from baclo.knowledge.library import load

FOUR = (clock(8), clock(12), clock(17), clock(22))
SETS = ((clock(8), clock(14), clock(22)), FOUR, (clock(8), clock(22)), (clock(22),))
FIVE = Product(product="tablet_5", form="tablet", strength_ug=5_000.0, piece_ug=5_000.0)
TEN = Product(product="tablet_10", form="tablet", strength_ug=10_000.0, piece_ug=5_000.0)
TWENTY_FIVE = Product(product="tablet_25", form="tablet", strength_ug=25_000.0, piece_ug=12_500.0)
LIQUID = Product(product="solution_1", form="liquid", strength_ug=1_000.0, piece_ug=500.0)
REPEATS, BY_SOLVER = 25, 3


def problem(products: tuple[Product, ...], wishes_mg: tuple[float, ...], taken_mg: tuple[float, ...]) -> Problem:
    """A reduction from `taken_mg` four times daily, or a rise from nothing, by the weights of the data."""
    weights = weights_of(load())
    bounds = Bounds(
        start_ug_per_day=15_000.0, rise_ug_per_day=15_000.0, single_rise_ug=5_000.0, single_cap_ug=20_000.0,
        cap_ug_per_day=80_000.0, basis=(),
    )  # fmt: skip
    taken = tuple(ClockDose(clock=at, amount_ug=mg * 1000) for at, mg in zip(FOUR, taken_mg, strict=False))
    terms = Terms(bounds=None if taken else bounds, taken=taken, clocks=() if taken else SETS)
    menu = menu_of(products, weights, max(taken_mg, default=20.0) * 1000)
    return Problem(wishes_ug=tuple(mg * 1000 for mg in wishes_mg), terms=terms, menu=menu, weights=weights)


UP, SLOWLY_UP = (15.0, 30.0, 45.0, 60.0), tuple(5.0 * n for n in range(1, 13))
DOWN = (70.0, 60.0, 50.0, 40.0, 30.0, 20.0, 15.0, 10.0, 5.0, 0.0)
SMALL = {
    "rise, 4 steps, 10 mg": problem((TEN,), UP, ()),
    "rise, 4 steps, 5 and 10 mg": problem((FIVE, TEN), UP, ()),
    "taper, last 4 steps, 10 mg": problem((TEN,), DOWN[-4:], (5.0,) * 4),
    "taper, last 4 steps, 10 and 25 mg": problem((TEN, TWENTY_FIVE), DOWN[-4:], (5.0,) * 4),
}
WHOLE = {
    "slow rise, 12 steps, 10 mg": problem((TEN,), SLOWLY_UP, ()),
    "taper, 10 steps, 10 mg": problem((TEN,), DOWN, (20.0,) * 4),
    "taper, 10 steps, 10 and 25 mg": problem((TEN, TWENTY_FIVE), DOWN, (20.0,) * 4),
    "taper, 10 steps, liquid": problem((LIQUID,), DOWN, (20.0,) * 4),
}


def by_solver(one: Problem) -> float:
    """The least points by HiGHS."""
    path = Path(__file__).parents[1] / "tests" / "care" / "referee.py"
    spec = importlib.util.spec_from_file_location("referee", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return float(module.Referee(one).points())


def from_nothing(one: Problem) -> float:
    """The least points by the optimiser, with no days kept from before."""
    patterns.rising_days.cache_clear()
    patterns.falling_days.cache_clear()
    found = optimum(one)
    assert found is not None
    return found.points


def milliseconds(run: Callable[[Problem], float], one: Problem, repeats: int) -> tuple[float, float]:
    """The median wall time, ms, and the points."""
    walls, points = [], 0.0
    for _ in range(repeats):
        began = time.perf_counter()
        points = run(one)
        walls.append(1000 * (time.perf_counter() - began))
    return statistics.median(walls), points


def main() -> None:
    """Print the times side by side, and whether the points are the same; whole plans take the solver minutes."""
    print(f"{'what':<36}{'optimiser ms':>14}{'HiGHS ms':>12}{'times faster':>14}  points equal")
    for name, one in SMALL.items():
        ours, points = milliseconds(from_nothing, one, REPEATS)
        theirs, refereed = milliseconds(by_solver, one, BY_SOLVER)
        equal = abs(points - refereed) <= 1e-6 * max(1.0, abs(points))
        print(f"{name:<36}{ours:>14.1f}{theirs:>12.0f}{theirs / ours:>14.0f}  {'yes' if equal else 'NO'}")
    for name, one in WHOLE.items():
        print(f"{name:<36}{milliseconds(from_nothing, one, REPEATS)[0]:>14.1f}")


if __name__ == "__main__":
    main()
