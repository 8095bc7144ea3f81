"""With which words a dated thing says when it is."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from baclo.care.agenda import Entry, Occasion
from baclo.knowledge.words import Text
from baclo.report.advising import when

ZONE = ZoneInfo("Europe/London")
ENTRY = Entry(
    since=datetime(2026, 11, 24, tzinfo=ZONE),
    until=None,
    whole_day=False,
    occasion=Occasion.ACTION,
    title=Text(("A dose",)),
    detail=Text(()),
    basis=(),
)


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (datetime(2026, 11, 24, tzinfo=ZONE), None, "Tue 24 Nov 2026 00:00"),
        (datetime(2026, 11, 24, 9, 30, tzinfo=ZONE), None, "Tue 24 Nov 2026 09:30"),
        (
            datetime(2026, 11, 24, 16, 10, tzinfo=ZONE),
            datetime(2026, 11, 24, 20, tzinfo=ZONE),
            "Tue 24 Nov 2026 16:10 to 20:00",
        ),
        (
            datetime(2026, 11, 24, 9, 30, tzinfo=ZONE),
            datetime(2026, 11, 25, tzinfo=ZONE),
            "Tue 24 Nov 2026 09:30 to midnight",
        ),
        (
            datetime(2026, 11, 24, 22, tzinfo=ZONE),
            datetime(2026, 11, 25, 2, tzinfo=ZONE),
            "Tue 24 Nov 2026 22:00 to Wed 25 Nov 2026 02:00",
        ),
        (
            datetime(2026, 11, 24, 22, tzinfo=ZONE),
            datetime(2026, 11, 26, tzinfo=ZONE),
            "Tue 24 Nov 2026 22:00 to Thu 26 Nov 2026 00:00",
        ),
    ],
)
def test_a_moment_always_tells_its_clock_and_no_midnight_passes_for_a_day(since, until, said):
    assert when(replace(ENTRY, since=since, until=until), ZONE) == said


def test_a_whole_day_tells_no_clock():
    assert when(replace(ENTRY, whole_day=True), ZONE) == "Tue 24 Nov 2026"
