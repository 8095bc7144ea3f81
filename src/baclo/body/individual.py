"""One person's values in a model, in epochs that follow the kidneys and dialysis."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

import numpy as np

from baclo.body.course import Floats
from baclo.body.graph import Rates, Saturable
from baclo.body.structure import Covariate, Flow, FlowKind, Model
from baclo.case.case import Case
from baclo.case.kidney import Doubt, KidneyEpoch, kidney_epochs
from baclo.case.patient import DialysisKind
from baclo.errors import EngineError
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Epoch:
    """A stretch from `since_h` in which nothing about the person changes: parameters in the unit of their name."""

    since_h: float
    values: Mapping[str, float]
    renal_replacement: DialysisKind | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Individual:
    """A model with one person's values. `epochs` count from `origin`, the first at 0 h.

    `assumptions` say what stands in for what is not known; `basis` what the values rest on.
    """

    model: Model
    origin: datetime
    epochs: tuple[Epoch, ...]
    assumptions: tuple[Text, ...]
    basis: tuple[str, ...]


def hours(since: datetime, until: datetime) -> float:
    """Real hours from one aware moment to another, whatever the clocks do in between."""
    return (until.astimezone(UTC) - since.astimezone(UTC)).total_seconds() / 3600


def individual(knowledge: Knowledge, model: Model, case: Case, *, since: datetime, until: datetime) -> Individual:
    """The person of `case` in `model` from `since` to `until`.

    An unknown kidney is simulated at its worst, without renal clearance; an unknown weight or age at the model's
    reference; both are said in the assumptions. `EngineError` where a value cannot be.
    """
    kidneys = kidney_epochs(knowledge, case.patient, since, until)
    covariates = {Covariate.AGE: case.patient.age_y, Covariate.WEIGHT: case.patient.weight_kg}
    epochs = tuple(
        Epoch(
            since_h=hours(since, kidney.since),
            values=MappingProxyType(values_of(model, {**covariates, Covariate.CLEARANCE: _clearance(kidney)})),
            renal_replacement=kidney.renal_replacement,
        )
        for kidney in kidneys
    )
    used = {effect.of for effect in model.effects}
    paths = [f"case:patient.{_NAMES[of]}" for of, value in covariates.items() if value is not None and of in used]
    kidney_basis = [name for kidney in kidneys for name in kidney.basis] if Covariate.CLEARANCE in used else []
    parameters = [f"fact:{fact.key}" for fact in model.parameters.values()]
    return Individual(
        model=model,
        origin=since,
        epochs=epochs,
        assumptions=tuple(_assumptions(knowledge, model, covariates, kidneys)),
        basis=tuple(dict.fromkeys([f"model:{model.id}", *parameters, *paths, *kidney_basis])),
    )


def _clearance(kidney: KidneyEpoch) -> float:
    """Creatinine clearance, mL/min; an unknown one counts as none at all."""
    return 0.0 if kidney.clearance_ml_per_min is None else kidney.clearance_ml_per_min


def values_of(model: Model, covariates: Mapping[Covariate, float | None]) -> dict[str, float]:
    """Every parameter, in the unit its name carries, of a person with these covariates; None leaves the reference.

    `EngineError` where a value would be negative or not finite.
    """
    values = model.typical()
    for effect in model.effects:
        covariate = covariates[effect.of]
        if covariate is not None:
            values[effect.parameter] *= effect.factor(covariate)
    for name, value in values.items():
        if not 0 <= value < np.inf:
            raise EngineError(f"{model.id}: {name} would be {value}")
    return values


_NAMES = {Covariate.AGE: "age", Covariate.WEIGHT: "weight"}
_REPLACEMENT = {
    DialysisKind.HAEMODIALYSIS: "haemodialysis",
    DialysisKind.PERITONEAL: "peritoneal dialysis",
    DialysisKind.CVVH: "continuous haemofiltration",
}


def _assumptions(
    knowledge: Knowledge,
    model: Model,
    covariates: Mapping[Covariate, float | None],
    kidneys: tuple[KidneyEpoch, ...],
) -> list[Text]:
    """What stands in for what is not known, each once."""
    facts = knowledge.facts
    said = [text(caution, facts) for caution in model.cautions]
    for effect in model.effects:
        if effect.of is Covariate.CLEARANCE:
            if effect.says is not None and any(effect.acts(_clearance(kidney)) for kidney in kidneys):
                said.append(text(effect.says, facts))
            said += _kidney_assumptions(knowledge, kidneys)
        elif covariates[effect.of] is None:
            reference = Number(
                value=effect.reference.value, unit=effect.reference.unit, basis=(f"fact:{effect.reference.key}",)
            )
            sentence = f"The {_NAMES[effect.of]} is not known: the {{reference}} of the model stands in for it."
            said.append(text(sentence, facts, reference=reference))
    removed = {flow.during for flow in model.flows}
    running = {kidney.renal_replacement for kidney in kidneys}
    for kind, name in _REPLACEMENT.items():
        if kind in running - removed:
            said.append(text(f"What {name} removes is not known: simulated as if it removed nothing.", facts))
    return list(dict.fromkeys(said))


_DOUBTS = {
    Doubt.CARRIED_BACK: "Before the first kidney value nothing is known: that value stands in for the time before it.",
    Doubt.SURFACE: "Creatinine clearance is not taken for all of the time: the eGFR at the body surface stands in.",
    Doubt.SPINAL: "Creatinine clearance is lowered by the screening correction for spinal cord injury.",
    Doubt.OLD: "The kidney value is too old to decide on for some of the time: it is carried on unchanged.",
    Doubt.MUSCLE: "Muscle is low, or nobody said: clearance from creatinine is likely too high, and levels too low.",
    Doubt.LOWER: "Kidney values disagree or are weeks apart: the lower one is simulated.",
}


def _kidney_assumptions(knowledge: Knowledge, kidneys: tuple[KidneyEpoch, ...]) -> list[Text]:
    """What is said of the clearance that drives the course: that it is not known, and each doubt in it."""
    facts = knowledge.facts
    said = []
    if any(kidney.clearance_ml_per_min is None for kidney in kidneys):
        said.append(text("Kidney function is not known: simulated at its worst, without renal clearance.", facts))
    held = {doubt for kidney in kidneys for doubt in kidney.doubts}
    return [*said, *(text(sentence, facts) for doubt, sentence in _DOUBTS.items() if doubt in held)]


def rates(person: Individual, factors: Mapping[str, Floats] | None = None) -> tuple[Rates, ...]:
    """The epochs of `person` as rates of flow, for one or, with `factors` [P] by parameter, for P people."""
    given = factors or {}
    people = max((len(factor) for factor in given.values()), default=1)
    return tuple(epoch_rates(person.model, epoch, given, people) for epoch in person.epochs)


def epoch_rates(model: Model, epoch: Epoch, factors: Mapping[str, Floats], people: int) -> Rates:
    """One epoch as rates of flow of `people` people, whose parameters are multiplied by `factors` [P] by name."""
    one = np.ones(people)
    values = {name: value * factors.get(name, one) for name, value in epoch.values.items()}
    size = len(model.compartments) + 1
    generator_per_h = np.zeros((people, size, size))
    saturable: list[Flow] = []
    for flow in model.flows:
        if flow.during not in (None, epoch.renal_replacement):
            continue
        if flow.kind is FlowKind.SATURABLE:
            saturable.append(flow)
            continue
        rate_per_h = _rate(flow, values)
        generator_per_h[:, flow.origin, flow.origin] -= rate_per_h
        generator_per_h[:, flow.target, flow.origin] += rate_per_h
    plasma, volume = model.plasma
    generator_per_h[:, -1, plasma] = 1 / values[volume]
    return Rates(
        since_h=epoch.since_h,
        generator_per_h=generator_per_h,
        plasma=plasma,
        volume_l=values[volume],
        saturable=_saturable(saturable, values) if saturable else None,
    )


def _rate(flow: Flow, values: Mapping[str, Floats]) -> Floats:
    """The fraction of what is in the compartment that leaves by this flow, /h [P]."""
    first = values[flow.parameters[0]]
    match flow.kind:
        case FlowKind.CLEARANCE:
            return first / values[flow.parameters[1]]
        case FlowKind.TRANSIT:
            return flow.stages / first
        case _:
            return first


def _saturable(flows: list[Flow], values: Mapping[str, Floats]) -> Saturable:
    return Saturable(
        origin=tuple(flow.origin for flow in flows),
        target=tuple(flow.target for flow in flows),
        vmax_ug_per_h=np.stack([values[flow.parameters[0]] for flow in flows], axis=1),
        km_ug=np.stack([values[flow.parameters[1]] * values[flow.parameters[2]] for flow in flows], axis=1),
    )
