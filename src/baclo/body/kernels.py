"""Dormand-Prince steps of one person's compartments; restricted Python that numba may compile and that also runs plain.

The method is a table: Dormand and Prince, J Comput Appl Math 1980;6:19-26, order 5 with its embedded order 4.
"""

import numpy as np

from baclo.body.compiled import compiled
from baclo.body.course import Floats, Integers

_COUPLING = np.array(
    [
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        [1 / 5, 0.0, 0.0, 0.0, 0.0, 0.0],
        [3 / 40, 9 / 40, 0.0, 0.0, 0.0, 0.0],
        [44 / 45, -56 / 15, 32 / 9, 0.0, 0.0, 0.0],
        [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729, 0.0, 0.0],
        [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656, 0.0],
        [35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
    ]
)
_ERROR = np.array([71 / 57600, 0.0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40])
_STAGES = 7
_SAFETY, _SHRINK, _GROW, _ORDER = 0.9, 0.2, 5.0, 5.0
_FIRST_STEP_H, _SMALLEST_STEP_H = 1e-3, 1e-13
REACHED, TOO_SMALL, TOO_MANY = 0, 1, 2


@compiled
def slope(
    amount: Floats,
    generator_per_h: Floats,
    inflow: Floats,
    origin: Integers,
    target: Integers,
    vmax_ug_per_h: Floats,
    km_ug: Floats,
    change: Floats,
) -> None:
    """Write the rate of change of `amount` [N] into `change` [N]; the other shapes as in `march`."""
    states = amount.shape[0]
    for i in range(states):
        change[i] = inflow[i]
        for j in range(states):
            change[i] += generator_per_h[i, j] * amount[j]
    for s in range(origin.shape[0]):
        flow = vmax_ug_per_h[s] * amount[origin[s]] / (km_ug[s] + amount[origin[s]])
        change[origin[s]] -= flow
        change[target[s]] += flow


@compiled
def tried(amount: Floats, slopes: Floats, stage: int, step_h: float, trial: Floats) -> None:
    """Write the point [N] at which `stage` is evaluated into `trial`; `slopes` is [7, N]."""
    for i in range(amount.shape[0]):
        trial[i] = amount[i]
        for k in range(stage):
            trial[i] += step_h * _COUPLING[stage, k] * slopes[k, i]


@compiled
def miss(amount: Floats, trial: Floats, slopes: Floats, step_h: float, relative: float, absolute: float) -> float:
    """The largest local error of any state, in units of what is tolerated; NaN stays NaN."""
    worst = 0.0
    for i in range(amount.shape[0]):
        error = 0.0
        for k in range(_STAGES):
            error += step_h * _ERROR[k] * slopes[k, i]
        ratio = abs(error) / (absolute + relative * max(abs(amount[i]), abs(trial[i])))
        if not ratio <= worst:
            worst = ratio
    return worst


@compiled
def march(
    amount: Floats,
    generator_per_h: Floats,
    inflow: Floats,
    origin: Integers,
    target: Integers,
    vmax_ug_per_h: Floats,
    km_ug: Floats,
    start_h: float,
    wanted_h: Floats,
    relative: float,
    absolute: float,
    most_steps: int,
    seen: Floats,
) -> int:
    """Carry `amount` [N] (in place) through `wanted_h` [T], writing each state into `seen` [T, N].

    `generator_per_h` [N, N], `inflow` [N] per h, saturable flows `origin target vmax_ug_per_h km_ug` [S]. Steps
    end exactly at every wanted time. Returns how it ended: `REACHED`, `TOO_SMALL` (a step) or `TOO_MANY` (steps).
    """
    slopes = np.zeros((_STAGES, amount.shape[0]))
    trial = np.zeros(amount.shape[0])
    now_h, step_h, steps = start_h, _FIRST_STEP_H, 0
    for w in range(wanted_h.shape[0]):
        while now_h < wanted_h[w]:
            if steps >= most_steps:
                return TOO_MANY
            if not step_h >= _SMALLEST_STEP_H:
                return TOO_SMALL
            steps += 1
            last = now_h + step_h >= wanted_h[w]
            taken_h = wanted_h[w] - now_h if last else step_h
            for stage in range(_STAGES):
                tried(amount, slopes, stage, taken_h, trial)
                slope(trial, generator_per_h, inflow, origin, target, vmax_ug_per_h, km_ug, slopes[stage])
            error = miss(amount, trial, slopes, taken_h, relative, absolute)
            if error <= 1.0:
                now_h = wanted_h[w] if last else now_h + taken_h
                amount[:] = trial
                grown_h = taken_h * min(_GROW, _SAFETY * max(error, 1e-10) ** (-1 / _ORDER))
                step_h = max(step_h, grown_h) if last else grown_h
            else:
                step_h = taken_h * max(_SHRINK, _SAFETY * error ** (-1 / _ORDER))
        seen[w] = amount
    return REACHED
