"""What a course amounts to: peak, average, area, trough and how far it has built up."""

from dataclasses import dataclass

import numpy as np

from baclo.body.course import Course
from baclo.errors import EngineError

_DAY_H = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Plasma exposure from `since_h` to `until_h` of a course, hours from its origin.

    `tmax_h` is from the origin too. `accumulation_ratio` is the area over the last dosing interval of the window
    over that of the first interval after the body was empty; None where the course did not begin empty.
    """

    since_h: float
    until_h: float
    cmax_ng_per_ml: float
    tmax_h: float
    cavg_ng_per_ml: float
    auc_ng_h_per_ml: float
    trough_ng_per_ml: float
    accumulation_ratio: float | None


def exposure(
    course: Course, since_h: float | None = None, until_h: float | None = None, interval_h: float = _DAY_H
) -> Exposure:
    """The exposure in a window of `course`, by default its last `interval_h` (a day).

    Areas are exact at the course's own times and linear between them; peak, peak time and trough are those of the
    course's times (at steps of five minutes less than 0.2% below the true peak of a swallowed dose). `EngineError`
    where the window does not lie inside the course.
    """
    end_h = float(course.time_h[-1])
    closes_h = end_h if until_h is None else until_h
    opens_h = max(0.0, closes_h - interval_h) if since_h is None else since_h
    inside = (course.time_h >= opens_h) & (course.time_h <= closes_h)
    if not (0 <= opens_h < closes_h <= end_h and inside.any()):
        raise EngineError(f"an exposure from {opens_h} h to {closes_h} h lies outside a course of {end_h} h")
    seen, at_h = course.plasma_ng_per_ml[inside], course.time_h[inside]
    auc = _area(course, opens_h, closes_h)
    return Exposure(
        since_h=opens_h,
        until_h=closes_h,
        cmax_ng_per_ml=float(seen.max()),
        tmax_h=float(at_h[seen.argmax()]),
        cavg_ng_per_ml=auc / (closes_h - opens_h),
        auc_ng_h_per_ml=auc,
        trough_ng_per_ml=float(seen.min()),
        accumulation_ratio=_accumulation(course, closes_h, interval_h),
    )


def _area(course: Course, since_h: float, until_h: float) -> float:
    """The integral of the plasma concentration between two times of the course."""
    since, until = np.interp([since_h, until_h], course.time_h, course.exposure_ng_h_per_ml)
    return float(until - since)


def _accumulation(course: Course, until_h: float, interval_h: float) -> float | None:
    """See `Exposure`; None too where the window has no whole interval after the first dose."""
    holding = np.flatnonzero(course.amounts_ug.sum(axis=1) > 0)
    if len(holding) == 0 or course.plasma_ng_per_ml[0] > 0:
        return None
    first_h = float(course.time_h[holding[0]])
    area = _area(course, first_h, first_h + interval_h)
    if not (area > 0 and first_h + interval_h <= until_h):
        return None
    return _area(course, until_h - interval_h, until_h) / area
