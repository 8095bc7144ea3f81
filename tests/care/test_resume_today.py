"""Where a late dose and the doses after it fall, by hand: UTC is the local clock here but where a test says so."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care.late_rule import late_rule
from baclo.care.resume.slots import Fate, Intake, Slot, Told, told
from baclo.care.resume.today import Answer, Reason, next_midnight, today
from baclo.case.timeline import ClockDose, DoseStatus, Regimen
from baclo.knowledge.facts import Region

LONDON = ZoneInfo("Europe/London")
THREE, FOUR, CLOSE = (
    ("08:00", "14:00", "22:00"),
    ("08:00", "12:00", "17:00", "22:00"),
    ("08:00", "12:00", "16:00", "20:00"),
)
CHILD = {"age_y": 6.0, "weight_kg": 20.0, "height_cm": 114.0}
EU = {"region": Region.EU}
FAR = "30 00:00"


def at(words):
    return datetime.fromisoformat(f"2026-11-{words}").replace(tzinfo=UTC)


def shown(moment):
    return None if moment is None else f"{moment:%d %H:%M}"


@pytest.fixture
def found(knowledge, make, build):
    """The doses to take as (when, due), and the answers as (due, answer, why, when, until)."""

    def regimen(clocks, ends):
        doses = tuple(ClockDose(clock=time.fromisoformat(clock), amount_ug=10_000.0) for clock in clocks)
        since, until = datetime(2026, 1, 1, tzinfo=UTC), None if ends is None else at(ends)
        return Regimen(product=None, modified_release=None, since=since, until=until, doses=doses)

    def record(due, status, taken=None, mg=10.0, vomited=None):
        scheduled = None if due is None else at(due)
        made = build.dose(mg, at=at(taken or due), status="given", scheduled=scheduled)
        sick = None if vomited is None else at(vomited)
        return replace(made, status=DoseStatus(status), vomited_at=sick)

    def of(now, clocks, *records, ends=None, lapses=FAR, later=(), **who):
        case = make(
            **{
                "now": at(now),
                "zone": LONDON,
                "region": Region.UK,
                "regimens": (regimen(clocks, ends), *later),
                "doses": tuple(record(*row) for row in records),
                **who,
            }
        )
        rule = late_rule(knowledge, case)
        made = today(case, rule, told(knowledge, case, rule), at(lapses))
        assert all(one.amount_ug == 10_000 for one in made.placed)
        return (
            [(shown(one.at), shown(one.due)) for one in made.placed],
            [(shown(one.slot.due), one.answer, one.reason, shown(one.at), shown(one.until)) for one in made.verdicts],
        )

    return of


def missed(*dues):
    return tuple((due, "missed") for due in dues)


def take(due, when, until):
    return (due, Answer.TAKE, Reason.FITS, when, until)


def skip(due, reason):
    return (due, Answer.SKIP, reason, None, None)


def wait(due, when):
    return (due, Answer.DELAY, Reason.WAITS, when, None)


NIGHT = ("24 22:00", "24 22:00")


def test_without_a_missed_dose_the_rest_of_the_day_is_at_its_times(found):
    assert found("24 09:00", THREE) == ([("24 14:00", "24 14:00"), NIGHT], [])
    assert found("24 22:01", THREE) == ([], [])


@pytest.mark.parametrize(
    ("now", "lapses", "when", "until"),
    [
        ("24 14:05", FAR, "24 14:05", "24 20:00"),
        ("24 16:10", FAR, "24 16:10", "24 20:00"),
        ("24 20:00", FAR, "24 20:00", "24 20:00"),
        ("24 16:10", "24 18:00", "24 16:10", "24 18:00"),
        ("24 16:10", "24 16:10", "24 16:10", "24 16:10"),
    ],
)
def test_a_late_dose_is_taken_now_until_the_next_is_two_hours_off_or_the_gap_too_long(found, now, lapses, when, until):
    expected = ([(when, "24 14:00"), NIGHT], [take("24 14:00", when, until)])
    assert found(now, THREE, *missed("24 14:00"), lapses=lapses) == expected


@pytest.mark.parametrize(("now", "lapses"), [("24 20:01", FAR), ("24 16:10", "24 16:09")])
def test_after_that_it_is_left_out(found, now, lapses):
    left_out = skip("24 14:00", Reason.NEXT_NEAR)
    assert found(now, THREE, *missed("24 14:00"), lapses=lapses) == ([NIGHT], [left_out])


@pytest.mark.parametrize(("now", "taken"), [("24 11:00", True), ("24 11:01", False)])
def test_how_near_the_next_is_goes_by_the_time_between_the_two(found, now, taken):
    # From 8 to 14 o'clock are six hours, of which half are to be left.
    answer = take("24 08:00", now, "24 11:00") if taken else skip("24 08:00", Reason.NEXT_NEAR)
    assert found(now, THREE, *missed("24 08:00"), **EU)[1] == [answer]


def test_a_dose_at_midnight_is_one_of_tomorrow(found):
    assert found("24 11:00", ("00:00", "12:00"))[0] == [("24 12:00", "24 12:00")]


def test_of_several_missed_only_the_newest_is_taken(found):
    placed, answers = found("24 16:00", THREE, *missed("23 22:00", "24 08:00", "24 14:00"))
    assert placed == [("24 16:00", "24 14:00"), NIGHT]
    assert answers == [
        skip("23 22:00", Reason.NEXT_CAME),
        skip("24 08:00", Reason.NEXT_CAME),
        take("24 14:00", "24 16:00", "24 20:00"),
    ]


def test_a_dose_that_was_perhaps_taken_is_asked_about_and_keeps_an_older_one_from_being_taken(found):
    unsure = ("24 14:00", Answer.ASK, Reason.UNSURE, None, None)
    placed, answers = found("24 16:00", THREE, *missed("24 08:00"), ("24 14:00", "unknown"))
    assert (placed, answers) == ([NIGHT], [skip("24 08:00", Reason.NEXT_CAME), unsure])
    sick = ("24 14:00", "vomited", None, 10.0, "24 14:10")
    assert found("24 16:00", THREE, sick) == ([NIGHT], [("24 14:00", Answer.ASK, Reason.VOMITED, None, None)])


def test_a_dose_that_a_child_vomited_at_once_is_given_again_and_one_vomited_later_is_not(found):
    def sick(vomited):
        return ("24 12:00", "vomited", None, 10.0, vomited)

    placed, answers = found("24 12:40", FOUR, sick("24 12:29"), **CHILD)
    assert placed == [("24 12:40", "24 12:00"), ("24 17:00", "24 17:00"), NIGHT]
    assert answers == [("24 12:00", Answer.AGAIN, Reason.AGAIN, "24 12:40", "24 14:00")]
    not_again = ("24 12:00", Answer.NOT_AGAIN, Reason.NOT_AGAIN, None, None)
    assert found("24 12:40", FOUR, sick("24 12:30"), **CHILD)[1] == [not_again]
    # Once another dose has been taken there is nothing to say of it.
    assert found("24 17:40", FOUR, sick("24 12:30"), **CHILD)[1] == []


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (
            "24 08:15",
            ([("24 08:15", "24 08:00"), ("24 09:00", "24 09:00")], [take("24 08:00", "24 08:15", "24 08:15")]),
        ),
        ("24 08:16", ([("24 09:00", "24 09:00")], [skip("24 08:00", Reason.NEXT_NEAR)])),
    ],
)
def test_within_a_quarter_of_an_hour_a_dose_is_on_time_however_near_the_next_is(found, now, expected):
    assert found(now, ("08:00", "09:00"), *missed("24 08:00")) == expected


def test_where_none_follows_a_late_dose_may_be_taken_for_a_day(found):
    expected = ([("24 23:00", "24 22:00")], [take("24 22:00", "24 23:00", "25 22:00")])
    assert found("24 23:00", THREE, *missed("24 22:00"), ends="25 00:00") == expected


@pytest.mark.parametrize(
    ("clocks", "due", "now", "until", "rest"),
    [
        # The next waits four hours, and leaves four to the one after it: 22 - 4 - 4 = 14 o'clock at the latest.
        (FOUR, "24 12:00", "24 13:00", "24 14:00", [("24 17:00", "24 17:00"), NIGHT]),
        (FOUR, "24 12:00", "24 13:30", "24 14:00", [("24 17:30", "24 17:00"), NIGHT]),
        (FOUR, "24 12:00", "24 14:00", "24 14:00", [("24 18:00", "24 17:00"), NIGHT]),
        # Not past midnight: 23:59 - 4 = 19:59.
        (FOUR, "24 17:00", "24 19:59", "24 19:59", [("24 23:59", "24 22:00")]),
    ],
)
def test_a_childs_next_dose_waits_for_a_late_one(found, clocks, due, now, until, rest):
    placed, answers = found(now, clocks, *missed(due), **CHILD)
    assert placed == [(now, due), *rest]
    delayed = [wait(after, when) for when, after in rest if when != after]
    assert answers == [take(due, now, until), *delayed]


@pytest.mark.parametrize(("due", "now"), [("24 12:00", "24 14:01"), ("24 17:00", "24 20:00")])
def test_a_childs_dose_is_left_out_where_the_next_would_wait_too_long(found, due, now):
    placed, answers = found(now, FOUR, *missed(due), **CHILD)
    assert answers == [skip(due, Reason.NEXT_NEAR)]
    assert all(when == after for when, after in placed)


def test_the_last_two_doses_of_all_are_as_far_apart_as_any(found):
    # 17 and 22 are the last: 17 waits until 18 at the latest, so that 12 is taken until 14.
    assert found("24 15:00", FOUR, *missed("24 12:00"), ends="24 23:00", **CHILD)[1] == [
        skip("24 12:00", Reason.NEXT_NEAR)
    ]
    # 17 is the last: it waits until 23:59, so that 12 is taken until 19:59, were 17 not due before.
    placed, answers = found("24 16:00", FOUR, *missed("24 12:00"), ends="24 18:00", **CHILD)
    assert placed == [("24 16:00", "24 12:00"), ("24 20:00", "24 17:00")]
    assert answers == [take("24 12:00", "24 16:00", "24 19:59"), wait("24 17:00", "24 20:00")]


@pytest.mark.parametrize(
    ("clocks", "due", "now", "until"),
    [
        (CLOSE, "24 12:00", "24 12:30", "24 13:00"),
        (CLOSE, "24 12:00", "24 13:00", "24 13:00"),
        (("08:00", "10:30", "13:00"), "24 08:00", "24 08:30", "24 08:30"),
    ],
)
def test_where_a_childs_doses_are_too_close_a_late_one_is_given_within_the_hour_and_the_rest_at_their_times(
    found, clocks, due, now, until
):
    placed, answers = found(now, clocks, *missed(due), **CHILD)
    assert answers == [take(due, now, until)]
    assert placed[0] == (now, due)
    assert [when for when, _ in placed[1:]] == [after for _, after in placed[1:]]
    assert len(placed) == len(clocks) - clocks.index(due[3:])


@pytest.mark.parametrize(
    ("clocks", "due", "now"), [(CLOSE, "24 12:00", "24 13:01"), (("08:00", "10:30", "13:00"), "24 08:00", "24 08:31")]
)
def test_after_that_hour_or_less_than_two_before_the_next_it_is_left_out(found, clocks, due, now):
    assert found(now, clocks, *missed(due), **CHILD)[1] == [skip(due, Reason.NEXT_NEAR)]


@pytest.mark.parametrize(
    ("taken", "who", "rest", "answers"),
    [
        ("24 14:15", EU, [NIGHT], []),
        ("24 20:00", {}, [NIGHT], []),
        ("24 21:00", {}, [("24 23:00", "24 22:00")], [wait("24 22:00", "24 23:00")]),
        ("24 18:00", EU, [NIGHT], []),
        ("24 19:00", EU, [("24 23:00", "24 22:00")], [wait("24 22:00", "24 23:00")]),
        ("24 19:59", EU, [("24 23:59", "24 22:00")], [wait("24 22:00", "24 23:59")]),
        ("24 20:00", EU, [], [skip("24 22:00", Reason.TOO_SOON)]),
    ],
)
def test_the_next_waits_for_one_that_was_taken_late_until_midnight_or_is_left_out(found, taken, who, rest, answers):
    assert found("24 21:05", THREE, ("24 14:00", "given", taken), **who) == (rest, answers)


def test_a_dose_taken_a_quarter_of_an_hour_late_was_on_time(found):
    # Two hours apart: 10:00 would else wait until 10:15.
    clocks = ("08:00", "10:00")
    assert found("24 08:30", clocks, ("24 08:00", "given", "24 08:15"))[0] == [("24 10:00", "24 10:00")]
    # 08:16 asks for 10:16; the next is tomorrow.
    assert found("24 08:30", clocks, ("24 08:00", "given", "24 08:16"))[0] == [("24 10:16", "24 10:00")]


def test_a_next_dose_that_would_come_too_near_the_one_after_it_is_left_out(found):
    # Two hours from 15:30 are 17:30, and 18 - 2 = 16 o'clock is as long as that of 16 may wait.
    placed, answers = found("24 15:31", ("14:00", "16:00", "18:00"), ("24 14:00", "given", "24 15:30"))
    assert placed == [("24 18:00", "24 18:00")]
    assert answers == [skip("24 16:00", Reason.TOO_SOON)]


def test_a_late_dose_waits_until_it_is_far_enough_from_the_one_before(found):
    # 08:00 was taken at 13:30: two hours after it, 15:30; then 22 is far.
    late = ("24 08:00", "given", "24 13:30")
    placed, answers = found("24 14:30", THREE, late, *missed("24 14:00"))
    assert placed == [("24 15:30", "24 14:00"), NIGHT]
    assert answers == [take("24 14:00", "24 15:30", "24 20:00")]
    # Half of six hours: 16:30.
    assert found("24 14:30", THREE, late, *missed("24 14:00"), **EU)[0][0] == ("24 16:30", "24 14:00")


def test_one_that_becomes_free_only_after_the_latest_moment_comes_too_soon(found):
    late = ("24 08:00", "given", "24 13:30")
    assert found("24 14:30", THREE, late, *missed("24 14:00"), lapses="24 15:29") == (
        [NIGHT],
        [skip("24 14:00", Reason.TOO_SOON)],
    )
    assert found("24 14:30", THREE, late, *missed("24 14:00"), lapses="24 15:30")[0][0] == ("24 15:30", "24 14:00")


def extra(taken, mg=10.0):
    return (None, "given", taken, mg)


def test_a_late_dose_waits_until_the_day_up_to_it_holds_no_more_than_the_usual_day(found):
    # Up to 16:10: 17:00 and 22:00 of yesterday, 08:00; a fourth is one too many until 17:00 has passed.
    placed, answers = found("24 16:10", THREE, extra("23 17:00"), *missed("24 14:00"))
    assert placed == [("24 17:00", "24 14:00"), NIGHT]
    assert answers == [take("24 14:00", "24 17:00", "24 20:00")]


def test_where_that_is_too_late_it_is_too_much(found):
    placed, answers = found("24 16:10", THREE, extra("23 20:01"), *missed("24 14:00"))
    assert placed == [NIGHT]
    assert answers == [skip("24 14:00", Reason.TOO_MUCH)]


def test_after_an_extra_dose_the_next_is_left_out_where_the_day_would_hold_too_much(found):
    # Up to 22:00: 08:00, 14:00 and the extra one.
    assert found("24 20:00", THREE, extra("24 11:00")) == ([], [skip("24 22:00", Reason.TOO_MUCH)])
    # At 14:00 the dose of yesterday's 14:00 has passed; the extra one has not.
    assert found("24 12:30", THREE, extra("23 14:00"))[0] == [("24 14:00", "24 14:00"), NIGHT]
    assert found("24 12:30", THREE, extra("23 14:01"))[0] == [NIGHT]


def test_a_dose_left_out_as_too_much_does_not_keep_the_next_from_being_taken(found):
    # The extra one of yesterday 16:30 counts at 16:00 and no more at 20:00.
    placed, answers = found("24 15:00", CLOSE, extra("23 16:30"))
    assert placed == [("24 20:00", "24 20:00")]
    assert answers == [skip("24 16:00", Reason.TOO_MUCH)]


def test_after_a_dose_that_stands_for_none_the_next_keeps_a_whole_days_distance(found):
    # For a whole day four hours: 13 + 4 = 17 o'clock; it may wait until 22 - 4 = 18 o'clock.
    placed, answers = found("24 13:30", THREE, extra("24 13:00", mg=0.0), **EU)
    assert placed == [("24 17:00", "24 14:00"), NIGHT]
    assert answers == [wait("24 14:00", "24 17:00")]


def test_a_dose_on_time_counts_what_was_late_yesterday_when_it_was_due(found):
    # Yesterday's 14:00 was taken at 14:20: today's 14:00 is on time until 14:15.
    late = ("23 14:00", "given", "23 14:20")
    assert found("24 14:15", THREE, late, *missed("24 14:00"))[0][0] == ("24 14:15", "24 14:00")
    assert found("24 14:16", THREE, late, *missed("24 14:00"))[0][0] == ("24 14:20", "24 14:00")
    # The same for a dose still to come, and for one that was taken early: that counts when it was taken.
    assert found("24 13:00", THREE, late)[0] == [("24 14:00", "24 14:00"), NIGHT]
    early = ("23 15:00", "given", "23 13:50")
    assert found("24 13:00", ("14:00", "15:00"), early, extra("23 20:00"))[0] == [("24 14:00", "24 14:00")]


def test_an_extra_dose_within_the_day_is_too_much_for_one_on_time_too(found):
    assert found("24 14:05", THREE, extra("23 16:00"), *missed("24 14:00"))[0][0] == ("24 16:00", "24 14:00")


def test_one_taken_at_this_very_minute_is_part_of_the_day(found):
    # That of 14:10 was taken at 14:00; with yesterday's 14:10 the day up to 14:00 holds both its doses.
    early = ("24 14:10", "given", "24 14:00")
    assert found("24 14:00", ("14:00", "14:10"), early) == ([], [skip("24 14:00", Reason.TOO_MUCH)])


def test_a_dose_of_a_regimen_that_has_ended_is_not_made_up_for(found, build):
    later = (build.regimen(("20:00", 10.0), since=at("24 15:00")),)
    placed, answers = found("24 16:00", THREE, *missed("24 14:00"), ends="24 15:00", later=later)
    assert placed == [("24 20:00", "24 20:00")]
    assert answers == [skip("24 14:00", Reason.OTHER_REGIMEN)]


def test_the_first_dose_of_all_has_none_before_it(found, make, knowledge, build):
    begun = build.regimen(*((clock, 10.0) for clock in THREE), since=at("24 07:00"))
    case = make(
        now=at("24 09:00"),
        zone=LONDON,
        region=Region.UK,
        regimens=(begun,),
        doses=(build.dose(10.0, at=at("24 08:00"), status="missed", scheduled=at("24 08:00")),),
    )
    rule = late_rule(knowledge, case)
    made = today(case, rule, told(knowledge, case, rule), at(FAR))
    assert [shown(one.at) for one in made.placed] == ["24 09:00", "24 14:00", "24 22:00"]


def test_without_a_usual_day_or_any_dose_nothing_is_taken(knowledge, make):
    case = make(now=at("24 09:00"), zone=LONDON)
    rule = late_rule(knowledge, case)
    none = Told(usual=None, slots=(), intakes=(), gap_h=None)
    assert today(case, rule, none, at(FAR)).placed == ()
    missing = slot("24 08:00", Fate.MISSED)
    (answer,) = today(case, rule, replace(none, slots=(missing,)), at(FAR)).verdicts
    assert (answer.slot, answer.answer, answer.reason) == (missing, Answer.SKIP, Reason.OTHER_REGIMEN)


def slot(due, fate, regimen=None):
    moment = at(due)
    return Slot(due=moment, at=moment, amount_ug=10_000.0, taken_ug=0.0, regimen=regimen, fate=fate, vomited=False)


def test_what_was_taken_for_the_same_dose_keeps_a_whole_days_distance(knowledge, make, build):
    # Taken for 14:00 at 14:30, and 14:00 still said to be missing: four hours for a whole day.
    usual = build.regimen(("14:00", 10.0), ("22:00", 10.0))
    case = make(now=at("24 15:00"), zone=LONDON, region=Region.EU)
    slots = tuple(
        slot(due, fate, usual)
        for due, fate in (("23 22:00", Fate.TAKEN), ("24 14:00", Fate.MISSED), ("25 14:00", Fate.AHEAD))
    )
    intake = Intake(at=at("24 14:30"), amount_ug=0.0, due=at("24 14:00"), sure=False)
    known = Told(usual=usual, slots=slots, intakes=(intake,), gap_h=17.0)
    (late,) = today(case, late_rule(knowledge, case), known, at(FAR)).placed
    assert shown(late.at) == "24 18:30"


def test_a_dose_in_the_last_minute_of_the_day_is_at_its_time(found):
    assert found("24 23:00", ("12:00", "23:59:30"))[0] == [("24 23:59", "24 23:59")]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ((11, 24, 23, 59), (11, 25, 0)),
        ((11, 25, 0, 0), (11, 26, 0)),
        ((10, 24, 22, 59), (10, 24, 23)),
        ((10, 24, 23, 0), (10, 26, 0)),
        ((3, 29, 0, 30), (3, 29, 23)),
    ],
)
def test_the_day_ends_at_the_local_midnight(make, now, expected):
    # Summer time, an hour ahead of UTC, from 29 March to 25 October.
    case = make(now=datetime(2026, *now, tzinfo=UTC), zone=LONDON)
    assert next_midnight(case) == datetime(2026, *expected, tzinfo=UTC)
    assert next_midnight(case).tzinfo is UTC


@pytest.mark.parametrize(
    ("missed_at", "now"),
    [
        # A day of 23 h: what was taken at 08:30 (08:30 UTC) yesterday has passed at 08:30 (07:30 UTC) today.
        ("2026-03-29T07:00+00:00", "2026-03-29T07:30+00:00"),
        # A day of 25 h: yesterday at 07:30 UTC, today at 08:30 UTC.
        ("2026-10-25T08:00+00:00", "2026-10-25T08:30+00:00"),
    ],
)
def test_a_day_back_is_the_same_wall_time_when_the_clocks_change(knowledge, make, build, missed_at, now):
    due, moment = datetime.fromisoformat(missed_at), datetime.fromisoformat(now)
    same_wall = (moment.astimezone(LONDON) - timedelta(days=1)).astimezone(UTC)
    usual = build.regimen(("08:00", 10.0), ("20:00", 10.0))
    records = [build.dose(10.0, at=due, status="missed", scheduled=due)]
    for off, expected in ((0, "08:30"), (1, "08:31")):
        loose = build.dose(10.0, at=same_wall + timedelta(minutes=off))
        case = make(now=moment, zone=LONDON, region=Region.UK, regimens=(usual,), doses=(loose, *records))
        rule = late_rule(knowledge, case)
        made = today(case, rule, told(knowledge, case, rule), moment + timedelta(days=9))
        late = made.placed[0].at
        assert f"{late.astimezone(LONDON):%H:%M}" == expected
        assert late.tzinfo is UTC
