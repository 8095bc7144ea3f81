"""Before, on, and after the day of an operation, with each dose by the clock."""

from collections.abc import Iterator
from datetime import timedelta

from baclo.care.advice import Point
from baclo.care.agenda import Entry
from baclo.care.finding import Status
from baclo.care.prepare.coming import Thing, local_day, things, today_or_later
from baclo.care.prepare.hours_without import fasting_entries, fasting_points
from baclo.care.prepare.others import others
from baclo.care.prepare.part import Part
from baclo.care.prepare.sentences import Sentences
from baclo.care.prepare.supply import supply
from baclo.case.ahead import Coming
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number

_DAY = timedelta(days=1)
_OTHERS = ("opioid", "sedating", "pressure_lowering", "kidney_hurting")


def operations(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Iterator[Part]:
    """A part for every operation ahead, and one that asks for the day where only that one is planned is told."""
    said = Sentences(knowledge, "prepare", "operation")
    found = things(case, Coming.OPERATION)
    for thing in found:
        yield _operation(knowledge, case, picture, said, thing)
    if not found and case.patient.surgery_planned:
        asked = said.point("day_unknown", status=Status.UNKNOWN, needs=("patient.surgery", "ahead"))
        yield Part(headline=said.line("day_unknown"), points=(asked, *said.always()), agenda=())


def _operation(knowledge: Knowledge, case: Case, picture: KidneyPicture, said: Sentences, thing: Thing) -> Part:
    stock = supply(knowledge, case, thing)
    points = (
        *said.always(),
        *_urgency(said, thing),
        *_pump(case, said),
        *fasting_points(knowledge, case, thing),
        _kidneys(said, picture),
        *others(knowledge, case, said, _OTHERS),
        *stock.points,
    )
    agenda = (*_dates(knowledge, case, said, thing), *fasting_entries(knowledge, case, thing), *stock.agenda)
    return Part(headline=said.line("ahead", day=thing.ahead.since), points=points, agenda=agenda, notes=said.notes())


def _urgency(said: Sentences, thing: Thing) -> Iterator[Point]:
    if thing.ahead.emergency:
        yield said.point("emergency")


def _pump(case: Case, said: Sentences) -> Iterator[Point]:
    if case.patient.has_pump:
        yield said.point("pump", status=Status.PRESENT)
    elif case.patient.has_pump is None:
        yield said.point("pump_unknown", status=Status.UNKNOWN, needs=("patient.has_pump",))


def _kidneys(said: Sentences, picture: KidneyPicture) -> Point:
    """Whether kidney function is known well enough to compare with after the operation."""
    if picture.egfr_ml_per_min_per_1_73m2 is None or picture.stale:
        return said.point("kidney_unknown", status=Status.UNKNOWN, needs=picture.needs)
    egfr = Number(value=picture.egfr_ml_per_min_per_1_73m2, unit="mL/min/{1.73_m2}", basis=picture.egfr_basis)
    return said.point("kidney_known", status=Status.PRESENT, egfr=egfr)


def _dates(knowledge: Knowledge, case: Case, said: Sentences, thing: Thing) -> Iterator[Entry]:
    """What is done on which day, but for the doses and the refill."""
    recheck = timedelta(hours=knowledge.number("kidney.recheck", "h"))
    day, today = local_day(case, thing.ahead.since), local_day(case, case.now)
    if day >= today:
        yield said.entry("tell", today, day=thing.ahead.since)
        yield said.entry("kidney_before", today_or_later(case, thing.ahead.since - recheck))
    if day > today:
        yield said.entry("pack", local_day(case, day - _DAY / 2))
    after = local_day(case, day + _DAY + _DAY / 2)
    yield said.entry("kidney_after", after, until=local_day(case, after + recheck + _DAY / 2))
