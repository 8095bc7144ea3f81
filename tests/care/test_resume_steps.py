"""In what the usual dose is taken, in how many pieces, what a smaller day would be, and the steps of both."""

import math
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care.resume.reduced import reduced
from baclo.care.resume.steps import content_ug, product_of, smallest_ug, steps_of
from baclo.care.resume.today import Placed
from baclo.case.patient import MeasuredClearance
from baclo.knowledge.facts import Region

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "doses_mg", "product"),
    [
        ({}, (10.0, 10.0), "us.tablet_10mg"),
        ({}, (5.0, 5.0), "us.tablet_5mg"),
        ({}, (20.0, 20.0), "us.tablet_20mg"),
        ({}, (15.0, 15.0), "us.tablet_15mg"),
        ({}, (15.0, 30.0), "us.tablet_15mg"),  # 1 and 2 pieces; of ten, 2 (one broken) and 3
        ({}, (10.0, 20.0), "us.tablet_20mg"),  # a half and a whole are 2 pieces; of ten, 1 and 2
        ({}, (5.0, 10.0), "us.tablet_10mg"),  # a half and a whole
        ({}, (30.0, 10.0), "us.tablet_20mg"),  # 1.5 and a half: 2 and 1
        ({}, (7.0, 10.0), None),
        ({}, (2.5, 10.0), None),
        ({"products": ("us.tablet_5mg",)}, (10.0, 10.0), "us.tablet_5mg"),
        ({"products": ("us.solution_1mg_ml", "us.tablet_5mg")}, (7.0, 7.0), None),
        ({"products": ("us.solution_1mg_ml",)}, (10.0, 10.0), None),
        ({}, (10.000000001, 10.0), "us.tablet_10mg"),
        ({}, (10.00001, 10.0), None),
        ({}, (math.nan, 10.0), None),
        ({}, (0.0, 10.0), None),
        ({}, (0.0005, 10.0), None),
    ],
)
def test_where_nobody_said_it_is_the_tablet_that_gives_every_dose_in_the_fewest_pieces(
    knowledge, make, build, told, doses_mg, product
):
    taken = build.regimen(*zip(("08:00", "20:00"), doses_mg, strict=True))
    assert product_of(knowledge, make(**told), taken) == product


@pytest.mark.parametrize(
    ("product", "mg", "fits"),
    [
        ("us.solution_1mg_ml", 7.3, True),
        ("us.solution_1mg_ml", math.nan, False),
        ("us.solution_1mg_ml", math.inf, False),
        ("us.solution_1mg_ml", 0.0, False),
        ("us.solution_1mg_ml", 0.0005, True),
        ("us.tablet_10mg", 15.0, True),
        ("us.tablet_10mg", 12.5, False),
        ("us.tablet_5mg", 2.5, False),
        ("us.tablet_5mg", 0.0005, False),
        ("us.granules_5mg", 10.0, True),
        ("us.granules_5mg", 7.5, False),
    ],
)
def test_a_product_that_was_named_is_taken_where_it_gives_the_doses(knowledge, make, build, product, mg, fits):
    taken = build.regimen(("08:00", mg), ("20:00", 10.0), product=product)
    assert product_of(knowledge, make(), taken) == (product if fits else None)


@pytest.mark.parametrize(
    ("product", "smallest_mg", "content_mg"),
    [
        ("us.tablet_10mg", 5.0, 10.0),
        ("us.tablet_5mg", 5.0, 5.0),
        ("us.granules_5mg", 5.0, 5.0),
        ("us.solution_2mg_ml", 0.0, 2.0),
    ],
)
def test_the_smallest_piece_and_what_one_holds(knowledge, product, smallest_mg, content_mg):
    assert smallest_ug(knowledge, product) == smallest_mg * 1000
    assert content_ug(knowledge, product) == content_mg * 1000


THREE = ("08:00", "14:00", "20:00")


@pytest.mark.parametrize(
    ("told", "clocks", "usual_mg", "product", "each_mg"),
    [
        ({}, THREE, 20.0, "us.tablet_10mg", 5.0),  # 15 mg a day
        ({}, THREE, 20.0, "us.solution_1mg_ml", 5.0),
        ({}, THREE[:2], 20.0, "us.tablet_10mg", 5.0),  # 7.5 mg each, down to a half
        ({}, THREE[:2], 20.0, "us.solution_2mg_ml", 5.0),  # at most one step of 5 mg at each time
        ({}, THREE, 2.0, "us.solution_1mg_ml", 2.0),  # never above the usual one
        ({"age_y": 65.0}, THREE[:1], 20.0, "us.tablet_10mg", 5.0),  # the slow scheme begins with 5 mg a day
        ({"age_y": 65.0}, THREE, 20.0, "us.tablet_10mg", None),  # a third of that is no piece
        ({"frail": True}, THREE[:2], 20.0, "us.solution_1mg_ml", 2.5),
        ({"age_y": None}, THREE, 20.0, "us.tablet_10mg", None),
        ({"age_y": 6.0, "weight_kg": 20.0, "height_cm": 114.0}, THREE, 20.0, "us.tablet_10mg", None),
        ({"age_y": 6.0, "weight_kg": 20.0, "height_cm": 114.0}, THREE, 20.0, "us.solution_1mg_ml", None),
        ({"creatinine": ()}, THREE, 20.0, "us.tablet_10mg", None),
        ({"region": Region.UK}, THREE, 20.0, "uk.solution_1mg_ml", 5.0),
        ({}, THREE, 7.5, "us.tablet_10mg", None),  # the product named does not give the usual doses
    ],
)
def test_the_smaller_day_is_the_persons_first_dose_over_the_usual_clock(
    knowledge, make, build, told, clocks, usual_mg, product, each_mg
):
    taken = build.regimen(*((clock, usual_mg) for clock in clocks), product=product)
    found = reduced(knowledge, make(**told), taken)
    assert (found and [dose.amount_ug for dose in found.doses]) == (each_mg and [each_mg * 1000] * len(clocks))


def test_without_an_age_there_is_no_smaller_day_whatever_the_kidneys(knowledge, make, build):
    at = NOW - timedelta(days=3)
    measured = MeasuredClearance(at=at, creatinine_clearance_ml_per_min=110.0, entered="110 mL/min")
    told = {"creatinine": (), "measured_clearance": (measured,), "reported_egfr": (build.reported(100.0),)}
    taken = build.regimen(*((clock, 20.0) for clock in THREE), product="us.solution_1mg_ml")
    assert reduced(knowledge, make(**told), taken).total_ug_per_day == 15_000
    assert reduced(knowledge, make(age_y=None, **told), taken) is None


def test_kidneys_that_leave_nothing_leave_no_smaller_day(knowledge, make, build):
    taken = build.regimen(("08:00", 20.0), product="us.solution_1mg_ml")
    assert reduced(knowledge, make(creatinine=(build.creatinine(4.0),)), taken) is None


def test_half_the_dose_of_the_kidneys_is_half_of_the_smaller_day_too(knowledge, make, build):
    # Creatinine 1.6 at 40 years: eGFR 55 leaves two thirds or less; the slow scheme begins with 5 mg whatever is left.
    taken = build.regimen(("08:00", 20.0), product="us.solution_1mg_ml")
    found = reduced(knowledge, make(creatinine=(build.creatinine(1.6),)), taken)
    assert found.total_ug_per_day == 5_000


def test_today_and_the_days_after_it_as_steps(knowledge, make, build):
    zone = ZoneInfo("Europe/London")
    case = make(now=NOW, zone=zone)
    usual = build.regimen(("20:00", 10.0), ("08:00", 5.0), product="us.tablet_10mg")
    late = NOW + timedelta(minutes=7, seconds=30, microseconds=5)
    placed = (Placed(at=late, due=NOW - timedelta(hours=2), amount_ug=5_000.0),)
    first, then = steps_of(knowledge, case, usual, "us.tablet_10mg", placed)
    (dose,) = first.doses
    assert (dose.clock, dose.at, dose.due) == (time(10, 7), late, NOW - timedelta(hours=2))
    assert (dose.amount_ug, dose.units, dose.product) == (5_000, 0.5, "us.tablet_10mg")
    midnight = datetime(2026, 11, 24, tzinfo=UTC)
    assert (first.since, first.until, first.total_ug_per_day) == (NOW, midnight, 5_000)
    assert [(dose.clock, dose.units, dose.at, dose.due) for dose in then.doses] == [
        (time(8), 0.5, None, None),
        (time(20), 1.0, None, None),
    ]
    assert (then.since, then.until, then.total_ug_per_day) == (midnight, None, 15_000)


@pytest.mark.parametrize(("ends", "count"), [(-1, 1), (0, 1), (1, 2)])
def test_a_usual_day_that_has_ended_by_midnight_has_no_step_after_it(knowledge, make, build, ends, count):
    midnight = datetime(2026, 11, 24, tzinfo=UTC)
    usual = build.regimen(("20:00", 10.0), product="us.tablet_10mg")
    usual = type(usual)(
        product=usual.product,
        modified_release=usual.modified_release,
        since=usual.since,
        until=midnight + timedelta(hours=ends),
        doses=usual.doses,
    )
    found = steps_of(knowledge, make(now=NOW, zone=ZoneInfo("Europe/London")), usual, "us.tablet_10mg", ())
    assert len(found) == count
    assert found[-1].until == (usual.until if count == 2 else midnight)
