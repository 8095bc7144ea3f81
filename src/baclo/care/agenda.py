"""Dated things to do: what a calendar shows, whoever planned it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from baclo.knowledge.words import Text


class Occasion(StrEnum):
    """What kind of thing is to be done."""

    STEP = "step"
    VISIT = "visit"
    SCORE = "score"
    LABORATORY = "laboratory"
    TALK = "talk"
    REFILL = "refill"
    ACTION = "action"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to do, on the whole local day of `since` or at that moment; `until` is its end where it has one."""

    since: datetime
    until: datetime | None
    whole_day: bool
    occasion: Occasion
    title: Text
    detail: Text
    basis: tuple[str, ...]
