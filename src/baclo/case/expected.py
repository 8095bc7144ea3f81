"""What contradicts itself in what lies ahead: ends before beginnings, and keys on things that have none of them."""

from collections.abc import Iterator
from datetime import date, datetime, time

from baclo.case.ahead import Coming
from baclo.case.glimpses import Expected
from baclo.case.moment import local_moment
from baclo.case.repeats import repeat_problems
from baclo.case.sections import Sections
from baclo.errors import Problem

_FASTING = (Coming.OPERATION, Coming.SCAN)
_ONLY = {
    "zone": (Coming.JOURNEY,),
    "emergency": (Coming.OPERATION,),
    "nil_by_mouth": _FASTING,
    "by_mouth_again": _FASTING,
}


def expected_problems(sections: Sections) -> Iterator[Problem]:
    """Every contradiction within one thing ahead, between two, and with the surgery of the patient."""
    for place, row in sections.expected.items():
        yield from _foreign(f"ahead[{place}]", row)
        yield from _order(sections, f"ahead[{place}]", row)
        yield from _over(sections, f"ahead[{place}]", row)
    said = {place: (row.kind, row.since) for place, row in sections.expected.items() if row.kind and row.since}
    yield from repeat_problems("ahead", said, "of the same kind and beginning")
    yield from _surgery(sections)


def _foreign(path: str, row: Expected) -> Iterator[Problem]:
    """Keys that only another kind of thing has."""
    if row.kind is None:
        return
    for key, kinds in _ONLY.items():
        if getattr(row, key) is not None and row.kind not in kinds:
            allowed = f"only where kind is {' or '.join(kind.value for kind in kinds)}"
            yield Problem(path=f"{path}.{key}", message=f"is set, but kind is {row.kind.value}", allowed=allowed)


def _order(sections: Sections, path: str, row: Expected) -> Iterator[Problem]:
    """An end before its beginning, each against the one that the row tells."""
    if row.until is not None and row.since is not None and not row.since <= row.until:
        yield _early(sections, f"{path}.until", "since", row.until, row.since)
    if row.nil_by_mouth is not None and row.by_mouth_again is not None and not row.nil_by_mouth < row.by_mouth_again:
        yield _early(sections, f"{path}.by_mouth_again", "nil_by_mouth", row.by_mouth_again, row.nil_by_mouth)
    elif row.by_mouth_again is not None and row.since is not None and not row.since <= row.by_mouth_again:
        yield _early(sections, f"{path}.by_mouth_again", "since", row.by_mouth_again, row.since)
    yield from _late_fasting(sections, path, row)


def _late_fasting(sections: Sections, path: str, row: Expected) -> Iterator[Problem]:
    """Fasting that begins after the thing. A bare date is the first moment of its day: its hour contradicts nothing."""
    zone = sections.reading.zone
    if row.since is None or row.nil_by_mouth is None or row.since.astimezone(zone).time() == time(0):
        return
    if not row.nil_by_mouth <= row.since:
        yield Problem(
            path=f"{path}.nil_by_mouth",
            message="is after since",
            value=local_moment(row.nil_by_mouth, zone),
            allowed=f"{local_moment(row.since, zone)} or earlier",
        )


def _early(sections: Sections, path: str, key: str, at: datetime, bound: datetime) -> Problem:
    zone = sections.reading.zone
    return Problem(
        path=path,
        message=f"is not after {key}",
        value=local_moment(at, zone),
        allowed=f"after {local_moment(bound, zone)}",
    )


def _over(sections: Sections, path: str, row: Expected) -> Iterator[Problem]:
    """What has ended before the day of now lies no longer ahead."""
    now = sections.reading.now
    if now is not None and row.until is not None and (row.since is None or row.since <= row.until):
        today, last = _day(sections, now), _day(sections, row.until)
        if not today <= last:
            allowed = f"{today.isoformat()} or later"
            yield Problem(
                path=f"{path}.until", message="is before the day of now", value=last.isoformat(), allowed=allowed
            )


def _surgery(sections: Sections) -> Iterator[Problem]:
    """The operations ahead against what the patient's surgery says; its day only where that of each is known."""
    told = None if sections.patient is None else sections.patient.surgery
    operations = [row for row in sections.expected.values() if row.kind is Coming.OPERATION]
    days = [_day(sections, row.since) for row in operations if row.since is not None]
    unsure = len(days) < len(operations) or any(row.kind is None for row in sections.expected.values())
    if told is None or not operations:
        return
    if not told.planned:
        allowed = "planned, or the day of that operation"
        yield Problem(
            path="patient.surgery", message="is none, but an operation lies ahead", value='"none"', allowed=allowed
        )
    elif told.at is not None and not unsure and _day(sections, told.at) not in days:
        allowed = " or ".join(day.isoformat() for day in sorted(days))
        value = _day(sections, told.at).isoformat()
        yield Problem(
            path="patient.surgery",
            message="is another day than that of the operation ahead",
            value=value,
            allowed=allowed,
        )


def _day(sections: Sections, at: datetime) -> date:
    return at.astimezone(sections.reading.zone).date()
