"""Event records with the semantics of NONMEM, and the plain actions they come down to."""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from baclo.errors import EngineError


class Event(StrEnum):
    """What a record does; the numbers are NONMEM's EVID, `EMPTY` is this program's own."""

    DOSE = "dose"  # 1
    RESET = "reset"  # 3
    RESET_AND_DOSE = "reset and dose"  # 4
    EMPTY = "empty"


class Steady(StrEnum):
    """Whether a dose stands at the end of an endless train of itself; the numbers are NONMEM's SS."""

    NO = "no"  # 0
    ONLY = "only"  # 1: instead of whatever there was
    ADDED = "added"  # 2: on top of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One event record.

    A dose of `amount_ug` (AMT) is at once, or at `rate_ug_per_h` (RATE; then `fraction` shortens it), or over
    `over_h` (a modelled duration; then `fraction` weakens it). `interval_h` (II) spaces `additional` (ADDL)
    doses and the train of a steady state. A rate without an amount at steady state (`Steady.ONLY`, no
    interval) is an endless infusion that ends with the record. `lag_h` delays what enters, never the record itself.
    `EMPTY` moves what is in `gut`, and what was taken but still lags, to `into`.
    """

    time_h: float
    into: int
    event: Event = Event.DOSE
    amount_ug: float = 0.0
    rate_ug_per_h: float | None = None
    over_h: float | None = None
    interval_h: float | None = None
    additional: int = 0
    steady: Steady = Steady.NO
    lag_h: float = 0.0
    fraction: float = 1.0
    gut: tuple[int, ...] = ()

    @property
    def endless(self) -> bool:
        """Whether it is an infusion that has run for ever."""
        return self.steady is Steady.ONLY and self.amount_ug == 0 and self.interval_h is None

    @property
    def entering_ug_per_h(self) -> float:
        """The rate at which one dose enters, 0 for a dose at once."""
        if self.over_h is not None:
            return self.amount_ug * self.fraction / self.over_h
        return self.rate_ug_per_h or 0.0

    @property
    def lasting_h(self) -> float:
        """How long one dose enters, 0 for a dose at once."""
        if self.over_h is not None:
            return self.over_h
        return self.amount_ug * self.fraction / self.rate_ug_per_h if self.rate_ug_per_h else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bolus:
    """`amount_ug` enters `into` at `time_h`; it was taken at `taken_h`."""

    time_h: float
    taken_h: float
    into: int
    amount_ug: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Infusion:
    """`rate_ug_per_h` enters `into` from `time_h` to `until_h`."""

    time_h: float
    until_h: float
    into: int
    rate_ug_per_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reset:
    """Every compartment is emptied and forgotten."""

    time_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Emptying:
    """What is in `gut` moves to `into`."""

    time_h: float
    gut: tuple[int, ...]
    into: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Train:
    """The steady state just before `time_h` of `inputs`, each with times from 0 to `period_h`, repeated for ever."""

    time_h: float
    period_h: float
    inputs: tuple[Bolus | Infusion, ...]


Action = Bolus | Infusion | Reset | Emptying | Train


def actions(records: tuple[Record, ...]) -> tuple[Action, ...]:
    """The actions that `records` come down to, in order of time; at one time in the order of the records.

    Times in h, amounts in ug. `EngineError` names every record that cannot be. Semantics: NONMEM users guide,
    part IV (AMT RATE II ADDL SS and the compartment's lag and bioavailability).
    """
    problems = [f"record {index}: {problem}" for index, record in enumerate(records) if (problem := _wrong(record))]
    if problems:
        raise EngineError("; ".join(problems))
    standing: list[Action] = []
    for record in sorted(records, key=lambda record: record.time_h):
        if record.event in (Event.RESET, Event.RESET_AND_DOSE) or record.steady is Steady.ONLY:
            standing = [kept for action in standing if (kept := _cut(action, record.time_h)) is not None]
            standing.append(Reset(time_h=record.time_h))
        if record.event is Event.EMPTY:
            standing = [_lost(action, record) for action in standing]
            standing.append(Emptying(time_h=record.time_h, gut=record.gut, into=record.into))
        elif record.event is not Event.RESET:
            standing += _dose(record)
    return tuple(sorted(standing, key=lambda action: action.time_h))


def _wrong(record: Record) -> str | None:
    """Why this record cannot be, asked from inside so that NaN cannot pass."""
    numbers = (record.time_h, record.amount_ug, record.lag_h, record.fraction)
    spans = (record.rate_ug_per_h, record.over_h, record.interval_h)
    if not (all(map(math.isfinite, numbers)) and min(numbers[1:]) >= 0 and record.additional >= 0):
        return "time, amount, lag and fraction are finite and, but for the time, not negative"
    if not all(span is None or 0 < span < math.inf for span in spans):
        return "rate, duration and interval are positive and finite, or not given"
    if record.rate_ug_per_h is not None and record.over_h is not None:
        return "either a rate or a duration, not both"
    repeated = record.additional > 0 or (record.steady is not Steady.NO and not record.endless)
    if repeated and record.interval_h is None:
        return "additional doses and a steady state need an interval"
    if record.endless and record.rate_ug_per_h is None:
        return "a steady state needs an amount or a rate"
    return None


def _cut(action: Action, at_h: float) -> Action | None:
    """What is left of an earlier action when everything is reset at `at_h`."""
    if isinstance(action, Infusion) and action.time_h < at_h < action.until_h:
        return replace(action, until_h=at_h)
    return action if action.time_h < at_h else None


def _lost(action: Action, record: Record) -> Action:
    """An earlier dose that was swallowed but still lags leaves with the rest."""
    waiting = isinstance(action, Bolus) and action.taken_h <= record.time_h <= action.time_h
    if isinstance(action, Bolus) and waiting and action.into in record.gut:
        return replace(action, time_h=record.time_h, into=record.into)
    return action


def _dose(record: Record) -> list[Action]:
    """The dose of the record, its train if it stands at one's end, and its additional doses."""
    if record.endless:
        rate = record.entering_ug_per_h
        always = Infusion(time_h=0.0, until_h=_ENDLESS_PERIOD_H, into=record.into, rate_ug_per_h=rate)
        train = Train(time_h=record.time_h, period_h=_ENDLESS_PERIOD_H, inputs=(always,))
        until_h = record.time_h + record.lag_h
        tail = Infusion(time_h=record.time_h, until_h=until_h, into=record.into, rate_ug_per_h=rate)
        return [train, tail] if record.lag_h else [train]
    interval_h = record.interval_h or 0.0
    found: list[Action] = _train(record, interval_h) if record.steady is not Steady.NO else []
    return found + [_entering(record, record.time_h + k * interval_h) for k in range(record.additional + 1)]


_ENDLESS_PERIOD_H = 24.0


def _entering(record: Record, taken_h: float) -> Bolus | Infusion:
    """One dose of the record, taken at `taken_h`."""
    arrives_h = taken_h + record.lag_h
    if record.entering_ug_per_h:
        return Infusion(
            time_h=arrives_h,
            until_h=arrives_h + record.lasting_h,
            into=record.into,
            rate_ug_per_h=record.entering_ug_per_h,
        )
    return Bolus(time_h=arrives_h, taken_h=taken_h, into=record.into, amount_ug=record.amount_ug * record.fraction)


def _train(record: Record, interval_h: float) -> list[Action]:
    """The steady state of all doses before the record's own, and what of them is still to enter after it."""
    inputs: list[Bolus | Infusion] = []
    rest: list[Action] = []
    opens_h = record.time_h - interval_h
    for back in range(1, math.ceil((record.lag_h + record.lasting_h) / interval_h) + 2):
        dose = _entering(record, record.time_h - back * interval_h)
        if isinstance(dose, Bolus):
            if opens_h <= dose.time_h < record.time_h:
                inputs.append(replace(dose, time_h=dose.time_h - opens_h))
            elif dose.time_h >= record.time_h:
                rest.append(dose)
            continue
        since_h, until_h = max(dose.time_h, opens_h), min(dose.until_h, record.time_h)
        if since_h < until_h:
            inputs.append(replace(dose, time_h=since_h - opens_h, until_h=until_h - opens_h))
        if dose.until_h > record.time_h:
            rest.append(replace(dose, time_h=max(dose.time_h, record.time_h)))
    return [Train(time_h=record.time_h, period_h=interval_h, inputs=tuple(inputs)), *rest]
