"""Reads a model from its table: shape first, then the values, then the proof; every problem at once."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from baclo.body.graph_proof import model_problems
from baclo.body.structure import (
    Correlation,
    Covariate,
    Effect,
    EffectKind,
    Flow,
    FlowKind,
    Input,
    Model,
    Range,
    Residual,
    Revision,
    Variability,
)
from baclo.body.table_shape import shape_problems
from baclo.case.patient import DialysisKind
from baclo.errors import KnowledgeError, UnknownKey
from baclo.knowledge.facts import Fact
from baclo.knowledge.library import Knowledge

Table = Mapping[str, Any]


def model_ids(knowledge: Knowledge) -> tuple[str, ...]:
    """Every packaged model by name, sorted."""
    return tuple(sorted(knowledge.folder("models")))


def read_model(knowledge: Knowledge, name: str) -> Model:
    """The packaged model `name`. `UnknownKey` where there is none; `KnowledgeError` with all that is wrong with it."""
    if name not in knowledge.folder("models"):
        raise UnknownKey(f"no model is called {name!r}; known: {', '.join(model_ids(knowledge))}")
    return model_of(knowledge, name, knowledge.folder("models")[name])


def model_of(knowledge: Knowledge, name: str, table: Table) -> Model:
    """The model that `table` describes; `KnowledgeError` with all that is wrong with it."""
    _raise(name, shape_problems(table))
    compartments, flows = _written_out(knowledge, table)
    _raise(name, _name_problems(table, compartments, flows))
    model = _model(knowledge, name, table, compartments, flows)
    _raise(name, model_problems(model))
    return model


def _raise(name: str, problems: Iterable[str]) -> None:
    if found := [f"model {name}: {problem}" for problem in problems]:
        raise KnowledgeError("\n".join(found))


def _written_out(knowledge: Knowledge, table: Table) -> tuple[list[str], list[dict[str, Any]]]:
    """Compartments and flows with every transit (Erlang) shorthand written out as its chain of equal stages."""
    compartments, flows = list(table["compartments"]), []
    for row in table["flows"]:
        if "transit" not in row:
            flows.append({**row})
            continue
        stages = round(knowledge.number(row["stages"], "1"))
        chain = [row["from"], *(f"{row['from']}_stage_{k}" for k in range(1, stages)), row["to"]]
        compartments += chain[1:-1]
        flows += [{**row, "from": a, "to": b, "stages": stages} for a, b in pairwise(chain)]
    return compartments, flows


def _name_problems(table: Table, compartments: list[str], flows: list[dict[str, Any]]) -> Iterator[str]:
    """Names of compartments that are not there, and words outside the vocabularies."""
    named = {row[end] for row in flows for end in ("from", "to")} | {table["plasma"]["compartment"]}
    for row in table["inputs"].values():
        named |= {row["into"], *row.get("gut", ())}
    if "vomit" in table:
        named.add(table["vomit"])
    if unknown := named - set(compartments):
        yield f"unknown compartments {sorted(unknown)}"
    if len(set(compartments)) < len(compartments):
        yield "a compartment is named twice"
    for row in table.get("effects", ()):
        if row["kind"] not in set(EffectKind) or row["of"] not in set(Covariate):
            yield f"effect {row['kind']!r} of {row['of']!r}: not in the vocabulary"
    for row in table.get("validity", ()):
        if row["of"] not in RANGES:
            yield f"validity of {row['of']!r}: not one of {sorted(RANGES)}"
    if during := {row["during"] for row in flows if "during" in row} - set(DialysisKind):
        yield f"unknown treatments {sorted(during)}"


RANGES = {"age_y": "a", "weight_kg": "kg", "dose_ug_per_day": "ug/d"}


def _model(
    knowledge: Knowledge, name: str, table: Table, compartments: list[str], flows: list[dict[str, Any]]
) -> Model:
    place = {compartment: index for index, compartment in enumerate(compartments)}
    return Model(
        id=name,
        title=table["title"],
        publication=tuple(table["publication"]),
        population=table["population"],
        structure=table["structure"],
        compartments=tuple(compartments),
        flows=tuple(_flow(row, place) for row in flows),
        inputs=MappingProxyType({key: _input(row, place) for key, row in table["inputs"].items()}),
        absorptions=MappingProxyType(dict(table["absorptions"])),
        routes=MappingProxyType(dict(table.get("routes", {}))),
        vomit=place[table["vomit"]] if "vomit" in table else None,
        plasma=(place[table["plasma"]["compartment"]], table["plasma"]["volume"]),
        csf_ratio=knowledge.fact(table["csf_ratio"]),
        parameters=MappingProxyType({key: knowledge.fact(value) for key, value in table["parameters"].items()}),
        effects=tuple(_effect(knowledge, row) for row in table.get("effects", ())),
        variability=tuple(_variability(knowledge, row) for row in table.get("variability", ())),
        correlations=tuple(_correlation(knowledge, row) for row in table.get("correlations", ())),
        residual=_residual(knowledge, table.get("residual", {})),
        validity=tuple(_range(knowledge, row) for row in table.get("validity", ())),
        no_dialysis=table.get("no_dialysis"),
        cautions=tuple(table.get("cautions", ())),
        revisions=tuple(Revision(on=str(row["on"]), what=row["what"]) for row in table["revisions"]),
        lacked=tuple(table.get("lacked", ())),
    )


_FLOW_PARAMETERS = {
    FlowKind.CONSTANT: ("constant",),
    FlowKind.CLEARANCE: ("clearance", "volume"),
    FlowKind.TRANSIT: ("transit",),
    FlowKind.SATURABLE: ("vmax", "km", "volume"),
}


def _flow(row: Table, place: Mapping[str, int]) -> Flow:
    kind = next(kind for kind, keys in _FLOW_PARAMETERS.items() if keys[0] in row)
    return Flow(
        origin=place[row["from"]],
        target=place[row["to"]],
        kind=kind,
        parameters=tuple(row[key] for key in _FLOW_PARAMETERS[kind]),
        stages=row.get("stages", 1),
        during=DialysisKind(row["during"]) if "during" in row else None,
    )


def _input(row: Table, place: Mapping[str, int]) -> Input:
    """Stages of a transit chain that starts in the gut are gut too."""
    gut = tuple(place[name] for name in row.get("gut", ()))
    stages = tuple(i for n, i in place.items() if any(n.startswith(f"{g}_stage_") for g in row.get("gut", ())))
    return Input(into=place[row["into"]], fraction=row.get("fraction"), lag=row.get("lag"), gut=gut + stages)


def _fact(knowledge: Knowledge, row: Table, key: str) -> Fact | None:
    return knowledge.fact(row[key]) if key in row else None


def _effect(knowledge: Knowledge, row: Table) -> Effect:
    return Effect(
        parameter=row["parameter"],
        kind=EffectKind(row["kind"]),
        of=Covariate(row["of"]),
        reference=knowledge.fact(row["reference"]),
        size=_fact(knowledge, row, "size"),
        at_most=_fact(knowledge, row, "at_most"),
        below=_fact(knowledge, row, "below"),
        says=row.get("says"),
    )


def _variability(knowledge: Knowledge, row: Table) -> Variability:
    return Variability(name=row["name"], on=tuple(row["on"]), cv=knowledge.fact(row["cv"]))


def _correlation(knowledge: Knowledge, row: Table) -> Correlation:
    first, second = row["between"]
    return Correlation(between=(first, second), value=knowledge.fact(row["value"]))


def _residual(knowledge: Knowledge, row: Table) -> Residual:
    return Residual(proportional=_fact(knowledge, row, "proportional"), additive=_fact(knowledge, row, "additive"))


def _range(knowledge: Knowledge, row: Table) -> Range:
    return Range(
        of=row["of"],
        low=_fact(knowledge, row, "low"),
        high=_fact(knowledge, row, "high"),
        hard=row["hard"],
        says=row["says"],
    )
