"""Doses of the last day that are over: missed, or taken in part, with another one taken since; nothing is made up."""

import math
from collections.abc import Iterator
from datetime import timedelta

from baclo.care.advice import Point
from baclo.care.finding import Severity
from baclo.care.resume.planner import Situation
from baclo.care.resume.slots import Fate, Slot
from baclo.care.resume.telling import say
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text
from baclo.units import convert

_KEYS = {Fate.MISSED: "missed", Fate.LOST: "lost", Fate.UNSURE: "unsure", Fate.TAKEN: "part"}


def passed(knowledge: Knowledge, now: Situation) -> tuple[Slot, ...]:
    """The doses of the last day that are neither whole nor among those that are still missing, the newest last."""
    since = now.case.now - timedelta(hours=knowledge.number("missed.day", "h"))
    missing = now.told.missing
    return tuple(
        slot
        for slot in now.told.slots
        if slot.due > since and slot.fate is not Fate.AHEAD and slot not in missing and _wanting(slot)
    )


def passed_points(knowledge: Knowledge, now: Situation) -> Iterator[Point]:
    """Of each such dose that it is over and not made up for."""
    for slot in passed(knowledge, now):
        yield Point(
            id=f"passed.{slot.due.isoformat()}",
            status=None,
            severity=Severity.INFO,
            title=passed_title(knowledge, slot),
            detail=say(knowledge, "passed", "detail"),
            needs=(),
            basis=("case:dose", *now.rule.basis),
        )


def passed_title(knowledge: Knowledge, slot: Slot) -> Text:
    """What became of the dose, and that it is not made up for."""
    taken, whole = _mg(slot.taken_ug), _mg(slot.amount_ug)
    return say(knowledge, "passed", _KEYS[slot.fate], due=slot.due, taken=taken, whole=whole)


def _wanting(slot: Slot) -> bool:
    less = slot.taken_ug < slot.amount_ug and not math.isclose(slot.taken_ug, slot.amount_ug)
    return slot.fate is not Fate.TAKEN or less


def _mg(amount_ug: float) -> Number:
    return Number(value=convert(amount_ug, "ug", "mg"), unit="mg", basis=("case:dose",))
