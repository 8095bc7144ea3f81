"""What an engine is: it carries amounts over a stretch in which nothing happens, and says how that ended."""

from enum import StrEnum
from typing import Protocol

from baclo.body.course import Floats
from baclo.body.graph import Rates


class Ending(StrEnum):
    """How a stretch ended."""

    REACHED = "the end was reached"
    TOO_SMALL = "the step became too small"
    TOO_MANY = "too many steps were needed"


class Engine(Protocol):
    """One way to carry amounts; `tolerance_fraction` is the relative miss of the mass balance it may have."""

    @property
    def tolerance_fraction(self) -> float:
        """The relative miss of the mass balance that is still rounding."""
        ...

    def carry(
        self, rates: Rates, amounts: Floats, inflow: Floats, times_h: Floats, rows: tuple[int, ...]
    ) -> tuple[Floats, Floats, Ending]:
        """From `amounts` [P, N] at `times_h[0]`, with `inflow` [N] per h, through the rising `times_h` [W + 1].

        Returns the states `rows` at each but the last time, [P, W, R], the whole state at the last, [P, N], and
        how it ended. Where it did not reach the end the arrays mean nothing.
        """
        ...
