"""Where a link of a claim leads: the rule, fact, model, product or table that answers it, which must be there."""

import string
from collections.abc import Iterator, Mapping
from typing import Any

from baclo.knowledge.facts import Fact
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number
from baclo.report.shown import number

COMMAND = "command"
_LEFT_OUT = "..."
_TOLD = ("title", "name", "label", "detail", "meaning", "store", "reason")
# Where each kind of thing stands: its folder, its file where only one counts, and how deep below the folder.
_PLACES: dict[str, tuple[str, str | None, tuple[int, ...]]] = {
    "adverse": ("adverse", None, (2,)),
    "handling": ("handling", None, (2,)),
    "interaction": ("interactions", None, (1,)),
    "model": ("models", None, (0,)),
    "monitor": ("regimens", "monitor", (1,)),
    "product": ("products", None, (1,)),
    "regimen": ("regimens", "adult", (1,)),
    "rule": ("rules", None, (1,)),
    "triage": ("triage", None, (1, 2)),
}


def targets(knowledge: Knowledge) -> dict[str, str]:
    """Everything in the data that a link may lead to, as `kind:name`, with what it says in words.

    A command has no table: `command:NAME` is not here, and is held by the test of the command line.
    """
    found = {f"fact:{key}": _meant(fact) for key, fact in knowledge.facts.items()}
    found |= {f"source:{key}": source.citation for key, source in knowledge.sources.items()}
    for kind, (folder, only, depths) in _PLACES.items():
        files = {stem: table for stem, table in knowledge.folder(folder).items() if only in (None, stem)}
        rows = [row for depth in depths for row in _rows(files, depth)]
        found |= {f"{kind}:{name}": _words(knowledge, row) for name, row in rows}
    return found


def _rows(tables: Mapping[str, Any], depth: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every table with its name so many tables below these; in a list of tables each goes by its `id`."""
    for name, row in tables.items():
        if isinstance(row, Mapping):
            yield from ((name, row),) if depth == 0 else _rows(row, depth - 1)
        elif isinstance(row, list) and depth == 1:
            yield from ((each["id"], each) for each in row if isinstance(each, Mapping) and "id" in each)


def _words(knowledge: Knowledge, row: Mapping[str, Any]) -> str:
    """The first sentence a row says of itself; what only a case could fill in is left out."""
    told = next((row[name] for name in _TOLD if isinstance(row.get(name), str)), "")
    if told.startswith("fact:"):
        return _meant(knowledge.fact(told))
    pieces = []
    for literal, name, spec, _ in string.Formatter().parse(told):
        filled = "" if name is None else _value(knowledge.fact(spec)) if name == "fact" and spec else _LEFT_OUT
        pieces.append(literal + filled)
    return "".join(pieces)


def _meant(fact: Fact) -> str:
    return f"{fact.meaning}: {_value(fact)}"


def _value(fact: Fact) -> str:
    return number(Number(value=fact.value, unit=fact.unit, basis=(f"fact:{fact.key}",)))
