"""Since when the drug and the present dose are taken, what was taken before, and what is still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from baclo.care.doses import regimen_now
from baclo.case.case import Case
from baclo.case.timeline import Regimen


class Stepping(Protocol):
    """Anything that changes the daily dose from a moment on: a step of a plan, a regimen to come."""

    @property
    def since(self) -> datetime:
        """From when."""
        ...

    @property
    def total_ug_per_day(self) -> float:
        """The daily dose from then on."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What is taken and for how long, in days of the case's clock.

    `since` is the first day, `dose_since` the first day of the present daily dose; `ends` is the day after the last,
    None where no end is told.
    """

    since: date
    dose_since: date
    total_ug_per_day: float
    ends: date | None


def treatment(case: Case) -> Treatment | None:
    """How long the present dose and the drug have been taken at the case's now; None where nothing is."""
    present = regimen_now(case.timeline, case.now)
    if present is None or not present.total_ug_per_day > 0:
        return None
    chain = _chain(case.timeline.regimens, present)
    same = [one for one in chain if _reaches(chain, one, present.total_ug_per_day)]
    begun = [chain[0].since] if case.baclofen_since is None else [chain[0].since, case.baclofen_since]
    return Treatment(
        since=_day(case, min(begun)),
        dose_since=_day(case, same[0].since),
        total_ug_per_day=present.total_ug_per_day,
        ends=_ends(case, present),
    )


def untold(case: Case) -> bool:
    """Whether the drug is taken, as is told, but no dose of it is."""
    return case.baclofen_since is not None and not case.timeline.regimens


def begun(case: Case) -> date | None:
    """The first day of the treatment that goes on, told doses or not; None where there is none."""
    taken = treatment(case)
    if taken is not None:
        return taken.since
    return _day(case, case.baclofen_since) if case.baclofen_since is not None and untold(case) else None


def coming(case: Case, steps: Sequence[Stepping]) -> tuple[tuple[date, float], ...]:
    """The days on which the daily dose changes from now on, and the dose from then: the steps, else the regimens."""
    ahead: Sequence[Stepping] = steps or [one for one in case.timeline.regimens if one.since > case.now]
    taken = treatment(case)
    found, before = [], 0.0 if taken is None else taken.total_ug_per_day
    for step in sorted(ahead, key=lambda one: one.since):
        if step.total_ug_per_day != before:
            found.append((_day(case, step.since), step.total_ug_per_day))
        before = step.total_ug_per_day
    return tuple(found)


def _chain(regimens: Sequence[Regimen], present: Regimen) -> list[Regimen]:
    """The regimens that follow each other without a gap up to the present one."""
    chain = [present]
    for earlier in reversed([one for one in regimens if one.since < present.since]):
        if earlier.until == chain[0].since and earlier.total_ug_per_day > 0:
            chain.insert(0, earlier)
    return chain


def _reaches(chain: Sequence[Regimen], one: Regimen, total_ug_per_day: float) -> bool:
    """Whether every regimen from `one` on has the same daily dose."""
    return all(other.total_ug_per_day == total_ug_per_day for other in chain if other.since >= one.since)


def _ends(case: Case, present: Regimen) -> date | None:
    """The day on which the last of the regimens that follow the present one ends."""
    last: Regimen = present
    for later in case.timeline.regimens:
        if later.since == last.until:
            last = later
    return None if last.until is None else _day(case, last.until)


def _day(case: Case, at: datetime) -> date:
    return at.astimezone(case.zone).date()
