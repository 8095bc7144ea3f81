"""An operation by the clock: which dose is taken how, how long the drug is missing, what is done on which day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from baclo.care.agenda import Occasion
from baclo.care.finding import Severity, Status
from baclo.care.prepare.coming import Thing
from baclo.care.prepare.fasting import left_out
from baclo.case.patient import Dialysis, DialysisKind, Medicine
from baclo.case.stock import Stock

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
DAY = timedelta(days=1)
OPERATION = "2026-12-03T08:00+00:00"
FASTING = {"nil_by_mouth": "2026-12-03T02:00+00:00", "by_mouth_again": "2026-12-03T18:00+00:00"}
SIP, OUT, USUAL = " with a sip of water", " falls into the operation: left out", " at the usual time"


@pytest.fixture
def three(build):
    return (build.regimen(("07:00", 20.0), ("14:00", 20.0), ("22:00", 20.0)),)


def test_each_dose_of_the_day_is_taken_with_a_sip_left_out_or_taken_as_usual(answer, build_ahead, three):
    told = answer(build_ahead("operation", OPERATION, **FASTING), regimens=three)
    assert told.at("2026-12-03T07:00+00:00")[0].endswith(SIP)
    assert told.at("2026-12-03T14:00+00:00")[0].endswith(OUT)
    assert told.at("2026-12-03T22:00+00:00")[0].endswith(USUAL)


def test_the_stretch_is_fifteen_hours_with_sips_and_a_whole_day_without_which_calls(
    answer, build_ahead, three, figures
):
    told = answer(build_ahead("operation", OPERATION, **FASTING), regimens=three)
    assert figures(told.points["fasting.long"].title) == [24.0]
    assert figures(told.points["fasting.with_sips"].title) == [15.0]
    assert told.points["fasting.long"].severity is Severity.CRITICAL
    assert told.advice.critical


def test_withdrawal_is_dated_eighteen_hours_after_the_last_dose_that_is_sure(answer, build_ahead, three, say):
    told = answer(build_ahead("operation", OPERATION, **FASTING), regimens=three)
    dated = [entry for entry in told.entries if "withdrawal has been seen" in say(entry.title)]
    assert [entry.since for entry in dated] == [datetime(2026, 12, 3, 16, tzinfo=UTC)]


def test_a_shorter_fasting_only_warns_and_dates_no_withdrawal(answer, build_ahead, build, say):
    often = (build.regimen(("07:00", 10.0), ("13:00", 10.0), ("18:00", 10.0), ("23:00", 10.0)),)
    noon = {"nil_by_mouth": "2026-12-03T11:00+00:00", "by_mouth_again": "2026-12-03T16:00+00:00"}
    told = answer(build_ahead("operation", "2026-12-03T12:00+00:00", **noon), regimens=often)
    assert told.points["fasting.short"].severity is Severity.WARNING
    assert "fasting.with_sips" not in told.points
    assert not told.advice.critical
    assert not [entry for entry in told.entries if "no dose was taken" in say(entry.title)]


def test_hours_between_two_doses_leave_every_dose_at_its_time(answer, build_ahead, build):
    twice = (build.regimen(("06:00", 10.0), ("22:00", 10.0)),)
    noon = {"nil_by_mouth": "2026-12-03T08:00+00:00", "by_mouth_again": "2026-12-03T16:00+00:00"}
    told = answer(build_ahead("operation", "2026-12-03T12:00+00:00", **noon), regimens=twice)
    assert told.points["fasting.none"].status is Status.ABSENT
    assert told.at("2026-12-03T22:00+00:00")[0].endswith(USUAL)


def test_an_end_that_is_not_told_is_open_and_dates_both_withdrawal_and_the_call(answer, build_ahead, three, say):
    told = answer(build_ahead("operation", OPERATION, nil_by_mouth=FASTING["nil_by_mouth"]), regimens=three)
    assert told.points["fasting.open"].status is Status.UNKNOWN
    assert told.points["fasting.end_unknown"].needs == ("ahead[0].by_mouth_again",)
    dated = {say(entry.title)[-30:]: entry.since for entry in told.entries if "no dose was taken" in say(entry.title)}
    last = datetime(2026, 12, 2, 22, tzinfo=UTC)
    assert sorted(dated.values()) == [last + timedelta(hours=18), last + timedelta(hours=24)]
    assert "as soon as swallowing is allowed" in told.at("2026-12-03T14:00+00:00")[0]
    assert told.advice.critical


def test_an_operation_known_by_its_day_alone_asks_for_its_times(answer, three):
    told = answer(regimens=three, surgery_planned=True, surgery_at=datetime(2026, 12, 3, tzinfo=UTC))
    assert told.points["fasting.times_unknown"].needs == ("ahead",)
    assert "if the operation has not begun" in told.at("2026-12-03T07:00+00:00")[0]


def test_an_operation_without_a_day_asks_for_it_and_still_says_what_holds(answer, three):
    told = answer(regimens=three, surgery_planned=True)
    assert told.points["operation.day_unknown"].status is Status.UNKNOWN
    assert "operation.continue" in told.points
    assert told.entries == ()


def test_without_a_regimen_no_dose_is_dated_and_it_is_asked_for(answer, build_ahead):
    told = answer(build_ahead("operation", OPERATION, **FASTING))
    assert told.points["fasting.regimen_unknown"].needs == ("regimen",)
    assert "regimen" in told.points["supply.unknown"].needs


def test_a_dose_that_was_vomited_does_not_count_as_the_last_one(answer, build_ahead, build):
    regimens = (build.regimen(("12:00", 20.0), ("22:00", 20.0)),)
    vomited = build.dose(
        20.0,
        status="vomited",
        at=datetime(2026, 11, 22, 22, tzinfo=UTC),
        scheduled=datetime(2026, 11, 22, 22, tzinfo=UTC),
    )
    told = answer(
        build_ahead("operation", "2026-11-23T11:00+00:00", nil_by_mouth="2026-11-23T06:00+00:00", emergency=True),
        regimens=regimens,
        doses=(vomited,),
    )
    assert datetime(2026, 11, 22, 12, tzinfo=UTC) in told.points["fasting.open"].detail.pieces


def test_where_no_dose_is_known_to_be_taken_before_it_is_asked_now(answer, build_ahead, build):
    regimens = (build.regimen(("12:00", 20.0), since=datetime(2026, 11, 23, tzinfo=UTC)),)
    told = answer(
        build_ahead("operation", "2026-11-23T11:00+00:00", by_mouth_again="2026-11-23T20:00+00:00"), regimens=regimens
    )
    assert told.points["fasting.last_unknown"].needs == ("dose",)
    assert told.advice.critical
    assert len([entry for entry in told.entries if not entry.whole_day]) == 1


def test_a_regimen_that_has_ended_by_then_is_no_regimen(answer, build_ahead, three):
    ended = (replace(three[0], until=datetime(2026, 11, 28, tzinfo=UTC)),)
    told = answer(build_ahead("operation", OPERATION, **FASTING), regimens=ended)
    assert "fasting.regimen_unknown" in told.points


def test_the_days_before_and_after_are_dated(answer, build_ahead, three, say):
    told = answer(build_ahead("operation", OPERATION, until="2026-12-08T00:00+00:00", **FASTING), regimens=three)
    whole = {say(entry.title): entry for entry in told.entries if entry.whole_day}
    assert whole["Tell the anaesthetist and the ward: baclofen goes on"].since.day == 23
    assert whole["Creatinine before the operation"].since == datetime(2026, 11, 26, tzinfo=UTC)
    assert whole["Pack your own tablets in their box, and the list of times"].since == datetime(2026, 12, 2, tzinfo=UTC)
    after = whole["Creatinine after the operation"]
    assert (after.since, after.until) == (datetime(2026, 12, 4, tzinfo=UTC), datetime(2026, 12, 11, tzinfo=UTC))


def test_the_days_around_a_change_of_the_clocks_stay_whole_days(answer, build_ahead, three, say):
    now = datetime(2027, 3, 20, 9, tzinfo=UTC)
    told = answer(build_ahead("operation", "2027-03-28T09:00+01:00"), regimens=three, now=now)
    whole = {say(entry.title): entry.since for entry in told.entries if entry.whole_day}
    assert whole["Pack your own tablets in their box, and the list of times"].isoformat() == "2027-03-27T00:00:00+00:00"
    assert whole["Creatinine after the operation"].isoformat() == "2027-03-29T00:00:00+01:00"


@pytest.mark.parametrize(
    ("now", "operation", "nil", "again", "key", "longest_h"),
    [
        # London goes from 00:59 to 02:00 on 28 March 2027: the night is an hour shorter in truth than on the wall.
        ("2027-03-20T09:00Z", "2027-03-28T09:00+01:00", "2027-03-28T00:30Z", "2027-03-28T18:00+01:00", "short", 23.0),
        # And from 01:59 back to 01:00 on 25 October 2026: an hour longer.
        ("2026-10-20T09:00Z", "2026-10-25T09:00Z", "2026-10-25T00:30+01:00", "2026-10-25T18:00Z", "long", 25.0),
    ],
)
def test_hours_without_are_true_hours_when_the_clocks_change(
    answer, build_ahead, three, figures, now, operation, nil, again, key, longest_h
):
    thing = build_ahead("operation", operation, nil_by_mouth=nil, by_mouth_again=again)
    told = answer(thing, regimens=three, now=datetime.fromisoformat(now))
    assert figures(told.points[f"fasting.{key}"].title) == [longest_h]


def test_an_operation_today_dates_no_packing_and_one_that_began_yesterday_only_what_follows(
    answer, build_ahead, three, say
):
    today = answer(build_ahead("operation", "2026-11-23T15:00+00:00", emergency=True), regimens=three)
    titles = [say(entry.title) for entry in today.entries]
    assert not [title for title in titles if title.startswith("Pack")]
    assert "operation.emergency" in today.points
    late = answer(build_ahead("operation", "2026-11-22T15:00+00:00"), regimens=three)
    assert [say(entry.title)[:4] for entry in late.entries if entry.whole_day] == ["Crea"]
    assert all(entry.since >= datetime(2026, 11, 23, tzinfo=UTC) for entry in late.entries)


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("morphine", "opioid"),
        ("zopiclone", "sedating"),
        ("ramipril", "pressure_lowering"),
        ("naproxen", "kidney_hurting"),
    ],
)
def test_other_medicines_are_named_for_what_they_do(answer, build_ahead, three, name, point):
    medicines = (Medicine(name=name, dose=None, since=None),)
    told = answer(build_ahead("operation", OPERATION, **FASTING), regimens=three, medicines=medicines)
    assert told.points[f"operation.{point}"].title.pieces[0].words == name


def test_medicines_that_were_not_asked_or_not_read_are_asked_for(answer, build_ahead, three):
    thing = build_ahead("operation", OPERATION, **FASTING)
    assert answer(thing, regimens=three, medicines=None).points["operation.medicines_unknown"].status is Status.UNKNOWN
    unread = answer(thing, regimens=three, medicines=(Medicine(name="qzxwv", dose=None, since=None),))
    assert unread.points["operation.medicines_unread"].needs == ("patient.medicines[0].name",)


def test_a_pump_is_never_stopped_and_an_unknown_one_is_asked_for(answer, build_ahead, three):
    thing = build_ahead("operation", OPERATION, **FASTING)
    with_pump = answer(thing, regimens=three, has_pump=True)
    assert with_pump.points["operation.pump"].severity is Severity.CRITICAL
    assert answer(thing, regimens=three, has_pump=None).points["operation.pump_unknown"].needs == ("patient.has_pump",)
    assert not [key for key in answer(thing, regimens=three).points if "pump" in key]


def test_kidneys_that_are_not_known_or_old_are_asked_for(answer, build_ahead, build, three, figures):
    thing = build_ahead("operation", OPERATION, **FASTING)
    assert answer(thing, regimens=three, creatinine=()).points["operation.kidney_unknown"].status is Status.UNKNOWN
    old = (build.creatinine(0.8, datetime(2024, 1, 1, tzinfo=UTC)),)
    assert "operation.kidney_unknown" in answer(thing, regimens=three, creatinine=old).points
    assert "operation.kidney_known" in answer(thing, regimens=three).points


def test_on_dialysis_its_days_are_agreed_and_no_creatinine_is_asked_for(answer, build_ahead, three, say):
    thing = build_ahead("operation", OPERATION, **FASTING)
    naproxen = (Medicine(name="naproxen", dose=None, since=None),)
    on_it = Dialysis(kind=DialysisKind.HAEMODIALYSIS, sessions=())
    told = answer(thing, regimens=three, dialysis=on_it, medicines=naproxen)
    assert told.points["operation.dialysis"].status is Status.PRESENT
    assert "operation.after_dialysis" in told.points
    asked = {"operation.after", "operation.kidney_unknown", "operation.kidney_known", "operation.kidney_hurting"}
    assert not asked & set(told.points)
    titles = [say(entry.title) for entry in told.entries if entry.whole_day]
    assert "Agree the days of dialysis around the operation with the dialysis unit" in titles
    assert not [title for title in titles if "Creatinine" in title]


def test_where_nobody_said_whether_there_is_dialysis_kidney_function_is_asked_for(answer, build_ahead, three):
    told = answer(build_ahead("operation", OPERATION, **FASTING), regimens=three, dialysis=None, creatinine=())
    assert {"operation.after", "operation.kidney_unknown"} <= set(told.points)


def stock(units):
    return (Stock(product="us.tablet_10mg", units=units, at=datetime(2026, 11, 23, 8, tzinfo=UTC)),)


def test_a_hundred_and_twenty_tablets_last_twenty_days_and_a_refill_comes_before_the_operation(
    answer, build_ahead, three, say
):
    thing = build_ahead("operation", OPERATION, until="2026-12-10T00:00+00:00", **FASTING)
    told = answer(thing, regimens=three, stock=stock(120.0))
    point = told.points["supply.short"]
    assert point.status is Status.ABSENT
    assert datetime(2026, 12, 13, 8, tzinfo=UTC) in point.title.pieces
    (refill,) = [entry for entry in told.entries if say(entry.title) == "Fetch the refill"]
    assert refill.since == datetime(2026, 12, 2, tzinfo=UTC)


def test_a_supply_that_lasts_a_week_beyond_the_end_is_enough_and_one_hour_less_is_not(answer, build_ahead, three):
    enough = build_ahead("operation", OPERATION, until="2026-12-06T08:00+00:00", **FASTING)
    short = build_ahead("operation", OPERATION, until="2026-12-06T09:00+00:00", **FASTING)
    assert answer(enough, regimens=three, stock=stock(120.0)).points["supply.enough"].status is Status.PRESENT
    assert answer(short, regimens=three, stock=stock(120.0)).points["supply.short"].status is Status.ABSENT


def test_an_uncounted_supply_is_asked_for(answer, build_ahead, three):
    thing = build_ahead("operation", OPERATION, **FASTING)
    assert answer(thing, regimens=three).points["supply.unknown"].needs == ("stock",)


@pytest.mark.parametrize(
    ("counted", "ended"),
    [
        # at 60 mg a day, six tablets of 10 mg are one day: counted a day ago, they end at this very moment
        ((Stock(product="us.tablet_10mg", units=6.0, at=NOW - DAY),), NOW),
        ((Stock(product="us.tablet_10mg", units=0.0, at=NOW - DAY),), NOW - DAY),
        ((), NOW),
    ],
)
def test_a_supply_that_is_used_up_by_the_count_is_critical_today(answer, build_ahead, three, say, counted, ended):
    far = build_ahead("operation", "2027-03-01T08:00+00:00")
    told = answer(far, regimens=three, stock=counted)
    point = told.points["supply.spent"]
    assert (point.severity, point.status) == (Severity.CRITICAL, Status.PRESENT)
    assert told.advice.critical
    counting = counted[0].at if counted else NOW
    assert point.title.pieces == (
        "By the count of ",
        counting.replace(hour=0),
        " nothing is left since ",
        ended,
        ": running out is an abrupt stop",
    )
    assert "call the prescriber or a pharmacist today" in say(point.detail)
    assert "the emergency number now" in say(point.detail)
    assert "missed" not in say(point.detail)
    (refill,) = [entry for entry in told.entries if entry.occasion is Occasion.REFILL]
    assert (refill.since, refill.whole_day) == (NOW.replace(hour=0), True)
    assert not {"supply.short", "supply.enough"} & set(told.points)


def test_a_supply_that_ends_a_minute_from_now_is_not_used_up_yet(answer, build_ahead, three):
    last = (Stock(product="us.tablet_10mg", units=6.0, at=NOW - DAY + timedelta(minutes=1)),)
    told = answer(build_ahead("operation", OPERATION, **FASTING), regimens=three, stock=last)
    assert told.points["supply.short"].status is Status.ABSENT


def test_two_counts_are_both_taken_as_in_use_since_the_earlier_one(answer, build_ahead, three):
    """60 tablets of 10 mg and 60 mL of 1 mg/mL are 660 mg: eleven days from the earlier count, a day ago."""
    two = (
        *stock(60.0),
        Stock(product="us.solution_1mg_ml", units=60.0, at=datetime(2026, 11, 22, 8, tzinfo=UTC)),
    )
    told = answer(build_ahead("operation", OPERATION, **FASTING), regimens=three, stock=two)
    assert datetime(2026, 12, 3, 8, tzinfo=UTC) in told.points["supply.short"].title.pieces


def test_a_liquid_is_counted_by_its_content(answer, build_ahead, three):
    bottle = (Stock(product="us.solution_1mg_ml", units=1200.0, at=datetime(2026, 11, 23, 8, tzinfo=UTC)),)
    told = answer(build_ahead("operation", OPERATION, **FASTING), regimens=three, stock=bottle)
    assert datetime(2026, 12, 13, 8, tzinfo=UTC) in told.points["supply.enough"].title.pieces


def test_the_predicted_plasma_falls_below_what_is_usual_when_a_dose_is_left_out(answer, build_ahead, three, figures):
    told = answer(build_ahead("operation", OPERATION, **FASTING), regimens=three)
    lowest, usual = figures(told.points["fasting.level"].title)
    assert 0 < lowest < usual


def test_no_level_is_predicted_where_no_model_speaks(answer, build_ahead, three):
    told = answer(build_ahead("operation", OPERATION, **FASTING), regimens=three, age_y=None, weight_kg=None)
    assert "fasting.level" not in told.points


def test_two_operations_say_what_holds_once(answer, build_ahead, three):
    later = build_ahead(
        "operation",
        "2026-12-20T08:00+00:00",
        nil_by_mouth="2026-12-20T02:00+00:00",
        by_mouth_again="2026-12-20T18:00+00:00",
    )
    told = answer(build_ahead("operation", OPERATION, **FASTING), later, regimens=three)
    assert [point.id for point in told.advice.points].count("operation.continue") == 1
    assert [entry.since for entry in told.entries] == sorted(entry.since for entry in told.entries)


def test_every_day_of_a_long_fasting_is_dated_from_the_evening_before_to_the_last(answer, build_ahead, three):
    fasting = {"nil_by_mouth": "2026-12-02T20:00+00:00", "by_mouth_again": "2026-12-04T18:00+00:00"}
    told = answer(build_ahead("operation", OPERATION, **fasting), regimens=three)
    doses = [entry.since for entry in told.entries if not entry.whole_day and "mg" in str(entry.title.pieces)]
    assert [f"{at:%d %H}" for at in doses] == [
        *("02 07", "02 14", "02 22"),
        *("03 07", "03 14", "03 22"),
        *("04 07", "04 14", "04 22"),
    ]


def test_only_what_is_really_left_out_is_left_out_of_the_prediction(make, build_ahead, three):
    thing = build_ahead("operation", OPERATION, **FASTING)
    case = make(ahead=(thing,), regimens=three)
    gone = left_out(case, Thing(ahead=thing, path="ahead[0]"))
    assert [dose.at for dose in gone] == [datetime(2026, 12, 3, 14, tzinfo=UTC)]


DECIDED = ": only if another was taken in the "


def test_after_more_than_a_day_without_a_dose_none_is_told_at_the_usual_time(answer, build_ahead, three, figures):
    # refused sips: from the 22:00 of the second to the 22:00 of the fourth are 48 h; with sips 39 h from 07:00
    long = {"nil_by_mouth": "2026-12-03T02:00+00:00", "by_mouth_again": "2026-12-04T20:00+00:00"}
    told = answer(build_ahead("operation", OPERATION, **long), regimens=three)
    assert [DECIDED in title for title in told.at("2026-12-04T22:00+00:00")] == [True]
    after = told.points["fasting.after"]
    assert after.severity is Severity.CRITICAL
    assert figures(after.title) == [48.0]
    assert figures(after.detail) == [24, 72]
    assert not [entry for entry in told.entries if entry.since > after_the_fasting() and usual(entry)]


def test_up_to_a_day_without_a_dose_the_usual_one_follows(answer, build_ahead, three):
    told = answer(build_ahead("operation", OPERATION, **FASTING), regimens=three)
    assert told.at("2026-12-03T22:00+00:00")[0].endswith(USUAL)
    assert "fasting.after" not in told.points


def test_where_no_dose_is_known_before_none_is_told_at_the_usual_time(answer, build_ahead, build):
    regimens = (build.regimen(("12:00", 20.0), ("22:00", 20.0), since=datetime(2026, 12, 3, tzinfo=UTC)),)
    told = answer(build_ahead("operation", OPERATION, **FASTING), regimens=regimens)
    assert "fasting.last_unknown" in told.points
    assert DECIDED in told.at("2026-12-03T22:00+00:00")[0]


def after_the_fasting():
    return datetime(2026, 12, 4, 20, tzinfo=UTC)


def usual(entry):
    return any(isinstance(piece, str) and piece.endswith(USUAL) for piece in entry.title.pieces)
