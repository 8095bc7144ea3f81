"""The report in a terminal: eighty columns, no colour needed, the answer first."""

import re
from dataclasses import replace

import pytest

import baclo
from baclo.case.case import Ask
from baclo.report.terminal import terminal


@pytest.fixture
def plain(knowledge, outcome):
    return terminal(knowledge, outcome, width=80, colour=False)


def test_no_line_is_wider_than_asked(knowledge, outcome):
    for width in (40, 80, 120):
        lines = terminal(knowledge, outcome, width=width, colour=False).splitlines()
        assert max(len(line) for line in lines) <= width


def test_without_colour_there_is_no_escape(plain):
    assert "\x1b" not in plain


def test_colour_says_nothing_that_words_do_not(knowledge, outcome, plain):
    coloured = terminal(knowledge, outcome, width=80, colour=True)
    assert "\x1b[" in coloured
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()


def test_the_answer_comes_before_the_findings_and_these_before_the_plan(plain):
    assert plain.index("Titration") < plain.index("[CRITICAL]") < plain.index("Plan (draft)")
    assert plain.index("[CRITICAL]") < plain.index("[WARNING]") < plain.index("[INFO]") < plain.index("[NOT KNOWN]")


def test_doses_are_in_tablets_by_the_clock(plain):
    assert re.search(r"1 +Tue 24 Nov to Sat 28 Nov 2026 +08:00, 20:00: ½ tablet +10 mg/day", plain)
    assert re.search(r"20:00: 1½ tablets", plain)


def test_a_refusal_is_told_first_with_every_reason(knowledge, refused):
    told = terminal(knowledge, refused, width=80, colour=False)
    assert "Titration plan refused. The dose would pass 80 mg/day" in " ".join(told.split())
    assert "Plan (draft)" not in told


def test_steps_for_monitored_care_are_told_as_none_for_home(knowledge, watched):
    told = " ".join(terminal(knowledge, watched, width=80, colour=False).split())
    assert "not for home: The kidneys are failing." in told
    assert "Plan (draft, for monitored care only)" in told


def test_an_answer_is_told_by_its_headline_its_points_and_its_dates(knowledge, advised):
    told = terminal(knowledge, advised, width=80, colour=False)
    said = " ".join(told.split())
    assert "Take the next dose at Mon 23 Nov 2026 14:00." in said
    assert "[CRITICAL] The dose has reached 80 mg/day" in said
    assert "[WARNING: NOT KNOWN] The dose" in said
    assert "HOLD" not in said
    assert re.search(r"^Fri 4 Dec to Sun 6 Dec 20?2?6? +To do: Look at the kidneys", told, re.MULTILINE)
    assert "question.last_taken (for The dose" in said[said.index("Not known, and needed") :]


def test_of_what_must_be_true_before_a_pump_each_line_says_whether_it_is_met(knowledge, advised):
    question = replace(advised.case.question, ask=Ask.ESCALATE)
    asked = replace(advised, case=replace(advised.case, question=question))
    said = " ".join(terminal(knowledge, asked, width=80, colour=False).split())
    assert "[CRITICAL: MET] The dose has reached 80 mg/day" in said
    assert "[WARNING: NOT KNOWN] The dose" in said
    assert "[NOT MET] The dose" in said


def test_what_could_be_chosen_stands_beside_the_plan(knowledge, chosen):
    told = terminal(knowledge, chosen, width=100, colour=False)
    part = told[told.index("Could be chosen too") :]
    assert re.search(r"Until the last step +12 days +19 days +refused", part)
    assert re.search(r"Highest dose +35 mg/day +35 mg/day +refused", part)
    assert re.search(r"Pieces a day, at most +4 +4 +refused", part)
    assert re.search(r"Largest change of a day's dose +15 mg/day +25 mg/day +refused", part)
    assert "It takes longer to 80 mg/day" in part
    assert "Another schedule: The dose would pass 80 mg/day" in part
    for width in (40, 80):
        lines = terminal(knowledge, chosen, width=width, colour=False).splitlines()
        assert max(len(line) for line in lines) <= width


def test_every_mark_is_explained_at_the_end_and_nothing_else_is(plain):
    body, _, sources = plain.partition("Sources of the numbers above")
    named = {
        number
        for mark in re.findall(r"\[([\d,-]+)\]", body)
        for run in mark.split(",")
        for number in range(int(run.partition("-")[0]), int(run.rpartition("-")[2]) + 1)
    }
    assert named == {int(mark) for mark in re.findall(r"^ *\[(\d+)\]", sources, re.MULTILINE)}


def test_it_says_whom_to_call_and_what_it_is_not(plain):
    assert "EMERGENCY" in plain
    assert "999" in plain
    assert "Not a medical device" in plain


def test_what_is_needed_is_named_by_its_path(plain):
    assert "patient.cystatin_c" in plain[plain.index("Not known, and needed") :]


def test_square_brackets_in_a_title_are_words(knowledge, outcome):
    from dataclasses import replace

    told = terminal(
        knowledge, replace(outcome, case=replace(outcome.case, title="[bold]x[/bold]")), width=80, colour=True
    )
    assert "[bold]x[/bold]" in told


def test_an_outcome_with_nothing_in_it_is_still_told(knowledge, bare):
    told = terminal(knowledge, bare, width=80, colour=False)
    assert "Checked: 0 critical, 0 to be warned of, 0 not known." in told


@pytest.mark.parametrize("name", [row["name"] for row in baclo.examples()])
def test_every_example_fits_eighty_columns(name):
    answer = baclo.run(baclo.load(f"example:{name}"))
    assert max(len(line) for line in str(answer).splitlines()) <= 80
