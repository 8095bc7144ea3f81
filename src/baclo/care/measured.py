"""What was measured lately, and which symptoms that amounts to by the thresholds of triage."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from baclo.care.comparisons import COMPARISONS
from baclo.care.grown import is_child
from baclo.case.case import Case
from baclo.case.timeline import Observation
from baclo.knowledge.library import Knowledge


def recent(knowledge: Knowledge, case: Case) -> tuple[Observation, ...]:
    """The observations that still count as now; one that claims to be later than now counts."""
    since = case.now - timedelta(hours=knowledge.number("triage.look_back", "h"))
    return tuple(seen for seen in case.timeline.observations if since <= seen.at)


def beyond(knowledge: Knowledge, row: Mapping[str, Any], seen: Observation) -> bool:
    """Whether a value is beyond the threshold of a row; what cannot be compared is, wherever inside is asked for."""
    word = next(word for word in COMPARISONS if word in row)
    return COMPARISONS[word](seen.value, (knowledge.number(row[word], seen.unit),))


def measured_symptoms(knowledge: Knowledge, case: Case) -> Iterator[str]:
    """The words of the symptoms that observations lately made show; thresholds of adults are not held to children."""
    child = is_child(knowledge, case)
    for seen in recent(knowledge, case):
        for row in knowledge.folder("triage")["triage"]["threshold"]:
            held = row["observation"] == seen.kind and not (child and row.get("adults_only", False))
            if held and "is" in row and beyond(knowledge, row, seen):
                yield row["is"]
