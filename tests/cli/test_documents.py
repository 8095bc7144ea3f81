"""The pages on the command and the report say what is there, and nothing that is not."""

import re
from dataclasses import replace
from pathlib import Path

import click
import pytest

from baclo import cli
from baclo.report import answering
from baclo.report.page import html

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def commands():
    return (DOCS / "commands.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(commands):
    """Each command of the table with the options in its row."""
    table = re.findall(r"^\| `baclo (\w+)[^|]*\| ([^|]*)\|", commands, re.MULTILINE)
    return {name: set(re.findall(r"--\w+", options)) for name, options in table}


def options(command):
    return {name for one in command.params if isinstance(one, click.Option) for name in one.opts if "--" in name}


def test_every_command_is_in_the_page_with_all_its_options_and_no_other(rows):
    assert rows == {name: options(command) for name, command in cli.cli.commands.items()}


def test_every_option_before_the_command_is_in_the_page(commands):
    assert all(f"`{name}`" in commands for name in options(cli.cli))


def test_every_exit_code_is_in_the_page(commands):
    written = {int(code) for code in re.findall(r"^\| (\d) \|", commands, re.MULTILINE)}
    assert written == {answering.FINE, answering.CRITICAL, answering.INPUT, answering.REFUSED, answering.OURS}
    assert str(cli.INTERRUPTED) in commands


def test_the_help_says_the_same_exit_codes():
    told = cli.cli.help
    assert [int(code) for code in re.findall(r"(\d) (?:fine|a critical|the input|the plan|a fault)", told)] == [
        0,
        1,
        2,
        3,
        4,
    ]


def test_the_widths_and_the_frames_are_as_the_page_says(commands):
    from baclo.report.tables import TABLES

    assert "at most 120 and at least 40" in commands
    assert answering._WIDTHS == (40, 120)
    assert all(f"`{name}`" in commands for name in TABLES)


def test_the_rows_of_a_sheet_are_as_the_page_says():
    from baclo.report import handout

    page = (DOCS / "calendar.md").read_text(encoding="utf-8")
    assert f"up to {handout.DAYS_AS_ROWS} days" in page
    assert f"up to {handout.ROWS_ON_A_SHEET} rows ({handout.LONG_ROWS_ON_A_SHEET} where" in page


def test_the_page_has_no_figures_of_speed_of_its_own(commands):
    assert "](benchmarks.md)" in commands
    assert re.findall(r"\d+(?:\.\d+)? m?s\b", commands) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_asked_for_as_the_page_says(commands, shell, monkeypatch, capsys):
    assert f"_BACLO_COMPLETE={shell}_source baclo" in commands
    monkeypatch.setenv("_BACLO_COMPLETE", f"{shell}_source")
    monkeypatch.setattr("click.shell_completion.BashComplete._check_version", staticmethod(lambda: None))
    with pytest.raises(SystemExit) as ended:
        cli.main([])
    assert ended.value.code == 0
    assert "_BACLO_COMPLETE" in capsys.readouterr().out


def test_every_heading_of_a_report_is_in_the_page():
    import baclo
    from baclo.care.advice import Advice, Point
    from baclo.care.agenda import Entry, Occasion
    from baclo.care.finding import Severity
    from baclo.knowledge.words import Text

    page = (DOCS / "report.md").read_text(encoding="utf-8")
    parts = set(re.findall(r"^\| ([A-Z][^|]+) \|", page, re.MULTILINE))
    shown = set()
    said = Text(("words",))
    for name in ("taper-80", "ms-start", "sci-egfr42", "creatinine-missing"):
        answer = baclo.run(baclo.load(f"example:{name}"))
        point = Point(id="one", status=None, severity=Severity.INFO, title=said, detail=said, needs=(), basis=())
        entry = Entry(
            since=answer.case.now,
            until=None,
            whole_day=True,
            occasion=Occasion.VISIT,
            title=said,
            detail=said,
            basis=(),
        )
        advice = Advice(headline=said, critical=False, points=(point,), agenda=(entry,), notes=())
        outcome = replace(answer.outcome, advice=advice)
        shown |= set(re.findall(r"<h2[^>]*>([^<]+)</h2>", html(answer.knowledge, outcome)))
    assert shown - {"What the refused schedule would have done"} <= parts
    assert parts - {"Dose calendar (draft)"} <= shown
