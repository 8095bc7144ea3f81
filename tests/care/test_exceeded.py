"""More than the regimens say, within a day of the clock and at once; worked by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care.exceeded import excess_ug, largest_day_ug, more, much_more
from baclo.case.timeline import DoseStatus

THRICE = (("08:00", 20.0), ("14:00", 20.0), ("20:00", 20.0))
NOW = datetime(2026, 11, 23, 21, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def at(words):
    """A moment of the 23rd, or of the day that is named before it."""
    day, clock = words.split() if " " in words else ("23", words)
    return datetime.fromisoformat(f"2026-11-{day} {clock}").replace(tzinfo=UTC)


@pytest.fixture
def case(make, build):
    """60 mg a day in three doses, with records (taken, mg, due)."""

    def recorded(taken, mg, due):
        return build.dose(mg, at=at(taken), scheduled=None if due is None else at(due))

    def of(*records, regimens=None):
        running = (build.regimen(*THRICE),) if regimens is None else regimens
        doses = [one if not isinstance(one, tuple) else recorded(*one) for one in records]
        return make(now=NOW, regimens=running, doses=tuple(sorted(doses, key=lambda one: one.at)))

    return of


@pytest.fixture
def told(knowledge, case):
    """The largest day and the excess of it, mg; more of late, more today, and much more today."""

    def of(*records, **changes):
        asked = case(*records, **changes)
        return (
            largest_day_ug(knowledge, asked, back=DAY) / 1000,
            excess_ug(knowledge, asked, back=3 * DAY) / 1000,
            more(knowledge, asked, back=3 * DAY),
            more(knowledge, asked, back=DAY),
            much_more(knowledge, asked, back=DAY),
        )

    return of


TOLD = {
    "as prescribed": ((), (60, 0, False, False, False)),
    "one more": ((("16:00", 20.0, None),), (80, 20, True, True, False)),
    "a doubled one": ((("14:00", 40.0, "14:00"),), (80, 20, True, True, False)),
    "a larger one": ((("14:00", 25.9, "14:00"),), (65.9, 5.9, True, True, False)),
    "a little more, by itself and in the day": ((("14:00", 22.0, "14:00"),), (62, 2, False, False, False)),
    "a tenth more in a day, in small doses": ((("11:00", 6.0, None),), (66, 6, False, False, False)),
    "beyond a tenth more": ((("11:00", 6.1, None),), (66.1, 6.1, True, True, False)),
    "a day's dose more": ((("11:00", 60.0, None),), (120, 60, True, True, True)),
    "all but a tenth of it": ((("11:00", 54.0, None),), (114, 54, True, True, True)),
    "less than that": ((("11:00", 53.9, None),), (113.9, 53.9, True, True, False)),
    "two days ago": ((("21 11:00", 60.0, None),), (60, 60, True, False, False)),
    "more than three days ago": ((("20 20:59", 60.0, None),), (60, 0, False, False, False)),
    "two at once, and the day as it should be": (
        (("14:00", 20.0, "08:00"),),
        (60, 0, True, True, False),
    ),
    "the late one two hours before the next": (
        (("12:00", 20.0, "08:00"),),
        (60, 0, False, False, False),
    ),
    "late, and a quarter of an hour nearer to the next": ((("12:15", 20.0, "08:00"),), (60, 0, False, False, False)),
    "late, and still nearer to the next": ((("12:16", 20.0, "08:00"),), (60, 0, True, True, False)),
    "a day's dose more, bit by bit": (
        (("10:00", 18.0, None), ("12:00", 18.0, None), ("16:00", 18.0, None)),
        (114, 54, True, True, True),
    ),
    "less than that, bit by bit": (
        (("10:00", 18.0, None), ("12:00", 18.0, None), ("16:00", 17.9, None)),
        (113.9, 53.9, True, True, False),
    ),
    "at this minute": ((("21:00", 20.0, None),), (80, 20, True, True, False)),
    "early, and nearer to the one before": ((("11:00", 20.0, "14:00"),), (60, 20, True, False, False)),
    "early, and nearer to its time": ((("11:01", 20.0, "14:00"),), (60, 0, False, False, False)),
    "late, and with the next": ((("22 20:00", 20.0, "22 14:00"),), (60, 20, True, False, False)),
    "late by more than the next": ((("06:59", 20.0, "22 14:00"),), (80, 20, True, True, False)),
    "nearly all of a day at once": (
        (("20:00", 20.0, "08:00"), ("20:00", 14.0, "14:00")),
        (54, 0, True, True, True),
    ),
    "less of it at once": (
        (("20:00", 20.0, "08:00"), ("20:00", 13.9, "14:00")),
        (53.9, 0, True, True, False),
    ),
    "all of a day at once": (
        (("20:00", 20.0, "08:00"), ("20:00", 20.0, "14:00")),
        (60, 0, True, True, True),
    ),
}


@pytest.mark.parametrize("why", TOLD)
def test_what_is_more_than_the_regimen_says(told, why):
    records, expected = TOLD[why]
    assert told(*records) == pytest.approx(expected)


def test_doses_that_the_clock_has_close_together_are_not_too_much_at_once(told, build):
    close = (build.regimen(("08:00", 30.0), ("08:30", 30.0)),)
    assert told(("08:10", 30.0, "08:00"), ("08:30", 30.0, "08:30"), regimens=close)[2:] == (False, False, False)


def test_one_dose_a_day_is_all_of_a_day_at_once_and_not_much_more(told, build):
    once = (build.regimen(("20:00", 30.0)),)
    assert told(regimens=once)[2:] == (False, False, False)
    assert told(("20:00", 40.0, "20:00"), regimens=once)[2:] == (True, True, False)
    assert told(("20:00", 60.0, "20:00"), regimens=once)[2:] == (True, True, True)


def test_a_dose_of_the_step_before_taken_late_is_no_more(told, build):
    """Down from 60 to 30 mg a day at midnight; the dose of 20:00 comes at 00:20, or that of 08:00 ten minutes early."""
    midnight = at("00:00")
    steps = (replace(build.regimen(*THRICE), until=midnight), build.regimen(*HALVED, since=midnight))
    assert told(("00:20", 20.0, "22 20:00"), regimens=steps)[1:] == (0, False, False, False)
    assert told(("07:50", 10.0, "08:00"), regimens=steps)[1:] == (0, False, False, False)
    assert told(("00:20", 20.0, None), regimens=steps)[2:] == (True, True, False)


HALVED = (("08:00", 10.0), ("14:00", 10.0), ("20:00", 10.0))


@pytest.mark.parametrize(("minutes", "counted"), [(30, False), (31, True)])
def test_what_came_up_within_half_an_hour_is_no_more_where_it_is_taken_again(told, build, minutes, counted):
    sick = replace(
        build.dose(20.0, at=at("14:00"), status="vomited", scheduled=at("14:00")),
        vomited_at=at("14:00") + minutes * MINUTE,
    )
    again = build.dose(20.0, at=at("14:40"), scheduled=at("14:00"))
    assert told(sick, again)[2] is counted
    assert told(replace(sick, vomited_at=None), again)[2] is True


def test_what_was_missed_is_not_taken(told, build):
    assert told(build.dose(60.0, at=at("11:00"), status="missed"))[2:] == (False, False, False)
    unknown = build.dose(60.0, at=at("11:00"), status="unknown")
    assert unknown.status is DoseStatus.UNKNOWN
    assert told(unknown)[2:] == (True, True, True)


def test_where_no_regimen_says_nothing_is_known_of_more(told, build):
    assert told(regimens=()) == (0, 0, False, False, False)
    assert told(("11:00", 60.0, None), regimens=()) == (60, 60, None, None, False)
    ended = (replace(build.regimen(*THRICE), until=at("01 00:00")),)
    assert told(("11:00", 60.0, None), regimens=ended)[2] is None
    begun = (build.regimen(*THRICE, since=at("23 00:00")),)
    assert told(("21 11:00", 20.0, None), regimens=begun)[2] is None


def test_a_day_on_which_a_regimen_ended_allows_all_of_its_dose(told, build):
    """From 20:00 to 20:00 60 mg were taken, 40 mg of them due before it ended; of what came after nobody says."""
    ended = (replace(build.regimen(*THRICE), until=at("10:00")),)
    assert told(("14:00", 20.0, None), regimens=ended)[2] is None


def test_a_day_on_which_the_regimen_changes_allows_the_larger_of_both(told, build):
    """Down from 60 to 30 mg at 10:00: from 20:00 to 20:00 50 mg were due, and 56 mg taken."""
    step = at("10:00")
    steps = (replace(build.regimen(*THRICE), until=step), build.regimen(*HALVED, since=step))
    assert told(("11:00", 6.0, None), regimens=steps)[2] is False


def test_what_ends_or_begins_just_as_a_day_does_is_none_of_its_regimens(told, build):
    ends = (replace(build.regimen(*THRICE), until=at("08:00")), build.regimen(*HALVED, since=at("08:00")))
    assert told(("21:00", 5.0, None), regimens=ends)[2] is True
    more_tomorrow = build.regimen(*((clock, 30.0) for clock, _ in THRICE), since=at("24 08:00"))
    begins = (replace(build.regimen(*THRICE), until=at("24 08:00")), more_tomorrow)
    assert told(("21:00", 20.0, None), regimens=begins)[2] is True


def test_at_once_is_held_against_the_doses_of_the_day_around_it(told, build):
    """Down from 20 to 10 mg at a time two days ago, or a day ago to the minute; today two at once."""
    for step, found in (("21 08:00", True), ("22 14:01", False)):
        steps = (replace(build.regimen(*THRICE), until=at(step)), build.regimen(*HALVED, since=at(step)))
        assert told(("14:00", 10.0, "08:00"), regimens=steps)[2] is found


def test_two_at_once_on_the_day_on_which_a_regimen_begins_are_too_much(told, build):
    begun = (build.regimen(*THRICE, since=at("06:00")),)
    assert told(("14:00", 20.0, "08:00"), regimens=begun)[2] is True


def test_a_dose_late_by_more_than_half_a_day_counts_when_it_was_taken(told, build):
    once = (build.regimen(("20:00", 30.0)),)
    assert told(("08:00", 30.0, "22 20:00"), regimens=once) == (30, 0, False, False, False)
    assert told(("08:01", 30.0, "22 20:00"), regimens=once) == (60, 30, True, True, True)


def test_a_late_dose_with_the_next_within_two_hours_counts_when_it_was_taken(told, build):
    twice = (build.regimen(("08:00", 20.0), ("20:00", 20.0)),)
    assert told(("06:15", 20.0, "22 20:00"), regimens=twice) == (40, 0, False, False, False)
    assert told(("06:16", 20.0, "22 20:00"), regimens=twice)[:4] == (60, 20, True, True)
    # an early one belongs to its time whatever follows
    assert told(("13:00", 20.0, "14:00"), ("14:30", 2.0, None)) == (62, 2, False, False, False)


def test_what_is_due_only_later_allows_nothing_yet(told, build):
    """60 mg a day, the evening dose of yesterday missed, and 20 mg more; 90 mg a day from half past nine on."""
    step = at("21:30")
    later = build.regimen(("22:00", 90.0), since=step)
    steps = (replace(build.regimen(*THRICE), until=step), later)
    missed = build.dose(20.0, at=at("22 20:00"), status="missed", scheduled=at("22 20:00"))
    assert told(missed, ("18:00", 20.0, None), regimens=steps)[2:] == (True, True, False)
    morning = at("08:00")
    larger = build.regimen(*((clock, 30.0) for clock, _ in THRICE), since=morning)
    steps = (replace(build.regimen(*THRICE), until=morning), larger)
    missed = build.dose(20.0, at=at("21 20:00"), status="missed", scheduled=at("21 20:00"))
    assert told(missed, ("22 18:00", 20.0, None), regimens=steps)[2] is True


def test_a_larger_regimen_that_has_just_begun_allows_nothing_for_the_day_before(told, build):
    step = at("20:30")
    larger = build.regimen(*((clock, 40.0) for clock, _ in THRICE), since=step)
    steps = (replace(build.regimen(*THRICE), until=step), larger)
    missed = tuple(build.dose(20.0, at=at(due), status="missed", scheduled=at(due)) for due in ("22 14:00", "22 20:00"))
    assert told(*missed, ("11:00", 20.0, None), regimens=steps)[2:] == (True, True, False)


def test_where_one_regimen_follows_another_what_both_have_in_a_day_is_allowed(told, build):
    """60 mg at night, and from this morning on 20 mg thrice: from 20:00 to 20:00 100 mg, as prescribed."""
    change = at("06:00")
    steps = (replace(build.regimen(("20:00", 60.0)), until=change), build.regimen(*THRICE, since=change))
    assert told(regimens=steps) == (60, 0, False, False, False)


def test_just_before_the_first_regimen_begins_a_days_dose_is_allowed_and_no_more(told, build):
    """10 mg thrice a day from noon on; 30 mg before it may be the last day of another one."""
    begun = (build.regimen(("12:00", 10.0), ("16:00", 10.0), ("20:00", 10.0), since=at("12:00")),)
    assert told(("08:00", 10.0, None), ("10:00", 20.0, None), regimens=begun)[2] is None
    assert told(("08:00", 10.0, None), ("10:00", 27.0, None), regimens=begun)[2:] == (True, True, False)
    assert told(("08:00", 10.0, None), ("10:00", 60.0, None), regimens=begun)[2:] == (True, True, True)
    assert told(("11:30", 10.0, None), regimens=begun)[2] is None
    assert told(("11:30", 33.1, None), regimens=begun)[2:] == (True, True, False)
    missed = tuple(
        build.dose(10.0, at=at(clock), status="missed", scheduled=at(clock)) for clock in ("12:00", "16:00", "20:00")
    )
    assert told(("11:30", 60.0, None), *missed, regimens=begun)[2:] == (True, True, True)
    assert told(("11:30", 56.9, None), *missed, regimens=begun)[2:] == (True, True, False)
    at_night = (build.regimen(("22:00", 10.0), ("23:30", 10.0), since=at("12:00")),)
    assert told(("11:30", 60.0, None), regimens=at_night)[2:] == (True, True, True)
    tomorrow = (build.regimen(("22:00", 10.0), ("23:30", 10.0), since=at("24 12:00")),)
    assert told(("11:30", 60.0, None), regimens=tomorrow)[2:] == (None, None, False)
    assert told(("22 21:00", 60.0, None), regimens=at_night)[2] is None


def test_five_minutes_are_on_time_for_doses_two_hours_apart(told, build):
    close = (build.regimen(("08:00", 20.0), ("10:00", 20.0), ("20:00", 20.0)),)
    assert told(("08:05", 20.0, "08:00"), regimens=close)[2:] == (False, False, False)


def test_what_was_taken_before_the_regimen_began_is_no_day_of_it(told, build):
    begun = (build.regimen(*THRICE, since=at("00:00")),)
    before = [("22 08:10", 20.0, None), ("22 14:10", 20.0, None), ("22 20:10", 20.0, None)]
    assert told(*before, regimens=begun)[2] is None


def test_a_day_of_23_hours_holds_its_own_doses(knowledge, make, build):
    zone = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 3, 29, 8, 30, tzinfo=zone).astimezone(UTC)
    asked = make(now=now, zone=zone, regimens=(build.regimen(*THRICE),))
    assert largest_day_ug(knowledge, asked, back=DAY) == 60_000
    assert more(knowledge, asked, back=3 * DAY) is False
