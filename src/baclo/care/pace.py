"""How fast and how far a rise may go for one person: the region's scheme or the slow one, cut by the kidneys."""

from collections.abc import Iterator
from dataclasses import dataclass

from baclo.care.days import whole_days
from baclo.care.kidney_share import KidneyShare
from baclo.care.roles import Roles, adult_roles
from baclo.care.settle import Bounds
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text

_SINGLE = ("fact:titration.single_rise",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Bounds, goal and days on a step, in words why it is the slow scheme if it is, and what each rests on."""

    bounds: Bounds
    aim_ug_per_day: float
    step_days: int
    slow_because: tuple[Text, ...]
    first_basis: tuple[str, ...]
    rise_basis: tuple[str, ...]
    cap_basis: tuple[str, ...]
    aim_basis: tuple[str, ...]


def pace_of(knowledge: Knowledge, case: Case, share: KidneyShare) -> Pace:
    """The pace for this person. Without a kidney share the scheme is uncut: it may then only be shown, not planned."""
    region, slow = adult_roles(knowledge, case.region), adult_roles(knowledge, "slow")
    fraction = share.fraction or 1.0
    because = tuple(_reasons_for_slow(knowledge, case, share, slow))
    start, rise = region.number("start", "ug/d") * fraction, region.number("rise", "ug/d") * fraction
    interval_h, cap = region.number("interval", "h"), region.number("cap", "ug/d") * fraction
    first, rising, capping = region.basis("start"), region.basis("rise", "interval"), region.basis("cap")
    if because:
        start, rise = min(start, slow.number("start", "ug/d")), min(rise, slow.number("rise", "ug/d"))
        interval_h = max(interval_h, slow.number("interval", "h"))
        first, rising = slow.basis("start"), slow.basis("rise", "interval")
    elderly_ug = slow.number("usual_high_from_age", "ug/d")
    if elderly(case, slow) is not False and not cap < elderly_ug:
        cap, capping = elderly_ug, slow.basis("usual_high_from_age")
    cut = share.basis if fraction < 1 else ()
    goal_ug = case.question.goal_ug_per_day
    return Pace(
        bounds=Bounds(
            start_ug_per_day=start,
            rise_ug_per_day=rise,
            single_rise_ug=knowledge.number("titration.single_rise", "ug"),
            single_cap_ug=None if (single := region.fact("single")) is None else single.number_in("ug"),
            cap_ug_per_day=cap,
            basis=tuple(dict.fromkeys((*first, *rising, *capping, *_SINGLE, *share.basis))),
        ),
        aim_ug_per_day=region.number("aim", "ug/d") if goal_ug is None else goal_ug,
        step_days=whole_days(interval_h),
        slow_because=because,
        first_basis=(*first, *_SINGLE, *cut),
        rise_basis=(*rising, *_SINGLE, *cut),
        cap_basis=(*capping, *cut),
        aim_basis=region.basis("aim") if goal_ug is None else ("case:question.goal",),
    )


def elderly(case: Case, slow: Roles) -> bool | None:
    """Whether the age is one of the slow scheme; None where it is not known."""
    age_y = case.patient.age_y
    return None if age_y is None else not age_y < slow.number("from_age", "a")


def _reasons_for_slow(knowledge: Knowledge, case: Case, share: KidneyShare, slow: Roles) -> Iterator[Text]:
    """Each reason for the slow scheme, what is not known among them."""
    age = case.patient.age_y
    asked = (
        (elderly(case, slow), "of an age of {age}", "the age is not known"),
        (share.reduced, "the kidneys are reduced", "the kidneys are not known"),
        (case.patient.frail, "of frailty", "nobody said whether there is frailty"),
        (case.patient.tone_needed, "tone holds posture or gait", "nobody said whether tone holds posture or gait"),
    )
    for answer, known, unknown in asked:
        if answer is not False:
            words = unknown if answer is None else known
            number = Number(value=age or 0.0, unit="a", basis=("case:patient.age",))
            yield text(f"Slow scheme because {words}.", knowledge.facts, age=number)
