"""Every day that a plan may have: which amounts at which clock times, and what each day counts by itself."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from baclo.care.menu import Menu, handling
from baclo.care.weights import Weights

Whole = NDArray[np.int64]
Points = NDArray[np.float64]
Clocks = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days by row: `amounts` in grains [S, U] at each clock time, `totals` and `largest` [S] of them.

    `chosen` [S] is the set of clock times of the day, `points` [S] what the day counts whatever was wished.
    """

    amounts: Whole
    totals: Whole
    largest: Whole
    chosen: Whole
    points: Points


def patience(count: int) -> tuple[float, ...]:
    """How little each of `count` doses of a day is wanted, from 0 to 1, in their order.

    The night dose is wanted most, then the morning, then the later ones of the middle of the day.
    """
    if count == 1:
        return (0.0,)
    return tuple(rank / (count - 1) for rank in (1, *range(count - 1, 1, -1), 0))


@lru_cache(maxsize=512)
def rising_days(menu: Menu, weights: Weights, sets: tuple[Clocks, ...], width: int, top: int) -> Days:
    """Every day of at most `top` grains with something at each time of one of the `sets` (columns of `width`).

    No dose lies further below the largest than the spread allows.
    """
    found, given = [], [grains for grains in _given(menu) if grains]
    for chosen, columns in enumerate(sets):
        rows = _even(menu, weights, given, (top,) * len(columns), top)
        found.append(_days(menu, weights, rows, (top,) * len(columns), columns, width, chosen))
    return _joined(found)


@lru_cache(maxsize=512)
def falling_days(menu: Menu, weights: Weights, ceilings: tuple[int, ...]) -> Days:
    """Every day with no dose above its ceiling, in grains.

    No dose is brought further below the largest, or below its ceiling where that is lower, than the spread allows. The
    night dose, the last, is brought down only once no other is larger.
    """
    given = _given(menu)
    rows = _even(menu, weights, given, ceilings, sum(ceilings))
    night = max(grains for grains in given if grains <= ceilings[-1])
    rows = rows[rows[:, -1] >= np.minimum(night, rows.max(axis=1))]
    return _days(menu, weights, rows, ceilings, tuple(range(len(ceilings))), len(ceilings), 0)


def _given(menu: Menu) -> list[int]:
    """The amounts that can be made, in grains; none is one of them."""
    return [grains for grains, serving in enumerate(menu.servings) if serving.units]


def _even(menu: Menu, weights: Weights, given: list[int], ceilings: tuple[int, ...], top: int) -> Whole:
    """The rows of `given` amounts [S, K] up to `top` grains in all, level by level of the largest dose."""
    spread = round(weights.spread * menu.piece_ug / menu.grain_ug)
    rows = [np.zeros((0, len(ceilings)), dtype=np.int64)]
    for level in given:
        levels = [min(level, ceiling) for ceiling in ceilings]
        values = [[n for n in given if height - spread <= n <= height] for height in levels]
        grid = np.array(list(product(*values)), dtype=np.int64).reshape(-1, len(ceilings))
        rows.append(grid[(grid.max(axis=1) == level) & (grid.sum(axis=1) <= top)])
    return np.concatenate(rows)


def _days(
    menu: Menu, weights: Weights, rows: Whole, ceilings: tuple[int, ...], columns: Clocks, width: int, chosen: int
) -> Days:
    """The rows [S, K] as days over all clock times, with the points of each."""
    largest = rows.max(axis=1)
    below = (np.minimum(np.array(ceilings), largest[:, None]) - rows).max(axis=1)
    each = np.array([handling(weights, one) for one in menu.servings])
    amounts = np.zeros((len(rows), width), dtype=np.int64)
    amounts[:, list(columns)] = rows
    by_size = weights.at_once_per_ug * largest + weights.uneven_per_ug * below
    by_size = by_size + weights.place_per_ug * (rows @ np.array(patience(len(columns))))
    return Days(
        amounts=amounts,
        totals=rows.sum(axis=1),
        largest=largest,
        chosen=np.full(len(rows), chosen, dtype=np.int64),
        points=each[rows].sum(axis=1) + by_size * menu.grain_ug + weights.clocks * chosen,
    )


def _joined(found: list[Days]) -> Days:
    return Days(
        amounts=np.concatenate([days.amounts for days in found]),
        totals=np.concatenate([days.totals for days in found]),
        largest=np.concatenate([days.largest for days in found]),
        chosen=np.concatenate([days.chosen for days in found]),
        points=np.concatenate([days.points for days in found]),
    )
