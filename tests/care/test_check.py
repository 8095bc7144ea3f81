"""Every rule of the data: a case that fires it, one that does not, and one where it is unknown and what is needed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from baclo.care.check import check, needs
from baclo.care.doses import regimen_now
from baclo.care.finding import Change, Severity, Status
from baclo.care.quantities import VOCABULARY, quantities
from baclo.care.rules import rules
from baclo.case.patient import Condition, Dialysis, DialysisKind, MeasuredClearance
from baclo.case.timeline import Dose, DoseStatus, Route
from baclo.knowledge.facts import Region
from baclo.knowledge.library import load

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ON_DIALYSIS = Dialysis(kind=DialysisKind.HAEMODIALYSIS, sessions=())
ULCER = (Condition(name="peptic ulcer", since=None),)
NOBODY = {"creatinine": (), "dialysis": None, "age_y": None, "conditions": None, "allergies": None}


def dose(mg, hours_ago=1.0, status=DoseStatus.GIVEN):
    return Dose(
        at=NOW - timedelta(hours=hours_ago),
        amount_ug=mg * 1000,
        over_h=0.0,
        route=Route.ORAL,
        product=None,
        status=status,
        scheduled=None,
        vomited_at=None,
    )


# id: (region, what fires it, what does not, what leaves it unknown and which path is then needed); None: never unknown
TABLE = {
    "allergy": ("US", {"allergies": ("Baclofen",)}, {"allergies": ("penicillin",)}, {"allergies": None}),
    "peptic_ulcer": ("UK", {"conditions": ULCER}, {"conditions": ()}, {"conditions": None}),
    "kidney.avoid": ("EU", {"mg_dl": 4.0}, {"mg_dl": 0.8}, {"creatinine": ()}),
    "kidney.reduce": ("US", {"mg_dl": 1.9}, {"mg_dl": 0.8}, {"creatinine": ()}),
    "kidney.mild": ("US", {"mg_dl": 1.2}, {"mg_dl": 0.7}, {"creatinine": ()}),
    "kidney.clearance": ("US", {"mg_dl": 2.6}, {"mg_dl": 0.8}, {"weight_kg": None}),
    "kidney.clearance_severe": ("US", {"mg_dl": 4.5}, {"mg_dl": 0.8}, {"weight_kg": None}),
    "kidney.clearance_mild": ("US", {"mg_dl": 1.5}, {"mg_dl": 0.8}, {"weight_kg": None}),
    "kidney.beers": ("US", {"mg_dl": 1.9, "age_y": 70.0}, {"mg_dl": 1.9}, {"age_y": None}),
    "kidney.encephalopathy": (
        "US",
        {"mg_dl": 1.9, "tdd": 20},
        {"mg_dl": 1.9, "tdd": 15},
        {"creatinine": (), "tdd": 20},
    ),
    "kidney.creatinine_old": ("US", {"days_ago": 400}, {"days_ago": 3}, {"creatinine": ()}),
    "kidney.acute_fall": ("US", {"rising": (0.8, 1.6)}, {"rising": (0.8, 0.82)}, {"mg_dl": 0.8}),
    "kidney.low_muscle": ("US", {"low_muscle_mass": True}, {"low_muscle_mass": False}, {"low_muscle_mass": None}),
    "dialysis.avoid": ("US", {"dialysis": ON_DIALYSIS}, {}, {"dialysis": None}),
    "dialysis.toxic_dose": (
        "US",
        {"dialysis": ON_DIALYSIS, "tdd": 5},
        {"dialysis": ON_DIALYSIS, "tdd": 4},
        {"dialysis": None, "tdd": 5},
    ),
    "age.child": ("EU", {"age_y": 17.9}, {"age_y": 18.0}, {"age_y": None}),
    "age.us_not_established": ("US", {"age_y": 11.9}, {"age_y": 12.0}, {"age_y": None}),
    "age.elderly": ("US", {"age_y": 65.0}, {"age_y": 64.9}, {"age_y": None}),
    "cap.us": ("US", {"tdd": 80.001}, {"tdd": 80}, None),
    "cap.us_single": ("US", {"tdd": 60.003}, {"tdd": 60}, None),
    "cap.uk": ("UK", {"tdd": 60.001}, {"tdd": 60}, None),
    "cap.uk_supervised": ("UK", {"tdd": 100.001}, {"tdd": 100}, None),
    "cap.eu": ("EU", {"tdd": 75.001}, {"tdd": 75}, None),
    "overdose.signs": ("US", {"doses": (dose(150),)}, {"doses": (dose(149),)}, None),
    "overdose.kidney": (
        "US",
        {"dialysis": ON_DIALYSIS, "doses": (dose(25),)},
        {"doses": (dose(25),)},
        {"dialysis": None, "mg_dl": 0.8, "doses": (dose(25),)},
    ),
}


@pytest.fixture
def finding(knowledge, make, build, picture_of):
    """The finding of one rule for a case that differs from the healthy one as named."""

    def found(rule, region, changes):
        changes = dict(changes)
        if "mg_dl" in changes:
            changes["creatinine"] = (build.creatinine(changes.pop("mg_dl")),)
        if "days_ago" in changes:
            changes["creatinine"] = (build.creatinine(0.8, NOW - timedelta(days=changes.pop("days_ago"))),)
        if "rising" in changes:
            first, second = changes.pop("rising")
            earlier = build.creatinine(first, NOW - timedelta(hours=40))
            changes["creatinine"] = (earlier, build.creatinine(second, NOW - timedelta(hours=2)))
        if "tdd" in changes:
            third = changes.pop("tdd") / 3
            changes["regimens"] = (build.regimen(("08:00", third), ("14:00", third), ("22:00", third)),)
        case = make(region=Region(region), **changes)
        findings = check(knowledge, case, picture_of(case), regimen_now(case.timeline, case.now))
        return next(one for one in findings if one.id == rule)

    return found


def test_the_table_holds_every_rule_of_the_data():
    assert set(TABLE) == {rule.id for rule in rules(load())}


@pytest.mark.parametrize("rule", TABLE)
def test_a_rule_fires(finding, rule):
    region, fires, _, _ = TABLE[rule]
    found = finding(rule, region, fires)
    assert found.status is Status.PRESENT
    assert f"rule:{rule}" in found.basis
    assert found.needs == ()


@pytest.mark.parametrize("rule", TABLE)
def test_a_rule_is_silent(finding, rule):
    region, _, silent, _ = TABLE[rule]
    found = finding(rule, region, silent)
    assert found.status is Status.ABSENT
    assert found.refuses == ()


@pytest.mark.parametrize("rule", [rule for rule, row in TABLE.items() if row[3] is not None])
def test_a_rule_says_what_it_needs_when_it_cannot_know(finding, rule):
    region, _, _, unknown = TABLE[rule]
    found = finding(rule, region, unknown)
    assert found.status is Status.UNKNOWN
    assert found.needs
    assert all(path.startswith(("patient.", "regimen", "dose")) for path in found.needs)


@pytest.mark.parametrize("rule", [rule.id for rule in rules(load()) if rule.regions])
def test_another_region_mentions_the_rule_and_refuses_nothing_by_it(finding, rule):
    home, fires, _, _ = TABLE[rule]
    elsewhere = next(region for region in ("US", "UK", "EU") if region != home)
    found = finding(rule, elsewhere, fires)
    assert (found.status, found.severity, found.refuses) == (Status.PRESENT, Severity.INFO, ())
    assert found.title.pieces[0] == f"In {home}: "


def test_everything_that_stands_against_a_rise_when_present_does_so_when_unknown_unless_it_speaks_of_the_dose():
    """Unknown is never better than the worst known; what was taken is known, and one creatinine shows no fall."""
    about_dose = {"kidney.encephalopathy", "kidney.acute_fall"}
    for rule in rules(load()):
        if not rule.id.startswith(("cap.", "overdose.")) and rule.id not in about_dose:
            against_a_rise = set(rule.refuses) - {Change.REDUCE_AT_HOME}
            assert against_a_rise <= set(rule.refuses_unknown), rule.id


def test_nothing_known_leaves_no_rule_about_the_person_silent_in_its_refusal(knowledge, make, picture_of):
    case = make(**NOBODY, sex=None, weight_kg=None, low_muscle_mass=None)
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


def test_doses_taken_within_the_hour_count_as_one_and_missed_ones_not_at_all(finding):
    split = (dose(100, hours_ago=1.5), dose(60, hours_ago=1.0))
    assert finding("overdose.signs", "US", {"doses": split}).status is Status.PRESENT
    apart = (dose(100, hours_ago=5), dose(60, hours_ago=1.0))
    assert finding("overdose.signs", "US", {"doses": apart}).status is Status.ABSENT
    missed = (dose(200, status=DoseStatus.MISSED),)
    assert finding("overdose.signs", "US", {"doses": missed}).status is Status.ABSENT
    unsure = (dose(200, status=DoseStatus.UNKNOWN),)
    assert finding("overdose.signs", "US", {"doses": unsure}).status is Status.PRESENT


def test_a_measured_clearance_answers_for_the_clearance(finding):
    measured = MeasuredClearance(at=NOW - timedelta(days=2), creatinine_clearance_ml_per_min=45.0, entered="45 mL/min")
    found = finding("kidney.clearance", "US", {"measured_clearance": (measured,), "weight_kg": None})
    assert found.status is Status.PRESENT


def test_the_field_list_of_a_rule_is_its_condition_walked():
    beers = next(rule for rule in rules(load()) if rule.id == "kidney.beers")
    assert needs(beers) == ("age", "egfr")


def test_a_title_that_is_shown_is_short(finding):
    for rule, (region, fires, _, _) in TABLE.items():
        words = "".join(
            piece if isinstance(piece, str) else "123.4 mL/min" for piece in finding(rule, region, fires).title.pieces
        )
        assert len(words) < 140, words


def test_an_ended_regimen_is_not_taken_now(make, build):
    ended = replace(build.regimen(("08:00", 10.0)), until=NOW)
    case = make(regimens=(ended,))
    assert regimen_now(case.timeline, case.now) is None


def test_the_vocabulary_is_what_can_be_asked(knowledge, make, picture_of):
    case = make()
    assert tuple(quantities(knowledge, case, picture_of(case), None)) == VOCABULARY


def test_a_rule_may_name_what_is_not_known_in_words(finding):
    found = finding("kidney.creatinine_old", "US", {"creatinine": ()})
    assert found.detail.pieces == ("There is no kidney value at all.",)
