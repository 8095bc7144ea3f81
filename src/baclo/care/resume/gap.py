"""How long it has been, and what that allows: the usual dose, a decision of the prescriber, or a new start."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from baclo.care.late_rule import LateRule
from baclo.care.of_late import began_again, took_hardly_any
from baclo.care.resume.slots import HOUR, Slot, Told
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number


class Way(StrEnum):
    """How to go on: with the usual dose, by the prescriber's decision, or from the bottom."""

    USUAL = "usual"
    DECIDE = "decide"
    RESTART = "restart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The way on; the doses missing beyond a little lateness; and until when the usual dose may be taken again.

    `gap_h` is how long nothing was certainly taken, at least. `hardly` is whether what was taken since a longer gap is
    too little to end it. `call_today` is whether somebody is to be called.
    """

    way: Way
    gap_h: float
    in_row: tuple[Slot, ...]
    lapses: datetime
    call_today: bool
    hardly: bool

    @property
    def length(self) -> Number:
        """How long it has been, as a number with its basis."""
        return Number(value=self.gap_h, unit="h", basis=("case:dose", "computed:gap"))


def gap_of(knowledge: Knowledge, case: Case, rule: LateRule, told: Told) -> Gap:
    """What the gap allows. One dose that is late by less than a text allows is no gap, however rare the doses are."""
    resume_h, restart_h = knowledge.number("missed.resume", "h"), knowledge.number("missed.restart_low", "h")
    gap_h = 0.0 if told.gap_h is None else told.gap_h
    in_row = tuple(slot for slot in told.missing if not (case.now - slot.due) / HOUR <= rule.on_time_h)
    lapses = case.now + timedelta(hours=resume_h - gap_h)
    if len(told.missing) == 1:
        (late,) = told.missing
        lapses = max(lapses, late.due + knowledge.number("missed.window", "h") * HOUR)
    usual = not in_row or case.now <= lapses
    hardly = usual and (took_hardly_any(knowledge, case) or began_again(knowledge, case))
    way = Way.DECIDE if hardly else Way.USUAL if usual else Way.DECIDE if gap_h <= restart_h else Way.RESTART
    many = len(in_row) >= knowledge.number("missed.in_row", "1")
    call = many or way is not Way.USUAL
    return Gap(way=way, gap_h=gap_h, in_row=in_row, lapses=lapses, call_today=call, hardly=hardly)
