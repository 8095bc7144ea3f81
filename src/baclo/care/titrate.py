"""From nothing, or from the dose taken now, up to a goal: the wishes that the gate then settles."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time, timedelta

from baclo.care.days import first_day, midnight, whole_days
from baclo.care.doses import regimen_now
from baclo.care.finding import Change
from baclo.care.kidney_share import KidneyShare, kidney_share
from baclo.care.plan import Bounds, Draft, Kind, Plan, Shares, Wish, admit
from baclo.care.refusal import Refusal
from baclo.care.roles import Roles, adult_roles
from baclo.care.tablets import default_clocks, spread, tablets_at_hand
from baclo.care.watch import standing_notes, watch
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.case.timeline import Regimen
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text
from baclo.units import convert


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast and how far: bounds, days on a step, and in words why it is the slow scheme, if it is."""

    bounds: Bounds
    aim_ug_per_day: float
    step_days: int
    slow_because: tuple[Text, ...]


def titrate(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Plan:
    """A rise for an adult in whole and half tablets, admitted or refused by the gate.

    The goal is the case's, else the lower end of the region's usual dose. The scheme is the region's, or the slow
    one from the age given, with reduced kidneys, frailty, or tone that is needed, and wherever one of these is not
    known. The kidneys' share cuts the first dose, the rise and the limit alike; without a share the plan is refused,
    and the uncut scheme is simulated only to show why.
    """
    region = adult_roles(knowledge, case.region)
    share = kidney_share(knowledge, picture)
    pace = _pace(knowledge, case, region, share)
    now = regimen_now(case.timeline, case.now)
    single = region.fact("single")

    def place(units: int, unit_ug: float) -> Shares:
        limit_ug = None if single is None else single.number_in("ug")
        return spread(units, _clocks(knowledge, now, units, unit_ug, limit_ug))

    return admit(
        knowledge,
        case,
        picture,
        Draft(
            kind=Kind.TITRATE,
            change=_change(case, now),
            bounds=pace.bounds,
            wishes=tuple(_wishes(knowledge, case, pace, now)),
            place=place,
            objections=tuple(_objections(knowledge, case, region, pace, now, share)),
            notes=(*pace.slow_because, *standing_notes(knowledge, Kind.TITRATE)),
        ),
    )


def _change(case: Case, now: Regimen | None) -> Change:
    if now is not None and now.doses:
        return Change.RAISE
    before = any(regimen.until is not None and regimen.until <= case.now for regimen in case.timeline.regimens)
    return Change.RESTART if before else Change.START


def _pace(knowledge: Knowledge, case: Case, region: Roles, share: KidneyShare) -> Pace:
    slow = adult_roles(knowledge, "slow")
    fraction = share.fraction or 1.0
    because = tuple(_reasons_for_slow(knowledge, case, share, slow))
    start, rise = region.number("start", "ug/d") * fraction, region.number("rise", "ug/d") * fraction
    interval_h, cap = region.number("interval", "h"), region.number("cap", "ug/d") * fraction
    roles = region.basis("start", "rise", "interval", "cap")
    if because:
        start, rise = min(start, slow.number("start", "ug/d")), min(rise, slow.number("rise", "ug/d"))
        interval_h = max(interval_h, slow.number("interval", "h"))
        roles += slow.basis("start", "rise", "interval")
    if _elderly(case, slow) is not False:
        cap = min(cap, slow.number("usual_high_from_age", "ug/d"))
        roles += slow.basis("usual_high_from_age")
    goal_ug = case.question.goal_ug_per_day
    aim = region.number("aim", "ug/d") if goal_ug is None else goal_ug
    return Pace(
        bounds=Bounds(start_ug_per_day=start, rise_ug_per_day=rise, cap_ug_per_day=cap, basis=(*roles, *share.basis)),
        aim_ug_per_day=aim,
        step_days=whole_days(interval_h),
        slow_because=because,
    )


def _elderly(case: Case, slow: Roles) -> bool | None:
    age_y = case.patient.age_y
    return None if age_y is None else not age_y < slow.number("from_age", "a")


def _reasons_for_slow(knowledge: Knowledge, case: Case, share: KidneyShare, slow: Roles) -> Iterator[Text]:
    """Each reason for the slow scheme, what is not known among them."""
    age = case.patient.age_y
    asked = (
        (_elderly(case, slow), "of an age of {age}", "the age is not known"),
        (share.reduced, "the kidneys are reduced", "the kidneys are not known"),
        (case.patient.frail, "of frailty", "nobody said whether there is frailty"),
        (case.patient.tone_needed, "tone holds posture or gait", "nobody said whether tone holds posture or gait"),
    )
    for answer, known, unknown in asked:
        if answer is not False:
            words = unknown if answer is None else known
            number = Number(value=age or 0.0, unit="a", basis=("case:patient.age",))
            yield text(f"Slow scheme because {words}.", knowledge.facts, age=number)


def _clocks(
    knowledge: Knowledge, now: Regimen | None, units: int, unit_ug: float, single_ug: float | None
) -> tuple[time, ...]:
    """The clock times for so many units: as few as the usual day has, more where one dose would be too large."""
    usual, most = (round(count) for count in knowledge.fact("titration.doses_per_day").values)
    counts = range(max(1, min(units, usual)), most + 1)
    fits = [count for count in counts if single_ug is None or -(-units // count) * unit_ug <= single_ug]
    count = fits[0] if fits else most
    kept = () if now is None else tuple(sorted(dose.clock for dose in now.doses))
    return kept if len(kept) == count else default_clocks(knowledge, count)


def _wishes(knowledge: Knowledge, case: Case, pace: Pace, now: Regimen | None) -> Iterator[Wish]:
    """One wish a step, each as far up as the bounds let it, until the goal or the limit."""
    grain = min((tablet.unit_ug for tablet in tablets_at_hand(knowledge, case)), default=None)
    bounds = pace.bounds
    top = min(pace.aim_ug_per_day, bounds.cap_ug_per_day)
    level = 0.0 if now is None else now.total_ug_per_day
    day = first_day(case)
    levels: list[float] = []
    while grain is not None:
        high = bounds.start_ug_per_day if level == 0 else level + bounds.rise_ug_per_day
        following = min(top, high) // grain * grain
        if not following > level:
            break
        level = following
        levels.append(level)
    for index, level_ug in enumerate(levels):
        since = midnight(day + timedelta(days=index * pace.step_days), case.zone)
        until = midnight(day + timedelta(days=(index + 1) * pace.step_days), case.zone)
        last = index + 1 == len(levels)
        yield Wish(
            since=since,
            until=None if last else until,
            total_ug_per_day=level_ug,
            why=_why(knowledge, pace, level_ug, last),
            limited_by=bounds.basis,
            monitor=watch(knowledge, Kind.TITRATE),
        )


def _why(knowledge: Knowledge, pace: Pace, level_ug: float, last: bool) -> Text:
    days = Number(value=float(pace.step_days), unit="d", basis=pace.bounds.basis)
    if not last:
        return text("At least {days} on this step", knowledge.facts, days=days)
    if level_ug >= pace.aim_ug_per_day:
        return text("The goal; stay and review", knowledge.facts)
    return text("The limit for this person, below the goal; stay and review", knowledge.facts)


def _objections(
    knowledge: Knowledge, case: Case, region: Roles, pace: Pace, now: Regimen | None, share: KidneyShare
) -> Iterator[Refusal]:
    """What the planner itself has against a rise: numbers that may not permit, an unknown share, nowhere to go."""
    for role in ("start", "rise", "interval", "cap"):
        fact = region.fact(role)
        if fact is None or not fact.may_permit:
            yield Refusal(
                reason=text(f"No text that was read permits a {role} for this region.", knowledge.facts),
                needs=(),
                basis=region.basis(role),
            )
    if share.fraction is None:
        yield Refusal(
            reason=text("The limit of the dose depends on the kidneys, which are not known.", knowledge.facts),
            needs=share.needs,
            basis=share.basis,
        )
    elif not share.fraction > 0:
        reason = text("The kidneys leave no dose that may be started or raised.", knowledge.facts)
        yield Refusal(reason=reason, needs=(), basis=share.basis)
    cap_mg_per_day = convert(pace.bounds.cap_ug_per_day, "ug/d", "mg/d")
    top = Number(value=cap_mg_per_day, unit="mg/d", basis=pace.bounds.basis)
    taken = 0.0 if now is None else now.total_ug_per_day
    aim = pace.aim_ug_per_day
    if not (aim > taken):
        reason = text("The goal is not above what is taken now; to come down, ask for a taper.", knowledge.facts)
        yield Refusal(reason=reason, needs=("question.goal",), basis=("case:question.goal", "case:regimen"))
    elif not (pace.bounds.cap_ug_per_day > taken):
        reason = text("What is taken now is at or above the limit for this person, {top}.", knowledge.facts, top=top)
        yield Refusal(reason=reason, needs=(), basis=pace.bounds.basis)
