"""What is proved of a model that has been read: names used, compartments reached and left, kinds of effects."""

from collections.abc import Iterator

from baclo.body.structure import EffectKind, Model, unit_of
from baclo.errors import UnitError

OUT = "out_"


def model_problems(model: Model) -> Iterator[str]:
    """Everything wrong with a model whose table had the right shape."""
    yield from _parameter_problems(model)
    yield from _graph_problems(model)
    yield from _effect_problems(model)
    yield from _variability_problems(model)


def _used(model: Model) -> set[str]:
    """Every parameter that something needs."""
    inputs = {name for entry in model.inputs.values() for name in (entry.fraction, entry.lag) if name is not None}
    flows = {name for flow in model.flows for name in flow.parameters}
    return inputs | flows | {model.plasma[1]}


def _parameter_problems(model: Model) -> Iterator[str]:
    used, known = _used(model), set(model.parameters)
    if missing := used - known:
        yield f"parameters missing: {sorted(missing)}"
    if idle := known - used:
        yield f"parameters that nothing uses: {sorted(idle)}"
    for name, fact in model.parameters.items():
        try:
            fact.number_in(unit_of(name))
        except (KeyError, UnitError, ValueError) as error:
            yield f"parameter {name}: {error}"


def _graph_problems(model: Model) -> Iterator[str]:
    reached = {entry.into for entry in model.inputs.values()} | ({model.vomit} if model.vomit is not None else set())
    while more := {flow.target for flow in model.flows if flow.origin in reached} - reached:
        reached |= more
    left = {flow.origin for flow in model.flows}
    for index, name in enumerate(model.compartments):
        if index not in reached:
            yield f"nothing reaches compartment {name}"
        if (index in left) == name.startswith(OUT):
            yield f"compartment {name}: something leaves it exactly when its name does not begin with {OUT}"
    for name, entry in [*model.absorptions.items(), *model.routes.items()]:
        if entry not in model.inputs:
            yield f"{name} enters by {entry}, which is not an input"


def _effect_problems(model: Model) -> Iterator[str]:
    for effect in model.effects:
        if effect.parameter not in model.parameters:
            yield f"an effect on {effect.parameter}, which is not a parameter"
        if (effect.size is None) != (effect.kind is EffectKind.RATIO):
            yield f"the effect of {effect.of} on {effect.parameter}: every kind but a ratio has a size"


def _variability_problems(model: Model) -> Iterator[str]:
    names = [variability.name for variability in model.variability]
    timed = {name for entry in model.inputs.values() for name in (entry.fraction, entry.lag)}
    varied = [parameter for variability in model.variability for parameter in variability.on]
    for parameter in varied:
        if parameter not in model.parameters:
            yield f"{parameter} varies, but is not a parameter"
        if parameter in timed or varied.count(parameter) > 1:
            yield f"{parameter} varies twice, or is a lag or fraction, which is the same for everyone"
    for correlation in model.correlations:
        if unknown := set(correlation.between) - set(names):
            yield f"a correlation with {sorted(unknown)}, which is no variability"
