"""What is really taken when a plan would begin, and what a plan makes of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care.finding import Change
from baclo.care.standing import Continuity, standing
from baclo.care.taper import taper
from baclo.care.titrate import CHANGES, titrate
from baclo.case.case import Ask
from baclo.case.timeline import Dose, DoseStatus, Route

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
START = datetime(2026, 11, 24, tzinfo=UTC)
THRICE = (("08:00", 10.0), ("14:00", 10.0), ("22:00", 10.0))


def record(at, mg=10, status=DoseStatus.GIVEN, scheduled=None):
    return Dose(
        at=at,
        amount_ug=mg * 1000,
        over_h=0.0,
        route=Route.ORAL,
        product=None,
        status=status,
        scheduled=scheduled,
        vomited_at=None,
    )


def not_taken(days, status):
    """Every dose of THRICE in the last so many days, with that status."""
    first = datetime(2026, 11, 23, tzinfo=UTC) - timedelta(days=days)
    times = [first + timedelta(days=day, hours=hour) for day in range(days + 1) for hour in (8, 14, 22)]
    return tuple(record(at, status=status, scheduled=at) for at in times)


@pytest.fixture
def stands(knowledge, make):
    return lambda at=START, **changes: standing(knowledge, make(**changes), at)


@pytest.fixture
def plan(knowledge, make, picture_of):
    def made(planner, **changes):
        case = make(**changes)
        return planner(knowledge, case, picture_of(case))

    return made


def totals(plan):
    return [step.total_ug_per_day / 1000 for step in plan.steps]


def words(text):
    return "".join(piece for piece in text.pieces if isinstance(piece, str))


def needs(plan):
    return {need for refusal in plan.refusals for need in refusal.needs}


def test_nothing_recorded_is_never_taken(stands):
    assert stands().continuity is Continuity.NEVER


def test_use_without_a_dose_told_is_untold_and_refuses_a_rise(stands, plan):
    told = {"baclofen_since": datetime(2024, 3, 1, tzinfo=UTC)}
    assert stands(**told).continuity is Continuity.UNTOLD
    assert "regimen" in needs(plan(titrate, **told))


def test_a_running_regimen_is_going_on_since_its_total_began(stands, build):
    first = replace(
        build.regimen(*THRICE, since=datetime(2026, 1, 1, tzinfo=UTC)), until=datetime(2026, 6, 1, tzinfo=UTC)
    )
    moved = build.regimen(("07:00", 15.0), ("21:00", 15.0), since=datetime(2026, 6, 1, tzinfo=UTC))
    now = stands(regimens=(first, moved))
    assert now.continuity is Continuity.GOING_ON
    assert now.regimen == moved
    assert now.since == datetime(2026, 1, 1, tzinfo=UTC)
    other = replace(first, doses=first.doses[:1])
    assert stands(regimens=(other, moved)).since == datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize("hour", [7, 10, 15, 21])
@pytest.mark.parametrize(("days", "continuity"), [(2, Continuity.INTERRUPTED), (5, Continuity.LAPSED)])
def test_who_has_missed_every_dose_for_days_does_not_go_on_because_the_next_ones_are_still_due(
    stands, build, days, continuity, hour
):
    # the doses of the rest of this day are due before the plan begins, whatever the hour
    now = NOW.replace(hour=hour)
    missed = tuple(one for one in not_taken(days, DoseStatus.MISSED) if one.at < now)
    assert stands(now=now, regimens=(build.regimen(*THRICE),), doses=missed).continuity is continuity


def test_one_dose_of_three_days_is_little_and_a_first_one_still_to_come_goes_on(stands, build):
    missed = [one for one in not_taken(3, DoseStatus.MISSED) if one.at < NOW]
    regimens = (build.regimen(*THRICE),)
    for status in (DoseStatus.UNKNOWN, DoseStatus.VOMITED, DoseStatus.GIVEN):
        perhaps = (*missed[:-1], replace(missed[-1], status=status))
        assert stands(regimens=regimens, doses=perhaps).continuity is Continuity.LITTLE
    # a regimen that begins only now was not missed
    assert stands(regimens=(build.regimen(*THRICE, since=NOW),)).continuity is Continuity.GOING_ON


@pytest.mark.parametrize("status", [DoseStatus.UNKNOWN, DoseStatus.VOMITED, DoseStatus.GIVEN])
def test_doses_that_may_have_been_taken_go_on_but_are_not_raised(stands, plan, build, status):
    # for a reduction they count as taken: it is never refused for what is not known
    perhaps = tuple(one for one in not_taken(3, status) if one.at < NOW)
    made = {"regimens": (build.regimen(*THRICE),), "doses": perhaps}
    assert stands(**made).continuity is Continuity.GOING_ON
    assert plan(taper, **made, goal_ug_per_day=None).steps
    assert bool(plan(titrate, **made).steps) == (status is DoseStatus.GIVEN)


def test_two_doses_of_three_days_that_were_missed_refuse_a_rise_and_one_does_not(stands, plan, build):
    regimens = (build.regimen(*THRICE),)
    two = [record(NOW - timedelta(hours=hours), status=DoseStatus.MISSED) for hours in (20, 44)]
    two = [replace(one, scheduled=one.at) for one in two]
    assert plan(titrate, regimens=regimens, doses=two[:1]).steps
    refused = plan(titrate, regimens=regimens, doses=two)
    assert needs(refused) == {"dose"}
    (reason,) = refused.refusals
    assert reason.basis == ("fact:missed.in_row", "fact:missed.restart_low", "case:dose")
    assert stands(regimens=regimens, doses=two).continuity is Continuity.GOING_ON


@pytest.mark.parametrize("status", [DoseStatus.GIVEN, DoseStatus.UNKNOWN])
def test_less_than_a_day_outside_the_regimen_after_days_without_is_no_regimen_that_goes_on(stands, build, plan, status):
    regimens = (build.regimen(*THRICE),)
    missed = tuple(one for one in not_taken(5, DoseStatus.MISSED) if one.at < NOW)
    extra = record(NOW - timedelta(hours=20), mg=29.9, status=status)
    now = stands(regimens=regimens, doses=(*missed, extra))
    assert (now.continuity, now.regimen) == (Continuity.LITTLE, None)
    for planner in (taper, titrate):
        made = plan(planner, regimens=regimens, doses=(*missed, extra))
        assert not made.steps
        said = ["".join(map(str, one.reason.pieces)) for one in made.refusals]
        assert any("less was taken than the regimen says" in words for words in said)


def test_smaller_doses_than_the_regimen_says_are_what_is_taken_now(stands, plan, build):
    # 5 mg each time instead of 10: a taper from 30 to 25 mg would be a rise
    regimens = (build.regimen(*THRICE),)
    halves = tuple(replace(one, amount_ug=5_000.0) for one in not_taken(4, DoseStatus.GIVEN) if one.at < NOW)
    assert stands(regimens=regimens, doses=halves).continuity is Continuity.LITTLE
    for planner in (taper, titrate):
        assert needs(plan(planner, regimens=regimens, doses=halves)) >= {"regimen"}
    # one smaller dose among them, or a day of them, is no other dose yet
    assert stands(regimens=regimens, doses=halves[-1:]).continuity is Continuity.GOING_ON
    assert stands(regimens=regimens, doses=halves[-3:]).continuity is Continuity.GOING_ON


@pytest.mark.parametrize(("hours", "again"), [(72, False), (73, True), (24 * 40, True)])
def test_all_of_it_again_after_days_without_is_no_dose_that_goes_on(stands, plan, build, hours, again):
    morning = NOW - timedelta(hours=2)
    before = replace(build.regimen(*THRICE), until=morning - timedelta(hours=hours) + timedelta(minutes=1))
    before = replace(before, doses=build.regimen((f"{(morning - timedelta(hours=hours)):%H:%M}", 30.0)).doses)
    new = build.regimen(*THRICE, since=morning)
    found = stands(regimens=(before, new))
    assert (found.continuity is Continuity.LITTLE) == again
    assert bool(plan(taper, regimens=(before, new), goal_ug_per_day=None).steps) != again


def test_doses_at_other_times_than_the_regimen_go_on(stands, build):
    missed = tuple(one for one in not_taken(5, DoseStatus.MISSED) if one.at < NOW)
    moved = tuple(
        replace(one, at=one.at + timedelta(hours=1), scheduled=None, status=DoseStatus.GIVEN) for one in missed
    )
    regimens = (build.regimen(*THRICE),)
    assert stands(regimens=regimens, doses=(*missed, *moved)).continuity is Continuity.GOING_ON
    assert stands(regimens=regimens, doses=(*missed, *moved[::2])).continuity is Continuity.LITTLE


def test_doses_without_any_regimen_go_on(stands):
    taken = (record(NOW - timedelta(days=3)), record(NOW - timedelta(hours=2), mg=0.0001))
    assert stands(doses=taken).continuity is Continuity.GOING_ON


def test_a_gap_before_a_regimen_that_begins_later_today_is_a_gap(stands, build):
    before = replace(build.regimen(*THRICE), until=NOW - timedelta(days=5))
    later = build.regimen(*THRICE, since=NOW + timedelta(hours=2))
    assert stands(regimens=(before, later)).continuity is Continuity.LAPSED
    just = replace(before, until=NOW - timedelta(hours=1))
    assert stands(regimens=(just, later)).continuity is Continuity.GOING_ON


def test_a_gap_that_lasts_into_the_plan_is_as_long_as_it_will_be_then(stands, build):
    # the last one on the 20th at 22:00: 71 hours before now, 74 before the plan, and the regimen ends this evening
    now = NOW.replace(hour=21)
    ended = replace(build.regimen(*THRICE), until=now - timedelta(hours=1))
    missed = tuple(one for one in not_taken(2, DoseStatus.MISSED) if one.at < now)
    assert stands(now=now, regimens=(ended,), doses=missed).continuity is Continuity.LAPSED


def test_a_dose_of_the_day_before_yesterday_is_no_dose_of_late(stands, build):
    # the 22nd at 14:00 and what came after it were missed, the 22nd at 8:00, 26 hours ago, was taken
    missed = tuple(one for one in not_taken(1, DoseStatus.MISSED) if NOW - timedelta(hours=21) < one.at < NOW)
    assert stands(regimens=(build.regimen(*THRICE),), doses=missed).continuity is Continuity.INTERRUPTED


def test_who_missed_the_first_dose_of_all_goes_on_with_nothing(stands, build):
    begun = build.regimen(*THRICE, since=NOW - timedelta(hours=3))
    first = NOW - timedelta(hours=2)
    found = stands(regimens=(begun,), doses=(record(first, status=DoseStatus.MISSED, scheduled=first),))
    assert found.continuity is Continuity.LAPSED


def test_a_day_of_23_hours_is_no_less_than_the_24_of_the_text(knowledge, make, build):
    zone = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 3, 29, 12, tzinfo=zone).astimezone(UTC)
    perhaps = datetime(2026, 3, 28, 11, 30, tzinfo=zone).astimezone(UTC)
    missed = datetime(2026, 3, 28, 22, tzinfo=zone).astimezone(UTC)
    this_morning = datetime(2026, 3, 29, 11, 30, tzinfo=zone).astimezone(UTC)
    regimens = (build.regimen(("11:30", 10.0), ("22:00", 10.0)),)
    doses = (
        record(perhaps, status=DoseStatus.UNKNOWN, scheduled=perhaps),
        *(record(at, status=DoseStatus.MISSED, scheduled=at) for at in (missed, this_morning)),
    )
    case = make(now=now, zone=zone, regimens=regimens, doses=doses)
    assert now - perhaps == timedelta(hours=23, minutes=30)
    at = datetime(2026, 3, 30, tzinfo=zone).astimezone(UTC)
    assert standing(knowledge, case, at).continuity is Continuity.GOING_ON


@pytest.mark.parametrize("minute", [0, 30])
def test_a_dose_once_a_day_is_a_day_of_25_hours_back_where_the_clocks_went_back(knowledge, make, build, minute):
    zone = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 10, 25, 7, 30 + minute // 2, tzinfo=zone).astimezone(UTC)
    due = [datetime(2026, 10, day, 8, tzinfo=zone).astimezone(UTC) for day in range(17, 25)]
    regimens = (build.regimen(("08:00", 30.0)),)

    def found(*doses):
        case = make(now=now, zone=zone, regimens=regimens, doses=doses)
        return standing(knowledge, case, datetime(2026, 10, 26, tzinfo=zone).astimezone(UTC)).continuity

    missed = [record(at, mg=30, status=DoseStatus.MISSED, scheduled=at) for at in due]
    assert found(*missed) is Continuity.LAPSED
    assert found(missed[-1]) is Continuity.INTERRUPTED
    assert found() is Continuity.GOING_ON


@pytest.mark.parametrize(
    ("minutes", "yesterday", "continuity"),
    [
        (30, "given", Continuity.GOING_ON),
        (60, "given", Continuity.GOING_ON),
        (61, "given", Continuity.INTERRUPTED),
        (30, "missed", Continuity.INTERRUPTED),
    ],
)
def test_a_dose_once_a_day_that_is_just_late_is_no_day_without(stands, build, minutes, yesterday, continuity):
    today = NOW - timedelta(minutes=minutes)
    late = record(today, mg=30, status=DoseStatus.MISSED, scheduled=today)
    before = record(today - timedelta(days=1), mg=30, status=DoseStatus(yesterday), scheduled=today - timedelta(days=1))
    once = build.regimen((f"{today:%H:%M}", 30.0))
    assert stands(regimens=(once,), doses=(before, late)).continuity is continuity


@pytest.mark.parametrize("planner", [taper, titrate])
def test_no_plan_goes_on_from_a_dose_that_nobody_took_for_days(plan, build, planner):
    missed = tuple(one for one in not_taken(5, DoseStatus.MISSED) if one.at < NOW)
    made = plan(planner, regimens=(build.regimen(*THRICE),), doses=missed, goal_ug_per_day=None)
    assert made.refused if planner is taper else totals(made)[0] <= 15


@pytest.mark.parametrize(
    ("days", "continuity"), [(0, Continuity.GOING_ON), (1, Continuity.INTERRUPTED), (4, Continuity.LAPSED)]
)
@pytest.mark.parametrize("status", [DoseStatus.MISSED, DoseStatus.UNKNOWN])
def test_doses_missed_or_unsure_are_not_on_board(stands, build, days, continuity, status):
    taken = build.regimen(*THRICE)
    now = stands(at=NOW, regimens=(taken,), doses=tuple(dose for dose in not_taken(days, status) if dose.at <= NOW))
    assert now.continuity is continuity
    assert (now.regimen is not None) == (continuity is Continuity.GOING_ON)


LOOSE = (record(NOW - timedelta(hours=2)),)  # taken outside any regimen: something is going on, whatever else is


def test_where_nothing_is_taken_the_daily_dose_is_nothing(stands):
    assert stands().total_ug_per_day == 0.0


@pytest.mark.parametrize(("hours", "runs"), [(12, True), (23, True), (24, False), (47, False), (24 * 30, False)])
def test_a_regimen_that_ended_runs_up_to_the_plan_if_it_ended_within_a_day(stands, build, hours, runs):
    ended = replace(build.regimen(*THRICE), until=START - timedelta(hours=hours))
    now = stands(regimens=(ended,), doses=LOOSE)
    assert now.continuity is (Continuity.LITTLE if hours > 72 else Continuity.GOING_ON)
    assert now.regimen == (ended if runs else None)


@pytest.mark.parametrize("days", [0, 1])
def test_a_regimen_that_begins_with_the_plan_or_after_it_is_later_and_not_going_on(stands, build, days):
    later = build.regimen(*THRICE, since=START + timedelta(days=days))
    now = stands(regimens=(later,), doses=LOOSE)
    assert now.regimen is None
    assert now.later == (later,)
    assert stands(regimens=(later,)).continuity is Continuity.NEVER


def test_of_two_regimens_within_the_last_day_the_later_one_is_going_on(stands, build):
    earlier = replace(build.regimen(*THRICE), until=NOW)
    moved = build.regimen(("08:00", 5.0), ("22:00", 5.0), since=NOW)
    assert stands(regimens=(earlier, moved)).regimen == moved
    stopped = replace(moved, doses=())
    assert stands(regimens=(earlier, stopped)).regimen is None


def test_single_doses_of_long_ago_are_lapsed_use(stands):
    assert stands(doses=(record(NOW - timedelta(days=10)),)).continuity is Continuity.LAPSED


@pytest.mark.parametrize(("hours", "loose"), [(-1, True), (0, True), (1, False)])
def test_a_dose_outside_any_regimen_is_loose_up_to_now(stands, hours, loose):
    assert stands(doses=(record(NOW + timedelta(hours=hours)),)).loose is loose


def test_the_total_began_with_the_first_of_all_the_regimens_that_follow_each_other(stands, build):
    first, second, third = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 3, 6))
    row = [build.regimen(*THRICE, since=since) for since in (first, second, third)]
    row = [replace(row[0], until=second), replace(row[1], until=third), row[2]]
    assert stands(regimens=tuple(row)).since == first
    with_a_gap = (replace(row[0], until=second - timedelta(days=1)), row[1], row[2])
    assert stands(regimens=with_a_gap).since == second


def test_after_a_long_gap_a_rise_begins_at_the_bottom_and_a_taper_has_nothing_to_reduce(plan, build):
    ended = replace(build.regimen(*THRICE), until=NOW - timedelta(days=10))
    assert totals(plan(titrate, regimens=(ended,)))[0] == 15
    refused = plan(taper, ask=Ask.TAPER, goal_ug_per_day=0.0, regimens=(ended,))
    assert refused.refused
    assert "do not start again in order to taper" in refused.refusals[0].reason.pieces[0]


def test_a_start_asked_for_after_the_regimen_has_long_ended_begins_at_the_bottom(plan, build):
    ending = replace(build.regimen(*THRICE), until=NOW + timedelta(days=1))
    made = plan(titrate, regimens=(ending,), since=NOW + timedelta(days=10))
    assert totals(made)[0] == 15


def test_between_a_day_and_three_a_rise_is_refused(plan, build):
    ended = replace(build.regimen(*THRICE), until=NOW - timedelta(days=1))
    made = plan(titrate, regimens=(ended,))
    assert made.refused
    assert "dose" in needs(made)


def test_a_plan_goes_on_from_the_dose_of_its_first_day_not_of_today(plan, build):
    today = replace(build.regimen(*THRICE, since=datetime(2026, 1, 1, tzinfo=UTC)), until=NOW + timedelta(days=1))
    lower = build.regimen(("22:00", 10.0), since=NOW + timedelta(days=1))
    asked = {"regimens": (today, lower), "since": NOW + timedelta(days=12)}
    assert totals(plan(titrate, **asked))[0] <= 25
    assert max(totals(plan(taper, ask=Ask.TAPER, goal_ug_per_day=0.0, **asked))) < 10


def test_a_dose_that_began_yesterday_lasts_its_step_before_it_is_raised(plan, build):
    fresh = build.regimen(*THRICE, since=NOW - timedelta(days=1))
    made = plan(titrate, regimens=(fresh,))
    assert made.steps[0].since == datetime(2026, 11, 25, tzinfo=UTC)
    assert any("has not lasted a whole step" in text.pieces[0] for text in made.notes)


def test_a_regimen_that_begins_later_refuses_a_rise_and_is_told_by_a_taper(plan, build):
    later = build.regimen(("08:00", 20.0), ("14:00", 20.0), ("22:00", 20.0), since=NOW + timedelta(days=3))
    assert "regimen" in needs(plan(titrate, regimens=(later,)))
    now = replace(build.regimen(*THRICE), until=later.since)
    made = plan(taper, ask=Ask.TAPER, goal_ug_per_day=0.0, regimens=(now, later))
    assert any("is replaced by this plan" in str(piece) for text in made.notes for piece in text.pieces)


def test_doses_outside_any_regimen_refuse_a_rise_and_are_told_by_a_taper(stands, plan, build):
    loose = tuple(record(NOW - timedelta(hours=hours), mg=20) for hours in (2, 8, 14, 20, 26, 32))
    assert stands(doses=loose).loose
    assert "regimen" in needs(plan(titrate, doses=loose))
    made = plan(taper, ask=Ask.TAPER, goal_ug_per_day=0.0, doses=loose[:1], regimens=(build.regimen(*THRICE),))
    assert any("Doses outside the regimen" in str(text.pieces[0]) for text in made.notes)


def test_a_rise_planned_far_ahead_is_refused(plan):
    assert "question.since" in needs(plan(titrate, since=NOW + timedelta(days=60)))


def test_every_standing_is_a_change_of_dose():
    assert set(CHANGES) == set(Continuity)
    assert not {Change.REDUCE, Change.REDUCE_AT_HOME} & set(CHANGES.values())


def test_a_taper_of_a_child_says_that_no_source_gives_its_steps_by_weight(plan, build):
    made = plan(
        taper,
        ask=Ask.TAPER,
        goal_ug_per_day=0.0,
        age_y=10.0,
        weight_kg=30.0,
        height_cm=138.0,
        regimens=(build.regimen(*THRICE),),
    )
    assert any("No source gives steps by weight" in str(text.pieces[0]) for text in made.notes)


def test_one_dose_never_begins_or_rises_by_more_than_the_labels_step(plan):
    made = plan(titrate, products=("us.tablet_15mg",), goal_ug_per_day=60_000.0)
    assert made.refused
    assert "products" in needs(made)


def test_a_dose_taken_before_its_time_stands_for_the_one_that_was_due(knowledge, make, build):
    # once a day at 21:00, yesterday's an hour early, and half an hour before the next: 24.5 h
    now = NOW.replace(hour=20, minute=30)
    due = (now - timedelta(days=1)).replace(hour=21, minute=0)
    regimens = (build.regimen(("21:00", 20.0)),)

    def found(status):
        early = record(due - timedelta(hours=1), mg=20, status=status, scheduled=due)
        return standing(knowledge, make(now=now, regimens=regimens, doses=(early,)), START).continuity

    assert now - (due - timedelta(hours=1)) > timedelta(hours=24)
    assert found(DoseStatus.GIVEN) is Continuity.GOING_ON
    assert found(DoseStatus.MISSED) is Continuity.INTERRUPTED
    # at the minute in which the next one is due the last one is still of late, and a day before that it is not
    sharp = due + timedelta(days=1)
    early = record(due - timedelta(hours=1), mg=20, scheduled=due)
    missed = [record(at, mg=20, status=DoseStatus.MISSED, scheduled=at) for at in (sharp, sharp + timedelta(days=1))]

    def later(now, *doses):
        at = now + timedelta(hours=25)  # the next dose of the clock is due before
        return standing(knowledge, make(now=now, regimens=regimens, doses=doses), at).continuity

    assert later(sharp, early, missed[0]) is Continuity.GOING_ON
    assert later(sharp + timedelta(minutes=1), early, missed[0]) is Continuity.INTERRUPTED
    assert later(sharp + timedelta(days=1), early, *missed) is Continuity.INTERRUPTED


def test_a_dose_taken_before_its_time_covers_none_that_came_due_after_it(knowledge, make, build):
    # 08:00 and 20:00; that of yesterday evening at 09:00, that of this morning missed: 25 h at 10:00
    regimens = (build.regimen(("08:00", 20.0), ("20:00", 20.0)),)
    evening, morning = NOW.replace(hour=20) - timedelta(days=1), NOW.replace(hour=8)
    early = record(NOW - timedelta(hours=25), mg=20, scheduled=evening)

    def found(*doses):
        return standing(knowledge, make(now=NOW, regimens=regimens, doses=doses), START).continuity

    assert found(early, record(morning, mg=20, status=DoseStatus.MISSED, scheduled=morning)) is Continuity.INTERRUPTED
    assert found(early) is Continuity.GOING_ON


def test_more_than_the_regimen_says_is_no_dose_to_fall_from_or_to_rise_from(stands, plan, build):
    """20 mg for each of 10 mg over days: 60 mg a day is taken, and the regimen says 30."""
    due = [one.at for one in not_taken(4, DoseStatus.GIVEN) if one.at < NOW]
    doubled = tuple(record(at, mg=20, scheduled=at) for at in due)
    found = stands(regimens=(build.regimen(*THRICE),), doses=doubled)
    assert (found.continuity, found.total_ug_per_day) == (Continuity.MORE, 30_000)
    for planner, goal in ((taper, 0.0), (titrate, 45_000.0)):
        made = plan(planner, regimens=(build.regimen(*THRICE),), doses=doubled, goal_ug_per_day=goal)
        assert made.refused
        assert any("more was taken than the regimen says" in words(one.reason) for one in made.refusals)
    told = (build.regimen(*((clock, 20.0) for clock, _ in THRICE)),)
    assert stands(regimens=told, doses=doubled).continuity is Continuity.GOING_ON
    assert not plan(taper, regimens=told, doses=doubled, goal_ug_per_day=0.0).refused


def test_one_double_dose_leaves_what_goes_on_as_it_is_and_refuses_a_rise_alone(stands, plan, build):
    twice = (record(NOW - timedelta(hours=2), mg=20, scheduled=NOW - timedelta(hours=2)),)
    usual = (build.regimen(*THRICE),)
    assert stands(regimens=usual, doses=twice).continuity is Continuity.GOING_ON
    assert not plan(taper, regimens=usual, doses=twice, goal_ug_per_day=0.0).refused
    assert plan(titrate, regimens=usual, doses=twice, goal_ug_per_day=45_000.0).refused
    assert not plan(titrate, regimens=usual, goal_ug_per_day=45_000.0).refused
