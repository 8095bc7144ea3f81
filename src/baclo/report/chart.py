"""A concentration chart as SVG drawn here, so that it prints, needs no script and goes into any page."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from markupsafe import Markup, escape

from baclo.body.course import Course, Floats
from baclo.report.shown import clock, significant, unit_words

_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 26, 14, 46
_TICKS = 5
_LABEL_PX = 62
_DOSES_SHOWN = 60
_HOUR_STEPS_H = (3, 6, 12, 24, 48, 72, 168, 336, 504, 672, 1344)
_NIGHT = (time(22), time(6))
_NIGHTS_SHOWN = 8
_DENSE_H = 21 * 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where time and concentration fall on the drawing: `width` and `height` in pixels of its view box."""

    width: int
    height: int
    until_h: float
    top_ng_per_ml: float

    def x(self, time_h: float) -> float:
        """Pixels from the left of a time."""
        return _LEFT + (self.width - _LEFT - _RIGHT) * time_h / self.until_h

    def y(self, concentration_ng_per_ml: float) -> float:
        """Pixels from the top of a concentration."""
        return self.height - _BOTTOM - (self.height - _TOP - _BOTTOM) * concentration_ng_per_ml / self.top_ng_per_ml


def chart(
    course: Course,
    *,
    zone: ZoneInfo,
    doses: Sequence[datetime],
    title: str,
    description: str,
    name: str,
    width: int = 760,
    height: int = 320,
) -> Markup:
    """One course as an SVG image with a title and a description; `name` makes its element ids unique.

    Plasma is a solid line with the band between people behind it, CSF a dashed line, doses marks under the axis.
    """
    frame = Frame(width=width, height=height, until_h=max(float(course.time_h[-1]), 1.0), top_ng_per_ml=_top(course))
    basis = escape(" ".join(("computed:course", f"model:{course.model}", *course.basis)))
    parts = [
        f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-t {name}-d"'
        f' data-basis="{basis}">',
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>',
        *_nights(course, frame, zone),
        *_concentration_axis(frame),
        *_time_axis(course, frame, zone),
        *_curves(course, frame),
        *_dose_marks(course, frame, doses),
        "</svg>",
    ]
    return Markup("".join(parts))  # noqa: S704 - every text was escaped above


def _top(course: Course) -> float:
    highest = float(np.max(course.plasma_ng_per_ml, initial=0.0))
    if course.band is not None:
        highest = max(highest, float(np.max(course.band.high_ng_per_ml, initial=0.0)))
    step = _round_step(highest)
    return max(math.ceil(highest / step) * step, step)


def _round_step(highest: float) -> float:
    """A step of 1, 2 or 5 times a power of ten that parts the axis in about `_TICKS`."""
    if not 0 < highest < math.inf:
        return 1.0
    power: float = 10.0 ** math.floor(math.log10(highest / _TICKS))
    return next((power * one for one in (1, 2, 5) if highest / (power * one) <= _TICKS), power * 10)


def _concentration_axis(frame: Frame) -> Iterator[str]:
    step = _round_step(frame.top_ng_per_ml)
    for place in range(round(frame.top_ng_per_ml / step) + 1):
        y = frame.y(place * step)
        yield f'<line class="grid" x1="{_LEFT}" x2="{frame.width - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        label = significant(place * step, 3)
        yield f'<text class="tick" x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
    middle = (_TOP + frame.height - _BOTTOM) / 2
    yield (
        f'<text class="axis" transform="translate(13 {middle:.1f}) rotate(-90)" text-anchor="middle">'
        f"{unit_words('ng/mL').strip()}</text>"
    )


def _time_axis(course: Course, frame: Frame, zone: ZoneInfo) -> Iterator[str]:
    """Labels on round clock times of the zone: the hour where they lie within a day, else the date."""
    room = max(2, (frame.width - _LEFT - _RIGHT) // _LABEL_PX)
    step_h = next((step for step in _HOUR_STEPS_H if frame.until_h / step <= room), _HOUR_STEPS_H[-1])
    base = frame.height - _BOTTOM
    for at in _wall_times(course.origin.astimezone(zone), step_h, frame.until_h):
        x = frame.x((at - course.origin).total_seconds() / 3600)
        yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{base + 5}"/>'
        midnight = at.time() == time(0)
        first = f"{at.day} {at:%b}" if midnight else clock(at.time())
        yield f'<text class="tick" x="{x:.1f}" y="{base + 22}" text-anchor="middle">{first}</text>'
        if midnight:
            yield f'<text class="tick" x="{x:.1f}" y="{base + 36}" text-anchor="middle">{at:%a}</text>'


def _wall_times(origin: datetime, step_h: int, until_h: float) -> Iterator[datetime]:
    """Times of the wall clock every `step_h` from the midnight before `origin`, those within the course."""
    midnight = origin.replace(hour=0, minute=0, second=0, microsecond=0)
    end = origin.timestamp() + until_h * 3600
    wall = midnight
    while wall.timestamp() <= end:
        if wall.timestamp() >= origin.timestamp():
            yield wall
        wall += timedelta(hours=step_h)


def _nights(course: Course, frame: Frame, zone: ZoneInfo) -> Iterator[str]:
    """A shade over each night, where there are few enough to be told apart."""
    if frame.until_h > _NIGHTS_SHOWN * 24:
        return
    first = course.origin.astimezone(zone).date() - timedelta(days=1)
    for day in range(_NIGHTS_SHOWN + 3):
        falls = datetime.combine(first + timedelta(days=day), _NIGHT[0], zone)
        ends = datetime.combine(first + timedelta(days=day + 1), _NIGHT[1], zone)
        since_h, until_h = (
            min(max((at.timestamp() - course.origin.timestamp()) / 3600, 0.0), frame.until_h) for at in (falls, ends)
        )
        if since_h < until_h:
            yield (
                f'<rect class="night" x="{frame.x(since_h):.1f}" width="{frame.x(until_h) - frame.x(since_h):.1f}"'
                f' y="{_TOP}" height="{frame.height - _TOP - _BOTTOM}"/>'
            )


def _curves(course: Course, frame: Frame) -> Iterator[str]:
    if course.band is not None:
        high = list(_points(course.time_h, course.band.high_ng_per_ml, frame))
        low = list(_points(course.time_h, course.band.low_ng_per_ml, frame))
        yield f'<polygon class="band" points="{" ".join([*high, *reversed(low)])}"/>'
    dense = " dense" if frame.until_h > _DENSE_H else ""
    for name, concentration in (("csf", course.csf_ng_per_ml), ("plasma", course.plasma_ng_per_ml)):
        points = " ".join(_points(course.time_h, concentration, frame))
        yield f'<polyline class="{name}{dense}" points="{points}"/>'


def _points(time_h: Floats, concentration_ng_per_ml: Floats, frame: Frame) -> Iterator[str]:
    """The curve's points; of those that share a pixel column, its lowest and highest in their order."""
    column = np.floor(frame.x(0.0) + (frame.width - _LEFT - _RIGHT) * time_h / frame.until_h).astype(np.int64)
    edges = np.flatnonzero(np.diff(column, prepend=column[0] - 1, append=column[-1] + 1))
    for start, stop in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        window = concentration_ng_per_ml[start:stop]
        kept = {start + int(window.argmin()), start + int(window.argmax()), start if start == 0 else stop - 1}
        for place in sorted(kept):
            yield f"{frame.x(float(time_h[place])):.1f},{frame.y(float(concentration_ng_per_ml[place])):.1f}"


def _dose_marks(course: Course, frame: Frame, doses: Sequence[datetime]) -> Iterator[str]:
    """A small triangle under the axis at each dose, where there are few enough to be told apart."""
    hours = [(at.timestamp() - course.origin.timestamp()) / 3600 for at in doses]
    within = [time_h for time_h in hours if 0 <= time_h <= frame.until_h]
    if len(within) > _DOSES_SHOWN:
        return
    base = frame.height - _BOTTOM
    for time_h in within:
        x = frame.x(time_h)
        yield f'<path class="dose" d="M{x:.1f} {base} l-4 8 h8 z"/>'
