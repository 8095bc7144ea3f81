"""Kidney function around an operation: a value to compare with, or what holds where dialysis does their work."""

from collections.abc import Iterator
from datetime import timedelta

from baclo.care.advice import Point
from baclo.care.agenda import Entry
from baclo.care.finding import Status
from baclo.care.prepare.coming import Thing, local_day, today_or_later
from baclo.care.prepare.sentences import Sentences
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.case.patient import DialysisKind
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number

_DAY = timedelta(days=1)


def on_dialysis(picture: KidneyPicture) -> bool:
    """Whether dialysis of any kind is told: then no creatinine says anything of the kidneys."""
    return picture.dialysis is not None and picture.dialysis.kind is not DialysisKind.NONE


def kidney_point(said: Sentences, picture: KidneyPicture) -> Point:
    """Whether kidney function is known well enough to compare with after the operation."""
    if on_dialysis(picture):
        return said.point("dialysis", status=Status.PRESENT)
    if picture.egfr_ml_per_min_per_1_73m2 is None or picture.stale:
        return said.point("kidney_unknown", status=Status.UNKNOWN, needs=picture.needs)
    egfr = Number(value=picture.egfr_ml_per_min_per_1_73m2, unit="mL/min/{1.73_m2}", basis=picture.egfr_basis)
    return said.point("kidney_known", status=Status.PRESENT, egfr=egfr)


def kidney_entries(
    knowledge: Knowledge, case: Case, picture: KidneyPicture, said: Sentences, thing: Thing
) -> Iterator[Entry]:
    """A creatinine before and after; on dialysis none, but its days are agreed."""
    day, today = local_day(case, thing.ahead.since), local_day(case, case.now)
    if on_dialysis(picture):
        yield said.entry("dialysis", today, day=thing.ahead.since)
        return
    recheck = timedelta(hours=knowledge.number("kidney.recheck", "h"))
    if day >= today:
        yield said.entry("kidney_before", today_or_later(case, thing.ahead.since - recheck))
    after = local_day(case, day + _DAY + _DAY / 2)
    yield said.entry("kidney_after", after, until=local_day(case, after + recheck + _DAY / 2))
