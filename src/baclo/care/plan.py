"""Dated steps in whole units of real products, or a refusal with its reasons; the one gate that makes them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from baclo.body.course import Course
from baclo.body.predict import predict
from baclo.care.check import check
from baclo.care.doses import regimen_now
from baclo.care.finding import Change, Finding, Status
from baclo.care.refusal import Refusal, merged
from baclo.care.tablets import Tablet, tablets_at_hand
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.case.timeline import ClockDose, Regimen, Timeline
from baclo.knowledge.library import Knowledge
from baclo.knowledge.limits import Limit, Standing
from baclo.knowledge.words import Text, text


class Kind(StrEnum):
    """Up or down; the gate asks different things of each."""

    TITRATE = "titrate"
    TAPER = "taper"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDose:
    """What is taken at one clock time: `units` of `product` (tablets, or mL of a liquid) making `amount_ug`."""

    clock: time
    amount_ug: float
    product: str
    units: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stretch of the plan. `limited_by` names what held the dose down; `monitor` what to look at."""

    since: datetime
    until: datetime | None
    doses: tuple[PlanDose, ...]
    total_ug_per_day: float
    why: Text
    limited_by: tuple[str, ...]
    monitor: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Steps in order, or none and the refusals.

    `course` is what the steps would do; of a refused plan it is what the refused steps would have done, kept so
    that people see why. `notes` say what shaped the plan (proposals among them) and how to hold or step back.
    `findings` are those that the planned dose brings and that do not hold today.
    """

    kind: Kind
    steps: tuple[Step, ...]
    refusals: tuple[Refusal, ...]
    course: Course | None
    findings: tuple[Finding, ...]
    notes: tuple[Text, ...]

    @property
    def refused(self) -> bool:
        """Whether the gate refused."""
        return bool(self.refusals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A stretch that a planner would like, with its daily dose; the gate decides what becomes of it."""

    since: datetime
    until: datetime | None
    total_ug_per_day: float
    why: Text
    limited_by: tuple[str, ...]
    monitor: tuple[Text, ...]


Shares = tuple[tuple[time, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a rise must stay inside: the first dose, the rise from one step to the next, the largest dose."""

    start_ug_per_day: float
    rise_ug_per_day: float
    cap_ug_per_day: float
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a planner hands to the gate.

    `change` is what a rise does to the dose and `bounds` what it must stay inside; both are None for a reduction,
    whose only limit is the dose taken now, then falling. `place` puts a number of units (of so many micrograms) on
    the clock. `objections` are reasons of the planner itself.
    """

    kind: Kind
    change: Change | None
    bounds: Bounds | None
    wishes: tuple[Wish, ...]
    place: Callable[[int, float], Shares]
    objections: tuple[Refusal, ...]
    notes: tuple[Text, ...]


def admit(knowledge: Knowledge, case: Case, picture: KidneyPicture, draft: Draft) -> Plan:
    """The gate: settle the draft on deliverable steps, simulate them, check them, and let them out or refuse.

    A rise is refused by any finding that stands against it, by a step outside its bounds, and where nothing can be
    simulated. A reduction is never refused by these: its steps only ever fall from what is taken now.
    """
    steps = _settle(knowledge, case, draft)
    course = _simulate(knowledge, case, steps)
    refusals = draft.objections
    if not steps:
        refusals += (_refusal(knowledge, "No whole or half tablet at hand fits inside the limits.", ("products",)),)
    if draft.change is not None:
        refusals += _against(knowledge, case, picture, draft.change, steps)
        if not all(math.isfinite(number) for number in _sizes(case)):
            refusals += (_refusal(knowledge, "Age, weight or height is not a number.", ("patient",)),)
        if course is None:
            refusals += (_refusal(knowledge, "Nothing can be simulated for this person, so nothing is planned."),)
    return Plan(
        kind=draft.kind,
        steps=() if refusals else steps,
        refusals=merged(refusals),
        course=course,
        findings=_brought(knowledge, case, picture, steps),
        notes=(*draft.notes, *_coarse(knowledge, case, draft, steps)),
    )


def _sizes(case: Case) -> tuple[float, ...]:
    """What is known of age, weight and height."""
    sizes = (case.patient.age_y, case.patient.weight_kg, case.patient.height_cm)
    return tuple(size for size in sizes if size is not None)


def _coarse(knowledge: Knowledge, case: Case, draft: Draft, steps: Sequence[Step]) -> tuple[Text, ...]:
    """A note where tablets make a reduction fall further at once than was wanted."""
    now = regimen_now(case.timeline, case.now)
    if draft.change is not None or now is None:
        return ()
    wanted = _largest_fall_ug(now.total_ug_per_day, [wish.total_ug_per_day for wish in draft.wishes])
    made = _largest_fall_ug(now.total_ug_per_day, [step.total_ug_per_day for step in steps])
    if made <= wanted * (1 + 1e-9):
        return ()
    return (
        text("The tablets make larger steps than wanted: ask for a smaller strength or a liquid.", knowledge.facts),
    )


def _largest_fall_ug(now_ug: float, totals_ug: Sequence[float]) -> float:
    return max((before - after for before, after in zip([now_ug, *totals_ug], totals_ug, strict=False)), default=0.0)


def _refusal(knowledge: Knowledge, template: str, needs: tuple[str, ...] = ()) -> Refusal:
    return Refusal(reason=text(template, knowledge.facts), needs=needs, basis=())


def _settle(knowledge: Knowledge, case: Case, draft: Draft) -> tuple[Step, ...]:
    """The wishes in the tablet that comes nearest to them with the fewest pieces; () where none fits."""
    now = regimen_now(case.timeline, case.now)
    now_ug = 0.0 if now is None else now.total_ug_per_day
    tablets = tablets_at_hand(knowledge, case)
    if not tablets and draft.change is None:
        tablets = tablets_at_hand(knowledge, replace(case, products=None))
    drafts = [(_in_tablet(draft, tablet, now_ug), tablet) for tablet in tablets]
    complete = [(steps, tablet) for steps, tablet in drafts if steps]
    if not complete:
        return ()
    return min(complete, key=lambda entry: _distance(draft, *entry))[0]


def _distance(draft: Draft, steps: Sequence[Step], tablet: Tablet) -> tuple[float, float, int]:
    """How far the steps miss the wishes, then how much is taken at once, then how many pieces it takes."""
    miss_ug = sum(
        abs(wish.total_ug_per_day - step.total_ug_per_day) for wish, step in zip(draft.wishes, steps, strict=True)
    )
    at_once_ug = sum(max((dose.amount_ug for dose in step.doses), default=0.0) for step in steps)
    return miss_ug, at_once_ug, sum(tablet.pieces(dose.amount_ug) for step in steps for dose in step.doses)


def _in_tablet(draft: Draft, tablet: Tablet, now_ug: float) -> tuple[Step, ...]:
    """Every wish in one tablet, or () where one does not fit; each is asked to be inside its limit after rounding."""
    steps: list[Step] = []
    previous_ug = now_ug
    for wish in draft.wishes:
        limit = _limit(draft, previous_ug, tablet)
        doses = _doses(draft, wish, limit, tablet)
        total_ug = sum(dose.amount_ug for dose in doses)
        if limit.classify(total_ug) is Standing.OUTSIDE:
            return ()
        steps.append(_step(wish, doses, total_ug))
        previous_ug = total_ug
    return tuple(steps)


def _limit(draft: Draft, previous_ug: float, tablet: Tablet) -> Limit:
    """What the next step must be inside: for a rise its bounds, for a reduction what is taken just before."""
    basis: tuple[str, ...]
    if draft.bounds is None:
        low, high, basis = 0.0, previous_ug, ("case:regimen",)
    else:
        bounds, low, basis = draft.bounds, tablet.unit_ug, draft.bounds.basis
        high = bounds.start_ug_per_day if previous_ug == 0 else previous_ug + bounds.rise_ug_per_day
        high = min(high, bounds.cap_ug_per_day)
    return Limit(unit="ug/d", low=low, high=high, usual_low=low, usual_high=high, step=tablet.unit_ug, basis=basis)


def _doses(draft: Draft, wish: Wish, limit: Limit, tablet: Tablet) -> tuple[PlanDose, ...]:
    """The wish on the clock in units of the tablet: rounded down for a rise, and for a reduction not below the wish."""
    wanted = wish.total_ug_per_day
    if draft.bounds is None and math.isfinite(wanted):
        wanted = math.ceil(wanted / limit.step * (1 - 1e-12)) * limit.step
    settled = limit.settle(wanted)
    units = 0 if settled is None else round(settled / limit.step)
    return tuple(
        PlanDose(
            clock=clock,
            amount_ug=share * tablet.unit_ug,
            product=tablet.product,
            units=share * tablet.unit_ug / tablet.strength_ug,
        )
        for clock, share in draft.place(units, tablet.unit_ug)
    )


def _step(wish: Wish, doses: tuple[PlanDose, ...], total_ug: float) -> Step:
    return Step(
        since=wish.since,
        until=wish.until,
        doses=doses,
        total_ug_per_day=total_ug,
        why=wish.why,
        limited_by=wish.limited_by,
        monitor=wish.monitor,
    )


def planned_timeline(case: Case, steps: Sequence[Step]) -> Timeline:
    """What is taken if the steps are followed: the present regimen ends where they begin."""
    since = steps[0].since
    kept = tuple(
        replace(regimen, until=since) if regimen.until is None or regimen.until > since else regimen
        for regimen in case.timeline.regimens
        if regimen.since < since
    )
    return replace(case.timeline, regimens=kept + tuple(_regimen(step) for step in steps if step.doses))


def _regimen(step: Step) -> Regimen:
    return Regimen(
        product=step.doses[0].product,
        modified_release=None,
        since=step.since,
        until=step.until,
        doses=tuple(ClockDose(clock=dose.clock, amount_ug=dose.amount_ug) for dose in step.doses),
    )


def _simulate(knowledge: Knowledge, case: Case, steps: Sequence[Step]) -> Course | None:
    if not steps:
        return None
    until = steps[-1].since + timedelta(hours=knowledge.number("simulation.after_last_step", "h"))
    step_h = knowledge.number("simulation.plan_grid", "h")
    return predict(knowledge, case, timeline=planned_timeline(case, steps), until=until, step_h=step_h, band=True)


def _checked(knowledge: Knowledge, case: Case, picture: KidneyPicture, steps: Sequence[Step]) -> tuple[Finding, ...]:
    """What the rules say with the largest step as the dose taken, or with today's dose where there is no step."""
    dosed = [step for step in steps if step.doses]
    largest = max(dosed, key=lambda step: step.total_ug_per_day, default=None)
    regimen = regimen_now(case.timeline, case.now) if largest is None else _regimen(largest)
    return check(knowledge, case, picture, regimen)


def _brought(knowledge: Knowledge, case: Case, picture: KidneyPicture, steps: Sequence[Step]) -> tuple[Finding, ...]:
    """The findings that the planned dose brings and that do not hold today."""
    today = {finding.id for finding in _checked(knowledge, case, picture, ()) if finding.status is Status.PRESENT}
    planned = _checked(knowledge, case, picture, steps)
    return tuple(finding for finding in planned if finding.status is Status.PRESENT and finding.id not in today)


def _against(
    knowledge: Knowledge, case: Case, picture: KidneyPicture, change: Change, steps: Sequence[Step]
) -> tuple[Refusal, ...]:
    """Every finding, present or unknown, that stands against the first step, or against rising on to the largest."""
    first = _checked(knowledge, case, picture, steps[:1])
    largest = _checked(knowledge, case, picture, steps)
    against = [finding for finding in first if change in finding.refuses]
    against += [finding for finding in largest if len(steps) > 1 and Change.RAISE in finding.refuses]
    return tuple(
        Refusal(
            reason=finding.title if finding.status is Status.PRESENT else finding.detail,
            needs=finding.needs,
            basis=finding.basis,
        )
        for finding in against
    )
