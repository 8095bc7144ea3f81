"""The exact engine: matrix exponentials of linear graphs, one for each distinct interval, kept and reused.

Equal steps are taken by a table of powers that is doubled until it is long enough, so that a regular grid costs a
few products. The people of a batch are the leading axis of every array. Exponential: `scipy.linalg.expm` (scaling
and squaring; Al-Mohy and Higham, SIAM J Matrix Anal Appl 2009;31:970-989).
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.linalg import expm

from baclo.body.course import Floats
from baclo.body.engine import Ending
from baclo.body.graph import Rates

_SAME_INTERVAL_DECIMALS = 11  # of an hour: clock times as differences of moments are equal to this
_LONGEST_TABLE = 512


_Interval = tuple[float, bytes, float]  # the epoch's start, the inflow, the length


@dataclass(frozen=True, slots=True)
class Exact:
    """One run's engine; it keeps what it computed, so make one for each run."""

    _steps: dict[_Interval, Floats] = field(default_factory=dict)
    _powers: dict[tuple[_Interval, int], Floats] = field(default_factory=dict)
    _tables: dict[tuple[_Interval, tuple[int, ...]], Floats] = field(default_factory=dict)

    @property
    def tolerance_fraction(self) -> float:
        """Rounding only."""
        return 1e-9

    def carry(
        self, rates: Rates, amounts: Floats, inflow: Floats, times_h: Floats, rows: tuple[int, ...]
    ) -> tuple[Floats, Floats, Ending]:
        """See `Engine`; exact but for rounding. A constant 1 is appended to the state to carry the inflow."""
        watched = list(rows)
        state = np.concatenate((amounts, np.ones((rates.people, 1))), axis=1)
        found = np.empty((rates.people, len(times_h), len(rows)))
        found[:, 0] = amounts[:, watched]
        gaps_h = np.round(times_h[1:] - times_h[:-1], _SAME_INTERVAL_DECIMALS)
        start = 0
        for end in [*((gaps_h[1:] != gaps_h[:-1]).nonzero()[0] + 1).tolist(), len(gaps_h)]:
            interval = (rates.since_h, inflow.tobytes(), float(gaps_h[start]))
            for first in range(start, end, _LONGEST_TABLE):
                count = min(_LONGEST_TABLE, end - first)
                if count > 1:
                    found[:, first + 1 : first + 1 + count] = self._seen(rates, interval, rows, state, count)
                state = (self._power(rates, interval, count) @ state[:, :, None])[:, :, 0]
                found[:, first + count] = state[:, watched]
            start = end
        return found[:, :-1], state[:, :-1], Ending.REACHED

    def _step(self, rates: Rates, interval: _Interval) -> Floats:
        """The matrix [P, N + 1, N + 1] that carries a state over the interval."""
        if interval not in self._steps:
            _, inflow, length_h = interval
            wide = np.zeros((rates.people, rates.states + 1, rates.states + 1))
            wide[:, :-1, :-1] = rates.generator_per_h
            wide[:, :-1, -1] = np.frombuffer(inflow)
            self._steps[interval] = np.asarray(expm(wide * length_h))
        return self._steps[interval]

    def _power(self, rates: Rates, interval: _Interval, count: int) -> Floats:
        """The matrix that carries a state over `count` such intervals."""
        key = (interval, count)
        if key not in self._powers:
            self._powers[key] = np.linalg.matrix_power(self._step(rates, interval), count)
        return self._powers[key]

    def _seen(self, rates: Rates, interval: _Interval, rows: tuple[int, ...], state: Floats, count: int) -> Floats:
        """What `rows` are after 1, 2, ... `count` intervals, [P, count, R]."""
        key, wide = (interval, rows), rates.states + 1
        table = self._tables.get(key)
        if table is None:
            table = self._step(rates, interval)[:, None, list(rows), :]
        while table.shape[1] < count:
            further = self._power(rates, interval, table.shape[1])
            table = np.concatenate((table, table @ further[:, None]), axis=1)
        self._tables[key] = table
        used = table[:, :count].reshape(rates.people, count * len(rows), wide)
        return np.asarray((used @ state[:, :, None]).reshape(rates.people, count, len(rows)))
