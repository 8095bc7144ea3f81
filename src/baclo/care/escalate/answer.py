"""Whether a pump may be considered, cannot be judged yet, or not yet: one line for each thing that must be true."""

from collections.abc import Mapping

from baclo.care.advice import Advice, Point
from baclo.care.conditions import Truth, holds
from baclo.care.doses import regimen_now
from baclo.care.escalate.allowance import allowance
from baclo.care.escalate.history import history
from baclo.care.filled import filled, status_of
from baclo.care.finding import Finding, Severity, Status
from baclo.care.plan import Plan
from baclo.care.prepare.sentences import Sentences
from baclo.care.quantities import Quantity, quantities
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge, Table

_NEEDED = "needed"


def escalate(
    knowledge: Knowledge,
    case: Case,
    picture: KidneyPicture,
    plan: Plan | None = None,
    findings: tuple[Finding, ...] = (),
) -> Advice:
    """What must be true before a pump is considered, each present, absent or unknown; it permits nothing.

    What is needed and absent makes it "not yet"; anything unknown, also of what is only weighed, "cannot tell". What
    the findings call critical comes before a pump is considered.
    """
    del plan
    asked = quantities(knowledge, case, picture, regimen_now(case.timeline, case.now))
    known = {**asked, **history(knowledge, case), **allowance(knowledge, case, picture, asked["tdd"])}
    said = Sentences(knowledge, "escalate", "answer")
    rows: Mapping[str, Table] = knowledge.folder("escalate")["requirements"]
    points = {key: _point(knowledge, key, row, known) for key, row in rows.items()}
    lacking = [key for key, point in points.items() if rows[key]["kind"] == _NEEDED and point.status is Status.ABSENT]
    unknown = [key for key, point in points.items() if point.status is Status.UNKNOWN]
    weighed = [key for key, point in points.items() if rows[key]["kind"] != _NEEDED and point.status is Status.ABSENT]
    names = ", ".join(rows[key]["name"] for key in lacking or unknown or weighed)
    may = ("weigh" if weighed else "consider") + ("_after" if any(map(_urgent, findings)) else "")
    verdict = "not_yet" if lacking else "cannot_tell" if unknown else may
    return Advice(
        headline=said.line(verdict, **({"names": names} if names else {})),
        critical=False,
        points=(*points.values(), *said.always()),
        agenda=(),
        notes=said.notes(),
    )


def _urgent(finding: Finding) -> bool:
    return finding.severity is Severity.CRITICAL and finding.status is Status.PRESENT and finding.overridden is None


def _point(knowledge: Knowledge, key: str, row: Table, known: Mapping[str, Quantity]) -> Point:
    """One line: whether it is so, told by the title of that answer."""
    truth: Truth = holds(knowledge, row["when"], known)
    status = status_of(truth)
    return Point(
        id=f"escalate.{key}",
        status=status,
        severity=Severity.INFO if status is Status.PRESENT else Severity.WARNING,
        title=filled(knowledge, _title(knowledge, row, status, known), known),
        detail=filled(knowledge, row["detail"], known),
        needs=truth.needs,
        basis=tuple(dict.fromkeys((*row["basis"], *truth.basis))),
    )


def _title(knowledge: Knowledge, row: Table, status: Status, known: Mapping[str, Quantity]) -> str:
    """The title of that answer; of an absent one the first whose own condition holds."""
    others = row.get("instead", ()) if status is Status.ABSENT else ()
    own: str = row[status.value]
    return next((other["title"] for other in others if holds(knowledge, other["when"], known).holds), own)
