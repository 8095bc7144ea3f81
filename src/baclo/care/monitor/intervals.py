"""Days after which something is done again: months and years by the calendar, all else in whole days."""

import calendar
from datetime import date, timedelta

from baclo.care.days import whole_days
from baclo.knowledge.facts import Fact
from baclo.units import convert

_MONTHS_A_YEAR = 12
_BY_CALENDAR = {"mo": 1, "a": _MONTHS_A_YEAR}


def later(day: date, fact: Fact, place: int = 0) -> date:
    """The day that lies one interval after `day`; `place` chooses the value of a row."""
    value = fact.values[place]
    if fact.unit in _BY_CALENDAR:
        return _months_later(day, int(value) * _BY_CALENDAR[fact.unit])
    return day + timedelta(days=whole_days(convert(value, fact.unit, "h")))


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last where that month is shorter."""
    years, month = divmod(day.month - 1 + months, _MONTHS_A_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
