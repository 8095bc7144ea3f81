"""The trial of benefit in words: whether treatment works, when that is decided, and what follows."""

from collections.abc import Iterator
from datetime import datetime

from baclo.care.advice import Point
from baclo.care.agenda import Entry, Occasion
from baclo.care.days import midnight
from baclo.care.finding import Severity
from baclo.care.monitor.attainment import attainment
from baclo.care.monitor.benefit import Benefit
from baclo.care.monitor.changes import changes, today
from baclo.care.monitor.scored import STATUS, scale_name
from baclo.care.monitor.treatment import treatment, untold
from baclo.care.monitor.verdict import Verdict
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Piece, Text, text

_TRIAL = ("case:regimen", "fact:titration.review", "fact:monitor.review_late")


def works(knowledge: Knowledge, case: Case, found: Benefit) -> str:
    """Whether it works and by what, in one sentence without its full stop."""
    if untold(case):
        return "What is taken is not told: whether it works cannot be judged"
    if treatment(case) is None:
        return "Nothing is taken yet: first scores and checks come before the first dose"
    if found.failed:
        return f"No benefit over the whole trial: {_action(found)}"
    if found.verdict is Verdict.NOT:
        return "No benefit yet"
    if found.verdict is Verdict.UNKNOWN:
        return "Whether it works cannot be told yet"
    against = _by(knowledge, case, Verdict.NOT)
    return f"Benefit by {_by(knowledge, case, Verdict.RESPONDER)}" + (f", not by {against}" if against else "")


def _by(knowledge: Knowledge, case: Case, verdict: Verdict) -> str:
    """The scales that decide and have this verdict."""
    names = [one for one in changes(knowledge, case) if one.scale.decides and one.verdict is verdict]
    goals = attainment(knowledge, case.patient.goals)
    met = ["goal attainment"] if goals.asked and goals.verdict is verdict else []
    return " and ".join([*map(scale_name, names), *met])


def _action(found: Benefit) -> str:
    if found.urgent:
        return "what is urgent comes first, and nothing is stopped at once for this; afterwards judge again"
    if found.highest or found.barred:
        return "withdraw by a taper, never at once"
    if found.asked:
        return (
            "answer first what the findings ask; then raise the dose if that is allowed, else withdraw by a taper, "
            "never at once"
        )
    return "raise the dose if that is allowed, else withdraw by a taper, never at once"


def decision(knowledge: Knowledge, case: Case, found: Benefit) -> tuple[Entry, ...]:
    """What is to be done today where the trial is over without benefit."""
    if not found.failed:
        return ()
    return (
        Entry(
            since=midnight(today(case), case.zone),
            until=None,
            whole_day=True,
            occasion=Occasion.ACTION,
            title=text("Decide: no benefit over the whole trial", knowledge.facts),
            detail=Text(tuple(_follows(knowledge, case, found))),
            basis=_TRIAL,
        ),
    )


def trial_point(knowledge: Knowledge, case: Case, found: Benefit) -> Point:
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
    said = ", over since {due}" if found.over else ", to be decided on {due}"
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
    if found.barred and found.verdict is not Verdict.RESPONDER:
        yield "A higher dose is not to be planned: the findings say why. "
    elif found.highest is None and found.verdict is not Verdict.RESPONDER:
        yield "Whether a higher dose would be tolerated is not known to this case: a person says. "
    if found.verdict is Verdict.RESPONDER:
        yield "Go on with the lowest dose that keeps it."
    elif found.failed:
        action = _action(found)
        yield f"{action[0].upper()}{action[1:]}; look first for doses missed and for what drives the spasticity."
    elif found.over:
        yield "Score again now, with the scale of the first value: without it neither going on nor stopping is founded."
    else:
        yield "Score before that day with the scales of the first values."
