"""Sick days: kidneys, mental state, other medicines, and what calls now."""

from datetime import UTC, datetime

import pytest

from baclo.care.agenda import Occasion
from baclo.care.finding import Severity, Status
from baclo.case.patient import Condition, Dialysis, DialysisKind, Medicine, Symptom

BEGUN = "2026-11-21T00:00+00:00"


def symptoms(*names):
    return tuple(Symptom(name=name, since=None) for name in names)


def test_a_kidney_value_before_the_illness_says_nothing_of_today(answer, build_ahead):
    told = answer(build_ahead("illness", BEGUN))
    assert told.points["illness.not_drawn"].needs == ("patient.creatinine",)


def test_a_value_since_the_illness_began_is_told(answer, build_ahead, build):
    told = answer(
        build_ahead("illness", BEGUN), creatinine=(build.creatinine(0.8, datetime(2026, 11, 22, 8, tzinfo=UTC)),)
    )
    assert told.points["illness.drawn"].status is Status.PRESENT


def test_a_creatinine_that_rose_by_half_calls_now(answer, build_ahead, build):
    rising = (build.creatinine(0.8), build.creatinine(1.3, datetime(2026, 11, 22, 8, tzinfo=UTC)))
    told = answer(build_ahead("illness", BEGUN), creatinine=rising)
    assert told.points["illness.falling"].severity is Severity.CRITICAL
    assert told.advice.critical


@pytest.mark.parametrize(
    ("name", "point", "severity"),
    [
        ("vomiting", "vomiting", Severity.WARNING),
        ("fever", "fever", Severity.WARNING),
        ("confusion", "mind", Severity.CRITICAL),
        ("acutely unwell or dehydrated", "dry", Severity.CRITICAL),
    ],
)
def test_each_sign_has_its_own_answer(answer, build_ahead, name, point, severity):
    told = answer(build_ahead("illness", BEGUN), symptoms=symptoms(name))
    assert told.points[f"illness.{point}"].severity is severity
    assert told.advice.critical is (severity is Severity.CRITICAL)


def test_dehydration_among_the_diagnoses_is_a_sign_too(answer, build_ahead):
    told = answer(build_ahead("illness", BEGUN), conditions=(Condition(name="dehydration", since=None),))
    assert "illness.dry" in told.points


def test_complaints_nobody_asked_for_are_asked(answer, build_ahead):
    assert (
        answer(build_ahead("illness", BEGUN), symptoms=None).points["illness.symptoms_unknown"].status is Status.UNKNOWN
    )


def test_ibuprofen_is_named_and_critical(answer, build_ahead):
    told = answer(build_ahead("illness", BEGUN), medicines=(Medicine(name="ibuprofen", dose=None, since=None),))
    assert told.points["illness.kidney_hurting"].severity is Severity.CRITICAL


def test_the_kidneys_are_dated_today_and_a_week_later(answer, build_ahead):
    told = answer(build_ahead("illness", BEGUN))
    assert [entry.since.date().isoformat() for entry in told.entries] == ["2026-11-23", "2026-11-30"]


def test_an_expected_illness_is_dated_at_its_day_and_judges_nothing_yet(answer, build_ahead):
    told = answer(build_ahead("illness", "2026-12-01T00:00+00:00"), symptoms=symptoms("confusion"))
    assert [entry.since.date().isoformat() for entry in told.entries] == ["2026-12-01", "2026-12-08"]
    assert not {"illness.mind", "illness.not_drawn"} & set(told.points)


def test_no_dose_is_ever_computed_for_a_sick_person(answer, build_ahead, figures, build):
    regimens = (build.regimen(("07:00", 20.0), ("22:00", 20.0)),)
    told = answer(build_ahead("illness", BEGUN), regimens=regimens)
    units = {
        piece.unit
        for point in told.advice.points
        for text in (point.title, point.detail)
        for piece in text.pieces
        if hasattr(piece, "unit")
    }
    assert "mg" not in units
    assert "mg/d" not in units


@pytest.mark.parametrize("since", [BEGUN, "2026-11-28T00:00+00:00"])
def test_on_dialysis_the_unit_is_rung_and_no_creatinine_is_asked_for(answer, build_ahead, since):
    dialysis = Dialysis(kind=DialysisKind.HAEMODIALYSIS, sessions=())
    told = answer(build_ahead("illness", since), dialysis=dialysis)
    assert told.points["illness.dialysis"].severity is Severity.CRITICAL
    assert not {"illness.kidneys", "illness.not_drawn", "illness.drawn"} & set(told.points)
    assert [entry.occasion for entry in told.entries] == [Occasion.ACTION]
    assert "illness.kidneys" in answer(build_ahead("illness", since)).points


def test_what_is_heard_in_plain_words_is_a_sign_too(answer, build_ahead):
    assert answer(build_ahead("illness", BEGUN), heard=("confusion",)).points["illness.mind"].status is Status.PRESENT
