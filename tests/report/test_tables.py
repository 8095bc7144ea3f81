"""The outcome as rows, as one CSV table and as data frames."""

import csv
import io
from dataclasses import replace

import pytest

from baclo.care.triage import Level, triage
from baclo.case.kidney import kidney_picture
from baclo.errors import UnknownKey
from baclo.report.encode import outcome_to_json
from baclo.report.notebook import Answer
from baclo.report.tables import TABLES, csv_text, rows


@pytest.fixture
def encoded(knowledge, outcome):
    return outcome_to_json(knowledge, outcome)


@pytest.fixture
def answer(knowledge, outcome):
    return Answer(outcome=outcome, knowledge=knowledge)


def test_every_dose_of_every_step_is_a_row(encoded):
    doses = rows(encoded, "plan")
    assert len(doses) == 2 + 3 + 3
    assert doses[-1] == {
        "step": 3,
        "since": "2026-12-06T00:00:00+01:00",
        "until": None,
        "clock": "20:00",
        "mg": 15.0,
        "product": "uk.tablet_10mg",
        "units": 1.5,
        "total_mg_per_day": 35.0,
        "for_home": True,
    }


def test_steps_for_monitored_care_are_marked_in_every_row(knowledge, watched):
    assert {row["for_home"] for row in rows(outcome_to_json(knowledge, watched), "plan")} == {False}


def test_a_row_of_the_course_has_its_moment_and_its_band(encoded):
    first = rows(encoded, "course")[0]
    assert first["at"] == "2026-11-23T10:00+01:00"
    assert (first["time_h"], first["plasma_ng_per_ml"], first["high_ng_per_ml"]) == (0.0, 100.0, 170.0)


def test_a_course_without_a_band_has_empty_columns_for_it(knowledge, refused):
    row = rows(outcome_to_json(knowledge, refused), "plan_course")[0]
    assert row["low_ng_per_ml"] is None
    assert row["plasma_ng_per_ml"] == 100.0


def test_what_is_not_there_has_no_rows(knowledge, bare):
    encoded = outcome_to_json(knowledge, bare)
    assert {table: rows(encoded, table) for table in TABLES} == {table: [] for table in TABLES}


def test_the_csv_holds_every_row_and_says_which_it_is(encoded):
    read = list(csv.DictReader(io.StringIO(csv_text(encoded))))
    counts = {record: sum(row["record"] == record for row in read) for record in ("plan", "course", "plan_course")}
    assert counts == {"plan": 8, "course": 289, "plan_course": 1921}
    assert read[0]["mg"] == "5.0"
    assert read[0]["plasma_ng_per_ml"] == ""


def test_every_dated_thing_is_a_row_of_the_table_and_of_the_csv(knowledge, advised):
    encoded = outcome_to_json(knowledge, advised)
    first, *others = rows(encoded, "agenda")
    assert first["since"] == "2026-12-01T00:00:00+01:00"
    assert (first["whole_day"], first["occasion"]) == (True, "laboratory")
    assert len(others) == 3
    read = [row for row in csv.DictReader(io.StringIO(csv_text(encoded))) if row["record"] == "agenda"]
    assert [row["detail"] for row in read] == ["Creatinine; cystatin C, too"] * 4


def test_a_course_becomes_a_frame_on_the_wall_of_the_zone(answer):
    frame = answer.to_pandas()
    assert str(frame.index[0]) == "2026-11-23 10:00:00+01:00"
    assert frame["plasma_ng_per_ml"].iloc[0] == 100.0


def test_every_table_becomes_a_frame(answer):
    assert {table: len(answer.to_pandas(table)) for table in TABLES} == {
        "course": 289,
        "plan": 8,
        "plan_course": 1921,
        "findings": 5,
        "exposure": 8,
        "agenda": 0,
    }


def test_a_table_of_another_name_is_refused_with_the_names_there_are(answer):
    with pytest.raises(UnknownKey, match="plan_course"):
        answer.to_pandas("levels")


def test_an_answer_shows_itself_in_a_frame_of_its_own(answer):
    shown = answer._repr_html_()
    assert shown.startswith("<iframe title=")
    assert "sandbox" in shown
    assert "<b>& sharp" not in shown
    assert "&lt;!doctype html&gt;" in shown


def test_an_answer_opens_on_every_part_of_its_outcome(answer, outcome):
    assert answer.case is outcome.case
    assert answer.findings is outcome.findings
    assert answer.plan is outcome.plan
    assert answer.advice is outcome.advice
    assert answer.course is outcome.course
    assert answer.exposure is outcome.exposure
    assert answer.kidney is outcome.kidney
    assert answer.versions is outcome.versions
    assert str(answer) == answer.text()


def test_a_case_without_a_title_has_a_name_in_a_notebook(answer, outcome):
    nameless = replace(answer, outcome=replace(outcome, case=replace(outcome.case, title=None)))
    assert 'title="baclo report"' in nameless._repr_html_()
    assert "<h1>Report</h1>" in nameless.html()


def test_in_an_emergency_the_first_row_of_the_csv_says_so(knowledge, outcome):
    picture = kidney_picture(knowledge, outcome.case.patient, outcome.case.now)
    ill = replace(outcome.case, question=replace(outcome.case.question, say=("he cannot be woken",)))
    told = replace(outcome, triage=triage(knowledge, ill, picture))
    first, *others = csv.DictReader(io.StringIO(csv_text(outcome_to_json(knowledge, told))))
    assert first["record"] == "emergency"
    assert first["title"].startswith(told.triage.title)
    assert all(action in first["detail"] for action in told.triage.actions)
    assert not any(row["record"] == "emergency" for row in others)
    calm = replace(told, triage=replace(told.triage, level=Level.CALL_TODAY))
    assert "emergency" not in csv_text(outcome_to_json(knowledge, calm)).splitlines()[1]
