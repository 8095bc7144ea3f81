"""From nothing, or from the dose that is going on, up to a goal: the wishes that the gate then settles."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from baclo.care.climb import Way, wishes
from baclo.care.clocks import night_spasms
from baclo.care.days import first_day, midnight
from baclo.care.finding import Change
from baclo.care.kidney_share import KidneyShare, share_of
from baclo.care.objections import form_objections, rise_objections, standing_objections
from baclo.care.plan import Draft, Kind, Plan, admit
from baclo.care.settle import settle
from baclo.care.standing import Continuity, Standing, standing
from baclo.care.steps import by_clock
from baclo.care.watch import standing_notes
from baclo.care.ways import ways
from baclo.care.wishes import Terms, Wish
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text, text

CHANGES = {
    Continuity.NEVER: Change.START,
    Continuity.GOING_ON: Change.RAISE,
    Continuity.LITTLE: Change.RESTART,
    Continuity.MORE: Change.RAISE,
    Continuity.INTERRUPTED: Change.RESTART,
    Continuity.LAPSED: Change.RESTART,
    Continuity.UNTOLD: Change.RAISE,
}


def titrate(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Plan:
    """A rise, admitted or refused by the gate, with other ways up beside it where the choice is real.

    The scheme is the region's for adults, that of a use outside the labels, or a child's by age and weight; the slow
    one from the age given, with reduced kidneys, frailty, or tone that is needed, wherever one of these is not
    known, and where it was asked for. The goal is the case's, else the lower end of the usual dose. The kidneys'
    share cuts the first dose, the rise, the limit and a goal that nobody named alike; without a share the plan is
    refused, and the uncut scheme is simulated only to show why. After a gap it begins again at the bottom.
    """
    share = share_of(knowledge, case, picture)
    now = standing(knowledge, case, midnight(first_day(case), case.zone))
    first, *others = (_draft(knowledge, case, way, share, now) for way in ways(knowledge, case, share, now))
    return admit(knowledge, case, picture, first, () if first.objections else others)


def _draft(knowledge: Knowledge, case: Case, way: Way, share: KidneyShare, now: Standing) -> Draft:
    day = _first_day(case, way, now)
    wished = tuple(wishes(knowledge, case, way, now, day))
    terms = Terms(
        bounds=way.pace.bounds,
        taken=() if now.regimen is None else now.regimen.doses,
        clocks=way.clocks.sets,
        forms=way.forms,
    )
    return Draft(
        kind=Kind.TITRATE,
        change=CHANGES[now.continuity],
        standing=now,
        wishes=wished,
        terms=terms,
        objections=(
            *standing_objections(knowledge, case, now, day),
            *rise_objections(knowledge, case, way.pace, now, share, climbs=bool(wished)),
            *form_objections(knowledge, case, way.pace, way.forms),
        ),
        notes=(*_night(knowledge, case, wished, terms), *_notes(knowledge, case, way, day)),
        name=way.name,
        why_not=way.why_not,
    )


def _night(knowledge: Knowledge, case: Case, wished: Sequence[Wish], terms: Terms) -> tuple[Text, ...]:
    """With spasms at night, whether the night dose of every step is as large as any of its day."""
    if not night_spasms(knowledge, case):
        return ()
    days = [by_clock(step.doses) for step in settle(knowledge, case, wished, terms)]
    largest = all(day[-1].amount_ug >= max(dose.amount_ug for dose in day) for day in days)
    words = knowledge.folder("regimens")["rising"]["night"]
    return (text(words["largest" if largest else "smaller"], knowledge.facts),)


def _first_day(case: Case, way: Way, now: Standing) -> date:
    """The first day asked for, or the later one on which the present dose has lasted a whole step."""
    asked = first_day(case)
    if now.since is None:
        return asked
    return max(asked, now.since.astimezone(case.zone).date() + timedelta(days=way.pace.step_days))


def _notes(knowledge: Knowledge, case: Case, way: Way, day: date) -> Iterator[Text]:
    """What shaped the plan and what else the sources say; when to hold, step back or stop stands beside it."""
    pace, words = way.pace, knowledge.folder("regimens")["rising"]
    yield from pace.slow_because
    yield from pace.scheme.notes
    told, region_ug = pace.scheme.cap_note, pace.scheme.cap_ug_per_day
    if told is not None and not min(pace.aim_ug_per_day, pace.bounds.cap_ug_per_day) < region_ug:
        yield told
    yield from way.clocks.notes
    if day != first_day(case):
        yield text("The plan begins later because the present dose has not lasted a whole step.", knowledge.facts)
    yield text(words["food"][case.region], knowledge.facts)
    yield from standing_notes(knowledge, Kind.TITRATE)
