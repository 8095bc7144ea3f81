"""What is not known is told by the answer that is missing, what stands against a change first, and drowns nothing."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

import baclo
from baclo.care.finding import Change, Finding, Overridden, Severity, Status
from baclo.knowledge.words import Text
from baclo.report import grounds
from baclo.report.explain import explain
from baclo.report.page import html
from baclo.report.questions import questions, refusals
from baclo.report.terminal import terminal

TODAY = datetime(2026, 11, 23, tzinfo=UTC).date()


def unknown(name, severity, *needs, against=False):
    return Finding(
        id=name,
        severity=severity,
        status=Status.UNKNOWN,
        title=Text((f"Not known: {name}",)),
        detail=Text((f"{name} was not asked.",)),
        action=Text(("Ask.",)),
        needs=needs,
        basis=(f"case:{needs[0]}",) if needs else (),
        refuses=(Change.START,) if against else (),
        topic="kidney",
        overridden=None,
    )


FINDINGS = (
    unknown("mild", Severity.INFO, "patient.symptoms"),
    unknown("milk", Severity.WARNING, "patient.breastfeeding"),
    unknown("grave", Severity.CRITICAL, "patient.symptoms", "patient.drives", against=True),
    unknown("middle", Severity.WARNING, "patient.symptoms", against=True),
)


def test_the_questions_that_stand_against_a_change_come_first_each_path_once():
    found = questions(FINDINGS)
    assert [(one.path, one.against) for one in found] == [("patient.symptoms", True), ("patient.breastfeeding", False)]


def test_within_a_question_the_gravest_that_stands_against_a_change_is_first():
    first, _ = questions(FINDINGS)
    assert [one.id for one in first.findings] == ["grave", "middle", "mild"]


def test_a_terminal_has_one_line_for_a_missing_answer_however_many_ask_for_it(knowledge, outcome):
    many = replace(outcome, findings=FINDINGS)
    told = " ".join(terminal(knowledge, many, width=120, colour=False).split())
    assert "[NOT KNOWN] grave: grave was not asked. 2 more rules ask for patient.symptoms." in told
    assert told.count("[NOT KNOWN]") == 1
    assert "patient.breastfeeding (for milk)" in told


def test_a_needed_path_names_three_that_ask_and_counts_the_rest(knowledge, outcome):
    several = tuple(unknown(f"rule {letter}", Severity.INFO, "patient.drives") for letter in "abcde")
    told = " ".join(terminal(knowledge, replace(outcome, findings=several), width=120, colour=False).split())
    assert "patient.drives (for rule a; rule b; rule c; 2 more)" in told


def test_a_page_folds_what_stands_against_nothing(knowledge, outcome):
    page = html(knowledge, replace(outcome, findings=FINDINGS))
    before, _, after = page.partition("What else is not known, and stands against nothing")
    assert "grave was not asked." in before
    assert "milk was not asked." not in before
    assert "milk was not asked." in after


def test_an_overridden_finding_shows_who_answers_for_it_and_why(knowledge, outcome):
    answered = Overridden(reason="seen by the neurologist", by="Dr. A. Example")
    first, *others = outcome.findings
    told = replace(outcome, findings=(replace(first, overridden=answered), *others))
    assert "answered for by Dr. A. Example: seen by the neurologist" in terminal(
        knowledge, told, width=120, colour=False
    )
    page = html(knowledge, told)
    assert "seen by the neurologist" in page
    assert "Dr. A. Example" in page


def test_in_a_terminal_information_is_counted_after_the_first_few(knowledge, outcome):
    first = next(one for one in outcome.findings if one.severity is Severity.INFO)
    many = tuple(replace(first, id=f"info.{place}") for place in range(9))
    told = terminal(knowledge, replace(outcome, findings=many, plan=None), width=120, colour=False)
    assert "[INFO] 3 more for information: --html, --json" in told


@pytest.fixture(scope="module")
def liquid():
    return baclo.run(baclo.load("example:dysreflexia"))


def test_what_is_taken_now_is_told_with_volume_and_concentration(liquid):
    assert "20 mg = 20 mL of 1 mg/mL" in liquid.text()
    rows = grounds.taken_rows(liquid.knowledge, liquid.outcome)
    assert [clock for clock, _ in rows] == ["07:00", "14:00", "21:00"]


def test_a_page_says_how_what_is_taken_is_kept_and_thrown_away(liquid):
    page = liquid.html()
    assert "Keeping, giving and throwing away" in page
    assert "Take-back at a pharmacy first." in page
    assert grounds.products(liquid.outcome) == ("uk.solution_1mg_ml",)


def test_an_interaction_is_explained_with_its_sources_and_an_interval_in_words(knowledge):
    assert explain(knowledge, "interaction:lithium", on=TODAY).kind == "interaction"
    said = str(explain(knowledge, "kidney.excess_upper", on=TODAY))
    low, high = knowledge.fact("muanda.excess_upper").low, knowledge.fact("muanda.excess_upper").high
    assert f"between {low:g} and {high:g}%" in said


def test_what_refuses_for_want_of_an_answer_is_folded_after_the_first_few_and_what_holds_never_is(refused):
    (first, *_) = refused.plan.refusals
    wanting = [replace(first, reason=Text((f"{letter} was not asked.",)), needs=("patient.x",)) for letter in "abcde"]
    holding = replace(first, reason=Text(("It holds.",)), needs=())
    found = refusals((*wanting, holding))
    assert [one.reason.pieces[0][0] for one in found.told] == ["a", "b", "c", "I"]
    assert [one.reason.pieces[0][0] for one in found.folded] == ["d", "e"]


def test_a_plan_refused_for_want_of_many_answers_says_so_in_few_lines(knowledge, refused):
    (first, *_) = refused.plan.refusals
    wanting = tuple(
        replace(first, reason=Text((f"{letter} was not asked.",)), needs=("patient.x",)) for letter in "abcdef"
    )
    many = replace(refused, plan=replace(refused.plan, refusals=wanting))
    assert "also: 3 more while answers are missing" in terminal(knowledge, many, width=120, colour=False)
    before, _, after = html(knowledge, many).partition("More that stands against it while answers are missing")
    assert "c was not asked." in before
    assert "d was not asked." in after


def test_a_product_is_explained_with_how_it_is_kept(knowledge):
    said = str(explain(knowledge, "us.suspension_5mg_ml", on=TODAY))
    assert "Discard 2 months after the first opening" in said
    assert "Take-back at a pharmacy first." in said
