"""How the steps of one taper are cut: by class, pace and method, all its numbers in one value."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from baclo.care.days import whole_days
from baclo.care.grown import is_adult
from baclo.care.products import forms_taken, smallest_piece_ug
from baclo.care.roles import Roles, adult_roles
from baclo.care.taper.caution import maybe_pregnant
from baclo.care.taper.sentences import taper_numbers
from baclo.case.case import Case, Method, Speed, Urgency
from baclo.knowledge.library import Knowledge

_FAST = ("very_high_dose", "very_high_fall", "very_high_interval")


class Rate(StrEnum):
    """How fast a taper goes."""

    SLOW = "slow"
    USUAL = "usual"
    QUICK = "quick"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way of coming down; `cautious` is whether something speaks for care, and then none is quick."""

    rate: Rate
    method: Method
    cautious: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FastPart:
    """The faster first part above a dose, which is published for alcohol use disorder alone."""

    above_ug_per_day: float
    fall_ug_per_day: float
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """The numbers of the steps.

    No fall is larger than `fall_ug_per_day`, nor than `share_fraction` of what is taken then where it is set; in the
    last part none is larger than `small_ug_per_day`. Falls are cut into pieces of `piece_ug_per_day` where it is set,
    at least one each, and a step of a larger piece than wanted lasts as much longer.
    """

    fall_ug_per_day: float
    small_ug_per_day: float
    share_fraction: float | None
    piece_ug_per_day: float | None
    last_part_ug_per_day: float
    days: int
    last_days: int
    fast: FastPart | None
    basis: tuple[str, ...]


def first_choice(case: Case, cautious: bool) -> Choice:
    """What is asked for, never quicker than what is known allows: slow before urgent, urgent only without caution.

    Where there may be a pregnancy nothing is quick.
    """
    rate = Rate.USUAL
    if case.question.speed is Speed.SLOW:
        rate = Rate.SLOW
    elif case.question.urgency is Urgency.URGENT and not cautious and not maybe_pregnant(case):
        rate = Rate.QUICK
    return Choice(rate=rate, method=case.question.method or Method.FIXED, cautious=cautious)


def pattern_of(knowledge: Knowledge, case: Case, from_ug_per_day: float, choice: Choice) -> Pattern:
    """The pattern of a choice for this length of use, dose and person."""
    roles, numbers = adult_roles(knowledge, "taper"), taper_numbers(knowledge)
    large, small = roles.number("fall_large", "ug/d"), roles.number("fall_small", "ug/d")
    long_days = whole_days(roles.number("interval_long", "h"))
    fall, days = _class(knowledge, case, from_ug_per_day, choice)
    shared = choice.method is Method.PERCENT
    role = "percent_large" if fall >= large else "percent_small"
    child = not is_adult(knowledge, case)
    smallest_ug = smallest_piece_ug(knowledge, case, forms_taken(knowledge, case))
    least = numbers.number("percent_least", "ug/d")
    if child:
        part = numbers.number("child_share", "1") * from_ug_per_day
        fall, least = min(fall, part), min(least, part)
    times = round(numbers.number("slow_factor", "1")) if choice.rate is Rate.SLOW else 1
    fast = None if shared or choice.cautious else _fast(roles, case, from_ug_per_day, times)
    return Pattern(
        fall_ug_per_day=fall,
        small_ug_per_day=small,
        share_fraction=numbers.number(role, "1") if shared else None,
        piece_ug_per_day=min(max(smallest_ug, least), small) if shared or child else None,
        last_part_ug_per_day=roles.number("last_part", "ug/d"),
        days=days * times,
        last_days=(days if choice.rate is Rate.QUICK else max(days, long_days)) * times,
        fast=fast,
        basis=_basis(roles, numbers, choice, child, role) + (() if fast is None else roles.basis(*_FAST)),
    )


def _class(knowledge: Knowledge, case: Case, from_ug_per_day: float, choice: Choice) -> tuple[float, int]:
    """The largest fall, ug/d, and the days on a step for this length of use and dose."""
    roles = adult_roles(knowledge, "taper")
    small, large = roles.number("fall_small", "ug/d"), roles.number("fall_large", "ug/d")
    short, long = (whole_days(roles.number(role, "h")) for role in ("interval_short", "interval_long"))
    if choice.rate is Rate.QUICK:
        return large, short
    since = _used_since(case)
    used_h = None if since is None else (case.now - since) / timedelta(hours=1)
    short_use = used_h is not None and 0 <= used_h <= roles.number("long_use", "h")
    if short_use and from_ug_per_day <= roles.number("high_dose", "ug/d"):
        return small, (long if choice.cautious else short)
    return (small if choice.cautious else large), long


def _used_since(case: Case) -> datetime | None:
    """When continuous use began: as told, or with the earliest regimen where that is earlier; None if not told."""
    if case.baclofen_since is None:
        return None
    return min(case.baclofen_since, *(regimen.since for regimen in case.timeline.regimens), case.baclofen_since)


def _fast(roles: Roles, case: Case, from_ug_per_day: float, times: int) -> FastPart | None:
    above_ug = roles.number("very_high_dose", "ug/d")
    if not (alcohol_use_disorder(roles, case) and from_ug_per_day > above_ug):
        return None
    return FastPart(
        above_ug_per_day=above_ug,
        fall_ug_per_day=roles.number("very_high_fall", "ug/d"),
        days=whole_days(roles.number("very_high_interval", "h")) * times,
    )


def alcohol_use_disorder(roles: Roles, case: Case) -> bool:
    """Whether the condition is there for which a faster first part is published."""
    return any(condition.name == roles.table["very_high_condition"] for condition in case.patient.conditions or ())


def _basis(roles: Roles, numbers: Roles, choice: Choice, child: bool, share: str) -> tuple[str, ...]:
    """What the pattern rests on."""
    basis = roles.basis("fall_small", "fall_large", "interval_short", "interval_long", "last_part")
    if choice.method is Method.PERCENT:
        basis += numbers.basis(share, "percent_least")
    if child:
        basis += numbers.basis("child_share")
    if choice.rate is Rate.SLOW:
        basis += numbers.basis("slow_factor")
    return basis
