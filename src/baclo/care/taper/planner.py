"""From the dose taken now down to a goal or to nothing: the wishes that the gate then settles."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from baclo.care.days import first_day, midnight
from baclo.care.finding import Change
from baclo.care.plan import Draft, Kind, Plan, Step, admit
from baclo.care.products import forms_taken, smallest_piece_ug
from baclo.care.refusal import Refusal
from baclo.care.roles import adult_roles
from baclo.care.settle import Terms, Wish, settle
from baclo.care.standing import Continuity, Standing, standing
from baclo.care.taper.caution import cautions, maybe_pregnant
from baclo.care.taper.comparison import beside, measure, name_of, why_not
from baclo.care.taper.falls import Fall, falls, in_two
from baclo.care.taper.notes import after_notes, before_notes, kidney_notes, shape_notes, shortest_days, text_notes
from baclo.care.taper.pattern import Choice, Pattern, Rate, first_choice, pattern_of
from baclo.care.watch import watch_in_care, watch_on_the_way_down
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text

_OTHERS_SHOWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One choice worked out: its pattern, the wishes made of its falls, and what they settle on."""

    choice: Choice
    pattern: Pattern
    wishes: tuple[Wish, ...]
    steps: tuple[Step, ...]


def taper(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Plan:
    """A reduction in deliverable pieces; nothing that is unknown or contraindicated refuses it.

    The steps are those of the class that length of use and dose fall into; what is unknown, reduced kidneys, age
    and frailty make them smaller, an urgent wish quicker, a slow one longer, and never shorter in all than the
    region's texts allow. Other speeds and the other method stand beside it, through the same gate. Where a finding
    says that stopping in monitored care is right, the answer is that action, and no schedule; where one says that the
    steps must be watched, they are none for home.
    """
    now = standing(knowledge, case, midnight(first_day(case), case.zone))
    objections = tuple(_objections(knowledge, case, now))
    careful = tuple(cautions(knowledge, case, picture))
    way = _way(knowledge, case, now, first_choice(case, bool(careful)), planned=not objections)
    notes = (
        *kidney_notes(knowledge, case, picture),
        *careful,
        *shape_notes(knowledge, case, way.choice, way.pattern),
        *before_notes(knowledge, case, now),
        *text_notes(knowledge, case, now, way.pattern, way.steps),
        *after_notes(knowledge, case, way.steps),
    )
    draft = Draft(
        kind=Kind.TAPER,
        change=Change.REDUCE,
        standing=now,
        wishes=way.wishes,
        terms=_terms(knowledge, case, now),
        objections=objections,
        notes=notes,
        name=name_of(knowledge, way.choice),
        in_care=watch_in_care(knowledge),
    )
    return admit(knowledge, case, picture, draft, tuple(_others(knowledge, case, now, way, draft)))


def _objections(knowledge: Knowledge, case: Case, now: Standing) -> Iterator[Refusal]:
    """Why there is nothing to reduce, or not from there."""
    if now.continuity is Continuity.MORE:
        words = (
            "In the whole days of the last {fact:missed.restart_low} more was taken than the regimen says: steps down "
            "from the regimen would begin with a fall at once. Tell what is taken now as a regimen to taper from that, "
            "and until then neither take more nor leave off suddenly."
        )
        yield Refusal(reason=text(words, knowledge.facts), needs=("regimen",), basis=("case:regimen", "case:dose"))
    elif now.regimen is None:
        words = "No regular dose is going on, so there is nothing to reduce."
        if now.continuity in (Continuity.INTERRUPTED, Continuity.LAPSED):
            words = (
                "Nothing was certainly taken for some time: do not start again in order to taper; watch for withdrawal."
            )
        if now.continuity is Continuity.LITTLE:
            words = (
                "In the last {fact:missed.restart_low} less was taken than the regimen says, or it was begun again "
                "after as long without: do not go back to all of it in order to taper. Watch for withdrawal, and tell "
                "what is taken now as a regimen to taper from that."
            )
        yield Refusal(reason=text(words, knowledge.facts), needs=("regimen",), basis=("case:regimen",))
    elif not now.total_ug_per_day < math.inf:
        reason = text("What is taken now is no number.", knowledge.facts)
        yield Refusal(reason=reason, needs=("regimen",), basis=("case:regimen",))
    elif not now.total_ug_per_day > (case.question.goal_ug_per_day or 0.0):
        reason = text("The goal is not below what is taken now.", knowledge.facts)
        yield Refusal(reason=reason, needs=("question.goal",), basis=("case:question.goal", "case:regimen"))


def _terms(knowledge: Knowledge, case: Case, now: Standing) -> Terms:
    taken = () if now.regimen is None else now.regimen.doses
    return Terms(bounds=None, taken=taken, clocks=(), forms=forms_taken(knowledge, case))


def _way(knowledge: Knowledge, case: Case, now: Standing, choice: Choice, *, planned: bool = True) -> Way:
    """A choice worked out; without steps where there is nothing to plan.

    Where the pieces reach the goal before its step, the steps before it are drawn out until the whole is long enough:
    every day more that is asked for comes to lie on one of them, so that this ends.
    """
    from_ug, goal_ug = now.total_ug_per_day, case.question.goal_ug_per_day or 0.0
    pattern = pattern_of(knowledge, case, from_ug, choice)
    least_days = asked_days = shortest_days(knowledge, case)
    piece_ug = smallest_piece_ug(knowledge, case, forms_taken(knowledge, case))
    while True:
        down = falls(pattern, from_ug, goal_ug, asked_days) if planned else ()
        if len(down) == 1 and not goal_ug and from_ug > piece_ug:
            down = in_two(*down, from_ug, asked_days)
        wishes = tuple(_wishes(knowledge, case, pattern, down))
        steps = settle(knowledge, case, wishes, _terms(knowledge, case, now))
        lacking_days = least_days - (steps[-1].since - steps[0].since).days if len(steps) > 1 else 0
        if lacking_days <= 0:
            return Way(choice=choice, pattern=pattern, wishes=wishes, steps=steps)
        asked_days += lacking_days


def _others(knowledge: Knowledge, case: Case, now: Standing, first: Way, draft: Draft) -> Iterator[Draft]:
    """The first few other ways that really are other ones, each with why it is not the first."""
    if not first.steps:
        return
    seen = [_doses(first.steps)]
    one = measure(knowledge, now.total_ug_per_day, first.steps)
    for choice in beside(first.choice, case.question.method is not None):
        if choice.rate is Rate.QUICK and maybe_pregnant(case):
            continue
        way = _way(knowledge, case, now, choice)
        if len(seen) > _OTHERS_SHOWN or not way.steps or _doses(way.steps) in seen:
            continue
        seen.append(_doses(way.steps))
        another = measure(knowledge, now.total_ug_per_day, way.steps)
        reason = why_not(knowledge, first.choice, choice, one, another)
        yield replace(draft, wishes=way.wishes, notes=(), name=name_of(knowledge, choice), why_not=reason)


def _doses(steps: Sequence[Step]) -> tuple[object, ...]:
    """What makes two schedules the same: when what is taken."""
    return tuple((step.since, step.doses) for step in steps)


def _wishes(knowledge: Knowledge, case: Case, pattern: Pattern, down: Sequence[Fall]) -> Iterator[Wish]:
    """One wish a fall, day after day; the last one stays."""
    basis = pattern.basis + adult_roles(knowledge, case.region).basis("shortest_taper")
    looked_at = watch_on_the_way_down(knowledge, case)
    day = first_day(case)
    for index, fall in enumerate(down):
        last = index + 1 == len(down)
        following = day + timedelta(days=fall.days)
        yield Wish(
            since=midnight(day, case.zone),
            until=None if last else midnight(following, case.zone),
            total_ug_per_day=fall.to_ug_per_day,
            why=_why(knowledge, fall, last, basis),
            limited_by=basis,
            monitor=looked_at,
        )
        day = following


def _why(knowledge: Knowledge, fall: Fall, last: bool, basis: tuple[str, ...]) -> Text:
    if not last:
        days = Number(value=float(fall.days), unit="d", basis=basis)
        return text("At least {days} on this step; longer if anything comes back", knowledge.facts, days=days)
    if fall.to_ug_per_day:
        return text("The goal, or near above it in what can be given; stay and review", knowledge.facts)
    return text("Stopped; watch for withdrawal", knowledge.facts)
