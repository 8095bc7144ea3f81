"""How to go on by how long it has been: usual up to a day, a decision up to three, then from the bottom."""

from datetime import UTC, datetime, timedelta

import pytest

from baclo.care.late_rule import late_rule
from baclo.care.resume.gap import Way, gap_of
from baclo.care.resume.slots import Fate, Slot, Told, told

HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
USUAL, DECIDE, RESTART = Way.USUAL, Way.DECIDE, Way.RESTART


@pytest.fixture
def gap(knowledge, make):
    """The gap where nothing is certain for `gap_h`, and the doses due so many hours ago, the oldest first, missed."""

    def of(gap_h, *missed_h_ago):
        case = make(now=NOW)
        slots = tuple(
            Slot(
                due=NOW - hours * HOUR,
                at=NOW - hours * HOUR,
                amount_ug=10_000.0,
                taken_ug=0.0,
                regimen=None,
                fate=Fate.MISSED,
                vomited=False,
            )
            for hours in missed_h_ago
        )
        told = Told(usual=None, slots=slots, intakes=(), gap_h=gap_h)
        return gap_of(knowledge, case, late_rule(knowledge, case), told)

    return of


@pytest.mark.parametrize(
    ("gap_h", "missed", "way"),
    [
        (None, (), USUAL),
        (500.0, (), USUAL),
        (8.0, (2.0,), USUAL),
        (24.0, (16.0, 8.0), USUAL),
        (24.1, (16.1, 8.1), DECIDE),
        (72.0, (60.0, 40.0), DECIDE),
        (72.1, (60.0, 40.0), RESTART),
    ],
)
def test_the_way_on(gap, gap_h, missed, way):
    assert gap(gap_h, *missed).way is way


def test_one_dose_an_hour_late_is_no_gap_however_rare_the_doses_are(gap):
    assert gap(49.0, 1.0).way is USUAL
    assert gap(49.0, 1.01).way is DECIDE
    # Two missed are a gap, whichever of them was the first.
    assert gap(49.0, 25.0, 0.9).way is DECIDE


def test_a_dose_is_missed_only_once_it_is_later_than_on_time(gap):
    assert gap(30.0, 0.25).in_row == ()
    assert gap(30.0, 0.25).way is USUAL
    assert len(gap(30.0, 0.26).in_row) == 1
    assert len(gap(30.0, 12.0, 0.2).in_row) == 1


@pytest.mark.parametrize(
    ("gap_h", "missed", "lapses_h"),
    [
        (None, (), 24.0),
        (10.0, (6.0, 2.0), 14.0),
        (30.0, (26.0, 22.0), -6.0),
        (30.0, (0.5,), 0.5),
        (10.0, (2.0,), 14.0),
    ],
)
def test_the_usual_dose_may_be_taken_until_a_day_has_passed_or_one_late_dose_is_an_hour_late(
    gap, gap_h, missed, lapses_h
):
    assert (gap(gap_h, *missed).lapses - NOW) / HOUR == lapses_h


@pytest.mark.parametrize(
    ("gap_h", "missed", "called"),
    [
        (24.0, (20.0,), False),
        (24.1, (20.0,), True),
        (100.0, (), False),
        (49.0, (0.9,), False),
        (49.0, (1.0,), False),
        (49.0, (1.1,), True),
        (20.0, (16.0,), False),
        (20.0, (16.0, 0.25), False),
        (20.0, (16.0, 12.0), True),
    ],
)
def test_somebody_is_called_today_after_too_long_or_too_many(gap, gap_h, missed, called):
    assert gap(gap_h, *missed).call_today is called


def test_its_length_is_told_with_what_it_rests_on(gap):
    assert (gap(30.0, 5.0).length.value, gap(30.0, 5.0).length.unit) == (30.0, "h")
    assert gap(30.0, 5.0).length.basis == ("case:dose", "computed:gap")


def test_one_dose_does_not_end_a_gap(knowledge, make, build):
    usual = build.regimen(("08:00", 10.0), ("14:00", 10.0), ("22:00", 10.0))

    def found(*taken):
        days = [NOW.replace(hour=hour) - timedelta(days=back) for back in (4, 3, 2, 1, 0) for hour in (8, 14, 22)]
        due = [at for at in days if at < NOW]
        kept = [at for at in due if due.index(at) - len(due) not in taken]
        doses = tuple(build.dose(10.0, at=at, status="missed", scheduled=at) for at in kept)
        case = make(now=NOW, regimens=(usual,), doses=doses)
        rule = late_rule(knowledge, case)
        gap = gap_of(knowledge, case, rule, told(knowledge, case, rule))
        return gap.way, gap.hardly, gap.call_today

    assert found() == (RESTART, False, True)
    # one of the nine of three days, and two of them; three make a day, but they were the first after more than that
    assert found(-1) == (DECIDE, True, True)
    assert found(-1, -2) == (DECIDE, True, True)
    assert found(-1, -2, -3) == (DECIDE, True, True)
    assert found(-1, -2, -3, -12) == (USUAL, False, False)
    # two of the nine, and none of them the first after more than three days
    assert found(-1, -9, -12) == (DECIDE, True, True)
