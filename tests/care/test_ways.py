"""The other ways up beside the first: another number of doses a day, another form; two at most from the planner."""

from datetime import time

import pytest

from baclo.care.standing import standing
from baclo.care.titrate import share_of
from baclo.care.ways import ways
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Number


def words(text):
    return "".join(f"{piece.value} {piece.unit}" if isinstance(piece, Number) else str(piece) for piece in text.pieces)


@pytest.fixture
def others(knowledge, make, picture_of):
    def of(**changes):
        case = make(**changes)
        share = share_of(knowledge, case, picture_of(case))
        first, *rest = ways(knowledge, case, share, standing(knowledge, case, case.now))
        assert first.name is None
        assert first.why_not is None
        return {words(way.name): words(way.why_not) for way in rest}

    return of


def test_an_adult_is_shown_the_slow_scheme_and_four_doses_a_day(others):
    assert others(goal_ug_per_day=60_000.0) == {
        # 15, 30, 45, 60 are reached on day 9, twelve weekly steps on day 77
        "The slow scheme": "It reaches 60.0 mg/d 68.0 d later; fewer unwanted effects on the way are what it is for.",
        "4.0 1 doses a day": (
            "Its doses are smaller, about 15.0 mg instead of 20.0 mg at the top, but there is one more to remember."
        ),
    }


def test_a_dose_that_does_not_divide_evenly_is_told_to_the_tenth(others):
    # 40 mg in three is 13.333...
    (four,) = (why for name, why in others(goal_ug_per_day=40_000.0).items() if name.startswith("4"))
    assert "about 10.0 mg instead of 13.3 mg" in four


def test_a_day_too_small_for_four_pieces_is_not_offered_in_four(others):
    assert set(others(goal_ug_per_day=15_000.0)) == {"The slow scheme"}
    assert set(others(goal_ug_per_day=20_000.0)) == {"The slow scheme", "4.0 1 doses a day"}


def test_times_that_were_asked_for_or_are_kept_now_are_not_counted_otherwise(others, build):
    assert set(others(goal_ug_per_day=60_000.0, clocks=(time(8), time(22)))) == {"The slow scheme"}
    taken = build.regimen(("08:00", 5.0), ("22:00", 5.0))
    assert set(others(goal_ug_per_day=60_000.0, regimens=(taken,))) == {"The slow scheme"}


def test_a_child_is_shown_three_doses_a_day_beside_four(others):
    child = {"age_y": 6.0, "weight_kg": 18.0, "height_cm": 112.0, "region": Region.UK, "goal_ug_per_day": 18_000.0}
    assert others(**child)["3.0 1 doses a day"] == (
        "There is one dose fewer to remember, but its doses are larger, about 6.0 mg instead of 4.5 mg."
    )


def test_no_more_than_two_are_handed_to_the_gate(others):
    child = {"age_y": 12.0, "weight_kg": 45.0, "height_cm": 150.0, "region": Region.UK, "goal_ug_per_day": 40_000.0}
    assert set(others(**child)) == {"The slow scheme", "Tablets"}


def test_nobody_who_must_be_slow_is_shown_the_usual_scheme(others):
    assert "The usual scheme" not in others(age_y=70.0, goal_ug_per_day=20_000.0)
    assert "The slow scheme" not in others(age_y=70.0, goal_ug_per_day=20_000.0)


def test_nothing_at_hand_gives_no_other_way(others):
    assert others(products=()) == {}
