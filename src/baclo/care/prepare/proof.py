"""Looks at a finished row of doses alone, not at how it was made: too close, too far apart, too much in a day."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The least and the longest time between two doses, and the most within any day's length, ug."""

    least: timedelta
    longest: timedelta
    total_ug: float


def faults(doses_ug: Sequence[tuple[datetime, float]], bounds: Bounds) -> tuple[datetime, ...]:
    """The moment of every dose that breaks a bound with those that follow it; () where none does."""
    return tuple(dict.fromkeys((*_spaced(doses_ug, bounds), *_heaped(doses_ug, bounds))))


def _spaced(doses_ug: Sequence[tuple[datetime, float]], bounds: Bounds) -> Iterator[datetime]:
    moments = sorted(at for at, _ in doses_ug)
    for earlier, later in pairwise(moments):
        if not bounds.least <= later - earlier <= bounds.longest:
            yield earlier


def _heaped(doses_ug: Sequence[tuple[datetime, float]], bounds: Bounds) -> Iterator[datetime]:
    for opens, _ in doses_ug:
        within_ug = math.fsum(amount_ug for at, amount_ug in doses_ug if opens <= at < opens + _DAY)
        if not (within_ug <= bounds.total_ug or math.isclose(within_ug, bounds.total_ug)):
            yield opens
