"""Everything known and asked about one person at one moment."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from baclo.case.patient import Patient
from baclo.case.timeline import Timeline
from baclo.knowledge.facts import Region


class Ask(StrEnum):
    """What can be asked of a case."""

    SIMULATE = "simulate"
    CHECK = "check"
    TITRATE = "titrate"
    TAPER = "taper"
    TRIAGE = "triage"


class Urgency(StrEnum):
    """How fast a taper is wanted; never faster than what is known allows."""

    PLANNED = "planned"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. Every number asked for may be None: the sources then say.

    `goal_ug_per_day` is the TDD to reach (0 for stopping), `since` the first day of the plan,
    `clocks` the clock times wanted, `horizon_h` how far to simulate, `say` complaints in plain words for triage.
    """

    ask: Ask
    goal_ug_per_day: float | None
    since: datetime | None
    horizon_h: float | None
    urgency: Urgency
    seed: int
    say: tuple[str, ...] = ()


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
    `baclofen_since` is when continuous use began, where known. `overrides` name each finding once.
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
