"""Who stopped, who left out the last doses, and of whom no baclofen is told: nobody is told to go on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from baclo.care.finding import Severity, Status
from baclo.case.patient import Symptom

OPERATION = "2026-12-03T08:00+00:00"
FASTING = {"nil_by_mouth": "2026-12-03T02:00+00:00", "by_mouth_again": "2026-12-03T18:00+00:00"}
LAST = datetime(2026, 9, 30, 22, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def three(build):
    return build.regimen(("07:00", 20.0), ("14:00", 20.0), ("22:00", 20.0))


@pytest.fixture
def ended(three):
    """The last dose at 23:00 of London's summer, 22:00 UTC."""
    late = replace(
        three, doses=(*three.doses[:2], replace(three.doses[2], clock=three.doses[2].clock.replace(hour=23)))
    )
    return {"regimens": (replace(late, until=datetime(2026, 10, 1, tzinfo=UTC)),)}


@pytest.fixture
def left_out(build, three):
    """Every dose since the 07:00 of the day before, 27 hours ago: missed."""
    due = [datetime(2026, 11, day, hour, tzinfo=UTC) for day, hour in ((22, 14), (22, 22), (23, 7))]
    return {
        "regimens": (three,),
        "doses": tuple(build.dose(20.0, status="missed", at=at, scheduled=at) for at in due),
    }


NEVER = {"baclofen_since": None}


def moments(text):
    return [piece for piece in text.pieces if isinstance(piece, datetime)]


def all_words(told, say):
    texts = [told.advice.headline, *(text for point in told.advice.points for text in (point.title, point.detail))]
    return " ".join(say(text) for text in [*texts, *(entry.title for entry in told.entries)])


def test_who_stopped_is_not_told_to_go_on_nor_to_pack(answer, build_ahead, ended, say):
    told = answer(build_ahead("operation", OPERATION, **FASTING), **ended)
    assert set(told.points) == {"without.ended", "operation.anaesthetist_without"}
    point = told.points["without.ended"]
    assert moments(point.title) == [LAST]
    assert (point.severity, point.status) == (Severity.WARNING, Status.PRESENT)
    assert not told.advice.critical
    words = all_words(told, say)
    assert "no baclofen is known to be taken" in words
    assert not any(word in words for word in ("go on", "goes on", "Pack", "Creatinine"))
    assert [say(entry.title)[:29] for entry in told.entries] == ["Tell the anaesthetist and the"]


def test_who_left_out_every_dose_for_a_day_is_asked_now(answer, build_ahead, left_out, say):
    told = answer(build_ahead("operation", OPERATION, **FASTING), **left_out)
    point = told.points["without.not_taken"]
    assert moments(point.title) == [datetime(2026, 11, 22, 7, tzinfo=UTC)]
    assert point.severity is Severity.CRITICAL
    assert told.advice.critical
    assert "goes on" not in all_words(told, say)


def test_a_stop_of_two_days_ago_is_critical_too(answer, build_ahead, three):
    stopped = replace(three, until=datetime(2026, 11, 21, 12, tzinfo=UTC))
    told = answer(build_ahead("operation", OPERATION, **FASTING), regimens=(stopped,))
    assert moments(told.points["without.not_taken"].title) == [datetime(2026, 11, 21, 7, tzinfo=UTC)]


def test_who_left_out_every_dose_for_four_days_with_a_prescription_is_critical(answer, build_ahead, build, three):
    since = datetime(2026, 11, 19, tzinfo=UTC)
    due = [since + timedelta(days=day) + hour * HOUR for day in range(5) for hour in (7, 14, 22)]
    missed = tuple(
        build.dose(20.0, status="missed", at=at, scheduled=at)
        for at in due
        if at < datetime(2026, 11, 23, 10, tzinfo=UTC)
    )
    told = answer(build_ahead("operation", OPERATION, **FASTING), regimens=(three,), doses=missed)
    assert moments(told.points["without.not_taken"].title) == [datetime(2026, 11, 18, 22, tzinfo=UTC)]


def test_a_regimen_of_no_doses_is_none(answer, build_ahead, three):
    until = datetime(2026, 10, 1, tzinfo=UTC)
    nothing = replace(three, since=until, doses=())
    told = answer(build_ahead("operation", OPERATION, **FASTING), regimens=(replace(three, until=until), nothing))
    assert "without.ended" in told.points


def test_where_no_dose_is_known_at_all_no_last_one_is_told(answer, build_ahead, build, say):
    at = datetime(2026, 11, 1, 8, tzinfo=UTC)
    told = answer(build_ahead("operation", OPERATION, **FASTING), doses=(build.dose(20.0, status="missed", at=at),))
    assert say(told.points["without.ended"].title).startswith("No baclofen is known to be taken of late")


def test_where_the_case_tells_of_none_nothing_concerns_it_and_it_is_asked(answer, build_ahead):
    told = answer(build_ahead("operation", OPERATION, **FASTING), **NEVER)
    assert set(told.points) == {"without.never"}
    assert told.points["without.never"].needs == ("regimen",)
    assert told.points["without.never"].status is Status.UNKNOWN
    assert told.entries == ()


def test_one_that_is_to_be_begun_before_the_operation_is_planned_as_any_other(answer, build_ahead, ended, three):
    begins = replace(three, since=datetime(2026, 12, 1, tzinfo=UTC))
    thing = build_ahead("operation", OPERATION, **FASTING)
    assert "operation.continue" in answer(thing, regimens=(begins,), **NEVER).points
    assert "operation.continue" in answer(thing, regimens=(*ended["regimens"], begins)).points
    after = replace(begins, since=datetime(2026, 12, 4, tzinfo=UTC))
    assert "without.never" in answer(thing, regimens=(after,), **NEVER).points
    assert "without.never" in answer(regimens=(begins,), surgery_planned=True, **NEVER).points


def test_a_pump_is_told_of_all_the_same(answer, build_ahead, ended):
    for thing, point in (
        (build_ahead("operation", OPERATION, **FASTING), "operation.pump"),
        (build_ahead("scan", OPERATION), "scan.pump"),
        (build_ahead("journey", OPERATION), "journey.pump"),
    ):
        assert point in answer(thing, has_pump=True, **ended).points
        assert point in answer(thing, has_pump=True, **NEVER).points


def test_an_operation_that_has_begun_tells_nobody_beforehand(answer, build_ahead, ended):
    assert answer(build_ahead("operation", "2026-11-22T08:00+00:00"), **ended).entries == ()


def test_an_operation_without_a_day_says_it_too(answer, ended, say):
    told = answer(surgery_planned=True, **ended)
    assert set(told.points) == {"operation.day_unknown", "without.ended"}
    assert "go on" not in all_words(told, say)


@pytest.mark.parametrize(("kind", "since"), [("scan", OPERATION), ("journey", OPERATION), ("illness", OPERATION)])
def test_nothing_that_lies_ahead_gives_doses_or_tells_to_go_on(answer, build_ahead, left_out, say, kind, since):
    told = answer(build_ahead(kind, since), **left_out)
    assert "without.not_taken" in told.points
    assert told.entries == ()
    words = all_words(told, say)
    assert not any(word in words for word in ("go on", "goes on", "not stopped", "hand luggage", "halve"))


def test_who_is_ill_without_baclofen_may_be_in_withdrawal(answer, build_ahead, left_out, ended):
    symptoms = (Symptom(name="confusion", since=None),)
    ill = build_ahead("illness", "2026-11-21T00:00+00:00")
    assert set(answer(ill, symptoms=symptoms, **left_out).points) == {
        "answer.emergency",
        "without.not_taken",
        "illness.mind",
        "illness.emergency",
    }
    assert "illness.mind" not in answer(build_ahead("illness", OPERATION), symptoms=symptoms, **ended).points
    assert set(answer(ill, symptoms=symptoms, **NEVER).points) == {"without.never"}


@pytest.mark.parametrize("kind", ["operation", "illness"])
def test_who_takes_less_than_the_regimen_says_goes_on_and_settles_how_much(answer, build_ahead, build, three, kind):
    """10 mg each time instead of 20 for three days: nobody is told that none is taken."""
    due = [datetime(2026, 11, day, hour, tzinfo=UTC) for day in (20, 21, 22) for hour in (7, 14, 22)]
    halves = tuple(build.dose(10.0, at=at, scheduled=at) for at in due)
    told = answer(build_ahead(kind, OPERATION), regimens=(three,), doses=halves)
    point = told.points["without.less"]
    assert (point.severity, point.status, point.needs) == (Severity.CRITICAL, Status.PRESENT, ("regimen",))
    assert told.advice.critical
    assert not {"without.ended", "without.not_taken", "without.never"} & set(told.points)
    assert "without.less" not in answer(build_ahead(kind, OPERATION), regimens=(three,)).points
