"""The first value is the last before the start, or before the present dose; the newest must be of the present dose."""

from fractions import Fraction as F

import pytest

from baclo.care.monitor import Verdict, changes
from baclo.care.monitor.changes import Before, Lack
from baclo.care.monitor.scales import Combine, grade_meant, scales
from baclo.case.observed import grade_words

LEG, OTHER, ARM = "left hip adductors", "right knee flexors", "left elbow flexors"
NRS, MAS = "spasticity nrs", "modified ashworth"
# Treated since 1 September, on the present dose since 1 October, seen on 23 November.
START, DOSE = "2026-09-01", "2026-10-01"


@pytest.fixture
def on(scored, of):
    def made(*rows, **more):
        more.setdefault("regimens", (of.taken(15, START, DOSE), of.taken(30, DOSE)))
        return scored(*(of.score(*row) for row in rows), **more)

    return made


def only(knowledge, case):
    (change,) = changes(knowledge, case)
    return change


def test_the_last_value_before_the_start_is_compared_with_the_newest(knowledge, on):
    case = on(("2026-08-01", NRS, 9), ("2026-08-30", NRS, 8), ("2026-09-15", NRS, 7), ("2026-11-20", NRS, 5))
    change = only(knowledge, case)
    assert (change.baseline, change.current, change.before) == (8, 5, Before.START)
    assert (f"{change.baseline_day}", f"{change.current_day}") == ("2026-08-30", "2026-11-20")
    assert (change.verdict, change.lack) == (Verdict.RESPONDER, None)


def test_without_a_value_before_the_start_the_last_before_the_present_dose_counts(knowledge, on):
    change = only(knowledge, on(("2026-09-20", NRS, 7), ("2026-11-20", NRS, 6)))
    assert (change.baseline, change.before, change.verdict) == (7, Before.CHANGE, Verdict.NOT)


@pytest.mark.parametrize(("day", "before"), [("2026-09-01", Before.START), ("2026-09-02", Before.CHANGE)])
def test_a_value_of_the_day_of_the_first_dose_is_before_it(knowledge, on, day, before):
    assert only(knowledge, on((day, NRS, 7), ("2026-11-20", NRS, 5))).before is before


@pytest.mark.parametrize(("day", "lack"), [("2026-10-01", Lack.NO_CURRENT), ("2026-10-02", None)])
def test_a_value_of_the_day_of_the_last_change_says_nothing_of_the_present_dose(knowledge, on, day, lack):
    assert only(knowledge, on(("2026-08-30", NRS, 7), (day, NRS, 3))).lack is lack


@pytest.mark.parametrize(
    ("day", "lack"),
    # 90 days before 1 September is 3 June.
    [("2026-06-03", None), ("2026-06-02", Lack.NO_BASELINE)],
)
def test_a_first_value_is_too_old_after_90_days(knowledge, on, day, lack):
    change = only(knowledge, on((day, NRS, 7), ("2026-11-20", NRS, 3)))
    assert change.lack is lack
    assert change.verdict is (Verdict.UNKNOWN if lack else Verdict.RESPONDER)


@pytest.mark.parametrize(
    ("now", "lack"),
    # 90 days after 20 November is 18 February.
    [("2027-02-18", None), ("2027-02-19", Lack.OLD)],
)
def test_the_newest_value_is_too_old_after_90_days(knowledge, on, now, lack):
    assert only(knowledge, on(("2026-08-30", NRS, 7), ("2026-11-20", NRS, 3), now=now)).lack is lack


@pytest.mark.parametrize(("now", "lack"), [("2026-10-07", Lack.EARLY), ("2026-10-08", None)])
def test_no_response_is_called_within_the_week_that_a_dose_needs(knowledge, on, now, lack):
    change = only(knowledge, on(("2026-08-30", NRS, 7), ("2026-10-02", NRS, 7), now=now))
    assert (change.lack, change.verdict) == (lack, Verdict.UNKNOWN if lack else Verdict.NOT)


def test_a_response_within_the_first_week_is_one(knowledge, on):
    change = only(knowledge, on(("2026-08-30", NRS, 7), ("2026-10-02", NRS, 3), now="2026-10-03"))
    assert (change.lack, change.verdict) == (None, Verdict.RESPONDER)


@pytest.mark.parametrize(
    ("rows", "lack"),
    [
        ([("2026-11-20", NRS, 3)], Lack.NO_BASELINE),
        ([("2026-08-20", NRS, 3)], Lack.NO_CURRENT),
        ([("2026-08-20", NRS, 0), ("2026-11-20", NRS, 0)], Lack.FROM_NOTHING),
        ([("2026-08-20", "penn spasm frequency", 4), ("2026-11-20", "penn spasm frequency", 1)], Lack.NO_LIMIT),
        ([("2026-08-20", NRS, float("nan")), ("2026-11-20", NRS, 3)], Lack.NO_BASELINE),
        ([("2026-08-20", NRS, 7), ("2026-11-20", NRS, float("inf")), ("2026-11-02", NRS, 7)], None),
    ],
)
def test_why_there_is_no_verdict_is_said(knowledge, on, rows, lack):
    change = only(knowledge, on(*rows))
    assert change.lack is lack
    assert (change.verdict is Verdict.UNKNOWN) is (lack is not None)


def test_a_fall_between_the_remembered_and_the_read_limit_says_so(knowledge, on):
    # The mean of two arms with muscle groups cannot lie there on the numeric rating, so a share of 18.75 % stands in.
    change = only(knowledge, on(("2026-08-20", NRS, 8.0), ("2026-11-20", NRS, 6.5)))
    assert (change.lack, change.verdict) == (Lack.BETWEEN, Verdict.UNKNOWN)


@pytest.mark.parametrize("regimens", [(), ((0, START, None),), ((15, "2026-01-01", "2026-02-01"),)])
def test_without_treatment_there_is_nothing_to_judge(knowledge, on, of, regimens):
    rows = tuple(of.taken(*row) for row in regimens)
    change = only(knowledge, on(("2026-08-20", NRS, 7), ("2026-11-20", NRS, 3), regimens=rows))
    assert (change.lack, change.verdict, change.baseline) == (Lack.NOT_TAKEN, Verdict.UNKNOWN, None)


def test_a_case_without_scores_has_no_changes(knowledge, on):
    assert changes(knowledge, on()) == ()


def test_what_is_dated_after_now_does_not_count(knowledge, on):
    assert only(knowledge, on(("2026-08-20", NRS, 7), ("2026-11-22", NRS, 7), ("2026-11-24", NRS, 1))).current == 7


def test_the_mean_is_over_the_muscle_groups_seen_both_times_limb_by_limb(knowledge, on):
    before, now = "2026-08-30", "2026-11-20"
    case = on(
        (before, MAS, 3, LEG),
        (before, MAS, 2, OTHER),
        (before, MAS, 4, "left toe flexors"),
        (before, MAS, 3, ARM),
        (now, MAS, 2, LEG),
        (now, MAS, 1.5, OTHER),
        (now, MAS, 1, "right toe flexors"),
        (now, MAS, 3, ARM),
    )
    upper, lower = changes(knowledge, case)
    assert (upper.limb, upper.sites, upper.verdict) == ("upper", 1, Verdict.NOT)
    # Legs: (3 + 2) / 2 = 2.5 before, (2 + 1.5) / 2 = 1.75 now; the toes were seen once each and do not count.
    assert (lower.limb, lower.sites, lower.baseline, lower.current) == ("lower", 2, F(5, 2), F(7, 4))
    assert lower.verdict is Verdict.RESPONDER
    assert len(lower.latest) == 4


@pytest.mark.parametrize(("now", "verdict"), [(1.5, Verdict.RESPONDER), (2, Verdict.NOT), (3, Verdict.NOT)])
def test_one_grade_with_its_plus_less_is_enough(knowledge, on, now, verdict):
    assert only(knowledge, on(("2026-08-30", MAS, 2, LEG), ("2026-11-20", MAS, now, LEG))).verdict is verdict


def test_the_total_of_scats_needs_all_three_parts_of_one_examination(knowledge, on):
    parts = ("scats clonus", "scats flexor", "scats extensor")
    before, now = "2026-08-30", "2026-11-20"
    rows = [(before, kind, 3) for kind in parts] + [
        (now, kind, grade) for kind, grade in zip(parts, (2, 0, 1), strict=True)
    ]
    change = only(knowledge, on(*rows))
    assert (change.baseline, change.current, change.lack) == (9, 3, Lack.NO_LIMIT)
    assert only(knowledge, on(*rows[:5])).lack is Lack.NO_CURRENT


def test_the_dynamic_part_of_tardieu_is_the_slow_range_less_the_catch(knowledge, on):
    before, now = "2026-08-30", "2026-11-20"
    change = only(
        knowledge,
        on(
            (before, "tardieu r1", 40, LEG),
            (before, "tardieu r2", 75.5, LEG),
            (now, "tardieu r1", 60, LEG),
            (now, "tardieu r2", 75, LEG),
            (now, "tardieu r1", 10, ARM),
        ),
    )
    assert (change.baseline, change.current, change.lack) == (F(71, 2), 15, Lack.NO_LIMIT)


def test_every_scale_has_a_meaning_for_each_grade_or_parts_and_cites_its_source(knowledge):
    found = scales(knowledge)
    assert [one.id for one in found][:2] == ["goal_attainment", "nrs"]
    for scale in found:
        assert scale.sources
        if scale.combine is Combine.ONE and scale.meanings:
            assert len(scale.meanings) == len(grade_words(knowledge, scale.kinds[0])), scale.id
        for kind in scale.kinds:
            assert kind in knowledge.folder("vocabulary")["observations"]


@pytest.mark.parametrize(
    ("scale", "value", "word"),
    [
        ("modified_ashworth", F(3, 2), "1+"),
        ("modified_ashworth", F(4), "4"),
        ("modified_ashworth", F(7, 4), None),
        ("penn_severity", F(1), "1"),
        ("tardieu_quality", F(5), "5"),
        ("nrs", F(7), None),
        ("scats", F(3), None),
    ],
)
def test_a_value_that_is_a_grade_is_told_by_its_word(knowledge, scale, value, word):
    found = grade_meant(knowledge, next(one for one in scales(knowledge) if one.id == scale), value)
    assert (None if found is None else found[0]) == word
