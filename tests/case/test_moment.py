"""Moments, days and clock times as TOML and JSON write them."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from baclo.case.moment import read_clock, read_day, read_moment, write_moment
from baclo.case.zone import read_zone
from baclo.errors import Problem

ZURICH = ZoneInfo("Europe/Zurich")
NAIVE = datetime(2026, 11, 22, 8)  # noqa: DTZ001 - a moment without its offset is what is tested
EXPECTED = datetime(2026, 11, 22, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        "2026-11-22T08:00:00+01:00",
        "2026-11-22 08:00+01:00",
        "2026-11-22T07:00Z",
        "2026-11-22t07:00:00.0z",
        datetime(2026, 11, 22, 8, tzinfo=timezone(timedelta(hours=1))),
        datetime(2026, 11, 22, 8, tzinfo=ZURICH),
    ],
)
def test_a_moment_is_kept_in_utc(raw):
    assert read_moment(raw) == EXPECTED
    assert read_moment(raw).tzinfo is UTC
    assert read_day(raw, ZURICH) == EXPECTED


@pytest.mark.parametrize(
    ("raw", "message", "value"),
    [
        (NAIVE, "does not say its offset from UTC", "2026-11-22T08:00:00"),
        ("2026-11-22T08:00:00", "is no moment", '"2026-11-22T08:00:00"'),
        ("2026-02-30T08:00:00Z", "is no moment", '"2026-02-30T08:00:00Z"'),
        ("2026-11-22T08:00:00+25:00", "is no moment", '"2026-11-22T08:00:00+25:00"'),
        ("yesterday", "is no moment", '"yesterday"'),
        (date(2026, 11, 22), "is no moment", "2026-11-22"),
        (time(8), "is no moment", "08:00:00"),
        (1763800000, "is no moment", "1763800000"),
        (None, "is no moment", "None"),
        ("1026-11-22T08:00:00Z", "is too far away", '"1026-11-22T08:00:00Z"'),
        ("9999-12-31T23:59:59-12:00", "is too far away", '"9999-12-31T23:59:59-12:00"'),
    ],
)
def test_what_is_no_moment_is_refused_as_entered(raw, message, value):
    found = read_moment(raw)
    assert isinstance(found, Problem)
    assert (found.message, found.value) == (message, value)


@pytest.mark.parametrize("raw", ["2026-11-22", date(2026, 11, 22)])
def test_a_bare_date_is_the_start_of_that_day_in_the_zone(raw):
    assert read_day(raw, ZURICH) == datetime(2026, 11, 21, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("2026-02-30", "is no date"),
        ("0001-01-01", "is too far away"),
        (date(9999, 12, 31), "is too far away"),
        (NAIVE, "does not say its offset from UTC"),
        (5, "is no moment"),
    ],
)
def test_what_is_no_day_is_refused(raw, message):
    found = read_day(raw, ZURICH)
    assert isinstance(found, Problem)
    assert found.message == message


@pytest.mark.parametrize("raw", ["08:30", time(8, 30)])
def test_a_clock_time_is_hours_and_minutes(raw):
    assert read_clock(raw) == time(8, 30)


@pytest.mark.parametrize(
    "raw", ["8:30", "24:00", "08:60", "08:30:00", time(8, 30, 1), time(8, 30, tzinfo=UTC), 830, True]
)
def test_anything_else_is_no_clock_time(raw):
    found = read_clock(raw)
    assert isinstance(found, Problem)
    assert found.message == "is no clock time"


def test_a_written_moment_reads_back():
    assert write_moment(datetime(2026, 11, 22, 8, tzinfo=ZURICH)) == "2026-11-22T07:00:00Z"
    assert read_moment(write_moment(EXPECTED)) == EXPECTED
    exact = datetime(2026, 11, 22, 8, 0, 0, 123456, tzinfo=UTC)
    assert read_moment(write_moment(exact)) == exact


@pytest.mark.parametrize("name", ["Europe/Zurich", "UTC", "America/Argentina/Ushuaia", "Etc/GMT+5"])
def test_a_zone_is_read_by_its_name(name):
    assert read_zone(name) == ZoneInfo(name)


@pytest.mark.parametrize(
    ("raw", "allowed"),
    [
        ("Europe/Zurik", "did you mean "),
        ("europe/zurich", "did you mean "),
        ("localtime", "a name of the IANA database"),
        ("+01:00", "a name of the IANA database"),
        ("Europe/../../etc/passwd", "a name of the IANA database"),
        ("Europe/", "did you mean "),
        (1, "a name of the IANA database"),
        ("", "a name of the IANA database"),
    ],
)
def test_what_is_no_zone_is_refused_with_those_that_look_like_it(raw, allowed):
    found = read_zone(raw)
    assert isinstance(found, Problem)
    assert found.allowed.startswith(allowed)


def test_the_right_zone_is_offered_in_its_own_letters():
    assert '"Europe/Zurich"' in read_zone("Europe/Zurik").allowed
