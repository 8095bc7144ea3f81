"""Doses by the local clock, through the changes of the clock, and the records that replace them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.case.calendar import given_doses, moment, scheduled
from baclo.case.timeline import ClockDose, Dose, DoseStatus, Regimen, Route, Timeline

ZURICH = ZoneInfo("Europe/Zurich")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
APIA = ZoneInfo("Pacific/Apia")


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


LONG_AGO = datetime(2010, 1, 1, tzinfo=UTC)


def regimen(*clocks, since=LONG_AGO, until=None, amount_ug=10000.0):
    doses = tuple(ClockDose(clock=time.fromisoformat(clock), amount_ug=amount_ug) for clock in clocks)
    return Regimen(product="eu.tablet_10mg", modified_release=None, since=since, until=until, doses=doses)


def record(at, status=DoseStatus.GIVEN, scheduled=None, amount_ug=10000.0, vomited_at=None):
    return Dose(
        at=at,
        amount_ug=amount_ug,
        over_h=0.0,
        route=Route.ORAL,
        product=None,
        status=status,
        scheduled=scheduled,
        vomited_at=vomited_at,
    )


def timeline(*regimens, doses=()):
    return Timeline(doses=tuple(doses), regimens=regimens, observations=())


def moments(*arguments):
    return [at for at, _ in scheduled(*arguments)]


def test_a_clock_dose_keeps_its_wall_time_when_summer_begins():
    found = moments(regimen("08:00"), ZURICH, utc(2026, 3, 28), utc(2026, 3, 30))
    assert found == [utc(2026, 3, 28, 7), utc(2026, 3, 29, 6)]


def test_a_clock_dose_keeps_its_wall_time_when_summer_ends():
    found = moments(regimen("08:00"), ZURICH, utc(2026, 10, 24), utc(2026, 10, 26))
    assert found == [utc(2026, 10, 24, 6), utc(2026, 10, 25, 7)]


def test_a_wall_time_that_is_skipped_is_taken_an_hour_later_on_the_wall():
    (at,) = moments(regimen("02:30"), ZURICH, utc(2026, 3, 29), utc(2026, 3, 29, 23))
    assert at.astimezone(ZURICH).time() == time(3, 30)


def test_where_half_an_hour_is_skipped_the_dose_is_half_an_hour_later_on_the_wall():
    (at,) = moments(regimen("02:15"), LORD_HOWE, utc(2026, 10, 3, 12), utc(2026, 10, 4, 12))
    assert at.astimezone(LORD_HOWE).time() == time(2, 45)


def test_a_wall_time_that_comes_twice_is_taken_once_at_its_first():
    found = moments(regimen("02:30"), ZURICH, utc(2026, 10, 24, 22), utc(2026, 10, 25, 22))
    assert found == [utc(2026, 10, 25, 0, 30)]


def test_a_day_that_the_zone_left_out_has_no_dose():
    assert moment(date(2011, 12, 30), time(8), APIA) is None
    found = moments(regimen("08:00", since=utc(2011, 1, 1)), APIA, utc(2011, 12, 29), utc(2011, 12, 31, 12))
    assert [at.astimezone(APIA).date() for at in found] == [date(2011, 12, 29), date(2011, 12, 31)]


def test_a_dose_skipped_over_midnight_belongs_to_the_range_it_falls_in():
    havana = ZoneInfo("America/Havana")
    (at,) = moments(regimen("00:30"), havana, utc(2026, 3, 8, 4), utc(2026, 3, 8, 12))
    assert at.astimezone(havana).time() == time(1, 30)


def test_the_first_moment_of_a_range_is_in_it_and_the_last_is_not():
    due = utc(2026, 11, 22, 7)
    assert moments(regimen("08:00"), ZURICH, due, due + timedelta(hours=1)) == [due]
    assert moments(regimen("08:00"), ZURICH, due - timedelta(hours=1), due) == []


def test_a_regimen_gives_nothing_outside_its_own_dates():
    cut = regimen("08:00", since=utc(2026, 11, 20, 7), until=utc(2026, 11, 22, 7))
    found = moments(cut, ZURICH, utc(2026, 11, 1), utc(2026, 12, 1))
    assert found == [utc(2026, 11, 20, 7), utc(2026, 11, 21, 7)]


def test_a_range_that_ends_before_it_begins_has_no_dose():
    assert moments(regimen("08:00"), ZURICH, utc(2026, 11, 22), utc(2026, 11, 20)) == []


def test_doses_come_in_order_of_time():
    found = moments(regimen("20:00", "08:00"), ZURICH, utc(2026, 11, 21), utc(2026, 11, 23))
    assert found == sorted(found)
    assert len(found) == 4


@given(
    zone=st.sampled_from([ZURICH, LORD_HOWE, ZoneInfo("America/Havana"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("UTC")]),
    first=st.dates(date(2015, 1, 1), date(2035, 1, 1)),
    days=st.integers(1, 40),
    clock=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_every_local_day_has_each_clock_dose_exactly_once(zone, first, days, clock):
    since = moment(first, time(12), zone) - timedelta(days=2)
    found = moments(regimen(clock.isoformat("minutes")), zone, since, since + timedelta(days=days + 5))
    local = [at.astimezone(zone).date() for at in found]
    assert [day for day in local if first <= day < first + timedelta(days=days)] == [
        first + timedelta(days=n) for n in range(days)
    ]


@given(
    cut=st.integers(0, 30 * 24 * 60),
    clocks=st.lists(st.integers(0, 23), min_size=1, max_size=4, unique=True),
)
def test_cutting_a_range_in_two_loses_and_doubles_no_dose(cut, clocks):
    plan = regimen(*(f"{hour:02}:30" for hour in clocks))
    since, until = utc(2026, 3, 14), utc(2026, 4, 13)
    middle = since + timedelta(minutes=cut)
    halves = (*scheduled(plan, ZURICH, since, middle), *scheduled(plan, ZURICH, middle, until))
    assert halves == scheduled(plan, ZURICH, since, until)


def test_planned_doses_are_given_and_name_their_moment():
    (dose,) = given_doses(timeline(regimen("08:00")), ZURICH, utc(2026, 11, 22), utc(2026, 11, 23))
    assert dose == replace(record(utc(2026, 11, 22, 7), scheduled=utc(2026, 11, 22, 7)), product="eu.tablet_10mg")


def test_a_late_dose_stands_in_for_the_planned_one():
    late = record(utc(2026, 11, 22, 9, 40), scheduled=utc(2026, 11, 22, 7))
    found = given_doses(timeline(regimen("08:00"), doses=[late]), ZURICH, utc(2026, 11, 22), utc(2026, 11, 23))
    assert found == (late,)


def test_a_dose_taken_after_the_range_still_leaves_its_planned_moment_empty():
    late = record(utc(2026, 11, 23, 1), scheduled=utc(2026, 11, 22, 7))
    assert given_doses(timeline(regimen("08:00"), doses=[late]), ZURICH, utc(2026, 11, 22), utc(2026, 11, 23)) == ()


def test_a_missed_dose_is_not_given():
    missed = record(utc(2026, 11, 22, 7), status=DoseStatus.MISSED, scheduled=utc(2026, 11, 22, 7))
    assert given_doses(timeline(regimen("08:00"), doses=[missed]), ZURICH, utc(2026, 11, 22), utc(2026, 11, 23)) == ()


@pytest.mark.parametrize("status", [DoseStatus.UNKNOWN, DoseStatus.VOMITED])
def test_an_unknown_and_a_vomited_dose_stay_with_their_status(status):
    at = utc(2026, 11, 22, 7)
    kept = record(at, status=status, scheduled=at)
    assert given_doses(timeline(regimen("08:00"), doses=[kept]), ZURICH, at, utc(2026, 11, 23)) == (kept,)


def test_an_extra_dose_comes_beside_the_planned_ones_in_order_of_time():
    extra = record(utc(2026, 11, 22, 5), amount_ug=5000.0)
    found = given_doses(timeline(regimen("08:00"), doses=[extra]), ZURICH, utc(2026, 11, 22), utc(2026, 11, 23))
    assert [dose.amount_ug for dose in found] == [5000.0, 10000.0]


def test_one_record_replaces_one_of_two_doses_that_fall_on_the_same_moment():
    night = regimen("02:30", "03:30")
    at = moment(date(2026, 3, 29), time(2, 30), ZURICH)
    missed = record(at, status=DoseStatus.MISSED, scheduled=at)
    found = given_doses(timeline(night, doses=[missed]), ZURICH, utc(2026, 3, 29), utc(2026, 3, 29, 12))
    assert [dose.at for dose in found] == [at]
