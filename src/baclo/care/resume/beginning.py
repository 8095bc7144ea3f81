"""Whether the regimen is only beginning, and whether its first day is more than the texts begin with."""

import math
from collections.abc import Iterator
from datetime import timedelta

from baclo.care.refusal import Refusal
from baclo.care.resume.slots import Told
from baclo.care.scheme import Scheme, scheme_of
from baclo.case.calendar import given_doses
from baclo.case.case import Case
from baclo.case.timeline import DoseStatus
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, text
from baclo.units import convert

_NEEDS = ("baclofen_since",)


def begins(case: Case, told: Told) -> bool:
    """Whether no dose by the clock was ever certainly taken, and baclofen is not told since before the regimen.

    A single dose that stands for none by the clock is no regular baclofen, and does not say that it was taken before.
    """
    usual, since = told.usual, case.baclofen_since
    if usual is None or any(intake.sure and intake.due is not None for intake in told.intakes):
        return False
    first = min(regimen.since for regimen in case.timeline.regimens)
    given = given_doses(case.timeline, case.zone, first, case.now)
    regular = any(dose.scheduled is not None and dose.status is DoseStatus.GIVEN for dose in given)
    return not regular and (since is None or since >= usual.since)


def never_taken(knowledge: Knowledge, case: Case, told: Told) -> bool:
    """Whether no dose at all was ever certainly taken, and the first of all is among the doses that are looked at."""
    back = case.now - timedelta(hours=knowledge.number("stopping.look_back", "h"))
    recorded = any(record.status is DoseStatus.GIVEN for record in case.timeline.doses)
    return begins(case, told) and not recorded and all(regimen.since >= back for regimen in case.timeline.regimens)


def against_first_day(knowledge: Knowledge, case: Case, told: Told) -> Iterator[Refusal]:
    """What stands against a regimen that begins with more than the texts of the region do, or with nothing known."""
    if told.usual is None or not begins(case, told):
        return
    total_ug, scheme = told.usual.total_ug_per_day, _scheme(knowledge, case)
    if scheme is None:
        words = (
            "No regular baclofen is told before this regimen, and without an age and a weight no first day is known: "
            "ask the prescriber before the first dose. Was it taken before, and since when?"
        )
        reason = text(words, knowledge.facts)
    elif total_ug <= scheme.start_ug_per_day or math.isclose(total_ug, scheme.start_ug_per_day):
        return
    else:
        words = (
            "No regular baclofen is told before this regimen of {total} a day, and the texts begin with {first} a day: "
            "ask the prescriber before the first dose. Was it taken before, and since when?"
        )
        total, first = _mg(total_ug, ("case:regimen",)), _mg(scheme.start_ug_per_day, scheme.first_basis)
        reason = text(words, knowledge.facts, total=total, first=first)
    yield Refusal(reason=reason, needs=_NEEDS, basis=("case:baclofen_since", *reason.basis))


def _scheme(knowledge: Knowledge, case: Case) -> Scheme | None:
    """The scheme of the texts for this person; None where the age, or the weight of a child, leaves no first dose."""
    age_y = case.patient.age_y
    if age_y is None or not age_y >= 0:
        return None
    scheme = scheme_of(knowledge, case)
    return scheme if scheme.start_ug_per_day > 0 else None


def _mg(amount_ug: float, basis: tuple[str, ...]) -> Number:
    return Number(value=convert(amount_ug, "ug", "mg"), unit="mg", basis=basis)
