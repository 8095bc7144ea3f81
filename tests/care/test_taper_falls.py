"""The steps down from a pattern, each worked by hand, in mg here."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.care.taper.falls import Fall, falls, in_two
from baclo.care.taper.pattern import FastPart, Pattern

FIXED = Pattern(
    fall_ug_per_day=10.0,
    small_ug_per_day=5.0,
    share_fraction=None,
    piece_ug_per_day=None,
    last_part_ug_per_day=15.0,
    days=7,
    last_days=7,
    fast=None,
    basis=(),
)
SHARE = replace(FIXED, fall_ug_per_day=5.0, share_fraction=0.1, piece_ug_per_day=2.5, days=3)


def rows(pattern, since, goal=0.0, shortest_days=0):
    return [(fall.to_ug_per_day, fall.days) for fall in falls(pattern, since, goal, shortest_days)]


def test_fixed_steps_fall_alike_and_smaller_once_they_would_enter_the_last_part():
    assert rows(FIXED, 40.0) == [(30, 7), (20, 7), (15, 7), (10, 7), (5, 7), (0, 7)]


def test_a_goal_ends_the_steps_however_near_it_is():
    assert rows(FIXED, 32.0, goal=29.0) == [(29, 7)]


def test_the_last_part_lasts_at_least_its_own_days():
    assert rows(replace(FIXED, days=3), 30.0) == [(20, 3), (15, 7), (10, 7), (5, 7), (0, 7)]


def test_a_tenth_is_cut_into_whole_pieces_and_a_piece_too_many_lasts_longer():
    # 30: a tenth is 3, one piece of 2.5; 27.5: 2.75, one piece; 25: 2.5; 22.5: 2.25 < 2.5, so 3 x 2.5/2.25 = 3.33 -> 4;
    # 20: 2, 3 x 1.25 = 3.75 -> 4; 17.5: 1.75, 3 x 2.5/1.75 = 4.29 -> 5, but the last part lasts 7; then piece by piece.
    assert rows(SHARE, 30.0) == [
        *[(27.5, 3), (25, 3), (22.5, 3), (20, 4), (17.5, 4), (15, 7)],
        *[(12.5, 7), (10, 7), (7.5, 7), (5, 7), (2.5, 7), (0, 7)],
    ]


def test_a_share_never_falls_further_than_the_fixed_step():
    # A tenth of 80 is 8, held to 5: two pieces; of 45 it is 4.5, one piece.
    assert rows(SHARE, 80.0)[0] == (75.0, 3)
    assert rows(SHARE, 45.0)[0] == (42.5, 3)


def test_a_coarse_piece_is_taken_one_at_a_time_and_lasts_as_much_longer():
    # 20: a tenth is 2, the piece 5: 3 d x 5/2 = 7.5 -> 8, in the last part at least 7.
    assert rows(replace(SHARE, piece_ug_per_day=5.0), 20.0) == [(15, 8), (10, 7), (5, 7), (0, 7)]


def test_rounding_never_lengthens_a_step_that_is_a_whole_number():
    # 0.1 x 50 is a hair above or below 5: one piece of 5 and exactly 3 days.
    assert rows(replace(SHARE, piece_ug_per_day=5.0), 50.0)[0] == (45.0, 3)


def test_a_childs_fall_is_cut_into_pieces_too():
    # A fifth of 15 is 3; pieces of 5 last 7 x 5/3 = 11.67 -> 12 days.
    child = replace(FIXED, fall_ug_per_day=3.0, piece_ug_per_day=5.0)
    assert rows(child, 15.0) == [(10, 12), (5, 12), (0, 12)]
    assert rows(replace(child, share_fraction=0.1), 15.0) == [(10, 12), (5, 12), (0, 12)]


def test_a_childs_fixed_fall_is_cut_into_pieces_above_the_last_part_too():
    # 6 holds one piece of 5; from 20 the next would enter the last part, and is 5 there.
    child = replace(FIXED, fall_ug_per_day=6.0, piece_ug_per_day=5.0)
    assert rows(child, 30.0) == [(25, 7), (20, 7), (15, 7), (10, 7), (5, 7), (0, 7)]


def test_the_fast_part_ends_at_its_dose_and_the_step_on_it_lasts_the_usual_days():
    fast = replace(FIXED, fast=FastPart(above_ug_per_day=80.0, fall_ug_per_day=10.0, days=2))
    assert rows(fast, 105.0)[:5] == [(95, 2), (85, 2), (75, 7), (65, 7), (55, 7)]


def test_the_fast_part_falls_by_its_own_amount_and_not_from_its_dose_itself():
    fast = replace(FIXED, fast=FastPart(above_ug_per_day=80.0, fall_ug_per_day=15.0, days=2))
    assert rows(fast, 110.0)[:4] == [(95, 2), (80, 7), (70, 7), (60, 7)]


def test_a_fall_that_ends_where_the_last_part_begins_is_a_usual_one():
    assert rows(FIXED, 25.0)[:2] == [(15, 7), (10, 7)]


def test_a_single_day_that_is_lacking_is_added_to_the_last_step_held():
    assert rows(FIXED, 20.0, shortest_days=22) == [(15, 7), (10, 7), (5, 8), (0, 7)]


def test_a_short_taper_is_drawn_out_to_the_shortest_length_evenly():
    # Three held steps of 7 days are 21; 24 asks for 8 each. The last step is not part of the length.
    assert rows(FIXED, 20.0, shortest_days=24) == [(15, 8), (10, 8), (5, 8), (0, 7)]
    assert rows(FIXED, 20.0, shortest_days=21)[0] == (15, 7)
    assert falls(FIXED, 5.0, 0.0, 14) == (Fall(to_ug_per_day=0.0, days=7),)


def test_what_is_lacking_is_added_to_the_day_and_the_last_steps_get_what_is_left_over():
    # Three held steps of 3, 7 and 7 days are 17; 22 lacks 5: one each, and one more for each of the last two.
    assert rows(replace(FIXED, days=3, last_part_ug_per_day=12.0), 20.0, shortest_days=22) == [
        *[(15, 4), (10, 9), (5, 9), (0, 7)]
    ]


@given(since=st.floats(10, 100), days=st.sampled_from([3, 7]), shortest=st.sampled_from([7, 14, 21]))
def test_smaller_steps_are_never_quicker_in_all(since, days, shortest):
    larger = falls(replace(FIXED, days=days), since, 0.0, shortest)
    smaller = falls(replace(FIXED, days=days, fall_ug_per_day=5.0), since, 0.0, shortest)
    assert sum(fall.days for fall in smaller[:-1]) >= sum(fall.days for fall in larger[:-1])


@given(
    since=st.floats(0.5, 400),
    goal=st.floats(0, 100),
    share=st.sampled_from([None, 0.1, 0.2]),
    piece=st.sampled_from([0.5, 2.5, 5.0]),
    fall=st.sampled_from([5.0, 10.0]),
    days=st.sampled_from([3, 7, 14]),
    shortest=st.sampled_from([14, 21]),
)
def test_steps_always_fall_end_at_the_goal_and_are_never_faster_than_the_fixed_ones(
    since, goal, share, piece, fall, days, shortest
):
    pattern = replace(
        FIXED, share_fraction=share, piece_ug_per_day=None if share is None else piece, days=days, fall_ug_per_day=fall
    )
    steps = falls(pattern, since, goal, shortest)
    levels = [since, *(step.to_ug_per_day for step in steps)]
    assert all(0 < before - after <= fall * (1 + 1e-9) for before, after in pairwise(levels))
    assert levels[-1] == min(since, goal)
    assert all(step.days >= days for step in steps)
    held = sum(step.days for step in steps[:-1])
    assert len(steps) < 2 or held >= shortest
    assert all(step.days >= 7 for step in steps if step.to_ug_per_day <= 15.0)


@pytest.mark.parametrize("level", [float("nan"), 0.0, 20.0])
def test_nothing_above_the_goal_has_no_steps(level):
    assert rows(FIXED, level, goal=20.0) == []


def test_a_single_step_down_is_cut_in_two_and_its_half_lasts_as_long_as_the_texts_ask():
    # 4 mg to nothing by way of 2 mg, for the two weeks of the text; to 1 mg by way of 2.5 mg, for the days of the step.
    to_nothing, to_one = Fall(to_ug_per_day=0.0, days=7), Fall(to_ug_per_day=1_000.0, days=30)
    assert in_two(to_nothing, 4_000.0, 14) == (Fall(to_ug_per_day=2_000.0, days=14), to_nothing)
    assert in_two(to_one, 4_000.0, 14) == (Fall(to_ug_per_day=2_500.0, days=30), to_one)
