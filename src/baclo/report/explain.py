"""Where one number comes from: its value, source, place, how it is known, who disagrees, what uses it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from baclo.care.handling import handling
from baclo.errors import UnknownKey
from baclo.knowledge.facts import Fact, How
from baclo.knowledge.library import Knowledge
from baclo.report.encode import Json, fact_to_json
from baclo.report.names import entries
from baclo.report.references import inputs_of
from baclo.report.shown import SEEN, sentence, unit_words

_KINDS = ("rule", "interaction", "model", "product")
_WORDS = {"add": " + ", "subtract": " - ", "multiply": " x ", "divide": " / ", "power": " ^ "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What is known of one key: `kind` of thing, labelled `lines` to read, and the same as `data`."""

    key: str
    kind: str
    lines: tuple[tuple[str, str], ...]
    data: Json

    def __str__(self) -> str:
        width = max(len(label) for label, _ in self.lines)
        return "\n".join([f"{self.kind} {self.key}", *(f"  {label:<{width}}  {said}" for label, said in self.lines)])


def explain(knowledge: Knowledge, key: str, *, on: date) -> Explanation:
    """The fact, source, rule, interaction, model or product called `key`, with or without its kind before a colon.

    `on` is the day that review dates are held against. `UnknownKey` names the nearest keys.
    """
    kind, _, name = key.rpartition(":")
    if kind in ("", "fact") and name in knowledge.facts:
        return _fact(knowledge, knowledge.facts[name], on)
    if kind in ("", "source") and name in knowledge.sources:
        return _source(knowledge, name)
    for one in _KINDS:
        if kind in ("", one) and name in entries(knowledge, one):
            return _entry(knowledge, one, name)
    raise UnknownKey(f"nothing is called {key!r}{_nearest(knowledge, name)}")


def keys(knowledge: Knowledge, kind: str = "") -> tuple[str, ...]:
    """Every key that can be explained, or those of one kind (fact, source, rule, model or product)."""
    named = {"fact": knowledge.facts, "source": knowledge.sources, **{one: entries(knowledge, one) for one in _KINDS}}
    return tuple(key for one, found in named.items() if kind in ("", one) for key in found)


def _nearest(knowledge: Knowledge, name: str) -> str:
    every = tuple(dict.fromkeys(keys(knowledge)))
    near = get_close_matches(name, every, n=5, cutoff=0.5) or [key for key in every if name and name in key][:5]
    return f"; near: {', '.join(near)}" if near else ""


def _fact(knowledge: Knowledge, fact: Fact, on: date) -> Explanation:
    data = fact_to_json(fact) | {
        "kind": "fact",
        "citations": [knowledge.sources[source].citation for source in fact.sources],
        "may_permit": fact.may_permit,
        "formula": fact.formula,
        "inputs": {key: fact_to_json(knowledge.fact(key)) for key in inputs_of(fact)},
        "disputed_by": [fact_to_json(knowledge.fact(key)) for key in fact.disagrees],
        "used_by": list(knowledge.used_by.get(fact.key, ())),
        "note": fact.note,
        "expired": fact.expired(on),
    }
    return Explanation(key=fact.key, kind="fact", lines=tuple(_fact_lines(knowledge, fact, on)), data=data)


def _fact_lines(knowledge: Knowledge, fact: Fact, on: date) -> Iterator[tuple[str, str]]:
    yield "meaning", fact.meaning
    yield "value", exactly(fact)
    if fact.low is not None or fact.high is not None:
        yield "interval", f"{_or_open(fact.low)} to {_or_open(fact.high)}{unit_words(fact.unit)}"
    for source in fact.sources:
        yield "source", _citation(knowledge, source)
    if fact.place:
        yield "place", fact.place
    yield "known", fact.how.value if fact.seen is None else f"{fact.how.value}, {SEEN[fact.seen]}"
    yield "may", _may(fact)
    yield "holds in", ", ".join(fact.regions) or "every region"
    if fact.reason:
        yield "reason", fact.reason
    if fact.formula:
        yield "formula", formula_words(fact.formula)
    for key in inputs_of(fact):
        yield "input", f"{key}: {knowledge.fact(key).meaning}, {exactly(knowledge.fact(key))}"
    for key in fact.disagrees:
        yield "disagrees", f"{key}: {knowledge.fact(key).meaning}, {exactly(knowledge.fact(key))}"
    if fact.note:
        yield "note", fact.note
    yield "used by", ", ".join(knowledge.used_by.get(fact.key, ())) or "nothing"
    late = "; PAST ITS REVIEW DATE" if fact.expired(on) else ""
    yield "reviewed", f"{fact.reviewed.isoformat()}, again by {fact.review_by.isoformat()}{late}"


def exactly(fact: Fact) -> str:
    """A fact's value with its unit, as the data say it: not rounded."""
    return ", ".join(f"{value:.15g}" for value in fact.values) + unit_words(fact.unit, several=fact.value != 1)


def formula_words(formula: Any) -> str:
    """A formula as it would be written, nested parts in brackets."""
    ((operation, operands),) = formula.items()
    return _WORDS[operation].join(
        f"({formula_words(operand)})" if hasattr(operand, "items") else str(operand) for operand in operands
    )


def _or_open(bound: float | None) -> str:
    return "open" if bound is None else f"{bound:.15g}"


def _may(fact: Fact) -> str:
    if fact.may_permit:
        return "permit, warn and simulate"
    if fact.how is How.PROPOSED:
        return "shape a plan whose every step also lies within stated limits"
    return "warn and simulate; never permit"


def _citation(knowledge: Knowledge, key: str) -> str:
    source = knowledge.sources[key]
    return f"{source.citation} {source.url or ''}".strip()


def _source(knowledge: Knowledge, key: str) -> Explanation:
    source = knowledge.sources[key]
    stated = [fact.key for fact in knowledge.facts.values() if key in fact.sources]
    lines = [("citation", source.citation), ("kind", source.kind)]
    lines += [("year", str(source.year))] if source.year is not None else []
    lines += [("address", source.url)] if source.url is not None else []
    lines += [("states", name) for name in stated]
    data: Json = {
        "kind": "source",
        "key": key,
        "citation": source.citation,
        "type": source.kind,
        "year": source.year,
        "url": source.url,
        "facts": stated,
    }
    return Explanation(key=key, kind="source", lines=tuple(lines), data=data)


def _entry(knowledge: Knowledge, kind: str, key: str) -> Explanation:
    table = entries(knowledge, kind)[key]
    return Explanation(
        key=key,
        kind=kind,
        lines=(*_entry_lines(knowledge, table), *(_kept(knowledge, key) if kind == "product" else ())),
        data={"kind": kind, "key": key, "entry": _plain(table)},
    )


def _kept(knowledge: Knowledge, product: str) -> Iterator[tuple[str, str]]:
    """How a product is kept, opened, mixed, split and thrown away."""
    for each in handling(knowledge, [product]):
        yield from ((label, sentence(said, ZoneInfo("UTC"))) for label, said in each.lines)


def _entry_lines(knowledge: Knowledge, value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value of a data table by its path, a fact it names with its value."""
    if hasattr(value, "items"):
        for name, inner in value.items():
            yield from _entry_lines(knowledge, inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield from _entry_lines(knowledge, inner, path)
    else:
        yield path, _entry_value(knowledge, value)


def _entry_value(knowledge: Knowledge, value: Any) -> str:
    words = str(value)
    if words.startswith("fact:"):
        return f"{exactly(knowledge.fact(words))} ({words.removeprefix('fact:')})"
    if words.startswith("source:"):
        return _citation(knowledge, words.removeprefix("source:"))
    return re.sub(r"\{(fact|interval):([^}]+)\}", lambda found: _in_words(knowledge, *found.groups()), words)


def _in_words(knowledge: Knowledge, what: str, key: str) -> str:
    """A fact, or its interval, within a sentence."""
    fact = knowledge.fact(key)
    if what == "interval":
        return f"{_or_open(fact.low)} and {_or_open(fact.high)}{unit_words(fact.unit)}"
    return exactly(fact)


def _plain(value: Any) -> Any:
    if hasattr(value, "items"):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
