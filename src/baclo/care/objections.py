"""What a planner itself has against a rise: facts that may not permit, gaps, doses nobody placed, nowhere to go."""

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from baclo.care.children import too_light_for_tablets
from baclo.care.days import midnight
from baclo.care.kidney_share import KidneyShare
from baclo.care.of_late import not_surely_taken
from baclo.care.pace import Pace
from baclo.care.products import products_at_hand
from baclo.care.refusal import Refusal
from baclo.care.scheme import off_label_use
from baclo.care.standing import Continuity, Standing
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Piece, text
from baclo.units import convert


def standing_objections(knowledge: Knowledge, case: Case, now: Standing, day: date) -> Iterator[Refusal]:
    """Each reason that the dose going on `now` gives against a rise that begins on `day`."""
    if now.continuity is Continuity.UNTOLD:
        yield _refusal(knowledge, "It has been taken for some time, but no dose is told.", ("regimen",))
    if now.continuity is Continuity.INTERRUPTED:
        words = "Nothing was taken for more than {fact:missed.resume}: first decide with the prescriber how to go on."
        yield _refusal(knowledge, words, ("dose",))
    if now.continuity is Continuity.LITTLE:
        words = (
            "In the last {fact:missed.restart_low} less was taken than the regimen says, or it was begun again after "
            "as long without: tell what is taken now as a regimen, and decide with the prescriber how to go on."
        )
        yield _refusal(knowledge, words, ("regimen", "dose"))
    if now.continuity is Continuity.MORE:
        words = (
            "In the whole days of the last {fact:missed.restart_low} more was taken than the regimen says: tell what "
            "is taken now as a regimen, and decide with the prescriber whether it is right."
        )
        yield _refusal(knowledge, words, ("regimen", "dose"))
    if now.continuity is Continuity.GOING_ON and _often_unsure(knowledge, case):
        words = (
            "{fact:missed.in_row} or more doses of the last {fact:missed.restart_low} were not certainly taken in "
            "full: only what is really taken is raised."
        )
        yield _refusal(knowledge, words, ("dose",))
    if now.loose:
        yield _refusal(knowledge, "Doses were taken that belong to no regimen: tell the regimen first.", ("regimen",))
    for regimen in now.later:
        words = "Another regimen begins on {begins}: end it, or ask from there."
        yield _refusal(knowledge, words, ("regimen",), begins=regimen.since)
    ahead = timedelta(hours=knowledge.number("plan.latest_start", "h"))
    if midnight(day, case.zone) - case.now > ahead:
        words = "The plan would begin more than {fact:plan.latest_start} ahead, on the kidneys and the dose of today."
        yield _refusal(knowledge, words, ("question.since",))


def _often_unsure(knowledge: Knowledge, case: Case) -> bool:
    return not_surely_taken(knowledge, case) >= knowledge.number("missed.in_row", "1")


def rise_objections(
    knowledge: Knowledge, case: Case, pace: Pace, now: Standing, share: KidneyShare, *, climbs: bool
) -> Iterator[Refusal]:
    """Each reason in the bounds of a rise: numbers that may not permit, an unknown share, nowhere to go.

    `climbs` is whether there is any step up.
    """
    yield from _not_permitting(knowledge, pace)
    unweighed, child = case.patient.weight_kg is None, pace.scheme.child
    if unweighed:
        words = "A child's dose goes by weight," if child else "The curve would be somebody else's without the weight,"
        yield _refusal(knowledge, f"{words} which is not known.", ("patient.weight",))
    if share.fraction is None:
        without = " without the height" if "patient.height" in share.needs else ""
        words = f"The limit of the dose depends on the kidneys, which are not known{without}."
        yield _refusal(knowledge, words, share.needs)
    elif not share.fraction > 0:
        reason = text("The kidneys leave no dose that may be started or raised.", knowledge.facts)
        yield Refusal(reason=reason, needs=(), basis=share.basis)
    top = Number(value=convert(pace.bounds.cap_ug_per_day, "ug/d", "mg/d"), unit="mg/d", basis=pace.bounds.basis)
    if child and unweighed and case.question.goal_ug_per_day is None:
        return  # there is nothing to aim at
    unnamed = case.question.goal_ug_per_day is None and now.total_ug_per_day > 0
    if unnamed and not (climbs and pace.aim_ug_per_day > now.total_ug_per_day):
        aim = Number(value=convert(pace.aim_ug_per_day, "ug/d", "mg/d"), unit="mg/d", basis=pace.aim_basis)
        below = "below " if pace.aim_below_ug_per_day < math.inf else ""
        words = f"No goal is named, and without one a plan ends {below or 'at '}{{aim}}: name a goal to go further."
        yield _refusal(knowledge, words, ("question.goal",), aim=aim)
    elif not pace.aim_ug_per_day > now.total_ug_per_day:
        words = "The goal is not above what is taken now; to come down, ask for a taper."
        yield _refusal(knowledge, words, ("question.goal",))
    elif not pace.bounds.cap_ug_per_day > now.total_ug_per_day:
        words = "What is taken now is at or above the limit for this person, {top}."
        yield Refusal(reason=text(words, knowledge.facts, top=top), needs=(), basis=pace.bounds.basis)


def form_objections(knowledge: Knowledge, case: Case, pace: Pace, forms: Sequence[str]) -> Iterator[Refusal]:
    """Each reason in the times asked for, in what is at hand for a child, and in a use without a dose for children."""
    wished = case.question.clocks
    _, most = knowledge.fact("titration.doses_per_day").values
    if len(wished) > most or len(set(wished)) < len(wished):
        number = Number(value=most, unit="1", basis=("fact:titration.doses_per_day",))
        words = "The times asked for are more than {most}, or one stands twice."
        yield _refusal(knowledge, words, ("question.clocks",), most=number)
    if not pace.scheme.child:
        return
    if off_label_use(knowledge, case) is not None:
        words = "No text that was read gives a dose for this use in children."
        yield _refusal(knowledge, words, ("patient.indication",))
    if too_light_for_tablets(knowledge, case) and not products_at_hand(knowledge, case, forms):
        words = "Tablets are not for children below {fact:child.uk.tablet_from}, and no liquid is at hand: name one."
        yield _refusal(knowledge, words, ("products",))


def _not_permitting(knowledge: Knowledge, pace: Pace) -> Iterator[Refusal]:
    """Each role that no text permits, and each number of the scheme that nobody read or proposed with a reason."""
    for role, name in pace.scheme.permits.items():
        if name is None or not knowledge.fact(name).may_permit:
            words = f"No text that was read permits the {role} for this region."
            yield Refusal(reason=text(words, knowledge.facts), needs=(), basis=() if name is None else (name,))
    used = dict.fromkeys((*pace.first_basis, *pace.rise_basis, *pace.cap_basis))
    for name in used:
        if name.startswith("fact:") and not knowledge.fact(name).may_shape:
            reason = text("A number of the scheme was read in no text and is no proposal.", knowledge.facts)
            yield Refusal(reason=reason, needs=(), basis=(name,))


def _refusal(knowledge: Knowledge, words: str, needs: tuple[str, ...], **pieces: Piece) -> Refusal:
    reason = text(words, knowledge.facts, **pieces)
    return Refusal(reason=reason, needs=needs, basis=(*reason.basis, *(f"case:{path}" for path in needs)))
