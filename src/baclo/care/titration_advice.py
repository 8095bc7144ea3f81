"""What stands beside a rise: its days, when to hold, step back or stop, and how benefit is judged."""

from collections.abc import Iterator

from baclo.care.advice import Advice, Point
from baclo.care.agenda import Entry
from baclo.care.finding import Finding, Severity
from baclo.care.plan import Plan
from baclo.care.titration_agenda import titration_agenda
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text

_COMPUTED = ("computed:plan",)
_GRAVITY = {"effect": Severity.INFO, "hold": Severity.WARNING, "back": Severity.WARNING, "stop": Severity.CRITICAL}


def titration_advice(
    knowledge: Knowledge, case: Case, picture: KidneyPicture, plan: Plan | None, findings: tuple[Finding, ...]
) -> Advice:
    """The agenda of an admitted rise and the rules of going on; of a refused one only that it is refused."""
    words = knowledge.folder("regimens")["rising"]["advice"]
    if plan is None or not plan.steps:
        return Advice(headline=text(words["refused"], knowledge.facts), critical=False, points=(), agenda=(), notes=())
    agenda = titration_agenda(knowledge, case, plan)
    return Advice(
        headline=_headline(knowledge, plan, agenda[-1]),
        critical=False,
        points=(*_stepping(knowledge), _point("titrate.review", Severity.INFO, agenda[-1].title, agenda[-1].detail)),
        agenda=agenda,
        notes=(),
    )


def _headline(knowledge: Knowledge, plan: Plan, review: Entry) -> Text:
    words = knowledge.folder("regimens")["rising"]["advice"]["headline" if len(plan.steps) > 1 else "headline_one"]
    days = (plan.steps[-1].since - plan.steps[0].since).days
    return text(
        words,
        knowledge.facts,
        steps=Number(value=float(len(plan.steps)), unit="1", basis=_COMPUTED),
        days=Number(value=float(days), unit="d", basis=_COMPUTED),
        review=review.since,
    )


def _stepping(knowledge: Knowledge) -> Iterator[Point]:
    """How a step works and when to hold it, to step back and to stop."""
    rising = knowledge.folder("regimens")["rising"]
    for part, severity in _GRAVITY.items():
        title = text(rising["advice"][part], knowledge.facts)
        yield _point(f"titrate.{part}", severity, title, text(rising["stepping"][part], knowledge.facts))


def _point(name: str, severity: Severity, title: Text, detail: Text) -> Point:
    return Point(id=name, status=None, severity=severity, title=title, detail=detail, needs=(), basis=detail.basis)
