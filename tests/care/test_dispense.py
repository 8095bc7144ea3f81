"""What to dispense, worked by hand."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care.dispense import at_home_units, dispensed, open_for
from baclo.care.products import Product
from baclo.care.steps import PlanDose, Step
from baclo.case.stock import Stock
from baclo.knowledge.words import Text

LONDON = ZoneInfo("Europe/London")
TEN = Product(product="uk.tablet_10mg", form="tablet", strength_ug=10_000.0, piece_ug=5_000.0)
LIQUID = Product(product="uk.solution_1mg_ml", form="liquid", strength_ug=1_000.0, piece_ug=500.0)
PACKET = Product(product="us.granules_5mg", form="granules", strength_ug=5_000.0, piece_ug=5_000.0)
ALL = {one.product: one for one in (TEN, LIQUID, PACKET)}
FOUR_WEEKS = timedelta(days=28)
FIRST = datetime(2026, 11, 24, tzinfo=LONDON)


def step(day, days, *units, one=TEN):
    """A step from that many days after the first, its doses at 08:00, 14:00 and 22:00; days None is open."""
    doses = tuple(
        PlanDose(clock=clock, amount_ug=count * one.strength_ug, product=one.product, units=count)
        for clock, count in zip((time(8), time(14), time(22)), units, strict=False)
        if count
    )
    since = FIRST + timedelta(days=day)
    return Step(
        since=since,
        until=None if days is None else since + timedelta(days=days),
        doses=doses,
        total_ug_per_day=sum(dose.amount_ug for dose in doses),
        why=Text(("",)),
        limited_by=(),
        monitor=(),
    )


def supply(case, *steps, lasting=FOUR_WEEKS):
    return {row.product: row for row in dispensed(case, ALL, steps, lasting)}


def test_halves_are_used_up_before_another_tablet_is_broken(make):
    # 3 days of three halves are 9 halves: 4 tablets and a half; 2 days of one tablet three times are 6.
    row = supply(make(), step(0, 3, 0.5, 0.5, 0.5), step(3, 2, 1, 1, 1), step(5, 1))[TEN.product]
    assert (row.needed_units, row.left_units, row.units) == (11, 0.5, 11)
    assert row.since == FIRST.replace(hour=8)
    assert row.until == FIRST + timedelta(days=5)


def test_two_halves_are_one_tablet_even_over_wholes_in_between(make):
    # 08:00 1½, 14:00 1, 22:00 ½ are three tablets a day and nothing left.
    row = supply(make(), step(0, 4, 1.5, 1, 0.5), step(4, None))[TEN.product]
    assert (row.needed_units, row.left_units) == (12, 0)


def test_an_open_last_step_is_supplied_as_long_as_is_said(make):
    row = supply(make(), step(0, 7, 1, 1, 1), step(7, None, 2, 2, 2))[TEN.product]
    assert row.units == 7 * 3 + 28 * 6
    assert row.until == FIRST + timedelta(days=35)


def test_a_liquid_is_counted_in_millilitres_to_the_last(make):
    row = supply(make(), step(0, 3, 2.5, 2.5, 3, one=LIQUID), step(3, None))[LIQUID.product]
    assert (row.needed_units, row.left_units, row.units, row.form) == (24, 0, 24, "liquid")


def test_packets_are_counted_whole(make):
    assert supply(make(), step(0, 3, 1, 2, 1, one=PACKET), step(3, None))[PACKET.product].units == 12


def test_two_strengths_are_dispensed_each_for_itself(make):
    rows = supply(make(), step(0, 2, 1, 1, 1), step(2, 2, 1, one=PACKET), step(4, None))
    assert {product: row.units for product, row in rows.items()} == {TEN.product: 6, PACKET.product: 2}


def test_the_day_the_clocks_change_has_its_doses_once(make):
    across = [step(-32, 4, 1, 1, 1)]  # 23 to 26 October 2026; summer time ends on the 25th
    assert across[0].since.date().isoformat() == "2026-10-23"
    assert supply(make(), *across)[TEN.product].units == 12


def test_nothing_is_dispensed_for_a_plan_of_nothing(make):
    assert supply(make(), step(0, None)) == {}


def stocked(make, units, product=TEN.product, days_ago=2, **changes):
    case = make(**changes)
    return make(stock=(Stock(product=product, units=units, at=case.now - timedelta(days=days_ago)),), **changes)


@pytest.mark.parametrize(("home", "to_dispense"), [(4, 8), (4.5, 8), (12, 0), (100, 0), (0, 12)])
def test_what_is_at_home_is_taken_off_and_never_less_than_nothing_is_dispensed(make, home, to_dispense):
    row = supply(stocked(make, home), step(0, 4, 1, 1, 1), step(4, None))[TEN.product]
    assert (row.units, row.at_home_units) == (to_dispense, home)


def test_the_latest_count_stands_and_what_is_taken_since_is_taken_off(make, build):
    # Counted on the 21st at 10:00 UTC; until midnight before the 24th: 2 doses that day, 3 on each of two days.
    taken = build.regimen(("08:00", 10.0), ("14:00", 10.0), ("22:00", 10.0), product=TEN.product)
    case = stocked(make, 20.0, regimens=(taken,))
    assert at_home_units(case, TEN, FIRST) == 12
    older = Stock(product=TEN.product, units=500.0, at=case.now - timedelta(days=30))
    assert at_home_units(make(regimens=(taken,), stock=(older, *case.stock)), TEN, FIRST) == 12
    assert at_home_units(stocked(make, 3.0, regimens=(taken,)), TEN, FIRST) == 0


def test_what_is_at_home_is_not_known_where_nobody_counted_or_doses_name_no_product(make, build):
    assert at_home_units(make(), TEN, FIRST) is None
    assert at_home_units(stocked(make, 20.0, product=LIQUID.product), TEN, FIRST) is None
    unnamed = build.regimen(("08:00", 10.0))
    assert at_home_units(stocked(make, 20.0, regimens=(unnamed,)), TEN, FIRST) is None
    row = supply(stocked(make, 20.0, regimens=(unnamed,)), step(0, 4, 1, 1, 1), step(4, None))[TEN.product]
    assert (row.at_home_units, row.units) == (None, 12)


def test_a_count_from_the_future_counts_for_nothing(make):
    assert at_home_units(stocked(make, 20.0, days_ago=-1), TEN, FIRST) is None


def test_a_rise_is_supplied_to_its_review_and_anything_else_for_four_weeks(knowledge):
    assert open_for(knowledge, to_review=True) == timedelta(weeks=6)
    assert open_for(knowledge, to_review=False) == timedelta(weeks=4)


def test_what_is_at_home_when_the_first_step_begins_counts(make, build):
    # Counted at 20 two days before; 3 a day are taken until the plan begins: 2 on that day, 3 on each of two more.
    taken = build.regimen(("08:00", 10.0), ("14:00", 10.0), ("22:00", 10.0), product=TEN.product)
    row = supply(stocked(make, 20.0, regimens=(taken,)), step(0, 4, 1, 1, 1), step(4, 4, 1, 1), step(8, None))[
        TEN.product
    ]
    assert (row.at_home_units, row.units) == (12, 8)


def test_a_count_of_this_minute_counts_and_what_is_taken_of_another_product_does_not(make, build):
    assert at_home_units(stocked(make, 20.0, days_ago=0), TEN, FIRST) == 20
    liquid = build.regimen(("08:00", 10.0), ("22:00", 10.0), product=LIQUID.product)
    assert at_home_units(stocked(make, 20.0, regimens=(liquid,)), TEN, FIRST) == 20


def test_a_step_holds_the_dose_at_its_beginning_and_not_the_one_at_its_end(make):
    # From 08:00 to 08:00 two days later: two doses at 08:00, two at 14:00, two at 22:00.
    whole = step(0, 2, 1, 1, 1)
    moved = replace(whole, since=whole.since.replace(hour=8), until=whole.until.replace(hour=8))
    assert supply(make(), moved)[TEN.product].units == 6
    # To 15:00 on the day after the last midnight: one more at 08:00 and at 14:00.
    longer = replace(whole, until=whole.until.replace(hour=15))
    assert supply(make(), longer)[TEN.product].units == 8
