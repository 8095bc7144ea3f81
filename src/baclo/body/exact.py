"""The exact engine: matrix exponentials of linear graphs, one for each distinct interval, kept and reused.

What a stretch does to a state is one table of matrices, a row for each watched time; stretches of the same shape, such
as those between clock doses, share it. Within a table equal steps are taken by powers, doubled until there are enough.
The people of a batch are the leading axis of every array.
"""

from dataclasses import dataclass, field

import numpy as np

from baclo.body.course import Floats
from baclo.body.engine import Ending
from baclo.body.exponential import exponential
from baclo.body.graph import Rates

_SAME_TIME_DECIMALS = 11  # of an hour: differences of moments that are equal but for rounding
_LENGTH_DIGITS = 11
_LONGEST_TABLE = 512

_Flow = tuple[float, bytes]  # the epoch's start, the inflow
_Shape = tuple[_Flow, tuple[int, ...], bytes, str]


@dataclass(frozen=True, slots=True)
class Exact:
    """One run's engine; it keeps what it computed, so make one for each run."""

    _steps: dict[tuple[_Flow, str], Floats] = field(default_factory=dict)
    _tables: dict[_Shape, tuple[Floats, Floats]] = field(default_factory=dict)

    @property
    def tolerance_fraction(self) -> float:
        """Rounding only."""
        return 1e-9

    def carry(
        self, rates: Rates, amounts: Floats, inflow: Floats, times_h: Floats, rows: tuple[int, ...]
    ) -> tuple[Floats, Floats, Ending]:
        """See `Engine`; exact but for rounding. A constant 1 is appended to the state to carry the inflow."""
        people, watched = rates.people, len(times_h) - 1
        state = np.concatenate((amounts, np.ones((people, 1))), axis=1)
        found = np.empty((people, watched, len(rows)))
        for first in range(0, watched, _LONGEST_TABLE):
            piece_h = times_h[first : first + _LONGEST_TABLE + 1]
            table, through = self._stretch(rates, inflow, piece_h, rows)
            count = len(piece_h) - 1
            seen = table.reshape(people, count * len(rows), rates.states + 1) @ state[:, :, None]
            found[:, first : first + count] = seen.reshape(people, count, len(rows))
            state = (through @ state[:, :, None])[:, :, 0]
        return found, state[:, :-1], Ending.REACHED

    def _stretch(self, rates: Rates, inflow: Floats, times_h: Floats, rows: tuple[int, ...]) -> tuple[Floats, Floats]:
        """What carries a state to `rows` at each but the last time, [P, W, R, N + 1], and to the last time."""
        flow = (rates.since_h, inflow.tobytes())
        elapsed_h = np.round(times_h - times_h[0], _SAME_TIME_DECIMALS)
        shape = (flow, rows, elapsed_h.tobytes(), f"{times_h[-1] - times_h[0]:.{_LENGTH_DIGITS}g}")
        if shape not in self._tables:
            self._tables[shape] = self._written(rates, flow, times_h, rows)
        return self._tables[shape]

    def _written(self, rates: Rates, flow: _Flow, times_h: Floats, rows: tuple[int, ...]) -> tuple[Floats, Floats]:
        """The table of a stretch, run by run of equal steps."""
        through: Floats = np.broadcast_to(np.eye(rates.states + 1), (rates.people, *[rates.states + 1] * 2))
        pieces = [through[:, None, list(rows)]]
        gaps_h = times_h[1:] - times_h[:-1]
        changes = (np.abs(gaps_h[1:] - gaps_h[:-1]) > 10.0**-_SAME_TIME_DECIMALS).nonzero()[0] + 1
        start = 0
        for end in [*changes.tolist(), len(gaps_h)]:
            step = self._step(rates, flow, float(times_h[end] - times_h[start]) / (end - start))
            table = step[:, None, list(rows)]
            while table.shape[1] < end - start:
                further = np.linalg.matrix_power(step, table.shape[1])
                table = np.concatenate((table, table @ further[:, None]), axis=1)
            pieces.append(table[:, : end - start] @ through[:, None])
            through = np.linalg.matrix_power(step, end - start) @ through
            start = end
        return np.concatenate(pieces, axis=1)[:, :-1], through

    def _step(self, rates: Rates, flow: _Flow, length_h: float) -> Floats:
        """The matrix [P, N + 1, N + 1] that carries a state, and the 1 that brings the inflow, over `length_h`."""
        key = (flow, f"{length_h:.{_LENGTH_DIGITS}g}")
        if key not in self._steps:
            wide = np.zeros((rates.people, rates.states + 1, rates.states + 1))
            wide[:, :-1, :-1] = rates.generator_per_h
            wide[:, :-1, -1] = np.frombuffer(flow[1])
            self._steps[key] = exponential(wide * length_h)
        return self._steps[key]
