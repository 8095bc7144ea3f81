"""What each other medicine does together with baclofen: a finding for every row of the table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from baclo.care.conditions import Truth, holds
from baclo.care.filled import basis_of, filled, missing, named, status_of
from baclo.care.finding import Finding, Severity, Status
from baclo.care.medicines import Recognised, read_medicines
from baclo.care.quantities import Quantity
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge, Table
from baclo.knowledge.words import Quoted, Text

PREFIX = "interaction."
_SEVERITIES = {
    "none": Severity.INFO,
    "minor": Severity.INFO,
    "moderate": Severity.WARNING,
    "major": Severity.WARNING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """How grave a pair is in a word, what that makes of the finding, and why where something makes it worse."""

    word: str
    severity: Severity
    why: str
    truth: Truth


def interactions(knowledge: Knowledge, case: Case, known: Mapping[str, Quantity]) -> Iterator[Finding]:
    """A finding for every row: present where a partner is taken, unknown where a name could not be read.

    A pair that a text says to avoid is critical; any other major or moderate pair is a warning. While it is unknown
    whether a pair is worse, the graver word counts and the finding says so.
    """
    read = read_medicines(knowledge, case.patient.medicines).read
    for key, row in knowledge.folder("interactions")["interactions"].items():
        truth = holds(knowledge, _condition(row), known)
        status = status_of(truth)
        grade = _grade(knowledge, row, known)
        finding = Finding(
            id=f"{PREFIX}{key}",
            severity=grade.severity,
            status=status,
            title=named(f"{PREFIX}{key}", status),
            detail=filled(knowledge, missing("Which other medicines are taken is not known.", truth), known),
            action=filled(knowledge, row["action"], known),
            needs=truth.needs,
            basis=basis_of(f"interaction:{key}", tuple(row["basis"]), truth),
            refuses=(),
            topic="interactions",
        )
        yield _told(knowledge, read, row, known, finding, grade) if status is Status.PRESENT else finding


def _condition(row: Table) -> dict[str, Any]:
    """A partner is taken, or what stands for one holds, and what narrows the row holds."""
    condition: dict[str, Any] = {"takes": [*row.get("partners", ()), *row.get("ingredients", ())]}
    if "also_when" in row:
        condition = {"any": [condition, row["also_when"]]}
    return {"all": [condition, row["only_when"]]} if "only_when" in row else condition


def _grade(knowledge: Knowledge, row: Table, known: Mapping[str, Quantity]) -> Grade:
    plain = Truth(holds=False, needs=(), basis=())
    usual = Grade(word=row["severity"], severity=_severity(row), why="", truth=plain)
    if "worse" not in row:
        return usual
    worse = row["worse"]
    truth = holds(knowledge, worse["when"], known)
    if truth.holds is False:
        return usual
    why = worse["why"] if truth.holds else f"Not known whether it is worse here: {worse['why']}"
    return Grade(word=worse["severity"], severity=_severity(worse), why=why, truth=truth)


def _severity(row: Mapping[str, Any]) -> Severity:
    return Severity.CRITICAL if row.get("avoid", False) else _SEVERITIES[row["severity"]]


def _told(
    knowledge: Knowledge,
    read: tuple[Recognised, ...],
    row: Table,
    known: Mapping[str, Quantity],
    finding: Finding,
    grade: Grade,
) -> Finding:
    """The finding of a pair that is there, with the names as they were written."""
    title = filled(
        knowledge, row["title"], known, medicines=Quoted(words=_names(read, row), basis=("case:patient.medicines",))
    )
    word = "no interaction" if grade.word == "none" else f"{grade.word} interaction"
    detail = f"{row['mechanism']} {row['detail']} {grade.why}".strip()
    return replace(
        finding,
        title=Text((*title.pieces, f" ({word})")),
        detail=filled(knowledge, detail, known),
        needs=grade.truth.needs,
        basis=tuple(dict.fromkeys((*finding.basis, *grade.truth.basis))),
    )


def _names(read: tuple[Recognised, ...], row: Table) -> str:
    """The partners as written, the first ones where there are many."""
    partners = {*row.get("partners", ()), *row.get("ingredients", ())}
    names = [each.named for each in read if partners & {*each.ingredients, *each.classes}]
    return " and ".join(names[:2]) + (" and others" if len(names) > 2 else "")
