"""The other ways up beside the first: another number of doses a day, another form; two at most from the planner."""

from datetime import time

import pytest

from baclo.care.kidney_share import share_of
from baclo.care.standing import standing
from baclo.care.ways import ways
from baclo.case.case import Speed
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Number
from baclo.report.shown import sentence


def words(text):
    return "".join(f"{piece.value} {piece.unit}" if isinstance(piece, Number) else str(piece) for piece in text.pieces)


@pytest.fixture
def every(knowledge, make, picture_of):
    def of(**changes):
        case = make(**changes)
        share = share_of(knowledge, case, picture_of(case))
        return ways(knowledge, case, share, standing(knowledge, case, case.now))

    return of


@pytest.fixture
def others(every):
    def of(**changes):
        first, *rest = every(**changes)
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


def test_a_dose_that_is_a_day_shared_out_is_told_rounded(knowledge, make, picture_of):
    # 20 mg in three doses are 6.666... mg each, in four 5 mg.
    case = make(age_y=6.0, weight_kg=20.0, height_cm=112.0, region=Region.UK, goal_ug_per_day=20_000.0)
    share = share_of(knowledge, case, picture_of(case))
    _, *rest = ways(knowledge, case, share, standing(knowledge, case, case.now))
    told = " ".join(sentence(way.why_not, case.zone) for way in rest)
    assert "about 6.67 mg instead of 5 mg" in told


def test_no_more_than_two_are_handed_to_the_gate(others):
    child = {"age_y": 12.0, "weight_kg": 45.0, "height_cm": 150.0, "region": Region.UK, "goal_ug_per_day": 40_000.0}
    assert set(others(**child)) == {"The slow scheme", "Tablets"}


def test_nobody_who_must_be_slow_is_shown_the_usual_scheme(others):
    assert "The usual scheme" not in others(age_y=70.0, goal_ug_per_day=20_000.0)
    assert "The slow scheme" not in others(age_y=70.0, goal_ug_per_day=20_000.0)


def test_nothing_at_hand_gives_no_other_way(others):
    assert others(products=()) == {}


CHILD = {"age_y": 12.0, "weight_kg": 45.0, "height_cm": 150.0, "region": Region.UK, "goal_ug_per_day": 40_000.0}


def named(found, name):
    """The one way of this name."""
    (way,) = (way for way in found[1:] if words(way.name) == name)
    return way


def test_as_many_doses_as_times_were_asked_for_bound_every_speed(every):
    # one dose: 5 mg more each step, the goal of 20 after 3 x 3 or after 3 x 7 days
    found = every(goal_ug_per_day=20_000.0, clocks=(time(22),))
    assert found[0].pace.bounds.start_ug_per_day == 5_000
    assert words(found[1].why_not).startswith("It reaches 20.0 mg/d 12.0 d later")
    (_, usual) = every(goal_ug_per_day=20_000.0, clocks=(time(22),), speed=Speed.SLOW)
    assert words(usual.why_not).startswith("It reaches 20.0 mg/d 12.0 d sooner")
    assert usual.pace.bounds.start_ug_per_day == 5_000


def test_beside_the_slow_scheme_that_was_asked_for_stands_the_usual_one(every):
    usual = named(every(goal_ug_per_day=30_000.0, speed=Speed.SLOW), "The usual scheme")
    # 15 and 30 in 3 days, six weekly steps in 35
    assert words(usual.why_not) == "It reaches 30.0 mg/d 32.0 d sooner, but the slow scheme was asked for."
    assert usual.pace.bounds.start_ug_per_day == 15_000
    _, days = (piece for piece in usual.why_not.pieces if isinstance(piece, Number))
    assert days.basis[:2] == ("computed:plan", "fact:titration.us.rise")


def test_no_other_speed_is_shown_where_both_are_there_at_once(others):
    assert not [name for name in others(goal_ug_per_day=5_000.0) if "scheme" in name]


@pytest.mark.parametrize("speed", [None, Speed.SLOW])
def test_no_other_speed_is_shown_where_one_cannot_begin(others, speed):
    # packets of 10 mg: the slow first dose of 5 is none of them, 15 is one
    found = others(products=("us.granules_10mg",), goal_ug_per_day=60_000.0, speed=speed)
    assert not [name for name in found if "scheme" in name]


@pytest.mark.parametrize("speed", [None, Speed.SLOW])
def test_no_other_speed_is_shown_where_it_ends_elsewhere(others, build, speed):
    # packets of 10 mg from 7 mg: slowly 12 is 10 and 15 is 10 again; as usual 22 is 20, and on to 60
    taken = build.regimen(("22:00", 7.0))
    found = others(products=("us.granules_10mg",), goal_ug_per_day=60_000.0, speed=speed, regimens=(taken,))
    assert not [name for name in found if "scheme" in name]


FORMS = {
    "an adult": ({}, "tablet"),
    "an adult with liquid and tablets": ({"products": ("us.solution_1mg_ml", "us.tablet_10mg")}, "tablet"),
    "a heavy child": (CHILD, "liquid"),
    "a heavy child with tablets alone": ({**CHILD, "products": ("uk.tablet_10mg",)}, "tablet"),
    "a light child": ({**CHILD, "weight_kg": 30.0}, "liquid"),
    "a light child with tablets alone": ({**CHILD, "weight_kg": 30.0, "products": ("uk.tablet_10mg",)}, "liquid"),
}


@pytest.mark.parametrize("name", FORMS)
def test_an_adult_has_tablets_and_a_child_its_liquid_unless_it_is_heavy_and_has_none(every, name):
    changes, form = FORMS[name]
    assert every(**changes)[0].forms == (form,)


def test_a_heavy_child_with_liquid_and_tablets_is_shown_the_tablets_with_their_smallest_piece(every):
    # halves of 10 mg and halves of 25 mg
    both = ("uk.solution_1mg_ml", "uk.tablet_10mg", "eu.tablet_25mg")
    tablets = named(every(**CHILD, products=both), "Tablets")
    assert tablets.forms == ("tablet",)
    assert words(tablets.why_not) == (
        "Their smallest piece is 5.0 mg: the steps come less near to the doses by weight."
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"weight_kg": 30.0},
        {"products": ("uk.solution_1mg_ml",)},
        {"products": ("uk.tablet_10mg",)},
    ],
    ids=["too light", "none at hand", "put first"],
)
def test_tablets_are_not_shown_where_there_are_none_beside_the_liquid(others, changes):
    assert "Tablets" not in others(**{**CHILD, **changes})


def test_another_count_has_its_times_and_fewer_of_them(every):
    four = named(every(goal_ug_per_day=60_000.0), "4.0 1 doses a day")
    assert [len(times) for times in four.clocks.sets] == [4, 3, 2, 1]
    (count,) = (piece for piece in four.name.pieces if isinstance(piece, Number))
    assert count.basis == four.pace.scheme.rise_basis
    child = {**CHILD, "age_y": 6.0, "weight_kg": 18.0, "goal_ug_per_day": 18_000.0}
    three = named(every(**child), "3.0 1 doses a day")
    assert [len(times) for times in three.clocks.sets] == [3, 2, 1]


def test_the_numbers_that_tell_the_ways_apart_are_computed(every):
    four = named(every(goal_ug_per_day=60_000.0), "4.0 1 doses a day")
    assert [piece.basis for piece in four.why_not.pieces if isinstance(piece, Number)] == [("computed:mean",)] * 2


def test_an_adult_who_takes_a_liquid_is_offered_no_tablets_beside_it(every, build):
    taken = build.regimen(("08:00", 5.0), ("22:00", 5.0), product="us.solution_1mg_ml")
    for way in every(regimens=(taken,), goal_ug_per_day=60_000.0):
        assert way.forms == ("liquid",)
