"""How much more was taken than the regimens say: within a day of the clock, and together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from baclo.care.doses import due_at, regimen_now
from baclo.case.calendar import given_doses, scheduled
from baclo.case.case import Case
from baclo.case.gap import NEAR
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


def largest_day_ug(knowledge: Knowledge, case: Case, *, back: timedelta) -> float:
    """The most drug of one day, micrograms, over the time `back` from now; 0 where none was taken."""
    counted = _counted(knowledge, case, _taken(knowledge, case, back))
    return max((_sum(_within(counted, since, _DAY)) for since, _ in counted), default=0.0)


def excess_ug(knowledge: Knowledge, case: Case, *, back: timedelta) -> float:
    """The most by which a day of the time `back` from now went beyond its regimens, ug; below 0 where none did."""
    days = _days(knowledge, case, _taken(knowledge, case, back))
    return max((day.taken_ug - day.allowed_ug for day in days), default=0.0)


def more(knowledge: Knowledge, case: Case, *, back: timedelta) -> bool | None:
    """Whether within `back` more was taken than a regimen says, in a day or together; None where no regimen says.

    A little more, as it comes of measuring and rounding, is not more; nor is what came up again at once.
    """
    taken = _taken(knowledge, case, back)
    most = 1 + knowledge.number("overdose.measuring", "1")
    stretches = (*_days(knowledge, case, taken), *_moments(knowledge, case, taken))
    if any(one.taken_ug > most * one.allowed_ug for one in stretches if one.daily_ug > 0):
        return True
    return False if all(regimen_now(case.timeline, due_at(dose)) is not None for dose in taken) else None


def much_more(knowledge: Knowledge, case: Case, *, back: timedelta) -> bool:
    """Whether within `back` a whole day's dose more was taken, or a whole day's dose together where it is several."""
    taken = _taken(knowledge, case, back)
    least = 1 - knowledge.number("overdose.measuring", "1")
    days = (day for day in _days(knowledge, case, taken) if day.daily_ug > 0)
    together = (one for one in _moments(knowledge, case, taken) if one.allowed_ug < least * one.daily_ug)
    return any(day.taken_ug >= day.allowed_ug + least * day.daily_ug for day in days) or any(
        one.taken_ug >= least * one.daily_ug for one in together
    )


def _taken(knowledge: Knowledge, case: Case, back: timedelta) -> tuple[Dose, ...]:
    """Each dose that may have been taken, but for those that came up so soon that a text gives them once more."""
    soon = timedelta(hours=knowledge.number("missed.vomit_repeat", "h"))
    given = given_doses(case.timeline, case.zone, case.now - back, case.now + _JUST_AFTER)
    return tuple(dose for dose in given if dose.vomited_at is None or dose.vomited_at - dose.at > soon)


def _near(knowledge: Knowledge) -> timedelta:
    """The least time between two doses that any text names, but for what counts as on time."""
    return timedelta(hours=knowledge.number("missed.next_uk", "h") - knowledge.number("missed.on_time", "h"))


def _counted(knowledge: Knowledge, case: Case, taken: Sequence[Dose]) -> _Amounts:
    """Each dose by the clock on the wall at the moment it belongs to, ug."""
    due = [at for at, _ in _due(case, taken)]
    others = [dose.at for dose in taken]
    belongs = (_belongs(dose, due, others, _near(knowledge)) for dose in taken)
    return sorted((_wall(case, at), dose.amount_ug) for at, dose in zip(belongs, taken, strict=True))


def _belongs(dose: Dose, due: Sequence[datetime], others: Sequence[datetime], near: timedelta) -> datetime:
    """When a dose was due, unless it was taken nearer to the one before, or too late, or too near to the next taken."""
    meant = due_at(dose)
    before = max((at for at in due if at < meant), default=None)
    after = min((at for at in due if at > meant), default=None)
    early = before is not None and meant - dose.at >= dose.at - before
    late = dose.at - meant > NEAR or (after is not None and dose.at >= after)
    followed = dose.at > meant and any(dose.at < at < dose.at + near for at in others)
    return dose.at if early or late or followed else meant


def _days(knowledge: Knowledge, case: Case, taken: Sequence[Dose]) -> Iterator[Stretch]:
    """Each day of the clock that begins with a dose.

    One that begins before any regimen runs is allowed a day's dose beside what was due and taken in it: it may hold the
    last doses of another one that is not told.
    """
    counted = _counted(knowledge, case, taken)
    due = tuple((_wall(case, at), amount_ug) for at, amount_ug in _due(case, taken) if at <= case.now)
    for since, _ in counted:
        within, due_within = _within(counted, since, _DAY), _within(due, since, _DAY)
        daily_ug = _largest_daily_ug(case, since, [at for at, _ in (*within, *due_within)])
        due_ug = _sum(due_within)
        running_ug = _sum([(at, ug) for at, ug in within if _daily_ug(case, at)])
        before_ug = daily_ug + min(due_ug, running_ug)
        allowed_ug = max(daily_ug, due_ug) if _daily_ug(case, since) else before_ug
        yield Stretch(taken_ug=_sum(within), allowed_ug=allowed_ug, daily_ug=daily_ug)


def _moments(knowledge: Knowledge, case: Case, taken: Sequence[Dose]) -> Iterator[Stretch]:
    """Each dose with what was taken soon after it, against the most that the clock has as near together.

    Before any regimen runs a day's dose is allowed here too.
    """
    due, near = _due(case, taken), _near(knowledge)
    amounts = [(dose.at, dose.amount_ug) for dose in taken]
    for since, _ in amounts:
        about = [(at, ug) for at, ug in due if since - _DAY <= at < since + near]
        within = _within(amounts, since, near)
        daily_ug = _largest_daily_ug(case, _wall(case, since), [_wall(case, at) for at, _ in within])
        together_ug = max((_sum(_within(about, at, near)) for at, _ in about), default=0.0)
        yield Stretch(
            taken_ug=_sum(within),
            allowed_ug=together_ug if _daily_ug(case, _wall(case, since)) else daily_ug,
            daily_ug=daily_ug,
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


def _largest_daily_ug(case: Case, since: datetime, moments: Sequence[datetime]) -> float:
    """The largest daily dose of the regimens that run at the moments; before any runs, also of one begun since."""
    now = _wall(case, case.now)
    begins = [] if _daily_ug(case, since) or now >= since + _DAY else [now]
    return max(_daily_ug(case, at) for at in (*moments, *begins))


def _daily_ug(case: Case, wall: datetime) -> float:
    """The daily dose of the regimen that runs at a moment of the wall's clock, ug; 0 where none does."""
    running = regimen_now(case.timeline, wall.replace(tzinfo=case.zone))
    return 0.0 if running is None else running.total_ug_per_day


def _wall(case: Case, at: datetime) -> datetime:
    return at.astimezone(case.zone).replace(tzinfo=None)


def _within(amounts_ug: _Amounts, since: datetime, length: timedelta) -> _Amounts:
    return [(at, amount_ug) for at, amount_ug in amounts_ug if since <= at < since + length]


def _sum(amounts_ug: _Amounts) -> float:
    return sum(amount_ug for _, amount_ug in amounts_ug)
