"""How long an operation leaves a person without the drug, dose by dose, and from when that is dangerous."""

from collections.abc import Iterator
from datetime import timedelta

from baclo.care.advice import Point
from baclo.care.agenda import Entry
from baclo.care.amounts import dose_in_words
from baclo.care.finding import Status
from baclo.care.prepare.coming import Thing
from baclo.care.prepare.fasting import DueDose, Fate, Gap, any_within, doses_fall, due_doses, gap, left_out
from baclo.care.prepare.levels import levels
from baclo.care.prepare.sentences import Sentences
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number


def fasting_points(knowledge: Knowledge, case: Case, thing: Thing, *, alone: bool) -> Iterator[Point]:
    """How long no dose is taken, at best and at worst, and what the texts do not say.

    Nothing is counted where the thing is not `alone`: other things ahead give these doses other times, or drop them.
    """
    said = Sentences(knowledge, "prepare", "fasting")
    yield from _times_unknown(said, thing)
    if not doses_fall(case, thing):
        yield said.point("regimen_unknown", status=Status.UNKNOWN, needs=("regimen",))
    elif alone:
        yield from _counted(knowledge, case, said, thing)
    else:
        yield said.point("no_other_route")


def _times_unknown(said: Sentences, thing: Thing) -> Iterator[Point]:
    """Which end of the fasting is not told."""
    ahead = thing.ahead
    start, end = ahead.nil_by_mouth is None, ahead.by_mouth_again is None
    lacking = (("nil_by_mouth", start), ("by_mouth_again", end))
    if needs := dict.fromkeys(thing.path_of(name) for name, untold in lacking if untold):
        key = "times_unknown" if start and end else "start_unknown" if start else "end_unknown"
        yield said.point(key, status=Status.UNKNOWN, needs=needs)


def _counted(knowledge: Knowledge, case: Case, said: Sentences, thing: Thing) -> Iterator[Point]:
    planned, worst = gap(case, thing, sips=True), gap(case, thing, sips=False)
    if worst is None:
        key = "past" if any_within(case, thing) else "none"
        yield said.point(key, status=Status.ABSENT)
        return
    yield from _stretch(knowledge, said, planned, worst)
    found = None if planned is None else levels(knowledge, case, planned, left_out(case, thing))
    if found is not None:
        yield said.point("level", usual=found.usual, lowest=found.lowest)
    yield said.point("no_other_route")


def _stretch(knowledge: Knowledge, said: Sentences, planned: Gap | None, worst: Gap) -> Iterator[Point]:
    """The stretch without the drug, judged by the worst that may come."""
    day_h = knowledge.number("missed.day", "h")
    if worst.last is None:
        yield said.point("last_unknown", status=Status.UNKNOWN, needs=("dose",))
        return
    if worst.next is None or worst.length_h is None:
        first = worst.last + _onset(knowledge)
        yield said.point("open", status=Status.UNKNOWN, last=worst.last, first=first)
        return
    longest = Number(value=worst.length_h, unit="h", basis=("computed:clock", "case:ahead"))
    key = "short" if worst.length_h < day_h else "long"
    yield said.point(key, status=Status.PRESENT, longest=longest, last=worst.last, following=worst.next)
    if planned is not None and planned.length_h is not None and planned.length_h < worst.length_h:
        shorter = Number(value=planned.length_h, unit="h", basis=("computed:clock", "case:ahead"))
        yield said.point("with_sips", shorter=shorter, longest=longest)
    if _too_long_for_the_usual_dose(knowledge, worst):
        yield said.point("after", longest=longest)


def _too_long_for_the_usual_dose(knowledge: Knowledge, worst: Gap) -> bool:
    """Whether the dose after the stretch is no longer the usual one without asking, as after any other gap."""
    if worst.last is None:
        return True
    return worst.length_h is not None and not worst.length_h <= knowledge.number("missed.resume", "h")


def fasting_entries(knowledge: Knowledge, case: Case, thing: Thing) -> Iterator[Entry]:
    """Each dose of the day by the clock, and from when withdrawal was seen where that comes before the next dose.

    A moment that has passed is dated now: the drug is missing still.
    """
    said = Sentences(knowledge, "prepare", "fasting")
    worst = gap(case, thing, sips=False)
    for due in due_doses(case, thing):
        dose = dose_in_words(knowledge, due.dose.product, due.dose.amount_ug)
        yield said.entry(_key(knowledge, due, worst), due.dose.at, whole_day=False, dose=dose)
    if worst is None or worst.last is None:
        return
    day = timedelta(hours=knowledge.number("missed.day", "h"))
    for key, after in (("withdrawal", _onset(knowledge)), ("call", day)):
        at = worst.last + after
        if worst.next is None or at < worst.next:
            yield said.entry(key, max(at, case.now), whole_day=False, last=worst.last)


def _key(knowledge: Knowledge, due: DueDose, worst: Gap | None) -> str:
    """What is told of a dose: by its fate, but none as the usual one after a stretch that is too long for that."""
    usual = due.fate.name.lower()
    if worst is None or due.fate is Fate.LEFT_OUT or (worst.last is not None and due.dose.at <= worst.last):
        return usual
    if worst.next is not None and due.dose.at >= worst.next:
        return "decided" if _too_long_for_the_usual_dose(knowledge, worst) else usual
    so_far = Gap(last=worst.last, next=due.dose.at)
    return "decided_within" if _too_long_for_the_usual_dose(knowledge, so_far) else usual


def _onset(knowledge: Knowledge) -> timedelta:
    """The shortest time after a last dose at which withdrawal was published."""
    return timedelta(hours=min(knowledge.fact("withdrawal.onset").numbers_in("h")))
