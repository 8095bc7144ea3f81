"""A taper before a birth: how far it gets, who must know, and that nothing goes faster for it."""

from datetime import UTC, datetime, timedelta

import pytest

from baclo.care.taper import taper, taper_agenda
from baclo.case.case import Ask
from baclo.case.kidney import kidney_picture
from baclo.case.patient import Sex
from baclo.knowledge.words import Number

YEARS_AGO = datetime(2022, 1, 1, tzinfo=UTC)


@pytest.fixture
def expecting(make, build):
    def made(days, **changes):
        taken = (build.regimen(("07:00", 10.0), ("14:00", 10.0), ("22:00", 10.0), since=YEARS_AGO),)
        due = None if days is None else datetime(2026, 11, 24, tzinfo=UTC) + timedelta(days=days)
        base = {
            "ask": Ask.TAPER,
            "goal_ug_per_day": 0.0,
            "baclofen_since": YEARS_AGO,
            "regimens": taken,
            "sex": Sex.FEMALE,
            "age_y": 30.0,
            "pregnant": True,
            "due": due,
        }
        return make(**{**base, **changes})

    return made


@pytest.fixture
def told(steps, expecting):
    def made(days, **changes):
        case = expecting(days, **changes)
        plan = taper(steps.knowledge, case, kidney_picture(steps.knowledge, case.patient, case.now))
        return plan, [note for note in plan.notes if any("child" in str(piece) for piece in note.pieces)]

    return made


def words(text):
    return "".join(piece if isinstance(piece, str) else "#" for piece in text.pieces)


def value(text):
    (number,) = [piece for piece in text.pieces if isinstance(piece, Number)]
    return number.value


def joined(notes):
    return " | ".join(words(note) for note in notes)


# 30 mg after years: 20, 15, 10, 5 mg a week each from 24 November, none from day 28, 22 December.


def test_with_time_enough_the_taper_says_how_long_before_birth_it_ends(told):
    _, notes = told(38)
    assert "the last step comes # before the child is due" in joined(notes)
    assert value(notes[0]) == 10.0


def test_a_taper_that_ends_on_the_day_says_so(told):
    assert "comes on the day the child is due" in joined(told(28)[1])


def test_without_time_enough_it_says_how_far_it_gets_and_goes_no_faster(told):
    early, notes = told(10)
    assert value(notes[0]) == 15_000.0
    assert "There is not time" in words(notes[0])
    assert early.steps == told(200)[0].steps


@pytest.mark.parametrize(
    ("days", "mg"), [(6, 20.0), (7, 15.0), (13, 15.0), (14, 10.0), (20, 10.0), (21, 5.0), (27, 5.0)]
)
def test_a_step_that_begins_on_the_day_of_birth_is_where_it_is(told, days, mg):
    assert value(told(days)[1][0]) == mg * 1000


def test_a_taper_that_ends_the_day_before_says_one_day(told):
    _, notes = told(29)
    assert "the last step comes # before the child is due" in joined(notes)
    assert value(notes[0]) == 1.0


def test_a_birth_before_the_first_step_is_told(told):
    assert "The child is due before the first step" in joined(told(-1)[1])


def test_without_a_day_it_asks_for_one(told):
    assert "When the child is due is not known" in joined(told(None)[1])


def test_the_newborn_team_and_the_shared_decision_are_told_whatever_the_day(told):
    for days in (None, -1, 10, 28, 38):
        plan, _ = told(days)
        said = joined(plan.notes)
        assert "The newborn team must know the dose" in said
        assert "is decided together with her" in said


def test_who_is_not_known_to_be_pregnant_is_told_nothing_of_a_birth(told):
    for pregnant in (False, None):
        assert "newborn" not in joined(told(None, pregnant=pregnant)[0].notes)


def test_a_pump_is_never_stopped_for_a_birth(told):
    assert "The pump is never stopped" in joined(told(38, has_pump=True)[0].notes)
    assert "The pump is never stopped" in joined(told(38, has_pump=None)[0].notes)
    assert "The pump is never stopped" not in joined(told(38)[0].notes)


def test_a_plan_that_is_refused_says_nothing_of_how_far_it_gets(told):
    plan, notes = told(38, goal_ug_per_day=30_000.0)
    assert plan.refused
    assert notes == []


def test_the_agenda_has_the_teams_on_the_first_day_and_the_watch_over_the_newborn(steps, expecting, told):
    plan, _ = told(38)
    entries = taper_agenda(steps.knowledge, expecting(38), plan)
    (team,) = [entry for entry in entries if entry.occasion == "talk"]
    assert team.since == plan.steps[0].since
    (newborn,) = [entry for entry in entries if words(entry.title) == "Watch the newborn"]
    assert newborn.until - newborn.since == timedelta(days=7)
    assert newborn.since.date().isoformat() == "2027-01-01"
    assert "case:patient.due" in newborn.basis
    without = taper_agenda(steps.knowledge, expecting(None), told(None)[0])
    assert "Watch the newborn" not in [words(entry.title) for entry in without]
    assert "talk" in [entry.occasion for entry in without]
