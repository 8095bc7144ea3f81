"""Scans, births, and an answer where nothing is told."""

from datetime import UTC, datetime

from baclo.care.finding import Severity, Status
from baclo.case.patient import Sex


def test_a_scan_leaves_tablets_alone_and_tells_of_no_pump_that_is_not_there(answer, build_ahead):
    told = answer(build_ahead("scan", "2026-12-01T09:00+00:00"))
    assert set(told.points) == {"scan.tablets"}
    assert [entry.since.day for entry in told.entries] == [1]


def test_a_scan_with_a_pump_tells_what_is_known_of_each_device(answer, build_ahead):
    told = answer(build_ahead("scan", "2026-12-01T09:00+00:00"), has_pump=True)
    assert told.points["scan.pump"].severity is Severity.CRITICAL
    assert {"scan.synchromed_ii", "scan.prometra", "scan.codman", "scan.synchromed_el"} <= set(told.points)
    assert answer(build_ahead("scan", "2026-12-01T09:00+00:00"), has_pump=None).points["scan.pump_unknown"].needs


def test_a_scan_under_sedation_dates_the_doses_like_an_operation(answer, build_ahead, build):
    fasting = {"nil_by_mouth": "2026-12-01T06:00+00:00", "by_mouth_again": "2026-12-01T12:00+00:00"}
    regimens = (build.regimen(("08:00", 10.0), ("20:00", 10.0)),)
    told = answer(build_ahead("scan", "2026-12-01T09:00+00:00", **fasting), regimens=regimens)
    assert told.at("2026-12-01T08:00+00:00")[0].endswith("with a sip of water")


def test_a_birth_is_talked_of_now_and_the_newborn_watched_for_a_week(answer, say):
    told = answer(sex=Sex.FEMALE, pregnant=True, due=datetime(2026, 12, 20, tzinfo=UTC))
    talk, birth = told.entries
    assert talk.since.date().isoformat() == "2026-11-23"
    assert (birth.since.date().isoformat(), birth.until.date().isoformat()) == ("2026-12-20", "2026-12-27")
    assert told.points["delivery.newborn"].severity is Severity.CRITICAL


def test_the_talk_waits_for_the_last_third_which_is_twelve_weeks_before(answer):
    told = answer(sex=Sex.FEMALE, pregnant=True, due=datetime(2027, 6, 1, tzinfo=UTC))
    assert told.entries[0].since.date().isoformat() == "2027-03-09"


def test_a_pregnancy_without_a_day_asks_for_it(answer):
    told = answer(sex=Sex.FEMALE, pregnant=True)
    assert told.points["delivery.due_unknown"].needs == ("patient.due",)
    assert told.entries == ()


def test_nothing_told_asks_what_lies_ahead(answer):
    told = answer(sex=Sex.FEMALE)
    assert told.points["answer.nothing"].needs == ("ahead", "patient.pregnant")
    assert answer(sex=Sex.MALE).points["answer.nothing"].needs == ("ahead",)
    assert told.points["answer.nothing"].status is Status.UNKNOWN
    assert answer(surgery_planned=None, pregnant=False).points["answer.nothing"].needs == ("ahead", "patient.surgery")


def test_several_things_make_one_answer_in_order_of_time(answer, build_ahead, say, build):
    told = answer(
        build_ahead("illness", "2026-11-22T00:00+00:00"),
        build_ahead("scan", "2026-11-30T09:00+00:00"),
        regimens=(
            build.regimen(
                ("08:00", 10.0),
            ),
        ),
    )
    assert "; " in say(told.advice.headline)
    assert [entry.since for entry in told.entries] == sorted(entry.since for entry in told.entries)
