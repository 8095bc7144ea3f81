"""The one gate that makes plans: dated steps in whole units of real products, or a refusal with its reasons."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain, islice

from baclo.body.course import Course
from baclo.body.predict import predict
from baclo.care.alternatives import Alternative, alternatives
from baclo.care.dispense import Dispensed, dispensed, open_for
from baclo.care.finding import Change, Finding
from baclo.care.fit import coarse, deliverable, misfit, not_at_hand
from baclo.care.help_first import help_first
from baclo.care.judge import Judge
from baclo.care.never_double import doubled
from baclo.care.proof import faults
from baclo.care.refusal import Refusal, merged
from baclo.care.settle import schedules, settle
from baclo.care.standing import Standing
from baclo.care.steps import PlanDose, Step, as_regimen
from baclo.care.triage import triage
from baclo.care.wishes import Terms, Wish
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.case.timeline import Dose, DoseStatus, Route, Timeline
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text, text

__all__ = ["Draft", "Kind", "Plan", "PlanDose", "Refusal", "Step", "Wish", "admit", "planned_timeline"]


class Kind(StrEnum):
    """Up, down, or on with the usual dose; the gate asks different things of each."""

    TITRATE = "titrate"
    TAPER = "taper"
    RESUME = "resume"


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
    `not_at_home` says why the steps of a reduction are for monitored care only; () where they may be taken home.
    `findings` are those that the planned dose brings and that do not hold today. `others` are the schedules that
    could have been chosen too. `dispense` is what is needed of each product to take home.
    """

    kind: Kind
    steps: tuple[Step, ...]
    refusals: tuple[Refusal, ...]
    course: Course | None
    findings: tuple[Finding, ...]
    notes: tuple[Text, ...]
    not_at_home: tuple[Refusal, ...] = ()
    others: tuple[Other, ...] = ()
    dispense: tuple[Dispensed, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the gate refused."""
        return bool(self.refusals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a planner hands to the gate.

    `change` is what the plan does to the dose; a reduction has no bounds in its `terms`, its only limit is
    the dose that is going on, then falling. `objections` are reasons of the planner itself. `name` and `why_not` are
    told where it stands beside the one put first. `dated` are steps of doses already made in units, in place of
    wishes: usual doses only, of which the gate asks that none is doubled. `in_care` is what to look at on each step
    where the steps turn out to be for monitored care only. `help_first` is set by the gate: in an emergency its cause.
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
    dated: tuple[Step, ...] = ()
    in_care: tuple[Text, ...] = ()
    help_first: tuple[Refusal, ...] = ()


def admit(knowledge: Knowledge, case: Case, picture: KidneyPicture, draft: Draft, others: Sequence[Draft] = ()) -> Plan:
    """The gate: settle the draft on deliverable steps, simulate them, check them, and let them out or refuse.

    The `others` go through the same gate, their curves are not kept; beside a refused plan there are none.

    In an emergency no doses are planned, up or down: help comes first.

    A rise is refused by any finding that stands against it, by a step outside its bounds, and where nothing can be
    simulated. A reduction is refused by none of these: its steps only ever fall from what is going on. Only where
    stopping at once in monitored care is right is the answer that action instead of a schedule; where the steps must
    be watched, they are told as none for home.
    """
    first = tuple(help_first(knowledge, triage(knowledge, case, picture)))
    draft, *others = [replace(one, help_first=first) for one in (draft, *others)]
    judge = Judge(knowledge=knowledge, case=case, picture=picture, change=draft.change, standing=draft.standing)
    found = () if draft.dated else schedules(knowledge, case, draft.wishes, draft.terms)
    steps = draft.dated or (found[0].steps if found else ())
    course = _simulate(knowledge, case, steps)
    refusals = _refusals(judge, draft, steps, course)
    near = () if refusals else alternatives(knowledge, draft.wishes, found)
    not_at_home = () if refusals else judge.not_at_home()
    beside = tuple(_beside(judge, draft, others, near, course)) if draft.dated or not refusals else ()
    if not_at_home:
        steps = _watched(draft, steps)
        beside = tuple(replace(other, steps=_watched(draft, other.steps)) for other in beside)
    return Plan(
        kind=draft.kind,
        steps=() if refusals else steps,
        refusals=refusals,
        course=course,
        findings=judge.brought(steps),
        notes=(
            *(() if refusals else judge.at_the_goal(steps)),
            *draft.notes,
            *(() if draft.dated else _of_pieces(knowledge, case, draft, steps)),
        ),
        not_at_home=not_at_home,
        others=beside,
        dispense=() if refusals or draft.dated or not_at_home else _dispense(knowledge, case, draft, steps),
    )


def _watched(draft: Draft, steps: Sequence[Step]) -> tuple[Step, ...]:
    """The same steps with what to look at in monitored care."""
    return tuple(replace(step, monitor=draft.in_care) for step in steps)


def _of_pieces(knowledge: Knowledge, case: Case, draft: Draft, steps: Sequence[Step]) -> tuple[Text, ...]:
    """What is to be known of the pieces that the steps are made of."""
    return (
        *coarse(knowledge, draft.terms, draft.standing, draft.wishes, steps),
        *not_at_hand(knowledge, case, draft.terms, draft.standing, steps),
    )


def _dispense(knowledge: Knowledge, case: Case, draft: Draft, steps: Sequence[Step]) -> tuple[Dispensed, ...]:
    """What the steps need; after a rise up to the review of its benefit."""
    lasting = open_for(knowledge, to_review=draft.kind is Kind.TITRATE)
    return dispensed(case, deliverable(knowledge, case, draft.terms), steps, lasting)


def _beside(
    judge: Judge, draft: Draft, others: Sequence[Draft], near: Sequence[Alternative], course: Course | None
) -> Iterator[Other]:
    """What could be chosen instead, as much as is shown: other ways first, then schedules nearly as good.

    Of days that a prescriber chooses between, those that are refused are shown too.
    """
    ways = (_other(judge.knowledge, judge.case, judge.picture, other) for other in others)
    offered = chain((way for way in ways if draft.dated or not way.refusals), _near(judge, draft, near, course))
    yield from islice(offered, round(judge.knowledge.number("plan.others", "1")))


def _near(judge: Judge, draft: Draft, nearly_as_good: Sequence[Alternative], course: Course | None) -> Iterator[Other]:
    """The schedules nearly as good that the gate lets out; who can be simulated on the first can be on them."""
    for other in nearly_as_good:
        if not _refusals(judge, draft, other.steps, course):
            yield Other(name=other.name, why_not=other.why_not, steps=other.steps, refusals=())


def _other(knowledge: Knowledge, case: Case, picture: KidneyPicture, draft: Draft) -> Other:
    steps = draft.dated or settle(knowledge, case, draft.wishes, draft.terms)
    judge = Judge(knowledge=knowledge, case=case, picture=picture, change=draft.change, standing=draft.standing)
    refusals = _refusals(judge, draft, steps, _simulate(knowledge, case, steps))
    return Other(name=draft.name, why_not=draft.why_not, steps=() if refusals else steps, refusals=refusals)


def _refusals(judge: Judge, draft: Draft, steps: Sequence[Step], course: Course | None) -> tuple[Refusal, ...]:
    """Everything that stands against these steps, each reason once."""
    knowledge, case = judge.knowledge, judge.case
    refusals = (*draft.help_first, *judge.against(steps, dated=bool(draft.dated)), *draft.objections)
    if draft.dated:
        return merged((*refusals, *doubled(knowledge, case, draft.dated)))
    refusals += _faulty(knowledge, case, draft, steps)
    if draft.change is not Change.REDUCE:
        refusals += _unfit(knowledge, case, course, steps)
    if not steps and not refusals:
        refusals = (misfit(knowledge, draft.terms),)
    return merged(refusals)


def _faulty(knowledge: Knowledge, case: Case, draft: Draft, steps: Sequence[Step]) -> tuple[Refusal, ...]:
    """What a second look finds: steps that are not what they must be are let out for nobody."""
    if not steps:
        return ()
    found = faults(deliverable(knowledge, case, draft.terms), draft.wishes, draft.terms, steps)
    words = "A second look at the steps found {what}: a fault of the program, and no plan to be used."
    reasons = [text(words.replace("{what}", what), knowledge.facts) for what in found]
    return tuple(Refusal(reason=reason, needs=(), basis=("computed:plan",)) for reason in reasons)


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


def planned_timeline(case: Case, steps: Sequence[Step]) -> Timeline:
    """What is taken if the steps are followed: every other regimen ends where they begin."""
    since = steps[0].since
    kept = tuple(
        replace(regimen, until=since) if regimen.until is None or regimen.until > since else regimen
        for regimen in case.timeline.regimens
        if regimen.since < since
    )
    daily = tuple(as_regimen(step) for step in steps if step.doses and step.doses[0].at is None)
    once = tuple(_once(dose, dose.at) for step in steps for dose in step.doses if dose.at is not None)
    doses = tuple(sorted((*case.timeline.doses, *once), key=lambda dose: dose.at))
    return replace(case.timeline, doses=doses, regimens=kept + daily)


def _once(dose: PlanDose, at: datetime) -> Dose:
    """A dose of one day as it will be taken; it stands for no dose of a regimen, for those end before it."""
    return Dose(
        at=at,
        amount_ug=dose.amount_ug,
        over_h=0.0,
        route=Route.ORAL,
        product=dose.product,
        status=DoseStatus.GIVEN,
        scheduled=None,
        vomited_at=None,
    )


def _simulate(knowledge: Knowledge, case: Case, steps: Sequence[Step]) -> Course | None:
    if not steps:
        return None
    until = steps[-1].since + timedelta(hours=knowledge.number("simulation.after_last_step", "h"))
    step_h = knowledge.number("simulation.plan_grid", "h")
    return predict(knowledge, case, timeline=planned_timeline(case, steps), until=until, step_h=step_h, band=True)
