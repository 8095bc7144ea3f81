"""Whether baclofen is taken at all before what lies ahead: who stopped is not told to go on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from baclo.care.advice import Point
from baclo.care.doses import regimen_now
from baclo.care.finding import Status
from baclo.care.prepare.coming import Thing
from baclo.care.prepare.sentences import Sentences
from baclo.care.standing import Continuity, standing
from baclo.case.calendar import given_doses
from baclo.case.case import Case
from baclo.case.timeline import DoseStatus
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text

_TAKEN = (Continuity.GOING_ON, Continuity.LITTLE, Continuity.MORE, Continuity.UNTOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """That none is known to be taken: in a few words for a headline, and as a point.

    `never` is whether the case tells of none at all.
    """

    never: bool
    state: Text
    point: Point


def without(knowledge: Knowledge, case: Case, thing: Thing | None) -> Without | None:
    """None where baclofen goes on, less than told too, or is to be begun before the thing; else that none is taken."""
    now = standing(knowledge, case, case.now)
    if now.continuity in _TAKEN or _begins(case, thing):
        return None
    said = Sentences(knowledge, "prepare", "without")
    if now.continuity is Continuity.NEVER:
        point = said.point("never", status=Status.UNKNOWN, needs=("regimen",))
        return Without(never=True, state=said.line("never"), point=point)
    last = _last(case)
    since = said.line("no_last") if last is None else said.line("last", last=last)
    prescribed = now.continuity is Continuity.INTERRUPTED or _runs(case)
    point = said.point("not_taken" if prescribed else "ended", status=Status.PRESENT, since=since)
    return Without(never=False, state=said.line("stopped"), point=point)


def less(knowledge: Knowledge, case: Case) -> Iterator[Point]:
    """Which dose goes on is to be settled first, where less was taken of late than the regimen says."""
    if standing(knowledge, case, case.now).continuity is Continuity.LITTLE:
        yield Sentences(knowledge, "prepare", "without").point("less", status=Status.PRESENT, needs=("regimen",))


def _runs(case: Case) -> bool:
    """Whether doses are prescribed now."""
    regimen = regimen_now(case.timeline, case.now)
    return regimen is not None and bool(regimen.doses)


def _begins(case: Case, thing: Thing | None) -> bool:
    """Whether a regimen of which no dose was due yet is told to run by then, and no other runs now."""
    if _runs(case):
        return not case.timeline.doses and not given_doses(case.timeline, case.zone, _first(case), case.now)
    later = [one for one in case.timeline.regimens if one.doses and one.since > case.now]
    return thing is not None and any(one.since <= thing.ahead.since for one in later)


def _last(case: Case) -> datetime | None:
    """The last dose that is known to be taken; None where the case knows of none."""
    doses = given_doses(case.timeline, case.zone, _first(case), case.now)
    return max((dose.at for dose in doses if dose.status is DoseStatus.GIVEN), default=None)


def _first(case: Case) -> datetime:
    """From when on the case tells of any dose."""
    told = (*(one.since for one in case.timeline.regimens), *(dose.at for dose in case.timeline.doses))
    return min(told, default=case.now)
