"""What the numbers of one outcome rest on, and only that: facts under their sources, case entries, computations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from baclo.body.course import Course
from baclo.care.handling import handling
from baclo.knowledge.facts import Fact, Source
from baclo.knowledge.formula import named
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Quoted, Text
from baclo.report.emergency import emergency, everywhere
from baclo.report.grounds import products as shown_products
from baclo.report.grounds import taken_rows
from baclo.report.names import product_name
from baclo.run import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One source, its number in the list, and the facts that were used from it."""

    mark: int
    source: Source
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """Everything used: sources in the order of their number, facts no publication states, and the rest by name."""

    cited: tuple[Cited, ...]
    unsourced: tuple[Fact, ...]
    disputes: Mapping[str, tuple[Fact, ...]]
    others: tuple[str, ...]
    marks: Mapping[str, tuple[int, ...]]

    def of(self, basis: tuple[str, ...]) -> tuple[int, ...]:
        """The numbers in the list of the sources that `basis` rests on, in order."""
        return tuple(sorted({mark for name in basis for mark in self.marks.get(name, ())}))


def bases(value: Any) -> Iterator[str]:
    """Every basis named anywhere inside a value of the program."""
    if isinstance(value, Number | Quoted | Text):
        yield from value.basis
    elif is_dataclass(value):
        if isinstance(value, Course):
            yield f"model:{value.model}"
        for field in fields(value):
            inner = getattr(value, field.name)
            if field.name.endswith("basis") or field.name == "limited_by":
                yield from (inner,) if isinstance(inner, str) else inner or ()
            else:
                yield from bases(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from bases(inner)


def used_by(knowledge: Knowledge, outcome: Outcome) -> References:
    """The references of everything a report of `outcome` shows: also of its products and of whom to call."""
    plan = outcome.plan
    schedules = () if plan is None else (plan.steps, *(other.steps for other in plan.others))
    planned = (dose.product for steps in schedules for step in steps for dose in step.doses)
    products = dict.fromkeys((*planned, *shown_products(outcome)))
    named_products = tuple(product_name(knowledge, product) for product in products)
    told = (taken_rows(knowledge, outcome), handling(knowledge, shown_products(outcome)))
    region = outcome.case.region
    elsewhere = () if outcome.triage is None else everywhere(knowledge, region)
    return references(knowledge, outcome, named_products, told, emergency(knowledge, region), elsewhere)


def references(knowledge: Knowledge, *values: Any) -> References:
    """The references of some values: each fact once, derived facts with what they are derived from."""
    names = list(dict.fromkeys(name for value in values for name in bases(value)))
    facts = _with_inputs(knowledge, [name.removeprefix("fact:") for name in names if name.startswith("fact:")])
    named = [source for name in names for source in _sources(knowledge, name)]
    keys = list(dict.fromkeys([*named, *(key for fact in facts for key in fact.sources)]))
    mark = {key: place for place, key in enumerate(keys, start=1)}
    marks = {f"fact:{fact.key}": _rests_on(knowledge, fact, mark) for fact in facts}
    marks |= {name: tuple(mark[key] for key in _sources(knowledge, name)) for name in names if name not in marks}
    return References(
        cited=tuple(
            Cited(mark=mark[key], source=knowledge.sources[key], facts=tuple(f for f in facts if key in f.sources[:1]))
            for key in keys
        ),
        unsourced=tuple(fact for fact in facts if not fact.sources),
        disputes={fact.key: tuple(knowledge.facts[key] for key in fact.disagrees) for fact in facts},
        others=tuple(name for name in names if not name.startswith(("fact:", "source:"))),
        marks=marks,
    )


def _rests_on(knowledge: Knowledge, fact: Fact, mark: Mapping[str, int]) -> tuple[int, ...]:
    family = _with_inputs(knowledge, [fact.key])
    return tuple(dict.fromkeys(mark[key] for member in family for key in member.sources))


def _with_inputs(knowledge: Knowledge, keys: list[str]) -> list[Fact]:
    """The facts of `keys` and, after each derived one, the facts its formula names."""
    found: dict[str, Fact] = {}
    waiting = list(reversed(keys))
    while waiting:
        fact = knowledge.fact(waiting.pop())
        if fact.key not in found:
            found[fact.key] = fact
            waiting += reversed(inputs_of(fact))
    return list(found.values())


def inputs_of(fact: Fact) -> list[str]:
    """The keys of the facts that a derived fact's formula names."""
    return [] if fact.formula is None else list(dict.fromkeys(named(fact.formula)))


def _sources(knowledge: Knowledge, name: str) -> list[str]:
    """The sources a basis names itself, or through its data table (a model's publication)."""
    kind, _, key = name.partition(":")
    if kind == "source":
        return [key]
    table = knowledge.tables.get(f"{kind}s", {}).get(key, {})
    return list(dict.fromkeys(_source_names(table)))


def _source_names(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _source_names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _source_names(inner)
    elif isinstance(value, str) and value.startswith("source:"):
        yield value.removeprefix("source:")
