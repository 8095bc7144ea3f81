"""The numbers of a taper's steps by length of use, dose, person and choice, by hand from the sources."""

from datetime import UTC, datetime, timedelta

import pytest

from baclo.care.taper.caution import cautions
from baclo.care.taper.pattern import Choice, FastPart, Rate, first_choice, pattern_of
from baclo.case.case import Method, Speed, Urgency
from baclo.case.patient import Condition, Sex

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
YEARS = NOW - timedelta(days=2000)
MONTHS = NOW - timedelta(days=182.62)  # half a year of 365.25 days is 182.625 days
OVER = NOW - timedelta(days=182.64)
DEPENDENT = (Condition(name="alcohol use disorder", since=None),)
USUAL, SLOW, QUICK = Rate.USUAL, Rate.SLOW, Rate.QUICK
FIXED, PERCENT = Method.FIXED, Method.PERCENT


def pattern(knowledge, make, mg, rate=USUAL, method=FIXED, cautious=False, **told):
    choice = Choice(rate=rate, method=method, cautious=cautious)
    return pattern_of(knowledge, make(**{"baclofen_since": YEARS, **told}), mg * 1000.0, choice)


@pytest.mark.parametrize(
    ("since", "mg", "rate", "cautious", "fall_mg", "days", "last_days"),
    [
        (YEARS, 40, USUAL, False, 10, 7, 7),
        (YEARS, 40, USUAL, True, 5, 7, 7),
        (YEARS, 40, SLOW, False, 10, 14, 14),
        (YEARS, 40, SLOW, True, 5, 14, 14),
        (YEARS, 40, QUICK, False, 10, 3, 3),
        (MONTHS, 40, USUAL, False, 5, 3, 7),
        (MONTHS, 40, USUAL, True, 5, 7, 7),
        (MONTHS, 40, SLOW, False, 5, 6, 14),
        (NOW - timedelta(days=182.625), 40, USUAL, False, 5, 3, 7),
        (MONTHS, 60, USUAL, False, 5, 3, 7),
        (MONTHS, 60.1, USUAL, False, 10, 7, 7),
        (OVER, 40, USUAL, False, 10, 7, 7),
        (NOW, 40, USUAL, False, 5, 3, 7),
        (NOW + timedelta(hours=1), 40, USUAL, False, 10, 7, 7),
        (None, 40, USUAL, False, 10, 7, 7),
    ],
)
def test_fixed_steps_by_length_of_use_dose_and_rate(
    knowledge, make, since, mg, rate, cautious, fall_mg, days, last_days
):
    made = pattern(knowledge, make, mg, rate, cautious=cautious, baclofen_since=since)
    assert (made.fall_ug_per_day, made.days, made.last_days) == (fall_mg * 1000, days, last_days)
    assert (made.small_ug_per_day, made.last_part_ug_per_day) == (5000, 15_000)
    assert (made.share_fraction, made.piece_ug_per_day, made.fast) == (None, None, None)


@pytest.mark.parametrize(
    ("since", "cautious", "share"), [(YEARS, False, 0.2), (YEARS, True, 0.1), (MONTHS, False, 0.1)]
)
def test_shares_are_the_larger_where_the_fixed_step_is(knowledge, make, since, cautious, share):
    made = pattern(knowledge, make, 40, method=PERCENT, cautious=cautious, baclofen_since=since)
    assert made.share_fraction == pytest.approx(share, rel=1e-12)


@pytest.mark.parametrize(
    ("products", "piece_mg"),
    [
        (("us.tablet_5mg",), 5.0),  # not scored
        (("us.tablet_10mg",), 5.0),
        (("us.tablet_20mg",), 5.0),  # ten by its halves, and never more than the small fall
        (("us.solution_1mg_ml",), 2.5),  # half a millilitre is half a milligram, less than the least of a share
    ],
)
def test_shares_go_by_the_smallest_piece_between_the_least_and_the_small_fall(knowledge, make, products, piece_mg):
    assert pattern(knowledge, make, 40, method=PERCENT, products=products).piece_ug_per_day == piece_mg * 1000


def test_a_child_falls_by_no_more_than_its_share_of_the_whole_and_in_smaller_pieces(knowledge, make):
    child = {"age_y": 6.0, "weight_kg": 20.0, "height_cm": 114.0, "products": ("us.solution_1mg_ml",)}
    made = pattern(knowledge, make, 10, cautious=True, **child)
    # A fifth of 10 mg; the piece is half a milligram lifted to the smaller of 2.5 mg and that fifth.
    assert (made.fall_ug_per_day, made.piece_ug_per_day, made.share_fraction) == (2000, 2000, None)
    larger = pattern(knowledge, make, 40, cautious=True, **child)
    assert (larger.fall_ug_per_day, larger.piece_ug_per_day) == (5000, 2500)


def test_the_faster_first_part_is_for_high_doses_in_alcohol_use_disorder_without_caution_and_by_fixed_steps(
    knowledge, make
):
    told = {"conditions": DEPENDENT}
    fast = FastPart(above_ug_per_day=80_000, fall_ug_per_day=10_000, days=2)
    assert pattern(knowledge, make, 120, **told).fast == fast
    assert pattern(knowledge, make, 120, SLOW, **told).fast == FastPart(
        above_ug_per_day=80_000, fall_ug_per_day=10_000, days=4
    )
    for without in (
        pattern(knowledge, make, 80, **told),
        pattern(knowledge, make, 120, cautious=True, **told),
        pattern(knowledge, make, 120, method=PERCENT, **told),
        pattern(knowledge, make, 120, conditions=()),
        pattern(knowledge, make, 120, conditions=None),
    ):
        assert without.fast is None


def test_a_regimen_older_than_what_was_told_counts_as_use(knowledge, make, build):
    taken = build.regimen(("08:00", 20.0), ("20:00", 20.0), since=YEARS)
    made = pattern(knowledge, make, 40, baclofen_since=MONTHS, regimens=(taken,))
    assert made.fall_ug_per_day == 10_000


def test_a_pattern_rests_on_what_it_used_and_on_nothing_else(knowledge, make):
    plain = set(pattern(knowledge, make, 40).basis)
    assert {"fact:taper.fall_small", "fact:taper.fall_large", "fact:taper.last_part"} <= plain
    shared = set(pattern(knowledge, make, 40, method=PERCENT).basis)
    assert shared - plain == {"fact:taper.percent_large", "fact:taper.percent_least"}
    careful = set(pattern(knowledge, make, 40, method=PERCENT, cautious=True).basis)
    assert careful - plain == {"fact:taper.percent_small", "fact:taper.percent_least"}
    assert set(pattern(knowledge, make, 40, SLOW).basis) - plain == {"fact:taper.slow_factor"}
    child = {"age_y": 6.0, "weight_kg": 20.0, "height_cm": 114.0}
    assert set(pattern(knowledge, make, 40, **child).basis) - plain == {"fact:taper.child_share"}
    fast = set(pattern(knowledge, make, 120, conditions=DEPENDENT).basis) - plain
    assert fast == {"fact:taper.very_high_dose", "fact:taper.very_high_fall", "fact:taper.very_high_interval"}


@pytest.mark.parametrize(
    ("speed", "urgency", "cautious", "rate"),
    [
        (None, Urgency.PLANNED, False, USUAL),
        (Speed.SLOW, Urgency.PLANNED, False, SLOW),
        (Speed.SLOW, Urgency.URGENT, False, SLOW),
        (Speed.USUAL, Urgency.URGENT, False, QUICK),
        (None, Urgency.URGENT, False, QUICK),
        (None, Urgency.URGENT, True, USUAL),
    ],
)
def test_slow_goes_before_urgent_and_urgent_only_without_caution(make, speed, urgency, cautious, rate):
    case = make(speed=speed, urgency=urgency)
    assert first_choice(case, cautious) == Choice(rate=rate, method=FIXED, cautious=cautious)
    assert first_choice(make(method=PERCENT), cautious).method is PERCENT


CHILD = {"age_y": 6.0, "weight_kg": 20.0, "height_cm": 114.0}


@pytest.mark.parametrize(
    ("sex", "pregnant", "rate"),
    [
        (Sex.FEMALE, False, QUICK),
        (Sex.FEMALE, True, USUAL),
        (Sex.FEMALE, None, USUAL),
        (None, None, USUAL),
        (None, False, QUICK),
        (Sex.MALE, None, QUICK),
    ],
)
def test_nothing_is_quick_where_there_may_be_a_pregnancy(make, sex, pregnant, rate):
    assert first_choice(make(sex=sex, pregnant=pregnant, urgency=Urgency.URGENT), False).rate is rate


def said(knowledge, make, build, picture_of, creatinine=0.8, **told):
    known = () if creatinine is None else (build.creatinine(creatinine),)
    case = make(**{"baclofen_since": YEARS, "creatinine": known, **told})
    return ["".join(map(str, text.pieces)) for text in cautions(knowledge, case, picture_of(case))]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, []),
        ({"baclofen_since": None}, ["this is not known: how long it has been taken"]),
        ({"age_y": 64.9}, []),
        ({"age_y": 65.0}, ["because of age"]),
        ({"age_y": None, "creatinine": 0.7}, ["not known: the age", "not known: the kidneys"]),
        ({**CHILD, "creatinine": 0.4}, ["because this is a child"]),
        ({**CHILD, "creatinine": 0.8}, ["because this is a child", "because the kidneys are reduced"]),
        ({**CHILD, "creatinine": None}, ["because this is a child", "not known: the kidneys"]),
        ({"frail": True}, ["because of frailty"]),
        ({"frail": None}, ["not known: whether there is frailty"]),
        ({"creatinine": None}, ["not known: the kidneys"]),
        ({"creatinine": 1.6}, ["because the kidneys are reduced"]),
    ],
)
def test_each_caution_is_told_and_what_is_not_known_is_one(knowledge, make, build, picture_of, told, words):
    found = said(knowledge, make, build, picture_of, **told)
    assert len(found) == len(words)
    assert all(word in text for word, text in zip(words, found, strict=True))
