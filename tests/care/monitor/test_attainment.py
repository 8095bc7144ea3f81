"""Goal attainment scaling against numbers worked by hand from the formula of Kiresuk and Sherman."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.care.monitor import Verdict, attainment
from baclo.case.goal import Goal, GoalKind


def goal(importance, difficulty, baseline, attained):
    return Goal(
        name="a goal",
        kind=GoalKind.PAIN,
        importance=importance,
        difficulty=difficulty,
        baseline=baseline,
        attained=attained,
    )


@pytest.mark.parametrize(
    ("goals", "baseline", "attained"),
    [
        # One goal: sqrt(0.7 + 0.3) = 1 times its weight, so T = 50 + 10 x whatever the weight.
        ([(3, 2, -1, 0)], 40.0, 50.0),
        ([(1, 1, -2, 2)], 30.0, 70.0),
        ([(3, 3, -2, -1)], 30.0, 40.0),
        # Two goals of the same weight: 20 x / sqrt(0.7 x 2 + 0.3 x 4) = 20 x / sqrt(2.6), as in the published tables.
        ([(1, 1, -1, 0), (1, 1, -1, 0)], 50 - 20 / sqrt(2.6), 50.0),
        ([(2, 2, -2, 1), (2, 2, -2, 1)], 50 - 40 / sqrt(2.6), 50 + 20 / sqrt(2.6)),
        # Three of the same weight: sqrt(0.7 x 3 + 0.3 x 9) = sqrt(4.8); all at -1 gives 36.3.
        ([(1, 1, -1, 0)] * 3, 50 - 30 / sqrt(4.8), 50.0),
        # Weights 6, 9, 2: sum w^2 = 121, (sum w)^2 = 289; 84.7 + 86.7 = 171.4.
        # Before -12 - 9 - 2 = -23, now 0 - 9 + 2 = -7.
        ([(3, 2, -2, 0), (3, 3, -1, -1), (2, 1, -1, 1)], 50 - 230 / sqrt(171.4), 50 - 70 / sqrt(171.4)),
        # A goal without weight counts for nothing: one goal is left.
        ([(3, 2, -1, 1), (0, 3, -2, -2)], 40.0, 60.0),
    ],
)
def test_t_is_the_number_worked_by_hand(knowledge, goals, baseline, attained):
    found = attainment(knowledge, [goal(*row) for row in goals])
    assert found.baseline_t == pytest.approx(baseline, abs=1e-12)
    assert found.attained_t == pytest.approx(attained, abs=1e-12)
    assert found.places == tuple(range(len(goals)))
    assert found.left_out == ()


def test_three_equal_goals_one_below_expected_have_the_published_t_of_36(knowledge):
    assert attainment(knowledge, [goal(1, 1, -1, 0)] * 3).baseline_t == pytest.approx(36.3, abs=0.05)


@pytest.mark.parametrize(
    ("scores", "verdict"),
    [
        ((0, 0), Verdict.RESPONDER),
        ((1, -1), Verdict.RESPONDER),
        ((0, -1), Verdict.NOT),
        ((-1, -1), Verdict.NOT),
        ((2, 1), Verdict.RESPONDER),
    ],
)
def test_goals_are_met_from_a_t_of_exactly_50(knowledge, scores, verdict):
    assert attainment(knowledge, [goal(2, 2, -2, score) for score in scores]).verdict is verdict


@pytest.mark.parametrize("missing", [(None, 2, -1, 0), (2, None, -1, 0), (2, 2, None, 0), (2, 2, -1, None)])
def test_a_goal_scaled_only_in_part_leaves_the_verdict_unknown(knowledge, missing):
    found = attainment(knowledge, [goal(2, 2, -1, 1), goal(*missing)])
    assert found.verdict is Verdict.UNKNOWN
    assert (found.places, found.left_out) == ((0,), (1,))
    assert found.attained_t == 60.0


def test_before_any_follow_up_t_of_the_start_is_known_and_no_verdict_is_given(knowledge):
    found = attainment(knowledge, [goal(2, 2, -1, None), goal(1, 1, -1, None)])
    assert found.baseline_t == pytest.approx(50 - 50 / sqrt(0.7 * 17 + 0.3 * 25), abs=1e-12)
    assert (found.attained_t, found.verdict, found.asked) == (None, Verdict.UNKNOWN, True)


def test_goals_that_nobody_scaled_are_not_asked_of_and_count_for_nothing(knowledge):
    plain = goal(None, None, None, None)
    found = attainment(knowledge, [plain, plain])
    assert (found.asked, found.baseline_t, found.attained_t, found.verdict) == (False, None, None, Verdict.UNKNOWN)
    assert attainment(knowledge, [plain, goal(2, 2, -1, 0)]).verdict is Verdict.RESPONDER


def test_goals_without_any_weight_have_no_t(knowledge):
    found = attainment(knowledge, [goal(0, 3, -1, 0), goal(2, 0, -1, 2)])
    assert (found.baseline_t, found.attained_t, found.verdict) == (None, None, Verdict.UNKNOWN)


scores = st.integers(-2, 2)
scaled = st.builds(goal, st.integers(0, 3), st.integers(0, 3), scores, scores)


@given(st.lists(scaled, min_size=1, max_size=6), st.integers(0, 5))
def test_a_better_attained_goal_never_lowers_t(knowledge, goals, place):
    place %= len(goals)
    better = [*goals]
    old = goals[place]
    better[place] = goal(old.importance, old.difficulty, old.baseline, min(2, old.attained + 1))
    before, after = attainment(knowledge, goals).attained_t, attainment(knowledge, better).attained_t
    assert (before is None) == (after is None)
    assert before is None or after >= before - 1e-12
