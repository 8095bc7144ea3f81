"""How much more was taken than the regimens say: within a day of the clock, and at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from baclo.care.doses import due_at, regimen_now
from baclo.case.calendar import given_doses, scheduled
from baclo.case.case import Case
from baclo.case.timeline import Dose
from baclo.knowledge.library import Knowledge

_DAY = timedelta(days=1)
_JUST_AFTER = timedelta.resolution
_Amounts = Sequence[tuple[datetime, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of time: what was taken in it, what the regimens allow in one as long, and their daily dose, ug."""

    taken_ug: float
    allowed_ug: float
    daily_ug: float


def largest_day_ug(case: Case, *, back: timedelta) -> float:
    """The most drug of one day, micrograms, over the time `back` from now; 0 where none was taken."""
    counted = _counted(case, _taken(case, back))
    return max((_within(counted, since, _DAY) for since, _ in counted), default=0.0)


def excess_ug(case: Case, *, back: timedelta) -> float:
    """The most by which a day of the time `back` from now went beyond its regimens, ug; 0 where none did."""
    return max((day.taken_ug - day.allowed_ug for day in _days(case, _taken(case, back))), default=0.0)


def more(knowledge: Knowledge, case: Case, *, back: timedelta) -> bool | None:
    """Whether within `back` more was taken than a regimen says, in a day or at once; None where no regimen says.

    A little more, as it comes of measuring and rounding, is not more; nor is what came up again at once.
    """
    taken = _kept_down(knowledge, _taken(case, back))
    most = 1 + knowledge.number("overdose.measuring", "1")
    stretches = (*_days(case, taken), *_moments(knowledge, case, taken))
    if any(one.taken_ug > most * one.allowed_ug for one in stretches if one.daily_ug > 0):
        return True
    return False if all(regimen_now(case.timeline, due_at(dose)) is not None for dose in taken) else None


def much_more(knowledge: Knowledge, case: Case, *, back: timedelta) -> bool:
    """Whether within `back` a whole day's dose more was taken, or a whole day's dose at once where it is several."""
    taken = _kept_down(knowledge, _taken(case, back))
    least = 1 - knowledge.number("overdose.measuring", "1")
    days = (day for day in _days(case, taken) if day.daily_ug > 0)
    at_once = (one for one in _moments(knowledge, case, taken) if one.allowed_ug < least * one.daily_ug)
    return any(day.taken_ug >= day.allowed_ug + least * day.daily_ug for day in days) or any(
        one.taken_ug >= least * one.daily_ug for one in at_once
    )


def _taken(case: Case, back: timedelta) -> tuple[Dose, ...]:
    return given_doses(case.timeline, case.zone, case.now - back, case.now + _JUST_AFTER)


def _kept_down(knowledge: Knowledge, taken: Sequence[Dose]) -> tuple[Dose, ...]:
    """The doses but those that came up again so soon that a text gives them once more."""
    soon = timedelta(hours=knowledge.number("missed.vomit_repeat", "h"))
    return tuple(dose for dose in taken if dose.vomited_at is None or dose.vomited_at - dose.at > soon)


def _counted(case: Case, taken: Sequence[Dose]) -> _Amounts:
    """Each dose by the clock on the wall at the moment it belongs to, ug."""
    due = [at for at, _ in _due(case, taken)]
    return tuple((_wall(case, _belongs(dose, due)), dose.amount_ug) for dose in taken)


def _belongs(dose: Dose, due: Sequence[datetime]) -> datetime:
    """When a dose was due, unless the next one had come due, or the one before it was nearer."""
    meant = due_at(dose)
    before = max((at for at in due if at < meant), default=None)
    after = min((at for at in due if at > meant), default=None)
    late = after is not None and dose.at >= after
    early = before is not None and meant - dose.at >= dose.at - before
    return dose.at if late or early else meant


def _days(case: Case, taken: Sequence[Dose]) -> Iterator[Stretch]:
    """Each day of the clock that begins with a dose."""
    counted = _counted(case, taken)
    due = tuple((_wall(case, at), amount_ug) for at, amount_ug in _due(case, taken))
    for since, _ in counted:
        daily_ug = _daily_ug(case, since, since + _DAY)
        allowed_ug = max(daily_ug, _within(due, since, _DAY))
        yield Stretch(taken_ug=_within(counted, since, _DAY), allowed_ug=allowed_ug, daily_ug=daily_ug)


def _moments(knowledge: Knowledge, case: Case, taken: Sequence[Dose]) -> Iterator[Stretch]:
    """Each dose with what was taken just after it, against the most that the clock has as near together."""
    near = timedelta(hours=knowledge.number("overdose.window", "h"))
    due = _due(case, taken)
    amounts = tuple((dose.at, dose.amount_ug) for dose in taken)
    for since, _ in amounts:
        about = [(at, ug) for at, ug in due if abs(at - since) <= _DAY]
        yield Stretch(
            taken_ug=_within(amounts, since, near),
            allowed_ug=max((_within(about, at, near) for at, _ in about), default=0.0),
            daily_ug=_daily_ug(case, _wall(case, since), _wall(case, since) + _DAY),
        )


def _due(case: Case, taken: Sequence[Dose]) -> tuple[tuple[datetime, float], ...]:
    """Every dose by the clock from a day before the first of those taken to a day after the last, ug."""
    moments = [moment for dose in taken for moment in (dose.at, due_at(dose))]
    if not moments:
        return ()
    since, until = min(moments) - _DAY, max(moments) + _DAY
    found = [
        (at, dose.amount_ug)
        for regimen in case.timeline.regimens
        for at, dose in scheduled(regimen, case.zone, since, until)
    ]
    return tuple(sorted(found))


def _daily_ug(case: Case, since: datetime, until: datetime) -> float:
    """The largest daily dose of the regimens that run within a stretch of the wall's clock, ug; 0 where none does."""
    running = (
        regimen.total_ug_per_day
        for regimen in case.timeline.regimens
        if _wall(case, regimen.since) < until and (regimen.until is None or _wall(case, regimen.until) > since)
    )
    return max(running, default=0.0)


def _wall(case: Case, at: datetime) -> datetime:
    return at.astimezone(case.zone).replace(tzinfo=None)


def _within(amounts_ug: _Amounts, since: datetime, length: timedelta) -> float:
    return sum(amount_ug for at, amount_ug in amounts_ug if since <= at < since + length)
