"""What became of each dose by the clock, what was taken, to which day one goes back, and how long it has been."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care.late_rule import late_rule
from baclo.care.resume.slots import Fate, told

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CHILD = {"age_y": 6.0, "weight_kg": 20.0, "height_cm": 114.0}
TAKEN, MISSED, LOST, UNSURE, AHEAD = Fate.TAKEN, Fate.MISSED, Fate.LOST, Fate.UNSURE, Fate.AHEAD


def at(text):
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=UTC)


@pytest.fixture
def tell(knowledge, make):
    def of(**changes):
        case = make(**{"now": NOW, "zone": LONDON, **changes})
        return told(knowledge, case, late_rule(knowledge, case))

    return of


@pytest.fixture
def usual(build):
    """8 and 20 o'clock, 10 mg each, since the beginning of the year."""
    return build.regimen(("08:00", 10.0), ("20:00", 10.0))


@pytest.fixture
def record(build):
    def of(due, status, taken=None, vomited=None, mg=10.0):
        made = build.dose(mg, at=at(taken or due), status=status, scheduled=at(due))
        return replace(made, vomited_at=None if vomited is None else at(vomited))

    return of


def fates(found, *dues):
    by_due = {slot.due: slot for slot in found.slots}
    return [by_due[at(due)].fate for due in dues]


def test_what_nobody_speaks_of_was_taken_and_what_is_due_from_now_on_is_ahead_for_two_days(tell, usual):
    found = tell(regimens=(usual,))
    assert fates(found, "23 20:00", "24 08:00", "24 20:00", "26 08:00") == [TAKEN, TAKEN, AHEAD, AHEAD]
    assert found.slots[-1].due == at("26 08:00")
    assert [slot.due for slot in found.ahead] == [at("24 20:00"), at("25 08:00"), at("25 20:00"), at("26 08:00")]
    assert found.missing == ()
    assert found.gap_h == 4.0
    assert [(intake.at, intake.sure) for intake in found.intakes][-1] == (at("24 08:00"), True)


def test_a_dose_due_at_this_minute_is_still_ahead(tell, usual):
    assert fates(tell(regimens=(usual,), now=at("24 08:00")), "24 08:00") == [AHEAD]


@pytest.mark.parametrize(
    ("who", "status", "vomited", "fate"),
    [
        ({}, "given", None, TAKEN),
        ({}, "missed", None, MISSED),
        ({}, "unknown", None, UNSURE),
        ({}, "vomited", "24 08:10", UNSURE),
        ({}, "vomited", None, UNSURE),
        (CHILD, "vomited", "24 08:29", LOST),
        (CHILD, "vomited", "24 08:30", TAKEN),
        (CHILD, "vomited", None, UNSURE),
        (CHILD, "given", "24 08:10", TAKEN),
        (CHILD, "unknown", "24 08:10", UNSURE),
    ],
)
def test_what_became_of_a_dose_with_a_record(tell, usual, record, who, status, vomited, fate):
    found = tell(regimens=(usual,), doses=(record("24 08:00", status, vomited=vomited),), **who)
    assert fates(found, "24 08:00") == [fate]
    (slot,) = (slot for slot in found.slots if slot.due == at("24 08:00"))
    assert slot.vomited is (status == "vomited")
    taken = [intake for intake in found.intakes if intake.due == at("24 08:00")]
    assert [intake.sure for intake in taken] == {TAKEN: [True], UNSURE: [False]}.get(fate, [])


def test_a_late_or_smaller_dose_counts_when_and_as_much_as_it_was_taken(tell, usual, record):
    found = tell(regimens=(usual,), doses=(record("24 08:00", "given", "24 09:30", mg=5.0),))
    (slot,) = (slot for slot in found.slots if slot.due == at("24 08:00"))
    assert (slot.at, slot.amount_ug, slot.taken_ug) == (at("24 09:30"), 10_000, 5_000)
    assert (found.intakes[-1].at, found.intakes[-1].amount_ug) == (at("24 09:30"), 5_000)
    assert found.gap_h == 2.5
    assert [intake.due for intake in found.intakes if intake.at > at("24 08:00")] == [at("24 08:00")]


def test_everything_since_the_last_certain_dose_is_missing_and_all_where_there_is_none(tell, usual, record):
    missed = (record("23 20:00", "missed"), record("24 08:00", "unknown"))
    assert [slot.due for slot in tell(regimens=(usual,), doses=missed).missing] == [at("23 20:00"), at("24 08:00")]
    new = replace(usual, since=at("23 12:00"))
    found = tell(regimens=(new,), doses=missed)
    assert [slot.due for slot in found.missing] == [at("23 20:00"), at("24 08:00")]
    assert found.gap_h == 16.0  # none was certainly taken: since the first was due


def test_doses_that_stand_for_none_were_taken_for_certain_only_where_they_were_given(tell, usual, build):
    loose = tuple(
        build.dose(5.0, at=at(when), status=status) for when, status in (("24 09:00", "given"), ("24 11:00", "unknown"))
    )
    found = tell(regimens=(usual,), doses=loose)
    assert [(intake.at, intake.due, intake.sure) for intake in found.intakes][-2:] == [
        (at("24 09:00"), None, True),
        (at("24 11:00"), None, False),
    ]
    assert found.gap_h == 3.0


def test_a_record_after_now_is_no_certain_dose_yet(tell, usual, build):
    assert tell(regimens=(usual,), doses=(build.dose(5.0, at=at("24 13:00")),)).gap_h == 4.0
    assert tell(regimens=(usual,), doses=(build.dose(5.0, at=NOW),)).gap_h == 0.0


def test_the_last_dose_taken_that_was_told_counts(tell, usual):
    assert tell(regimens=(usual,), last_taken=at("24 10:00")).gap_h == 2.0


def test_doses_older_than_the_look_back_are_not_looked_at(tell, usual, build, knowledge):
    back_h = knowledge.number("stopping.look_back", "h")
    edge, older = (build.dose(5.0, at=NOW - back_h * HOUR - before * HOUR) for before in (0, 1))
    found = tell(regimens=(usual,), doses=(older, edge))
    loose = [intake.at for intake in found.intakes if intake.due is None]
    assert loose == [edge.at]
    assert found.slots[0].due >= NOW - back_h * HOUR


def test_what_ran_out_goes_on_from_the_regimen_that_ended_last_to_the_one_that_begins_first(tell, build):
    older = replace(build.regimen(("09:00", 5.0)), until=at("01 00:00"))
    ended = replace(build.regimen(("08:00", 10.0), since=at("01 00:00")), until=at("22 08:00"))
    first = replace(build.regimen(("07:00", 10.0), since=at("27 00:00")), until=at("29 00:00"))
    second = replace(first, since=at("29 00:00"), until=None)
    found = tell(regimens=(older, ended, first, second))
    assert found.usual == replace(ended, until=at("27 00:00"))
    # The dose of the minute at which it ended was no longer one of it, and nobody is presumed to have taken it.
    assert fates(found, "21 08:00", "22 08:00", "23 08:00", "24 08:00") == [TAKEN, MISSED, MISSED, MISSED]
    assert {slot.regimen for slot in found.slots if slot.due > at("20 00:00")} == {found.usual}
    alone = tell(regimens=(older, ended))
    assert alone.usual == replace(ended, until=None)


def test_where_one_runs_it_is_the_usual_one_and_where_none_has_begun_there_is_none(tell, usual, build):
    ended = replace(build.regimen(("09:00", 5.0)), until=usual.since + DAY)
    running = replace(usual, since=usual.since + DAY)
    assert tell(regimens=(ended, running)).usual == running
    ending = replace(running, until=at("26 00:00"))
    assert tell(regimens=(ended, ending)).usual == ending
    coming = replace(usual, since=at("25 00:00"))
    found = tell(regimens=(coming,))
    assert (found.usual, found.gap_h, found.missing) == (None, None, ())
    assert [slot.due for slot in found.ahead] == [at("25 08:00"), at("25 20:00"), at("26 08:00")]


def test_where_the_first_dose_of_all_is_due_at_this_minute_no_time_has_passed(tell, usual):
    assert tell(regimens=(replace(usual, since=at("24 07:00")),), now=at("24 08:00")).gap_h == 0.0
    assert tell(regimens=(replace(usual, since=at("24 07:00")),), now=at("24 07:59")).gap_h is None


def test_without_any_regimen_nothing_was_due(tell):
    found = tell(regimens=())
    assert (found.usual, found.slots, found.intakes, found.gap_h) == (None, (), (), None)


def test_a_regimen_that_runs_keeps_its_own_end_and_one_that_ends_at_this_minute_has_ended(tell, usual):
    running = replace(usual, until=at("25 00:00"))
    found = tell(regimens=(running,))
    assert found.usual == running
    assert [slot.due for slot in found.ahead] == [at("24 20:00")]
    ended = replace(usual, until=NOW)
    assert tell(regimens=(ended,)).usual == replace(ended, until=None)


def test_a_dose_with_its_place_on_the_clock_is_taken_once(tell, usual, record):
    found = tell(regimens=(usual,), doses=(record("24 08:00", "given", "24 08:10"),))
    assert [intake.due for intake in found.intakes if intake.at > at("23 20:00")] == [at("24 08:00")]


def test_a_first_dose_due_at_this_minute_is_a_gap_of_no_length(tell, build):
    found = tell(regimens=(build.regimen(("12:00", 10.0), since=at("24 00:00")),))
    assert (found.gap_h, found.missing) == (0.0, ())


def test_the_time_is_told_from_the_first_dose_due_only_where_none_was_certainly_taken(tell, usual, build, record):
    begun = build.regimen(("08:00", 10.0), ("20:00", 10.0), since=at("24 00:00"))
    missed = tell(regimens=(begun,), doses=(record("24 08:00", "missed"),))
    assert (missed.gap_h, missed.from_first) == (4.0, True)
    taken = tell(regimens=(begun,), doses=(record("24 08:00", "given"),))
    assert (taken.gap_h, taken.from_first) == (4.0, False)
    told_of = tell(regimens=(begun,), doses=(record("24 08:00", "missed"),), last_taken=at("24 06:00"))
    assert (told_of.gap_h, told_of.from_first) == (6.0, False)
    assert not tell(regimens=(usual,)).from_first
    assert not tell(regimens=()).from_first


@pytest.mark.parametrize(
    ("first_mg", "beside", "whole_mg", "stand_for"),
    [
        (5.0, [("08:40", 5.0)], 10.0, ["24 08:00"]),
        (5.0, [("19:59", 5.0)], 10.0, ["24 08:00"]),
        (5.0, [("07:59", 5.0)], 5.0, [None]),  # the one due before it was taken in full
        (5.0, [("08:40", 5.1)], 5.0, [None]),
        (5.0, [("08:40", 2.0), ("08:50", 3.0), ("09:00", 1.0)], 10.0, ["24 08:00", "24 08:00", None]),
        (10.0, [("08:40", 5.0)], 10.0, [None]),
        (10.0, [("08:40", 0.0)], 10.0, [None]),
        (0.7, [("08:40", 9.3)], 10.0, ["24 08:00"]),
        (3.0, [(f"09:0{minute}", 1.0) for minute in range(7)], 10.0, ["24 08:00"] * 7),
        (0.0, [(f"09:0{minute}", 10 / 7) for minute in range(7)], 10.0, ["24 08:00"] * 7),
    ],
)
def test_the_rest_of_a_smaller_dose_taken_beside_the_clock_belongs_to_it(
    tell, usual, build, record, first_mg, beside, whole_mg, stand_for
):
    """The dose of 08:00 was smaller than due, and more was taken without saying for which."""
    first = record("24 08:00", "given", mg=first_mg)
    loose = [build.dose(mg, at=at(f"24 {clock}")) for clock, mg in beside]
    doses = tuple(sorted([first, *loose], key=lambda one: one.at))
    found = tell(now=at("24 21:00"), regimens=(usual,), doses=doses)
    (slot,) = [one for one in found.slots if one.due == at("24 08:00")]
    assert slot.taken_ug / 1000 == pytest.approx(whole_mg)
    moments = {one.at for one in loose}
    stood_for = [one.due for one in found.intakes if one.at in moments]
    assert stood_for == [None if due is None else at(due) for due in stand_for]


def test_to_the_minute_of_its_time_it_belongs_to_it_too(tell, usual, build, record):
    doses = (record("24 08:00", "given", mg=5.0), build.dose(5.0, at=at("24 08:00")))
    found = tell(now=at("24 21:00"), regimens=(usual,), doses=doses)
    assert [one.due for one in found.intakes if one.at == at("24 08:00")] == [at("24 08:00")] * 2


def test_before_the_first_dose_of_all_a_dose_stands_for_none(tell, build):
    begun = build.regimen(("08:00", 10.0), ("20:00", 10.0), since=at("24 07:30"))
    found = tell(regimens=(begun,), doses=(build.dose(5.0, at=at("24 07:40")),))
    assert [one.due for one in found.intakes] == [None, at("24 08:00")]


def test_what_may_not_have_been_taken_is_the_rest_of_nothing_nor_has_a_rest(tell, usual, build, record):
    def due_of_rest(first, rest):
        found = tell(now=at("24 21:00"), regimens=(usual,), doses=(first, rest))
        (due,) = [one.due for one in found.intakes if one.at == rest.at]
        return due

    smaller, unsure = record("24 08:00", "given", mg=5.0), record("24 08:00", "unknown", mg=5.0)
    rest, perhaps = (build.dose(5.0, at=at("24 08:40"), status=status) for status in ("given", "unknown"))
    assert due_of_rest(smaller, rest) == at("24 08:00")
    assert due_of_rest(smaller, perhaps) is None
    assert due_of_rest(unsure, rest) is None
