"""One subject's share of the answer, put together from its sentences."""

from dataclasses import dataclass

from baclo.care.advice import Point
from baclo.care.agenda import Entry
from baclo.knowledge.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one thing ahead adds: what it is in a few words, its points, dated entries and notes."""

    headline: Text
    points: tuple[Point, ...]
    agenda: tuple[Entry, ...]
    notes: tuple[Text, ...] = ()
