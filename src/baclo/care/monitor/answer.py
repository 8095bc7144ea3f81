"""The answer to how treatment is going: what the scores say, whether it works, what is overdue, and when comes what."""

from collections.abc import Iterator
from datetime import datetime

from baclo.care.advice import Advice, Point
from baclo.care.days import midnight
from baclo.care.finding import Finding, Severity, Status
from baclo.care.monitor.aims import goal_points
from baclo.care.monitor.benefit import Benefit, benefit
from baclo.care.monitor.changes import today
from baclo.care.monitor.intervals import later
from baclo.care.monitor.moments import Due
from baclo.care.monitor.occasions import window
from baclo.care.monitor.schedule import due_checks, monitoring_agenda
from baclo.care.monitor.scored import STATUS, score_points
from baclo.care.monitor.treatment import treatment
from baclo.care.monitor.verdict import Verdict
from baclo.care.plan import Plan
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Piece, Text, text

_TRIAL = ("case:regimen", "fact:titration.review", "fact:monitor.review_late")


def monitor(
    knowledge: Knowledge, case: Case, picture: KidneyPicture, plan: Plan | None, findings: tuple[Finding, ...]
) -> Advice:
    """Scores with their verdicts, goals, the trial of benefit, and the schedule up to its proposed end.

    `plan` gives the changes of dose to come where there is one; critical where a critical finding holds today.
    """
    steps = () if plan is None else plan.steps
    until = midnight(later(today(case), window(knowledge, "horizon")), case.zone)
    found = benefit(knowledge, case)
    late = tuple(due for due in due_checks(knowledge, case, picture, until, steps) if due.was or due.first)
    goals = goal_points(knowledge, case)
    scores = score_points(knowledge, case)
    return Advice(
        headline=Text(tuple(_headline(knowledge, case, found, late))),
        critical=any(one.severity is Severity.CRITICAL and one.status is Status.PRESENT for one in findings),
        points=(
            _trial(knowledge, case, found),
            *(_late(knowledge, case, due) for due in late),
            *scores,
            *(() if scores else (_unscored(knowledge),)),
            *goals,
        ),
        agenda=monitoring_agenda(knowledge, case, picture, case.now, until, steps),
        notes=_notes(knowledge),
    )


def _headline(knowledge: Knowledge, case: Case, found: Benefit, late: tuple[Due, ...]) -> Iterator[Piece]:
    """Whether it works, how many checks are late and which, and that there is no goal."""
    yield from _works(case, found).pieces
    if late:
        count = Number(value=float(len(late)), unit="1", basis=("computed:overdue",))
        names = ", ".join(due.check.table["title"] for due in late)
        verb = "is" if len(late) == 1 else "are"
        checks = "check" if len(late) == 1 else "checks"
        said = f"; {{count}} {checks} {verb} overdue or never done: {names}"
        yield from text(said, knowledge.facts, count=count).pieces
    if not case.patient.goals:
        yield "; no goal is written"
    yield "."


def _works(case: Case, found: Benefit) -> Text:
    if treatment(case) is None:
        return text("Nothing is taken yet: first scores and checks come before the first dose", {})
    if found.failed:
        if found.highest:
            return text("No benefit over the whole trial at the highest dose: withdraw by a taper, never at once", {})
        return text("No benefit over the whole trial at this dose: raise it if that is allowed, else taper", {})
    if found.verdict is Verdict.NOT:
        return text("No benefit yet", {})
    return text("Benefit is shown" if found.verdict is Verdict.RESPONDER else "Whether it works cannot be told yet", {})


def _trial(knowledge: Knowledge, case: Case, found: Benefit) -> Point:
    """The trial of benefit: when it ends, and what follows from the verdict."""
    return Point(
        id="benefit",
        status=STATUS[found.verdict],
        severity=Severity.WARNING if found.over and found.verdict is not Verdict.RESPONDER else Severity.INFO,
        title=Text((f"Trial of benefit: {found.verdict.value}", *_when(knowledge, case, found))),
        detail=Text(tuple(_follows(knowledge, case, found))),
        needs=_missing(case, found),
        basis=_TRIAL,
    )


def _missing(case: Case, found: Benefit) -> tuple[str, ...]:
    """What would settle the trial."""
    if treatment(case) is None:
        return ("regimen",)
    return ("observation", "patient.goals") if found.verdict is Verdict.UNKNOWN else ()


def _when(knowledge: Knowledge, case: Case, found: Benefit) -> Iterator[Piece]:
    if found.due is None:
        return
    due: datetime = midnight(found.due, case.zone)
    said = ", due since {due}" if found.over else ", to be decided on {due}"
    yield from text(said, knowledge.facts, due=due).pieces


def _follows(knowledge: Knowledge, case: Case, found: Benefit) -> Iterator[Piece]:
    """The rule, and what it asks for now."""
    facts = knowledge.facts
    if found.due is None or found.late is None:
        words = "It lasts {fact:titration.review} and begins when the highest tolerated dose is reached."
        yield from text(words, facts).pieces
        return
    late = midnight(found.late, case.zone)
    words = (
        "Without benefit after {fact:titration.review} at the highest tolerated dose the drug is withdrawn; "
        "French and Singapore texts decide by {fact:monitor.review_late} at the latest, {late}. "
    )
    yield from text(words, facts, late=late).pieces
    if found.highest is None:
        yield "Whether a higher dose would be tolerated is not known to this case: a person says. "
    if found.verdict is Verdict.RESPONDER:
        yield "Go on with the lowest dose that keeps it."
    elif found.failed:
        yield "Withdraw by a taper, never at once: " if found.highest else "If this is the highest: taper, never at once: "
        yield "look first for what drives spasticity, and for doses missed."
    elif found.over:
        yield "Score again now, with the scale of the first value: without it neither going on nor stopping is founded."
    else:
        yield "Score before that day with the scales of the first values."


def _late(knowledge: Knowledge, case: Case, due: Due) -> Point:
    """One check that was not done in time, or never."""
    title = due.check.table["title"]
    return Point(
        id=f"due.{due.check.id}",
        status=Status.ABSENT if due.was is not None else Status.UNKNOWN,
        severity=Severity.WARNING,
        title=Text((f"{title}: ", *_since(knowledge, case, due))),
        detail=text(due.check.table["detail"], knowledge.facts),
        needs=due.truth.needs,
        basis=tuple(
            dict.fromkeys(
                (
                    *due.check.table["basis"],
                    *due.truth.basis,
                    *(() if due.interval is None else (f"fact:{due.interval.key}",)),
                )
            )
        ),
    )


def _since(knowledge: Knowledge, case: Case, due: Due) -> Iterator[Piece]:
    if due.was is None:
        yield "none is known, due now"
        return
    late = Number(value=float((today(case) - due.was).days), unit="d", basis=("computed:overdue",))
    was = midnight(due.was, case.zone)
    yield from text("overdue by {late}, since {was}", knowledge.facts, late=late, was=was).pieces


def _unscored(knowledge: Knowledge) -> Point:
    """No scale was ever scored."""
    return Point(
        id="scores",
        status=Status.UNKNOWN,
        severity=Severity.WARNING,
        title=text("No score is known: whether treatment works cannot be told", knowledge.facts),
        detail=text("The numeric rating of spasticity takes a minute and needs no training.", knowledge.facts),
        needs=("observation",),
        basis=("source:farrar_2008",),
    )


def _notes(knowledge: Knowledge) -> tuple[Text, ...]:
    said = (
        "Most intervals are proposals of this program, and each entry says so; the prescriber's own dates go first.",
        "A verdict compares two scores of one person by limits found in groups: it guides a talk, and decides nothing alone.",
        "Limits for the Modified Ashworth Scale were found after stroke only.",
    )
    return tuple(text(words, knowledge.facts) for words in said)
