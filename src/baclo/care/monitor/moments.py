"""The days on which a check falls: before the start, on changes of dose, in the weeks after, again and again."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from baclo.care.conditions import Truth
from baclo.care.medicines import read_medicines
from baclo.care.monitor.changes import today
from baclo.care.monitor.intervals import later
from baclo.care.monitor.occasions import FROM_START, Check, applies, interval, last_done, window
from baclo.care.quantities import Quantity
from baclo.case.case import Case
from baclo.knowledge.facts import Fact
from baclo.knowledge.library import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One day, or one window up to and including `until`, on which a check is due.

    `interval` is what the day rests on, None where it rests on the change of dose alone. `first` is whether no earlier
    one is known. `falling` is whether the dose falls on that day. `was` is the day by which it should have been done.
    """

    check: Check
    day: date
    until: date
    truth: Truth
    interval: Fact | None
    first: bool = False
    falling: bool = False
    was: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What the moments hang on. `begun` is the first day of the treatment that goes on, None where there is none yet.

    `changing` are the days on which the dose changes from now on, each with whether it falls. `settled` is the day of
    the last change, past or to come, None where nothing is taken nor planned. `until` is the first day that is not
    planned for.
    """

    knowledge: Knowledge
    case: Case
    known: Mapping[str, Quantity]
    begun: date | None
    changing: tuple[tuple[date, bool], ...]
    settled: date | None
    until: date

    @property
    def start(self) -> date | None:
        """The first day of treatment, past or planned."""
        if self.begun is not None:
            return self.begun
        return self.changing[0][0] if self.changing else None


def due_days(person: Person, check: Check, truth: Truth) -> Iterator[Due]:
    """Every day and window of a check that applies, also those that have passed and were not used."""
    for moment in check.at:
        yield from _MOMENTS[moment](person, check, truth)


def _one(check: Check, day: date, truth: Truth, of: Fact | None = None) -> Due:
    return Due(check=check, day=day, until=day, truth=truth, interval=of)


def _before(person: Person, check: Check, truth: Truth) -> Iterator[Due]:
    """Before the first dose, unless it was done not long ago."""
    now, last = today(person.case), last_done(person.knowledge, person.case, check)
    fresh = person.knowledge.fact(check.table["fresh"]) if "fresh" in check.table else None
    done = fresh is not None and last is not None and now <= later(last, fresh)
    if person.begun is None and not done:
        yield _one(check, now, truth)


def _step(person: Person, check: Check, truth: Truth) -> Iterator[Due]:
    """On each change of dose to come; the very first dose has its own look before it."""
    for day, falls in person.changing[1 if person.begun is None else 0 :]:
        yield replace(_one(check, day, truth), falling=falls)


def _early(person: Person, check: Check, truth: Truth) -> Iterator[Due]:
    """The weeks after the start, and after the last change of dose, unless it was done since they began."""
    also = applies(person.knowledge, check, person.known, "early_when")
    if also.holds is False:
        return
    of, last = window(person.knowledge, "early"), last_done(person.knowledge, person.case, check)
    for anchor in sorted({day for day in (person.start, person.settled) if day is not None}):
        opens = later(anchor, of)
        if last is None or last < opens:
            yield Due(check=check, day=opens, until=later(anchor, of, 1), truth=_both(truth, also), interval=of)


def _review(person: Person, check: Check, truth: Truth) -> Iterator[Due]:
    """The end of the trial of benefit on the last dose, unless it was scored then; none after a planned reduction."""
    if person.settled is None or (person.changing and person.changing[-1][1]):
        return
    of, last = window(person.knowledge, "review"), last_done(person.knowledge, person.case, check)
    day = later(person.settled, of)
    if last is None or last < day:
        yield _one(check, day, truth, of)


def _regular(person: Person, check: Check, truth: Truth) -> Iterator[Due]:
    """Windows between visits, from the last one, or from the first weeks on the last dose where none was since."""
    if person.settled is None:
        return
    of, last = window(person.knowledge, "regular"), last_done(person.knowledge, person.case, check)
    anchor = later(person.settled, window(person.knowledge, "early"), 1)
    if last is not None and last > person.settled:
        anchor = last
    while (opens := later(anchor, of)) < person.until:
        closes = later(anchor, of, 1)
        yield Due(check=check, day=opens, until=closes, truth=truth, interval=of)
        anchor = max(closes, today(person.case))


def _every(person: Person, check: Check, truth: Truth) -> Iterator[Due]:
    """An interval after the last one, and again; at once where none is known of a person who takes the drug.

    What the case keeps no record of is counted from the start, and never told as overdue.
    """
    if person.start is None:
        return
    of, why = interval(person.knowledge, check, person.known)
    now, last = today(person.case), last_done(person.knowledge, person.case, check)
    both = _both(truth, why)
    if last is None and person.begun is not None:
        yield replace(_one(check, now, both, of), first=True)
    day = later(max(now, person.start) if last is None else last, of)
    while day < person.until:
        if day >= now or check.table["last"] != FROM_START:
            yield _one(check, day, both, of)
        day = later(day if check.table["last"] == FROM_START else max(day, now), of)


def _recheck(person: Person, check: Check, truth: Truth) -> Iterator[Due]:
    """After each medicine that can hurt the kidneys and came after the last measurement."""
    of, last = window(person.knowledge, "recheck"), last_done(person.knowledge, person.case, check)
    for begun in _added(person, "kidney_hurting"):
        if last is None or last < begun:
            yield _one(check, later(begun, of), truth, of)


def _sedative(person: Person, check: Check, truth: Truth) -> Iterator[Due]:
    """Today, where a sedating medicine was added not long ago."""
    of, now = window(person.knowledge, "sedative"), today(person.case)
    if any(now <= later(begun, of) for begun in _added(person, "sedating")):
        yield _one(check, now, truth, of)


def _added(person: Person, burden: str) -> list[date]:
    """The local days on which the medicines that carry a burden were begun, where that is told."""
    read = read_medicines(person.knowledge, person.case.patient.medicines).read
    return [
        each.since.astimezone(person.case.zone).date()
        for each in read
        if burden in each.classes and each.since is not None
    ]


def _both(one: Truth, other: Truth) -> Truth:
    """Two conditions that must hold together, neither of them false."""
    needs = tuple(dict.fromkeys((*one.needs, *other.needs)))
    holds = None if None in (one.holds, other.holds) else True
    return Truth(holds=holds, needs=needs, basis=tuple(dict.fromkeys((*one.basis, *other.basis))))


_MOMENTS: MappingProxyType[str, Callable[[Person, Check, Truth], Iterator[Due]]] = MappingProxyType(
    {
        "before": _before,
        "step": _step,
        "early": _early,
        "review": _review,
        "regular": _regular,
        "every": _every,
        "recheck": _recheck,
        "sedative": _sedative,
    }
)
