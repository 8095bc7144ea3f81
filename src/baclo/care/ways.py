"""The ways up that are really open to a person: the one put first, and the others with why they were not."""

from collections.abc import Iterator
from dataclasses import replace

from baclo.care.children import too_light_for_tablets
from baclo.care.climb import Way, climb_ug_per_day, days_to_top
from baclo.care.clocks import clocks_of
from baclo.care.kidney_share import KidneyShare
from baclo.care.pace import Pace, pace_of
from baclo.care.products import LIQUID, TABLETS, forms_taken, products_at_hand, smallest_piece_ug
from baclo.care.scheme import scheme_of
from baclo.care.standing import Standing
from baclo.case.case import Case, Speed
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, text
from baclo.units import convert

_COMPUTED = ("computed:plan",)
# A day divided by its doses: no dose that is taken, so that it is told rounded.
_SHARED_OUT = ("computed:mean",)
_MOST_OTHERS = 2


def ways(knowledge: Knowledge, case: Case, share: KidneyShare, now: Standing) -> tuple[Way, ...]:
    """The way put first, then at most two others: another speed, another form, another number of doses a day."""
    counts = scheme_of(knowledge, case).counts
    pace = pace_of(knowledge, case, share, case.question.speed, _most_doses(case, counts))
    clocks = clocks_of(knowledge, case, counts, now.regimen)
    first = Way(pace=pace, clocks=clocks, forms=_forms(knowledge, case, pace))
    others = (
        *_another_speed(knowledge, case, share, now, first),
        *_tablets_too(knowledge, case, first),
        *_another_count(knowledge, case, now, first),
    )
    return (first, *others[:_MOST_OTHERS])


def _most_doses(case: Case, counts: tuple[int, ...]) -> int:
    """How many doses a day may have at most: as many as the times asked for, else as the scheme lets it."""
    return len(case.question.clocks) or max(counts)


def _forms(knowledge: Knowledge, case: Case, pace: Pace) -> tuple[str, ...]:
    """For an adult what is taken now, else tablets; for a child the liquid, unless it has none and is heavy enough."""
    if not pace.scheme.child:
        return forms_taken(knowledge, case)
    if too_light_for_tablets(knowledge, case) or products_at_hand(knowledge, case, (LIQUID,)):
        return (LIQUID,)
    return TABLETS


def _another_speed(knowledge: Knowledge, case: Case, share: KidneyShare, now: Standing, first: Way) -> Iterator[Way]:
    """The other of slow and usual, where nothing about the person demands the slow one and it makes a difference.

    Both have to end at the same dose: the slow one never does so sooner.
    """
    if first.pace.must_be_slow:
        return
    speed = Speed.USUAL if first.pace.speed is Speed.SLOW else Speed.SLOW
    most_doses = _most_doses(case, first.pace.scheme.counts)
    other = replace(first, pace=pace_of(knowledge, case, share, speed, most_doses))
    mine, theirs = climb_ug_per_day(knowledge, case, other, now), climb_ug_per_day(knowledge, case, first, now)
    later = days_to_top(other, mine) - days_to_top(first, theirs)
    if mine[-1:] != theirs[-1:] or later == 0:
        return
    top = _milligrams(mine[-1])
    days = Number(value=float(abs(later)), unit="d", basis=(*_COMPUTED, *other.pace.rise_basis))
    words = "It reaches {top} {days} later; fewer unwanted effects on the way are what it is for."
    if speed is Speed.USUAL:
        words = "It reaches {top} {days} sooner, but the slow scheme was asked for."
    yield replace(
        other,
        name=text("The slow scheme" if speed is Speed.SLOW else "The usual scheme", knowledge.facts),
        why_not=text(words, knowledge.facts, top=top, days=days),
    )


def _tablets_too(knowledge: Knowledge, case: Case, first: Way) -> Iterator[Way]:
    """Tablets beside the liquid, for a child heavy enough for them."""
    if not first.pace.scheme.child or first.forms == TABLETS or too_light_for_tablets(knowledge, case):
        return
    pieces_ug = [one.piece_ug for one in products_at_hand(knowledge, case, TABLETS) if one.form in TABLETS]
    if not pieces_ug:
        return
    piece = _milligrams_once(min(pieces_ug))
    words = "Their smallest piece is {piece}: the steps come less near to the doses by weight."
    yield replace(
        first,
        forms=TABLETS,
        name=text("Tablets", knowledge.facts),
        why_not=text(words, knowledge.facts, piece=piece),
    )


def _another_count(knowledge: Knowledge, case: Case, now: Standing, first: Way) -> Iterator[Way]:
    """Four doses a day beside three, or three beside four, where each dose of the last step can have a piece."""
    usual, other, *_ = first.pace.scheme.counts
    levels = climb_ug_per_day(knowledge, case, first, now)
    piece_ug = smallest_piece_ug(knowledge, case, first.forms)
    if case.question.clocks or now.regimen is not None or not levels or levels[-1] < max(usual, other) * piece_ug:
        return
    count = Number(value=float(other), unit="1", basis=first.pace.scheme.rise_basis)
    largest = _milligrams_once(levels[-1] / other)
    usually = _milligrams_once(levels[-1] / usual)
    words = "Its doses are smaller, about {largest} instead of {usually} at the top, but there is one more to remember."
    if other < usual:
        words = "There is one dose fewer to remember, but its doses are larger, about {largest} instead of {usually}."
    yield replace(
        first,
        clocks=clocks_of(knowledge, case, range(other, 0, -1), now.regimen),
        name=text("{count} doses a day", knowledge.facts, count=count),
        why_not=text(words, knowledge.facts, largest=largest, usually=usually),
    )


def _milligrams(ug_per_day: float) -> Number:
    return Number(value=convert(ug_per_day, "ug/d", "mg/d"), unit="mg/d", basis=_COMPUTED)


def _milligrams_once(ug: float) -> Number:
    return Number(value=convert(ug, "ug", "mg"), unit="mg", basis=_SHARED_OUT)
