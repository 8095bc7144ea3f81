"""How the doses by the clock were kept of late: by days of the clock, in full, and after which gap."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care.of_late import began_again, just_late, not_surely_taken, took_hardly_any, took_less, took_more
from baclo.case.timeline import DoseStatus

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
THRICE = (("08:00", 10.0), ("14:00", 10.0), ("22:00", 10.0))
DUE = [datetime(2026, 11, 20 + day, hour, tzinfo=UTC) for day in range(4) for hour in (8, 14, 22)][1:10]  # of 72 h


@pytest.fixture
def record(build):
    def of(at, status="missed", mg=10.0, *, loose=False):
        return build.dose(mg, at=at, status=status, scheduled=None if loose else at)

    return of


@pytest.fixture
def case(make, build):
    usual = (build.regimen(*THRICE),)
    return lambda *doses, regimens=usual: make(now=NOW, regimens=regimens, doses=doses)


def test_the_doses_of_72_hours_are_nine(case, record, knowledge):
    every = [record(at) for at in DUE]
    assert [NOW - DUE[0], NOW - DUE[-1]] == [timedelta(hours=68), timedelta(hours=2)]
    assert not_surely_taken(knowledge, case(*every)) == 9
    before, after = record(datetime(2026, 11, 20, 8, tzinfo=UTC)), record(datetime(2026, 11, 23, 14, tzinfo=UTC))
    assert not_surely_taken(knowledge, case(before, *every, after)) == 9
    assert not_surely_taken(knowledge, case(record(NOW - timedelta(hours=1), loose=True))) == 0


@pytest.mark.parametrize(
    ("status", "mg", "sure"),
    [("given", 10, True), ("given", 12, True), ("given", 9.9, False), ("unknown", 10, False), ("missed", 10, False)],
)
def test_a_dose_is_surely_taken_if_it_was_given_in_full(case, record, knowledge, status, mg, sure):
    assert not_surely_taken(knowledge, case(record(DUE[4], status, mg))) == (0 if sure else 1)


def test_less_was_taken_only_where_no_day_of_three_was_whole(case, record, knowledge):
    # one dose of each day: each stretch of a day holds two of three
    assert took_less(knowledge, case(*[record(DUE[place]) for place in (1, 4, 7)]))
    # two in a row leave the first day whole
    assert not took_less(knowledge, case(*[record(at) for at in DUE[4:6]]))
    # what nobody knows may have been taken, and doses outside the regimen count
    assert not took_less(knowledge, case(*[record(at, "unknown") for at in DUE]))
    assert not took_less(
        knowledge, case(*[record(at) for at in DUE], *[record(at, "given", loose=True) for at in DUE[:3]])
    )
    assert took_less(knowledge, case(*[record(at) for at in DUE], *[record(at, "given", loose=True) for at in DUE[:2]]))


def test_thirds_of_a_dose_make_a_whole(case, record, build, knowledge):
    thirds = [record(at, "given", 0.3 / 3, loose=True) for at in DUE[2:5]]
    regimens = (build.regimen(("08:00", 0.3)),)
    missed = [record(at, mg=0.3) for at in DUE if at.hour == 8]
    assert not took_less(knowledge, case(*missed, *thirds, regimens=regimens))
    assert not took_hardly_any(knowledge, case(*missed, *thirds, regimens=regimens))


@pytest.mark.parametrize(("month", "day"), [(3, 30), (10, 26)])
def test_a_day_of_23_or_25_hours_is_one_day(make, build, knowledge, month, day):
    zone = ZoneInfo("Europe/Berlin")
    now = datetime(2026, month, day, 9, tzinfo=zone).astimezone(UTC)
    once = (build.regimen(("08:00", 30.0)),)
    due = [datetime(2026, month, day - back, 8, tzinfo=zone).astimezone(UTC) for back in (3, 2, 1, 0)]
    missed = tuple(build.dose(30.0, at=at, status="missed", scheduled=at) for at in due)
    for taken in range(1, 3):
        kept = missed[:taken] + missed[taken + 1 :]
        assert not took_less(knowledge, make(now=now, zone=zone, regimens=once, doses=kept))
    assert took_less(knowledge, make(now=now, zone=zone, regimens=once, doses=missed))


def test_hardly_any_is_less_in_three_days_than_in_one(case, record, build, knowledge):
    two, three = [record(at) for at in DUE[2:]], [record(at) for at in DUE[3:]]
    assert took_hardly_any(knowledge, case(*two))
    assert not took_hardly_any(knowledge, case(*three))
    # nobody took anything before: that it was missed from the first leaves nothing to be used to
    begun = (build.regimen(*THRICE, since=DUE[0]),)
    assert not took_hardly_any(knowledge, case(*[record(at) for at in DUE], regimens=begun))


def test_nothing_taken_is_not_begun_again(case, record, knowledge):
    missed = [record(at) for at in DUE]
    assert not began_again(knowledge, case(*missed))
    assert not began_again(knowledge, case())


@pytest.mark.parametrize(("hours", "again"), [(71, False), (72, False), (72.1, True), (2000, True)])
def test_all_of_it_after_a_gap_is_begun_again_for_three_days(make, build, record, knowledge, hours, again):
    first = NOW - timedelta(hours=2)
    last = record(first - timedelta(hours=hours), "given", loose=True)
    new = build.regimen(*THRICE, since=first)
    assert began_again(knowledge, make(now=NOW, regimens=(new,), doses=(last,))) is again
    later = make(now=NOW + timedelta(hours=72), regimens=(new,), doses=(last,))
    assert not began_again(knowledge, later)


def test_a_regimen_that_went_before_is_looked_at_without_a_record(make, build, knowledge):
    old = replace(build.regimen(*THRICE), until=NOW - timedelta(hours=90))
    new = build.regimen(*THRICE, since=NOW - timedelta(hours=3))
    assert began_again(knowledge, make(now=NOW, regimens=(old, new)))
    assert not began_again(knowledge, make(now=NOW, regimens=(new,)))
    assert not began_again(knowledge, make(now=NOW, regimens=(replace(old, until=new.since), new)))


def test_a_new_start_that_is_no_larger_than_the_first_dose_of_the_texts_is_told_as_such(make, build, knowledge):
    old = replace(build.regimen(*THRICE), until=NOW - timedelta(hours=90))
    # 15 mg a day in the American label
    for total, again in ((15.0, False), (15.1, True), (29.9, True)):
        new = build.regimen(("08:00", total), since=NOW - timedelta(hours=3))
        assert began_again(knowledge, make(now=NOW, regimens=(old, new))) is again


@pytest.mark.parametrize(("age_y", "again"), [(9.0, True), (None, True), (float("nan"), True), (18.0, False)])
def test_the_first_dose_of_an_adult_is_no_new_start_of_a_child(make, build, knowledge, age_y, again):
    # 10 mg a day before and after: all of the old dose of a child
    old = replace(build.regimen(("08:00", 10.0)), until=NOW - timedelta(hours=90))
    new = build.regimen(("08:00", 10.0), since=NOW - timedelta(hours=3))
    assert began_again(knowledge, make(now=NOW, regimens=(old, new), age_y=age_y)) is again


def test_less_is_held_against_the_regimen_that_runs_and_one_missed_dose_is_none(make, build, record, knowledge):
    # 30 mg a day taken as 15 until this morning, and 15 since: what is taken now is told
    halves = tuple(replace(record(at, "given"), amount_ug=5_000.0) for at in DUE)
    assert took_less(knowledge, make(now=NOW, regimens=(build.regimen(*THRICE),), doses=halves))
    since = NOW - timedelta(hours=3)
    told = (replace(build.regimen(*THRICE), until=since), build.regimen(("08:00", 15.0), since=since))
    assert not took_less(knowledge, make(now=NOW, regimens=told, doses=halves[:-1]))
    # two days on a step, and one dose of each day but the first missed; two of one day
    step = (build.regimen(*THRICE, since=DUE[2]),)
    assert not took_less(knowledge, make(now=NOW, regimens=step, doses=(record(DUE[3]),)))
    assert took_less(knowledge, make(now=NOW, regimens=step, doses=(record(DUE[3]), record(DUE[6]))))
    assert not took_less(knowledge, make(now=NOW, regimens=step, doses=(record(DUE[3]), record(DUE[4]))))
    # on the first day of all no day is whole yet
    first = (build.regimen(*THRICE, since=DUE[6]),)
    assert not took_less(knowledge, make(now=NOW, regimens=first, doses=tuple(record(at) for at in DUE[6:])))
    assert not took_less(knowledge, make(now=NOW))
    ended = replace(build.regimen(*THRICE), until=NOW - timedelta(days=1))
    assert not took_less(knowledge, make(now=NOW, regimens=(ended,), doses=tuple(record(at) for at in DUE[:5])))


def test_a_dose_that_is_due_at_this_moment_is_of_late(case, build, record, knowledge):
    regimens = (build.regimen(("10:00", 10.0)),)
    assert not_surely_taken(knowledge, case(record(NOW), regimens=regimens)) == 1
    # and one that is taken at this moment ends a gap, or begins again
    old = replace(build.regimen(*THRICE), until=NOW - timedelta(hours=90))
    assert began_again(knowledge, case(record(NOW, "given", loose=True), regimens=(old,)))


def test_what_cannot_be_less_is_not_less(case, record, build, knowledge):
    assert took_less(knowledge, case(regimens=())) is False
    assert began_again(knowledge, case(*[record(at) for at in DUE])) is False
    more = [record(at + timedelta(hours=1), "given", 20.0, loose=True) for at in DUE]
    assert took_less(knowledge, case(*[record(at) for at in DUE], *more)) is False
    ended = replace(build.regimen(*THRICE), until=NOW - timedelta(days=10))
    assert took_hardly_any(knowledge, case(regimens=(ended,))) is False


def test_one_missed_dose_is_no_other_dose_although_the_only_whole_day_is_short(case, record, build, knowledge):
    step = (build.regimen(*THRICE, since=DUE[5]),)
    others = [record(at, "given") for at in DUE[5:] if at != DUE[6]]
    assert not took_less(knowledge, case(record(DUE[6]), *others, regimens=step))
    assert took_less(knowledge, case(record(DUE[6]), record(DUE[7]), regimens=step))


def test_a_day_is_whole_at_the_minute_in_which_it_ends(make, record, build, knowledge):
    step, missed = (build.regimen(*THRICE, since=DUE[5]),), (record(DUE[6]), record(DUE[7]))
    at = DUE[5] + timedelta(days=1)
    assert took_less(knowledge, make(now=at, regimens=step, doses=missed))
    assert not took_less(knowledge, make(now=at - timedelta(minutes=1), regimens=step, doses=missed))


def test_who_began_within_the_three_days_took_none_before(case, record, build, knowledge):
    missed = [record(at) for at in DUE]
    for since, hardly in ((NOW - timedelta(hours=72), False), (NOW - timedelta(hours=72, minutes=1), True)):
        regimens = (build.regimen(*THRICE, since=since),)
        assert took_hardly_any(knowledge, case(*missed, regimens=regimens)) is hardly


def test_the_first_dose_after_the_gap_counts_and_the_regimen_before_it(make, build, record, knowledge):
    first, last = NOW - timedelta(hours=8), NOW - timedelta(hours=2)
    gone = record(first - timedelta(hours=100), "given", loose=True)
    both = (gone, record(first, "given", loose=True), record(last, "given", loose=True))
    assert began_again(knowledge, make(now=NOW, regimens=(), doses=both))
    # 60 mg, then 20 until the gap; 30 after it is more than before, whatever was taken in former times
    large = replace(build.regimen(("08:00", 60.0)), until=NOW - timedelta(days=30))
    small = replace(build.regimen(("08:00", 20.0), since=large.until), until=NOW - timedelta(hours=90))
    new = build.regimen(("08:00", 30.0), since=NOW - timedelta(hours=3))
    assert began_again(knowledge, make(now=NOW, regimens=(large, small, new)))


def test_a_regimen_that_begins_where_the_gap_does_was_before_neither(make, build, record, knowledge):
    first = NOW - timedelta(hours=2)
    opens = first - timedelta(hours=72)
    unused = replace(build.regimen(("07:00", 60.0), since=opens), until=opens + timedelta(hours=1))
    new = build.regimen(("08:00", 30.0), since=first)
    assert not began_again(knowledge, make(now=NOW, regimens=(unused, new)))
    gone = record(opens - timedelta(hours=20), "given", loose=True)
    assert began_again(knowledge, make(now=NOW, regimens=(unused, new), doses=(gone,)))


def test_of_several_regimens_the_one_that_runs_is_looked_at(make, build, record, knowledge):
    halves = tuple(replace(record(at, "given"), amount_ug=5_000.0) for at in DUE)
    whole = build.regimen(*THRICE)

    def less(*regimens):
        return took_less(knowledge, make(now=NOW, regimens=regimens, doses=halves))

    former = replace(build.regimen(("08:00", 5.0)), until=datetime(2026, 6, 1, tzinfo=UTC))
    runs = replace(whole, since=former.until)
    later = build.regimen(("08:00", 5.0), since=NOW + timedelta(hours=2))
    assert less(former, replace(runs, until=later.since), later)
    # one that begins at this moment runs, and no day of it is whole: the one before it is asked, unless the new one is
    # no more than was taken; one that ended within a day is still held against
    assert less(replace(whole, until=NOW), build.regimen(*THRICE, since=NOW))
    assert less(replace(whole, until=NOW), build.regimen(("08:00", 15.1), since=NOW))
    assert not less(replace(whole, until=NOW), build.regimen(("08:00", 15.0), since=NOW))
    assert not less(replace(whole, until=NOW - timedelta(hours=1)), build.regimen(*THRICE, since=NOW))
    assert less(replace(whole, until=NOW - timedelta(hours=12)))
    halves = halves[:6]
    assert [NOW - one.at for one in halves[-1:]] == [timedelta(hours=26)]
    assert less(replace(whole, until=NOW - timedelta(hours=23.9)))
    assert not less(replace(whole, until=NOW - timedelta(hours=24)))


def test_more_was_taken_where_the_whole_days_hold_a_quarter_more_by_more_than_one_dose(case, record, knowledge):
    """From 8:00 on the 21st to 8:00 on the 23rd: six doses, 60 mg."""
    assert took_more(knowledge, case(*[record(DUE[place], "given", 20) for place in (4, 7)]))
    assert not took_more(knowledge, case(record(DUE[4], "given", 40)))
    assert not took_more(knowledge, case(*[record(DUE[place], "given", 20) for place in (0, 1, 8)]))
    assert took_more(knowledge, case(*[record(DUE[place], "given", 17.5) for place in (4, 7)]))
    assert not took_more(knowledge, case(*[record(DUE[place], "given", 17.4) for place in (4, 7)]))
    # doses outside the regimen count, and what nobody knows may have been taken
    loose = [record(DUE[place] + timedelta(hours=1), "given", loose=True) for place in (4, 7)]
    assert took_more(knowledge, case(*loose))
    assert took_more(knowledge, case(*[replace(one, status=DoseStatus.UNKNOWN) for one in loose]))
    assert not took_more(knowledge, case(*[replace(one, status=DoseStatus.MISSED) for one in loose]))
    # what was left out weighs against it
    assert not took_more(knowledge, case(*loose, *[record(DUE[place]) for place in (3, 6)]))
    assert not took_more(knowledge, case(*[record(at, "given", 10) for at in DUE]))
    assert took_more(knowledge, case(regimens=())) is False


def test_one_dose_more_is_none_whatever_else_is_recorded(case, record, knowledge):
    """From 8:00 on the 21st to 8:00 on the 23rd; 20 mg more at 9:00 on the 22nd, or one dose of 30 mg."""
    one = record(DUE[4] + timedelta(hours=1), "given", 20, loose=True)
    two = record(DUE[5] + timedelta(hours=1), "given", 1, loose=True)
    assert took_more(knowledge, case(one, two))
    assert not took_more(knowledge, case(one))
    for at in (DUE[8], NOW - timedelta(hours=1), DUE[1], DUE[2] - timedelta(minutes=1)):
        assert not took_more(knowledge, case(one, record(at, "given", 1, loose=True)))
    assert took_more(knowledge, case(one, record(DUE[2], "given", 1, loose=True)))
    assert not took_more(knowledge, case(one, record(DUE[5] + timedelta(hours=1), "missed", 1, loose=True)))
    as_due = [record(at, "given") for at in DUE if at != DUE[4]]
    assert not took_more(knowledge, case(record(DUE[4], "given", 30), *as_due))


def test_on_one_whole_day_a_step_of_a_taper_more_is_not_clearly_more(make, build, record, knowledge):
    since = NOW - timedelta(hours=26)
    thrice = (build.regimen(*((clock, 20.0) for clock, _ in THRICE), since=since),)
    loose = [record(since + timedelta(hours=hours), "given", 5, loose=True) for hours in (2, 8)]
    assert not took_more(knowledge, make(now=NOW, regimens=thrice, doses=tuple(loose)))
    larger = [replace(one, amount_ug=7500.0) for one in loose]
    assert took_more(knowledge, make(now=NOW, regimens=thrice, doses=tuple(larger)))


@pytest.mark.parametrize(("mg", "more"), [(25.0, True), (24.9, False)])
def test_over_two_days_the_largest_step_of_a_taper_is_clearly_more(make, build, record, knowledge, mg, more):
    """20 mg thrice a day; four doses of the two whole days larger by 5 mg each are 10 mg a day."""
    thrice = (build.regimen(*((clock, 20.0) for clock, _ in THRICE)),)
    doses = [record(DUE[place], "given", mg) for place in (2, 3, 5, 6)]
    assert took_more(knowledge, make(now=NOW, regimens=thrice, doses=tuple(doses))) is more


def test_one_larger_dose_is_no_other_dose_although_the_only_whole_day_is_over(make, build, record, knowledge):
    since = NOW - timedelta(days=1)
    step = (build.regimen(("10:00", 30.0), since=since),)
    once = record(since, "given", 60)
    assert not took_more(knowledge, make(now=NOW, regimens=step, doses=(once,)))
    loose = record(since + timedelta(hours=2), "given", 5, loose=True)
    assert took_more(knowledge, make(now=NOW, regimens=step, doses=(once, loose)))


def test_a_regimen_rewritten_today_is_held_against_what_was_taken_of_the_one_before(make, build, record, knowledge):
    begun = datetime(2026, 11, 23, 6, tzinfo=UTC)
    before = replace(build.regimen(*THRICE), until=begun)
    doubled = [record(at, "given", 20) for at in DUE if at < begun]

    def more(*doses):
        after = build.regimen(*((clock, mg) for clock, mg in doses), since=begun)
        return took_more(knowledge, make(now=NOW, regimens=(before, after), doses=doubled))

    assert more(*THRICE)
    assert more(*((clock, 16.6) for clock, _ in THRICE))
    assert not more(*((clock, 16.7) for clock, _ in THRICE))  # 9.9 mg a day more are less than a step of a taper
    assert not took_more(knowledge, make(now=NOW, regimens=(before, build.regimen(*THRICE, since=begun)), doses=()))


ONCE = (("05:00", 30.0),)
SIX = datetime(2026, 11, 23, 6, tzinfo=UTC)
FIVES = [datetime(2026, 11, day, 5, tzinfo=UTC) for day in (21, 22)]  # of 72 h, with a whole day after each


@pytest.mark.parametrize(
    ("taken_mg", "running_mg", "less", "more"),
    [
        ((20, 10), 20, False, False),  # the most of a day is what may be gone on with
        ((20, 10), 21, True, False),
        ((30, 30), 40, False, False),  # a rise on what was taken in full
        ((60, 40), 50, False, False),  # the least of a day is what a fall begins from
        ((60, 40), 39, False, True),
        ((30, 30), 15, False, False),  # a fall from what was taken as due
    ],
)
def test_a_new_regimen_is_held_against_the_days_of_the_one_before(
    make, build, record, knowledge, taken_mg, running_mg, less, more
):
    before, after = replace(build.regimen(*ONCE), until=SIX), build.regimen(("20:00", running_mg), since=SIX)
    doses = tuple(record(at, "given", mg) for at, mg in zip(FIVES, taken_mg, strict=True))
    told = make(now=NOW, regimens=(before, after), doses=doses)
    assert (took_less(knowledge, told), took_more(knowledge, told)) == (less, more)


def test_a_day_of_the_one_before_does_not_reach_into_the_new_regimen(make, build, record, knowledge):
    begun = datetime(2026, 11, 23, 6, tzinfo=UTC)
    before, after = replace(build.regimen(*THRICE), until=begun), build.regimen(("07:00", 30.0), since=begun)
    halves = tuple(record(at, "given", 5) for at in DUE if at < begun)
    assert took_less(knowledge, make(now=NOW, regimens=(before, after), doses=halves))


def test_where_the_running_regimen_has_a_whole_day_it_is_asked_itself(make, build, record, knowledge):
    begun = DUE[2]
    before, after = replace(build.regimen(*THRICE), until=begun), build.regimen(*THRICE, since=begun)
    doubled = tuple(record(at, "given", 20) for at in DUE if at >= begun)
    assert took_more(knowledge, make(now=NOW, regimens=(before, after), doses=doubled))


def test_where_neither_regimen_has_a_whole_day_nothing_is_exceeded(make, build, record, knowledge):
    before = replace(build.regimen(*THRICE, since=NOW - timedelta(hours=12)), until=SIX)
    told = (before, build.regimen(("20:00", 5.0), since=SIX))
    loose = [record(NOW - timedelta(hours=hours), "given", loose=True) for hours in (7, 9)]
    assert took_more(knowledge, make(now=NOW, regimens=told, doses=loose)) is False


def test_one_dose_alone_is_just_late_for_an_hour(knowledge, make):
    def late(*minutes):
        return just_late(knowledge, make(now=NOW), [NOW - timedelta(minutes=one) for one in minutes])

    assert [late(60), late(61), late(0), late(), late(30, 50)] == [True, False, True, False, False]


def test_before_a_day_is_whole_no_regimen_is_exceeded(make, build, record, knowledge):
    begun = build.regimen(*THRICE, since=NOW - timedelta(hours=12))
    loose = [record(NOW - timedelta(hours=hours), "given", loose=True) for hours in (3, 5)]
    assert not took_more(knowledge, make(now=NOW, regimens=(begun,), doses=loose))
