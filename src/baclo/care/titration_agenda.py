"""The dated things to do of a rise: each step, the check at its end, and the day on which benefit is judged."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from baclo.care.agenda import Entry, Occasion
from baclo.care.days import midnight, whole_days
from baclo.care.plan import Plan
from baclo.care.scheme import Scheme, scheme_of
from baclo.care.steps import Step
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Piece, Text, text
from baclo.units import convert

_COMPUTED = ("computed:plan",)


def titration_agenda(knowledge: Knowledge, case: Case, plan: Plan) -> tuple[Entry, ...]:
    """What is to be done on which day of an admitted rise, by the clock; () of a plan that was refused.

    A check stands on the last day of each step, the review of benefit after the last.
    """
    if not plan.steps:
        return ()
    scheme = scheme_of(knowledge, case)
    entries = [entry for step in plan.steps for entry in _of_step(knowledge, case, step)]
    entries.append(_review(knowledge, case, scheme, plan.steps[-1]))
    return tuple(sorted(entries, key=lambda entry: entry.since))


def _of_step(knowledge: Knowledge, case: Case, step: Step) -> Iterator[Entry]:
    """The day it begins, and its last day, where it has one."""
    first = _day(case, step.since)
    total = Number(value=convert(step.total_ug_per_day, "ug/d", "mg/d"), unit="mg/d", basis=_COMPUTED)
    title = text("From today {total}", knowledge.facts, total=total)
    yield _whole_day(case, first, Occasion.STEP, title, step.why, step.limited_by)
    if step.until is not None:
        title = text("Before the next step: look at {total}", knowledge.facts, total=total)
        last = _day(case, step.until) - timedelta(days=1)
        yield _whole_day(case, last, Occasion.VISIT, title, _joined(step.monitor), ())


def _review(knowledge: Knowledge, case: Case, scheme: Scheme, last: Step) -> Entry:
    words = knowledge.folder("regimens")["rising"]["review"]
    day = _day(case, last.since) + timedelta(days=whole_days(scheme.review_h))
    title, detail = text(words["title"], knowledge.facts), _joined((scheme.responder, scheme.otherwise))
    return _whole_day(case, day, Occasion.SCORE, title, detail, ())


def _day(case: Case, at: datetime) -> date:
    return at.astimezone(case.zone).date()


def _whole_day(case: Case, day: date, occasion: Occasion, title: Text, detail: Text, basis: tuple[str, ...]) -> Entry:
    return Entry(
        since=midnight(day, case.zone),
        until=midnight(day + timedelta(days=1), case.zone),
        whole_day=True,
        occasion=occasion,
        title=title,
        detail=detail,
        basis=tuple(dict.fromkeys((*basis, *title.basis, *detail.basis))),
    )


def _joined(sentences: tuple[Text, ...]) -> Text:
    """The sentences as one text, each ended."""
    pieces: list[Piece] = []
    for sentence in sentences:
        ended = str(sentence.pieces[-1]).endswith(".")
        pieces += [*([" "] if pieces else []), *sentence.pieces, *([] if ended else ["."])]
    return Text(tuple(pieces))
