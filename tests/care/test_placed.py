"""A dose recorded beside the clock stands for the missed or smaller dose near it, and for none that lacks less."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from baclo.case.placed import placed
from baclo.case.timeline import ClockDose, Dose, DoseStatus, Regimen, Route, Timeline

CLOCKS = ("08:00", "14:00", "20:00")
GIVEN, MISSED, VOMITED, UNKNOWN = DoseStatus.GIVEN, DoseStatus.MISSED, DoseStatus.VOMITED, DoseStatus.UNKNOWN


def at(words):
    return datetime.fromisoformat(f"2026-11-{words}").replace(tzinfo=UTC)


def dose(taken, mg=10.0, status=GIVEN, due=None, vomited=None):
    return Dose(
        at=at(taken),
        amount_ug=mg * 1000,
        over_h=0.0,
        route=Route.ORAL,
        product=None,
        status=status,
        scheduled=None if due is None else at(due),
        vomited_at=None if vomited is None else at(vomited),
    )


@pytest.fixture
def case(make):
    """10 mg at 8, 14 and 20 o'clock, with these records."""
    clock_doses = tuple(ClockDose(clock=at(f"24 {clock}").time(), amount_ug=10_000.0) for clock in CLOCKS)
    regimen = Regimen(product=None, modified_release=None, since=at("01 00:00"), until=None, doses=clock_doses)

    def of(*doses):
        timeline = Timeline(doses=doses, regimens=(regimen,), observations=())
        return replace(make(), now=at("24 21:00"), timeline=timeline)

    return of


def told(case):
    return [
        (
            f"{one.at:%d %H:%M}",
            round(one.amount_ug / 1000, 9),
            one.status,
            one.scheduled and f"{one.scheduled:%d %H:%M}",
        )
        for one in placed(case).timeline.doses
    ]


MISSED_TWO = dose("24 14:00", status=MISSED, due="24 14:00")
HALF = dose("24 14:00", 5.0, due="24 14:00")
PLACED = {
    "late": ((MISSED_TWO, dose("24 15:30")), [("24 15:30", 10.0, GIVEN, "24 14:00")]),
    "to the minute": ((MISSED_TWO, dose("24 14:00")), [("24 14:00", 10.0, GIVEN, "24 14:00")]),
    "early, and nearer to it": ((dose("24 11:01"), MISSED_TWO), [("24 11:01", 10.0, GIVEN, "24 14:00")]),
    "until the next is due": ((MISSED_TWO, dose("24 19:59")), [("24 19:59", 10.0, GIVEN, "24 14:00")]),
    "a part of it": ((MISSED_TWO, dose("24 15:30", 4.0)), [("24 15:30", 4.0, GIVEN, "24 14:00")]),
    "as much but for rounding": (
        (MISSED_TWO, dose("24 15:30", 10.000000000000002)),
        [("24 15:30", 10.0, GIVEN, "24 14:00")],
    ),
    "what came up and was taken again": (
        (dose("24 14:00", status=VOMITED, due="24 14:00", vomited="24 14:20"), dose("24 14:25")),
        [("24 14:00", 10.0, VOMITED, "24 14:00"), ("24 14:25", 10.0, GIVEN, "24 14:00")],
    ),
    "again as soon as it came up": (
        (dose("24 14:00", status=VOMITED, due="24 14:00", vomited="24 14:20"), dose("24 14:20")),
        [("24 14:00", 10.0, VOMITED, "24 14:00"), ("24 14:20", 10.0, GIVEN, "24 14:00")],
    ),
    "the first of all": (
        (dose("01 07:00"), dose("01 08:00", status=MISSED, due="01 08:00")),
        [("01 07:00", 10.0, GIVEN, "01 08:00")],
    ),
    "the nearer of two": (
        (dose("24 08:00", status=MISSED, due="24 08:00"), dose("24 11:01"), MISSED_TWO),
        [("24 08:00", 10.0, MISSED, "24 08:00"), ("24 11:01", 10.0, GIVEN, "24 14:00")],
    ),
    "as near to the one before": (
        (dose("24 08:00", status=MISSED, due="24 08:00"), dose("24 11:00"), MISSED_TWO),
        [("24 11:00", 10.0, GIVEN, "24 08:00"), ("24 14:00", 10.0, MISSED, "24 14:00")],
    ),
}


@pytest.mark.parametrize("why", PLACED)
def test_it_stands_for_the_dose_that_lacks_as_much(case, why):
    records, expected = PLACED[why]
    assert told(case(*records)) == expected


BESIDE = {
    "nothing was recorded: that dose was taken": (dose("24 15:30"),),
    "another one was due between": (MISSED_TWO, dose("24 20:01")),
    "another one was due between, before": (dose("24 07:59"), MISSED_TWO),
    "it is larger": (MISSED_TWO, dose("24 15:30", 10.1)),
    "it stands for another": (dose("24 11:30", due="24 08:00"), MISSED_TWO),
    "a part was taken": (HALF, dose("24 14:40", 5.0)),
    "nearer to the one before, which was taken": (dose("24 11:00"), MISSED_TWO),
    "an extra one in the evening, and the next ones missed": (
        dose("23 21:30"),
        dose("24 08:00", status=MISSED, due="24 08:00"),
        MISSED_TWO,
    ),
    "all was taken": (dose("24 14:00", due="24 14:00"), dose("24 14:40", 5.0)),
    "nobody knows whether it was taken": (dose("24 14:00", status=UNKNOWN, due="24 14:00"), dose("24 14:40")),
    "nobody knows whether this was taken": (MISSED_TWO, dose("24 14:40", status=UNKNOWN)),
    "it came up only later": (
        dose("24 14:00", status=VOMITED, due="24 14:00", vomited="24 14:50"),
        dose("24 14:40"),
    ),
    "nobody knows when it came up": (dose("24 14:00", status=VOMITED, due="24 14:00"), dose("24 14:40")),
    "the record stands for none of the clock": (dose("24 13:00", status=MISSED, due="24 13:00"), dose("24 13:30")),
    "a day and more away": (dose("22 14:00", status=MISSED, due="22 14:00"), dose("24 15:00")),
}


@pytest.mark.parametrize("why", BESIDE)
def test_else_it_stays_beside_the_clock(case, why):
    asked = case(*BESIDE[why])
    assert placed(asked) is asked


def test_the_largest_that_fits_is_the_missed_one(case):
    assert told(case(MISSED_TWO, dose("24 15:00", 2.0), dose("24 16:00"))) == [
        ("24 15:00", 2.0, GIVEN, None),
        ("24 16:00", 10.0, GIVEN, "24 14:00"),
    ]


def test_each_part_is_placed_once(case):
    assert told(case(MISSED_TWO, dose("24 15:00"), dose("24 15:10"))) == [
        ("24 15:00", 10.0, GIVEN, "24 14:00"),
        ("24 15:10", 10.0, GIVEN, None),
    ]
