"""Triage as people see it: the number first, what to do, why; the same in the terminal, on the page and as JSON."""

import json
from dataclasses import replace
from html.parser import HTMLParser
from types import SimpleNamespace

import jsonschema
import pytest

import baclo
from baclo.care.finding import Severity, Status
from baclo.care.triage import Level
from baclo.report.encode import json_text
from baclo.report.schema import outcome_schema
from baclo.report.urgency import urgency_title

NUMBERS = {"US": "911", "UK": "999", "EU": "112"}
EMERGENCY = "he will not wake up, no fever. frobnicated seizzure"


@pytest.fixture(scope="module")
def answers():
    return {
        "emergency": baclo.triage(say=EMERGENCY, region="UK"),
        "overdose": baclo.triage(say="took 30 tablets, seeing things", region="US"),
        "pump": baclo.triage(say="itchy", region="EU"),
        "visit": baclo.triage(say="constipated", region="US"),
        "nothing": baclo.triage(),
    }


@pytest.mark.parametrize("region", NUMBERS)
def test_the_number_of_the_region_is_the_first_thing_in_the_terminal_and_the_last(region):
    lines = baclo.triage(say="seizure", region=region).text().strip().splitlines()
    assert lines[0].startswith(f"RING {NUMBERS[region]} NOW")
    assert lines[-1].startswith(f"RING {NUMBERS[region]} NOW")


@pytest.mark.parametrize("region", NUMBERS)
def test_the_numbers_elsewhere_are_told_at_once(region):
    line = baclo.triage(say="seizure", region=region).text().splitlines()[1]
    assert all(number in line for other, number in NUMBERS.items() if other != region)


def test_no_mark_of_a_source_stands_in_a_line_with_a_number_to_ring(answers):
    for answer in answers.values():
        lines = [line for line in answer.text(width=300).splitlines() if any(n in line for n in ("RING", "Elsewhere:"))]
        assert not any("[" in line for line in lines)


def test_the_number_comes_before_any_other_word_on_the_page(answers):
    page = answers["emergency"].html()
    body = page[page.index("<main>") :]
    assert body.index("999") < body.index("Emergency. Get help now.")
    assert 'href="tel:999"' in body


def test_what_was_denied_is_told_to_change_nothing(answers):
    assert "fever" in answers["emergency"].text()
    assert "changes nothing" in answers["emergency"].text()
    assert "This changes nothing above." in answers["emergency"].html()


def test_what_was_guessed_and_what_was_not_understood_is_shown(answers):
    text = answers["emergency"].text(width=120)
    assert '"seizzure" was read as: seizure' in text
    assert 'Words that were not understood: "frobnicated seizzure"' in text


def test_a_page_of_triage_has_no_plan_and_no_gate(answers):
    page = answers["emergency"].html()
    for absent in ('id="findings"', 'id="plan"', 'id="kidney-h"', "Prescriber, date"):
        assert absent not in page


def test_the_questions_of_a_harmless_answer_can_still_raise_it(answers):
    assert "Is one of these so? Then ring today" in answers["pump"].text()
    assert "Do not wait to find out." not in answers["pump"].html()


def test_the_professional_part_is_folded_on_the_page_and_absent_for_a_visit(answers):
    assert "Overdose, for professionals" in answers["overdose"].html()
    assert 'id="professionals-h"' not in answers["visit"].html()
    assert "not looked at" in answers["overdose"].html()


def test_nothing_told_is_not_all_is_well(answers):
    for shown in (answers["nothing"].text(width=200), answers["nothing"].html()):
        assert "That does not mean all is well." in shown


@pytest.mark.parametrize("name", ["emergency", "overdose", "pump", "visit", "nothing"])
def test_the_json_keeps_its_schema_and_says_whom_to_ring(answers, name):
    told = json.loads(json_text(answers[name].to_json()))
    jsonschema.Draft202012Validator(outcome_schema()).validate(told)
    triage = told["triage"]
    assert triage["ring"][0]["number"] == NUMBERS[told["case"]["region"]]
    assert {one["number"] for one in triage["ring"]} >= set(NUMBERS.values())
    assert told["findings"] == []
    assert told["course"] is None


class Anchors(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids, self.links = set(), set()

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == "id":
                self.ids.add(value)
            elif name == "href" and value.startswith("#"):
                self.links.add(value[1:])


@pytest.mark.parametrize("name", ["emergency", "overdose", "pump", "nothing"])
def test_every_link_of_the_page_leads_somewhere(answers, name):
    found = Anchors()
    found.feed(answers[name].html())
    assert found.links - found.ids == set()


def test_the_same_words_give_the_same_page():
    at = "2026-11-22T10:00:00+00:00"
    from datetime import datetime

    one, other = (baclo.triage(say="itchy", region="UK", now=datetime.fromisoformat(at)).html() for _ in range(2))
    assert one == other


def test_a_case_of_another_question_shows_triage_where_it_tells_of_anything():
    case = baclo.load("example:overdose-600")
    answer = baclo.run(case)
    assert answer.triage.level.value == "emergency_now"
    assert answer.text().startswith("RING ")
    assert 'id="findings"' in answer.html()
    assert answer.html().index("Ring") < answer.html().index('id="answer-h"')


def test_a_case_that_tells_of_nothing_has_no_triage():
    answer = baclo.run(baclo.load("example:ms-start"))
    assert answer.triage is None
    assert answer.to_json()["triage"] is None


def test_a_case_is_asked_with_the_words_and_keeps_its_region_and_moment():
    case = baclo.load("example:overdose-600")
    answer = baclo.triage(case, say="itchy")
    assert answer.case.region is case.region
    assert answer.case.now == case.now
    assert answer.case.question.say == ("itchy",)
    moved = baclo.triage(case, region="EU", now=case.now.replace(year=2027))
    assert moved.case.region.value == "EU"
    assert moved.case.now.year == 2027


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("severity", list(Severity))
def test_a_milder_answer_above_something_critical_says_so(outcome, level, severity):
    held = replace(outcome.findings[0], severity=severity, status=Status.PRESENT)
    told = replace(outcome, findings=(held,), triage=SimpleNamespace(level=level, title="Call today."), advice=None)
    title = urgency_title(told, told.triage)
    milder = severity is Severity.CRITICAL and level is not Level.EMERGENCY_NOW
    first = "What is critical below comes first. By the complaints alone: Call today."
    assert title == (first if milder else "Call today.")
