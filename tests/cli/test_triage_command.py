"""`baclo triage`: with nothing but words, with a case, with a broken case; how it ends."""

import json

import pytest

from baclo import cli
from baclo.report import answering


@pytest.fixture
def call(capsys):
    def run(*arguments):
        code = cli.main(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_an_emergency_in_words_alone_ends_with_one(call):
    code, out, err = call("triage", "--say", "he will not wake up", "--region", "US")
    assert (code, err) == (answering.CRITICAL, "")
    assert out.startswith("RING 911 NOW")


@pytest.mark.parametrize("said", [(), ("--say", ""), ("--say", "itchy"), ("--say", "very sleepy")])
def test_no_emergency_ends_fine_and_still_tells_a_number(call, said):
    code, out, _ = call("triage", *said)
    assert code == answering.FINE
    assert "112" in out.splitlines()[0]


def test_words_may_be_given_several_times_and_raise_each_other(call):
    code, out, _ = call("triage", "--say", "fever", "--say", "stiff all over")
    assert code == answering.CRITICAL
    assert "Fever with stiff muscles" in out


def test_a_case_without_any_symptom_answers_from_its_doses(call):
    code, out, _ = call("triage", "example:overdose-600")
    assert code == answering.CRITICAL
    assert "overdose" in out


@pytest.mark.parametrize("text", ["flavour = 'mint'", "not a table at all {", ""])
def test_a_broken_case_is_told_and_the_words_are_judged_all_the_same(call, tmp_path, text):
    path = tmp_path / "case.toml"
    path.write_text(text)
    code, out, err = call("triage", str(path), "--say", "seizure", "--region", "UK")
    assert code == answering.CRITICAL
    assert out.startswith("RING 999 NOW")
    assert "The case is left out" in err


def test_a_broken_case_without_an_emergency_ends_as_unusable_input(call):
    code, out, err = call("triage", "no/such/case.toml", "--say", "itchy")
    assert code == answering.INPUT
    assert "Tell the clinic" in out
    assert "No such file" in err


def test_json_and_page_are_written_beside_the_answer(call, tmp_path):
    page, data = tmp_path / "page.html", tmp_path / "data.json"
    code, out, _ = call("triage", "--say", "seizure", "--html", str(page), "--json", str(data))
    assert code == answering.CRITICAL
    assert "RING" in out
    assert json.loads(data.read_text())["triage"]["level"] == "emergency_now"
    assert page.read_text().startswith("<!doctype html>")


def test_one_form_on_standard_output_is_alone_there_and_two_are_refused(call):
    code, out, _ = call("triage", "--say", "seizure", "--json", "-")
    assert code == answering.CRITICAL
    assert json.loads(out)["triage"]["told"] is True
    assert call("triage", "--json", "-", "--html", "-")[0] == answering.INPUT
