"""The command: what it answers, where it writes, and how it ends."""

import io
import json
import os
import subprocess
import sys
from importlib.resources import files

import jsonschema
import pytest

import baclo
from baclo import cli
from baclo.case.schema import case_schema
from baclo.errors import KnowledgeError
from baclo.report import answering
from baclo.report.schema import outcome_schema

EXAMPLES = files("baclo") / "knowledge" / "data" / "examples"

BROKEN = 'format = "baclo.case/1"\nregion = "FR"\nflavour = "mint"\n'


@pytest.fixture
def call(capsys):
    """Run the command; give its code, what it printed and what it said on standard error."""

    def run(*arguments):
        code = cli.main(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("run", "example:ms-start"), answering.FINE),
        (("run", "example:overdose-600"), answering.CRITICAL),
        (("run", "example:creatinine-missing"), answering.REFUSED),
        (("run", "example:nobody"), answering.INPUT),
        (("run", "no/such/file.toml"), answering.INPUT),
        (("run",), answering.INPUT),
        (("explain", "no.such.key"), answering.INPUT),
        (("juggle",), answering.INPUT),
        (("--help",), answering.FINE),
        (("run", "--help"), answering.FINE),
    ],
)
def test_the_exit_code_says_how_it_ended(call, arguments, code):
    assert call(*arguments)[0] == code


def test_a_refusal_weighs_more_than_a_critical_finding(call):
    code, out, _ = call("run", "example:sci-egfr42-us")
    assert "[CRITICAL]" in out
    assert code == answering.REFUSED


@pytest.mark.parametrize("question", ["simulate", "check", "titrate", "taper"])
def test_each_question_can_be_asked_of_any_case(call, question):
    code, out, _ = call(question, "example:taper-80", "--json", "-")
    assert json.loads(out)["case"]["question"]["ask"] == question
    assert code in (answering.FINE, answering.CRITICAL, answering.REFUSED)


STARTS = {
    "json": "{\n",
    "html": "<!doctype html>",
    "csv": "record,",
    "ics": "BEGIN:VCALENDAR",
    "calendar": "<!doctype html>",
    "letter": "<!doctype html>",
}


@pytest.mark.parametrize("form", STARTS)
def test_a_form_on_standard_output_is_alone_there(call, form):
    code, out, err = call("run", "example:ms-start", f"--{form}", "-")
    assert code == answering.FINE
    assert out.startswith(STARTS[form])
    assert "Plan (draft)\nStep" not in out
    assert err == ""


def test_two_forms_cannot_share_standard_output(call):
    code, _, err = call("run", "example:ms-start", "--json", "-", "--csv", "-")
    assert code == answering.INPUT
    assert "only one of" in err


def test_the_calendar_file_keeps_its_line_ends(call, tmp_path):
    file = tmp_path / "doses.ics"
    assert call("taper", "example:taper-80", "--ics", str(file))[0] == answering.FINE
    written = file.read_bytes()
    assert written.count(b"\r\n") == written.count(b"\n") > 100


@pytest.mark.parametrize(("form", "what"), [("ics", "calendar"), ("calendar", "page for home"), ("letter", "letter")])
def test_a_refused_plan_writes_no_calendar_says_why_and_leaves_what_was_there(call, tmp_path, form, what):
    file, told = tmp_path / "out", tmp_path / "out.json"
    file.write_text("an older plan", encoding="utf-8")
    code, out, err = call("run", "example:sci-egfr42-us", f"--{form}", str(file), "--json", str(told))
    assert code == answering.REFUSED
    assert err.startswith(f"{file}: not written. No {what}: the plan is refused. ")
    assert file.read_text(encoding="utf-8") == "an older plan"
    assert json.loads(told.read_text(encoding="utf-8"))["plan"]["refused"]
    assert "refused" in out


def test_an_answer_without_dates_has_no_calendar_and_says_so(call, tmp_path):
    # what is critical weighs more than a calendar that cannot be
    for name, ended in (("child-liquid", answering.INPUT), ("breastfeeding", answering.CRITICAL)):
        case = EXAMPLES.joinpath(f"{name}.toml").read_text(encoding="utf-8").replace('"titrate"', '"check"')
        (tmp_path / "case.toml").write_text(case, encoding="utf-8")
        code, _, err = call("run", str(tmp_path / "case.toml"), "--ics", str(tmp_path / "out.ics"))
        assert code == ended
        assert "nothing in this answer has a date" in err
        assert not (tmp_path / "out.ics").exists()


@pytest.mark.parametrize("question", ["simulate", "check"])
def test_a_question_that_plans_nothing_offers_no_calendar(call, question):
    code, _, err = call(question, "example:ms-start", "--ics", "-")
    assert code == answering.INPUT
    assert "No such option" in err


def test_files_are_written_beside_the_report(call, tmp_path):
    files = {form: tmp_path / f"out.{form}" for form in ("json", "html", "csv")}
    code, out, _ = call("run", "example:ms-start", *(word for f, p in files.items() for word in (f"--{f}", str(p))))
    assert code == answering.FINE
    assert "Titration plan" in out
    assert jsonschema.Draft202012Validator(outcome_schema()).is_valid(json.loads(files["json"].read_text()))
    assert files["html"].read_text().endswith("</html>\n")
    assert files["csv"].read_text().splitlines()[1].startswith("plan,1,")
    assert sorted(tmp_path.iterdir()) == sorted(files.values())


def test_every_problem_of_a_case_is_told_at_once(call, tmp_path):
    path = tmp_path / "case.toml"
    path.write_text(BROKEN)
    code, out, err = call("run", str(path))
    assert (code, out) == (answering.INPUT, "")
    assert "flavour" in err
    assert "region" in err
    assert "now" in err


def test_problems_are_json_where_json_was_asked_for(call, tmp_path):
    path, answer = tmp_path / "case.toml", tmp_path / "out.json"
    path.write_text(BROKEN)
    assert call("run", str(path), "--json", str(answer))[0] == answering.INPUT
    problems = json.loads(answer.read_text())["problems"]
    assert {"flavour", "region", "now"} <= {problem["path"] for problem in problems}
    assert all(set(problem) == {"path", "message", "value", "allowed"} for problem in problems)


def test_a_file_that_is_not_text_is_an_input_problem(call, tmp_path):
    path = tmp_path / "case.toml"
    path.write_bytes(b"\xff\xfe\x00")
    code, _, err = call("run", str(path))
    assert code == answering.INPUT
    assert "UTF-8" in err


@pytest.mark.parametrize("form", ["toml", "json"])
def test_a_case_can_come_on_standard_input(call, monkeypatch, form):
    from baclo.report.examples import example_text

    text = example_text("overdose-600")
    if form == "json":
        from baclo.case.codec import case_to_json

        text = json.dumps(case_to_json(baclo.load(text)))
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    code, out, _ = call("run", "-")
    assert code == answering.CRITICAL
    assert "[CRITICAL]" in out


def test_a_place_that_cannot_be_written_is_said_in_words(call, tmp_path):
    target = tmp_path / "no" / "report.html"
    code, _, err = call("run", "example:ms-start", "--html", str(target))
    assert code == answering.INPUT
    assert err == f"{target}: there is no folder {target.parent}\nNothing was written.\n"


def test_a_folder_is_no_file_to_write_to(call, tmp_path):
    code, _, err = call("run", "example:ms-start", "--json", str(tmp_path))
    assert code == answering.INPUT
    assert err == f"{tmp_path}: is a folder; a file is needed\nNothing was written.\n"


def test_what_was_written_before_a_file_that_could_not_be_is_said(call, tmp_path):
    first, second = tmp_path / "out.json", tmp_path / "no" / "report.html"
    code, out, err = call("run", "example:ms-start", "--json", str(first), "--html", str(second))
    assert (code, out) == (answering.INPUT, "")
    assert err.splitlines()[1] == f"Written before that: {first}."
    assert json.loads(first.read_text())["plan"]


def test_a_fault_while_writing_says_what_was_written(call, monkeypatch, tmp_path):
    first = tmp_path / "out.json"

    def echo(message, *, nl=True, err=False):
        if not err:
            raise UnicodeEncodeError("ascii", "µ", 0, 1, "ordinal not in range")
        sys.stderr.write(message)

    monkeypatch.setattr("baclo.cli.click.echo", echo)
    code, _, err = call("run", "example:ms-start", "--json", str(first))
    assert code == answering.OURS
    assert f"Written before that: {first}." in err
    assert "Nothing was written" not in err


def test_problems_are_told_also_where_their_file_cannot_be_written(call, tmp_path):
    path, target = tmp_path / "case.toml", tmp_path / "no" / "out.json"
    path.write_text(BROKEN)
    code, _, err = call("run", str(path), "--json", str(target))
    assert code == answering.INPUT
    assert "flavour" in err
    assert f"{target}: there is no folder {target.parent}" in err


@pytest.mark.parametrize("debug", [False, True])
def test_a_fault_of_ours_is_said_shortly_and_traced_only_when_asked(call, monkeypatch, debug):
    def broken(_):
        raise KnowledgeError("two facts disagree")

    monkeypatch.setattr(baclo, "run", broken)
    code, out, err = call(*(["--debug"] if debug else []), "run", "example:ms-start")
    assert (code, out) == (answering.OURS, "")
    assert "A fault in baclo, not in your case: KnowledgeError: two facts disagree" in err
    assert ("Traceback" in err) is debug


def test_a_fault_writes_no_file(call, monkeypatch, tmp_path):
    monkeypatch.setattr("baclo.report.tables.csv_text", lambda _: 1 / 0)
    html, csv = tmp_path / "report.html", tmp_path / "out.csv"
    assert call("run", "example:ms-start", "--html", str(html), "--csv", str(csv))[0] == answering.OURS
    assert list(tmp_path.iterdir()) == []


def test_a_fault_in_the_report_itself_writes_no_file(call, monkeypatch, tmp_path):
    monkeypatch.setattr("baclo.report.terminal.terminal", lambda *_, **__: 1 / 0)
    code, _, err = call("run", "example:ms-start", "--json", str(tmp_path / "out.json"))
    assert code == answering.OURS
    assert "Nothing was written." in err
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_and_a_closed_pipe_have_codes_of_their_own(call, monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(baclo, "run", interrupted)
    assert call("run", "example:ms-start")[0] == cli.INTERRUPTED


def test_a_reader_that_goes_away_leaves_nothing_to_be_flushed_into_the_closed_pipe(call, monkeypatch):
    def gone(*_, **__):
        raise BrokenPipeError

    turned = []
    monkeypatch.setattr(baclo, "run", gone)
    monkeypatch.setattr(os, "dup2", lambda *to: turned.append(to))
    monkeypatch.setattr(sys.stdout, "fileno", lambda: 1, raising=False)
    assert call("run", "example:ms-start")[0] == 141
    ((_, replaced),) = turned
    assert replaced == 1


def test_a_reader_that_goes_away_is_no_fault():
    command = f"{sys.executable} -m baclo new | head -n 1"
    run = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    assert run.stdout.count("\n") == 1
    assert run.stderr == ""


def test_the_examples_are_listed_with_title_and_question(call):
    rows = json.loads(call("examples", "--json")[1])
    assert len(rows) >= 6
    assert all(set(row) == {"name", "title", "question"} for row in rows)
    told = call("examples")[1]
    assert all(row["name"] in told and row["title"] in told for row in rows)


def test_the_models_are_listed_to_read_and_as_json(call):
    rows = json.loads(call("models", "--json")[1])
    assert all(row["id"] in call("models")[1] for row in rows)


def test_the_validation_has_its_rows_as_json_and_to_read(call):
    rows = json.loads(call("validate", "--json")[1])["rows"]
    wanted = {"id", "source", "metric", "unit", "observed", "spread", "predicted", "ratio", "kind", "verdict"}
    assert rows
    assert all(wanted <= set(row) for row in rows)
    assert "Only predicted rows count" in call("validate")[1]


def test_a_number_is_explained_to_read_and_as_json(call):
    assert "80 mg/day" in call("explain", "cap.us")[1]
    assert json.loads(call("explain", "cap.us", "--json")[1])["value"] == 80


@pytest.mark.parametrize("what", ["case", "outcome"])
def test_a_schema_is_printed_as_it_is(call, what):
    printed = json.loads(call("schema", what)[1])
    assert printed == (case_schema() if what == "case" else outcome_schema())


def test_a_new_case_can_be_read_and_is_never_written_over_another(call, tmp_path):
    path = tmp_path / "case.toml"
    assert call("new", str(path))[0] == answering.FINE
    baclo.load(path)
    path.write_text("mine")
    code, _, err = call("new", str(path))
    assert code == answering.INPUT
    assert "exists" in err
    assert path.read_text() == "mine"


def test_a_new_case_goes_to_standard_output_without_a_file(call):
    assert call("new")[1] == call("new", "-")[1]
    baclo.load(call("new")[1])


@pytest.mark.parametrize("name", sorted(cli.cli.commands))
def test_the_help_of_every_command_has_an_example(call, name):
    code, out, _ = call(name, "--help")
    assert code == answering.FINE
    assert f"Example: baclo {name}" in out


def test_no_colour_reaches_a_pipe_or_a_terminal_that_asked_for_none(monkeypatch):
    assert not answering.colour()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert answering.colour()
    monkeypatch.setenv("NO_COLOR", "")
    assert not answering.colour()


def test_the_width_is_the_terminals_within_bounds(monkeypatch):
    assert answering.width() == 80
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    for columns, expected in (("20", 40), ("100", 100), ("300", 120)):
        monkeypatch.setenv("COLUMNS", columns)
        assert answering.width() == expected
