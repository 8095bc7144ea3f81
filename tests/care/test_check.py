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
    "safety.more_than_prescribed": "doses without a regimen are no sign of more than was meant",
    "safety.more_taken": "what was taken is known, or was as the regimen says",
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


@pytest.mark.parametrize("symptom", ["confusion", "sleepiness", "slurred speech", "hallucinations", "slow pulse"])
def test_each_sign_of_toxicity_with_weak_kidneys_goes_to_hospital(finding, symptom):
    weak = {"symptoms": [symptom], "mg_dl": 1.9, "tdd": 30}
    assert finding("safety.toxicity_signs", words=weak).status is Status.PRESENT


@pytest.mark.parametrize("symptom", ["confusion", "sleepiness", "slurred speech", "hallucinations"])
def test_each_sign_of_toxicity_calls_whether_the_kidneys_are_good_weak_or_not_yet_known(finding, symptom):
    for kidneys in ({}, {"mg_dl": 1.9}, {"unasked": ["creatinine"]}):
        words = {"symptoms": [symptom], "tdd": 30, **kidneys}
        assert finding("safety.signs_unknown_kidney", words=words).status is Status.PRESENT


@pytest.mark.parametrize(
    ("kidneys", "present"),
    [
        ({}, {"safety.mild_drowsiness"}),
        ({"mg_dl": 1.9}, {"safety.signs_unknown_kidney", "safety.mild_signs_weak_kidney"}),
        ({"mg_dl": 4.0}, {"safety.signs_unknown_kidney", "safety.toxicity_signs"}),
        ({"dialysis": "haemodialysis"}, {"safety.toxicity_signs"}),
        ({"unasked": ["creatinine"]}, {"safety.signs_unknown_kidney"}),
        ({"days_ago": 400}, {"safety.signs_unknown_kidney"}),
    ],
    ids=["good", "weak", "failing", "dialysis", "never measured", "measured long ago"],
)
def test_mild_drowsiness_is_told_by_the_kidneys_and_never_raises(finding, kidneys, present):
    words = {"symptoms": ["mild drowsiness"], "tdd": 30, **kidneys}
    rows = ("mild_drowsiness", "signs_unknown_kidney", "mild_signs_weak_kidney", "toxicity_signs")
    found = [finding(f"safety.{row}", words=words) for row in rows]
    assert {one.id for one in found if one.status is Status.PRESENT} >= present
    assert any(Change.RAISE in one.refuses for one in found)
    hospital = [one for one in found if one.id == "safety.toxicity_signs" and one.status is Status.PRESENT]
    assert bool(hospital) is ("safety.toxicity_signs" in present)


def when(rule):
    return next(one.when for one in rules(load()) if one.id == rule)


def test_the_signs_of_withdrawal_are_one_list_in_the_rules_and_in_triage():
    """Whatever triage calls an emergency after a fall of the dose refuses the next step."""
    rows = {row["id"]: row["when"] for row in load().folder("triage")["triage"]["combination"]}
    missed, fell, after = rows["signs_after_missed_doses"]["any"]
    signs = after["has_symptom_after_fall"]
    assert missed["all"][1]["has_symptom"] == signs
    assert when("stopping.signs")["any"] == [fell, after]
    # of these a date before the fall says that they are no withdrawal by themselves; of all others none does
    undated = {*signs} - {*fell["all"][1]["has_symptom"]}
    assert undated == {"itching", "agitation", "tremor", "fast pulse"}
    assert undated < {*when("stopping.older_signs")["all"][1]["has_symptom"]}
    assert undated == {*rows["itching_after_reduction"]["any"][1]["all"][1]["has_symptom"]}
    assert when("missed.day_with_signs")["all"][1]["has_symptom"] == signs
    for rule in ("stopping.signs", "missed.day_with_signs", "stopping.mild_signs"):
        assert Change.REDUCE_FURTHER in next(one.refuses for one in rules(load()) if one.id == rule)
    held = {*signs, *when("stopping.mild_signs")["has_symptom_after_fall"]}
    assert held >= set(rows["itching_after_reduction"]["any"][2]["has_symptom_after_fall"])


def test_who_goes_to_hospital_for_weak_kidneys_is_one_condition_in_the_rules_and_in_triage():
    rows = {row["id"]: row["when"] for row in load().folder("triage")["triage"]["combination"]}
    assert rows["drowsy_with_weak_kidneys"] == when("safety.toxicity_signs")


@pytest.mark.parametrize(
    ("missed", "present"),
    [
        (1, set()),
        (2, {"missed.day"}),
        (3, {"missed.gap_middle"}),
        (5, {"missed.gap_middle"}),
        (12, {"missed.gap_long"}),
    ],
)
def test_a_gap_is_told_by_how_long_it_is_one_way_on_at_a_time(finding, missed, present):
    """10:00 by the clock of 07:00, 13:00 and 21:00: 2 missed leave 21 h from 13:00, 3 leave 27 h, 12 leave 99 h."""
    ways = ("missed.day", "missed.gap_middle", "missed.gap_long")
    found = [finding(way, words={"tdd": 30, "missed_doses": missed}) for way in ways]
    assert {one.id for one in found if one.status is Status.PRESENT} == present


def test_fever_is_an_acute_illness_that_refuses_a_rise_and_no_reduction(finding):
    found = finding("kidney.illness", words={"symptoms": ["fever"], "tdd": 60})
    assert found.status is Status.PRESENT
    assert set(found.refuses) == {Change.START, Change.RAISE, Change.RESTART}
