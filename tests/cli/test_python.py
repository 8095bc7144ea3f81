"""The same in Python: one import, one value, one call."""

import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

import baclo
from baclo.errors import UnknownKey
from baclo.report.examples import example_text

ROOT = Path(__file__).parents[2]


def test_a_case_is_loaded_from_a_file_a_text_or_an_example(tmp_path):
    text = example_text("ms-start")
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    assert baclo.load(path) == baclo.load(str(path)) == baclo.load(text) == baclo.load("example:ms-start")


def test_an_example_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(UnknownKey, match=r"'nobody'; there are alcohol-specialist, .*ms-start"):
        baclo.load("example:nobody")
    with pytest.raises(UnknownKey, match=r"'ms-strat'; did you mean .ms-start.\?"):
        baclo.load("example:ms-strat")


@pytest.mark.parametrize(
    "question", ["simulate", "check", "titrate", "taper", "resume", "monitor", "prepare", "escalate"]
)
def test_a_question_is_asked_whatever_the_case_asks(question):
    answer = getattr(baclo, question)(baclo.load("example:taper-80"))
    assert answer.case.question.ask == question


def test_a_number_is_explained_for_a_day():
    assert baclo.explain("cap.us", on=date(2030, 1, 1)).data["expired"] is True
    assert baclo.explain("cap.us").key == "cap.us"


def test_the_lists_are_there():
    assert {"name", "title", "question"} == set(baclo.examples()[0])
    assert "adult_default" in [row["id"] for row in baclo.models()]


def test_run_stays_the_function_when_the_module_of_that_name_is_imported():
    code = "import baclo, baclo.run; from baclo.run import Outcome; print(baclo.run.__name__, callable(baclo.run))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["run", "True"]


def test_the_outcome_says_what_it_was_computed_with():
    versions = baclo.run(baclo.load("example:ms-start")).versions
    assert versions["baclo"] == baclo.__version__
    assert {"knowledge", "numpy", "python"} <= set(versions)


def test_the_version_is_that_of_the_package():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == baclo.__version__


def test_an_answer_gives_its_calendar_its_page_for_home_and_its_letter():
    answer = baclo.run(baclo.load("example:taper-80"))
    assert answer.ics().startswith("BEGIN:VCALENDAR\r\n")
    assert "<title>When to take baclofen</title>" in answer.calendar()
    assert "<title>Baclofen: plan for the general practitioner</title>" in answer.letter()
