"""Everything known and asked about one person at one moment."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from baclo.case.ahead import Ahead
from baclo.case.patient import Patient
from baclo.case.stock import Stock
from baclo.case.timeline import Timeline
from baclo.knowledge.facts import Region


class Ask(StrEnum):
    """What can be asked of a case."""

    SIMULATE = "simulate"
    CHECK = "check"
    TITRATE = "titrate"
    TAPER = "taper"
    TRIAGE = "triage"
    RESUME = "resume"
    MONITOR = "monitor"
    PREPARE = "prepare"
    ESCALATE = "escalate"


class Urgency(StrEnum):
    """How fast a taper is wanted; never faster than what is known allows."""

    PLANNED = "planned"
    URGENT = "urgent"


class Speed(StrEnum):
    """How fast a change of dose is wanted; never faster than is safe, and slower is always allowed."""

    SLOW = "slow"
    USUAL = "usual"


class Method(StrEnum):
    """How the steps of a taper are cut: each by the same amount, or by a share of what is taken then."""

    FIXED = "fixed"
    PERCENT = "percent"


class GapReason(StrEnum):
    """Why doses were not taken."""

    FORGOTTEN = "forgotten"
    VOMITED = "vomited"
    RAN_OUT = "ran out"
    IN_HOSPITAL = "in hospital without supply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. Every number asked for may be None: the sources then say.

    `goal_ug_per_day` is the TDD to reach (0 for stopping), `since` the first day of the plan, `horizon_h` how far to
    simulate, `say` complaints in plain words for triage. `clocks` are the clock times wanted, one for each dose of a
    day; `therapy_clocks` are when a task or therapy begins that a dose should come before. `last_taken` is when the
    last dose was taken, and `gap_reason` why none was taken since.
    """

    ask: Ask
    goal_ug_per_day: float | None
    since: datetime | None
    horizon_h: float | None
    urgency: Urgency
    seed: int
    say: tuple[str, ...] = ()
    speed: Speed | None = None
    method: Method | None = None
    clocks: tuple[time, ...] = ()
    therapy_clocks: tuple[time, ...] = ()
    last_taken: datetime | None = None
    gap_reason: GapReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A finding, by its id, that somebody answers for: why, and who."""

    finding: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person at one moment. `now` is aware; `zone` is the zone of the clock doses.

    `model` names a model or is None (the population chooses), `products` what is at hand or None (the region's).
    `baclofen_since` is when continuous use began, where known. `overrides` name each finding once. `ahead` is what is
    to come (by its start), `stock` what is left at home; None where nobody counted. `heard` are symptoms that stand in
    no list but in the plain words of the question; they are read there, and never entered.
    """

    title: str | None
    now: datetime
    zone: ZoneInfo
    region: Region
    patient: Patient
    timeline: Timeline
    baclofen_since: datetime | None
    products: tuple[str, ...] | None
    model: str | None
    overrides: tuple[Override, ...]
    question: Question
    ahead: tuple[Ahead, ...] = ()
    stock: tuple[Stock, ...] | None = None
    heard: tuple[str, ...] = ()
