"""A fasting that has begun: what was recorded counts as recorded, and nothing else as surely taken."""

from datetime import UTC, datetime

import pytest

TODAY = "2026-11-23T16:00+00:00"
FASTING = {"nil_by_mouth": "2026-11-22T12:00+00:00", "by_mouth_again": "2026-11-23T21:00+00:00"}
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def three(build):
    return (build.regimen(("07:00", 20.0), ("14:00", 20.0), ("22:00", 20.0)),)


@pytest.fixture
def record(build):
    def made(day, hour, status):
        at = datetime(2026, 11, day, hour, tzinfo=UTC)
        return build.dose(20.0, status=status, at=at, scheduled=at)

    return made


def dated(told, say, end):
    return [entry.since for entry in told.entries if say(entry.title).endswith(end)]


BEGIN, CALL = "withdrawal has been seen to begin from now on", "call the prescriber now"


def test_an_unrecorded_dose_within_it_is_not_sure_and_a_moment_that_passed_is_dated_now(
    answer, build_ahead, three, say
):
    """Nothing since 20:00 of the 22nd: sure is the 14:00; 18 h after it was 08:00, a day after it is 14:00."""
    thing = build_ahead("operation", "2026-11-23T09:00+00:00", nil_by_mouth="2026-11-22T20:00+00:00", emergency=True)
    told = answer(thing, regimens=three)
    pieces = told.points["fasting.open"].detail.pieces
    assert [piece for piece in pieces if isinstance(piece, datetime)] == [
        datetime(2026, 11, 22, 14, tzinfo=UTC),
        datetime(2026, 11, 23, 8, tzinfo=UTC),
    ]
    assert dated(told, say, BEGIN) == [NOW]
    assert dated(told, say, CALL) == [datetime(2026, 11, 23, 14, tzinfo=UTC)]


def test_from_the_last_sure_dose_to_the_next_are_thirty_nine_hours(answer, build_ahead, three, figures, say):
    """Nothing since noon of the 22nd: from its 07:00 to the 22:00 of the 23rd."""
    told = answer(build_ahead("operation", TODAY, **FASTING), regimens=three)
    assert figures(told.points["fasting.long"].title) == [39.0]
    assert told.advice.critical
    assert dated(told, say, BEGIN) == dated(told, say, CALL) == [NOW]


def test_a_dose_more_than_a_day_after_the_last_sure_one_is_not_told_as_the_usual(answer, build_ahead, three):
    told = answer(build_ahead("operation", TODAY, **FASTING), regimens=three)
    assert ", if it may be swallowed: only if another was taken" in told.at("2026-11-23T14:00+00:00")[0]
    assert ": only if another was taken" in told.at("2026-11-23T22:00+00:00")[0]


def test_after_an_open_fasting_of_more_than_a_day_none_is_told_as_the_usual_either(answer, build_ahead, three):
    """The last sure dose is the 14:00 of the 22nd: the next 14:00 is a day after it, the 22:00 more than one."""
    thing = build_ahead("operation", "2026-11-23T09:00+00:00", nil_by_mouth="2026-11-22T20:00+00:00")
    told = answer(thing, regimens=three)
    assert "as soon as swallowing is allowed" in told.at("2026-11-23T14:00+00:00")[0]
    assert ", if it may be swallowed" in told.at("2026-11-23T22:00+00:00")[0]


def test_where_no_dose_before_is_known_none_within_is_told_as_the_usual(answer, build_ahead, build):
    regimens = (build.regimen(("14:00", 20.0), since=datetime(2026, 11, 23, tzinfo=UTC)),)
    fasting = {"nil_by_mouth": "2026-11-23T12:00+00:00", "by_mouth_again": "2026-11-23T21:00+00:00"}
    told = answer(build_ahead("operation", TODAY, **fasting), regimens=regimens)
    assert "fasting.last_unknown" in told.points
    assert ", if it may be swallowed" in told.at("2026-11-23T14:00+00:00")[0]


def test_a_dose_recorded_as_taken_within_it_counts_from_then(answer, build_ahead, three, record, figures):
    told = answer(build_ahead("operation", TODAY, **FASTING), regimens=three, doses=(record(23, 7, "given"),))
    assert figures(told.points["fasting.short"].title) == [15.0]


@pytest.mark.parametrize("status", ["missed", "vomited", "unknown"])
def test_a_dose_recorded_as_not_surely_taken_falls_out_at_best_too(answer, build_ahead, three, record, figures, status):
    """Nothing since 06:00: the 07:00 missed, the 14:00 with a sip: 16 h at best, 24 h at worst."""
    fasting = {"nil_by_mouth": "2026-11-23T06:00+00:00", "by_mouth_again": "2026-11-23T21:00+00:00"}
    told = answer(build_ahead("operation", TODAY, **fasting), regimens=three, doses=(record(23, 7, status),))
    assert figures(told.points["fasting.long"].title) == [24.0]
    assert figures(told.points["fasting.with_sips"].title) == [16.0]


def test_a_missed_dose_within_it_falls_into_it_even_where_no_other_does(answer, build_ahead, build, record, figures):
    twice = (build.regimen(("07:00", 20.0), ("22:00", 20.0)),)
    fasting = {"nil_by_mouth": "2026-11-23T06:00+00:00", "by_mouth_again": "2026-11-23T21:00+00:00"}
    told = answer(build_ahead("operation", TODAY, **fasting), regimens=twice, doses=(record(23, 7, "missed"),))
    assert "fasting.none" not in told.points
    assert figures(told.points["fasting.long"].title) == [24.0]


def test_a_missed_dose_before_it_is_only_not_the_last(answer, build_ahead, three, record, figures):
    """Missed the 22:00 of the 22nd: from the 14:00 to the 22:00 of the 23rd are 32 h."""
    fasting = {"nil_by_mouth": "2026-11-23T06:00+00:00", "by_mouth_again": "2026-11-23T21:00+00:00"}
    told = answer(build_ahead("operation", TODAY, **fasting), regimens=three, doses=(record(22, 22, "missed"),))
    assert figures(told.points["fasting.long"].title) == [32.0]


def test_a_fasting_whose_doses_are_all_past_is_told_as_past(answer, build_ahead, three, say):
    fasting = {"nil_by_mouth": "2026-11-22T02:00+00:00", "by_mouth_again": "2026-11-22T18:00+00:00"}
    thing = build_ahead("operation", "2026-11-22T08:00+00:00", until="2026-11-25T08:00+00:00", **fasting)
    told = answer(thing, regimens=three)
    assert "fasting.past" in told.points
    assert not {"fasting.none", "fasting.long"} & set(told.points)
    assert dated(told, say, BEGIN) == dated(told, say, CALL) == []


@pytest.mark.parametrize(
    ("told_of", "key", "needs"),
    [
        ({}, "times_unknown", ("ahead[0].nil_by_mouth", "ahead[0].by_mouth_again")),
        ({"nil_by_mouth": "2026-11-23T12:00+00:00"}, "end_unknown", ("ahead[0].by_mouth_again",)),
        ({"by_mouth_again": "2026-11-23T21:00+00:00"}, "start_unknown", ("ahead[0].nil_by_mouth",)),
    ],
)
def test_only_the_end_that_is_not_told_is_asked_for(answer, build_ahead, three, told_of, key, needs):
    told = answer(build_ahead("operation", TODAY, **told_of), regimens=three)
    asked = {point for point in told.points if point.startswith("fasting.") and point.endswith("_unknown")}
    assert asked == {f"fasting.{key}"}
    assert told.points[f"fasting.{key}"].needs == needs
