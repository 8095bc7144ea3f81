"""Every rule of the data: a case that fires it, one that does not, and one where it is unknown and what is needed."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from baclo.care.check import check, needs
from baclo.care.doses import regimen_now
from baclo.care.finding import Change, Severity, Status
from baclo.care.quantities import VOCABULARY, quantities
from baclo.care.rules import rules
from baclo.case.patient import Dialysis, DialysisKind, MeasuredClearance
from baclo.knowledge.library import load
from baclo.report.shown import sentence

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ON_DIALYSIS = Dialysis(kind=DialysisKind.HAEMODIALYSIS, sessions=())
NOBODY = {
    "unasked": ["creatinine", "dialysis", "age_y", "conditions", "allergies", "sex", "weight_kg", "low_muscle_mass"]
}
HERE = Path(__file__).parent / "cases"
FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.toml"))}
TABLE = {**FILES["rules"], **FILES["more_rules"]}


@pytest.fixture
def finding(knowledge, told, picture_of):
    """The finding of one rule for a case in the words of the tables."""

    def found(rule, region="US", words=None):
        case = told(region, **(words or {}))
        findings = check(knowledge, case, picture_of(case), regimen_now(case.timeline, case.now))
        return next(one for one in findings if one.id == rule)

    return found


def test_the_table_holds_every_rule_of_the_data():
    assert set(TABLE) == {rule.id for rule in rules(load())}


@pytest.mark.parametrize("rule", TABLE)
def test_a_rule_fires(finding, rule):
    row = TABLE[rule]
    found = finding(rule, row.get("region", "US"), row["fires"])
    assert found.status is Status.PRESENT
    assert f"rule:{rule}" in found.basis
    assert found.needs == ()


@pytest.mark.parametrize("rule", TABLE)
def test_a_rule_is_silent(finding, rule):
    row = TABLE[rule]
    found = finding(rule, row.get("region", "US"), row.get("silent"))
    assert found.status is Status.ABSENT
    assert found.refuses == ()


@pytest.mark.parametrize("rule", [rule for rule, row in TABLE.items() if "never_unknown" not in row])
def test_a_rule_says_what_it_needs_when_it_cannot_know(finding, rule):
    row = TABLE[rule]
    found = finding(rule, row.get("region", "US"), row["unknown"])
    assert found.status is Status.UNKNOWN
    assert found.needs
    assert all(path.startswith(("patient.", "regimen", "dose", "products", "baclofen_since")) for path in found.needs)


@pytest.mark.parametrize("rule", [rule.id for rule in rules(load()) if rule.regions])
def test_another_region_mentions_the_rule_and_refuses_nothing_by_it(finding, rule):
    home = next(one.regions for one in rules(load()) if one.id == rule)
    elsewhere = next(region for region in ("US", "UK", "EU") if region not in home)
    found = finding(rule, elsewhere, TABLE[rule]["fires"])
    assert (found.status, found.severity, found.refuses) == (Status.PRESENT, Severity.INFO, ())
    assert found.title.pieces[0] == f"In {', '.join(home)}: "


# Why a rule that stands against a change when it holds does not while it is unknown.
STANDS_ONLY_WHEN_PRESENT = {
    "kidney.encephalopathy": "speaks of the dose; without an eGFR other rules stand against it",
    "kidney.acute_fall": "one creatinine shows no fall",
    "kidney.toxic_dose": "a usual dose is not withheld for kidneys nobody measured: stopping harms more",
    "kidney.rising": "one creatinine shows no rise",
    "safety.above_every_limit": "the dose is known",
    "safety.overdose_mixed": "doses without a regimen are no sign of more than was meant",
    "function.unstable": "there are uses without spasticity, of which nobody can say that it is stable",
    "misuse.own_rise": "is told, not measured; a question is put",
    "misuse.without_prescription": "is told, not measured; a question is put",
    "adherence.flares_only": "is told, not measured; a question is put",
}


def test_what_stands_against_a_rise_when_present_does_so_when_unknown_or_has_a_written_reason():
    """Unknown is never better than the worst known."""
    down = {Change.REDUCE, Change.REDUCE_FURTHER, Change.REDUCE_AT_HOME}
    silent = {rule.id for rule in rules(load()) if not set(rule.refuses) - down <= set(rule.refuses_unknown)}
    assert {rule for rule in silent if not rule.startswith(("cap.", "overdose."))} == set(STANDS_ONLY_WHEN_PRESENT)


def test_what_is_not_known_refuses_no_reduction_and_where_none_goes_in_steps_none_goes_home():
    down = {Change.REDUCE, Change.REDUCE_FURTHER, Change.REDUCE_AT_HOME}
    for rule in rules(load()):
        assert not down & set(rule.refuses_unknown)
        assert Change.REDUCE not in rule.refuses or Change.REDUCE_AT_HOME in rule.refuses


def test_nothing_known_leaves_no_rule_about_the_person_silent_in_its_refusal(knowledge, told, picture_of):
    case = told(**NOBODY)
    findings = check(knowledge, case, picture_of(case), None)
    refusing = {one.id for one in findings if Change.START in one.refuses}
    assert refusing >= {
        "allergy",
        "kidney.avoid",
        "kidney.clearance",
        "kidney.beers",
        "kidney.creatinine_old",
        "dialysis.avoid",
        "age.child",
    }


def test_what_is_present_and_grave_stands_first(knowledge, make, build, picture_of):
    case = make(dialysis=ON_DIALYSIS, age_y=70.0, allergies=None)
    order = [(one.status, one.severity) for one in check(knowledge, case, picture_of(case), None)]
    ranks = [
        ([Status.PRESENT, Status.UNKNOWN, Status.ABSENT].index(status), list(reversed(Severity)).index(severity))
        for status, severity in order
    ]
    assert ranks == sorted(ranks)


def test_knowledge_past_its_review_says_so(knowledge, make, picture_of):
    late = make(now=datetime(2031, 1, 1, tzinfo=UTC))
    found = next(one for one in check(knowledge, late, picture_of(late), None) if one.id == "knowledge.expired")
    assert found.status is Status.PRESENT
    assert len(found.basis) == len(knowledge.facts)
    today = make()
    assert "knowledge.expired" not in {one.id for one in check(knowledge, today, picture_of(today), None)}


@pytest.mark.parametrize(
    ("doses", "status"),
    [
        ([{"mg": 100, "hours_ago": 1.5}, {"mg": 60, "hours_ago": 1.0}], Status.PRESENT),
        ([{"mg": 100, "hours_ago": 5}, {"mg": 60, "hours_ago": 1.0}], Status.ABSENT),
        ([{"mg": 200, "status": "missed"}], Status.ABSENT),
        ([{"mg": 200, "status": "unknown"}], Status.PRESENT),
    ],
)
def test_doses_taken_within_the_hour_count_as_one_and_missed_ones_not_at_all(finding, doses, status):
    assert finding("overdose.signs", words={"doses": doses}).status is status


def test_a_measured_clearance_answers_for_the_clearance(finding):
    measured = MeasuredClearance(at=NOW - timedelta(days=2), creatinine_clearance_ml_per_min=45.0, entered="45 mL/min")
    found = finding("kidney.clearance", words={"measured_clearance": (measured,), "weight_kg": None})
    assert found.status is Status.PRESENT


def test_the_field_list_of_a_rule_is_its_condition_walked():
    beers = next(rule for rule in rules(load()) if rule.id == "kidney.beers")
    assert needs(beers) == ("age", "egfr")


def test_a_title_that_is_shown_is_short(finding):
    for rule, row in TABLE.items():
        words = sentence(finding(rule, row.get("region", "US"), row["fires"]).title, ZoneInfo("Europe/London"))
        assert len(words) < 140, words


def test_an_ended_regimen_is_not_taken_now(make, build):
    ended = replace(build.regimen(("08:00", 10.0)), until=NOW)
    case = make(regimens=(ended,))
    assert regimen_now(case.timeline, case.now) is None


def test_the_vocabulary_is_what_can_be_asked(knowledge, make, picture_of):
    case = make()
    assert tuple(quantities(knowledge, case, picture_of(case), None)) == VOCABULARY


def test_a_rule_may_name_what_is_not_known_in_words(finding):
    found = finding("kidney.creatinine_old", words={"unasked": ["creatinine"]})
    assert found.detail.pieces == ("There is no kidney value at all.",)


@pytest.mark.parametrize("symptom", ["confusion", "sleepiness", "mild drowsiness", "slurred speech"])
def test_each_sign_of_toxicity_calls_whether_the_kidneys_are_weak_or_not_yet_known(finding, symptom):
    weak = {"symptoms": [symptom], "mg_dl": 1.9, "tdd": 30}
    assert finding("safety.toxicity_signs", words=weak).status is Status.PRESENT
    assert finding("safety.signs_unknown_kidney", words=weak).status is Status.PRESENT
