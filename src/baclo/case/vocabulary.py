"""Looks words up: conditions, symptoms, observations, muscles, products, models, findings. Asks, never guesses."""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from baclo.case.entered import as_entered
from baclo.errors import Problem
from baclo.knowledge.library import Knowledge

_MOST_NEAR = 3


def read_word(vocabulary: Mapping[str, Any], raw: object, what: str) -> str | Problem:
    """The word of `vocabulary` that `raw` is, or is a synonym of, whatever the case of its letters."""
    if not isinstance(raw, str):
        return Problem(path="", message=f"is no {what}", value=as_entered(raw), allowed=f"a {what} in quotes")
    spellings = {name: word for word, row in vocabulary.items() for name in (word, *row.get("synonyms", ()))}
    known = {name.casefold(): word for name, word in spellings.items()}
    word = known.get(" ".join(raw.split()).casefold())
    if word is not None:
        return word
    close = near(raw, spellings)
    allowed = f"did you mean {' or '.join(close)}?" if close else ", ".join(sorted(vocabulary))
    return Problem(path="", message=f"unknown {what}", value=as_entered(raw), allowed=allowed)


def near(raw: str, names: Iterable[str]) -> tuple[str, ...]:
    """The few of `names` that look most like `raw` whatever the case of its letters, each quoted."""
    folded = {name.casefold(): name for name in names}
    found = difflib.get_close_matches(raw.casefold(), folded, n=_MOST_NEAR)
    return tuple(f'"{folded[name]}"' for name in found)


def products(knowledge: Knowledge) -> dict[str, Any]:
    """Every product of every file, by its id."""
    return {key: {} for table in knowledge.tables.get("products", {}).values() for key in table}


def models(knowledge: Knowledge) -> dict[str, Any]:
    """Every model, by its id."""
    return {key: {} for key in knowledge.tables.get("models", {})}


def symptoms(knowledge: Knowledge) -> dict[str, Any]:
    """Every symptom that triage knows, with its synonyms."""
    tables = knowledge.tables.get("triage", {}).values()
    return {word: row for table in tables for word, row in table.get("symptoms", {}).items()}


def findings(knowledge: Knowledge) -> dict[str, Any]:
    """Every finding that a rule or an interaction can give, by its id."""
    rules = [key for table in knowledge.tables.get("rules", {}).values() for key in table]
    interactions = knowledge.tables.get("interactions", {}).get("interactions", {})
    return {key: {} for key in (*rules, *(f"interaction.{key}" for key in interactions))}


def sites(knowledge: Knowledge) -> dict[str, Any]:
    """Every muscle group, alone and with its side before it."""
    groups = words(knowledge, "sites")
    return {
        f"{side}{group}": {**row, "synonyms": [f"{side}{spelled}" for spelled in row["synonyms"]]}
        for side in ("", "left ", "right ")
        for group, row in groups.items()
    }


def words(knowledge: Knowledge, name: str) -> Mapping[str, Any]:
    """One table of the vocabulary."""
    return knowledge.folder("vocabulary")[name]
