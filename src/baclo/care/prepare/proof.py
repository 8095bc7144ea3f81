"""Looks at a finished row of doses alone, not at how it was made: too close, too far apart, too much in a day."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The least and the longest time between two doses, and the most within any day's length, ug."""

    least: timedelta
    longest: timedelta
    total_ug: float


def faults(doses: Sequence[tuple[datetime, float]], bounds: Bounds) -> tuple[datetime, ...]:
    """The moment of every dose that breaks a bound with those that follow it; () where none does."""
    return tuple(dict.fromkeys((*_spaced(doses, bounds), *_heaped(doses, bounds))))


def _spaced(doses: Sequence[tuple[datetime, float]], bounds: Bounds) -> Iterator[datetime]:
    moments = sorted(at for at, _ in doses)
    for earlier, later in zip(moments, moments[1:], strict=False):
        if not bounds.least <= later - earlier <= bounds.longest:
            yield earlier


def _heaped(doses: Sequence[tuple[datetime, float]], bounds: Bounds) -> Iterator[datetime]:
    for opens, _ in doses:
        within_ug = math.fsum(amount for at, amount in doses if opens <= at < opens + _DAY)
        if not (within_ug <= bounds.total_ug or math.isclose(within_ug, bounds.total_ug)):
            yield opens
