"""Bounds that ask to be inside: absolute around usual around a start, on a step."""

import math
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Where a value stands; what cannot be compared (NaN) is outside."""

    USUAL = "usual"
    UNUSUAL = "unusual"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Absolute bounds around usual bounds, on multiples of `step`; every number in `unit`.

    `basis` names what each bound rests on.
    """

    unit: str
    low: float
    high: float
    usual_low: float
    usual_high: float
    step: float
    basis: tuple[str, ...]

    def classify(self, value: float) -> Standing:
        """Usual, unusual or outside, asked from inside so that NaN is outside."""
        if self.usual_low <= value <= self.usual_high and self.low <= value <= self.high:
            return Standing.USUAL
        if self.low <= value <= self.high:
            return Standing.UNUSUAL
        return Standing.OUTSIDE

    def settle(self, value: float) -> float | None:
        """The largest multiple of `step` inside the bounds that is not above `value`; None where there is none.

        NaN and infinities settle on nothing. A multiple that only rounding lifts above `value` or `high` is that bound.
        """
        clamped = min(value, self.high)
        steps = clamped / self.step * (1 + 1e-12) if self.step > 0 else math.nan
        if not (math.isfinite(value) and math.isfinite(steps)):
            return None
        settled = min(math.floor(steps) * self.step, clamped)
        if not self.low <= settled <= self.high:
            return None
        return settled
