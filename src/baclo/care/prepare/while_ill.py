"""An illness may change the dose: what is dated for anything else holds only if the dose goes on unchanged."""

from collections.abc import Iterator
from dataclasses import replace

from baclo.care.finding import Status
from baclo.care.prepare.coming import Thing, local_day, things
from baclo.care.prepare.part import Part
from baclo.care.prepare.sentences import Sentences
from baclo.care.prepare.without import without
from baclo.case.ahead import Coming
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge


def while_ill(knowledge: Knowledge, case: Case, thing: Thing, part: Part) -> Part:
    """The part of the thing; where an illness may change the doses it dates, first of all that they hang on that."""
    illness = next(_illnesses(knowledge, case, part), None)
    if illness is None:
        return part
    said, day = Sentences(knowledge, "prepare", "illness"), illness.ahead.since
    named = Sentences(knowledge, "prepare", "together").line(thing.ahead.kind.value, day=thing.ahead.since)
    point = said.point("unchanged", status=Status.PRESENT, thing=named, day=day)
    entry = said.entry("unchanged", local_day(case, case.now), thing=named, day=day)
    return replace(part, points=(point, *part.points), agenda=(entry, *part.agenda))


def _illnesses(knowledge: Knowledge, case: Case, part: Part) -> Iterator[Thing]:
    """Every illness in which it is asked whether the dose is held or halved, before the last of the part's doses.

    Doses are dated by the clock, all else by whole days.
    """
    dated = [entry.since for entry in part.agenda if not entry.whole_day and entry.since >= case.now]
    for illness in things(case, Coming.ILLNESS):
        if dated and illness.ahead.since <= max(dated) and without(knowledge, case, illness) is None:
            yield illness
