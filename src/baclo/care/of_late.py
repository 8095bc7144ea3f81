"""How the doses by the clock were kept of late: how much may have been taken, after which gap, and how surely."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from baclo.care.grown import is_adult
from baclo.care.roles import adult_roles
from baclo.case.calendar import given_doses, scheduled
from baclo.case.case import Case
from baclo.case.timeline import Dose, DoseStatus, Regimen
from baclo.knowledge.library import Knowledge

_DAY = timedelta(days=1)
_JUST_AFTER = timedelta.resolution


def took_less(knowledge: Knowledge, case: Case) -> bool:
    """Whether on no whole day of late as much may have been taken as was due on it by the regimen that runs.

    Doses outside the regimen count. One dose that was missed is no other dose yet, however few days there are. While
    no day of the regimen is whole, the one before it is asked, unless the new one is no more than was taken of that.
    """
    running, before = _last_begun(case)
    if running is None:
        return False
    days = _days(knowledge, case, running)
    if days or before is None:
        return _short(knowledge, case, running, days)
    days = _days(knowledge, case, before)
    most_ug = max((taken_ug for taken_ug, _ in days), default=math.inf)
    return _less(most_ug, running.total_ug_per_day) and _short(knowledge, case, before, days)


def took_more(knowledge: Knowledge, case: Case) -> bool:
    """Whether in the whole days of late clearly more may have been taken than the regimen that runs says.

    One dose more is no other dose yet. While no day of the regimen is whole, the one before it is asked, and the new
    one is held against a day of what was taken of that.
    """
    running, before = _last_begun(case)
    if running is None:
        return False
    of_running = _whole(knowledge, case, running)
    if of_running is not None or before is None:
        return of_running is not None and of_running.over(knowledge)
    of_before = _whole(knowledge, case, before)
    return of_before is not None and of_before.over(knowledge, running.total_ug_per_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """The whole days of a regimen that were of late as one: how many, what was taken and due, and how often beyond."""

    days: int
    taken_ug: float
    due_ug: float
    beyond: int

    def over(self, knowledge: Knowledge, daily_ug: float = 0.0) -> bool:
        """Whether clearly more was taken than was due, and than `daily_ug` a day; by more than one dose.

        Clearly is by a share, and over two days or more by the largest step of a taper too.
        """
        held_ug = max(self.due_ug, daily_ug * self.days)
        if not self.beyond >= knowledge.number("missed.in_row", "1"):
            return False
        share_ug = held_ug * knowledge.number("missed.more_share", "1")
        step_ug = adult_roles(knowledge, "taper").number("fall_large", "ug/d") * self.days
        least_ug = min(share_ug, step_ug) if self.days > 1 else share_ug
        return not _less(self.taken_ug, held_ug + least_ug)


def _whole(knowledge: Knowledge, case: Case, regimen: Regimen) -> _Whole | None:
    """As many whole days as there are of late, up to the end of the last one; None where none is whole."""
    since, ends = _of_late(knowledge, case), _ends(case, regimen)
    due = _on_the_wall(case, _due(case, (regimen,), since))
    opens = [at for at, _ in due if at + _DAY <= ends]
    if not opens:
        return None
    until = opens[-1] + _DAY
    days = (until - opens[0]) // _DAY
    taken = _on_the_wall(case, ((dose.at, dose.amount_ug) for dose in _taken(case, since)))
    first = until - days * _DAY
    return _Whole(
        days=days,
        taken_ug=sum(amount_ug for at, amount_ug in taken if first <= at < until),
        due_ug=sum(amount_ug for at, amount_ug in due if first <= at < until),
        beyond=_beyond(knowledge, case, regimen, first, until),
    )


def _days(knowledge: Knowledge, case: Case, regimen: Regimen) -> tuple[tuple[float, float], ...]:
    """Of each whole day of the regimen that was of late, how much may have been taken, and how much was due, ug."""
    since, ends = _of_late(knowledge, case), _ends(case, regimen)
    due = _on_the_wall(case, _due(case, (regimen,), since))
    taken = _on_the_wall(case, ((dose.at, dose.amount_ug) for dose in _taken(case, since)))
    return tuple((_within(taken, opens), _within(due, opens)) for opens, _ in due if opens + _DAY <= ends)


def _short(knowledge: Knowledge, case: Case, regimen: Regimen, days: tuple[tuple[float, float], ...]) -> bool:
    """Whether every one of the days is short, and more than one dose of the regimen was left out or smaller."""
    often = _not_in_full(knowledge, case, regimen) >= knowledge.number("missed.in_row", "1")
    return often and bool(days) and all(_less(taken_ug, due_ug) for taken_ug, due_ug in days)


def _ends(case: Case, regimen: Regimen) -> datetime:
    """Until when the regimen ran, now at the latest, by the clock on the wall."""
    return _wall(case, case.now if regimen.until is None else min(case.now, regimen.until))


def took_hardly_any(knowledge: Knowledge, case: Case) -> bool:
    """Whether all that may have been taken of late is less than was due on one day of it, by who took it before."""
    since = _of_late(knowledge, case)
    taken_ug = sum(dose.amount_ug for dose in _taken(case, since))
    due = _on_the_wall(case, _due(case, case.timeline.regimens, since))
    most_ug = max((_within(due, opens) for opens, _ in due), default=0.0)
    return any(one < since for one in _begun(case)) and _less(taken_ug, most_ug)


def began_again(knowledge: Knowledge, case: Case) -> bool:
    """Whether what may have been taken of late was the first after a gap that asks for a new start from the bottom.

    A regimen of an adult that is no larger than the first dose of the region's texts is a new start, told as such; that
    of a child goes by weight, and what is as much may be all of its old dose.
    """
    back = case.now - _of_late(knowledge, case)
    taken = _taken(case, case.now - back)
    if not taken:
        return False
    first = taken[0].at
    running, _ = _last_begun(case)
    if running is not None and running.total_ug_per_day <= _first_of_all_ug(knowledge, case):
        return False
    earlier = any(since < first - back for since in _begun(case))
    return earlier and not given_doses(case.timeline, case.zone, first - back, first)


def _first_of_all_ug(knowledge: Knowledge, case: Case) -> float:
    """The daily dose that the region's texts begin with in an adult; 0 of whoever may be a child."""
    return adult_roles(knowledge, case.region).number("start", "ug/d") if is_adult(knowledge, case) else 0.0


def just_late(knowledge: Knowledge, case: Case, due: Sequence[datetime]) -> bool:
    """Whether of the doses that came `due` and were not taken there is one alone, and no later than a text allows."""
    window = timedelta(hours=knowledge.number("missed.window", "h"))
    return len(due) == 1 and case.now - due[0] <= window


def not_surely_taken(knowledge: Knowledge, case: Case) -> int:
    """How many of the doses due of late were missed, vomited, not known, or taken in part."""
    records = _records(knowledge, case, case.timeline.regimens)
    return sum(record.status is not DoseStatus.GIVEN or record.amount_ug < due_ug for record, due_ug in records)


def _not_in_full(knowledge: Knowledge, case: Case, running: Regimen) -> int:
    """How many doses of the regimen that were due of late were missed, or taken in part."""
    records = _records(knowledge, case, (running,))
    return sum(record.status is DoseStatus.MISSED or record.amount_ug < due_ug for record, due_ug in records)


def _beyond(knowledge: Knowledge, case: Case, regimen: Regimen, since: datetime, until: datetime) -> int:
    """How many doses of that stretch were outside the regimen, or larger than the one due."""
    larger = [record for record, due_ug in _records(knowledge, case, (regimen,)) if record.amount_ug > due_ug]
    loose = [record for record in case.timeline.doses if record.scheduled is None]
    return sum(since <= _wall(case, one.at) < until and one.status is not DoseStatus.MISSED for one in larger + loose)


def _records(knowledge: Knowledge, case: Case, regimens: Iterable[Regimen]) -> Iterator[tuple[Dose, float]]:
    """Each record that stands for a dose due of late, with how much was due, ug."""
    due: dict[datetime | None, float] = dict(_due(case, regimens, _of_late(knowledge, case)))
    yield from ((record, due[record.scheduled]) for record in case.timeline.doses if record.scheduled in due)


def _of_late(knowledge: Knowledge, case: Case) -> datetime:
    """Since when a dose counts as of late."""
    return case.now - timedelta(hours=knowledge.number("missed.restart_low", "h"))


def _last_begun(case: Case) -> tuple[Regimen | None, Regimen | None]:
    """The last regimen that has begun, unless it ended more than a day ago, and the one that it followed."""
    begun = [one for one in case.timeline.regimens if one.since <= case.now]
    if not begun or not (begun[-1].until is None or begun[-1].until > case.now - _DAY):
        return None, None
    return begun[-1], next((one for one in begun if one.until == begun[-1].since), None)


def _begun(case: Case) -> Iterator[datetime]:
    """When each regimen began and each recorded dose was."""
    yield from (regimen.since for regimen in case.timeline.regimens)
    yield from (dose.at for dose in case.timeline.doses)


def _due(case: Case, regimens: Iterable[Regimen], since: datetime) -> Iterator[tuple[datetime, float]]:
    """Each dose by the clock from `since` up to now, ug."""
    for regimen in regimens:
        for at, dose in scheduled(regimen, case.zone, since, case.now + _JUST_AFTER):
            yield at, dose.amount_ug


def _taken(case: Case, since: datetime) -> tuple[Dose, ...]:
    """Each dose that may have been taken from `since` up to now, by time."""
    return given_doses(case.timeline, case.zone, since, case.now + _JUST_AFTER)


def _wall(case: Case, at: datetime) -> datetime:
    """A moment by the clock on the wall: a day on it is a day, whatever the clocks do."""
    return at.astimezone(case.zone).replace(tzinfo=None)


def _on_the_wall(case: Case, doses_ug: Iterable[tuple[datetime, float]]) -> tuple[tuple[datetime, float], ...]:
    return tuple((_wall(case, at), amount_ug) for at, amount_ug in doses_ug)


def _within(doses_ug: Iterable[tuple[datetime, float]], opens: datetime) -> float:
    """What falls within the day that begins at `opens`, ug."""
    return sum(amount_ug for at, amount_ug in doses_ug if opens <= at < opens + _DAY)


def _less(amount_ug: float, than_ug: float) -> bool:
    """Whether it is less by more than rounding: thirds of a dose make a whole."""
    return amount_ug < than_ug and not math.isclose(amount_ug, than_ug)
