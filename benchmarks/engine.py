"""Measures the engines on one problem: thirty days three times daily, one person, every five minutes.

Side by side in one run: the exact engine, the whole prediction of a case, scipy's LSODA as a user would write it, and
the adaptive engine as numba compiles it and as plain Python.
"""

import importlib.util
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from types import ModuleType

import numpy as np
from scipy.integrate import solve_ivp

from baclo.body import compiled, kernels
from baclo.body.course import Floats
from baclo.body.exact import Exact
from baclo.body.graph import Rates
from baclo.body.individual import individual, rates
from baclo.body.model import read_model
from baclo.body.predict import predict
from baclo.body.records import Record, actions
from baclo.body.runge_kutta import RungeKutta
from baclo.body.walk import simulate
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge, load
from baclo.report.read import read_case

DAYS, STEP_H, REPEATS, WANTED_MS = 30, 1 / 12, 25, 10.0
DOSES_H = [24.0 * day + clock for day in range(DAYS) for clock in (0.0, 6.0, 12.0)]
LAG_H, DOSE_UG = 0.2, 20000 * 0.75
TIMES_H = np.asarray(np.arange(DAYS * 24 * 12 + 1) * STEP_H, dtype=np.float64)


def by_engine(engine: Exact | RungeKutta, person: Rates) -> Floats:
    """The amounts [T, N] by one of the engines."""
    doses = tuple(Record(time_h=at_h, into=0, amount_ug=DOSE_UG, lag_h=LAG_H) for at_h in DOSES_H)
    amounts: Floats = simulate(engine, (person,), actions(doses), TIMES_H, tuple(range(person.states))).states[0]
    return amounts


def by_scipy(person: Rates) -> Floats:
    """The amounts [T, N] by LSODA between doses, at the accuracy that the exact engine has in any case."""
    generator = person.generator_per_h[0]
    state, found, now_h = np.zeros(person.states), np.zeros((len(TIMES_H), person.states)), 0.0
    for at_h in [*(dose_h + LAG_H for dose_h in DOSES_H), TIMES_H[-1] + STEP_H]:
        inside = (now_h <= TIMES_H) & (at_h > TIMES_H)
        times_h = np.append(TIMES_H[inside], at_h)
        run = solve_ivp(
            lambda _, x: generator @ x, (now_h, at_h), state, "LSODA", times_h, jac=lambda *_: generator,
            rtol=1e-8, atol=1e-6,
        )  # fmt: skip
        found[inside], state, now_h = run.y.T[:-1], run.y[:, -1], at_h
        state[0] += DOSE_UG
    return found


def plain_kernels() -> ModuleType:
    """The kernels read once more, compiled by nothing."""
    kept = compiled.compiled
    compiled.compiled = lambda kernel: kernel
    spec = importlib.util.spec_from_file_location("plain_kernels", kernels.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    compiled.compiled = kept
    return module


def milliseconds(run: Callable[[], object], repeats: int) -> tuple[float, float]:
    """The least and the median wall time, ms, after one run that warms up."""
    run()
    walls = []
    for _ in range(repeats):
        began = time.perf_counter()
        run()
        walls.append(1000 * (time.perf_counter() - began))
    return min(walls), statistics.median(walls)


def by_case(knowledge: Knowledge, case: Case) -> object:
    """The whole prediction of a packaged case: model chosen, regimen unrolled, kidneys in epochs."""
    return predict(knowledge, case, until=case.now + timedelta(days=DAYS), step_h=STEP_H, band=False)


def main() -> None:
    """Print the times, each beside scipy's, and how far the curves lie apart."""
    knowledge, case = load(), read_case("example:taper-80")
    model = read_model(knowledge, "adult_default")
    person = rates(individual(knowledge, model, case, since=case.now, until=case.now + timedelta(days=DAYS)))[0]
    exact = by_engine(Exact(), person)
    march, plain = kernels.march, plain_kernels().march
    rows: list[tuple[str, Callable[[], object], int]] = [
        ("scipy solve_ivp LSODA", lambda: by_scipy(person), 3),
        ("exact engine", lambda: by_engine(Exact(), person), REPEATS),
        ("predict, a whole case", lambda: by_case(knowledge, case), REPEATS),
        ("adaptive engine, compiled", lambda: by_engine(RungeKutta(), person), REPEATS),
    ]
    print(f"{'what':<28}{'least ms':>10}{'median ms':>11}{'times faster than scipy':>25}")
    first = 0.0
    for name, run, repeats in rows:
        least, median = milliseconds(run, repeats)
        first = first or least
        print(f"{name:<28}{least:>10.1f}{median:>11.1f}{first / least:>25.1f}")
    kernels.march = plain
    least, median = milliseconds(lambda: by_engine(RungeKutta(), person), 1)
    kernels.march = march
    print(f"{'adaptive engine, plain':<28}{least:>10.1f}{median:>11.1f}{first / least:>25.1f}")
    print(f"wanted of the exact engine: at most {WANTED_MS:.0f} ms")
    scale = exact[:, :-1].max()
    for name, found in (("scipy", by_scipy(person)), ("adaptive", by_engine(RungeKutta(), person))):
        print(
            f"largest difference from {name}: {np.abs(found - exact)[:, :-1].max() / scale:.1e} of the largest amount"
        )


if __name__ == "__main__":
    main()
