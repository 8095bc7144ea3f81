"""How fast and how far a rise may go for one person: the scheme of the texts or the slow one, cut by the kidneys."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from baclo.care.days import whole_days
from baclo.care.kidney_share import KidneyShare
from baclo.care.roles import Roles, adult_roles
from baclo.care.scheme import Scheme, scheme_of
from baclo.care.settle import Bounds
from baclo.case.case import Case, Speed
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text

_SINGLE = ("fact:titration.single_rise",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Bounds, goal and days on a step, in words why it is the slow scheme if it is, and what each rests on.

    `aim_below_ug_per_day` is what a goal that nobody named stays below; infinite where it need not. `must_be_slow` is
    whether something about the person, not a wish, asks for the slow scheme.
    """

    scheme: Scheme
    bounds: Bounds
    aim_ug_per_day: float
    aim_below_ug_per_day: float
    step_days: int
    speed: Speed
    must_be_slow: bool
    slow_because: tuple[Text, ...]
    first_basis: tuple[str, ...]
    rise_basis: tuple[str, ...]
    cap_basis: tuple[str, ...]
    aim_basis: tuple[str, ...]


def pace_of(knowledge: Knowledge, case: Case, share: KidneyShare, speed: Speed | None, most_doses: int) -> Pace:
    """The pace for this person at the `speed` wished, never faster than what is known of the person allows.

    `most_doses` is how many doses a day may have at most: each begins and rises by no more than one step. Without a
    kidney share the scheme is uncut: it may then only be shown, not planned.
    """
    scheme, fraction = scheme_of(knowledge, case), share.fraction or 1.0
    must = tuple(_reasons_for_slow(knowledge, case, share))
    slow = bool(must) or speed is Speed.SLOW
    start, rise, interval_h = _steps(scheme, fraction, slow=slow)
    single = scheme.single_rise_ug * most_doses
    cap, capping = _cap(knowledge, case, scheme, fraction)
    first, rising = scheme.first_basis, scheme.rise_basis
    if slow:
        first, rising = scheme.slow.first_basis or first, scheme.slow.rise_basis
    cut = share.basis if fraction < 1 else ()
    aim_ug, aim_below_ug, aim_basis = _aim(knowledge, case, scheme, share)
    return Pace(
        scheme=scheme,
        bounds=Bounds(
            start_ug_per_day=min(single, start),
            rise_ug_per_day=min(single, rise),
            single_rise_ug=scheme.single_rise_ug,
            single_cap_ug=scheme.single_cap_ug,
            cap_ug_per_day=cap,
            basis=tuple(dict.fromkeys((*first, *rising, *capping, *_SINGLE, *share.basis))),
        ),
        aim_ug_per_day=aim_ug,
        aim_below_ug_per_day=aim_below_ug,
        step_days=whole_days(interval_h),
        speed=Speed.SLOW if slow else Speed.USUAL,
        must_be_slow=bool(must),
        slow_because=(*must, *_wished(knowledge, speed, must=bool(must))),
        first_basis=(*first, *_SINGLE, *cut),
        rise_basis=(*rising, *_SINGLE, *cut),
        cap_basis=(*capping, *cut),
        aim_basis=aim_basis,
    )


def _aim(knowledge: Knowledge, case: Case, scheme: Scheme, share: KidneyShare) -> tuple[float, float, tuple[str, ...]]:
    """Where the rise ends, what it stays below, and what both rest on: the goal of the case, or one nobody named.

    That one is cut like the doses, and with reduced kidneys it stays below the dose that was harmful to adults.
    """
    goal_ug, fraction = case.question.goal_ug_per_day, share.fraction or 1.0
    if goal_ug is not None:
        return goal_ug, math.inf, ("case:question.goal",)
    aim_ug, basis = scheme.aim_ug_per_day * fraction, (*scheme.aim_basis, *(share.basis if fraction < 1 else ()))
    kidney = adult_roles(knowledge, "kidney")
    below_ug = kidney.number("aim_below", "ug/d")
    if scheme.child or share.reduced is not True or aim_ug < below_ug:
        return aim_ug, math.inf, basis
    return below_ug, below_ug, kidney.basis("aim_below")


def _steps(scheme: Scheme, fraction: float, *, slow: bool) -> tuple[float, float, float]:
    """The first dose, the rise (ug/d) and the interval (h) after the kidneys' cut, and after the slow scheme's."""
    start, rise, interval_h = scheme.start_ug_per_day * fraction, scheme.rise_ug_per_day * fraction, scheme.interval_h
    if not slow:
        return start, rise, interval_h
    slower = scheme.slow
    start = start if slower.start_ug_per_day is None else min(start, slower.start_ug_per_day)
    rise = rise if slower.rise_ug_per_day is None else min(rise, slower.rise_ug_per_day)
    return start, rise, max(interval_h, slower.interval_h)


def _cap(knowledge: Knowledge, case: Case, scheme: Scheme, fraction: float) -> tuple[float, tuple[str, ...]]:
    """The largest daily dose after the kidneys' cut, no more than elderly people usually tolerate, and its basis."""
    cap, slow = scheme.cap_ug_per_day * fraction, adult_roles(knowledge, "slow")
    elderly_ug = slow.number("usual_high_from_age", "ug/d")
    if elderly(case, slow) is not False and not cap < elderly_ug:
        return elderly_ug, slow.basis("usual_high_from_age")
    return cap, scheme.cap_basis


def elderly(case: Case, slow: Roles) -> bool | None:
    """Whether the age is one of the slow scheme; None where it is not known."""
    age_y = case.patient.age_y
    return None if age_y is None else not age_y < slow.number("from_age", "a")


def _reasons_for_slow(knowledge: Knowledge, case: Case, share: KidneyShare) -> Iterator[Text]:
    """Each reason for the slow scheme, what is not known among them."""
    age_y = case.patient.age_y
    aged = {} if age_y is None else {"age": Number(value=age_y, unit="a", basis=("case:patient.age",))}
    asked = (
        (elderly(case, adult_roles(knowledge, "slow")), "of an age of {age}", "the age is not known"),
        (share.reduced, "the kidneys are reduced", "the kidneys are not known"),
        (case.patient.frail, "of frailty", "nobody said whether there is frailty"),
        (case.patient.tone_needed, "tone holds posture or gait", "nobody said whether tone holds posture or gait"),
    )
    for answer, known, unknown in asked:
        if answer is not False:
            words = unknown if answer is None else known
            yield text(f"Slow scheme because {words}.", knowledge.facts, **aged)


def _wished(knowledge: Knowledge, speed: Speed | None, *, must: bool) -> Iterator[Text]:
    """What became of the speed that was asked for."""
    if speed is Speed.SLOW and not must:
        yield text("Slow scheme because it was asked for.", knowledge.facts)
    if speed is Speed.USUAL and must:
        words = "The usual speed was asked for; the plan stays slow for the reasons told."
        yield text(words, knowledge.facts)
