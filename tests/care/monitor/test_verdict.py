"""A fall counts from its published limit on, exactly; what is only remembered may say no and never yes."""

from dataclasses import replace
from fractions import Fraction as F
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.care.monitor import Verdict
from baclo.care.monitor.scales import By, scales
from baclo.care.monitor.verdict import judge, reaches
from baclo.knowledge.facts import Seen

RESPONDER, NOT, UNKNOWN = Verdict.RESPONDER, Verdict.NOT, Verdict.UNKNOWN
TINY = F(1, 10**9)


def limits(knowledge, scale, limb):
    return next(one for one in scales(knowledge) if one.id == scale).limits_of(limb)


@pytest.mark.parametrize(
    ("limb", "fall", "verdict"),
    [
        # Chen 2019, stroke, half a standard deviation: arm 0.48, leg 0.45.
        ("upper", F(48, 100), RESPONDER),
        ("upper", F(48, 100) - TINY, NOT),
        ("upper", F(47, 100), NOT),
        ("upper", F(1, 2), RESPONDER),
        ("lower", F(45, 100), RESPONDER),
        ("lower", F(45, 100) - TINY, NOT),
        ("lower", F(46, 100), RESPONDER),
        # No limb told: the larger of the two.
        ("any", F(46, 100), NOT),
        ("any", F(48, 100), RESPONDER),
        ("upper", F(0), NOT),
        ("upper", F(-1), NOT),
    ],
)
def test_a_fall_of_the_ashworth_mean_counts_from_the_limit_of_its_limb(knowledge, limb, fall, verdict):
    assert judge(knowledge, limits(knowledge, "modified_ashworth", limb), F(3), F(3) - fall) is verdict


@pytest.mark.parametrize(
    ("limb", "fall", "reached"),
    [
        ("upper", F(76, 100), True),
        ("upper", F(75, 100), False),
        ("lower", F(73, 100), True),
        ("lower", F(72, 100), False),
    ],
)
def test_the_stricter_ashworth_limit_is_0_8_of_a_standard_deviation(knowledge, limb, fall, reached):
    row = limits(knowledge, "modified_ashworth", limb)
    assert reaches(knowledge.fact(row.more), By.FALL, F(3), F(3) - fall) is reached


@pytest.mark.parametrize(
    ("baseline", "current", "verdict"),
    [
        (10, 8, RESPONDER),  # 20 %: as much as an early responder
        (5, 4, RESPONDER),
        (10, 7, RESPONDER),  # 30 %
        (7, 5, RESPONDER),  # 28.6 %
        (10, 9, NOT),  # 10 %
        (7, 6, NOT),  # 14.3 %
        (6, 5, NOT),  # 16.7 %: below what is remembered as noticeable
        (7, 7, NOT),
        (5, 7, NOT),
        (1, 0, RESPONDER),
        (0, 0, UNKNOWN),  # nothing to fall
        (0, 3, UNKNOWN),
    ],
)
def test_a_fall_of_the_numeric_rating_counts_from_a_fifth(knowledge, baseline, current, verdict):
    assert judge(knowledge, limits(knowledge, "nrs", "any"), F(baseline), F(current)) is verdict


@pytest.mark.parametrize(
    ("share", "verdict"),
    [
        (F(20, 100), RESPONDER),
        (F(20, 100) - TINY, UNKNOWN),
        (F(19, 100), UNKNOWN),
        (F(18, 100), UNKNOWN),
        (F(18, 100) - TINY, NOT),
    ],
)
def test_between_what_is_remembered_and_what_was_read_nothing_is_decided(knowledge, share, verdict):
    assert judge(knowledge, limits(knowledge, "nrs", "any"), F(10), F(10) - 10 * share) is verdict


@pytest.mark.parametrize(("fall", "reached"), [(F(3), True), (F(3) - TINY, False)])
def test_the_clinically_important_fall_is_three_tenths(knowledge, fall, reached):
    row = limits(knowledge, "nrs", "any")
    assert reaches(knowledge.fact(row.more), By.SHARE, F(10), F(10) - fall) is reached


@pytest.mark.parametrize(
    "scale", ["ashworth", "penn_frequency", "penn_severity", "scats", "tardieu", "tardieu_quality"]
)
def test_a_scale_without_a_published_limit_never_gets_a_verdict(knowledge, scale):
    assert limits(knowledge, scale, "upper") is None
    assert judge(knowledge, limits(knowledge, scale, "any"), F(4), F(0)) is UNKNOWN


def test_a_limit_that_is_only_remembered_never_says_yes(knowledge):
    key = "responder.mas.upper"
    recalled = replace(knowledge.facts[key], seen=Seen.RECALLED)
    doubtful = replace(knowledge, facts=MappingProxyType({**knowledge.facts, key: recalled}))
    row = limits(knowledge, "modified_ashworth", "upper")
    assert judge(doubtful, row, F(4), F(0)) is UNKNOWN
    assert judge(doubtful, row, F(4), F(4)) is NOT


ORDER = [NOT, UNKNOWN, RESPONDER]
grades = st.integers(0, 10)


@given(grades, grades, st.sampled_from(["nrs", "modified_ashworth"]))
def test_a_worse_score_never_gives_a_better_verdict(knowledge, baseline, current, scale):
    row = limits(knowledge, scale, "any")
    verdicts = [judge(knowledge, row, F(baseline), F(current + worse)) for worse in (0, 1)]
    assert ORDER.index(verdicts[1]) <= ORDER.index(verdicts[0])
