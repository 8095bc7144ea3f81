"""Local days."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from baclo.care.days import first_day, midnight, whole_days


@pytest.mark.parametrize(("hours", "days"), [(24.0, 1), (24.1, 2), (72.0, 3), (0.5, 1), (0.0, 0)])
def test_days_are_rounded_up(hours, days):
    assert whole_days(hours) == days


def test_midnight_is_the_zones(make):
    assert midnight(date(2026, 3, 30), ZoneInfo("Europe/Zurich")) == datetime(2026, 3, 29, 22, tzinfo=UTC)


def test_a_plan_begins_tomorrow_in_the_zone_of_the_person_unless_a_day_is_asked(make):
    late = make(now=datetime(2026, 11, 23, 23, 30, tzinfo=UTC), zone=ZoneInfo("Europe/Zurich"))
    assert first_day(late) == date(2026, 11, 25)
    asked = make(since=datetime(2026, 12, 1, 23, 30, tzinfo=UTC))
    assert first_day(asked) == date(2026, 12, 1)
