"""The state of a body in which a train of inputs has repeated for ever."""

from itertools import pairwise

import numpy as np

from baclo.body.course import Floats
from baclo.body.engine import Ending, Engine
from baclo.body.graph import Rates
from baclo.body.records import Bolus, Infusion, Train
from baclo.errors import EngineError

_TOLERANCE = 1e-9  # of the amounts
_UNBALANCED = 1e-6  # of what enters in a period: as much must leave
_MOST_ROUNDS = 20


def steady_amounts(engine: Engine, rates: Rates, train: Train) -> Floats:
    """Amounts [P, N] just before the train's time; nothing in compartments that only gather.

    The fixed point of one period, by Newton's method: one round where every flow is linear. `EngineError` where
    there is none, such as a body that never eliminates.
    """
    rows = list(rates.draining)
    amounts = np.zeros((rates.people, rates.states))
    entering_ug = sum(map(_entering_ug, train.inputs))
    for _ in range(_MOST_ROUNDS):
        after = _period(engine, rates, train, amounts)
        miss_ug = float(np.abs((after - amounts)[:, rows]).max())
        scale = float(np.abs(after[:, rows]).max())
        balanced = miss_ug <= min(_TOLERANCE * scale, _UNBALANCED * entering_ug)
        if balanced and amounts.min() >= -_TOLERANCE * scale:
            return amounts
        change = _newton(engine, rates, train, amounts, after, max(scale, 1.0), rows)
        if not np.isfinite(change).all():
            break
        amounts[:, rows] += change
    raise EngineError(f"there is no steady state of a train every {train.period_h} h at {train.time_h} h")


def _entering_ug(given: Bolus | Infusion) -> float:
    if isinstance(given, Bolus):
        return given.amount_ug
    return given.rate_ug_per_h * (given.until_h - given.time_h)


def _newton(
    engine: Engine, rates: Rates, train: Train, amounts: Floats, after: Floats, scale: float, rows: list[int]
) -> Floats:
    """Newton's step towards the fixed point, [P, D]; NaN where the period brings back what it was given."""
    slopes = np.empty((rates.people, len(rows), len(rows)))
    for column, row in enumerate(rows):
        more = amounts.copy()
        more[:, row] += scale
        slopes[:, :, column] = (_period(engine, rates, train, more) - after)[:, rows] / scale
    try:
        miss = (after - amounts)[:, rows, None]
        return np.asarray(np.linalg.solve(np.eye(len(rows)) - slopes, miss)[:, :, 0])
    except np.linalg.LinAlgError:
        return np.full((rates.people, len(rows)), np.nan)


def _period(engine: Engine, rates: Rates, train: Train, amounts: Floats) -> Floats:
    """The state after one period that began with `amounts` [P, N]."""
    cuts = {0.0, train.period_h} | {given.time_h for given in train.inputs}
    cuts |= {given.until_h for given in train.inputs if isinstance(given, Infusion)}
    times_h = sorted(cuts)
    state = amounts.copy()
    for start_h, stop_h in pairwise(times_h):
        inflow = np.zeros(rates.states)
        for given in train.inputs:
            if isinstance(given, Bolus):
                state[:, given.into] += given.amount_ug * (given.time_h == start_h)
            else:
                inflow[given.into] += given.rate_ug_per_h * (given.time_h <= start_h < given.until_h)
        _, state, ended = engine.carry(rates, state, inflow, np.array([start_h, stop_h]), ())
        if ended is not Ending.REACHED:
            raise EngineError(f"a steady state could not be computed: {ended.value}")
    return state
