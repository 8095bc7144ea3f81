"""The check of a finished row: it looks at moments and amounts alone."""

from datetime import UTC, datetime, timedelta

import pytest

from baclo.care.prepare.proof import Bounds, faults

START = datetime(2026, 12, 1, tzinfo=UTC)
BOUNDS = Bounds(least=timedelta(hours=6), longest=timedelta(hours=12), total_ug=60_000.0)


def row(*hours, amount=20_000.0):
    return [(START + timedelta(hours=hour), amount) for hour in hours]


def at(hour):
    return START + timedelta(hours=hour)


@pytest.mark.parametrize(
    ("hours", "broken"),
    [
        ((0, 8, 16, 24, 32), ()),
        ((0, 6, 18, 24), ()),
        ((0, 5.99, 16, 24), (0,)),
        ((0, 8, 20.01), (8,)),
        ((0, 8, 16, 23.99), (0,)),
        ((0, 8, 16, 24), ()),
        ((), ()),
        ((3,), ()),
    ],
)
def test_gaps_and_a_day_at_the_bound_are_kept_and_beyond_it_broken(hours, broken):
    assert faults(row(*hours), BOUNDS) == tuple(at(hour) for hour in broken)


def test_a_row_out_of_order_is_judged_by_its_moments():
    assert faults(row(16, 0, 8), BOUNDS) == ()


def test_one_dose_above_a_days_total_is_broken():
    assert faults(row(0, amount=60_000.1), BOUNDS) == (at(0),)


def test_a_dose_that_is_no_number_is_broken():
    assert faults(row(0, amount=float("nan")), BOUNDS) == (at(0),)


def test_a_day_that_is_full_but_for_rounding_is_kept():
    thirds_ug = sum([0.3 / 3 * 1000] * 3)
    assert thirds_ug < 300.0
    full = Bounds(least=BOUNDS.least, longest=BOUNDS.longest, total_ug=thirds_ug)
    assert faults(row(0, 8, 16, amount=100.0), full) == ()
