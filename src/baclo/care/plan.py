"""The one gate that makes plans: dated steps in whole units of real products, or a refusal with its reasons."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from baclo.body.course import Course
from baclo.body.predict import predict
from baclo.care.check import check
from baclo.care.finding import Change, Finding, Status
from baclo.care.products import products_at_hand
from baclo.care.refusal import Refusal, merged
from baclo.care.settle import settle
from baclo.care.standing import Standing
from baclo.care.steps import PlanDose, Step, as_regimen
from baclo.care.wishes import Terms, Wish
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.case.timeline import Timeline
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text, text

__all__ = ["Draft", "Kind", "Plan", "PlanDose", "Refusal", "Step", "Wish", "admit", "planned_timeline"]


class Kind(StrEnum):
    """Up or down; the gate asks different things of each."""

    TITRATE = "titrate"
    TAPER = "taper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A schedule that went through the same gate and was not put first, by its `name`, and why not."""

    name: Text | None
    why_not: Text | None
    steps: tuple[Step, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Steps in order, or none and the refusals.

    `course` is what the steps would do; of a refused plan it is what the refused steps would have done, kept so
    that people see why. `notes` say what shaped the plan (proposals among them) and how to hold or step back.
    `findings` are those that the planned dose brings and that do not hold today. `others` are the schedules that
    could have been chosen too.
    """

    kind: Kind
    steps: tuple[Step, ...]
    refusals: tuple[Refusal, ...]
    course: Course | None
    findings: tuple[Finding, ...]
    notes: tuple[Text, ...]
    others: tuple[Other, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the gate refused."""
        return bool(self.refusals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a planner hands to the gate.

    `change` is what the plan does to the dose; a reduction at home has no bounds in its `terms`, its only limit is
    the dose that is going on, then falling. `objections` are reasons of the planner itself. `name` and `why_not` are
    told where it stands beside the one put first.
    """

    kind: Kind
    change: Change
    standing: Standing
    wishes: tuple[Wish, ...]
    terms: Terms
    objections: tuple[Refusal, ...]
    notes: tuple[Text, ...]
    name: Text | None = None
    why_not: Text | None = None


def admit(knowledge: Knowledge, case: Case, picture: KidneyPicture, draft: Draft, others: Sequence[Draft] = ()) -> Plan:
    """The gate: settle the draft on deliverable steps, simulate them, check them, and let them out or refuse.

    The `others` go through the same gate; of them only what would be let out is kept, and their curves are not.

    A rise is refused by any finding that stands against it, by a step outside its bounds, and where nothing can be
    simulated. A reduction is refused by none of these: its steps only ever fall from what is going on. Only where
    stopping at once in monitored care is right is the answer that action instead of a schedule for home.
    """
    steps = settle(knowledge, case, draft.wishes, draft.terms)
    course = _simulate(knowledge, case, steps)
    refusals = _refusals(knowledge, case, picture, draft, steps, course)
    return Plan(
        kind=draft.kind,
        steps=() if refusals else steps,
        refusals=refusals,
        course=course,
        findings=_brought(knowledge, case, picture, draft, steps),
        notes=(*draft.notes, *_coarse(knowledge, draft, steps), *_not_at_hand(knowledge, case, draft, steps)),
        others=tuple(_other(knowledge, case, picture, other) for other in others),
    )


def _other(knowledge: Knowledge, case: Case, picture: KidneyPicture, draft: Draft) -> Other:
    steps = settle(knowledge, case, draft.wishes, draft.terms)
    refusals = _refusals(knowledge, case, picture, draft, steps, _simulate(knowledge, case, steps))
    return Other(name=draft.name, why_not=draft.why_not, steps=() if refusals else steps, refusals=refusals)


def _refusals(
    knowledge: Knowledge,
    case: Case,
    picture: KidneyPicture,
    draft: Draft,
    steps: Sequence[Step],
    course: Course | None,
) -> tuple[Refusal, ...]:
    """Everything that stands against these steps, each reason once."""
    refusals = (*_against(knowledge, case, picture, draft, steps), *draft.objections)
    if draft.change is not Change.REDUCE_AT_HOME:
        refusals += _unfit(knowledge, case, course, steps)
    if not steps and not refusals:
        refusals = (_misfit(knowledge, draft),)
    return merged(refusals)


def _misfit(knowledge: Knowledge, draft: Draft) -> Refusal:
    words = (
        "Plans are made of whole and half tablets, and none at hand fits inside the limits: "
        "ask for another strength, or plan the liquid with the pharmacist."
    )
    if draft.change is Change.REDUCE_AT_HOME:
        words = (
            "These doses cannot be brought down in whole and half tablets without a fall that is too large. "
            "Stay on the present dose, do not stop, and ask for a smaller strength or a liquid."
        )
    return Refusal(reason=text(words, knowledge.facts), needs=("products",), basis=("case:products",))


def _unfit(knowledge: Knowledge, case: Case, course: Course | None, steps: Sequence[Step]) -> tuple[Refusal, ...]:
    """What stands against any rise: nobody to simulate, and sizes that are no numbers."""
    found = []
    if steps and course is None:
        reason = text("No model speaks for this person, so nothing can be simulated.", knowledge.facts)
        found.append(Refusal(reason=reason, needs=("patient.age",), basis=("computed:model",)))
    sizes = (case.patient.age_y, case.patient.weight_kg, case.patient.height_cm)
    if not all(math.isfinite(size) for size in sizes if size is not None):
        reason = text("Age, weight or height is not a number.", knowledge.facts)
        found.append(Refusal(reason=reason, needs=("patient",), basis=("case:patient",)))
    return tuple(found)


def _coarse(knowledge: Knowledge, draft: Draft, steps: Sequence[Step]) -> tuple[Text, ...]:
    """A note where tablets make a reduction fall further at once than was wanted."""
    now_ug = draft.standing.total_ug_per_day
    wanted = _largest_fall_ug(now_ug, [wish.total_ug_per_day for wish in draft.wishes])
    made = _largest_fall_ug(now_ug, [step.total_ug_per_day for step in steps])
    if draft.change is not Change.REDUCE_AT_HOME or made <= wanted * (1 + 1e-9):
        return ()
    return (
        text("The tablets make larger steps than wanted: ask for a smaller strength or a liquid.", knowledge.facts),
    )


def _not_at_hand(knowledge: Knowledge, case: Case, draft: Draft, steps: Sequence[Step]) -> tuple[Text, ...]:
    """A note where a reduction is made of tablets that the person does not have."""
    has = {one.product for one in products_at_hand(knowledge, case, draft.terms.forms)}
    taken = draft.standing.regimen.product if draft.standing.regimen is not None else None
    used = {dose.product for step in steps for dose in step.doses}
    if used <= has and (taken is None or taken in has):
        return ()
    words = (
        "The steps are written in tablets that are not what is taken now: ask the pharmacist for them, "
        "or for the same milligrams in the liquid at hand, with its millilitres and concentration."
    )
    return (text(words, knowledge.facts),)


def _largest_fall_ug(now_ug: float, totals_ug: Sequence[float]) -> float:
    return max((before - after for before, after in zip([now_ug, *totals_ug], totals_ug, strict=False)), default=0.0)


def planned_timeline(case: Case, steps: Sequence[Step]) -> Timeline:
    """What is taken if the steps are followed: every other regimen ends where they begin."""
    since = steps[0].since
    kept = tuple(
        replace(regimen, until=since) if regimen.until is None or regimen.until > since else regimen
        for regimen in case.timeline.regimens
        if regimen.since < since
    )
    return replace(case.timeline, regimens=kept + tuple(as_regimen(step) for step in steps if step.doses))


def _simulate(knowledge: Knowledge, case: Case, steps: Sequence[Step]) -> Course | None:
    if not steps:
        return None
    until = steps[-1].since + timedelta(hours=knowledge.number("simulation.after_last_step", "h"))
    step_h = knowledge.number("simulation.plan_grid", "h")
    return predict(knowledge, case, timeline=planned_timeline(case, steps), until=until, step_h=step_h, band=True)


def _checked(
    knowledge: Knowledge, case: Case, picture: KidneyPicture, draft: Draft, steps: Sequence[Step]
) -> tuple[Finding, ...]:
    """What the rules say with the largest step as the dose taken, or with what is going on where there is no step."""
    dosed = [step for step in steps if step.doses]
    largest = max(dosed, key=lambda step: step.total_ug_per_day, default=None)
    return check(knowledge, case, picture, draft.standing.regimen if largest is None else as_regimen(largest))


def _brought(
    knowledge: Knowledge, case: Case, picture: KidneyPicture, draft: Draft, steps: Sequence[Step]
) -> tuple[Finding, ...]:
    """The findings that the planned dose brings and that do not hold today."""
    today = _checked(knowledge, case, picture, draft, ())
    present = {finding.id for finding in today if finding.status is Status.PRESENT}
    planned = _checked(knowledge, case, picture, draft, steps)
    return tuple(finding for finding in planned if finding.status is Status.PRESENT and finding.id not in present)


def _against(
    knowledge: Knowledge, case: Case, picture: KidneyPicture, draft: Draft, steps: Sequence[Step]
) -> tuple[Refusal, ...]:
    """Every finding, present or unknown, that stands against the first step, or against rising on to the largest."""
    if draft.change is Change.REDUCE_AT_HOME:
        today = _checked(knowledge, case, picture, draft, ())
        return tuple(_instead(finding) for finding in today if draft.change in finding.refuses)
    first = _checked(knowledge, case, picture, draft, steps[:1])
    largest = _checked(knowledge, case, picture, draft, steps) if len(steps) > 1 else ()
    against = [finding for finding in first if draft.change in finding.refuses]
    against += [finding for finding in largest if Change.RAISE in finding.refuses]
    return tuple(_reason(finding) for finding in against)


def _reason(finding: Finding) -> Refusal:
    words = finding.title if finding.status is Status.PRESENT else finding.detail
    return Refusal(reason=words, needs=finding.needs, basis=finding.basis)


def _instead(finding: Finding) -> Refusal:
    """Why there is no schedule for home, and what to do instead."""
    pieces = (*finding.title.pieces, ". No schedule for home: ", *finding.action.pieces)
    return Refusal(reason=Text(pieces), needs=finding.needs, basis=finding.basis)
