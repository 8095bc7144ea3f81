"""The steps of one way up, by hand: the daily doses on pieces that can be given, their days, what held each down."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from baclo.care.climb import Way, climb_ug_per_day, days_to_top, review_day, wishes
from baclo.care.clocks import Clocks
from baclo.care.kidney_share import KidneyShare
from baclo.care.pace import pace_of
from baclo.care.standing import Continuity, Standing
from baclo.knowledge.words import Number

DAY = date(2026, 11, 24)
NOTHING = Standing(continuity=Continuity.NEVER, regimen=None, since=None, loose=False, later=())
WHOLE = KidneyShare(fraction=1.0, reduced=False, basis=(), needs=())


def words(text):
    return "".join(f"{p.value} {p.unit}" if isinstance(p, Number) else str(p) for p in text.pieces)


@pytest.fixture
def way(knowledge, make):
    """A way of tablets in halves of 5 mg: the pace of the US but for what is named in mg."""

    def of(start=15.0, rise=15.0, cap=80.0, aim=60.0):
        pace = pace_of(knowledge, make(), WHOLE, None, 4)
        bounds = replace(
            pace.bounds, start_ug_per_day=start * 1000, rise_ug_per_day=rise * 1000, cap_ug_per_day=cap * 1000
        )
        paced = replace(pace, bounds=bounds, aim_ug_per_day=aim * 1000)
        return Way(pace=paced, clocks=Clocks(sets=(), notes=()), forms=("tablet",))

    return of


@pytest.fixture
def case(make):
    return make(products=("us.tablet_10mg",))


@pytest.fixture
def taking(build):
    """What is going on, in mg a day."""
    return lambda mg: replace(NOTHING, continuity=Continuity.GOING_ON, regimen=build.regimen(("22:00", mg)))


@pytest.fixture
def levels(knowledge, case):
    def of(way, now=NOTHING, case=case):
        return [level_ug / 1000 for level_ug in climb_ug_per_day(knowledge, case, way, now)]

    return of


LEVELS = {
    # start, rise, cap, aim in mg -> levels by hand, on multiples of 5
    "to the goal": ((15, 15, 80, 60), [15, 30, 45, 60]),
    "to the limit": ((15, 15, 50, 60), [15, 30, 45, 50]),
    "the first dose is its own": ((10, 20, 80, 40), [10, 30, 40]),
    "each is rounded down, and the next goes on from there": ((14, 14, 80, 32), [10, 20, 30]),
    "one step": ((15, 15, 80, 10), [10]),
    "less than a piece": ((4, 15, 80, 60), []),
    "a rise that is less than a piece": ((15, 4, 80, 60), [15]),
    "a goal below a piece": ((15, 15, 80, 4), []),
}


@pytest.mark.parametrize("name", LEVELS)
def test_each_level_is_as_far_up_as_the_bounds_let_it_on_whole_pieces(way, levels, name):
    sizes, expected = LEVELS[name]
    assert levels(way(*sizes)) == expected


@pytest.mark.parametrize(("below", "expected"), [(20.0, [15]), (17.0, [15]), (15.0, [10]), (12.0, [10]), (5.0, [])])
def test_a_goal_that_nobody_named_stays_below_what_it_is_told_to(way, levels, below, expected):
    # the steps before it are as large as ever; at 20 the last is the piece below
    one = way(aim=below)
    assert levels(replace(one, pace=replace(one.pace, aim_below_ug_per_day=below * 1000))) == expected


@pytest.mark.parametrize("cap", [80, 20])
def test_the_last_step_below_such_a_dose_says_which(steps, way, cap):
    one = way(aim=20, cap=cap)
    *_, last = steps(
        replace(one, pace=replace(one.pace, aim_below_ug_per_day=20_000.0, aim_basis=("fact:muanda.dose",)))
    )
    assert words(last.why).startswith("Below the 20000.0 ug/d at which confusion was seen more often")
    capped = way(aim=20, cap=10)
    *_, last = steps(replace(capped, pace=replace(capped.pace, aim_below_ug_per_day=20_000.0)))
    assert "limit for this person" in words(last.why)


def test_a_level_that_rounding_brought_below_a_piece_is_that_piece(way, levels):
    # 0.1 + 0.2 is a hair above 0.3, 4.9999999999999996 a hair below 5
    assert levels(way(start=5 * (1 - 1e-15), rise=5 * (1 - 1e-15), aim=10)) == [5, 10]
    assert levels(way(start=5 * (1 - 1e-9), aim=10)) == []


def test_from_a_dose_that_is_going_on_the_first_step_is_a_rise(way, levels, taking):
    assert levels(way(start=5, rise=15), taking(20)) == [35, 50, 60]
    assert levels(way(), taking(60)) == []
    # from 7 mg: 22 is 20
    assert levels(way(aim=20), taking(7)) == [20]


def test_from_half_a_milligram_it_is_a_rise_too(way, levels, taking):
    assert levels(way(start=5, rise=20, aim=20), taking(0.001)) == [20]


def test_the_grain_is_the_smallest_piece_of_the_forms_of_the_way(way, levels, make):
    liquid = make(products=("us.solution_1mg_ml", "us.tablet_10mg"))
    assert levels(replace(way(start=4.7, rise=4.7, aim=10), forms=("liquid",)), case=liquid) == [4.5, 9, 10]


def test_where_nothing_is_at_hand_there_is_nowhere_to_go(way, levels, make):
    assert levels(way(), case=make(products=())) == []


def test_a_goal_that_is_no_number_leads_nowhere(way, levels):
    assert levels(way(aim=float("nan"))) == []


def test_the_top_is_reached_at_the_beginning_of_the_last_step(way):
    assert [days_to_top(way(), levels) for levels in ((), (15_000.0,), (15_000.0, 30_000.0), (1.0, 2.0, 3.0, 4.0))] == [
        *(0, 0, 3, 9)
    ]


def test_benefit_is_judged_six_weeks_after_the_top(way):
    # four steps of three days: the last begins on 3 December
    assert review_day(way(), DAY, (1.0, 2.0, 3.0, 4.0)) == date(2027, 1, 14)


@pytest.fixture
def steps(knowledge, case):
    return lambda way, now=NOTHING: list(wishes(knowledge, case, way, now, DAY))


def midnight(month, day):
    return datetime(2026, month, day, tzinfo=UTC)


def test_each_step_ends_where_the_next_begins_and_the_last_stays(steps, way):
    made = steps(way(aim=40))
    assert [step.total_ug_per_day for step in made] == [15_000, 30_000, 40_000]
    assert [(step.since, step.until) for step in made] == [
        (midnight(11, 24), midnight(11, 27)),
        (midnight(11, 27), midnight(11, 30)),
        (midnight(11, 30), None),
    ]


def test_what_to_look_at_stands_on_each_step_and_the_review_of_benefit_on_the_last(steps, way):
    first, last = steps(way(aim=20))
    assert [words(text).split(";")[0].split(",")[0] for text in first.monitor] == [
        *("Sleepiness", "Raise only if the goal is not met and this step is tolerated"),
        "No driving or machines until the effect of this step is known",
    ]
    assert last.monitor[:3] == first.monitor
    # the last begins on 27 November; six weeks later is 8 January
    assert [words(text)[:38] for text in last.monitor[3:]] == [
        "Benefit is judged on 2027-01-08 00:00:",
        "It helps where the patient's own ratin",
        "Without benefit, withdraw by a taper. ",
    ]


def test_a_step_says_how_long_it_lasts_and_the_last_what_it_is(steps, way):
    assert [words(step.why) for step in steps(way(aim=20))] == [
        "At least 3.0 d on this step",
        "The goal; stay and review",
    ]
    (days,) = (piece for piece in steps(way(aim=20))[0].why.pieces if isinstance(piece, Number))
    assert days.basis == ("fact:titration.us.rise", "fact:titration.us.interval", "fact:titration.single_rise")


ENDS = {
    "goal": ((15, 15, 80, 15), "The goal; stay and review", "case:question.goal"),
    "goal at the limit": ((15, 15, 15, 15), "The goal; stay and review", "case:question.goal"),
    "near the goal": (
        *((15, 15, 80, 17), "As near to the goal as what is at hand comes; stay and review"),
        "case:question.goal",
    ),
    "near a goal at the limit": (
        *((15, 15, 17, 17), "As near to the goal as what is at hand comes; stay and review"),
        "case:question.goal",
    ),
    "limit": (
        *((15, 15, 15, 17), "The limit for this person, below the goal; stay and review"),
        "fact:cap.us",
    ),
}


@pytest.mark.parametrize("name", ENDS)
def test_the_last_step_says_whether_it_is_the_goal_near_it_or_the_limit(steps, way, name):
    sizes, said, basis = ENDS[name]
    (only,) = steps(way(*sizes))
    assert words(only.why) == said
    assert only.limited_by == (basis,)


def test_what_held_a_step_down_is_the_first_dose_then_the_rise_and_from_a_dose_the_rise_at_once(steps, way, taking):
    first, rise = "fact:titration.us.start", "fact:titration.us.rise"
    assert [step.limited_by[0] for step in steps(way())] == [first, rise, rise, "case:question.goal"]
    assert [step.limited_by[0] for step in steps(way(), taking(20))] == [rise, rise, "case:question.goal"]


def test_a_way_is_the_first_unless_it_is_named(way):
    assert (way().name, way().why_not) == (None, None)
