"""The plan for what lies ahead: every subject's part, put together in order of time."""

from collections.abc import Iterable, Iterator

from baclo.care.advice import Advice, Point
from baclo.care.agenda import Entry
from baclo.care.finding import Finding, Severity, Status
from baclo.care.help_first import help_first
from baclo.care.motherhood import may_be_mother
from baclo.care.plan import Plan
from baclo.care.prepare.coming import local_day
from baclo.care.prepare.delivery import deliveries
from baclo.care.prepare.emergency import emergency
from baclo.care.prepare.illness import illnesses
from baclo.care.prepare.journey import journeys
from baclo.care.prepare.operation import operations
from baclo.care.prepare.part import Part
from baclo.care.prepare.scan import scans
from baclo.care.prepare.sentences import Sentences
from baclo.care.prepare.together import hanging_together, together
from baclo.care.prepare.without import less
from baclo.care.triage import triage
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text


def prepare(
    knowledge: Knowledge,
    case: Case,
    picture: KidneyPicture,
    plan: Plan | None = None,
    findings: tuple[Finding, ...] = (),
) -> Advice:
    """What is to be done before, during and after each thing ahead; it asks where nothing is told.

    It makes no dose and no plan of doses: each amount is one that is taken already, at its time or at a later one.
    Things whose doses hang together get no dated dose from any of them. In an emergency nothing is dated.
    """
    del plan, findings
    said = Sentences(knowledge, "prepare", "answer")
    parts = tuple(_parts(knowledge, case, picture)) or (_nothing(knowledge, said, case),)
    first = next(help_first(knowledge, triage(knowledge, case, picture)), None)
    if first is not None:
        return emergency(said, first, parts)
    points = _once((*less(knowledge, case), *(point for part in parts for point in part.points)))
    return Advice(
        headline=_joined([part.headline for part in parts]),
        critical=any(point.severity is Severity.CRITICAL and point.status is not Status.ABSENT for point in points),
        points=points,
        agenda=tuple(sorted(_to_come(case, parts), key=lambda entry: entry.since)),
        notes=tuple(dict.fromkeys((*said.notes(), *(note for part in parts for note in part.notes)))),
    )


def _parts(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Iterator[Part]:
    groups = hanging_together(knowledge, case)
    hung = frozenset(thing for group in groups for thing in group)
    yield from together(knowledge, case, groups)
    yield from operations(knowledge, case, picture, hung)
    yield from illnesses(knowledge, case, picture)
    yield from journeys(knowledge, case, hung)
    yield from scans(knowledge, case, hung)
    yield from deliveries(knowledge, case)


def _to_come(case: Case, parts: tuple[Part, ...]) -> Iterator[Entry]:
    """Everything dated that is not over: a whole day is over with its last day."""
    today = local_day(case, case.now)
    for entry in (entry for part in parts for entry in part.agenda):
        if (entry.until or entry.since) >= (today if entry.whole_day else case.now):
            yield entry


def _nothing(knowledge: Knowledge, said: Sentences, case: Case) -> Part:
    """Asks what lies ahead: an operation that is known not to be planned is not asked about again."""
    paths = (
        ("ahead", True),
        ("patient.surgery", case.patient.surgery_planned is None),
        ("patient.pregnant", case.patient.pregnant is None and may_be_mother(knowledge, case.patient)),
    )
    needs = tuple(path for path, open_ in paths if open_)
    return Part(
        headline=said.line("nothing"), points=(said.point("nothing", status=Status.UNKNOWN, needs=needs),), agenda=()
    )


def _once(points: Iterable[Point]) -> tuple[Point, ...]:
    """Each point once: two operations say the same of the anaesthetist."""
    return tuple(dict.fromkeys(points))


def _joined(headlines: list[Text]) -> Text:
    pieces = [piece for headline in headlines for piece in ("; ", *headline.pieces)]
    return Text(tuple(pieces[1:]))
