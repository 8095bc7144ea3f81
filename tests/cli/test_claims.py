"""The command that lists what is claimed, and the same in Python."""

import json

import pytest

import baclo
from baclo import cli
from baclo.errors import UnknownKey
from baclo.report import answering


@pytest.fixture
def call(capsys):
    def run(*arguments):
        code = cli.main(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_every_claim_is_listed_with_the_coverage_at_the_end(call):
    code, out, err = call("claims")
    assert (code, err) == (answering.FINE, "")
    assert "S0-001  partly, computed" in out
    assert "300 claims: " in out.rpartition("\n\n")[2]


def test_the_same_as_json_has_rows_and_coverage(call):
    said = json.loads(call("claims", "--json")[1])
    assert said["claims"] == baclo.claims()
    assert said["coverage"]["claims"] == len(said["claims"]) == 300


@pytest.mark.parametrize(
    ("option", "word"), [("--topic", "tapering"), ("--status", "later"), ("--verdict", "contradicted")]
)
def test_a_filter_leaves_only_what_is_asked_for(call, option, word):
    rows = json.loads(call("claims", option, word, "--json")[1])["claims"]
    assert {row[option.removeprefix("--")] for row in rows} == {word}
    assert len(rows) < 300


def test_one_claim_by_its_id_is_told_in_full(call):
    code, out, _ = call("claims", "S4-032", "S1-071")
    assert code == answering.FINE
    assert out.startswith("S4-032  contradicted, on misuse\n")
    assert "S2-002 (supported): Has potential for misuse." in out
    assert "\n\nS1-071  supported, on kidney\n" in out


@pytest.mark.parametrize("arguments", [("S9-999",), ("--topic", "weather"), ("--status", "soon"), ("--verdict", "yes")])
def test_what_no_claim_has_is_an_input_problem(call, arguments):
    code, out, err = call("claims", *arguments)
    assert (code, out) == (answering.INPUT, "")
    assert arguments[-1] in err


def test_the_same_in_python():
    (row,) = baclo.claims("S1-071")
    assert row["verdict"] == "supported"
    assert {row["status"] for row in baclo.claims(status="later")} == {"later"}
    with pytest.raises(UnknownKey):
        baclo.claims("S9-999")
