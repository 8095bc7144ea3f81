"""Things that lie near each other: no dose of any of them is dated, and one plan is asked for."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.care.finding import Severity, Status
from baclo.care.prepare import prepare
from baclo.care.prepare.together import hanging_together
from baclo.case.ahead import Ahead, Coming

NEW_YORK, HELSINKI, ZURICH = (ZoneInfo(name) for name in ("America/New_York", "Europe/Helsinki", "Europe/Zurich"))
FIRST = {"nil_by_mouth": "2026-12-03T02:00+00:00", "by_mouth_again": "2026-12-03T18:00+00:00"}


@pytest.fixture
def three(build):
    return (build.regimen(("07:00", 20.0), ("14:00", 20.0), ("22:00", 20.0)),)


@pytest.fixture
def first(build_ahead):
    return build_ahead("operation", "2026-12-03T08:00+00:00", **FIRST)


@pytest.fixture
def fasts(build_ahead):
    """An operation, or a scan, from the moment at which nothing may be swallowed any more."""

    def made(nil, kind="operation"):
        return build_ahead(kind, nil, nil_by_mouth=nil)

    return made


@pytest.fixture
def hang(knowledge, make, three):
    def found(*things, **changes):
        case = make(ahead=things, **{"regimens": three, **changes})
        return [[thing.path for thing in group] for group in hanging_together(knowledge, case)]

    return found


def doses(told):
    return [entry for entry in told.entries if "mg" in str(entry.title.pieces)]


def test_two_operations_a_day_apart_date_no_dose_and_ask_for_one_plan(answer, build_ahead, first, three, say):
    fasting = {"nil_by_mouth": "2026-12-03T20:00+00:00", "by_mouth_again": "2026-12-04T18:00+00:00"}
    told = answer(first, build_ahead("operation", "2026-12-04T08:00+00:00", **fasting), regimens=three)
    point = told.points["together.one_plan"]
    assert (point.severity, point.status) == (Severity.CRITICAL, Status.PRESENT)
    assert told.advice.critical
    days = [piece for piece in point.title.pieces if isinstance(piece, datetime)]
    assert days == [datetime(2026, 12, 3, 8, tzinfo=UTC), datetime(2026, 12, 4, 8, tzinfo=UTC)]
    assert not doses(told)
    assert not {"fasting.long", "fasting.short", "fasting.none", "fasting.with_sips", "fasting.level"} & set(
        told.points
    )
    assert not [entry for entry in told.entries if not entry.whole_day]
    assert told.entries[0].since == datetime(2026, 11, 23, tzinfo=UTC)
    assert say(
        told.entries[0].title
    ) == "Ask the prescriber for one written plan of doses for the operation on  and " + ("the operation on ")


def test_all_else_of_each_is_told_as_before(answer, first, fasts, three, say):
    told = answer(first, fasts("2026-12-04T20:00+00:00"), regimens=three)
    assert {"operation.continue", "operation.kidney_known", "supply.unknown", "fasting.no_other_route"} <= set(
        told.points
    )
    titles = [say(entry.title) for entry in told.entries]
    assert "Tell the anaesthetist and the ward: baclofen goes on" in titles
    assert "Creatinine before the operation" in titles
    assert told.points["fasting.end_unknown"].needs == ("ahead[1].by_mouth_again",)


@pytest.mark.parametrize(("nil", "near"), [("2026-12-05T17:59+00:00", True), ("2026-12-05T18:00+00:00", False)])
def test_a_day_after_the_first_meal_and_a_day_before_the_next_fasting_are_kept_clear(hang, first, fasts, nil, near):
    """Swallowing again at 18:00 of the third: its stretch ends at 18:00 of the fourth."""
    assert hang(first, fasts(nil)) == ([["ahead[0]", "ahead[1]"]] if near else [])


@pytest.mark.parametrize(("nil", "near"), [("2026-12-06T07:59+00:00", True), ("2026-12-06T08:00+00:00", False)])
def test_an_end_that_is_not_told_counts_as_two_days_and_is_asked_for_where_it_decides(
    answer, build_ahead, fasts, hang, three, nil, near
):
    things = (build_ahead("operation", "2026-12-03T08:00+00:00"), fasts(nil))
    assert bool(hang(*things)) is near
    told = answer(*things, regimens=three)
    assert ("together.end_unknown" in told.points) is near
    if near:
        assert told.points["together.end_unknown"].needs == ("ahead[0].by_mouth_again",)
        assert told.points["together.end_unknown"].status is Status.UNKNOWN


def test_an_end_that_decides_nothing_is_not_asked_for(answer, build_ahead, fasts, three):
    told = answer(build_ahead("operation", "2026-12-03T08:00+00:00"), fasts("2026-12-05T07:59+00:00"), regimens=three)
    assert "together.one_plan" in told.points
    assert "together.end_unknown" not in told.points


@pytest.mark.parametrize(("nil", "near"), [("2026-12-23T22:59+00:00", True), ("2026-12-23T23:00+00:00", False)])
def test_a_journey_lasts_until_a_day_after_its_doses_are_back(hang, build_ahead, build, fasts, nil, near):
    """Back on the 19th at 23:00 UTC, two days of moving: the stretch ends on the 22nd at 23:00."""
    zurich = (build.regimen(("08:00", 15.0), ("14:00", 15.0), ("22:00", 15.0)),)
    thing = build_ahead("journey", "2026-12-05T10:30+01:00", until="2026-12-19T18:00-05:00", zone=NEW_YORK)
    found = hang(thing, fasts(nil), regimens=zurich, zone=ZURICH)
    assert found == ([["ahead[0]", "ahead[1]"]] if near else [])


@pytest.mark.parametrize(("nil", "near"), [("2026-12-11T09:59+00:00", True), ("2026-12-11T10:00+00:00", False)])
@pytest.mark.parametrize("regimens", [None, ()])
def test_one_on_the_clock_at_home_ends_a_day_after_the_return(hang, build_ahead, three, fasts, nil, near, regimens):
    thing = build_ahead("journey", "2026-12-05T10:00+00:00", until="2026-12-09T10:00+00:00", zone=HELSINKI)
    changes = {"regimens": three if regimens is None else regimens, "baclofen_since": datetime(2026, 1, 1, tzinfo=UTC)}
    assert bool(hang(thing, fasts(nil), **changes)) is near


@pytest.mark.parametrize(
    ("changes", "needs"),
    [
        ({"zone": NEW_YORK}, ("ahead[0].until",)),
        ({"until": "2026-12-09T10:00+00:00"}, ("ahead[0].zone",)),
        ({}, ("ahead[0].until", "ahead[0].zone")),
    ],
)
def test_a_journey_whose_return_or_clock_is_not_told_never_ends(answer, build_ahead, fasts, three, changes, needs):
    told = answer(
        build_ahead("journey", "2026-12-05T10:00+00:00", **changes), fasts("2027-06-01T08:00+00:00"), regimens=three
    )
    assert told.points["together.end_unknown"].needs == needs


def test_a_journey_that_hangs_together_moves_no_dose_and_claims_no_checked_schedule(
    answer, build_ahead, first, three, say
):
    thing = build_ahead("journey", "2026-12-02T12:00+00:00", until="2027-01-20T12:00-05:00", zone=NEW_YORK)
    told = answer(first, thing, regimens=three, has_pump=True)
    assert not doses(told)
    assert not {"journey.moved", "journey.back", "journey.stay_home"} & set(told.points)
    assert {"journey.carry", "journey.sick", "journey.pump"} <= set(told.points)
    assert not [note for note in told.advice.notes if "was checked" in say(note)]
    assert not [entry for entry in told.entries if "From here on" in say(entry.title)]
    assert any(say(entry.title).startswith("Pack the doses") for entry in told.entries)


def test_two_journeys_one_after_the_other_hang_together(hang, build_ahead):
    east = build_ahead("journey", "2026-12-20T12:00-05:00", until="2027-01-20T12:00+09:00", zone=ZoneInfo("Asia/Tokyo"))
    west = build_ahead("journey", "2026-12-01T12:00+00:00", until="2026-12-20T12:00-05:00", zone=NEW_YORK)
    assert hang(east, west) == [["ahead[1]", "ahead[0]"]]


def test_a_fasting_scan_hangs_together_and_says_nothing_of_usual_times(answer, build_ahead, first, three, say):
    fasting = {"nil_by_mouth": "2026-12-02T14:00+00:00", "by_mouth_again": "2026-12-02T23:30+00:00"}
    told = answer(first, build_ahead("scan", "2026-12-02T20:00+00:00", **fasting), regimens=three)
    assert "together.one_plan" in told.points
    assert "scan.tablets" not in told.points
    assert [say(entry.title) for entry in told.entries if say(entry.title).startswith("Scan")] == [
        "Scan: doses by the one plan made for all that lies near it"
    ]


def test_a_scan_that_is_not_fasting_hangs_on_nothing(hang, build_ahead, first):
    assert hang(first, build_ahead("scan", "2026-12-03T20:00+00:00")) == []


def test_a_chain_is_one_group_and_another_one_later_is_its_own(hang, first, fasts):
    chain = [first, fasts("2026-12-05T08:00+00:00"), fasts("2026-12-07T08:00+00:00", "scan")]
    later = [fasts("2027-01-05T08:00+00:00"), fasts("2027-01-06T08:00+00:00")]
    alone = fasts("2027-02-05T08:00+00:00")
    paths = [f"ahead[{place}]" for place in range(6)]
    assert hang(*chain, *later, alone) == [paths[:3], paths[3:5]]


def test_where_no_baclofen_is_taken_nothing_hangs_together(hang, first, fasts):
    assert hang(first, fasts("2026-12-04T20:00+00:00"), regimens=()) == []


HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ENDS_H = st.one_of(st.none(), st.integers(0, 60))


def fasting(kind):
    def thing(since_h, nil_h, again_h):
        since = NOW + since_h * HOUR
        return Ahead(
            kind=kind,
            since=since,
            until=None,
            nil_by_mouth=None if nil_h is None else since - nil_h * HOUR,
            by_mouth_again=None if again_h is None else since + again_h * HOUR,
            zone=None,
            emergency=None,
        )

    return st.builds(thing, st.integers(-48, 1000), ENDS_H, ENDS_H)


def travel(since_h, stay_h, zone):
    since = NOW + since_h * HOUR
    return Ahead(
        kind=Coming.JOURNEY,
        since=since,
        until=None if stay_h is None else since + stay_h * HOUR,
        nil_by_mouth=None,
        by_mouth_again=None,
        zone=zone,
        emergency=None,
    )


PLACES = st.sampled_from([NEW_YORK, HELSINKI, ZoneInfo("Asia/Tokyo"), ZoneInfo("Pacific/Auckland")])
TRAVELS = st.builds(
    travel, st.integers(-48, 1000), st.one_of(st.none(), st.integers(24, 700)), st.one_of(st.none(), PLACES)
)
THINGS = st.lists(st.one_of(fasting(Coming.OPERATION), fasting(Coming.SCAN), TRAVELS), min_size=1, max_size=4)


def amount_mg(entry):
    (amount, *_) = [piece.value for piece in entry.title.pieces if getattr(piece, "unit", None) == "mg"]
    return amount


@given(things=THINGS)
def test_whatever_lies_ahead_no_dose_is_dated_twice_and_no_day_holds_more_than_a_days_dose(
    knowledge, make, build, picture_of, things
):
    """In winter by London's clock, where a day of the wall is a day; the doses that go on unsaid are not counted."""
    regimen = build.regimen(("07:00", 20.0), ("14:00", 20.0), ("22:00", 20.0))
    case = make(ahead=tuple(things), regimens=(regimen,))
    told = [
        (entry.since, amount_mg(entry)) for entry in prepare(knowledge, case, picture_of(case)).agenda if dated(entry)
    ]
    assert len({at for at, _ in told}) == len(told)
    for opens, _ in told:
        assert sum(mg for at, mg in told if opens <= at < opens + 24 * HOUR) <= 60.0


def dated(entry):
    return any(getattr(piece, "unit", None) == "mg" for piece in entry.title.pieces)
