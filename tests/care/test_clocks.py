"""When in the day the doses stand: as asked, moved to a task, late for weakness by day, never the night dose."""

from datetime import time

import pytest

from baclo.care.clocks import clocks_of, night_spasms
from baclo.care.titrate import titrate
from baclo.case.goal import Goal
from baclo.case.patient import Symptom
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Number, Quoted


def at(*clocks):
    return tuple(time.fromisoformat(clock) for clock in clocks)


def goal(name):
    return (Goal(name=name, kind=None, importance=None, difficulty=None, baseline=None, attained=None),)


def words(texts):
    return " | ".join("".join(map(spoken, each.pieces)) for each in texts)


def spoken(piece):
    if isinstance(piece, Number):
        return f"{piece.value} {piece.unit}"
    return piece.words if isinstance(piece, Quoted) else str(piece)


@pytest.fixture
def clocks(knowledge, make):
    return lambda counts=(3, 4, 2, 1), now=None, **changes: clocks_of(knowledge, make(**changes), counts, now)


def test_the_usual_times_come_in_the_order_of_the_doses_wanted(clocks):
    assert clocks().sets == (
        at("08:00", "14:00", "22:00"),
        at("08:00", "12:00", "17:00", "22:00"),
        at("08:00", "22:00"),
        at("22:00"),
    )


def test_the_times_asked_for_are_kept_and_fewer_of_them_lose_the_middle_of_the_day_first(clocks):
    found = clocks(clocks=at("21:30", "06:30", "11:00", "16:00"))
    assert found.sets == (
        at("06:30", "11:00", "16:00", "21:30"),
        at("06:30", "16:00", "21:30"),
        at("06:30", "21:30"),
        at("21:30"),
    )
    assert found.notes == ()


def test_the_times_of_the_present_regimen_are_kept_where_their_number_is_that_of_a_set(clocks, build):
    taken = build.regimen(("13:00", 5.0), ("07:00", 5.0), ("21:00", 5.0))
    assert clocks(now=taken).sets[:2] == (at("07:00", "13:00", "21:00"), at("08:00", "12:00", "17:00", "22:00"))


TASKS = {
    # usual times, task -> times by hand
    "the morning dose goes to an hour before": ((3,), "10:00", ["09:00", "14:00", "22:00"]),
    "the one at noon gives way to the middle": ((4,), "10:00", ["09:00", "13:00", "17:00", "22:00"]),
    "the nearest moves": ((3,), "16:00", ["08:00", "15:00", "22:00"]),
    "one that stands there already stays": ((3,), "09:00", ["08:00", "14:00", "22:00"]),
    "too near to the night dose": ((3,), "20:00", ["08:00", "14:00", "22:00"]),
    "four hours from the night dose will do": ((3,), "19:00", ["08:00", "18:00", "22:00"]),
    "a single dose is the night dose": ((1,), "10:00", ["22:00"]),
    "early in the morning": ((3,), "06:00", ["05:00", "14:00", "22:00"]),
    "too near to the night dose before": ((3,), "02:30", ["08:00", "14:00", "22:00"]),
}


@pytest.mark.parametrize("name", TASKS)
def test_the_nearest_dose_moves_to_an_hour_before_a_task_where_the_gaps_allow(clocks, name):
    counts, task, times = TASKS[name]
    assert clocks(counts, therapy_clocks=at(task)).sets == (at(*times),)


def test_two_tasks_move_two_doses_and_neither_takes_that_of_the_other(clocks):
    found = clocks((4,), therapy_clocks=at("10:00", "15:00"))
    assert found.sets == (at("09:00", "14:00", "18:00", "22:00"),)
    assert words(found.notes).count("stands 1.0 h before what begins at") == 2


def test_a_dose_that_moved_to_one_task_does_not_move_on_to_the_next(clocks):
    # half past ten is nearest to the dose now at nine; the next, at two, would stand an hour and a half after it
    found = clocks((3,), therapy_clocks=at("10:00", "11:30"))
    assert found.sets == (at("09:00", "14:00", "22:00"),)
    assert "No dose can stand 1.0 h before what begins at 11:30" in words(found.notes)


def test_a_dose_crowded_by_a_later_one_gives_way_too(clocks, build):
    # 18:00 moves to 15:30; between 06:00 and 15:30 lies 10:45
    taken = build.regimen(("06:00", 5.0), ("12:00", 5.0), ("18:00", 5.0), ("22:00", 5.0))
    assert clocks((4,), now=taken, therapy_clocks=at("16:30")).sets == (at("06:00", "10:45", "15:30", "22:00"),)


def test_what_became_of_each_task_is_said(clocks):
    assert "the one at 09:00 stands 1.0 h before what begins at 10:00" in words(
        clocks(therapy_clocks=at("10:00")).notes
    )
    assert "No dose can stand 1.0 h before what begins at 20:00 with 4.0 h between" in words(
        clocks(therapy_clocks=at("20:00")).notes
    )
    wished = clocks(clocks=at("07:00", "22:00"), therapy_clocks=at("08:00", "10:00"))
    assert wished.sets[0] == at("07:00", "22:00")
    assert "the one at 07:00 stands" in words(wished.notes)
    assert "None of the times asked for lies 1.0 h before what begins at 10:00" in words(wished.notes)


@pytest.mark.parametrize("symptom", ["leg weakness", "low blood pressure"])
def test_weakness_by_day_puts_the_doses_after_the_morning_one_late(clocks, symptom):
    found = clocks((3, 4, 2), symptoms=(Symptom(name=symptom, since=None),))
    assert found.sets == (
        at("08:00", "18:00", "22:00"),
        at("08:00", "14:00", "18:00", "22:00"),
        at("08:00", "22:00"),
    )
    assert "as late in the day as 4.0 h between two doses allow" in words(found.notes)


def test_symptoms_that_nobody_asked_for_move_nothing(clocks):
    assert clocks((3,), symptoms=None).sets == (at("08:00", "14:00", "22:00"),)


def test_a_dose_that_is_later_already_is_not_moved_earlier(clocks, build):
    taken = build.regimen(("08:00", 5.0), ("19:00", 5.0), ("22:00", 5.0))
    assert clocks((3,), now=taken, symptoms=(Symptom(name="leg weakness", since=None),)).sets == (
        at("08:00", "19:00", "22:00"),
    )


@pytest.mark.parametrize(
    ("name", "night"),
    [
        ("sleep through the night without spasms", True),
        ("no spasms in bed", True),
        ("Nighttime cramps gone", True),
        ("walk to the bathroom", False),
        ("be less embedded", False),
        ("no spasms at night-time", True),
        ("be less bed-bound", False),
    ],
)
def test_a_goal_that_speaks_of_the_night_is_heard(knowledge, make, name, night):
    assert night_spasms(knowledge, make(goals=goal(name))) is night


def test_with_spasms_at_night_the_plan_says_what_the_night_dose_is(knowledge, make, picture_of):
    case = make(goals=goal("sleep without spasms"), goal_ug_per_day=40_000.0)
    made = titrate(knowledge, case, picture_of(case))
    for step in made.steps:
        assert step.doses[-1].amount_ug == max(dose.amount_ug for dose in step.doses)
    assert "the night dose of every step is as large as any of its day" in words(made.notes)
    quiet = make(goal_ug_per_day=40_000.0)
    assert "Spasms at night" not in words(titrate(knowledge, quiet, picture_of(quiet)).notes)


def test_a_step_whose_night_dose_is_not_the_largest_is_said_to_be_one(knowledge, make, picture_of):
    case = make(
        goals=goal("sleep without spasms"),
        goal_ug_per_day=45_000.0,
        region=Region.UK,
        clocks=at("07:00", "12:00", "17:00", "22:00"),
    )
    made = titrate(knowledge, case, picture_of(case))
    held = all(step.doses[-1].amount_ug == max(dose.amount_ug for dose in step.doses) for step in made.steps)
    said = words(made.notes)
    assert ("the night dose of every step is as large as any" in said) is held
    assert ("another dose of the day is larger than the night dose" in said) is not held


@pytest.mark.parametrize(
    ("times", "refused"),
    [
        (["07:00", "12:00", "17:00", "22:00"], False),
        (["22:00"], False),
        (["06:00", "10:00", "14:00", "18:00", "22:00"], True),
        (["08:00", "08:00", "22:00"], True),
    ],
)
def test_one_to_four_different_times_may_be_asked_for(knowledge, make, picture_of, times, refused):
    case = make(clocks=at(*times), goal_ug_per_day=20_000.0)
    made = titrate(knowledge, case, picture_of(case))
    assert made.refused is refused
    if refused:
        assert "question.clocks" in {need for refusal in made.refusals for need in refusal.needs}


def test_a_day_of_one_dose_begins_and_rises_by_no_more_than_one_step_of_a_dose(knowledge, make, picture_of):
    case = make(clocks=at("22:00"), goal_ug_per_day=20_000.0)
    made = titrate(knowledge, case, picture_of(case))
    assert [step.total_ug_per_day / 1000 for step in made.steps] == [5, 10, 15, 20]
