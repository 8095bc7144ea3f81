"""Journeys: hand-worked dates, clocks that change, and what holds for any zones and any regimen."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.care.finding import Status
from baclo.care.prepare import itinerary as module
from baclo.care.prepare.clockwork import Leg, clockwork
from baclo.care.prepare.coming import Thing
from baclo.care.prepare.itinerary import Kept, holds, itinerary
from baclo.case.ahead import Ahead, Coming
from baclo.case.stock import Stock
from baclo.case.timeline import ClockDose, Regimen

ZURICH, NEW_YORK, TOKYO = (ZoneInfo(name) for name in ("Europe/Zurich", "America/New_York", "Asia/Tokyo"))
THREE = (("08:00", 15.0), ("14:00", 15.0), ("22:00", 15.0))
UNEQUAL = (("08:00", 10.0), ("14:00", 10.0), ("22:00", 20.0))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def travels(make, build):
    def made(since, until, zone, doses=THREE, home=ZURICH, **changes):
        thing = Ahead(
            kind=Coming.JOURNEY,
            since=datetime.fromisoformat(since),
            until=None if until is None else datetime.fromisoformat(until),
            nil_by_mouth=None,
            by_mouth_again=None,
            zone=zone,
            emergency=None,
        )
        case = make(ahead=(thing,), zone=home, **{"regimens": (build.regimen(*doses),), **changes})
        return case, Thing(ahead=thing, path="ahead[0]")

    return made


def local(doses, zone):
    return [f"{dose.at.astimezone(zone):%d %H:%M}" for dose in doses]


def moved(found, index=0):
    leg, doses, _ = tuple(found.legs())[index]
    return [dose for dose in doses if leg.since <= dose.at < leg.settled]


def test_to_new_york_each_dose_comes_two_hours_later_a_day_until_six(knowledge, travels):
    found = itinerary(knowledge, *travels("2026-12-05T10:30+01:00", "2026-12-19T18:00-05:00", NEW_YORK))
    assert found.kept is Kept.MOVED
    assert local(moved(found), NEW_YORK) == [
        *("05 10:00", "05 18:00", "06 04:00"),
        *("06 12:00", "06 20:00", "07 06:00"),
        *("07 14:00", "07 22:00"),
    ]


def test_the_way_back_takes_two_days_where_an_equal_dose_takes_the_place_of_another(knowledge, travels):
    found = itinerary(knowledge, *travels("2026-12-05T10:30+01:00", "2026-12-19T18:00-05:00", NEW_YORK))
    assert sorted(found.back.delays) == [0 * HOUR, 2 * HOUR, 4 * HOUR]
    assert found.back.days == 2
    after = [dose for dose in found.back.doses(found.back.settled + DAY) if dose.at >= found.back.settled]
    assert local(after, ZURICH) == ["22 08:00", "22 14:00", "22 22:00"]


def test_unequal_doses_keep_their_clock_and_go_the_long_way_east(knowledge, travels):
    long = ("2026-12-05T10:30+01:00", "2027-02-27T10:00+09:00", TOKYO)
    assert max(itinerary(knowledge, *travels(*long, UNEQUAL)).out.delays) == 16 * HOUR
    assert sorted(itinerary(knowledge, *travels(*long)).out.delays) == [6 * HOUR, 8 * HOUR, 10 * HOUR]


def test_a_change_of_the_clocks_there_is_told_and_does_not_move_a_dose(knowledge, travels):
    found = itinerary(knowledge, *travels("2027-03-08T10:00+01:00", "2027-03-24T18:00-04:00", NEW_YORK))
    assert found.clocks_change.isoformat() == "2027-03-14T03:00:00-04:00"
    (_, there, _), _ = tuple(found.legs())
    fifteenth = [dose for dose in there if dose.at.astimezone(NEW_YORK).day == 15]
    assert local(fifteenth, NEW_YORK) == ["15 09:00", "15 15:00", "15 23:00"]


@pytest.mark.parametrize(
    ("since", "until", "zone", "moment"),
    [
        # in New York two in the morning of 14 March becomes three: seven in the morning by UTC, eight in Zurich
        ("2027-03-10T12:00+01:00", "2027-04-05T12:00-04:00", NEW_YORK, "2027-03-14T03:00:00-04:00"),
        ("2027-03-10T06:00+01:00", "2027-04-05T12:00-04:00", NEW_YORK, "2027-03-14T03:00:00-04:00"),
        # the last hours of the stay count too: it ends an hour after the change
        ("2027-02-20T12:00+01:00", "2027-03-14T04:00-04:00", NEW_YORK, "2027-03-14T03:00:00-04:00"),
        ("2027-02-20T12:00+01:00", "2027-03-14T01:00-05:00", NEW_YORK, None),
        # left at half a minute: the moment is still the whole minute
        ("2027-03-10T12:00:30.5+01:00", "2027-04-05T12:00-04:00", NEW_YORK, "2027-03-14T03:00:00-04:00"),
        # a stay over two changes tells the first: on 1 November 2026 two o'clock becomes one, and in March back
        ("2026-10-10T12:00+02:00", "2027-06-05T12:00-04:00", NEW_YORK, "2026-11-01T01:00:00-05:00"),
    ],
)
def test_the_clocks_change_at_their_true_moment(knowledge, travels, since, until, zone, moment):
    found = itinerary(knowledge, *travels(since, until, zone))
    change = found.clocks_change
    assert found.kept is Kept.MOVED
    assert (None if change is None else change.isoformat()) == moment


def test_the_way_back_reaches_the_clock_at_home_as_it_is_by_then(knowledge, travels):
    """Zurich leaves summer time on 25 October and New York on 1 November: the times at home are those of winter."""
    found = itinerary(knowledge, *travels("2026-10-12T10:00+02:00", "2026-11-10T18:00-05:00", NEW_YORK))
    after = [dose for dose in found.back.doses(found.back.settled + DAY) if dose.at >= found.back.settled]
    assert {text[3:] for text in local(after, ZURICH)} == {"08:00", "14:00", "22:00"}


@pytest.mark.parametrize(
    ("since", "until", "zone", "doses", "kept"),
    [
        ("2026-12-05T10:00+01:00", "2026-12-08T10:00+01:00", NEW_YORK, THREE, Kept.SHORT_STAY),
        ("2026-12-05T10:00+01:00", "2026-12-15T09:00+01:00", NEW_YORK, THREE, Kept.SHORT_STAY),
        ("2026-12-05T10:00+01:00", "2026-12-15T10:00+01:00", NEW_YORK, THREE, Kept.MOVED),
        ("2026-12-05T10:00+01:00", None, NEW_YORK, THREE, Kept.MOVED),
        ("2026-12-05T10:00+01:00", None, ZoneInfo("Europe/Helsinki"), THREE, Kept.SAME_CLOCK),
        ("2026-12-05T10:00+01:00", None, ZoneInfo("Atlantic/Azores"), THREE, Kept.SAME_CLOCK),
        ("2026-12-05T10:00+01:00", None, ZoneInfo("Europe/Moscow"), THREE, Kept.SAME_CLOCK),
        ("2026-12-05T10:00+01:00", None, ZoneInfo("Asia/Dubai"), THREE, Kept.MOVED),
        ("2026-12-05T10:00+01:00", None, NEW_YORK, (("22:00", 20.0),), Kept.TOO_WIDE),
        ("2026-12-05T10:00+01:00", None, NEW_YORK, (("00:00", 5.0), ("21:59", 20.0)), Kept.MOVED),
        ("2026-12-05T10:00+01:00", None, NEW_YORK, (("00:00", 5.0), ("22:00", 20.0)), Kept.TOO_WIDE),
    ],
)
def test_the_clock_at_home_is_kept_for_a_reason(knowledge, travels, since, until, zone, doses, kept):
    found = itinerary(knowledge, *travels(since, until, zone, doses))
    assert found.kept is kept
    assert (found.out is None) is (kept is not Kept.MOVED)
    assert (tuple(found.legs()) == ()) is (found.out is None)


def test_a_regimen_that_ends_before_the_moves_do_is_not_moved(knowledge, travels, build):
    from dataclasses import replace

    ending = replace(build.regimen(*THREE), until=datetime(2026, 12, 7, tzinfo=UTC))
    case, thing = travels("2026-12-05T10:00+01:00", None, NEW_YORK, regimens=(ending,))
    assert itinerary(knowledge, case, thing).kept is Kept.REGIMEN_CHANGES


def test_a_product_of_slow_release_is_not_moved(knowledge, travels, build):
    from dataclasses import replace

    slow = replace(build.regimen(*THREE), modified_release=True)
    case, thing = travels("2026-12-05T10:00+01:00", None, NEW_YORK, regimens=(slow,))
    assert itinerary(knowledge, case, thing).kept is Kept.MODIFIED_RELEASE


def test_a_row_that_does_not_pass_its_check_is_not_told(knowledge, travels, monkeypatch):
    monkeypatch.setattr(module, "holds", lambda _out, _back: False)
    assert itinerary(knowledge, *travels("2026-12-05T10:00+01:00", None, NEW_YORK)).kept is Kept.FAULTY


def test_the_check_of_both_ways_sees_a_return_that_heaps_doses(travels, build):
    clocks = clockwork(build.regimen(*THREE), datetime(2026, 12, 5, tzinfo=UTC).date(), HOUR)
    since = datetime(2026, 12, 5, 9, tzinfo=UTC)
    out = Leg(old=clocks, difference=6 * HOUR, since=since, step=2 * HOUR)
    right = Leg(old=clocks.set_to(6 * HOUR), difference=18 * HOUR, since=since + 20 * DAY, step=2 * HOUR)
    early = Leg(old=clocks, difference=0 * HOUR, since=since + 20 * DAY, step=2 * HOUR)
    assert holds(out, right)
    assert not holds(out, early)


def test_the_answer_dates_each_moved_dose_by_both_clocks(answer, build_ahead, build, say):
    thing = build_ahead("journey", "2026-12-05T10:30+01:00", until="2026-12-19T18:00-05:00", zone=NEW_YORK)
    told = answer(thing, regimens=(build.regimen(*THREE),), zone=ZURICH)
    first = next(entry for entry in told.entries if " at " in say(entry.title))
    assert first.since == datetime(2026, 12, 5, 15, tzinfo=UTC)
    assert [piece.isoformat() for piece in first.title.pieces if isinstance(piece, datetime)] == [
        "2026-12-05T10:00:00-05:00"
    ]
    assert [say(entry.title) for entry in told.entries if "From here" in say(entry.title)] == [
        "From here on the usual times by the clock there",
        "From here on the usual times by the clock at home",
    ]
    assert told.points["journey.stay_home"].status is None
    assert "journey.clocks_change" not in told.points


def test_a_stay_over_a_change_of_the_clocks_says_so(answer, build_ahead, build):
    thing = build_ahead("journey", "2027-03-08T10:00+01:00", until="2027-03-24T18:00-04:00", zone=NEW_YORK)
    assert "journey.clocks_change" in answer(thing, regimens=(build.regimen(*THREE),), zone=ZURICH).points


def test_on_the_clock_at_home_the_first_days_are_dated_by_both_clocks(answer, build_ahead, build, say, figures):
    thing = build_ahead("journey", "2026-12-05T10:00+01:00", until="2026-12-07T10:00+01:00", zone=NEW_YORK)
    told = answer(thing, regimens=(build.regimen(*THREE),), zone=ZURICH)
    doses = [entry for entry in told.entries if not entry.whole_day]
    assert [entry.since.hour for entry in doses] == [13, 21, 7, 13, 21, 7]
    assert figures(told.points["journey.short_stay"].detail)[1] == 2.0
    open_ended = build_ahead("journey", "2026-12-05T10:00+01:00", zone=ZoneInfo("Europe/Helsinki"))
    endless = answer(open_ended, regimens=(build.regimen(*THREE),), zone=ZURICH)
    assert len([entry for entry in endless.entries if not entry.whole_day]) == 9


def test_what_is_not_told_of_a_journey_is_asked(answer, build_ahead, build):
    told = answer(build_ahead("journey", "2026-12-05T10:00+01:00"), has_pump=None)
    for key, needs in (
        ("zone_unknown", ("ahead[0].zone",)),
        ("return_unknown", ("ahead[0].until",)),
        ("regimen_unknown", ("regimen",)),
        ("pump_unknown", ("patient.has_pump",)),
    ):
        assert told.points[f"journey.{key}"].needs == needs
        assert told.points[f"journey.{key}"].status is Status.UNKNOWN
    assert [entry.since.date().isoformat() for entry in told.entries] == ["2026-12-04"]


def test_a_journey_without_return_tells_only_the_way_there(answer, build_ahead, build, say):
    told = answer(
        build_ahead("journey", "2026-12-05T10:00+01:00", zone=NEW_YORK), regimens=(build.regimen(*THREE),), zone=ZURICH
    )
    assert "journey.open_return" in told.points
    assert "journey.back" not in told.points
    assert len([entry for entry in told.entries if "From here" in say(entry.title)]) == 1


def test_what_is_over_of_a_journey_that_began_is_not_dated_any_more(answer, build_ahead, build):
    thing = build_ahead("journey", "2026-11-21T10:00+00:00", zone=NEW_YORK)
    told = answer(thing, regimens=(build.regimen(*THREE),))
    assert told.entries
    assert all(entry.since >= datetime(2026, 11, 23, 10, tzinfo=UTC) for entry in told.entries)


def test_a_journey_that_began_packs_nothing_and_a_pump_is_told_of(answer, build_ahead, build, say):
    stock = (Stock(product="us.tablet_10mg", units=10.0, at=datetime(2026, 11, 23, 8, tzinfo=UTC)),)
    told = answer(
        build_ahead("journey", "2026-11-23T12:00+00:00", zone=NEW_YORK),
        regimens=(build.regimen(*THREE),),
        has_pump=True,
        stock=stock,
    )
    assert not [entry for entry in told.entries if say(entry.title).startswith("Pack")]
    assert "journey.pump" in told.points
    assert told.points["supply.short"].status is Status.ABSENT


ZONES = sorted(
    name for name in available_timezones() if name.count("/") == 1 and not name.startswith(("Etc", "SystemV"))
)
REGIMENS = st.lists(
    st.tuples(st.integers(0, 95), st.sampled_from([5.0, 10.0, 15.0, 20.0])),
    min_size=1,
    max_size=4,
    unique_by=lambda row: row[0],
).map(lambda rows: tuple((f"{quarter // 4:02}:{quarter % 4 * 15:02}", mg) for quarter, mg in rows))


@given(
    home=st.sampled_from(ZONES),
    there=st.sampled_from(ZONES),
    doses=REGIMENS,
    since_h=st.integers(0, 24 * 395),
    stay_h=st.integers(24 * 7, 24 * 60),
)
def test_no_journey_brings_doses_closer_or_further_apart_or_more_in_a_day(
    knowledge, make, build, home, there, doses, since_h, stay_h
):
    leaves = datetime(2026, 12, 1, tzinfo=UTC) + since_h * HOUR
    thing = Ahead(
        kind=Coming.JOURNEY,
        since=leaves,
        until=leaves + stay_h * HOUR,
        nil_by_mouth=None,
        by_mouth_again=None,
        zone=ZoneInfo(there),
        emergency=None,
    )
    regimen = build.regimen(*doses)
    case = make(ahead=(thing,), zone=ZoneInfo(home), regimens=(regimen,))
    found = itinerary(knowledge, case, Thing(ahead=thing, path="ahead[0]"))
    assert found.kept is not Kept.FAULTY
    if found.out is None:
        return
    (out, way_there, _), (back, way_back, _) = tuple(found.legs())
    row = sorted({dose.at: dose.amount_ug for dose in (*way_there, *way_back)}.items())
    clocks = sorted(dose.clock.hour + dose.clock.minute / 60 for dose in regimen.doses)
    usual = [later - earlier for earlier, later in pairwise([*clocks, clocks[0] + 24])]
    gaps_h = [(later[0] - earlier[0]) / HOUR for earlier, later in pairwise(row)]
    assert min(gaps_h) >= min(usual) - 1e-9
    assert max(gaps_h) <= max(usual) + 2 + 1e-9
    for opens, _ in row:
        assert sum(mg for at, mg in row if opens <= at < opens + DAY) <= regimen.total_ug_per_day + 1e-6
    assert {mg for _, mg in row} <= {dose.amount_ug for dose in regimen.doses}
    assert all(dose.later >= timedelta(0) for dose in (*way_there, *way_back))
    # After the way back the doses stand at their times by the clock that held at home when it began.
    winter_or_summer = thing.until.astimezone(case.zone).utcoffset()
    ended = {
        ((dose.at + winter_or_summer).replace(tzinfo=None).time(), dose.amount_ug)
        for dose in way_back
        if dose.at >= back.settled
    }
    assert ended == {(dose.clock, dose.amount_ug) for dose in regimen.doses}
    arrived = thing.since.astimezone(thing.zone).utcoffset()
    settled = {
        ((dose.at + arrived).replace(tzinfo=None).time(), dose.amount_ug)
        for dose in way_there
        if out.settled <= dose.at < out.settled + DAY
    }
    assert settled == {(dose.clock, dose.amount_ug) for dose in regimen.doses}


@given(step_h=st.sampled_from([1, 2, 3]), difference_h=st.integers(0, 23), doses=REGIMENS)
def test_a_leg_moves_by_no_more_than_its_step_a_day_and_ends(build, step_h, difference_h, doses):
    rows = tuple(ClockDose(clock=dose.clock, amount_ug=dose.amount_ug) for dose in build.regimen(*doses).doses)
    regimen = Regimen(
        product=None, modified_release=None, since=datetime(2026, 1, 1, tzinfo=UTC), until=None, doses=rows
    )
    leg = Leg(
        old=clockwork(regimen, datetime(2026, 12, 5, tzinfo=UTC).date(), HOUR),
        difference=difference_h * HOUR,
        since=datetime(2026, 12, 5, 9, tzinfo=UTC),
        step=step_h * HOUR,
    )
    delays = [dose.later for dose in leg.doses(leg.settled + DAY)]
    a_day = zip(delays, delays[len(rows) :], strict=False)
    assert all(timedelta(0) <= later - earlier <= step_h * HOUR for earlier, later in a_day)
    assert max(delays) == max(leg.delays) <= difference_h * HOUR
