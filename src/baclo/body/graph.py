"""Rates of flow between compartments, for a batch of people, while nothing about them changes."""

import math
from dataclasses import dataclass

import numpy as np

from baclo.body.course import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Saturable:
    """Michaelis-Menten flows: `origin` and `target` [S] are states, `vmax_ug_per_h` and `km_ug` are [P, S].

    `km_ug` is the half-saturating amount: the concentration times the volume.
    """

    origin: tuple[int, ...]
    target: tuple[int, ...]
    vmax_ug_per_h: Floats
    km_ug: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How P people are from `since_h` on, until the next `Rates`.

    `generator_per_h` [P, N, N] gives the rate of change of N states from the states: N - 1 compartments in the
    model's order, then the exposure (the integral of the plasma concentration, ng h/mL). The column of a
    compartment adds up to nothing over the compartments: what leaves one enters another. `volume_l` [P] turns
    the amount in compartment `plasma` into its concentration.
    """

    since_h: float
    generator_per_h: Floats
    plasma: int
    volume_l: Floats
    saturable: Saturable | None

    @property
    def people(self) -> int:
        """How many people are in the batch."""
        return int(self.generator_per_h.shape[0])

    @property
    def states(self) -> int:
        """How many states there are: the compartments and the exposure."""
        return int(self.generator_per_h.shape[1])

    @property
    def draining(self) -> tuple[int, ...]:
        """The plasma and the compartments that something leaves for someone; the rest only gather."""
        leaves = set(np.flatnonzero((np.diagonal(self.generator_per_h, axis1=1, axis2=2) < 0).any(axis=0)).tolist())
        return tuple(sorted(leaves | {self.plasma} | set(self.saturable.origin if self.saturable else ())))


def slowest_per_h(rates: Rates) -> float:
    """The slowest rate of decline of anyone's linear graph, /h: 0 where something never leaves.

    It is the smallest magnitude among the real parts of the eigenvalues of the draining compartments.
    """
    rows = list(rates.draining)
    block = rates.generator_per_h[:, rows][:, :, rows]
    slowest = -np.max(np.linalg.eigvals(block).real)
    return max(float(slowest), 0.0)


def half_life_h(rates: Rates) -> float:
    """The terminal half-life of the slowest of a linear graph's people, h; infinite where something never leaves."""
    slowest = slowest_per_h(rates)
    return math.log(2) / slowest if slowest > 0 else math.inf
