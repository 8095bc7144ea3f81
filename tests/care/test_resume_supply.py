"""How long what is left lasts, and what is told of the supply."""

import math
from dataclasses import replace

import pytest

from baclo.care.finding import Severity, Status
from baclo.care.resume.planner import situation
from baclo.care.resume.supply import supply_points
from baclo.case.case import Ask, GapReason
from baclo.case.stock import Stock
from baclo.knowledge.facts import Region

CRITICAL, INFO = Severity.CRITICAL, Severity.INFO


@pytest.fixture
def points(knowledge, make, picture_of, build):
    def of(*left, mg=(10.0, 10.0, 10.0), stocked=True, **changes):
        """Of three doses a day, where so many (product, units) are left."""
        doses = zip(("08:00", "14:00", "22:00"), mg, strict=True)
        taken = (build.regimen(*doses, product="uk.solution_1mg_ml"),)
        case = make(**{"ask": Ask.RESUME, "region": Region.UK, "regimens": taken, **changes})
        stock = tuple(Stock(product=product, units=units, at=case.now) for product, units in left)
        case = replace(case, stock=stock if stocked else None)
        return tuple(supply_points(knowledge, situation(knowledge, case, picture_of(case))))

    return of


def liquid(units):
    return ("uk.solution_1mg_ml", units)


def days(points):
    """How many days are told; 0 where nothing usable is left."""
    (point,) = [one for one in points if one.id.startswith("stock")]
    return 0 if point.id == "stock_none" else point.title.pieces[-1].value


@pytest.mark.parametrize(
    ("left", "mg", "expected"),
    [
        ((liquid(45.0),), (10.0, 10.0, 10.0), 1.5),
        ((liquid(5.0), ("uk.tablet_10mg", 7.0)), (10.0, 10.0, 10.0), 2.5),
        ((liquid(10.0),), (10.0, 10.0, 10.0), 1 / 3),
        ((liquid(9.99),), (10.0, 10.0, 10.0), 0),
        ((liquid(5.0),), (10.0, 5.0, 10.0), 0.2),
        ((liquid(4.99),), (10.0, 5.0, 10.0), 0),
        ((liquid(math.nan),), (10.0, 10.0, 10.0), 0),
        ((), (10.0, 10.0, 10.0), 0),
        ((liquid(1.0),), (0.0002, 0.0002, 0.0002), 1 / 0.0006),
    ],
)
def test_what_is_left_lasts_so_many_usual_days_and_less_than_the_smallest_dose_lasts_none(points, left, mg, expected):
    assert days(points(*left, mg=mg)) == pytest.approx(expected, rel=1e-12)


def shape(points):
    return [(point.id, point.severity, point.status) for point in points]


def test_a_stock_is_told_as_it_was_counted_and_an_empty_one_with_how_to_get_more(points):
    (some,) = points(liquid(12.0))
    assert (some.id, some.severity, some.status) == ("stock", INFO, None)
    assert (some.title.pieces[-1].unit, some.basis) == ("d", ("case:stock", "case:regimen"))
    empty = points(liquid(1.0))
    assert shape(empty) == [
        ("stock_none", CRITICAL, Status.PRESENT),
        ("supply", CRITICAL, Status.PRESENT),
        ("supply_uk", INFO, None),
    ]
    assert [point.basis[0] for point in empty] == ["case:stock", *["case:question.gap_reason"] * 2]


@pytest.mark.parametrize(
    "told", [{"stocked": False}, {"regimens": ()}, {"mg": (0.0, 0.0, 0.0)}, {"mg": (math.nan, 10.0, 10.0)}]
)
def test_nothing_is_said_where_nobody_counted_or_no_usual_day_is_told(points, told):
    assert points(liquid(45.0), **told) == ()


@pytest.mark.parametrize("region", Region)
def test_who_ran_out_is_told_how_to_get_more_where_that_person_lives(points, region):
    told = points(stocked=False, region=region, gap_reason=GapReason.RAN_OUT)
    assert shape(told) == [("supply", CRITICAL, Status.PRESENT), (f"supply_{region.value.lower()}", INFO, None)]


def test_in_hospital_the_team_is_told_and_other_reasons_ask_for_nothing(points):
    told = points(stocked=False, gap_reason=GapReason.IN_HOSPITAL)
    assert shape(told) == [("hospital", CRITICAL, Status.PRESENT)]
    assert told[0].basis == ("case:question.gap_reason",)
    assert points(stocked=False, gap_reason=GapReason.FORGOTTEN) == ()
