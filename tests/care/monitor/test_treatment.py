"""Since when the drug and the present dose are taken, and what is to come; and intervals by the calendar."""

from dataclasses import replace
from datetime import date

import pytest

from baclo.care.monitor.intervals import later
from baclo.care.monitor.treatment import coming, treatment


def days(found):
    return [(f"{day}", total / 1000) for day, total in found]


def test_the_present_dose_began_where_its_daily_total_did(scored, of):
    case = scored(
        regimens=(
            of.taken(15, "2026-09-01", "2026-09-08"),
            of.taken(30, "2026-09-08", "2026-10-01"),
            of.taken(30, "2026-10-01"),
        )
    )
    found = treatment(case)
    assert (f"{found.since}", f"{found.dose_since}") == ("2026-09-01", "2026-09-08")
    assert found.total_ug_per_day == 30_000


def test_a_dose_that_was_left_and_taken_again_began_with_its_return(scored, of):
    case = scored(
        regimens=(
            of.taken(30, "2026-09-01", "2026-09-08"),
            of.taken(45, "2026-09-08", "2026-10-01"),
            of.taken(30, "2026-10-01"),
        )
    )
    found = treatment(case)
    assert (f"{found.since}", f"{found.dose_since}") == ("2026-09-01", "2026-10-01")


def test_treatment_before_a_gap_is_another_one(scored, of):
    case = scored(regimens=(of.taken(60, "2026-01-01", "2026-02-01"), of.taken(15, "2026-09-01")))
    found = treatment(case)
    assert f"{found.since}" == "2026-09-01"


def test_what_is_told_of_continuous_use_counts_where_it_is_earlier(scored, of):
    regimens = (of.taken(15, "2026-09-01"),)
    assert f"{treatment(scored(regimens=regimens, baclofen_since=of.at('2025-01-31'))).since}" == "2025-01-31"
    assert f"{treatment(scored(regimens=regimens, baclofen_since=of.at('2026-10-31'))).since}" == "2026-09-01"


@pytest.mark.parametrize("rows", [(), ((0, "2026-09-01", None),), ((30, "2026-01-01", "2026-11-01"),)])
def test_where_nothing_is_taken_now_there_is_no_treatment(scored, of, rows):
    assert treatment(scored(regimens=tuple(of.taken(*row) for row in rows))) is None


def test_the_end_is_that_of_the_last_regimen_that_follows(scored, of):
    rows = [of.taken(30, "2026-11-01", "2026-12-01"), of.taken(15, "2026-12-01", "2026-12-15")]
    assert f"{treatment(scored(regimens=rows)).ends}" == "2026-12-15"
    assert treatment(scored(regimens=[*rows, of.taken(5, "2026-12-15")])).ends is None


def test_what_comes_is_every_change_of_the_daily_dose(scored, of):
    case = scored(
        regimens=(
            of.taken(30, "2026-11-01", "2026-12-01"),
            of.taken(30, "2026-12-01", "2026-12-08"),
            of.taken(15, "2026-12-08", "2026-12-15"),
            of.taken(0, "2026-12-15"),
        )
    )
    assert days(coming(case, ())) == [("2026-12-08", 15), ("2026-12-15", 0)]


def test_steps_of_a_plan_stand_in_for_the_regimens_to_come(scored, of):
    case = scored(regimens=(of.taken(30, "2026-11-01", "2026-12-01"), of.taken(15, "2026-12-01")))
    steps = (of.taken(45, "2026-12-05"), of.taken(40, "2026-11-28"), of.taken(45, "2026-12-09"))
    assert days(coming(case, steps)) == [("2026-11-28", 40), ("2026-12-05", 45)]
    assert days(coming(scored(), steps)) == [("2026-11-28", 40), ("2026-12-05", 45)]


@pytest.mark.parametrize(
    ("day", "value", "unit", "expected"),
    [
        ("2026-08-20", 3, "mo", "2026-11-20"),
        ("2026-11-30", 3, "mo", "2027-02-28"),
        ("2027-11-30", 3, "mo", "2028-02-29"),
        ("2026-12-31", 6, "mo", "2027-06-30"),
        ("2026-10-01", 12, "mo", "2027-10-01"),
        ("2026-12-01", 1, "mo", "2027-01-01"),
        ("2026-11-01", 1, "mo", "2026-12-01"),
        ("2028-02-29", 1, "a", "2029-02-28"),
        ("2026-10-05", 6, "wk", "2026-11-16"),
        ("2026-12-25", 90, "d", "2027-03-25"),
    ],
)
def test_an_interval_ends_on_the_day_counted_by_hand(knowledge, day, value, unit, expected):
    fact = replace(knowledge.fact("monitor.need.again"), value=value, unit=unit)
    assert f"{later(date.fromisoformat(day), fact)}" == expected


def test_the_place_chooses_the_value_of_a_row(knowledge):
    fact = knowledge.fact("monitor.look.early")
    assert f"{later(date(2026, 9, 1), fact, 0)} {later(date(2026, 9, 1), fact, 1)}" == "2026-09-15 2026-09-29"
