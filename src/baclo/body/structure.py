"""A published model as a value: its graph, its numbers, whom it may speak for, and what its paper lacked."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from baclo.case.patient import DialysisKind
from baclo.knowledge.facts import Fact


class FlowKind(StrEnum):
    """How much flows, from an amount A in a compartment of volume V.

    `CONSTANT` k A; `CLEARANCE` CL A / V; `TRANSIT` n A / MTT, one of n equal stages; `SATURABLE`
    vmax A / (km V + A).
    """

    CONSTANT = "constant"
    CLEARANCE = "clearance"
    TRANSIT = "transit"
    SATURABLE = "saturable"


class EffectKind(StrEnum):
    """By what a covariate x with reference r multiplies a parameter.

    `POWER` (x/r)^e; `LINEAR` 1 + s (x/r - 1); `EXPONENTIAL` exp(s (x/r - 1)); `RATIO` x/r.
    """

    POWER = "power"
    LINEAR = "linear"
    EXPONENTIAL = "exponential"
    RATIO = "ratio"


class Covariate(StrEnum):
    """What a parameter may depend on, by the name that carries its unit."""

    AGE = "age_y"
    WEIGHT = "weight_kg"
    CLEARANCE = "clearance_ml_per_min"

    @property
    def unit(self) -> str:
        """The unit (UCUM) that the name carries."""
        return {Covariate.AGE: "a", Covariate.WEIGHT: "kg", Covariate.CLEARANCE: "mL/min"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """From compartment `origin` to `target`; `parameters` by kind, in the order `FlowKind` names them (V last).

    `stages` is set for one stage of a transit chain. `during` limits the flow to when that treatment runs.
    """

    origin: int
    target: int
    kind: FlowKind
    parameters: tuple[str, ...]
    stages: int
    during: DialysisKind | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """Where a dose enters: `fraction` and `lag` are names of parameters, or None for all of it and at once.

    `gut` are the compartments that vomiting empties.
    """

    into: int
    fraction: str | None
    lag: str | None
    gut: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A covariate's effect on one parameter. `size` is the exponent or slope, where the kind has one.

    The covariate counts no further than `at_most`; the effect acts only `below` that value. `says` tells a
    clinician so where the effect is an assumption.
    """

    parameter: str
    kind: EffectKind
    of: Covariate
    reference: Fact
    size: Fact | None
    at_most: Fact | None
    below: Fact | None
    says: str | None

    def factor(self, value: float) -> float:
        """By what a covariate of `value`, in the unit its name carries, multiplies the parameter."""
        if not self.acts(value):
            return 1.0
        counted = value if self.at_most is None else min(value, self.at_most.number_in(self.of.unit))
        ratio = counted / self.reference.number_in(self.of.unit)
        size = 1.0 if self.size is None else self.size.number_in("1")
        match self.kind:
            case EffectKind.POWER | EffectKind.RATIO:
                return float(ratio**size)
            case EffectKind.LINEAR:
                return 1.0 + size * (ratio - 1.0)
            case _:
                return math.exp(size * (ratio - 1.0))

    def acts(self, value: float) -> bool:
        """Whether the effect says anything at a covariate of `value`."""
        return self.below is None or value < self.below.number_in(self.of.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variability:
    """Log-normal variability between people, shared by the parameters `on`."""

    name: str
    on: tuple[str, ...]
    cv: Fact

    @property
    def omega(self) -> float:
        """The standard deviation of the logarithm that has this coefficient of variation."""
        return math.sqrt(math.log1p(self.cv.number_in("1") ** 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation:
    """The correlation of two variabilities on the log scale, by their names."""

    between: tuple[str, str]
    value: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Whom the model may speak for: `of` is an age, a weight or a daily dose; `low` counts, `high` does not.

    Outside a `hard` range it does not speak; outside a soft one it does, and `says` goes with it.
    """

    of: str
    low: Fact | None
    high: Fact | None
    hard: bool
    says: str

    def holds(self, value: float | None, unit: str) -> bool:
        """Whether `value` in `unit` is inside; what is not known is not."""
        if value is None:
            return False
        above = self.low is None or value >= self.low.number_in(unit)
        return above and (self.high is None or value < self.high.number_in(unit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Residual:
    """The error of a measured level around the curve: a fraction of it, and an amount; None is not reported."""

    proportional: Fact | None
    additive: Fact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A change of the model file and its reason."""

    on: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A published (or put together) model; see the fields' own types.

    `plasma` is (compartment, name of the parameter that is its volume). `absorptions` names the input of each
    kind of product; `routes` of each other route. `cautions` are sentences that always go with its curves,
    `lacked` what the paper did not give.
    """

    id: str
    title: str
    publication: tuple[str, ...]
    population: str
    structure: str
    compartments: tuple[str, ...]
    flows: tuple[Flow, ...]
    inputs: Mapping[str, Input]
    absorptions: Mapping[str, str]
    routes: Mapping[str, str]
    vomit: int | None
    plasma: tuple[int, str]
    csf_ratio: Fact
    parameters: Mapping[str, Fact]
    effects: tuple[Effect, ...]
    variability: tuple[Variability, ...]
    correlations: tuple[Correlation, ...]
    residual: Residual
    validity: tuple[Range, ...]
    no_dialysis: str | None
    cautions: tuple[str, ...]
    revisions: tuple[Revision, ...]
    lacked: tuple[str, ...]

    def typical(self) -> dict[str, float]:
        """Every parameter of the reference person, in the unit that its name carries."""
        return {name: fact.number_in(unit_of(name)) for name, fact in self.parameters.items()}


_UNITS = (
    ("_l_per_h", "L/h"),
    ("_ug_per_h", "ug/h"),
    ("_ng_per_ml", "ng/mL"),
    ("_per_h", "/h"),
    ("_fraction", "1"),
    ("_l", "L"),
    ("_h", "h"),
)


def unit_of(parameter: str) -> str:
    """The unit (UCUM) that a parameter's name ends in; `KeyError` where it ends in none."""
    for ending, unit in _UNITS:
        if parameter.endswith(ending):
            return unit
    raise KeyError(parameter)
