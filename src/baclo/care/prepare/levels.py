"""How far the predicted plasma falls in a stretch without a dose, against what is usual before a dose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from baclo.body.predict import predict
from baclo.care.prepare.fasting import Gap
from baclo.case.case import Case
from baclo.case.timeline import Dose, DoseStatus
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The lowest predicted plasma of a day that goes on as usual, and the lowest in the stretch without."""

    usual: Number
    lowest: Number


def levels(knowledge: Knowledge, case: Case, gap: Gap, missing: Sequence[Dose]) -> Levels | None:
    """Both levels; None where no model may speak or the end of the stretch is not known."""
    if gap.next is None or gap.last is None:
        return None
    missed = tuple(
        replace(dose, status=DoseStatus.MISSED, scheduled=dose.scheduled or dose.at)
        for dose in missing
        if dose.at >= case.now
    )
    without = replace(case.timeline, doses=(*case.timeline.doses, *missed))
    before = predict(knowledge, case, since=gap.last - _DAY, until=gap.last, band=False)
    within = predict(knowledge, case, timeline=without, since=gap.last, until=gap.next, band=False)
    if before is None or within is None:
        return None
    basis = ("computed:course",)
    return Levels(
        usual=Number(value=float(before.plasma_ng_per_ml.min()), unit="ng/mL", basis=basis),
        lowest=Number(value=float(within.plasma_ng_per_ml.min()), unit="ng/mL", basis=basis),
    )
