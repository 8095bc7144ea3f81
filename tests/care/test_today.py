"""The rest of a day, dose by dose, with the answer about each: worked by hand from the rule of the person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care.late_rule import late_rule
from baclo.care.resume.slots import told
from baclo.care.resume.today import Answer, Reason, next_midnight, today
from baclo.knowledge.facts import Region

LONDON = ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)
CHILD = {"age_y": 6.0, "weight_kg": 20.0, "height_cm": 114.0}
TAKE, AGAIN, DELAY, SKIP, NOT_AGAIN, ASK = (
    Answer.TAKE,
    Answer.AGAIN,
    Answer.DELAY,
    Answer.SKIP,
    Answer.NOT_AGAIN,
    Answer.ASK,
)
FOUR, THREE, TWO = ("08:00", "12:00", "17:00", "22:00"), ("08:00", "14:00", "22:00"), ("08:00", "20:00")


def at(text):
    """A moment of the 24th, or of the day that is named before it."""
    day, clock = text.split() if " " in text else ("24", text)
    return datetime.fromisoformat(f"2026-11-{day} {clock}").replace(tzinfo=UTC)


@pytest.fixture
def day(knowledge, make, build):
    """The placed doses as (due, taken at), and the verdicts as (due, answer, reason, at, until), all by their texts."""

    def of(now, clocks, *records, loose=(), region=Region.UK, lapses="26 00:00", regimens=None, mg=10.0, **who):
        doses = []
        for due, status, *more in records:
            taken = more[0] if more else due
            made = build.dose(mg, at=at(taken), status=status, scheduled=at(due))
            doses.append(replace(made, vomited_at=at(more[1]) if len(more) > 1 else None))
        doses += [build.dose(amount, at=at(when)) for when, amount in loose]
        regimens = regimens or (build.regimen(*((clock, mg) for clock in clocks)),)
        case = make(
            now=at(now),
            zone=LONDON,
            region=region,
            regimens=regimens,
            doses=tuple(sorted(doses, key=lambda dose: dose.at)),
            **who,
        )
        rule = late_rule(knowledge, case)
        found = today(case, rule, told(knowledge, case, rule), at(lapses))
        return (
            [(said(one.due), said(one.at)) for one in found.placed],
            [(said(one.slot.due), one.answer, one.reason, said(one.at), said(one.until)) for one in found.verdicts],
        )

    return of


def said(moment):
    if moment is None:
        return None
    return f"{moment:%H:%M}" if moment.day == 24 else f"{moment:%d %H:%M}"


def test_a_day_on_which_nothing_was_missed_goes_on_to_midnight_and_no_further(day):
    assert day("09:00", FOUR) == ([("12:00", "12:00"), ("17:00", "17:00"), ("22:00", "22:00")], [])
    assert day("23:00", FOUR) == ([], [])


def test_a_british_adult_takes_a_late_dose_until_two_hours_before_the_next(day):
    late = ("12:00", "missed")
    assert day("14:59", FOUR, late) == (
        [("12:00", "14:59"), ("17:00", "17:00"), ("22:00", "22:00")],
        [("12:00", TAKE, Reason.FITS, "14:59", "15:00")],
    )
    assert day("15:00", FOUR, late)[1] == [("12:00", TAKE, Reason.FITS, "15:00", "15:00")]
    assert day("15:01", FOUR, late) == (
        [("17:00", "17:00"), ("22:00", "22:00")],
        [("12:00", SKIP, Reason.NEXT_NEAR, None, None)],
    )


def test_no_late_dose_is_taken_after_the_usual_dose_may_not_be_any_more(day):
    late = ("12:00", "missed")
    assert day("13:00", FOUR, late, lapses="13:30")[1] == [("12:00", TAKE, Reason.FITS, "13:00", "13:30")]
    assert day("13:31", FOUR, late, lapses="13:30")[1] == [("12:00", SKIP, Reason.NEXT_NEAR, None, None)]


def test_where_nothing_comes_after_it_a_late_dose_has_a_day(day, build):
    ending = replace(build.regimen(("08:00", 10.0)), until=at("12:00"))
    late = ("08:00", "missed")
    placed, verdicts = day("11:00", (), late, regimens=(ending,))
    assert (placed, verdicts) == ([("08:00", "11:00")], [("08:00", TAKE, Reason.FITS, "11:00", "25 08:00")])
    assert day("11:00", (), late, regimens=(ending,), **CHILD) == (placed, verdicts)


def test_only_the_newest_of_those_missed_is_taken_and_the_answer_about_each_is_given(day):
    assert day("13:00", FOUR, ("23 22:00", "missed"), ("08:00", "missed"), ("12:00", "missed")) == (
        [("12:00", "13:00"), ("17:00", "17:00"), ("22:00", "22:00")],
        [
            ("23 22:00", SKIP, Reason.NEXT_CAME, None, None),
            ("08:00", SKIP, Reason.NEXT_CAME, None, None),
            ("12:00", TAKE, Reason.FITS, "13:00", "15:00"),
        ],
    )


def test_a_dose_that_was_perhaps_taken_is_asked_about_and_never_given_again(day):
    assert day("13:00", FOUR, ("08:00", "missed"), ("12:00", "unknown")) == (
        [("17:00", "17:00"), ("22:00", "22:00")],
        [("08:00", SKIP, Reason.NEXT_CAME, None, None), ("12:00", ASK, Reason.UNSURE, None, None)],
    )
    vomited = ("12:00", "vomited", "12:00", "12:10")
    assert day("13:00", FOUR, vomited)[1] == [("12:00", ASK, Reason.VOMITED, None, None)]


def test_a_childs_dose_vomited_at_once_is_given_again_and_later_it_is_not(day):
    soon, late = ("12:00", "vomited", "12:00", "12:29"), ("12:00", "vomited", "12:00", "12:30")
    placed, verdicts = day("12:40", FOUR, soon, **CHILD)
    assert placed[0] == ("12:00", "12:40")
    assert verdicts[0] == ("12:00", AGAIN, Reason.AGAIN, "12:40", "14:00")
    assert day("12:40", FOUR, late, **CHILD) == (
        [("17:00", "17:00"), ("22:00", "22:00")],
        [("12:00", NOT_AGAIN, Reason.NOT_AGAIN, None, None)],
    )
    # The answer is about the newest dose alone: one before it that was vomited late is told nothing of.
    earlier = ("08:00", "vomited", "08:00", "08:40")
    assert day("12:40", FOUR, earlier, **CHILD)[1] == []


def test_a_childs_next_dose_waits_once_for_one_given_late(day):
    # Given at 13:30, the next is due at 17:00 and waits until 17:30, four hours later; the one at 22:00 is on time.
    assert day("13:30", FOUR, ("12:00", "missed"), **CHILD) == (
        [("12:00", "13:30"), ("17:00", "17:30"), ("22:00", "22:00")],
        [("12:00", TAKE, Reason.FITS, "13:30", "14:00"), ("17:00", DELAY, Reason.WAITS, "17:30", None)],
    )


def test_the_next_dose_of_a_child_waits_no_longer_than_leaves_four_hours_to_the_one_after_it(day):
    # It may wait until 18:00, four hours before 22:00: the late dose may be given until 14:00.
    assert day("14:00", FOUR, ("12:00", "missed"), **CHILD)[1] == [
        ("12:00", TAKE, Reason.FITS, "14:00", "14:00"),
        ("17:00", DELAY, Reason.WAITS, "18:00", None),
    ]
    assert day("14:01", FOUR, ("12:00", "missed"), **CHILD) == (
        [("17:00", "17:00"), ("22:00", "22:00")],
        [("12:00", SKIP, Reason.NEXT_NEAR, None, None)],
    )


def test_a_dose_waits_not_past_midnight(day):
    # Due at 18:00 and 22:00, the next at 08:00: it may wait until 23:59, so that the late one may be given until 19:59.
    evening = ("08:00", "18:00", "22:00")
    assert day("19:59", evening, ("18:00", "missed"), **CHILD) == (
        [("18:00", "19:59"), ("22:00", "23:59")],
        [("18:00", TAKE, Reason.FITS, "19:59", "19:59"), ("22:00", DELAY, Reason.WAITS, "23:59", None)],
    )
    assert day("20:00", evening, ("18:00", "missed"), **CHILD)[1] == [("18:00", SKIP, Reason.NEXT_NEAR, None, None)]


def test_a_childs_doses_two_and_a_half_hours_apart_let_one_be_given_within_the_hour(day):
    # Clock 12:00, 14:30, 17:00: nothing fits a wait; within an hour and with two to the next it may be given.
    close = ("12:00", "14:30", "17:00")
    assert day("12:30", close, ("12:00", "missed"), **CHILD) == (
        [("12:00", "12:30"), ("14:30", "14:30"), ("17:00", "17:00")],
        [("12:00", TAKE, Reason.FITS, "12:30", "12:30")],
    )
    assert day("12:31", close, ("12:00", "missed"), **CHILD)[1] == [("12:00", SKIP, Reason.NEXT_NEAR, None, None)]


def test_a_dose_a_little_late_is_on_time(day):
    assert day("12:15", FOUR, ("12:00", "missed"), **CHILD) == (
        [("12:00", "12:15"), ("17:00", "17:00"), ("22:00", "22:00")],
        [("12:00", TAKE, Reason.FITS, "12:15", "14:00")],
    )


def test_a_late_dose_waits_until_it_is_far_enough_from_the_one_taken_late_before_it(day):
    # 08:00 was taken at 11:00; the one of 12:00, missed, may be taken two hours later.
    records = ("08:00", "given", "11:00"), ("12:00", "missed")
    assert day("12:30", FOUR, *records) == (
        [("12:00", "13:00"), ("17:00", "17:00"), ("22:00", "22:00")],
        [("12:00", TAKE, Reason.FITS, "13:00", "15:00")],
    )
    # Taken at 12:45 it would be 14:45; and at 13:30 too late, for the next is near then.
    assert day("13:31", FOUR, ("08:00", "given", "13:30"), ("12:00", "missed"))[1] == [
        ("12:00", SKIP, Reason.TOO_SOON, None, None)
    ]


def test_the_dose_after_one_taken_late_waits_for_it_without_anything_missed(day):
    assert day("16:00", FOUR, ("12:00", "given", "15:30")) == (
        [("17:00", "17:30"), ("22:00", "22:00")],
        [("17:00", DELAY, Reason.WAITS, "17:30", None)],
    )


def test_after_an_extra_dose_the_day_holds_no_more_than_usual(day):
    # 10 mg besides at 10:00: the day up to 13:00 is full with 17, 22, 8 and 10 o'clock, and until 15:00 none falls out.
    assert day("13:00", FOUR, ("12:00", "missed"), loose=(("10:00", 10.0),)) == (
        [("17:00", "17:00"), ("22:00", "22:00")],
        [("12:00", SKIP, Reason.TOO_MUCH, None, None)],
    )
    # Nothing missed, 10 mg besides at 12:30: the day up to 17:00 is full, the one up to 22:00 has lost a dose by then.
    assert day("13:00", FOUR, loose=(("12:30", 10.0),)) == (
        [("22:00", "22:00")],
        [("17:00", SKIP, Reason.TOO_MUCH, None, None)],
    )
    # Half as much besides is half a dose too much all the same; and one taken a day before counts no more.
    assert day("13:00", FOUR, loose=(("12:30", 5.0),))[0] == [("22:00", "22:00")]
    assert day("17:30", FOUR, ("17:00", "missed"), loose=(("23 17:30", 10.0),))[0][0] == ("17:00", "17:30")


def test_a_late_dose_waits_until_an_extra_one_has_left_the_day(day):
    # Twice a day: 20:00 missed, 10 mg besides at 21:00 the evening before; from 21:00 on that is a day ago.
    assert day("20:30", TWO, ("20:00", "missed"), loose=(("23 21:00", 10.0),)) == (
        [("20:00", "21:00")],
        [("20:00", TAKE, Reason.FITS, "21:00", "25 06:00")],
    )


def test_a_childs_dose_that_cannot_wait_long_enough_is_left_out(day):
    # 12:00 was given at 13:00: the next could be given at 15:30, but may not wait at all, for 17:00 is too near.
    assert day("13:10", ("12:00", "14:30", "17:00"), ("12:00", "given", "13:00"), **CHILD) == (
        [("17:00", "17:00")],
        [("14:30", SKIP, Reason.TOO_SOON, None, None)],
    )


def test_a_dose_of_another_regimen_is_not_made_up_for(day, build):
    before = replace(build.regimen(("08:00", 5.0)), until=at("10:00"))
    after = replace(build.regimen(("14:00", 10.0)), since=at("10:00"))
    assert day("11:00", (), ("08:00", "missed"), regimens=(before, after)) == (
        [("14:00", "14:00")],
        [("08:00", SKIP, Reason.OTHER_REGIMEN, None, None)],
    )


def test_the_end_of_a_day_is_that_of_its_own_clock(make):
    summer = make(now=datetime(2026, 7, 1, 23, 30, tzinfo=UTC), zone=LONDON)
    assert next_midnight(summer) == datetime(2026, 7, 2, 23, tzinfo=UTC)
    assert next_midnight(make(now=at("09:00"), zone=LONDON)) == at("25 00:00")
