"""The plan beside the schedules that could have been chosen too: what each asks of a person, why it is not first."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from baclo.care.plan import Other, Plan, PlanDose, Step
from baclo.care.refusal import Refusal
from baclo.care.standing import standing
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text
from baclo.report import names

_BASIS = ("computed:plan",)
FIRST = "This plan"
UNNAMED = "Another schedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One schedule by its name. `values` are in the order of `LABELS`; () where the gate let no step out.

    `reasons` say why it is not first: the planner's reason, then those of the gate.
    """

    name: Text
    steps: tuple[Step, ...]
    values: tuple[Number, ...]
    reasons: tuple[Text, ...]


LABELS = ("Until the last step", "Steps", "Highest dose", "Pieces a day, at most", "Largest change of a day's dose")


def candidates(knowledge: Knowledge, case: Case, plan: Plan | None) -> tuple[Candidate, ...]:
    """The plan first, then the others; () where nothing could have been chosen, or the plan is refused."""
    if plan is None or plan.refused or not plan.steps or not plan.others:
        return ()
    first = Candidate(name=Text((FIRST,)), steps=plan.steps, values=_values(knowledge, case, plan.steps), reasons=())
    return (first, *(_other(knowledge, case, other) for other in plan.others))


def pieces(knowledge: Knowledge, doses: Sequence[PlanDose]) -> int:
    """How many pieces a person handles for some doses: wholes, one for a broken tablet, one for a measured volume."""
    return sum(_pieces(names.product_form(knowledge, dose.product), dose.units) for dose in doses)


def _pieces(form: str, units: float) -> int:
    if form == "mL":
        return 1
    whole, part = divmod(units, 1)
    return int(whole) + (part > 0)


def _other(knowledge: Knowledge, case: Case, other: Other) -> Candidate:
    planned = () if other.why_not is None else (other.why_not,)
    return Candidate(
        name=Text((UNNAMED,)) if other.name is None else other.name,
        steps=other.steps,
        values=_values(knowledge, case, other.steps) if other.steps else (),
        reasons=(*planned, *_reasons(other.refusals)),
    )


def _reasons(refusals: Sequence[Refusal]) -> tuple[Text, ...]:
    return tuple(refusal.reason for refusal in refusals)


def _values(knowledge: Knowledge, case: Case, steps: Sequence[Step]) -> tuple[Number, ...]:
    """What a schedule asks of a person, in the order of `LABELS`."""
    first, last = (step.since.astimezone(case.zone).date() for step in (steps[0], steps[-1]))
    before_ug = standing(knowledge, case, steps[0].since).total_ug_per_day
    totals_ug = [step.total_ug_per_day for step in steps]
    changes_ug = [abs(after - before) for before, after in pairwise([before_ug, *totals_ug])]
    values = (
        (float((last - first).days), "d"),
        (float(len(steps)), "1"),
        (max(totals_ug), "ug/d"),
        (float(max(pieces(knowledge, step.doses) for step in steps)), "1"),
        (max(changes_ug), "ug/d"),
    )
    return tuple(Number(value=value, unit=unit, basis=_BASIS) for value, unit in values)
