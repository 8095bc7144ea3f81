"""Whether a pump may be considered, cannot be judged yet, or not yet: one line for each thing that must be true."""

from collections.abc import Mapping

from baclo.care.advice import Advice, Point
from baclo.care.conditions import Truth, holds
from baclo.care.doses import regimen_now
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

    What is needed and absent makes it "not yet"; anything unknown, also of what is only weighed, "cannot tell".
    """
    del plan, findings
    known = {
        **quantities(knowledge, case, picture, regimen_now(case.timeline, case.now)),
        **history(knowledge, case, picture),
    }
    said = Sentences(knowledge, "escalate", "answer")
    rows: Mapping[str, Table] = knowledge.folder("escalate")["requirements"]
    points = {key: _point(knowledge, key, row, known) for key, row in rows.items()}
    lacking = [key for key, point in points.items() if rows[key]["kind"] == _NEEDED and point.status is Status.ABSENT]
    unknown = [key for key, point in points.items() if point.status is Status.UNKNOWN]
    weighed = [key for key, point in points.items() if rows[key]["kind"] != _NEEDED and point.status is Status.ABSENT]
    names = ", ".join(rows[key]["name"] for key in lacking or unknown or weighed)
    verdict = "not_yet" if lacking else "cannot_tell" if unknown else "weigh" if weighed else "consider"
    return Advice(
        headline=said.line(verdict, **({"names": names} if names else {})),
        critical=False,
        points=(*points.values(), *said.always()),
        agenda=(),
        notes=said.notes(),
    )


def _point(knowledge: Knowledge, key: str, row: Table, known: Mapping[str, Quantity]) -> Point:
    """One line: whether it is so, told by the title of that answer."""
    truth: Truth = holds(knowledge, row["when"], known)
    status = status_of(truth)
    return Point(
        id=f"escalate.{key}",
        status=status,
        severity=Severity.INFO if status is Status.PRESENT else Severity.WARNING,
        title=filled(knowledge, row[status.value], known),
        detail=filled(knowledge, row["detail"], known),
        needs=truth.needs,
        basis=tuple(dict.fromkeys((*row["basis"], *truth.basis))),
    )
