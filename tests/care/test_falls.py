"""When the dose fell, by regimens and by records, and which complaints may come from it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from baclo.care.doses import regimen_now
from baclo.care.quantities import quantities
from baclo.case.patient import Symptom
from baclo.case.timeline import Observation

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
CLOCKS = (7, 13, 21)
USUAL = (("07:00", 20.0), ("13:00", 20.0), ("21:00", 20.0))


def days(number):
    return timedelta(days=number)


@pytest.fixture
def known(knowledge, make, build, picture_of):
    def ask(*, regimens=None, doses=(), symptoms=(), **changes):
        case = make(regimens=regimens or (build.regimen(*USUAL),), doses=doses, symptoms=symptoms, **changes)
        return quantities(knowledge, case, picture_of(case), regimen_now(case.timeline, case.now))

    return ask


@pytest.fixture
def records(build):
    """Records of doses due in November in London, which is UTC then: (day, hour), each with an amount and a status."""

    def made(*due, mg=20.0, status="missed"):
        moments = (datetime(2026, 11, day, hour, tzinfo=UTC) for day, hour in due)
        return tuple(build.dose(mg, at=at, scheduled=at, status=status) for at in moments)

    return made


def fell(answers):
    return answers["recently_stopped_or_reduced"].value


def whole(day):
    return tuple((day, hour) for hour in CLOCKS)


@pytest.mark.parametrize("status", ["missed", "unknown", "vomited"])
def test_a_day_without_a_certain_dose_is_a_fall_also_when_an_assumed_dose_has_ended_it(known, records, status):
    """All of the 22nd: from 21:00 on the 21st to 07:00 on the 23rd, 34 h."""
    assert fell(known(doses=records(*whole(22), status=status))) is True


def test_two_doses_of_three_are_a_day_and_one_is_not(known, records):
    """From 07:00 to 07:00 are 24 h, from 13:00 to 07:00 are 18 h."""
    assert fell(known(doses=records((21, 13), (21, 21)))) is True
    assert fell(known(doses=records((21, 21)))) is False


def test_one_dose_of_two_a_day_is_no_fall_although_it_takes_a_day(known, records, build):
    """From 09:00 to 09:00 are 24 h; two of them 36 h."""
    twice = (build.regimen(("09:00", 30.0), ("21:00", 30.0)),)
    assert fell(known(regimens=twice, doses=records((21, 21), mg=30.0))) is False
    assert fell(known(regimens=twice, doses=records((21, 21), (22, 9), mg=30.0))) is True
    # the next one an hour late, and more than that
    late = build.dose(30.0, at=datetime(2026, 11, 22, 10, tzinfo=UTC), scheduled=datetime(2026, 11, 22, 9, tzinfo=UTC))
    later = replace(late, at=late.at + timedelta(minutes=1))
    assert fell(known(regimens=twice, doses=(*records((21, 21), mg=30.0), late))) is False
    assert fell(known(regimens=twice, doses=(*records((21, 21), mg=30.0), later))) is True


def test_a_gap_that_lasts_is_a_fall_and_one_made_good_for_three_days_is_none(known, records):
    """The whole dose is taken again from 07:00 on the next day: from the 20th on are 75 h, from the 21st on 51 h."""
    assert fell(known(doses=records(*whole(22), (23, 7)))) is True
    assert fell(known(doses=records(*whole(19)))) is False
    assert fell(known(doses=records(*whole(20)))) is True
    assert fell(known(doses=records(*whole(19), mg=5.0, status="given"))) is False
    assert fell(known(doses=records(*whole(20), mg=5.0, status="given"))) is True


def test_a_dose_outside_the_clock_ends_a_gap(known, records, build):
    """20 mg at 09:00 on the 22nd in place of none: 12 h before it, 22 h after it."""
    extra = build.dose(20.0, at=datetime(2026, 11, 22, 9, tzinfo=UTC))
    assert fell(known(doses=(*records((22, 7), (22, 13), (22, 21)), extra))) is True
    full = build.dose(60.0, at=datetime(2026, 11, 22, 9, tzinfo=UTC))
    assert fell(known(doses=(*records((22, 7), (22, 13), (22, 21)), full))) is False


def test_once_a_day_is_no_gap_and_one_missed_is(known, records, build):
    once = (build.regimen(("07:00", 20.0)),)
    assert fell(known(regimens=once, doses=records((20, 7), status="given"))) is False
    assert fell(known(regimens=once, doses=records((20, 7)))) is True


def test_a_day_of_smaller_doses_is_a_fall_and_less_than_a_day_is_not(known, records):
    """60 mg a day to 15: from 07:00 on the 22nd to now are 27 h; from 13:00 to the full dose of 07:00 18 h."""
    assert fell(known(doses=records(*whole(22), (23, 7), mg=5.0, status="given"))) is True
    assert fell(known(doses=records((21, 13), (21, 21), mg=5.0, status="given"))) is False
    assert fell(known(doses=records(*whole(21), mg=5.0, status="given"))) is True
    assert fell(known(doses=records(*whole(22), (23, 7), mg=20.0, status="given"))) is False


def test_smaller_doses_that_extra_ones_make_up_for_are_no_fall(known, records, build):
    small = records(*whole(21), mg=10.0, status="given")
    extra = tuple(build.dose(10.0, at=datetime(2026, 11, 21, hour, tzinfo=UTC)) for hour in (9, 15, 22))
    assert fell(known(doses=small)) is True
    assert fell(known(doses=(*small, *extra))) is False


def test_doses_that_are_still_to_come_say_nothing(known, records):
    assert fell(known(doses=records(*whole(24)))) is False


def named(answers):
    return answers["symptoms_after_fall"].value


@pytest.fixture
def stepped(build):
    """60 mg a day until some days ago, 45 from then on, at midnight in London."""

    def made(ago, *later):
        at = datetime(2026, 11, 23, tzinfo=UTC) - days(ago)
        lower = build.regimen(*((clock, 15.0) for clock, _ in USUAL), since=at)
        regimens = [replace(build.regimen(*USUAL), until=at), lower]
        for back, mg in later:
            since = datetime(2026, 11, 23, tzinfo=UTC) - days(back)
            regimens[-1] = replace(regimens[-1], until=since)
            regimens.append(build.regimen(*((clock, mg) for clock, _ in USUAL), since=since))
        return tuple(regimens)

    return made


def since(ago, name="sleeplessness"):
    began = None if ago is None else datetime(2026, 11, 23, tzinfo=UTC) - days(ago)
    return Symptom(name=name, since=began)


@pytest.mark.parametrize(
    ("fell_ago", "began_ago", "after"),
    [
        (3, None, True),
        (3, 2, True),
        (3, 3, True),
        (3, 4, False),
        (3, 300, False),
        (16, None, False),
        (16, 15, True),
        (16, 2, True),
        (16, 1, False),
        (27, 15, True),
        (28, 15, False),
        (100, 95, False),
    ],
)
def test_a_complaint_may_come_from_a_fall_where_it_began_within_two_weeks_after_it(
    known, stepped, fell_ago, began_ago, after
):
    found = named(known(regimens=stepped(fell_ago), symptoms=(since(began_ago),)))
    assert found == (("sleeplessness",) if after else ())


def test_one_of_two_dates_is_enough(known, stepped):
    assert named(known(regimens=stepped(3), symptoms=(since(300), since(1)))) == ("sleeplessness",)


def test_what_lasts_after_the_dose_is_back_does_not_come_from_a_fall_long_past(known, stepped):
    """60 to 45 mg 20 days ago; back at 60 10 days ago, or only at 54."""
    began = (since(19),)
    assert named(known(regimens=stepped(20), symptoms=began)) == ("sleeplessness",)
    assert named(known(regimens=stepped(20, (10, 20.0)), symptoms=began)) == ()
    assert named(known(regimens=stepped(20, (10, 18.0)), symptoms=began)) == ("sleeplessness",)
    assert named(known(regimens=stepped(5, (2, 20.0)), symptoms=(since(4),))) == ("sleeplessness",)
    assert named(known(regimens=stepped(5, (4, 20.0)), symptoms=(since(4),))) == ()


def test_a_complaint_that_began_in_a_gap_that_is_made_good_comes_from_it_for_three_days(known, records):
    """Two days without; the whole dose again from 07:00 on the 21st, 51 h ago, or on the 4th."""
    found = known(doses=records(*whole(19), *whole(20)), symptoms=(since(3, "tremor"),))
    assert (fell(found), named(found)) == (True, ("tremor",))
    found = known(doses=records(*whole(2), *whole(3)), symptoms=(since(20, "tremor"),))
    assert (fell(found), named(found)) == (False, ())


def test_complaints_nobody_asked_about_are_unknown_only_where_the_dose_fell_lately(known, stepped):
    assert known(regimens=stepped(3), symptoms=None)["symptoms_after_fall"].needs == ("patient.symptoms",)
    assert known(regimens=stepped(16), symptoms=None)["symptoms_after_fall"].needs == ()


def test_what_was_measured_lately_may_come_from_a_recent_fall(known, stepped, make):
    hot = Observation(at=NOW - timedelta(hours=1), kind="temperature", value=38.5, unit="Cel")
    timeline = replace(make().timeline, regimens=stepped(3), observations=(hot,))
    assert named(known(timeline=timeline)) == ("fever",)
