"""The best days of a whole plan at once, exactly: a dynamic programme over every day that each step may have.

First over the days that look best step by step, which bounds what the best plan counts; then over every day that this
bound does not rule out. What is ruled out cannot be part of a better plan, so the answer is the optimum.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baclo.care.menu import Menu
from baclo.care.patterns import Days, Points, Whole, falling_days, rising_days
from baclo.care.weights import Weights
from baclo.care.wishes import Bounds, Terms

_ROUNDING = 1e-12
_SLACK = 1e-9
_BEAM = 48
_WIDER = 8
_Rows = Sequence[NDArray[np.intp]]
_Amounts = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """The wished daily doses, what they are bound by, what doses can be made of, and what each fault counts.

    `barred` is a set of clock times, by its place, that is not to be used.
    """

    wishes_ug: tuple[float, ...]
    terms: Terms
    menu: Menu
    weights: Weights
    barred: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """The days of the best plan: grains by clock time for each step, the sets of clock times, and the points."""

    clocks: tuple[time, ...]
    days: tuple[tuple[int, ...], ...]
    chosen: tuple[int, ...]
    points: float


@lru_cache(maxsize=256)
def optimum(problem: Problem) -> Optimum | None:
    """The plan of fewest points inside every limit, or None where no plan is inside them.

    Further strengths are not counted here. NaN and infinite wishes are inside nothing.
    """
    terms = problem.terms
    if not all(map(math.isfinite, problem.wishes_ug)):
        return None
    clocks = tuple(sorted({clock for times in _sets(terms) for clock in times} | {dose.clock for dose in terms.taken}))
    days = _days(problem, clocks)
    allowed = [_allowed(problem, days, wish_ug) for wish_ug in problem.wishes_ug]
    if any(len(rows) == 0 for rows in allowed):
        return None
    walk = _Walk(problem, clocks, days)
    found = _bounded(walk, allowed)
    if found is None:
        return None
    points, rows = found
    return Optimum(
        clocks=clocks,
        days=tuple(tuple(map(int, days.amounts[row])) for row in rows),
        chosen=tuple(int(days.chosen[row]) for row in rows),
        points=points,
    )


def _sets(terms: Terms) -> tuple[tuple[time, ...], ...]:
    """The sets of clock times that a day may have; a reduction keeps those of what is taken."""
    return terms.clocks if terms.bounds is not None else (tuple(dose.clock for dose in terms.taken),)


def _days(problem: Problem, clocks: tuple[time, ...]) -> Days:
    """Every day that may be part of the plan, whichever step it is on."""
    terms, menu = problem.terms, problem.menu
    if terms.bounds is None:
        taken = {dose.clock: dose.amount_ug for dose in terms.taken}
        return falling_days(menu, problem.weights, tuple(_grains(menu, taken[clock]) for clock in clocks))
    sets = tuple(tuple(clocks.index(clock) for clock in times) for times in terms.clocks)
    return rising_days(menu, problem.weights, sets, len(clocks), _grains(menu, max(problem.wishes_ug)))


def _grains(menu: Menu, amount_ug: float) -> int:
    """The largest whole number of grains that is not above `amount_ug`; a number lifted above it by rounding is it."""
    return int(amount_ug * (1 + _ROUNDING) / menu.grain_ug)


def _within(amounts: _Amounts, limits: _Amounts | float) -> NDArray[np.bool_]:
    """Whether each amount is inside its limit; one lifted above it by rounding is, and what is no number is not."""
    return np.asarray(amounts <= limits * (1 + _ROUNDING), dtype=np.bool_)


def _allowed(problem: Problem, days: Days, wish_ug: float) -> NDArray[np.intp]:
    """The days that a step with this wish may have, whatever goes before it; asked from inside."""
    totals_ug = days.totals * problem.menu.grain_ug
    bounds = problem.terms.bounds
    if bounds is None:
        piece_ug = problem.menu.piece_ug
        least_ug = max(wish_ug - piece_ug, min(problem.wishes_ug), min(wish_ug, piece_ug))
        inside = totals_ug >= least_ug * (1 - _ROUNDING)
    else:
        inside = _within(totals_ug, wish_ug) & _within(totals_ug, bounds.cap_ug_per_day)
        if bounds.single_cap_ug is not None:
            inside &= _within(days.largest * problem.menu.grain_ug, bounds.single_cap_ug)
        inside &= days.chosen != problem.barred
    return np.flatnonzero(inside)


class _Walk:
    """The steps of one problem over its days: what each day counts on a step, and what may follow what."""

    __slots__ = ("days", "grain_ug", "problem", "start", "steps")

    def __init__(self, problem: Problem, clocks: tuple[time, ...], days: Days) -> None:
        self.problem, self.days, self.grain_ug = problem, days, problem.menu.grain_ug
        taken = {dose.clock: dose.amount_ug for dose in problem.terms.taken}
        self.start = np.array([taken.get(clock, 0.0) for clock in clocks]) / self.grain_ug
        totals_ug = days.totals * self.grain_ug
        missing = problem.weights.miss_per_ug
        self.steps = [missing * np.abs(wish_ug - totals_ug) + days.points for wish_ug in problem.wishes_ug]

    def first(self, rows: NDArray[np.intp]) -> Points:
        """What going on from the present day counts for each of `rows`; infinite where it may not."""
        days, bounds, terms = self.days, self.problem.terms.bounds, self.problem.terms
        changed = np.abs(days.amounts[rows] - self.start) > _ROUNDING * self.start
        points: Points = self.problem.weights.change * changed.sum(axis=1)
        if bounds is None:
            return points
        now_ug = terms.from_ug_per_day
        totals_ug, largest_ug = days.totals[rows] * self.grain_ug, days.largest[rows] * self.grain_ug
        high_ug = bounds.start_ug_per_day if now_ug == 0 else now_ug + bounds.rise_ug_per_day
        inside = _within(totals_ug, high_ug) & _within(largest_ug, terms.from_single_ug + bounds.single_rise_ug)
        if self.problem.wishes_ug[0] > now_ug:
            inside &= totals_ug > now_ug * (1 + _ROUNDING)
        return np.where(inside, points, math.inf)

    def between(self, step: int, before: NDArray[np.intp], after: NDArray[np.intp]) -> Points:
        """What `after` on `step` counts where `before` went before it [B, A]; infinite where it may not follow."""
        amounts, bounds = self.days.amounts, self.problem.terms.bounds
        pairs = [(column[before][:, None], column[after]) for column in amounts.T]
        changes = np.zeros((len(before), len(after)), dtype=np.int64)
        for one, other in pairs:
            changes += one != other
        if bounds is None:
            inside = np.logical_and.reduce([other <= one for one, other in pairs])
        else:
            inside = self._rises(bounds, before, after) & self._up(step, before, after, changes)
        return np.where(inside, self.problem.weights.change * changes, math.inf)

    def _rises(self, bounds: Bounds, before: NDArray[np.intp], after: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Whether a day may follow another: no further up, in all and in its largest dose, than the bounds."""
        was, becomes = self.days.totals[before][:, None] * self.grain_ug, self.days.totals[after] * self.grain_ug
        single, singles = self.days.largest[before][:, None] * self.grain_ug, self.days.largest[after] * self.grain_ug
        return _within(becomes, was + bounds.rise_ug_per_day) & _within(singles, single + bounds.single_rise_ug)

    def _up(self, step: int, before: NDArray[np.intp], after: NDArray[np.intp], changes: Whole) -> NDArray[np.bool_]:
        """Whether a day goes up, or is the same day held, where no fall is wished."""
        up = self.days.totals[after] > self.days.totals[before][:, None]
        lower = self.problem.wishes_ug[step] < self.problem.wishes_ug[step - 1]
        return np.asarray(up | (changes == 0) | lower, dtype=np.bool_)


def _bounded(walk: _Walk, allowed: _Rows) -> tuple[float, tuple[int, ...]] | None:
    """The optimum over all that is allowed, by way of a few days that bound it."""
    pairs = list(zip(walk.steps, allowed, strict=True))
    width, most = _BEAM, max(map(len, allowed))
    found = None
    while found is None:
        found = _best(walk, [np.sort(rows[np.argsort(points[rows], kind="stable")[:width]]) for points, rows in pairs])
        if found is None and width >= most:
            return None
        width *= _WIDER
    over = found[0] * (1 + _SLACK) - sum(float(points[rows].min()) for points, rows in pairs)
    kept = [rows[points[rows] - points[rows].min() <= over] for points, rows in pairs]
    return _best(walk, kept)


def _best(walk: _Walk, rows: _Rows) -> tuple[float, tuple[int, ...]] | None:
    """The least points over these days of each step, and the days; None where none may follow one another."""
    points = walk.first(rows[0]) + walk.steps[0][rows[0]]
    came_from: list[NDArray[np.intp]] = []
    for step in range(1, len(rows)):
        reached = points[:, None] + walk.between(step, rows[step - 1], rows[step])
        best = reached.argmin(axis=0)
        came_from.append(best)
        points = reached[best, np.arange(len(best))] + walk.steps[step][rows[step]]
    place = int(points.argmin())
    if not math.isfinite(points[place]):
        return None
    total, path = float(points[place]), [place]
    for back in reversed(came_from):
        path.append(int(back[path[-1]]))
    return total, tuple(int(rows[step][place]) for step, place in enumerate(reversed(path)))
