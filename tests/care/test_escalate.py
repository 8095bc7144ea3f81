"""When a pump may be considered: each requirement so, not so or not known, and what the whole then says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from baclo.care.escalate import escalate
from baclo.care.finding import Finding, Overridden, Severity, Status
from baclo.case.goal import Goal
from baclo.case.patient import Condition, Dialysis, DialysisKind, Medicine, Supply, Symptom
from baclo.case.timeline import Observation
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Number, Quoted, Text

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
GOAL = Goal(name="sleep", kind=None, importance=None, difficulty=None, baseline=None, attained=None)
TRIED = ("other antispastic medicines tried", "botulinum toxin tried")
SO, NOT_SO, OPEN = Status.PRESENT, Status.ABSENT, Status.UNKNOWN


def words(text):
    return "".join(piece for piece in text.pieces if isinstance(piece, str))


def diagnoses(*names, since=None):
    return tuple(Condition(name=name, since=since) for name in names)


def scored(kind, value, days_ago=10, site=None):
    return Observation(at=NOW - timedelta(days=days_ago), kind=kind, value=value, unit="{score}", site=site)


def dialysed(kind="haemodialysis"):
    return Dialysis(kind=DialysisKind(kind), sessions=())


CRITICAL = Finding(
    id="safety.signs",
    severity=Severity.CRITICAL,
    status=Status.PRESENT,
    title=Text(("Confusion",)),
    detail=Text(()),
    action=Text(()),
    needs=(),
    basis=(),
    refuses=(),
    topic="safety",
)
SEVERE = (scored("ashworth", 3.0),)


@pytest.fixture
def told(knowledge, picture_of, make, build):
    def made(mg=80.0, days=60, seen=SEVERE, findings=(), **changes):
        began = NOW - timedelta(days=days)
        quarter = mg / 4
        taken = build.regimen(*((f"{hour:02}:00", quarter) for hour in (6, 12, 17, 22)), since=began)
        base = {
            "regimens": (taken,) if mg else (),
            "baclofen_since": began,
            "conditions": diagnoses(*TRIED),
            "goals": (GOAL,),
            "pregnant": False,
        }
        case = make(**{**base, **changes})
        case = replace(case, timeline=replace(case.timeline, observations=tuple(seen)))
        return escalate(knowledge, case, picture_of(case), None, findings)

    return made


def line(advice, key):
    return {point.id: point for point in advice.points}[f"escalate.{key}"]


def status(advice, key):
    return line(advice, key).status


def milligrams(advice, key):
    return [piece.value for piece in line(advice, key).title.pieces if isinstance(piece, Number)]


def test_with_everything_in_place_a_pump_may_be_considered_and_nothing_is_permitted(told):
    advice = told()
    assert words(advice.headline).startswith("A pump may be considered: refer")
    assert {point.status for point in advice.points if point.id.startswith("escalate.")} == {SO}
    assert advice.agenda == ()
    assert not advice.critical
    assert any("permits" in words(note) for note in advice.notes)


def test_one_thing_that_is_not_so_makes_it_not_yet_whatever_is_unknown(told):
    advice = told(mg=40.0, allergies=None)
    assert words(advice.headline).startswith("Not yet; not fulfilled: ")
    assert "the highest tolerated dose by mouth" in words(advice.headline)


def test_one_thing_that_is_not_known_makes_it_impossible_to_tell(told):
    advice = told(allergies=None)
    assert words(advice.headline) == "Cannot be told yet; asked: no allergy to baclofen"
    (point,) = [point for point in advice.points if point.status is OPEN]
    assert (point.needs, point.severity) == (("patient.allergies",), Severity.WARNING)


def test_what_is_only_weighed_does_not_stand_in_the_way_and_is_named(told):
    advice = told(conditions=diagnoses(*TRIED, "epilepsy"))
    assert words(advice.headline) == "A pump may be considered; to be weighed with the team: epilepsy"


@pytest.mark.parametrize(
    ("changes", "headline"),
    [
        ({}, "What is urgent comes first; then a pump may be considered: refer to the team"),
        (
            {"conditions": diagnoses(*TRIED, "epilepsy")},
            "What is urgent comes first; then a pump may be considered; to",
        ),
        ({"mg": 40.0}, "Not yet; not fulfilled: "),
        ({"allergies": None}, "Cannot be told yet; asked: "),
    ],
)
def test_what_the_findings_call_critical_comes_before_a_pump(told, changes, headline):
    assert words(told(findings=(CRITICAL,), **changes).headline).startswith(headline)


@pytest.mark.parametrize(
    "changes",
    [
        {"severity": Severity.WARNING},
        {"status": Status.UNKNOWN},
        {"overridden": Overridden(reason="examined", by="the prescriber")},
    ],
)
def test_a_finding_that_is_not_critical_here_leaves_the_answer_as_it_is(told, changes):
    assert words(told(findings=(replace(CRITICAL, **changes),)).headline).startswith("A pump may be considered: refer")


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, SO),
        ({"mg": 79.0}, NOT_SO),
        ({"mg": 60.0, "region": Region.UK}, SO),
        ({"mg": 75.0, "region": Region.EU}, SO),
        ({"mg": 74.0, "region": Region.EU}, NOT_SO),
        ({"mg": 40.0, "symptoms": (Symptom(name="mild drowsiness", since=None),)}, OPEN),
        ({"mg": 40.0, "symptoms": None}, OPEN),
        ({"mg": 40.0, "conditions": None}, OPEN),
        ({"mg": 40.0, "conditions": diagnoses(*TRIED, "dose-limiting effects")}, SO),
        ({"mg": 0.0}, NOT_SO),
        ({"mg": 40.0, "age_y": 12.0}, OPEN),
        ({"mg": 80.0, "age_y": 17.9}, OPEN),
        ({"mg": 40.0, "age_y": None}, OPEN),
        ({"mg": 40.0, "creatinine": ()}, OPEN),
    ],
)
def test_the_highest_dose_is_the_most_of_the_region_or_one_that_effects_limit(told, changes, answer):
    assert status(told(**changes), "highest_dose") is answer


@pytest.fixture
def tapered(told, build):
    def made(**changes):
        left = NOW - timedelta(days=60)
        before = replace(build.regimen(("06:00", 30.0), ("22:00", 30.0), since=NOW - timedelta(days=200)), until=left)
        after = build.regimen(("06:00", 20.0), ("22:00", 20.0), since=left)
        return told(regimens=(before, after), **changes)

    return made


def test_why_a_higher_dose_was_left_is_not_known_and_is_asked_for(tapered):
    point = line(tapered(), "highest_dose")
    assert (point.status, point.needs) == (OPEN, ("patient.conditions",))
    assert "dose-limiting effects" in words(point.detail)


def test_a_higher_dose_that_was_left_for_its_effects_makes_the_present_one_the_highest(tapered):
    assert status(tapered(conditions=diagnoses(*TRIED, "dose-limiting effects")), "highest_dose") is SO


def test_a_higher_dose_still_to_come_says_nothing_of_the_present_one(told, build):
    ahead = NOW + timedelta(days=9)
    now = replace(build.regimen(("06:00", 20.0), ("22:00", 20.0), since=NOW - timedelta(days=60)), until=ahead)
    later = build.regimen(("06:00", 30.0), ("22:00", 30.0), since=ahead)
    assert status(told(regimens=(now, later)), "highest_dose") is NOT_SO


@pytest.mark.parametrize(
    ("mg", "highest", "above"), [(49.0, NOT_SO, SO), (50.0, SO, SO), (51.0, SO, NOT_SO), (75.0, SO, NOT_SO)]
)
def test_mildly_weak_kidneys_leave_two_thirds_of_the_most(told, build, mg, highest, above):
    """A creatinine of 1.2 mg/dL at 40 is an eGFR of 78: two thirds of the 75 mg of the European texts are 50 mg."""
    advice = told(mg=mg, region=Region.EU, creatinine=(build.creatinine(1.2),))
    assert (status(advice, "highest_dose"), status(advice, "above_most")) == (highest, above)


def test_a_dose_above_the_texts_is_weighed_and_never_called_allowed(told):
    advice = told(mg=150.0, region=Region.EU)
    expected = "A pump may be considered; to be weighed with the team: a dose by mouth above what the texts allow"
    assert words(advice.headline) == expected
    assert milligrams(advice, "above_most") == [150.0, 75.0]
    assert "allowed" not in words(line(advice, "highest_dose").title)


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"mg": 81.0}, NOT_SO),
        ({"mg": 80.0}, OPEN),
        ({"mg": 0.0}, SO),
    ],
)
def test_with_kidneys_not_known_only_what_is_above_the_texts_anyway_is_too_much(told, changes, answer):
    assert status(told(creatinine=(), **changes), "above_most") is answer


def test_whether_the_kidneys_allow_any_dose_is_asked_where_they_are_not_known(told):
    point = line(told(creatinine=()), "dose_allowed")
    assert point.status is OPEN
    assert "patient.creatinine" in " ".join(point.needs)
    assert status(told(mg=0.0, creatinine=()), "dose_allowed") is SO


@pytest.mark.parametrize("mg", [75.0, 7.5])
@pytest.mark.parametrize("kind", ["haemodialysis", "peritoneal", "cvvh"])
def test_on_dialysis_no_dose_is_allowed_and_what_is_taken_comes_down_first(told, mg, kind):
    advice = told(mg=mg, dialysis=dialysed(kind))
    assert words(advice.headline) == "Not yet; not fulfilled: a dose by mouth that these kidneys allow"
    assert status(advice, "dose_allowed") is NOT_SO
    assert milligrams(advice, "dose_allowed") == [mg]
    assert status(advice, "highest_dose") is SO


def test_on_dialysis_the_kidneys_are_known_to_fail_whatever_was_measured(told):
    point = line(told(dialysis=dialysed()), "kidney")
    assert (point.status, point.needs) == (NOT_SO, ())
    assert words(point.title) == "On dialysis (): the kidneys count as failed"
    assert [piece.words for piece in point.title.pieces if isinstance(piece, Quoted)] == ["haemodialysis"]


def test_on_dialysis_without_a_dose_nothing_may_rise_and_the_kidneys_are_weighed(told):
    advice = told(mg=0.0, dialysis=dialysed(), conditions=diagnoses(*TRIED, "dose-limiting effects"))
    assert (status(advice, "highest_dose"), status(advice, "dose_allowed")) == (SO, SO)
    assert words(advice.headline) == "A pump may be considered; to be weighed with the team: kidneys"


def test_weak_kidneys_without_dialysis_are_told_by_their_filtration(told, build):
    advice = told(mg=20.0, creatinine=(build.creatinine(3.0),))
    assert status(advice, "dose_allowed") is NOT_SO
    assert words(line(advice, "kidney").title) == "Weak kidneys: eGFR "


@pytest.mark.parametrize(("days", "answer"), [(42, SO), (41, NOT_SO)])
def test_six_weeks_at_the_dose_are_long_enough(told, days, answer):
    assert status(told(days=days), "long_enough") is answer


def test_effects_that_limit_the_dose_end_the_trial_earlier_and_no_dose_is_no_trial(told):
    assert status(told(days=5, conditions=diagnoses(*TRIED, "dose-limiting effects")), "long_enough") is SO
    assert status(told(mg=0.0), "long_enough") is OPEN


@pytest.mark.parametrize(
    ("seen", "answer"),
    [
        ((scored("modified ashworth", 3.0),), SO),
        ((scored("modified ashworth", 2.0),), NOT_SO),
        ((scored("modified ashworth", 2.0), scored("penn spasm frequency", 3.0)), SO),
        ((scored("spasticity nrs", 7.0),), SO),
        ((scored("spasticity nrs", 6.0),), NOT_SO),
        ((scored("ashworth", 4.0, days_ago=100),), OPEN),
        ((scored("ashworth", 4.0, days_ago=-1),), OPEN),
        ((scored("heart rate", 90.0),), OPEN),
        ((), OPEN),
    ],
)
def test_severe_is_measured_lately_on_some_scale(told, seen, answer):
    assert status(told(seen=seen), "severe") is answer


LEFT, RIGHT = "left hip adductors", "right hip adductors"


@pytest.mark.parametrize(
    ("seen", "answer"),
    [
        ((scored("ashworth", 4.0, 80), scored("ashworth", 1.0)), NOT_SO),
        ((scored("ashworth", 1.0), scored("ashworth", 4.0, 80)), NOT_SO),
        ((scored("ashworth", 1.0, 80), scored("ashworth", 4.0)), SO),
        ((scored("ashworth", 4.0, 80, LEFT), scored("ashworth", 1.0, 10, LEFT)), NOT_SO),
        ((scored("ashworth", 4.0, 80, LEFT), scored("ashworth", 1.0, 10, RIGHT)), SO),
        ((scored("ashworth", 4.0, 80), scored("penn spasm frequency", 1.0)), SO),
    ],
)
def test_of_each_scale_and_muscle_group_the_latest_score_decides(told, seen, answer):
    assert status(told(seen=seen), "severe") is answer


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, SO),
        ({"flare_only_use": True}, NOT_SO),
        ({"early_refill": True, "flare_only_use": None}, NOT_SO),
        ({"flare_only_use": None}, OPEN),
        ({"raised_without_advice": None}, OPEN),
        ({"supply": None}, OPEN),
        ({"supply": Supply.WITHOUT_PRESCRIPTION}, NOT_SO),
    ],
)
def test_tablets_that_were_not_taken_have_not_failed(told, changes, answer):
    assert status(told(**changes), "adherence") is answer


def test_a_missed_dose_of_the_last_weeks_speaks_against_adherence(told, build):
    missed = build.dose(20.0, status="missed", hours_ago=76)
    assert status(told(doses=(missed,)), "adherence") is NOT_SO
    old = build.dose(20.0, status="missed", hours_ago=1204)
    assert status(told(doses=(old,)), "adherence") is SO


def test_doses_of_which_nobody_knows_what_became_leave_adherence_open(told, build):
    lost = build.dose(20.0, status="unknown", hours_ago=76)
    point = line(told(doses=(lost,)), "adherence")
    assert (point.status, point.needs) == (OPEN, ("dose",))
    missed = build.dose(20.0, status="missed", hours_ago=100)
    assert status(told(doses=(missed, lost)), "adherence") is NOT_SO
    old = build.dose(20.0, status="unknown", hours_ago=1204)
    assert status(told(doses=(old,)), "adherence") is SO


def test_tablets_without_a_prescription_are_named_as_such_and_no_pump_is_said_to_be_due(told):
    advice = told(supply=Supply.WITHOUT_PRESCRIPTION)
    assert words(advice.headline) == "Not yet; not fulfilled: tablets taken as prescribed"
    assert words(line(advice, "adherence").title).startswith("The tablets are taken without a prescription")
    assert words(line(told(flare_only_use=True), "adherence").title) == "The tablets were not taken as prescribed"


@pytest.mark.parametrize(
    ("changes", "key", "answer"),
    [
        ({"conditions": diagnoses(*TRIED, "pressure sore")}, "triggers", NOT_SO),
        ({"symptoms": (Symptom(name="constipation", since=None),)}, "triggers", NOT_SO),
        ({"symptoms": None}, "triggers", OPEN),
        ({"conditions": diagnoses(*TRIED, "infection")}, "infection", NOT_SO),
        ({"conditions": None}, "infection", OPEN),
        ({"conditions": ()}, "other_medicines", OPEN),
        ({"conditions": (), "medicines": (Medicine(name="tizanidine", dose=None, since=None),)}, "other_medicines", SO),
        ({"conditions": (), "medicines": (Medicine(name="clonazepam", dose=None, since=None),)}, "other_medicines", SO),
        ({"conditions": ()}, "toxin", OPEN),
        ({"conditions": (), "medicines": (Medicine(name="botulinum toxin", dose=None, since=None),)}, "toxin", SO),
        ({"goals": ()}, "goals", NOT_SO),
        ({"allergies": ("baclofen",)}, "allergy", NOT_SO),
        ({"age_y": 3.9}, "age", NOT_SO),
        ({"age_y": None}, "age", OPEN),
        ({"age_y": 12.0}, "size", NOT_SO),
        ({"has_pump": True}, "no_pump_yet", NOT_SO),
        ({"indication": "hiccups"}, "indication", NOT_SO),
        ({"indication": None}, "indication", OPEN),
        ({"pregnant": True}, "pregnancy", NOT_SO),
        ({"creatinine": ()}, "kidney", OPEN),
        ({"dialysis": None}, "kidney", OPEN),
        ({"tone_needed": True}, "tone_needed", NOT_SO),
        ({"conditions": diagnoses(*TRIED, "clotting disorder")}, "clotting", NOT_SO),
        ({"conditions": diagnoses(*TRIED, "spinal fusion")}, "spine", NOT_SO),
        ({"conditions": diagnoses(*TRIED, "low albumin")}, "nutrition", NOT_SO),
        ({"conditions": diagnoses(*TRIED, "sleep apnoea")}, "breathing", NOT_SO),
        ({"conditions": diagnoses(*TRIED, "depression")}, "mind", NOT_SO),
    ],
)
def test_each_requirement_answers_for_itself(told, changes, key, answer):
    assert status(told(**changes), key) is answer


@pytest.mark.parametrize(("days_ago", "answer"), [(366, SO), (364, NOT_SO)])
def test_a_brain_injury_is_waited_out_for_a_year(told, days_ago, answer):
    injured = diagnoses(*TRIED) + diagnoses("traumatic brain injury", since=NOW - timedelta(days=days_ago))
    assert status(told(conditions=injured), "injury") is answer


def test_a_brain_injury_without_a_day_asks_for_it(told):
    advice = told(conditions=diagnoses(*TRIED, "traumatic brain injury"))
    (point,) = [point for point in advice.points if point.id == "escalate.injury"]
    assert (point.status, point.needs) == (OPEN, ("patient.conditions[2].since",))


def test_less_known_never_brings_a_pump_nearer(told):
    """Whatever is forgotten, the answer is never better than with the worst that could be true."""
    for unknown in (
        "allergies",
        "symptoms",
        "conditions",
        "flare_only_use",
        "has_pump",
        "indication",
        "age_y",
        "tone_needed",
        "supply",
        "dialysis",
    ):
        headline = words(told(**{unknown: None}).headline)
        assert headline.startswith(("Cannot be told yet", "Not yet")), unknown


def test_what_is_told_but_was_not_taken_of_late_does_not_say_that_the_dose_may_still_rise(told, build):
    hours = [datetime(2026, 11, day, hour, tzinfo=UTC) for day in (20, 21, 22, 23) for hour in (6, 12, 17, 22)]
    due = [at for at in hours if at < NOW]
    missed = tuple(build.dose(20.0, at=at, status="missed", scheduled=at) for at in due)
    assert status(told(mg=80.0, doses=missed), "highest_dose") is OPEN
    assert status(told(mg=40.0), "highest_dose") is NOT_SO
    assert status(told(mg=0.0), "highest_dose") is NOT_SO


def test_more_than_the_regimen_that_reaches_the_most_cannot_rise(told, build):
    """10 mg four times a day by the regimen, and 20 mg taken for each: 80 mg, the most of the US texts."""
    hours = [datetime(2026, 11, day, hour, tzinfo=UTC) for day in (19, 20, 21, 22, 23) for hour in (6, 12, 17, 22)]
    due = [at for at in hours if at < NOW]

    def taken(mg):
        return told(mg=40.0, doses=tuple(build.dose(mg, at=at, scheduled=at) for at in due))

    assert status(taken(20.0), "highest_dose") is SO
    assert status(taken(19.0), "highest_dose") is NOT_SO
