"""What stands beside a taper: when to hold and step back; or what follows a stop in monitored care."""

from collections.abc import Iterator, Sequence

from baclo.care.advice import Advice, Point
from baclo.care.doses import regimen_now
from baclo.care.finding import Change, Finding, Severity
from baclo.care.plan import Plan
from baclo.care.quantities import quantities
from baclo.care.taper.agenda import taper_agenda, watch_days
from baclo.care.taper.sentences import said
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text


def taper_advice(
    knowledge: Knowledge, case: Case, picture: KidneyPicture, plan: Plan | None, findings: tuple[Finding, ...]
) -> Advice:
    """The rules of holding and stepping back for this plan, with its agenda.

    Where a finding says that stopping in monitored care is right: what follows that stop. While withdrawal shows: that
    nothing goes further down. Steps that must be watched are said to be none for home.
    """
    instead = tuple(finding for finding in findings if Change.REDUCE in finding.refuses)
    points: tuple[Point, ...] = ()
    agenda = () if plan is None else taper_agenda(knowledge, case, plan)
    if instead:
        headline, points = said(knowledge, "advice", "monitored"), tuple(_after_stop(knowledge, instead))
    elif any(Change.REDUCE_FURTHER in finding.refuses for finding in findings):
        headline = said(knowledge, "advice", "held")
    elif plan is None or not plan.steps:
        headline = said(knowledge, "advice", "refused")
    else:
        headline, points = _headline(knowledge, case, picture, plan), (_hold(knowledge, plan),)
    critical = bool(instead) or (plan is not None and bool(plan.not_at_home))
    return Advice(headline=headline, critical=critical, points=points, agenda=agenda, notes=())


def _headline(knowledge: Knowledge, case: Case, picture: KidneyPicture, plan: Plan) -> Text:
    basis = ("computed:plan",)
    days = (plan.steps[-1].since - plan.steps[0].since).days
    down = said(
        knowledge,
        "advice",
        "headline" if len(plan.steps) > 1 else "headline_one",
        steps=Number(value=float(len(plan.steps)), unit="1", basis=basis),
        days=Number(value=float(days), unit="d", basis=basis),
        watch=watch_days(knowledge, case, picture),
    )
    unasked = case.patient.symptoms is None
    fell = quantities(knowledge, case, picture, regimen_now(case.timeline, case.now))["recently_stopped_or_reduced"]
    first = {
        "in_care": bool(plan.not_at_home),
        "unasked": bool(plan.not_at_home) and unasked,
        "unasked_after_fall": not plan.not_at_home and unasked and fell.value is True,
    }
    said_first = (said(knowledge, "advice", key).pieces for key, true in first.items() if true)
    return Text((*(piece for pieces in said_first for piece in (*pieces, " ")), *down.pieces))


def _hold(knowledge: Knowledge, plan: Plan) -> Point:
    key = "hold_in_care" if plan.not_at_home else "hold"
    title, detail = said(knowledge, "advice", key), said(knowledge, "advice", f"{key}_detail")
    return _point("taper.holding", Severity.WARNING, title, detail, ("source:coffey_2002",))


def _after_stop(knowledge: Knowledge, instead: Sequence[Finding]) -> Iterator[Point]:
    """Watch for withdrawal, and plan what comes after."""
    basis = tuple(f"rule:{finding.id}" for finding in instead)
    for name, key in (("taper.watch", "watch_monitored"), ("taper.restart", "restart")):
        title, detail = said(knowledge, "advice", key), said(knowledge, "advice", f"{key}_detail")
        yield _point(name, Severity.CRITICAL, title, detail, (*basis, "source:overdose_withdrawal_case"))


def _point(name: str, severity: Severity, title: Text, detail: Text, basis: tuple[str, ...]) -> Point:
    resting = tuple(dict.fromkeys((*basis, *title.basis, *detail.basis)))
    return Point(id=name, status=None, severity=severity, title=title, detail=detail, needs=(), basis=resting)
