"""Whether more was taken at once than one usual dose: two together, a larger one, or one beside the clock."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from baclo.care.late_rule import LateRule
from baclo.care.resume.slots import HOUR, Intake, Told
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number
from baclo.units import convert


class Kind(StrEnum):
    """What was too much, by its key among the words of this question."""

    DOUBLE = "double"
    LARGER = "larger"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess:
    """What was taken `at` once, and why it is too much; `sure` is whether it was certainly taken."""

    kind: Kind
    at: datetime
    amount_ug: float
    sure: bool

    @property
    def amount(self) -> Number:
        """How much it was, as a number with its basis."""
        return Number(value=convert(self.amount_ug, "ug", "mg"), unit="mg", basis=("case:dose",))


def excess_of(knowledge: Knowledge, case: Case, rule: LateRule, told: Told) -> Excess | None:
    """The gravest that was taken too much within the last day, the newest of these; None where nothing was."""
    since = case.now - timedelta(hours=knowledge.number("missed.day", "h"))
    found = [one for one in _every(rule, told) if one.at > since]
    return min(found, key=lambda one: (one.kind is Kind.EXTRA, case.now - one.at, -one.amount_ug), default=None)


def _every(rule: LateRule, told: Told) -> Iterator[Excess]:
    usual_ug = {slot.due: slot.amount_ug for slot in told.slots}
    for last, intake in enumerate(told.intakes):
        together = _together(rule, told.intakes[: last + 1])
        kind = _at_once(together) or _alone(usual_ug.get(intake.due) if intake.due else None, intake)
        if kind is not None:
            every = together or (intake,)
            amount_ug = sum(one.amount_ug for one in every)
            yield Excess(kind=kind, at=intake.at, amount_ug=amount_ug, sure=all(one.sure for one in every))


def _together(rule: LateRule, taken: Sequence[Intake]) -> tuple[Intake, ...]:
    """The last dose with those taken at once with it; () where it is alone, or each of them is at its own time."""
    at = taken[-1].at
    near = tuple(one for one in taken if (at - one.at) / HOUR <= rule.on_time_h)
    off = any(one.due is None or not abs(one.at - one.due) / HOUR <= rule.on_time_h for one in near)
    return near if len(near) > 1 and off else ()


def _at_once(together: Sequence[Intake]) -> Kind | None:
    """What is too much about doses taken at once: two, or more than that."""
    if not together:
        return None
    return Kind.LARGER if together[2:] else Kind.DOUBLE


def _alone(usual_ug: float | None, intake: Intake) -> Kind | None:
    """What is too much about a dose by itself."""
    if usual_ug is None:
        return Kind.EXTRA
    if not intake.amount_ug > usual_ug or math.isclose(intake.amount_ug, usual_ug):
        return None
    return Kind.DOUBLE if math.isclose(intake.amount_ug, usual_ug + usual_ug) else Kind.LARGER
