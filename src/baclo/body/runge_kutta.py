"""The adaptive engine: Dormand-Prince steps, for saturable graphs and as the referee of the exact engine."""

from dataclasses import dataclass

import numpy as np

from baclo.body import kernels
from baclo.body.course import Floats
from baclo.body.engine import Ending
from baclo.body.graph import Rates, Saturable

_ENDINGS = {kernels.REACHED: Ending.REACHED, kernels.TOO_SMALL: Ending.TOO_SMALL, kernels.TOO_MANY: Ending.TOO_MANY}


@dataclass(frozen=True, slots=True, kw_only=True)
class RungeKutta:
    """Error control per step: `relative` of a state, but no finer than `absolute_ug`; `most_steps` a stretch."""

    relative: float = 1e-10
    absolute_ug: float = 1e-8
    most_steps: int = 1_000_000

    @property
    def tolerance_fraction(self) -> float:
        """Runge-Kutta steps keep sums of states, so this too is rounding."""
        return 1e-9

    def carry(
        self, rates: Rates, amounts: Floats, inflow: Floats, times_h: Floats, rows: tuple[int, ...]
    ) -> tuple[Floats, Floats, Ending]:
        """See `Engine`; steps end at every time that is watched."""
        found = np.empty((rates.people, len(times_h) - 1, len(rows)))
        after = amounts.copy()
        seen = np.empty((len(times_h), rates.states))
        saturable = rates.saturable or _nothing_saturable(rates.people)
        for person in range(rates.people):
            ended = kernels.march(
                after[person],
                rates.generator_per_h[person],
                inflow,
                np.array(saturable.origin, dtype=np.int64),
                np.array(saturable.target, dtype=np.int64),
                saturable.vmax_ug_per_h[person],
                saturable.km_ug[person],
                float(times_h[0]),
                times_h,
                self.relative,
                self.absolute_ug,
                self.most_steps,
                seen,
            )
            if ended != kernels.REACHED:
                return found, after, _ENDINGS[ended]
            found[person] = seen[:-1, list(rows)]
        return found, after, Ending.REACHED


def _nothing_saturable(people: int) -> Saturable:
    """No saturable flow, in the shapes that the kernel takes."""
    none = np.zeros((people, 0))
    return Saturable(origin=(), target=(), vmax_ug_per_h=none, km_ug=none)
