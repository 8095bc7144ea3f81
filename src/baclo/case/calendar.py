"""Turns regimens by the local clock into moments, and merges them with what was recorded.

A dose by the clock keeps its wall time when the clocks change. A wall time that a change skips is taken as much
later on the wall as was skipped; one that comes twice is taken at its first. Every moment given back is in UTC, so
that the difference of two is real time.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from baclo.case.timeline import ClockDose, Dose, DoseStatus, Regimen, Route, Timeline

_DAY = timedelta(days=1)


@lru_cache(maxsize=4096)
def moment(day: date, clock: time, zone: ZoneInfo) -> datetime | None:
    """When `clock` comes on `day` in `zone`, in UTC; None where the zone left out the whole day."""
    first = datetime.combine(day, clock, tzinfo=zone).replace(fold=0)
    before, after = first.utcoffset(), first.replace(fold=1).utcoffset()
    if before is not None and after is not None and after - before >= _DAY:
        return None
    return first.astimezone(UTC)


def scheduled(
    regimen: Regimen, zone: ZoneInfo, since: datetime, until: datetime
) -> tuple[tuple[datetime, ClockDose], ...]:
    """Every dose of `regimen` from `since` (included) to `until` (not), by time; moments in UTC.

    Cut to the regimen's own dates, its first moment included, its last not.
    """
    start = max(since, regimen.since)
    end = until if regimen.until is None else min(until, regimen.until)
    due = [
        (at, dose)
        for day in _days(start, end, zone)
        for dose in regimen.doses
        if (at := moment(day, dose.clock, zone)) is not None and start <= at < end
    ]
    return tuple(sorted(due, key=lambda entry: entry[0]))


def _days(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[date]:
    """Every local day that [start, end) touches, and the one before, whose skipped hours may reach into it."""
    day = start.astimezone(zone).date() - _DAY
    while start < end and day <= end.astimezone(zone).date():
        yield day
        day += _DAY


def given_doses(timeline: Timeline, zone: ZoneInfo, since: datetime, until: datetime) -> tuple[Dose, ...]:
    """Every dose taken, or to be taken, from `since` (included) to `until` (not), by time; moments in UTC.

    A record with `scheduled` stands in for one dose of the regimen at that moment. Missed doses are left out;
    vomited and unknown ones stay with their status: who is not known to have missed a dose took it.
    """
    replaced = Counter(record.scheduled for record in timeline.doses if record.scheduled is not None)
    taken = [
        record for record in timeline.doses if record.status is not DoseStatus.MISSED and since <= record.at < until
    ]
    for regimen in timeline.regimens:
        for at, clock_dose in scheduled(regimen, zone, since, until):
            if replaced[at] > 0:
                replaced[at] -= 1
            else:
                taken.append(_planned(regimen, at, clock_dose))
    return tuple(sorted(taken, key=lambda dose: dose.at))


def _planned(regimen: Regimen, at: datetime, clock_dose: ClockDose) -> Dose:
    return Dose(
        at=at,
        amount_ug=clock_dose.amount_ug,
        over_h=0.0,
        route=Route.ORAL,
        product=regimen.product,
        status=DoseStatus.GIVEN,
        scheduled=at,
        vomited_at=None,
    )
