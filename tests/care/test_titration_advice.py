"""What stands beside a rise: its days, when to hold, step back or stop, how benefit is judged."""

from datetime import datetime

import pytest

from baclo.care.finding import Severity
from baclo.care.titrate import titrate
from baclo.care.titration_advice import titration_advice
from baclo.knowledge.words import Number


def words(text):
    return "".join(f"{piece.value} {piece.unit}" if isinstance(piece, Number) else str(piece) for piece in text.pieces)


@pytest.fixture
def advice(knowledge, make, picture_of):
    def of(**changes):
        case = make(**changes)
        picture = picture_of(case)
        return titration_advice(knowledge, case, picture, titrate(knowledge, case, picture), ())

    return of


def test_the_headline_says_how_many_steps_over_how_long_and_when_benefit_is_judged(advice):
    found = advice(goal_ug_per_day=40_000.0)
    assert words(found.headline).startswith("Up in 3.0 1 steps over 6.0 d; benefit is judged on 2027-01-11")
    assert [piece for piece in found.headline.pieces if isinstance(piece, datetime)] == [found.agenda[-1].since]


def test_a_rise_of_one_step_counts_no_steps_and_no_days(advice):
    found = advice(goal_ug_per_day=15_000.0).headline
    assert words(found).startswith("Up in one step; benefit is judged on 2027-01-05")


def test_every_rise_says_when_to_hold_to_step_back_and_to_stop(advice):
    points = {point.id: point for point in advice().points}
    assert list(points) == ["titrate.effect", "titrate.hold", "titrate.back", "titrate.stop", "titrate.review"]
    assert words(points["titrate.hold"].detail).startswith("Hold this step")
    assert words(points["titrate.back"].detail).startswith("Go back to the step before")
    assert words(points["titrate.stop"].detail).startswith("Stop only in monitored care")
    assert points["titrate.stop"].severity is Severity.CRITICAL
    assert words(points["titrate.review"].title) == "Does it help? Judge the benefit"
    assert words(points["titrate.review"].detail).startswith("It helps where")
    assert points["titrate.effect"].basis == ("fact:titration.effect_days",)


def test_the_agenda_is_that_of_the_plan(advice):
    found = advice(goal_ug_per_day=30_000.0)
    assert [entry.since.date().isoformat() for entry in found.agenda] == [
        *("2026-11-24", "2026-11-26", "2026-11-27", "2027-01-08"),
    ]
    assert not found.critical


def test_beside_a_refused_rise_stands_no_day_and_no_rule(advice, knowledge, make, picture_of):
    found = advice(allergies=("baclofen",))
    assert (found.points, found.agenda, found.notes, found.critical) == ((), (), (), False)
    assert words(found.headline).startswith("No rise is planned")
    case = make()
    assert titration_advice(knowledge, case, picture_of(case), None, ()).agenda == ()
