"""The question `monitor` from the command line and from Python."""

import json

from click.testing import CliRunner

import baclo
from baclo.case.case import Ask
from baclo.cli import cli


def test_the_command_answers_of_any_case():
    run = CliRunner().invoke(cli, ["monitor", "example:ms-start", "--json", "-"])
    assert run.exit_code == 0
    assert json.loads(run.stdout)["case"]["question"]["ask"] == "monitor"


def test_python_gives_the_advice_and_no_plan():
    outcome = baclo.monitor(baclo.load("example:ms-start")).outcome
    assert outcome.case.question.ask is Ask.MONITOR
    assert outcome.plan is None
    assert "benefit" in [point.id for point in outcome.advice.points]
