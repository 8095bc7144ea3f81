"""How long an operation leaves a person without the drug, dose by dose, and from when that is dangerous."""

from collections.abc import Iterator
from datetime import timedelta

from baclo.care.advice import Point
from baclo.care.agenda import Entry
from baclo.care.amounts import dose_in_words
from baclo.care.finding import Status
from baclo.care.prepare.coming import Thing
from baclo.care.prepare.fasting import Gap, doses_fall, due_doses, gap, left_out
from baclo.care.prepare.levels import levels
from baclo.care.prepare.sentences import Sentences
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number


def fasting_points(knowledge: Knowledge, case: Case, thing: Thing) -> Iterator[Point]:
    """How long no dose is taken, at best and at worst, and what the texts do not say."""
    said = Sentences(knowledge, "prepare", "fasting")
    ahead = thing.ahead
    lacking = (("nil_by_mouth", ahead.nil_by_mouth), ("by_mouth_again", ahead.by_mouth_again))
    if needs := [thing.path_of(name) for name, at in lacking if at is None]:
        yield said.point("times_unknown", status=Status.UNKNOWN, needs=dict.fromkeys(needs))
    if not doses_fall(case, thing):
        yield said.point("regimen_unknown", status=Status.UNKNOWN, needs=("regimen",))
        return
    planned, worst = gap(case, thing, sips=True), gap(case, thing, sips=False)
    if worst is None:
        yield said.point("none", status=Status.ABSENT)
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


def _too_long_for_the_usual_dose(knowledge: Knowledge, worst: Gap | None) -> bool:
    """Whether the dose after the stretch is no longer the usual one without asking, as after any other gap."""
    if worst is None:
        return False
    if worst.last is None:
        return True
    return worst.length_h is not None and not worst.length_h <= knowledge.number("missed.resume", "h")


def fasting_entries(knowledge: Knowledge, case: Case, thing: Thing) -> Iterator[Entry]:
    """Each dose of the day by the clock, and from when withdrawal was seen where that comes before the next dose."""
    said = Sentences(knowledge, "prepare", "fasting")
    worst = gap(case, thing, sips=False)
    ask_first = _too_long_for_the_usual_dose(knowledge, worst)
    for due in due_doses(case, thing):
        dose = dose_in_words(knowledge, due.dose.product, due.dose.amount_ug)
        follows = worst is not None and worst.next is not None and due.dose.at >= worst.next
        key = "decided" if ask_first and follows else due.fate.name.lower()
        yield said.entry(key, due.dose.at, whole_day=False, dose=dose)
    if worst is None or worst.last is None:
        return
    day = timedelta(hours=knowledge.number("missed.day", "h"))
    for key, after in (("withdrawal", _onset(knowledge)), ("call", day)):
        at = worst.last + after
        if at >= case.now and (worst.next is None or at < worst.next):
            yield said.entry(key, at, whole_day=False, last=worst.last)


def _onset(knowledge: Knowledge) -> timedelta:
    """The shortest time after a last dose at which withdrawal was published."""
    return timedelta(hours=min(knowledge.fact("withdrawal.onset").numbers_in("h")))
