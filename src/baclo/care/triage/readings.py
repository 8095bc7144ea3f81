"""What the measurements lately made ask for: the worst of each counts, so that a better one takes nothing back."""

from collections.abc import Iterator, Mapping
from typing import Any

from baclo.care.measured import beyond
from baclo.care.triage.cause import Cause, CauseKind
from baclo.care.triage.level import Level
from baclo.case.timeline import Observation
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, text


def reading_causes(
    knowledge: Knowledge, observations: tuple[Observation, ...], *, child: bool
) -> Iterator[tuple[str | None, Cause]]:
    """What each measurement beyond a threshold asks for, with the symptom it amounts to, if any.

    A threshold of adults is not held to a child: that a person judges it is asked for instead.
    """
    table = knowledge.folder("triage")["triage"]
    for seen in observations:
        rows = [row for row in table["threshold"] if row["observation"] == seen.kind and beyond(knowledge, row, seen)]
        causes = [_judged(knowledge, table, row, seen, child=child) for row in rows]
        yield from sorted(causes, key=lambda found: found[1].level.place)[:1]


def _judged(
    knowledge: Knowledge, table: Mapping[str, Any], row: Mapping[str, Any], seen: Observation, *, child: bool
) -> tuple[str | None, Cause]:
    if child and row.get("adults_only", False):
        return None, _of_child(knowledge, table["unread"], seen)
    return row.get("is"), _cause(knowledge, table, row, seen)


def shown(seen: Observation) -> Number:
    """The measured value, as a piece of a sentence."""
    return Number(value=seen.value, unit=seen.unit, basis=("case:observation",))


def _cause(knowledge: Knowledge, table: Mapping[str, Any], row: Mapping[str, Any], seen: Observation) -> Cause:
    symptom = table["symptoms"].get(row.get("is"))
    return Cause(
        kind=CauseKind.MEASUREMENT,
        id=seen.kind,
        level=Level(row.get("level") or symptom["level"]),
        title=text("{kind} {value}", knowledge.facts, kind=seen.kind.capitalize(), value=shown(seen)),
        reason=text(row.get("reason") or symptom["reason"], knowledge.facts),
        said=(),
        sure=True,
        basis=("case:observation", *row["basis"]),
    )


def _of_child(knowledge: Knowledge, unread: Mapping[str, Any], seen: Observation) -> Cause:
    kind = seen.kind.capitalize()
    return Cause(
        kind=CauseKind.MEASUREMENT,
        id=seen.kind,
        level=Level(unread["level"]),
        title=text(unread["child_title"], knowledge.facts, kind=kind, value=shown(seen)),
        reason=text(unread["child_reason"], knowledge.facts),
        said=(),
        sure=True,
        basis=("case:observation", *unread["basis"]),
    )
