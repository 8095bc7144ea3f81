"""Before, on, and after the day of an operation, with each dose by the clock."""

from collections.abc import Iterator
from datetime import timedelta

from baclo.care.advice import Point
from baclo.care.agenda import Entry
from baclo.care.finding import Status
from baclo.care.prepare.coming import Thing, local_day, things
from baclo.care.prepare.hours_without import fasting_entries, fasting_points
from baclo.care.prepare.kidneys import kidney_entries, kidney_point, on_dialysis
from baclo.care.prepare.others import others
from baclo.care.prepare.part import Part
from baclo.care.prepare.sentences import Sentences
from baclo.care.prepare.supply import supply
from baclo.care.prepare.while_ill import while_ill
from baclo.care.prepare.without import Without, without
from baclo.case.ahead import Coming
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge

_DAY = timedelta(days=1)
_OTHERS_ON_DIALYSIS = ("opioid", "sedating", "pressure_lowering")
_OTHERS = (*_OTHERS_ON_DIALYSIS, "kidney_hurting")


def operations(knowledge: Knowledge, case: Case, picture: KidneyPicture, hung: frozenset[Thing]) -> Iterator[Part]:
    """A part for every operation ahead, and one that asks for the day where only that one is planned is told.

    The doses around one that is `hung` together with something else are not dated.
    """
    said = Sentences(knowledge, "prepare", "operation")
    found = things(case, Coming.OPERATION)
    for thing in found:
        gone = without(knowledge, case, thing)
        if gone is None:
            part = _operation(knowledge, case, picture, said, thing, alone=thing not in hung)
            yield while_ill(knowledge, case, thing, part)
        else:
            yield _operation_without(case, said, thing, gone)
    if not found and case.patient.surgery_planned:
        yield _day_unknown(knowledge, case, picture, said)


def _operation(
    knowledge: Knowledge, case: Case, picture: KidneyPicture, said: Sentences, thing: Thing, *, alone: bool
) -> Part:
    stock = supply(knowledge, case, thing)
    points = (
        *_always(said, picture),
        *_urgency(said, thing),
        *_pump(case, said),
        *fasting_points(knowledge, case, thing, alone=alone),
        kidney_point(said, picture),
        *others(knowledge, case, said, _OTHERS_ON_DIALYSIS if on_dialysis(picture) else _OTHERS),
        *stock.points,
    )
    agenda = (
        *_dates(case, said, thing),
        *kidney_entries(knowledge, case, picture, said, thing),
        *(fasting_entries(knowledge, case, thing) if alone else ()),
        *stock.agenda,
    )
    return Part(headline=said.line("ahead", day=thing.ahead.since), points=points, agenda=agenda, notes=said.notes())


def _operation_without(case: Case, said: Sentences, thing: Thing, gone: Without) -> Part:
    """Where none is taken: that it is not begun again for the operation, and what those who treat must know."""
    told = () if gone.never else (said.point("anaesthetist_without"),)
    today = local_day(case, case.now)
    tell = not gone.never and local_day(case, thing.ahead.since) >= today
    return Part(
        headline=said.line("without", day=thing.ahead.since, state=gone.state),
        points=(gone.point, *told, *_pump(case, said)),
        agenda=(said.entry("tell_without", today, day=thing.ahead.since),) if tell else (),
    )


def _day_unknown(knowledge: Knowledge, case: Case, picture: KidneyPicture, said: Sentences) -> Part:
    asked = said.point("day_unknown", status=Status.UNKNOWN, needs=("patient.surgery", "ahead"))
    gone = without(knowledge, case, None)
    if gone is None:
        return Part(headline=said.line("day_unknown"), points=(asked, *_always(said, picture)), agenda=())
    headline = said.line("day_unknown_without", state=gone.state)
    return Part(headline=headline, points=(asked, gone.point, *_pump(case, said)), agenda=())


def _always(said: Sentences, picture: KidneyPicture) -> tuple[Point, ...]:
    """What holds for every operation; afterwards kidneys are looked at where they still do the work."""
    return (*said.always(), said.point("after_dialysis" if on_dialysis(picture) else "after"))


def _urgency(said: Sentences, thing: Thing) -> Iterator[Point]:
    if thing.ahead.emergency:
        yield said.point("emergency")


def _pump(case: Case, said: Sentences) -> Iterator[Point]:
    if case.patient.has_pump:
        yield said.point("pump", status=Status.PRESENT)
    elif case.patient.has_pump is None:
        yield said.point("pump_unknown", status=Status.UNKNOWN, needs=("patient.has_pump",))


def _dates(case: Case, said: Sentences, thing: Thing) -> Iterator[Entry]:
    """What is done on which day, but for the kidneys, the doses and the refill."""
    day, today = local_day(case, thing.ahead.since), local_day(case, case.now)
    if day >= today:
        yield said.entry("tell", today, day=thing.ahead.since)
    if day > today:
        yield said.entry("pack", local_day(case, day - _DAY / 2))
