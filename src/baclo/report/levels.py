"""A course day by day of the local calendar: what a chart shows, for those who cannot see it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from baclo.body.course import Course


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLevels:
    """The highest plasma concentration of one local day with its time, the lowest, and the highest in CSF, ng/mL."""

    day: date
    highest_at: datetime
    highest_ng_per_ml: float
    lowest_ng_per_ml: float
    csf_highest_ng_per_ml: float


def day_levels(course: Course, zone: ZoneInfo) -> tuple[DayLevels, ...]:
    """One row a local day of the course."""
    moments = [(course.origin + timedelta(hours=hours)).astimezone(zone) for hours in course.time_h.tolist()]
    ordinals = np.array([at.toordinal() for at in moments])
    starts = np.flatnonzero(np.diff(ordinals, prepend=ordinals[0] - 1)).tolist()
    return tuple(
        _levels(course, moments, slice(start, stop))
        for start, stop in zip(starts, [*starts[1:], len(moments)], strict=True)
    )


def _levels(course: Course, moments: list[datetime], within: slice) -> DayLevels:
    plasma = course.plasma_ng_per_ml[within]
    return DayLevels(
        day=moments[within.start].date(),
        highest_at=moments[within.start + int(plasma.argmax())],
        highest_ng_per_ml=float(plasma.max()),
        lowest_ng_per_ml=float(plasma.min()),
        csf_highest_ng_per_ml=float(course.csf_ng_per_ml[within].max()),
    )
