"""Unwanted effects that the symptoms of a case may be, with how often labels say they occur."""

import re
from collections.abc import Iterator, Mapping

from baclo.care.finding import Finding, Severity, Status
from baclo.care.quantities import Quantity
from baclo.knowledge.library import Knowledge, Table
from baclo.knowledge.words import text

_NO_WORD = re.compile(r"[^a-z]+")


def adverse_effects(knowledge: Knowledge, known: Mapping[str, Quantity]) -> Iterator[Finding]:
    """A finding, for information, for every effect of the labels that a symptom may be while baclofen is taken.

    The symptoms keep the gravity that rules and triage give them: an effect that is common is no reason to wait.
    """
    told, taking = known["symptoms"], known["taking"]
    if taking.value is not True or not isinstance(told.value, tuple):
        return
    for kind, rows in knowledge.folder("adverse")["adverse"].items():
        for name, row in rows.items():
            here = [symptom for symptom in row["symptoms"] if symptom in told.value]
            if here:
                yield _finding(knowledge, kind, name, row, here)


def _finding(knowledge: Knowledge, kind: str, name: str, row: Table, here: list[str]) -> Finding:
    frequency = f" in between {{{row['label']}}} of people" if "label" in row else f" {_words(kind, name)}"
    title = f"{{symptoms}}: an effect that labels count{frequency}"
    return Finding(
        id=f"adverse.{_NO_WORD.sub('_', name.lower()).strip('_')}",
        severity=Severity.INFO,
        status=Status.PRESENT,
        title=text(title, knowledge.facts, symptoms=" and ".join(here[:2]).capitalize()),
        detail=text(row.get("detail", "An effect of labels; other causes are looked for first."), knowledge.facts),
        action=text(
            "Note when it began and at which dose; what is to be done stands with the symptom.", knowledge.facts
        ),
        needs=(),
        basis=(*row["basis"], "case:patient.symptoms"),
        refuses=(),
        topic="unwanted effects",
    )


def _words(kind: str, name: str) -> str:
    return f"as {name}" if kind == "category" else "as rare"
