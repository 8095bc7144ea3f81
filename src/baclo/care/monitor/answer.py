"""The answer to how treatment is going: what the scores say, whether it works, what is overdue, and when comes what."""

from collections.abc import Iterator

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
from baclo.care.monitor.scored import score_points
from baclo.care.monitor.trial import decision, trial_point, works
from baclo.care.plan import Plan
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Piece, Text, text


def monitor(
    knowledge: Knowledge, case: Case, picture: KidneyPicture, plan: Plan | None, findings: tuple[Finding, ...]
) -> Advice:
    """Scores with their verdicts, goals, the trial of benefit, and the schedule up to its proposed end.

    `plan` gives the changes of dose to come where there is one; critical where a critical finding holds today.
    """
    steps = () if plan is None else plan.steps
    until = midnight(later(today(case), window(knowledge, "horizon")), case.zone)
    found = benefit(knowledge, case, findings)
    late = tuple(due for due in due_checks(knowledge, case, picture, until, steps) if due.was or due.first)
    goals = goal_points(knowledge, case)
    scores = score_points(knowledge, case)
    return Advice(
        headline=Text(tuple(_headline(knowledge, case, found, late))),
        critical=found.urgent,
        points=(
            trial_point(knowledge, case, found),
            *(_late(knowledge, case, due) for due in late),
            *scores,
            *(() if scores else (_unscored(knowledge),)),
            *goals,
        ),
        agenda=(
            *decision(knowledge, case, found),
            *monitoring_agenda(knowledge, case, picture, case.now, until, steps),
        ),
        notes=_notes(knowledge),
    )


def _headline(knowledge: Knowledge, case: Case, found: Benefit, late: tuple[Due, ...]) -> Iterator[Piece]:
    """Whether it works, how many checks are late and which, and that there is no goal."""
    yield works(knowledge, case, found)
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
        "A verdict holds two scores of one person against limits found in groups: it guides and decides nothing.",
        "Limits for the Modified Ashworth Scale were found after stroke only.",
    )
    return tuple(text(words, knowledge.facts) for words in said)
