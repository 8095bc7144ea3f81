"""An illness that may change the dose: what is dated for anything else hangs on what the prescriber decides."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from baclo.care.agenda import Occasion
from baclo.care.finding import Severity, Status
from baclo.case.patient import Sex

FASTING = {"nil_by_mouth": "2026-12-03T02:00+00:00", "by_mouth_again": "2026-12-03T18:00+00:00"}
NEW_YORK = {"until": "2027-01-20T12:00-05:00", "zone": ZoneInfo("America/New_York")}
SHORT = {"until": "2026-12-05T12:00-05:00", "zone": ZoneInfo("America/New_York")}
SINCE = "2026-12-03T08:00+00:00"
TODAY = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def asked(answer, build):
    regimens = (build.regimen(("07:00", 20.0), ("14:00", 20.0), ("22:00", 20.0)),)
    return lambda *things, **changes: answer(*things, **{"regimens": regimens, **changes})


@pytest.fixture
def ill(build_ahead):
    return build_ahead("illness", "2026-11-22T08:00+00:00")


def hanging(told):
    return [point for point in told.advice.points if point.id == "illness.unchanged"]


@pytest.mark.parametrize(
    ("kind", "changes"), [("operation", FASTING), ("scan", FASTING), ("journey", NEW_YORK), ("journey", SHORT)]
)
def test_what_dates_doses_says_that_they_hold_only_if_the_dose_goes_on_unchanged(
    asked, build_ahead, ill, say, kind, changes
):
    thing = build_ahead(kind, SINCE, **changes)
    told = asked(ill, thing)
    (point,) = hanging(told)
    assert (point.severity, point.status) == (Severity.WARNING, Status.PRESENT)
    assert say(point.title) == (
        f"What is dated for the {kind} on  holds only if the prescriber lets the dose go on unchanged: "
        "the illness is settled first"
    )
    assert [piece for piece in point.title.pieces if isinstance(piece, datetime)] == [thing.since]
    assert [piece for piece in point.detail.pieces if isinstance(piece, datetime)] == [ill.since]
    entry = next(one for one in told.entries if say(one.title).startswith("Before any dose dated for"))
    assert (entry.since, entry.whole_day, entry.occasion) == (TODAY, True, Occasion.TALK)
    assert not hanging(asked(thing))


def test_each_thing_that_dates_doses_says_it_of_itself_before_its_own_points(asked, build_ahead, ill):
    journey = build_ahead("journey", "2027-02-01T12:00+00:00", until="2027-03-20T12:00-05:00", zone=NEW_YORK["zone"])
    told = asked(ill, build_ahead("operation", SINCE, **FASTING), journey)
    assert len(hanging(told)) == 2
    places = [point.id for point in told.advice.points]
    assert places.index("illness.unchanged") < places.index("operation.continue")
    assert places[places.index("journey.carry") - 1] == "illness.unchanged"


def test_what_dates_no_dose_says_nothing_of_it(asked, build_ahead, ill):
    second = build_ahead("operation", "2026-12-04T08:00+00:00")
    together = asked(ill, build_ahead("operation", SINCE, **FASTING), second)
    assert "together.one_plan" in together.points
    assert not hanging(together)
    assert not hanging(asked(ill, build_ahead("scan", SINCE)))
    assert not hanging(asked(ill, sex=Sex.FEMALE, pregnant=True, due=datetime(2026, 12, 20, tzinfo=UTC)))
    assert not hanging(asked(ill))


@pytest.mark.parametrize(("since", "hangs"), [("2026-12-03T22:00+00:00", True), ("2026-12-03T22:01+00:00", False)])
def test_an_illness_still_to_come_counts_where_it_begins_before_the_last_dose(asked, build_ahead, since, hangs):
    """The last dose dated for the operation is that of 22:00 on its day."""
    told = asked(build_ahead("illness", since), build_ahead("operation", SINCE, **FASTING))
    assert bool(hanging(told)) is hangs


def test_doses_that_are_past_hang_on_nothing(asked, build_ahead, ill):
    """The doses that moved there are over and no return is told."""
    gone = build_ahead("journey", "2026-11-10T12:00+00:00", zone=NEW_YORK["zone"])
    assert "journey.moved" in asked(ill, gone).points
    assert not hanging(asked(ill, gone))


def test_where_none_is_taken_nothing_is_held_or_halved(asked, build_ahead, ill):
    assert not hanging(asked(ill, build_ahead("operation", SINCE, **FASTING), regimens=()))


def test_a_dose_that_begins_only_after_the_illness_is_not_held_or_halved(asked, build, build_ahead, ill):
    later = build.regimen(("07:00", 5.0), since=datetime(2026, 12, 1, tzinfo=UTC))
    told = asked(ill, build_ahead("operation", SINCE, **FASTING), regimens=(later,), baclofen_since=None)
    assert [entry for entry in told.entries if not entry.whole_day]
    assert not hanging(told)
