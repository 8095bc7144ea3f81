"""One call answers the question that is written in the case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from baclo.care.finding import Status
from baclo.case.case import Ask
from baclo.knowledge.library import load
from baclo.report.encode import json_text, outcome_to_json
from baclo.report.examples import example_rows
from baclo.report.read import asked, read_case
from baclo.run import run

SESSION = (datetime(2026, 11, 27, 7, tzinfo=UTC), datetime(2026, 11, 27, 11, tzinfo=UTC))


@pytest.mark.parametrize("name", [row["name"] for row in example_rows()])
def test_the_same_case_gives_the_same_bytes(name):
    knowledge = load()
    first, second = (json_text(outcome_to_json(knowledge, run(read_case(f"example:{name}")))) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("ask", "kind"), [(Ask.SIMULATE, None), (Ask.CHECK, None), (Ask.TITRATE, "titrate"), (Ask.TAPER, "taper")]
)
def test_the_question_chooses_the_plan(ask, kind):
    outcome = run(asked(read_case("example:taper-80"), ask))
    assert (outcome.plan and outcome.plan.kind.value) == kind


def test_the_course_looks_a_day_back_and_as_far_ahead_as_asked():
    case = read_case("example:taper-80")
    outcome = run(replace(case, question=replace(case.question, ask=Ask.CHECK, horizon_h=36.0)))
    assert (case.now - outcome.course.origin).total_seconds() == 24 * 3600
    assert outcome.course.time_h[-1] == pytest.approx(60.0)


def test_the_course_of_one_dose_begins_with_it():
    case = read_case("example:overdose-600")
    assert run(case).course.origin == case.timeline.doses[0].at


def test_without_an_age_no_model_speaks_and_the_rules_still_do():
    case = read_case("example:overdose-600")
    outcome = run(replace(case, patient=replace(case.patient, age_y=None)))
    assert outcome.course is None
    assert outcome.exposure is None
    found = {finding.id: finding.status for finding in outcome.findings}
    assert found["overdose.signs"] is Status.PRESENT


def test_the_outcome_keeps_the_hash_of_what_is_known_and_what_it_ran_on():
    outcome = run(read_case("example:ms-start"), load(), {"baclo": "x"})
    assert dict(outcome.versions) == {"baclo": "x", "knowledge": load().digest}


def test_dialysis_takes_drug_away_in_its_sessions_and_it_builds_up_between_them():
    without, with_sessions = (
        run(read_case(f"example:esrd-{kind}")).course for kind in ("no-dialysis", "haemodialysis")
    )
    session = [
        index
        for index, hour in enumerate(with_sessions.time_h)
        if SESSION[0] <= with_sessions.origin + timedelta(hours=hour) < SESSION[1]
    ]
    before, after = (course.plasma_ng_per_ml[[session[0], session[-1]]] for course in (without, with_sessions))
    assert before[1] > before[0]
    assert 0.5 < after[1] / after[0] < 0.85  # a dose at 08:00 is absorbed meanwhile
    assert (with_sessions.plasma_ng_per_ml <= without.plasma_ng_per_ml * (1 + 1e-9)).all()


def test_plain_words_count_in_findings_and_plans_and_stay_out_of_the_case():
    case = read_case("example:taper-80")
    said = replace(case, question=replace(case.question, say=("he cannot be woken", "he is vomiting")))
    before, outcome = run(case), run(said)
    assert before.plan.steps
    assert not outcome.plan.steps
    assert outcome.case == said
    assert {one.id for one in outcome.findings if one.status is Status.PRESENT} > {
        one.id for one in before.findings if one.status is Status.PRESENT
    }
