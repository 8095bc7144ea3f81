"""In an emergency nothing that lies ahead is dated and no dose is told: help comes first, as for any plan."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from baclo.care.finding import Severity
from baclo.care.help_first import help_first
from baclo.care.triage import triage
from baclo.case.patient import Sex, Symptom

FASTING = {"nil_by_mouth": "2026-11-24T02:00+00:00", "by_mouth_again": "2026-11-24T12:00+00:00"}
LATER = {"nil_by_mouth": "2026-11-25T02:00+00:00", "by_mouth_again": "2026-11-25T12:00+00:00"}
THERE = {"until": "2026-12-30T12:00+09:00", "zone": ZoneInfo("Asia/Tokyo")}
STAY = {"until": "2026-11-26T12:00+09:00", "zone": ZoneInfo("Asia/Tokyo")}
SLOW = {"symptoms": (Symptom(name="slow breathing", since=None),)}
OPERATION = ("operation", "2026-11-24T08:00+00:00", FASTING)
AHEAD = {
    "operation": (OPERATION,),
    "journey that moves": (("journey", "2026-11-24T10:00+00:00", THERE),),
    "journey by the clock at home": (("journey", "2026-11-24T10:00+00:00", STAY),),
    "fasting scan": (("scan", "2026-11-24T08:00+00:00", FASTING),),
    "scan": (("scan", "2026-11-24T08:00+00:00", {}),),
    "illness": (("illness", "2026-11-22T08:00+00:00", {}),),
    "two together": (OPERATION, ("operation", "2026-11-25T08:00+00:00", LATER)),
    "nothing": (),
}


@pytest.fixture
def three(build):
    return {"regimens": (build.regimen(("08:00", 20.0), ("14:00", 20.0), ("20:00", 20.0)),)}


@pytest.fixture
def asked(answer, build_ahead, three):
    def of(rows, **changes):
        things = [build_ahead(kind, since, **keys) for kind, since, keys in rows]
        return answer(*things, **{**three, **changes})

    return of


def texts(told):
    points = (text for point in told.advice.points for text in (point.title, point.detail))
    return [told.advice.headline, *points, *told.advice.notes]


@pytest.mark.parametrize("rows", AHEAD.values(), ids=AHEAD)
@pytest.mark.parametrize("now", [SLOW, {"say": ("he cannot be woken",)}])
def test_nothing_is_dated_and_no_amount_and_no_time_of_a_dose_is_told(asked, say, rows, now):
    told = asked(rows, **now)
    assert told.entries == ()
    pieces = [piece for text in texts(told) for piece in text.pieces]
    assert not [piece for piece in pieces if isinstance(piece, datetime) or getattr(piece, "unit", None) == "mg"]
    said = " ".join(say(text) for text in texts(told))
    assert not any(word in said for word in ("usual time", "sip of water", "clock", "schedule", "hand luggage"))


@pytest.mark.parametrize("rows", AHEAD.values(), ids=AHEAD)
def test_why_is_said_first_in_the_words_that_refuse_any_plan(asked, say, knowledge, make, picture_of, rows):
    told = asked(rows, **SLOW)
    point = told.advice.points[0]
    assert (point.id, point.severity, told.advice.critical) == ("answer.emergency", Severity.CRITICAL, True)
    assert say(point.title) == "Dates and doses are worked out again once the emergency is over"
    case = make(**SLOW)
    (first,) = help_first(knowledge, triage(knowledge, case, picture_of(case)))
    assert say(point.detail).startswith(say(first.reason))
    assert set(first.basis) < set(point.basis)
    assert say(told.advice.headline) == "Help first: no dates and no doses are told now"


def test_an_overdose_an_hour_ago_dates_no_dose_of_tomorrow_but_the_team_must_know(asked, build, say):
    dose = build.dose(600.0, at=datetime(2026, 11, 23, 9, tzinfo=UTC))
    told = asked((OPERATION,), doses=(dose,))
    assert list(told.points) == ["answer.emergency", "operation.anaesthetist"]
    assert say(told.points["answer.emergency"].detail).startswith("A dose that is an overdose by itself: help first")
    assert told.entries == ()


@pytest.mark.parametrize("symptoms", [(), (Symptom(name="vomiting", since=None),), SLOW["symptoms"]])
def test_only_an_emergency_stops_the_dates(asked, symptoms):
    told = asked((OPERATION,), symptoms=symptoms)
    assert bool(told.entries) is (symptoms != SLOW["symptoms"])
    assert ("answer.emergency" in told.points) is (symptoms == SLOW["symptoms"])


def test_what_holds_whatever_becomes_of_the_doses_stays(asked):
    pump = asked((OPERATION, AHEAD["scan"][0]), has_pump=True, **SLOW)
    assert set(pump.points) == {"answer.emergency", "operation.anaesthetist", "operation.pump", "scan.pump"}
    mother = asked((), sex=Sex.FEMALE, pregnant=True, due=datetime(2026, 12, 20, tzinfo=UTC), **SLOW)
    assert set(mother.points) == {"answer.emergency", "delivery.team", "delivery.newborn"}


def test_an_emergency_of_doses_left_out_still_says_that_none_is_taken_and_asks_for_the_last(asked, build):
    due = [datetime(2026, 11, day, hour, tzinfo=UTC) for day, hour in ((22, 8), (22, 14), (22, 20), (23, 8))]
    missed = tuple(build.dose(20.0, status="missed", at=at, scheduled=at) for at in due)
    told = asked((OPERATION,), doses=missed, symptoms=(Symptom(name="confusion", since=None),))
    assert set(told.points) == {"answer.emergency", "without.not_taken", "operation.anaesthetist_without"}
    assert told.entries == ()
