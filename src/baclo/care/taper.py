"""From the dose taken now down to a goal or to nothing: the wishes that the gate then settles."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from baclo.care.days import first_day, midnight, whole_days
from baclo.care.doses import regimen_now
from baclo.care.kidney_share import kidney_share
from baclo.care.plan import Draft, Kind, Plan, Shares, Wish, admit
from baclo.care.refusal import Refusal
from baclo.care.roles import Roles, adult_roles
from baclo.care.tablets import lower
from baclo.care.watch import standing_notes, watch
from baclo.case.case import Case, Urgency
from baclo.case.kidney import KidneyPicture
from baclo.case.timeline import Regimen
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
    """
    now = regimen_now(case.timeline, case.now)
    if now is None or not now.total_ug_per_day > (case.question.goal_ug_per_day or 0.0):
        return _nothing_to_taper(knowledge, case, picture, now)
    cautious = tuple(_cautions(knowledge, case, picture))
    falls = _stretched(knowledge, case, tuple(_falls(knowledge, case, now, bool(cautious))))

    def place(units: int, unit_ug: float) -> Shares:
        ordered = sorted(now.doses, key=lambda dose: dose.clock)
        return lower([(dose.clock, int(dose.amount_ug * (1 + 1e-12) // unit_ug)) for dose in ordered], units)

    return admit(
        knowledge,
        case,
        picture,
        Draft(
            kind=Kind.TAPER,
            change=None,
            bounds=None,
            wishes=tuple(_wishes(knowledge, case, falls)),
            place=place,
            objections=(),
            notes=(*cautious, *standing_notes(knowledge, Kind.TAPER)),
        ),
    )


def _nothing_to_taper(knowledge: Knowledge, case: Case, picture: KidneyPicture, now: Regimen | None) -> Plan:
    if now is None:
        reason = text("No regular dose is running, so there is nothing to reduce.", knowledge.facts)
        objection = Refusal(reason=reason, needs=("regimen",), basis=("case:regimen",))
    else:
        reason = text("The goal is not below what is taken now.", knowledge.facts)
        objection = Refusal(reason=reason, needs=("question.goal",), basis=("case:question.goal", "case:regimen"))
    draft = Draft(
        kind=Kind.TAPER,
        change=None,
        bounds=None,
        wishes=(),
        place=lambda units, unit_ug: (),
        objections=(objection,),
        notes=(),
    )
    return admit(knowledge, case, picture, draft)


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


def _falls(knowledge: Knowledge, case: Case, now: Regimen, cautious: bool) -> Iterator[Fall]:
    """Every step down to the goal, by the class of the taper."""
    roles = adult_roles(knowledge, "taper")
    goal = case.question.goal_ug_per_day or 0.0
    level = now.total_ug_per_day
    fall, days = _class(knowledge, case, level, cautious)
    while level > goal:
        by, lasting = fall, days
        if level - by < roles.number("last_part", "ug/d"):
            by = min(by, roles.number("fall_small", "ug/d"))
        if level <= roles.number("last_part", "ug/d") and case.question.urgency is Urgency.PLANNED:
            lasting = max(lasting, whole_days(roles.number("interval_long", "h")))
        if _very_high(roles, case, level) and not cautious:
            by = roles.number("very_high_fall", "ug/d")
            lasting = whole_days(roles.number("very_high_interval", "h"))
        level = max(level - by, goal)
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
    since = case.baclofen_since
    used_h = None if since is None else (case.now - since) / timedelta(hours=1)
    slowest = used_h is None or used_h > roles.number("long_use", "h") or level > roles.number("high_dose", "ug/d")
    if case.question.urgency is Urgency.URGENT and not cautious:
        return large, short
    if slowest:
        return (small if cautious else large), long
    return small, (long if cautious else short)


def _stretched(knowledge: Knowledge, case: Case, falls: tuple[Fall, ...]) -> tuple[Fall, ...]:
    """The falls, each lasting longer where together they would be shorter than the region's texts allow."""
    region = adult_roles(knowledge, case.region)
    shortest_days = whole_days(region.number("shortest_taper", "h"))
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
            ending = "Stopped; watch for withdrawal" if fall.to_ug_per_day == 0 else "The goal; stay and review"
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
