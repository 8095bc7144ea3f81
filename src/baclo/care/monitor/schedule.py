"""The dated schedule of visits, scores, laboratory tests and talks: what is overdue, and what comes when."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from baclo.care.agenda import Entry
from baclo.care.days import midnight
from baclo.care.doses import regimen_now
from baclo.care.monitor.changes import today
from baclo.care.monitor.moments import Due, Person, due_days
from baclo.care.monitor.occasions import applies, checks
from baclo.care.monitor.treatment import Stepping, begun, coming, treatment
from baclo.care.quantities import quantities
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.facts import How
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Quoted, Text, text

_DAY = timedelta(days=1)


def monitoring_agenda(
    knowledge: Knowledge,
    case: Case,
    picture: KidneyPicture,
    since: datetime,
    until: datetime,
    steps: Sequence[Stepping] = (),
) -> tuple[Entry, ...]:
    """Every check on the local days from that of `since` on and before `until` (both aware), in order of time.

    `steps` are the changes of dose to come, such as those of a plan; without them the regimens that begin later are.
    What is overdue stands on the day of now and says since when. What does not apply is left out; what may apply
    because something is not known is kept and says what that is. Dates rest on proposals where no text names one.
    """
    first = since.astimezone(case.zone).date()
    dues = due_checks(knowledge, case, picture, until, steps)
    return tuple(_entry(knowledge, case, due) for due in dues if first <= due.day)


def due_checks(
    knowledge: Knowledge, case: Case, picture: KidneyPicture, until: datetime, steps: Sequence[Stepping] = ()
) -> tuple[Due, ...]:
    """Every check that is due from now on and before `until`, in order of time, then of the data."""
    taken, ahead = treatment(case), coming(case, steps)
    totals_ug = [0.0 if taken is None else taken.total_ug_per_day, *(total for _, total in ahead)]
    settled = ahead[-1][0] if ahead else begun(case) if taken is None else taken.dose_since
    stops = ahead[-1][0] if ahead and not totals_ug[-1] > 0 else None
    ends = None if taken is None or steps else taken.ends
    person = Person(
        knowledge=knowledge,
        case=case,
        known=quantities(knowledge, case, picture, regimen_now(case.timeline, case.now)),
        begun=begun(case),
        changing=tuple((day, after < before) for (day, after), before in zip(ahead, totals_ug, strict=False)),
        settled=settled,
        until=until.astimezone(case.zone).date(),
    )
    found = _uncovered([due for due in _due(person) if due.day < person.until])
    last = stops if stops is not None else ends
    kept = [due for due in found if last is None or due.day < last or due.falling]
    return tuple(sorted(kept, key=lambda due: due.day))


def _uncovered(dues: Sequence[Due]) -> list[Due]:
    """Without what need not be done today because a larger check that holds it is overdue."""
    covered = {name for due in dues if due.was is not None for name in due.check.table.get("covers", ())}
    return [due for due in dues if due.was is None or due.check.id not in covered]


def _due(person: Person) -> Iterator[Due]:
    """What is due of each check: what was left undone once, today; what is open, from today; and what comes."""
    now = today(person.case)
    for check in checks(person.knowledge):
        truth = applies(person.knowledge, check, person.known)
        if truth.holds is False:
            continue
        days = list(due_days(person, check, truth))
        missed = min((due for due in days if due.until < now), key=lambda due: due.until, default=None)
        if missed is not None:
            yield replace(missed, day=now, until=now, was=missed.until)
        yield from _open(days, now, asked=missed is not None)


def _open(days: Sequence[Due], now: date, *, asked: bool) -> Iterator[Due]:
    """The days and windows that have not passed, each day once; one open now is left out where today asks already."""
    seen = {now} if asked else set()
    for due in days:
        day = max(due.day, now)
        if due.until >= now and day not in seen:
            seen.add(day)
            yield replace(due, day=day)


def _entry(knowledge: Knowledge, case: Case, due: Due) -> Entry:
    table = due.check.table
    overdue = "" if due.was is None else "Overdue: "
    words = table["falling"] if due.falling and "falling" in table else table["detail"]
    basis = (*table["basis"], *due.truth.basis, *(() if due.interval is None else (f"fact:{due.interval.key}",)))
    return Entry(
        since=midnight(due.day, case.zone),
        until=None if due.until == due.day else midnight(due.until + _DAY, case.zone),
        whole_day=True,
        occasion=due.check.occasion,
        title=text(overdue + table["title"], knowledge.facts),
        detail=Text((*text(words, knowledge.facts).pieces, *_why(knowledge, case, due))),
        basis=tuple(dict.fromkeys(basis)),
    )


def _why(knowledge: Knowledge, case: Case, due: Due) -> Iterator[str | Number | Quoted | datetime]:
    """Since when it is overdue, that nothing earlier is known, what is not known, and that its date is a proposal."""
    facts = knowledge.facts
    if due.was is not None:
        late = Number(value=float((today(case) - due.was).days), unit="d", basis=("computed:overdue",))
        was = midnight(due.was, case.zone)
        yield from text(" It was due by {was}, {late} ago.", facts, was=was, late=late).pieces
    if due.first:
        yield " No earlier one is known."
    if due.truth.holds is None:
        yield f" Asked for because this is not known: {', '.join(due.truth.needs)}."
    if due.interval is not None and due.interval.how is How.PROPOSED:
        words = f" No text names when: {{fact:{due.interval.key}}} is proposed."
        yield from text(words, facts).pieces
