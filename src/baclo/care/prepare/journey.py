"""A journey across time zones: whether the doses move to the clock there, and each of them with its moment."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from baclo.care.advice import Point
from baclo.care.agenda import Entry
from baclo.care.amounts import dose_in_words
from baclo.care.finding import Status
from baclo.care.prepare.coming import Thing, local_day, things
from baclo.care.prepare.itinerary import Itinerary, Kept, itinerary
from baclo.care.prepare.part import Part
from baclo.care.prepare.sentences import Sentences
from baclo.care.prepare.supply import supply
from baclo.care.prepare.while_ill import while_ill
from baclo.care.prepare.without import without
from baclo.case.ahead import Coming
from baclo.case.calendar import scheduled
from baclo.case.case import Case
from baclo.case.timeline import Regimen
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Quoted

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def journeys(knowledge: Knowledge, case: Case, hung: frozenset[Thing]) -> Iterator[Part]:
    """A part for every journey ahead; the doses of one `hung` together with something else are not dated."""
    said = Sentences(knowledge, "prepare", "journey")
    for thing in things(case, Coming.JOURNEY):
        gone = without(knowledge, case, thing)
        if gone is not None:
            headline = said.line("without", day=thing.ahead.since, state=gone.state)
            yield Part(headline=headline, points=(gone.point, *_pump(case, said)), agenda=())
        elif thing in hung:
            yield _hung(knowledge, case, said, thing)
        else:
            yield while_ill(knowledge, case, thing, _journey(knowledge, case, said, thing))


def _hung(knowledge: Knowledge, case: Case, said: Sentences, thing: Thing) -> Part:
    """What holds of a journey whose doses are planned together with something else."""
    stock = supply(knowledge, case, thing)
    points = (*said.always(), *_unknown(case, said, thing), *_pump(case, said), *stock.points, said.point("sick"))
    return Part(
        headline=said.line("together", day=thing.ahead.since),
        points=points,
        agenda=(*_packing(case, said, thing), *stock.agenda),
    )


def _journey(knowledge: Knowledge, case: Case, said: Sentences, thing: Thing) -> Part:
    found = itinerary(knowledge, case, thing)
    stock = supply(knowledge, case, thing)
    points = (*said.always(), *_unknown(case, said, thing), *_scheme(said, found), *_pump(case, said), *stock.points)
    dated = tuple(_moved_entries(knowledge, case, said, thing, found))
    if found is not None and found.out is None:
        dated = tuple(_home_entries(knowledge, case, said, thing, found.regimen))
    headline = "unknown" if found is None else "home" if found.out is None else "moved"
    return Part(
        headline=said.line(headline, day=thing.ahead.since),
        points=(*points, said.point("sick")),
        agenda=(*_packing(case, said, thing), *dated, *stock.agenda),
        notes=said.notes() if dated and headline == "moved" else (),
    )


def _unknown(case: Case, said: Sentences, thing: Thing) -> Iterator[Point]:
    if thing.ahead.zone is None:
        yield said.point("zone_unknown", status=Status.UNKNOWN, needs=(thing.path_of("zone"),))
    if thing.ahead.until is None:
        yield said.point("return_unknown", status=Status.UNKNOWN, needs=(thing.path_of("until"),))
    if not any(_runs(regimen, thing.ahead.since) for regimen in case.timeline.regimens):
        yield said.point("regimen_unknown", status=Status.UNKNOWN, needs=("regimen",))


def _runs(regimen: Regimen, at: datetime) -> bool:
    return regimen.since <= at and (regimen.until is None or at < regimen.until)


def _pump(case: Case, said: Sentences) -> Iterator[Point]:
    if case.patient.has_pump:
        yield said.point("pump", status=Status.PRESENT)
    elif case.patient.has_pump is None:
        yield said.point("pump_unknown", status=Status.UNKNOWN, needs=("patient.has_pump",))


def _scheme(said: Sentences, found: Itinerary | None) -> Iterator[Point]:
    """Why the clock at home is kept, or how the doses move."""
    if found is None:
        return
    if found.out is None:
        if found.kept is Kept.SHORT_STAY:
            yield said.point("short_stay", moving=_days(found.moving_days), stay=_days(found.stay_days))
        else:
            yield said.point(found.kept.name.lower())
        return
    most = Number(value=max(found.out.delays) / _HOUR, unit="h", basis=("computed:journey",))
    gaps = found.out.old.gaps()
    yield said.point(
        "moved",
        most=most,
        moving=_days(found.out.days),
        total=Number(value=found.regimen.total_ug_per_day, unit="ug", basis=("case:regimen",)),
        least=Number(value=min(gaps) / _HOUR, unit="h", basis=("case:regimen",)),
        longest=Number(value=(max(gaps) + found.out.step) / _HOUR, unit="h", basis=("computed:journey",)),
    )
    if found.back is None:
        yield said.point("open_return", moving=_days(found.out.days))
    else:
        back = Number(value=max(found.back.delays) / _HOUR, unit="h", basis=("computed:journey",))
        yield said.point("back", most=back, moving=_days(found.back.days), day=found.back.since)
    yield said.point("stay_home")
    if found.clocks_change is not None:
        yield said.point("clocks_change", day=found.clocks_change)


def _days(days: float) -> Number:
    return Number(value=days, unit="d", basis=("computed:journey",))


def _packing(case: Case, said: Sentences, thing: Thing) -> Iterator[Entry]:
    day = local_day(case, thing.ahead.since)
    if day > local_day(case, case.now):
        yield said.entry("pack", local_day(case, day - _DAY / 2))


def _moved_entries(
    knowledge: Knowledge, case: Case, said: Sentences, thing: Thing, found: Itinerary | None
) -> Iterator[Entry]:
    """Every dose that comes at another time than at its clock, and when all have arrived."""
    if found is None or found.out is None or thing.ahead.zone is None:
        return
    for leg, doses, key in found.legs():
        for dose in doses:
            if leg.since <= dose.at < leg.settled:
                yield said.entry(
                    "dose",
                    dose.at,
                    whole_day=False,
                    dose=dose_in_words(knowledge, found.regimen.product, dose.amount_ug),
                    there=dose.at.astimezone(thing.ahead.zone),
                    home=_at_home(case, dose.at),
                    later=Number(value=dose.later / _HOUR, unit="h", basis=("computed:journey",)),
                )
        yield said.entry(key, leg.settled, whole_day=False)


def _at_home(case: Case, at: datetime) -> Quoted:
    """The clock time at home; the day stands before the entry."""
    return Quoted(words=at.astimezone(case.zone).time().isoformat("minutes"), basis=("computed:journey",))


def _home_entries(knowledge: Knowledge, case: Case, said: Sentences, thing: Thing, regimen: Regimen) -> Iterator[Entry]:
    """The doses of the first days by both clocks."""
    first_days = timedelta(hours=knowledge.number("journey.short_stay", "h"))
    closes = min(thing.ahead.until or thing.ahead.since + first_days, thing.ahead.since + first_days)
    for at, dose in scheduled(regimen, case.zone, thing.ahead.since, closes):
        yield said.entry(
            "home_dose",
            at,
            whole_day=False,
            dose=dose_in_words(knowledge, regimen.product, dose.amount_ug),
            there=at.astimezone(thing.ahead.zone),
            home=_at_home(case, at),
        )
