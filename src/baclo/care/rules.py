"""Rules as data: read, proved, in a fixed order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from baclo.care.comparisons import COMPARISONS
from baclo.care.conditions import AHEAD, COMBINERS, LISTS
from baclo.care.finding import Change, Severity
from baclo.care.quantities import VOCABULARY
from baclo.errors import KnowledgeError
from baclo.knowledge.facts import Region
from baclo.knowledge.library import Knowledge

_REQUIRED = {"severity", "when", "title", "detail", "action", "unknown", "basis"}
_OPTIONAL = {"regions", "refuses", "refuses_unknown", "may_override", "clinical_rule"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: when it holds, what it says, and which changes of dose it stands against.

    `regions` is empty where it holds everywhere. `unknown` says why the missing answer matters. `topic` is the file
    it stands in. `may_override` is whether somebody may answer for it, with a reason.
    """

    id: str
    topic: str
    severity: Severity
    regions: tuple[Region, ...]
    when: Mapping[str, Any]
    title: str
    detail: str
    action: str
    unknown: str
    basis: tuple[str, ...]
    refuses: tuple[Change, ...]
    refuses_unknown: tuple[Change, ...]
    may_override: bool


@lru_cache(maxsize=2)
def rules(knowledge: Knowledge) -> tuple[Rule, ...]:
    """Every rule in file order, read once for the same knowledge; `KnowledgeError` lists all that is wrong."""
    tables = [(stem, key, row) for stem, table in knowledge.folder("rules").items() for key, row in table.items()]
    problems = [f"rule {key}: {problem}" for _, key, row in tables for problem in _problems(row)]
    if problems:
        raise KnowledgeError("\n".join(problems))
    return tuple(_rule(stem, key, row) for stem, key, row in tables)


def _rule(stem: str, key: str, row: Mapping[str, Any]) -> Rule:
    return Rule(
        id=key,
        topic=stem.replace("_", " "),
        severity=Severity(row["severity"]),
        regions=tuple(Region(region) for region in row.get("regions", [])),
        when=row["when"],
        title=row["title"],
        detail=row["detail"],
        action=row["action"],
        unknown=row["unknown"],
        basis=tuple(row["basis"]),
        refuses=tuple(Change(change) for change in row.get("refuses", [])),
        refuses_unknown=tuple(Change(change) for change in row.get("refuses_unknown", [])),
        may_override=row.get("may_override", False),
    )


def _problems(row: Mapping[str, Any]) -> Iterator[str]:
    if missing := _REQUIRED - set(row):
        yield f"missing keys {sorted(missing)}"
        return
    if unknown := set(row) - _REQUIRED - _OPTIONAL:
        yield f"unknown keys {sorted(unknown)}"
    for words, allowed in (
        ([row["severity"]], set(Severity)),
        (row.get("regions", []), set(Region)),
        ([*row.get("refuses", []), *row.get("refuses_unknown", [])], set(Change)),
    ):
        if strange := set(words) - allowed:
            yield f"unknown words {sorted(strange)}"
    yield from condition_problems(row["when"])


def condition_problems(condition: Mapping[str, Any]) -> Iterator[str]:
    """Words and quantities of a condition that are outside the vocabulary."""
    ((word, operands),) = condition.items()
    if word in COMBINERS:
        for part in [operands] if word == "not" else operands:
            yield from condition_problems(part)
    elif word in COMPARISONS or word == AHEAD:
        if len(operands) != (3 if word == "between" else 2):
            yield f"{word} has {len(operands)} operands"
        elif operands[0] not in VOCABULARY:
            yield f"unknown quantity {operands[0]!r}"
    elif word == "is":
        if operands[0] not in VOCABULARY:
            yield f"unknown quantity {operands[0]!r}"
    elif word not in LISTS:
        yield f"unknown condition {word!r}"
