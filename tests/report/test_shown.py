"""How a number, a moment and a sentence read."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from baclo.knowledge.words import Number, text
from baclo.report import shown

BERLIN = ZoneInfo("Europe/Berlin")


def said(value, unit, *basis):
    return shown.number(Number(value=value, unit=unit, basis=basis))


@pytest.mark.parametrize(
    ("value", "unit", "basis", "expected"),
    [
        (42.1234, "mL/min/{1.73_m2}", "computed:egfr", "42.1 mL/min per 1.73 m²"),
        (1234.56, "ng.h/mL", "computed:exposure", "1,235 ng·h/mL"),
        (0.069, "ng/mL", "computed:course", "0.069 ng/mL"),
        (112.5, "mg/d", "computed:plan", "112.5 mg/day"),
        (12500.0, "ug", "computed:plan", "12.5 mg"),
        (0.0, "ug/d", "computed:plan", "0 mg/day"),
        (50.0, "ug/d", "fact:any", "50 µg/day"),
        (213.66, "g/mol", "fact:any", "213.66 g/mol"),
        (213.66, "g/mol", "computed:any", "214 g/mol"),
        (1.0, "d", "fact:any", "1 day"),
        (7.0, "d", "fact:any", "7 days"),
        (50.0, "%", "fact:any", "50%"),
        (0.5, "1", "fact:any", "0.5"),
        (1.5, "umol/L", "case:any", "1.5 µmol/L"),
        (-0.241, "1", "fact:any", "-0.241"),
        (99.96, "h", "computed:any", "100 h"),
        (2.5e-9, "ng/mL", "computed:any", "below 0.001 ng/mL"),
        (8.44e-15, "ng.h/mL", "computed:any", "below 0.001 ng·h/mL"),
        (5e-7, "mg/L", "computed:any", "below 0.000001 mg/L"),
        (0.001, "ng/mL", "computed:any", "0.001 ng/mL"),
        (0.0, "ng/mL", "computed:any", "0 ng/mL"),
        (2.5e-9, "ng/mL", "fact:any", "2.5e-09 ng/mL"),
        ((5.0, 10.0, 20.0), "mg", "fact:any", "5, 10 and 20 mg"),
        (float("nan"), "mg", "computed:any", "not computable"),
        (float("inf"), "ng/mL", "computed:any", "not computable"),
    ],
)
def test_a_number_reads_as_people_write_it(value, unit, basis, expected):
    assert said(value, unit, basis) == expected


def test_only_a_number_that_is_one_fact_or_entry_is_shown_unrounded():
    assert said(70.125, "kg", "case:patient.weight") == "70.125 kg"
    assert said(40.1849, "mL/min", "fact:one", "case:two") == "40.2 mL/min"


@pytest.mark.parametrize(
    ("count", "form", "expected"),
    [
        (0.5, "tablet", "½ tablet"),
        (1, "tablet", "1 tablet"),
        (1.5, "tablet", "1½ tablets"),
        (2, "tablet", "2 tablets"),
        (0.25, "tablet", "¼ tablet"),
        (0, "tablet", "0 tablets"),
        (1.3, "tablet", "1.3 tablets"),
        (2.5, "mL", "2.5 mL"),
    ],
)
def test_units_read_as_halves_and_wholes(count, form, expected):
    assert shown.units(count, form) == expected


def test_a_level_in_a_table_has_the_same_floor():
    assert [shown.level(value) for value in (0.0, 1e-12, 0.0123456, 487.2)] == ["0", "below 0.001", "0.0123", "487"]


@pytest.mark.parametrize(
    ("fraction", "expected"),
    [(0.05, "5th"), (0.95, "95th"), (0.01, "1st"), (0.025, "2.5th"), (0.11, "11th"), (0.22, "22nd"), (0.93, "93rd")],
)
def test_a_quantile_reads_as_a_percentile(fraction, expected):
    assert shown.percentile(fraction) == expected


def test_a_moment_is_told_on_the_wall_of_the_zone():
    at = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
    assert shown.moment(at, BERLIN) == "Wed 1 Jul 2026 08:30"
    assert shown.clock(time(8, 5)) == "08:05"


def test_midnight_is_the_day_itself():
    assert shown.moment(datetime(2026, 7, 1, tzinfo=BERLIN), BERLIN) == "Wed 1 Jul 2026"


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ((2026, 11, 24), (2026, 11, 29), "Tue 24 Nov to Sat 28 Nov 2026"),
        ((2026, 12, 29), (2027, 1, 5), "Tue 29 Dec 2026 to Mon 4 Jan 2027"),
        ((2026, 11, 24), (2026, 11, 25), "Tue 24 Nov 2026"),
        ((2026, 11, 24), None, "from Tue 24 Nov 2026"),
    ],
)
def test_a_stretch_names_its_first_and_last_day_both_included(since, until, expected):
    end = None if until is None else datetime(*until, tzinfo=BERLIN)
    assert shown.stretch(datetime(*since, tzinfo=BERLIN), end, BERLIN) == expected


@pytest.mark.parametrize(
    ("marks", "expected"), [((), ""), ((3,), "[3]"), ((1, 2), "[1,2]"), ((1, 2, 3, 7, 9, 10, 11), "[1-3,7,9-11]")]
)
def test_reference_marks_run_together(marks, expected):
    assert shown.marks(marks) == expected


def test_a_sentence_is_its_pieces_in_order():
    dose = Number(value=10.0, unit="mg", basis=("fact:any",))
    told = text("Take {dose} on {day}.", {}, dose=dose, day=datetime(2026, 7, 1, 6, 30, tzinfo=UTC))
    assert shown.sentence(told, BERLIN) == "Take 10 mg on Wed 1 Jul 2026 08:30."
    assert shown.sentence(told, BERLIN, lambda _: "[n]") == "Take [n] on Wed 1 Jul 2026 08:30."


def test_a_moment_that_carries_another_zones_clock_is_told_by_it_with_its_name():
    zurich = ZoneInfo("Europe/Zurich")
    at = datetime(2026, 12, 5, 15, tzinfo=UTC)
    there = text("take at {at}", {}, at=at.astimezone(ZoneInfo("America/New_York")))
    assert shown.sentence(there, zurich) == "take at Sat 5 Dec 2026 10:00 (America/New_York)"
    for home in (at, at.astimezone(zurich), at.astimezone(ZoneInfo("UTC"))):
        assert shown.sentence(text("take at {at}", {}, at=home), zurich) == "take at Sat 5 Dec 2026 16:00"
