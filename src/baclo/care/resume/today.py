"""Where a late dose and the doses after it fall today: once each, never too near, never more than a usual day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from baclo.care.days import midnight
from baclo.care.late_rule import LateRule
from baclo.care.resume.slots import DAY, HOUR, Fate, Intake, Slot, Told
from baclo.case.case import Case

_MINUTE = timedelta(minutes=1)
_ROUNDING = 1 + 1e-9


class Answer(StrEnum):
    """What to do about one dose."""

    TAKE = "take it"
    AGAIN = "give it again"
    DELAY = "take it later"
    SKIP = "leave it out"
    NOT_AGAIN = "do not repeat it"
    ASK = "ask before anything"


class Reason(StrEnum):
    """Why, by its key among the words of this question."""

    FITS = "fits"
    AGAIN = "vomited_soon"
    NOT_AGAIN = "vomited_late"
    VOMITED = "vomited_unsure"
    UNSURE = "perhaps_taken"
    NEXT_CAME = "next_came"
    NEXT_NEAR = "next_near"
    WAITS = "waits"
    TOO_SOON = "too_soon"
    TOO_MUCH = "too_much"
    OTHER_REGIMEN = "other_regimen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A dose that is to be taken at `at`, for the dose of the clock that was or is due at `due`."""

    at: datetime
    due: datetime
    amount_ug: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer about one dose; `at` is when to take it, `until` the latest moment for that."""

    slot: Slot
    answer: Answer
    reason: Reason
    at: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The doses left today in order, and the answer about each dose that is not simply taken at its time."""

    placed: tuple[Placed, ...]
    verdicts: tuple[Verdict, ...]


def today(case: Case, rule: LateRule, told: Told, lapses: datetime) -> Today:
    """The rest of the day of now. Only the newest dose may be taken late, and no later than `lapses`."""
    verdicts = [*_past(told)]
    late, candidate = None, _candidate(told)
    if candidate is not None:
        verdict = _late(case, rule, told, candidate, lapses)
        verdicts.append(verdict)
        if verdict.at is not None:
            late = Placed(at=verdict.at, due=candidate.due, amount_ug=candidate.amount_ug)
    placed = [] if late is None else [late]
    for one in _rest(case, rule, told, late, next_midnight(case)):
        verdicts += [one] if isinstance(one, Verdict) else []
        placed += [one] if isinstance(one, Placed) else []
    return Today(placed=tuple(placed), verdicts=tuple(verdicts))


def overfull(case: Case, rule: LateRule, told: Told) -> tuple[Verdict, ...]:
    """The answers about the doses of the coming day that what was taken already leaves no room for."""
    coming = _rest(case, rule, told, None, _day_after(case, case.now))
    return tuple(one for one in coming if isinstance(one, Verdict) and one.answer is Answer.SKIP)


def next_midnight(case: Case) -> datetime:
    """The end of the local day of now."""
    return midnight(case.now.astimezone(case.zone).date() + DAY, case.zone).astimezone(UTC)


def _candidate(told: Told) -> Slot | None:
    """The newest dose due, where it was certainly not taken."""
    newest = told.missing[-1] if told.missing else None
    return newest if newest is not None and newest.fate in (Fate.MISSED, Fate.LOST) else None


def _past(told: Told) -> Iterator[Verdict]:
    """The answers about the doses that can no longer be taken, or that perhaps were."""
    candidate = _candidate(told)
    for slot in told.missing:
        if slot.fate is Fate.UNSURE:
            yield Verdict(slot=slot, answer=Answer.ASK, reason=Reason.VOMITED if slot.vomited else Reason.UNSURE)
        elif slot is not candidate:
            yield _skip(slot, Reason.NEXT_CAME)
    due = [slot for slot in told.slots if slot.fate is not Fate.AHEAD]
    if due and due[-1].fate is Fate.TAKEN and due[-1].vomited:
        yield Verdict(slot=due[-1], answer=Answer.NOT_AGAIN, reason=Reason.NOT_AGAIN)


def _skip(slot: Slot, reason: Reason) -> Verdict:
    return Verdict(slot=slot, answer=Answer.SKIP, reason=reason)


def _late(case: Case, rule: LateRule, told: Told, slot: Slot, lapses: datetime) -> Verdict:
    """The answer about the newest dose: at the first moment from now on at which all holds, or not at all."""
    if told.usual is None or slot.regimen != told.usual:
        return _skip(slot, Reason.OTHER_REGIMEN)
    until = min(max(_spaced(case, rule, slot.due, told.ahead), _close(rule, slot.due, told.ahead)), lapses)
    if not case.now <= until:
        return _skip(slot, Reason.NEXT_NEAR)
    opens = sorted({case.now, *_opening(case, rule, told, slot)})
    for at in opens:
        if case.now <= at <= until and _free(case, rule, told, slot, at):
            again = slot.fate is Fate.LOST
            answer, reason = (Answer.AGAIN, Reason.AGAIN) if again else (Answer.TAKE, Reason.FITS)
            return Verdict(slot=slot, answer=answer, reason=reason, at=at, until=until)
    soon = not _apart(rule, _last(told), slot, case.now)
    return _skip(slot, Reason.TOO_SOON if soon else Reason.TOO_MUCH)


def _opening(case: Case, rule: LateRule, told: Told, slot: Slot) -> Iterator[datetime]:
    """The moments at which something that stands against the late dose ends."""
    last = _last(told)
    if last is not None:
        yield last.at + rule.least_h(_interval_h(last, slot)) * HOUR
    yield from (_day_after(case, intake.at) for intake in told.intakes)


def _free(case: Case, rule: LateRule, told: Told, slot: Slot, at: datetime) -> bool:
    """Whether a dose then is far enough from the last one, and the day up to it holds no more than the usual day."""
    on_time = (at - slot.due) / HOUR <= rule.on_time_h
    held_ug = _day_ug(case, told.intakes, slot.due if on_time else at, by_due=on_time)
    return _apart(rule, _last(told), slot, at) and _within(case, told, held_ug + slot.amount_ug, at)


def _spaced(case: Case, rule: LateRule, due: datetime, ahead: Sequence[Slot]) -> datetime:
    """Until when a late dose leaves as much time to the next as the rule asks, which may wait for it once."""
    if not ahead:
        return due + DAY
    latest = _latest_wait(case, rule, ahead) if rule.delays else ahead[0].due
    return max(due + rule.on_time_h * HOUR, latest - rule.least_h((ahead[0].due - due) / HOUR) * HOUR)


def _close(rule: LateRule, due: datetime, ahead: Sequence[Slot]) -> datetime:
    """Until when it may be taken where the doses are too close for that; the next then comes at its time."""
    if rule.close_window_h is None or not ahead:
        return due
    return min(due + rule.close_window_h * HOUR, ahead[0].due - rule.close_next_h * HOUR)


def _latest_wait(case: Case, rule: LateRule, ahead: Sequence[Slot]) -> datetime:
    """Until when the next dose may wait: not past midnight, and as far from the one after it as the rule asks."""
    day = ahead[0].due.astimezone(case.zone).date()
    latest = midnight(day + DAY, case.zone).astimezone(UTC) - _MINUTE
    if len(ahead) > 1:
        after_h = rule.least_h((ahead[1].due - ahead[0].due) / HOUR)
        latest = min(latest, ahead[1].due - after_h * HOUR)
    return latest


def _rest(case: Case, rule: LateRule, told: Told, late: Placed | None, end: datetime) -> Iterator[Placed | Verdict]:
    """The doses still to come before `end`: at their times, one after a dose off its time delayed, or left out.

    No second one is delayed, for the one before it never waits so long that it would have to be.
    """
    excused = late is not None and late.at > _spaced(case, rule, late.due, told.ahead)
    last, done = (_last(told), []) if late is None else (late, [late])
    for place, slot in enumerate(told.ahead):
        if not slot.due < end:
            return
        at = slot.due if excused else _earliest(rule, last, slot)
        fits = at == slot.due or at <= _latest_wait(case, rule, told.ahead[place:])
        held_ug = _day_ug(case, (*told.intakes, *done), at, by_due=at == slot.due)
        if not (fits and _within(case, told, held_ug + slot.amount_ug, at)):
            yield _skip(slot, Reason.TOO_MUCH if fits else Reason.TOO_SOON)
            continue
        if at > slot.due:
            yield Verdict(slot=slot, answer=Answer.DELAY, reason=Reason.WAITS, at=at)
        last = Placed(at=at, due=slot.due, amount_ug=slot.amount_ug)
        done.append(last)
        yield last


def _last(told: Told) -> Intake | None:
    return told.intakes[-1] if told.intakes else None


def _interval_h(last: Intake | Placed, slot: Slot) -> float:
    """The usual time between the dose taken and this one; of a dose that stands for none, a whole day."""
    return (DAY if last.due is None or not last.due < slot.due else slot.due - last.due) / HOUR


def _apart(rule: LateRule, last: Intake | None, slot: Slot, at: datetime) -> bool:
    """Whether a dose taken at `at` is far enough from the last one."""
    return at >= _earliest(rule, last, slot)


def _earliest(rule: LateRule, last: Intake | Placed | None, slot: Slot) -> datetime:
    """When the dose may be taken at the earliest: at its time, unless the one before was off its own."""
    if last is None:
        return slot.due
    off_h = float("inf") if last.due is None else (last.at - last.due) / HOUR
    if off_h <= rule.on_time_h:
        return slot.due
    return max(slot.due, last.at + rule.least_h(_interval_h(last, slot)) * HOUR)


def _day_before(case: Case, at: datetime) -> datetime:
    """The same wall time a day earlier: a change of the clocks makes no day hold one dose more."""
    return (at.astimezone(case.zone) - DAY).astimezone(at.tzinfo)


def _day_after(case: Case, at: datetime) -> datetime:
    return (at.astimezone(case.zone) + DAY).astimezone(at.tzinfo)


def _day_ug(case: Case, taken: Sequence[Intake | Placed], at: datetime, *, by_due: bool) -> float:
    """What the day up to `at` holds; `by_due` counts a dose that was taken late at the moment it was due."""
    since = _day_before(case, at)
    counted = ((min(one.at, one.due or one.at) if by_due else one.at, one.amount_ug) for one in taken)
    return sum(amount_ug for moment, amount_ug in counted if since < moment <= at)


def _within(case: Case, told: Told, held_ug: float, at: datetime) -> bool:
    """Whether the day up to `at` may hold so much: what the regimens give in it."""
    since = _day_before(case, at)
    return held_ug <= sum(slot.amount_ug for slot in told.slots if since < slot.due <= at) * _ROUNDING
