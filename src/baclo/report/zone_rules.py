"""A time zone as a calendar file tells it: every change of the offset within the days it covers.

The library can write one too, but puts a change to summer time at the hour after it (icalendar 7.3).
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def zone_rules(zone: tzinfo, name: str, since: datetime, until: datetime) -> Timezone:
    """A VTIMEZONE called `name` for every moment from `since` to `until`."""
    rules = Timezone()
    rules.add("tzid", name)
    start = since - _DAY
    for at in (start, *_changes(zone, start, until + _DAY)):
        rules.add_component(_observance(zone, at, first=at == start))
    return rules


def _changes(zone: tzinfo, since: datetime, until: datetime) -> Iterator[datetime]:
    """The moments, in UTC, at which the offset changes."""
    at = since
    while at < until:
        after = at + _DAY
        if _offset(zone, at) != _offset(zone, after):
            yield _change(zone, at, after)
        at = after


def _change(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """The one moment between two at which the offset changes, by halving."""
    while after - before > _SECOND:
        middle = before + (after - before) / 2
        middle = middle.replace(microsecond=0)
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _offset(zone: tzinfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _observance(zone: tzinfo, at: datetime, *, first: bool) -> TimezoneDaylight | TimezoneStandard:
    """The rule that holds from `at` on; its start is told on the wall as it was just before."""
    local = at.astimezone(zone)
    before = _offset(zone, at if first else at - _SECOND)
    rule = TimezoneDaylight() if local.dst() else TimezoneStandard()
    rule.add("dtstart", (at.astimezone(UTC) + before).replace(tzinfo=None))
    rule.add("tzoffsetfrom", before)
    rule.add("tzoffsetto", _offset(zone, at))
    rule.add("tzname", local.tzname() or "")
    return rule
