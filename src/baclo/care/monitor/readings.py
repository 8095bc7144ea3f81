"""The values of a scale over time, each of one muscle group or of the whole person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from math import isfinite

from baclo.care.monitor.scales import Combine, Scale
from baclo.case.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One exact value of a scale, on a day of the case's clock; `site` is None for the whole person."""

    at: datetime
    day: date
    site: str | None
    value: Fraction


def readings(case: Case, scale: Scale) -> tuple[Reading, ...]:
    """Every value of the scale up to now, in order of time; what is no finite number is none.

    A sum or a difference needs all its parts at the same moment, of the same muscle group.
    """
    seen: dict[tuple[datetime, str | None], dict[str, Fraction]] = {}
    for one in case.timeline.observations:
        if one.kind in scale.kinds and one.at <= case.now and isfinite(one.value):
            seen.setdefault((one.at, one.site), {})[one.kind] = Fraction(repr(one.value))
    return tuple(sorted(_whole(case, scale, seen), key=lambda reading: reading.at))


def _whole(case: Case, scale: Scale, seen: dict[tuple[datetime, str | None], dict[str, Fraction]]) -> Iterator[Reading]:
    for (at, site), parts in seen.items():
        if set(parts) == set(scale.kinds):
            values = [parts[kind] for kind in scale.kinds]
            value = values[0] - values[1] if scale.combine is Combine.DIFFERENCE else sum(values, Fraction(0))
            yield Reading(at=at, day=at.astimezone(case.zone).date(), site=site, value=value)
