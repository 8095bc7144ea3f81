"""The steps down, one after the other, from a pattern: daily doses and days, before any tablet is thought of."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from baclo.care.taper.pattern import Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """One step down: to which daily dose, and how many days it lasts."""

    to_ug_per_day: float
    days: int


def falls(pattern: Pattern, from_ug_per_day: float, goal_ug_per_day: float, shortest_days: int) -> tuple[Fall, ...]:
    """Every step down to the goal, in all no shorter than `shortest_days`."""
    return _stretched(tuple(_falls(pattern, from_ug_per_day, goal_ug_per_day)), shortest_days)


def in_two(fall: Fall, from_ug_per_day: float, shortest_days: int) -> tuple[Fall, ...]:
    """A single step down as two: half of it, held for the shortest length, then the rest."""
    half_ug = (from_ug_per_day + fall.to_ug_per_day) / 2
    return Fall(to_ug_per_day=half_ug, days=max(fall.days, shortest_days)), fall


def _falls(pattern: Pattern, from_ug_per_day: float, goal_ug_per_day: float) -> Iterator[Fall]:
    level = from_ug_per_day
    while level > goal_ug_per_day:
        by, longer = _cut(pattern, level)
        level = max(level - by, goal_ug_per_day)
        yield Fall(to_ug_per_day=level, days=_days(pattern, level, longer))


def _cut(pattern: Pattern, level_ug_per_day: float) -> tuple[float, float]:
    """By how much the dose falls from a level, ug/d, and how many times longer that step lasts."""
    if pattern.fast is not None and level_ug_per_day > pattern.fast.above_ug_per_day:
        return pattern.fast.fall_ug_per_day, 1.0
    wanted, piece = _wanted(pattern, level_ug_per_day), pattern.piece_ug_per_day
    if level_ug_per_day - wanted < pattern.last_part_ug_per_day:
        wanted = min(wanted, pattern.small_ug_per_day)
    if piece is None:
        return wanted, 1.0
    pieces = math.floor(wanted / piece * (1 + 1e-12))
    return (pieces * piece, 1.0) if pieces else (piece, piece / wanted)


def _wanted(pattern: Pattern, level_ug_per_day: float) -> float:
    """The fall before it is cut: fixed, or a share, and in the last part of a taper by shares the smallest piece.

    It is never more than the fixed one.
    """
    if pattern.share_fraction is None or pattern.piece_ug_per_day is None:
        return pattern.fall_ug_per_day
    if level_ug_per_day <= pattern.last_part_ug_per_day:
        return min(pattern.fall_ug_per_day, pattern.piece_ug_per_day)
    return min(pattern.fall_ug_per_day, pattern.share_fraction * level_ug_per_day)


def _days(pattern: Pattern, level_ug_per_day: float, longer: float) -> int:
    """The days on a step; the last part is slow, and no step is shorter for being cut."""
    fast = pattern.fast
    if fast is not None and level_ug_per_day > fast.above_ug_per_day:
        return fast.days
    days = math.ceil(pattern.days * longer * (1 - 1e-12))
    return max(days, pattern.last_days) if level_ug_per_day <= pattern.last_part_ug_per_day else days


def _stretched(steps: tuple[Fall, ...], shortest_days: int) -> tuple[Fall, ...]:
    """The falls, lasting longer where together they would be shorter than the region's texts allow.

    What is lacking is shared out evenly, the last falls getting the days that are left over: never a day more than is
    asked, so that smaller steps are never quicker in all.
    """
    held = steps[:-1]
    lacking = shortest_days - sum(fall.days for fall in held)
    if not held or lacking <= 0:
        return steps
    each, over = divmod(lacking, len(held))
    late = len(held) - over
    longer = (replace(fall, days=fall.days + each + (place >= late)) for place, fall in enumerate(held))
    return (*longer, steps[-1])
