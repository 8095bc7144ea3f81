"""The outcome as JSON: in its schema, never NaN, the same bytes twice."""

import json
from dataclasses import replace

import jsonschema
import numpy as np
import pytest

import baclo
from baclo.report.encode import json_text, outcome_to_json, steady
from baclo.report.schema import outcome_schema

EXAMPLES = [row["name"] for row in baclo.examples()]


@pytest.fixture(scope="module")
def judge():
    schema = outcome_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_keeps_the_schema(judge, name):
    encoded = baclo.run(baclo.load(f"example:{name}")).to_json()
    assert [f"{error.json_path}: {error.message}" for error in judge.iter_errors(encoded)] == []


@pytest.mark.parametrize("which", ["outcome", "refused", "watched", "bare", "advised", "chosen"])
def test_an_outcome_made_by_hand_keeps_the_schema(judge, knowledge, request, which):
    encoded = outcome_to_json(knowledge, request.getfixturevalue(which))
    assert [f"{error.json_path}: {error.message}" for error in judge.iter_errors(encoded)] == []


def test_the_schema_refuses_a_key_that_is_not_in_it(judge, knowledge, bare):
    encoded = outcome_to_json(knowledge, bare)
    assert not judge.is_valid({**encoded, "dose": 5})
    assert not judge.is_valid({name: value for name, value in encoded.items() if name != "kidney"})


def test_two_runs_of_one_case_give_the_same_bytes():
    first, second = (json_text(baclo.run(baclo.load("example:ms-start")).to_json()) for _ in range(2))
    assert first == second


def test_what_is_not_finite_is_null_and_never_nan(knowledge, outcome):
    broken = np.array(outcome.course.plasma_ng_per_ml)
    broken[:2] = np.nan, np.inf
    encoded = outcome_to_json(knowledge, replace(outcome, course=replace(outcome.course, plasma_ng_per_ml=broken)))
    assert encoded["course"]["plasma_ng_per_ml"][:2] == [None, None]
    assert "NaN" not in json_text(encoded)


def test_a_number_that_is_not_finite_cannot_be_written():
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text({"dose": float("nan")})


def test_the_last_digits_which_differ_between_machines_are_left_out():
    assert steady(0.1 + 0.2) == 0.3
    assert steady(1 / 3) == 0.333333333333
    assert steady(float("-inf")) is None


def test_doses_are_in_mg_and_clock_times_in_words(knowledge, outcome):
    step = outcome_to_json(knowledge, outcome)["plan"]["steps"][2]
    assert step["doses"][2] == {"clock": "20:00", "mg": 15.0, "product": "uk.tablet_10mg", "units": 1.5}
    assert step["total_mg_per_day"] == 35.0
    assert step["since"] == "2026-12-06T00:00:00+01:00"
    assert step["until"] is None


def test_a_finding_carries_the_basis_of_all_its_numbers(knowledge, outcome):
    finding = outcome_to_json(knowledge, outcome)["findings"][0]
    assert finding["id"] == "kidney.avoid"
    assert finding["title"] == "eGFR 42.1 mL/min per 1.73 m² is below 30 mL/min per 1.73 m²"
    assert {"fact:kidney.avoid_below", "source:wolf_2018", "computed:egfr"} <= set(finding["basis"])


def test_every_fact_that_a_finding_rests_on_is_among_the_references(knowledge, outcome):
    encoded = outcome_to_json(knowledge, outcome)
    listed = {f"fact:{fact['key']}" for fact in encoded["references"]["facts"]}
    rested = {name for finding in encoded["findings"] for name in finding["basis"] if name.startswith("fact:")}
    assert rested <= listed


def test_an_answer_is_told_with_its_points_dates_and_what_they_rest_on(knowledge, advised):
    told = outcome_to_json(knowledge, advised)["advice"]
    assert told["headline"]["text"] == "Take the next dose at Mon 23 Nov 2026 14:00"
    assert [point["status"] for point in told["points"]] == ["present", "unknown", "absent", None]
    assert told["points"][1]["needs"] == ["question.last_taken"]
    assert told["agenda"][2] == {
        "since": "2026-12-04T00:00:00+01:00",
        "until": "2026-12-07T00:00:00+01:00",
        "whole_day": True,
        "occasion": "action",
        "title": "Look at the kidneys, 6 weeks on",
        "detail": "Creatinine; cystatin C, too",
        "basis": ["source:wolf_2018", "rule:kidney.reduce", "fact:titration.review"],
    }


def test_what_could_have_been_chosen_says_why_it_was_not(knowledge, chosen):
    slower, faster = outcome_to_json(knowledge, chosen)["plan"]["others"]
    assert slower["why_not"] == {"text": "It takes longer to 80 mg/day.", "basis": ["fact:cap.us"]}
    assert [step["total_mg_per_day"] for step in slower["steps"]] == [10.0, 35.0]
    assert faster["name"] is None
    assert faster["refusals"][0]["reason"] == "The dose would pass 80 mg/day."


def test_the_text_is_one_line_end_at_its_end_and_keeps_letters(knowledge, bare):
    text = json_text(outcome_to_json(knowledge, bare))
    assert text.endswith("}\n")
    assert json.loads(text)["case"]["title"] == bare.case.title
