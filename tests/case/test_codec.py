"""A case file is read strictly: what is right becomes a case, all that is wrong is said at once."""

import json
import tomllib
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from baclo.case.ahead import Ahead, Coming
from baclo.case.case import Ask, GapReason, Method, Override, Question, Speed, Urgency
from baclo.case.codec import case_to_json, read_case, read_json, read_toml
from baclo.case.goal import Goal, GoalKind
from baclo.case.patient import Alcohol, Condition, DialysisKind, Interval, Medicine, Sex, Supply, Symptom
from baclo.case.stock import Stock
from baclo.case.timeline import ClockDose, Dose, DoseStatus, Observation, Regimen, Route
from baclo.errors import InputProblems
from baclo.knowledge.facts import Region

WHOLE = """
format = "baclo.case/1"
title = "all keys"
now = 2026-11-22T09:00:00+01:00
zone = "Europe/Zurich"
region = "EU"
model = "adult_default"
products = ["eu.tablet_10mg"]
baclofen_since = 2024-03-01
[question]
ask = "taper"
goal = "0 mg/d"
since = 2026-11-23
horizon = "2 wk"
urgency = "urgent"
seed = 7
speed = "slow"
method = "percent"
clocks = ["22:00", "07:00"]
therapy = ["10:00"]
last_taken = 2026-11-21T22:00:00Z
gap_reason = "ran out"
[patient]
sex = "female"
age = "54 y"
weight = "130 lb"
height = "1.68 m"
low_muscle_mass = false
pregnant = false
pregnancy_planned = true
breastfeeding = true
infant = { born = 2026-05-01 }
frail = true
tone_needed = true
spasticity_stable = false
drives = true
alcohol = "daily"
surgery = 2026-12-19
has_pump = false
supply = "without prescription"
early_refill = true
raised_without_advice = false
flare_only_use = true
symptoms = ["cannot stay awake", { name = "Falls", since = 2026-11-01 }]
indication = "ms"
origin = "spinal"
goals = [
  "walk to the shop",
  { name = "wash the hand", kind = "passive function", importance = 3, difficulty = 2, baseline = -2, attained = 0 },
]
conditions = ["MS", { name = "CKD", since = 2020-01-01 }]
medicines = ["sertraline", { name = "ibuprofen", dose = "400 mg", since = 2026-11-01T08:00:00Z }]
allergies = []
[[patient.creatinine]]
at = 2026-11-20T08:00:00Z
value = "70 µmol/L"
[[patient.cystatin_c]]
at = 2026-11-20T08:00:00Z
value = "0.9 mg/L"
[[patient.creatinine_clearance]]
at = 2026-11-20T08:00:00Z
value = "80 mL/min"
[[patient.egfr]]
at = 2026-11-20T08:00:00Z
value = "82 mL/min/1.73m2"
equation = "ckd-epi 2021"
[patient.dialysis]
kind = "haemodialysis"
sessions = [{ since = 2026-11-20T08:00:00Z, until = 2026-11-20T12:00:00Z }, { since = 2026-11-25T08:00:00Z }]
[[ahead]]
kind = "operation"
since = 2026-12-19T07:00:00Z
nil_by_mouth = 2026-12-19T01:00:00Z
by_mouth_again = 2026-12-19T18:00:00Z
emergency = false
[[ahead]]
kind = "journey"
since = 2026-12-02
until = 2026-12-10
zone = "Asia/Tokyo"
[[stock]]
product = "eu.tablet_10mg"
units = 42.5
at = 2026-11-20T08:00:00Z
[[regimen]]
product = "eu.tablet_10mg"
since = 2026-10-01
doses = [{ clock = "20:00", amount = "5 mg" }, { clock = 08:00:00, amount = "10 mg" }]
[[regimen]]
modified_release = true
since = 2026-09-01
until = 2026-10-01
doses = [{ clock = "08:00", amount = "5 mg" }]
[[dose]]
at = 2026-11-21T09:30:00+01:00
amount = "10 mg"
status = "vomited"
product = "eu.tablet_10mg"
scheduled = 2026-11-21T08:00:00+01:00
vomited_at = 2026-11-21T09:50:00+01:00
[[dose]]
at = 2026-11-20T09:30:00+01:00
amount = "500 ug"
status = "given"
over = "30 min"
route = "intravenous"
[[override]]
finding = "KIDNEY.beers"
reason = "seen daily on the ward"
by = "Dr A. Example"
[[observation]]
at = 2026-11-21T09:30:00+01:00
kind = "MAS"
value = 2
[[observation]]
at = 2026-11-20T09:30:00+01:00
kind = "plasma level"
value = "0.25 mg/L"
"""

SMALL = """
format = "baclo.case/1"
now = 2026-11-22T09:00:00+01:00
zone = "Europe/Zurich"
region = "EU"
[question]
ask = "check"
"""


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def problems(knowledge, text):
    with pytest.raises(InputProblems) as refused:
        read_toml(knowledge, text)
    return refused.value.problems


def goal(name, kind=None, *, importance=None, difficulty=None, baseline=None, attained=None):
    return Goal(
        name=name, kind=kind, importance=importance, difficulty=difficulty, baseline=baseline, attained=attained
    )


@pytest.fixture(scope="module")
def whole(knowledge):
    return read_toml(knowledge, WHOLE)


def test_the_top_of_the_file_is_read(whole):
    assert (whole.title, whole.now, whole.zone) == ("all keys", utc(2026, 11, 22, 8), ZoneInfo("Europe/Zurich"))
    assert (whole.region, whole.model, whole.products) == (Region.EU, "adult_default", ("eu.tablet_10mg",))
    assert whole.baclofen_since == utc(2024, 2, 29, 23)


def test_the_question_is_read(whole):
    assert whole.question == Question(
        ask=Ask.TAPER,
        goal_ug_per_day=0.0,
        since=utc(2026, 11, 22, 23),
        horizon_h=336.0,
        urgency=Urgency.URGENT,
        seed=7,
        speed=Speed.SLOW,
        method=Method.PERCENT,
        clocks=(time(7), time(22)),
        therapy_clocks=(time(10),),
        last_taken=utc(2026, 11, 21, 22),
        gap_reason=GapReason.RAN_OUT,
    )


def test_what_is_ahead_and_what_is_left_is_read(whole):
    assert whole.ahead == (
        Ahead(
            kind=Coming.JOURNEY,
            since=utc(2026, 12, 1, 23),
            until=utc(2026, 12, 9, 23),
            nil_by_mouth=None,
            by_mouth_again=None,
            zone=ZoneInfo("Asia/Tokyo"),
            emergency=None,
        ),
        Ahead(
            kind=Coming.OPERATION,
            since=utc(2026, 12, 19, 7),
            until=None,
            nil_by_mouth=utc(2026, 12, 19, 1),
            by_mouth_again=utc(2026, 12, 19, 18),
            zone=None,
            emergency=False,
        ),
    )
    assert whole.stock == (Stock(product="eu.tablet_10mg", units=42.5, at=utc(2026, 11, 20, 8)),)


def test_the_person_is_read(whole):
    patient = whole.patient
    assert (patient.sex, patient.age_y, patient.height_cm) == (Sex.FEMALE, 54.0, 168.0)
    assert patient.weight_kg == pytest.approx(58.9670081, rel=1e-12)
    assert (patient.low_muscle_mass, patient.pregnant, patient.frail, patient.tone_needed) == (False, False, True, True)
    assert (patient.indication, patient.origin, patient.goals) == (
        "multiple sclerosis",
        "spinal",
        (
            goal("walk to the shop"),
            goal("wash the hand", GoalKind.PASSIVE_FUNCTION, importance=3, difficulty=2, baseline=-2, attained=0),
        ),
    )
    assert patient.conditions == (
        Condition(name="multiple sclerosis", since=None),
        Condition(name="chronic kidney disease", since=utc(2019, 12, 31, 23)),
    )
    assert patient.medicines == (
        Medicine(name="sertraline", dose=None, since=None),
        Medicine(name="ibuprofen", dose="400 mg", since=utc(2026, 11, 1, 8)),
    )
    assert patient.allergies == ()


def test_how_the_person_lives_with_baclofen_is_read(whole):
    patient = whole.patient
    assert (patient.alcohol, patient.supply) == (Alcohol.DAILY, Supply.WITHOUT_PRESCRIPTION)
    assert (patient.drives, patient.spasticity_stable, patient.has_pump) == (True, False, False)
    assert (patient.early_refill, patient.raised_without_advice, patient.flare_only_use) == (True, False, True)
    assert (patient.surgery_planned, patient.surgery_at) == (True, utc(2026, 12, 18, 23))
    assert patient.symptoms == (
        Symptom(name="cannot be woken", since=None),
        Symptom(name="falls", since=utc(2026, 10, 31, 23)),
    )


def test_pregnancy_nursing_and_the_infant_are_read(knowledge, whole):
    patient = whole.patient
    assert (patient.pregnant, patient.pregnancy_planned, patient.due) == (False, True, None)
    assert (patient.breastfeeding, patient.infant_born) == (True, utc(2026, 4, 30, 22))
    mother = read_toml(knowledge, f"{SMALL}[patient]\npregnant = true\ndue = 2027-01-04\n").patient
    assert (mother.pregnant, mother.due) == (True, utc(2027, 1, 3, 23))


@pytest.mark.parametrize(("said", "planned"), [("none", False), ("planned", True)])
def test_surgery_can_be_denied_and_can_be_planned_without_its_day(knowledge, said, planned):
    case = read_toml(knowledge, f"{SMALL}[patient]\nsurgery = '{said}'\n")
    assert (case.patient.surgery_planned, case.patient.surgery_at) == (planned, None)
    assert case_to_json(case)["patient"]["surgery"] == said


def test_whoever_answers_for_a_finding_is_read(whole):
    assert whole.overrides == (Override(finding="kidney.beers", reason="seen daily on the ward", by="Dr A. Example"),)


def test_slow_release_is_read_and_is_not_known_where_nobody_said(whole):
    assert [regimen.modified_release for regimen in whole.timeline.regimens] == [True, None]


def test_what_was_measured_keeps_the_words_it_was_entered_in(whole):
    patient = whole.patient
    (creatinine,), (cystatin_c,) = patient.creatinine, patient.cystatin_c
    assert (creatinine.at, creatinine.entered) == (utc(2026, 11, 20, 8), "70 µmol/L")
    assert creatinine.creatinine_mg_per_dl == pytest.approx(70 / 88.4, rel=1e-12)
    assert (cystatin_c.cystatin_c_mg_per_l, cystatin_c.entered) == (0.9, "0.9 mg/L")
    (measured,), (reported,) = patient.measured_clearance, patient.reported_egfr
    assert measured.creatinine_clearance_ml_per_min == 80.0
    assert (reported.egfr_ml_per_min_per_1_73m2, reported.equation) == (82.0, "CKD-EPI 2021 creatinine")


def test_dialysis_is_read_with_its_sessions(whole):
    assert whole.patient.dialysis.kind is DialysisKind.HAEMODIALYSIS
    assert whole.patient.dialysis.sessions == (
        Interval(since=utc(2026, 11, 20, 8), until=utc(2026, 11, 20, 12)),
        Interval(since=utc(2026, 11, 25, 8), until=None),
    )


def test_the_timeline_is_in_order_of_time(whole):
    assert [regimen.since for regimen in whole.timeline.regimens] == [utc(2026, 8, 31, 22), utc(2026, 9, 30, 22)]
    assert whole.timeline.regimens[1] == Regimen(
        product="eu.tablet_10mg",
        modified_release=None,
        since=utc(2026, 9, 30, 22),
        until=None,
        doses=(ClockDose(clock=time(8), amount_ug=10000.0), ClockDose(clock=time(20), amount_ug=5000.0)),
    )
    infused, vomited = whole.timeline.doses
    assert (infused.amount_ug, infused.over_h, infused.route) == (500.0, 0.5, Route.INTRAVENOUS)
    assert vomited == Dose(
        at=utc(2026, 11, 21, 8, 30),
        amount_ug=10000.0,
        over_h=0.0,
        route=Route.ORAL,
        product="eu.tablet_10mg",
        status=DoseStatus.VOMITED,
        scheduled=utc(2026, 11, 21, 7),
        vomited_at=utc(2026, 11, 21, 8, 50),
    )
    assert whole.timeline.observations == (
        Observation(at=utc(2026, 11, 20, 8, 30), kind="baclofen plasma", value=250.0, unit="ng/mL"),
        Observation(at=utc(2026, 11, 21, 8, 30), kind="modified ashworth", value=2.0, unit="{score}"),
    )


def test_what_is_absent_is_not_known(knowledge):
    case = read_toml(knowledge, SMALL)
    patient = case.patient
    assert (patient.sex, patient.age_y, patient.weight_kg, patient.height_cm) == (None,) * 4
    assert (patient.conditions, patient.medicines, patient.allergies, patient.dialysis) == (None,) * 4
    assert (patient.low_muscle_mass, patient.pregnant, patient.frail, patient.tone_needed) == (None,) * 4
    assert (patient.pregnancy_planned, patient.due, patient.breastfeeding, patient.infant_born) == (None,) * 4
    assert (patient.symptoms, patient.surgery_planned, patient.surgery_at, patient.has_pump) == (None,) * 4
    assert (patient.alcohol, patient.drives, patient.supply, patient.spasticity_stable) == (None,) * 4
    assert (patient.early_refill, patient.raised_without_advice, patient.flare_only_use) == (None,) * 3
    assert case.overrides == ()
    assert (case.products, case.model, case.baclofen_since, case.question.goal_ug_per_day) == (None,) * 4
    assert (case.timeline.doses, case.timeline.regimens, case.timeline.observations) == ((), (), ())


def test_none_of_something_is_not_the_same_as_nobody_asked(knowledge):
    case = read_toml(knowledge, f"{SMALL}[patient]\nconditions = []\nmedicines = []\nsymptoms = []\n")
    assert (case.patient.conditions, case.patient.medicines, case.patient.allergies) == ((), (), None)
    assert case.patient.symptoms == ()
    assert case_to_json(case)["patient"]["symptoms"] == []


def test_toml_and_json_of_the_same_content_are_the_same_case(knowledge, whole):
    tables = tomllib.loads(WHOLE)
    assert (
        read_json(
            knowledge,
            json.dumps(
                tables,
                default=lambda moment: (
                    moment.isoformat()[:25].removesuffix(":00") if isinstance(moment, time) else moment.isoformat()
                ),
            ),
        )
        == whole
    )
    assert read_case(knowledge, tables) == whole


def test_a_written_case_reads_back_as_the_same_case(knowledge, whole):
    for case in (whole, read_toml(knowledge, SMALL)):
        written = case_to_json(case)
        assert read_json(knowledge, json.dumps(written)) == case
        assert case_to_json(read_json(knowledge, json.dumps(written))) == written


def test_bytes_and_a_byte_order_mark_are_read(knowledge):
    case = read_toml(knowledge, SMALL)
    assert read_toml(knowledge, SMALL.encode()) == case
    assert read_toml(knowledge, "\ufeff" + SMALL) == case


def test_null_in_json_is_not_known(knowledge):
    tables = {**case_to_json(read_toml(knowledge, SMALL)), "patient": {"age": None, "conditions": None}}
    assert read_json(knowledge, json.dumps(tables)).patient.conditions is None


def test_every_problem_of_every_part_is_told_at_once(knowledge):
    text = """
format = "baclo.case/2"
now = 2026-11-22T09:00:00
zone = "Europe/Zurik"
region = "CH"
colour = "red"
[question]
ask = "cure"
seed = true
[patient]
age = true
wieght = "70 kg"
sex = "f"
[[patient.creatinine]]
value = "80 mg/dL"
[[regimen]]
doses = [{ clock = "8", amount = 10 }]
[[dose]]
status = "eaten"
[[observation]]
kind = "mood"
"""
    found = {problem.path: problem for problem in problems(knowledge, text)}
    assert set(found) == {
        "format",
        "now",
        "zone",
        "region",
        "colour",
        "question.ask",
        "question.seed",
        "patient.age",
        "patient.wieght",
        "patient.sex",
        "patient.creatinine[0].at",
        "patient.creatinine[0].value",
        "regimen[0].since",
        "regimen[0].doses[0].clock",
        "regimen[0].doses[0].amount",
        "dose[0].status",
        "dose[0].at",
        "dose[0].amount",
        "observation[0].kind",
        "observation[0].at",
        "observation[0].value",
    }
    assert found["patient.wieght"].allowed == 'did you mean "weight" or "height"?'
    assert found["patient.age"].value == "true"


def test_a_problem_in_one_regimen_hides_no_overlap_of_the_others(knowledge):
    text = f"""{SMALL}
[[regimen]]
since = 2026-10-01
doses = [{{ clock = "08:00", amount = "10 mg" }}]
[[regimen]]
since = 2026-10-05
doses = []
[[regimen]]
since = 2026-11-01
doses = [{{ clock = "08:00", amount = "10 mg" }}]
[[dose]]
at = 2026-11-20T08:00:00Z
amount = "5 mg"
status = "missed"
scheduled = 2026-11-20T08:00:00Z
"""
    assert [problem.path for problem in problems(knowledge, text)] == [
        "regimen[1].doses",
        "regimen[1].since",
        "regimen[2].since",
    ]
