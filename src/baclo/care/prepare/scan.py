"""A magnetic resonance scan: nothing to do for tablets, and what is known of each pump, as information only."""

from collections.abc import Iterator

from baclo.care.advice import Point
from baclo.care.finding import Status
from baclo.care.prepare.coming import Thing, local_day, things
from baclo.care.prepare.hours_without import fasting_entries, fasting_points
from baclo.care.prepare.part import Part
from baclo.care.prepare.sentences import Sentences
from baclo.care.prepare.while_ill import while_ill
from baclo.care.prepare.without import without
from baclo.case.ahead import Coming
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge

_PUMPS = ("synchromed_ii", "prometra", "codman", "synchromed_el")


def scans(knowledge: Knowledge, case: Case, hung: frozenset[Thing]) -> Iterator[Part]:
    """A part for every scan ahead; where it is done fasting, the doses of that day as for an operation.

    The doses around one that is `hung` together with something else are not dated.
    """
    said = Sentences(knowledge, "prepare", "scan")
    for thing in things(case, Coming.SCAN):
        gone = without(knowledge, case, thing)
        if gone is not None:
            headline = said.line("without", day=thing.ahead.since, state=gone.state)
            yield Part(headline=headline, points=(gone.point, *_pump(case, said)), agenda=(), notes=said.notes())
        elif thing in hung:
            yield _hung(knowledge, case, said, thing)
        else:
            yield while_ill(knowledge, case, thing, _scan(knowledge, case, said, thing))


def _scan(knowledge: Knowledge, case: Case, said: Sentences, thing: Thing) -> Part:
    fasting = thing.ahead.nil_by_mouth is not None
    return Part(
        headline=said.line("ahead", day=thing.ahead.since),
        points=(
            *said.always(),
            *_pump(case, said),
            *(fasting_points(knowledge, case, thing, alone=True) if fasting else ()),
        ),
        agenda=(
            said.entry("scan", local_day(case, thing.ahead.since)),
            *(fasting_entries(knowledge, case, thing) if fasting else ()),
        ),
        notes=said.notes(),
    )


def _hung(knowledge: Knowledge, case: Case, said: Sentences, thing: Thing) -> Part:
    """What holds of a scan whose doses are planned together with something else."""
    return Part(
        headline=said.line("together", day=thing.ahead.since),
        points=(*_pump(case, said), *fasting_points(knowledge, case, thing, alone=False)),
        agenda=(said.entry("scan_together", local_day(case, thing.ahead.since)),),
        notes=said.notes(),
    )


def _pump(case: Case, said: Sentences) -> Iterator[Point]:
    if case.patient.has_pump is None:
        yield said.point("pump_unknown", status=Status.UNKNOWN, needs=("patient.has_pump",))
    if case.patient.has_pump:
        yield said.point("pump", status=Status.PRESENT)
        yield from (said.point(key) for key in _PUMPS)
