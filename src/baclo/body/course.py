"""What the drug does over time: amounts, plasma and CSF, with what they rest on."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from baclo.knowledge.words import Text

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Quantiles between people at each time: `low`, `middle`, `high` [T], ng/mL, at the fractions named."""

    quantile_fractions: tuple[float, float, float]
    low_ng_per_ml: Floats
    middle_ng_per_ml: Floats
    high_ng_per_ml: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One person's course. `time_h` [T] counts from `origin`; `amounts_ug` is [T, C] in the model's order.

    `exposure_ng_h_per_ml` [T] is the integral of the plasma concentration since the origin, exact at every time.
    `assumptions` say what was assumed (an unknown kidney is simulated at its worst). `imbalance_fraction` is the
    largest relative miss of the mass balance.
    """

    origin: datetime
    model: str
    compartments: tuple[str, ...]
    time_h: Floats
    amounts_ug: Floats
    plasma_ng_per_ml: Floats
    csf_ng_per_ml: Floats
    exposure_ng_h_per_ml: Floats
    band: Band | None
    imbalance_fraction: float
    assumptions: tuple[Text, ...]
    basis: tuple[str, ...]
