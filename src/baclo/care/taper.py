"""From the dose taken now down to a goal or to nothing: the wishes that the gate then settles."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from baclo.care.days import first_day, midnight, whole_days
from baclo.care.finding import Change
from baclo.care.kidney_share import kidney_share
from baclo.care.plan import Draft, Kind, Plan, admit
from baclo.care.refusal import Refusal
from baclo.care.roles import Roles, adult_roles
from baclo.care.settle import Terms, Wish
from baclo.care.standing import Continuity, Standing, standing
from baclo.care.watch import standing_notes, watch
from baclo.case.case import Case, Urgency
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """One step down: to which daily dose, and how many days it lasts."""

    to_ug_per_day: float
    days: int


def taper(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Plan:
    """A reduction in whole and half tablets; nothing that is unknown or contraindicated refuses it.

    The steps are those of the class that length of use and dose fall into; what is unknown, reduced kidneys, age
    and frailty make them smaller, an urgent wish quicker, and never shorter in all than the region's texts allow.
    Where a finding says that stopping in monitored care is right, the answer is that action, and no schedule.
    """
    now = standing(knowledge, case, midnight(first_day(case), case.zone))
    objections = tuple(_objections(knowledge, case, now))
    falls = () if objections else _all_falls(knowledge, case, picture, now)
    return admit(
        knowledge,
        case,
        picture,
        Draft(
            kind=Kind.TAPER,
            change=Change.REDUCE_AT_HOME,
            standing=now,
            wishes=tuple(_wishes(knowledge, case, falls)),
            terms=_terms(now),
            objections=objections,
            notes=tuple(_notes(knowledge, case, picture, now, falls)),
        ),
    )


def _objections(knowledge: Knowledge, case: Case, now: Standing) -> Iterator[Refusal]:
    """Why there is nothing to reduce."""
    if now.regimen is None:
        words = "No regular dose is going on, so there is nothing to reduce."
        if now.continuity in (Continuity.INTERRUPTED, Continuity.LAPSED):
            words = "Nothing was taken for some time: do not start again in order to taper; watch for withdrawal."
        yield Refusal(reason=text(words, knowledge.facts), needs=("regimen",), basis=("case:regimen",))
    elif not now.total_ug_per_day > (case.question.goal_ug_per_day or 0.0):
        reason = text("The goal is not below what is taken now.", knowledge.facts)
        yield Refusal(reason=reason, needs=("question.goal",), basis=("case:question.goal", "case:regimen"))


def _terms(now: Standing) -> Terms:
    return Terms(bounds=None, taken=() if now.regimen is None else now.regimen.doses, clocks=())


def _all_falls(knowledge: Knowledge, case: Case, picture: KidneyPicture, now: Standing) -> tuple[Fall, ...]:
    cautious = any(True for _ in _cautions(knowledge, case, picture))
    return _stretched(knowledge, case, tuple(_falls(knowledge, case, now, cautious)))


def _notes(
    knowledge: Knowledge, case: Case, picture: KidneyPicture, now: Standing, falls: tuple[Fall, ...]
) -> Iterator[Text]:
    """What shaped the taper, what it replaces, and what holds for every taper."""
    yield from _cautions(knowledge, case, picture)
    for regimen in now.later:
        words = "The regimen that was to begin on {begins} is replaced by this plan."
        yield text(words, knowledge.facts, begins=regimen.since)
    if now.loose:
        yield text("Doses outside the regimen were taken: the steps fall from the regimen alone.", knowledge.facts)
    adult = adult_roles(knowledge, "review").number("adult_from", "a")
    if case.patient.age_y is not None and case.patient.age_y < adult:
        yield text("The steps are those of adults: a child is tapered with a specialist, by weight.", knowledge.facts)
    if sum(fall.days for fall in falls[:-1]) < _shortest_days(knowledge, case):
        yield text(
            "Shorter than the region's texts ask: ask for a liquid, which allows smaller steps.", knowledge.facts
        )
    yield from standing_notes(knowledge, Kind.TAPER)


def _shortest_days(knowledge: Knowledge, case: Case) -> int:
    return whole_days(adult_roles(knowledge, case.region).number("shortest_taper", "h"))


def _cautions(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Iterator[Text]:
    """Each reason for the smaller, longer steps."""
    slow = adult_roles(knowledge, "slow")
    age_y = case.patient.age_y
    asked = (
        (None if case.baclofen_since is None else False, "", "how long it has been taken"),
        (None if age_y is None else not age_y < slow.number("from_age", "a"), "of age", "the age"),
        (case.patient.frail, "of frailty", "whether there is frailty"),
        (kidney_share(knowledge, picture).reduced, "the kidneys are reduced; withdrawal may come late", "the kidneys"),
    )
    for answer, known, unknown in asked:
        if answer is None:
            yield text(f"Smaller steps because this is not known: {unknown}.", knowledge.facts)
        elif answer:
            yield text(f"Smaller steps because {known}.", knowledge.facts)


def _falls(knowledge: Knowledge, case: Case, now: Standing, cautious: bool) -> Iterator[Fall]:
    """Every step down to the goal, by the class of the taper."""
    roles = adult_roles(knowledge, "taper")
    goal = case.question.goal_ug_per_day or 0.0
    level = now.total_ug_per_day
    fall, days = _class(knowledge, case, level, cautious)
    while level > goal:
        by, lasting = fall, days
        if _very_high(roles, case, level) and not cautious:
            by = roles.number("very_high_fall", "ug/d")
        if level - by < roles.number("last_part", "ug/d"):
            by = min(by, roles.number("fall_small", "ug/d"))
        level = max(level - by, goal)
        if _very_high(roles, case, level) and not cautious:
            lasting = whole_days(roles.number("very_high_interval", "h"))
        if level <= roles.number("last_part", "ug/d") and case.question.urgency is Urgency.PLANNED:
            lasting = max(lasting, whole_days(roles.number("interval_long", "h")))
        yield Fall(to_ug_per_day=level, days=lasting)


def _very_high(roles: Roles, case: Case, level: float) -> bool:
    """Whether the faster first part applies, which is published for alcohol use disorder alone."""
    dependent = any(condition.name == roles.table["very_high_condition"] for condition in case.patient.conditions or ())
    return dependent and level > roles.number("very_high_dose", "ug/d")


def _class(knowledge: Knowledge, case: Case, level: float, cautious: bool) -> tuple[float, int]:
    """The fall, ug/d, and the days on a step for this length of use and dose."""
    roles = adult_roles(knowledge, "taper")
    small, large = roles.number("fall_small", "ug/d"), roles.number("fall_large", "ug/d")
    short, long = (whole_days(roles.number(role, "h")) for role in ("interval_short", "interval_long"))
    since = _used_since(case)
    used_h = None if since is None else (case.now - since) / timedelta(hours=1)
    slowest = used_h is None or used_h > roles.number("long_use", "h") or level > roles.number("high_dose", "ug/d")
    if case.question.urgency is Urgency.URGENT and not cautious:
        return large, short
    if slowest:
        return (small if cautious else large), long
    return small, (long if cautious else short)


def _used_since(case: Case) -> datetime | None:
    """When continuous use began: as told, or with the earliest regimen where that is earlier; None if not told."""
    if case.baclofen_since is None:
        return None
    return min(case.baclofen_since, *(regimen.since for regimen in case.timeline.regimens), case.baclofen_since)


def _stretched(knowledge: Knowledge, case: Case, falls: tuple[Fall, ...]) -> tuple[Fall, ...]:
    """The falls, each lasting longer where together they would be shorter than the region's texts allow."""
    shortest_days = _shortest_days(knowledge, case)
    held = falls[:-1]
    if not held or sum(fall.days for fall in held) >= shortest_days:
        return falls
    least = -(-shortest_days // len(held))
    return (*(Fall(to_ug_per_day=fall.to_ug_per_day, days=max(fall.days, least)) for fall in held), falls[-1])


def _wishes(knowledge: Knowledge, case: Case, falls: tuple[Fall, ...]) -> Iterator[Wish]:
    """One wish a fall, day after day; the last one stays."""
    roles = adult_roles(knowledge, "taper")
    basis = roles.basis("fall_small", "fall_large", "interval_short", "interval_long", "last_part")
    basis += adult_roles(knowledge, case.region).basis("shortest_taper")
    day = first_day(case)
    for index, fall in enumerate(falls):
        last = index + 1 == len(falls)
        following = day + timedelta(days=fall.days)
        days = Number(value=float(fall.days), unit="d", basis=basis)
        why = text("At least {days} on this step; longer if anything comes back", knowledge.facts, days=days)
        if last:
            ending = "Stopped; watch for withdrawal"
            if fall.to_ug_per_day > 0:
                ending = "The goal, or as near above it as the tablets come; stay and review"
            why = text(ending, knowledge.facts)
        yield Wish(
            since=midnight(day, case.zone),
            until=None if last else midnight(following, case.zone),
            total_ug_per_day=fall.to_ug_per_day,
            why=why,
            limited_by=basis,
            monitor=watch(knowledge, Kind.TAPER),
        )
        day = following
