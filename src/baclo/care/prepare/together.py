"""Which things ahead lie so near each other that their doses hang together, and that one plan is made for them.

Each of them is planned by its own rules as if nothing else lay ahead. Where two such plans meet, a dose would be
told twice, or left out by one and taken by the other: then no dose is dated at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from baclo.care.finding import Status
from baclo.care.prepare.coming import Thing, local_day, things
from baclo.care.prepare.itinerary import itinerary
from baclo.care.prepare.part import Part
from baclo.care.prepare.sentences import Sentences
from baclo.care.prepare.without import without
from baclo.case.ahead import Coming
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text

_DAY = timedelta(days=1)
Group = tuple[Thing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """From when until when a thing may touch doses; `closes` is None where no end of it is told."""

    thing: Thing
    opens: datetime
    closes: datetime | None


def hanging_together(knowledge: Knowledge, case: Case) -> tuple[Group, ...]:
    """The things of which each touches the doses of another, in order of time; none that stands alone."""
    groups: list[list[_Stretch]] = []
    for stretch in sorted(_stretches(knowledge, case), key=lambda one: one.opens):
        if groups and any(one.closes is None or stretch.opens < one.closes for one in groups[-1]):
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    return tuple(_in_order(group) for group in groups if len(group) > 1)


def _in_order(group: list[_Stretch]) -> Group:
    return tuple(sorted((stretch.thing for stretch in group), key=lambda thing: thing.ahead.since))


def _stretches(knowledge: Knowledge, case: Case) -> Iterator[_Stretch]:
    """Of everything that gives doses another time or drops them, where any are taken."""
    fasting = (thing for thing in things(case, Coming.SCAN) if thing.ahead.nil_by_mouth is not None)
    for thing in (*things(case, Coming.OPERATION), *fasting, *things(case, Coming.JOURNEY)):
        if without(knowledge, case, thing) is None:
            closes = _returns if thing.ahead.kind is Coming.JOURNEY else _eats
            yield _Stretch(thing=thing, opens=_opens(thing), closes=closes(knowledge, case, thing))


def _opens(thing: Thing) -> datetime:
    ahead = thing.ahead
    return min(ahead.since, ahead.nil_by_mouth or ahead.since).astimezone(UTC) - _DAY


def _eats(_knowledge: Knowledge, _case: Case, thing: Thing) -> datetime:
    """A day after swallowing is allowed again, or two after the beginning where that is not told."""
    ahead = thing.ahead
    if ahead.by_mouth_again is None:
        return _least(thing) + _DAY
    return max(ahead.since, ahead.by_mouth_again).astimezone(UTC) + _DAY


def _returns(knowledge: Knowledge, case: Case, thing: Thing) -> datetime | None:
    """A day after the doses are back on the clock at home; None where the return or the place's clock is not told."""
    ahead = thing.ahead
    if ahead.until is None or ahead.zone is None:
        return None
    found = itinerary(knowledge, case, thing)
    back = ahead.until if found is None or found.back is None else found.back.settled
    return back.astimezone(UTC) + _DAY


def _least(thing: Thing) -> datetime:
    """Until when it touches doses at the least."""
    return thing.ahead.since.astimezone(UTC) + _DAY


def together(knowledge: Knowledge, case: Case, groups: tuple[Group, ...]) -> Iterator[Part]:
    """A part for every group: that one plan must be written, by whom and before when, and what would part it."""
    said = Sentences(knowledge, "prepare", "together")
    for group in groups:
        named = _named(said, group)
        points = [said.point("one_plan", status=Status.PRESENT, things=named)]
        if needs := tuple(dict.fromkeys(_needs(group))):
            points.append(said.point("end_unknown", status=Status.UNKNOWN, needs=needs))
        agenda = (said.entry("plan", local_day(case, case.now), things=named),)
        yield Part(headline=said.line("ahead", things=named), points=tuple(points), agenda=agenda)


def _named(said: Sentences, group: Group) -> Text:
    """Each by its kind and its day, in a row."""
    *names, last = (said.line(thing.ahead.kind.value, day=thing.ahead.since) for thing in group)
    before = [piece for name in names for piece in (*name.pieces, ", ")]
    return Text((*before[:-1], " and ", *last.pieces))


def _needs(group: Group) -> Iterator[str]:
    """What is not told of an end, where another of the group would be clear of the shortest that may be."""
    for thing in group:
        if any(_opens(other) >= _least(thing) for other in group):
            yield from (thing.path_of(key) for key in _untold(thing))


def _untold(thing: Thing) -> Iterator[str]:
    ahead = thing.ahead
    keys = ("until", "zone") if ahead.kind is Coming.JOURNEY else ("by_mouth_again",)
    yield from (key for key in keys if getattr(ahead, key) is None)
