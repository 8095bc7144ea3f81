"""Triage: symptoms and plain words in; out come emergency now, call today or next visit, and why."""

from baclo.care.triage.answer import Asked, Triage, triage
from baclo.care.triage.cause import Cause, CauseKind
from baclo.care.triage.level import Level
from baclo.care.triage.overheard import overheard
from baclo.care.triage.passages import Passage
from baclo.care.triage.withdrawal import Alternative, Sign, WithdrawalScore

__all__ = [
    "Alternative",
    "Asked",
    "Cause",
    "CauseKind",
    "Level",
    "Passage",
    "Sign",
    "Triage",
    "WithdrawalScore",
    "overheard",
    "triage",
]
