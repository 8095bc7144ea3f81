"""One thing wrong in a case file gives exactly one problem: its path, what is wrong, the value, what is allowed."""

import json

import pytest

from baclo.case.codec import read_json, read_toml
from baclo.errors import InputProblems

TOP = """
format = "baclo.case/1"
now = 2026-11-22T09:00:00+01:00
zone = "Europe/Zurich"
region = "EU"
"""
CASE = f'{TOP}[question]\nask = "check"\n'
STOCK = "[[stock]]\nproduct = 'eu.tablet_10mg'\nunits = 30\nat = 2026-11-20T08:00:00Z\n"
OVERRIDE = '[[override]]\nfinding = "kidney.beers"\nreason = "seen daily"\nby = "Dr A"\n'
MOTHER = ("sex = 'female'", "pregnant = true")
REGIMEN = """[[regimen]]
since = 2026-10-01
doses = [{ clock = "08:00", amount = "10 mg" }]
"""
DOSE = '[[dose]]\nat = 2026-11-20T08:00:00Z\namount = "10 mg"\n'
LATE = f"{REGIMEN}{DOSE}status = 'given'\nscheduled = 2026-11-20T08:00:00+01:00\n"
MOMENT = "a date, a time and the offset from UTC, like 2026-11-22T08:00:00+01:00"
SCORE = 'one of 0, 1, "1+", 2, 3, 4; the grade between the second and the third is written with its plus'


def patient(*lines):
    return CASE + "[patient]\n" + "\n".join(lines) + "\n"


def seen(kind, value):
    return f"{CASE}[[observation]]\nat = 2026-11-20T08:00:00Z\nkind = {kind}\nvalue = {value}\n"


def drawn(key, *rows):
    """One key of the patient as a list of (day of November, value)."""
    return CASE + "".join(
        f'[[patient.{key}]]\nat = 2026-11-{day}T08:00:00Z\nvalue = "{value}"\n' for day, value in rows
    )


TABLE = [
    # the file, path, message, value, allowed
    (
        f'colour = "red"\n{CASE}',
        "colour",
        "unknown key",
        None,
        "format, title, now, zone, region, model, products, baclofen_since, "
        "question, patient, regimen, dose, observation, ahead, stock, override",
    ),
    (f"pateint = 1\n{CASE}", "pateint", "unknown key", None, 'did you mean "patient"?'),
    (CASE.replace("case/1", "case/9"), "format", "is not one of the words allowed", '"baclo.case/9"', "'baclo.case/1'"),
    (
        CASE.replace('region = "EU"', 'region = "us"'),
        "region",
        "is not one of the words allowed",
        '"us"',
        "'US', 'UK' or 'EU'",
    ),
    (CASE.replace("+01:00", ""), "now", "does not say its offset from UTC", "2026-11-22T09:00:00", MOMENT),
    (f"title = 3\n{CASE}", "title", "is no text", "3", "a text in quotes"),
    (
        CASE.replace("now = ", "# "),
        "now",
        "is missing",
        None,
        "The moment that the question is asked at, like 2026-11-22T08:00:00+01:00",
    ),
    (
        CASE.replace("region = ", "# "),
        "region",
        "is missing",
        None,
        "Whose labels and practice speak first: 'US', 'UK' or 'EU'",
    ),
    (CASE.replace("format = ", "# "), "format", "is missing", None, "The version of this format: 'baclo.case/1'"),
    (f"title = ''\n{CASE}", "title", "is empty", '""', "a text"),
    (f"title = ' '\n{CASE}", "title", "is blank", '" "', "a text"),
    (f"title = '{'x' * 2001}'\n{CASE}", "title", "is too long", f'"{"x" * 76}...', "at most 2000 characters"),
    (f"model = 'adult_defalt'\n{CASE}", "model", "unknown model", '"adult_defalt"', 'did you mean "adult_default"?'),
    (f"products = 'eu.tablet_10mg'\n{CASE}", "products", "is no list", '"eu.tablet_10mg"', "a list in square brackets"),
    (f"products = ['eu.tablet_10']\n{CASE}", "products[0]", "unknown product", '"eu.tablet_10"', None),
    (f"products = [10]\n{CASE}", "products[0]", "is no product", "10", "a product in quotes"),
    (f"baclofen_since = 2026-11-23\n{CASE}", "baclofen_since", "is after now", "2026-11-23", "now or earlier"),
    (
        TOP,
        "question",
        "is missing",
        None,
        "ask, goal, since, horizon, urgency, seed, say, speed, method, clocks, therapy, last_taken, gap_reason",
    ),
    (f"question = 'check'\n{TOP}", "question", "is not a table", '"check"', "a table of keys"),
    (CASE.replace("check", "cure"), "question.ask", "is not one of the words allowed", '"cure"', None),
    (f"{CASE}seed = true\n", "question.seed", "is no whole number", "true", "a whole number, without quotes"),
    (f"{CASE}seed = -1\n", "question.seed", "is too small", "-1", "at least 0"),
    (f"{CASE}seed = {2**60}\n", "question.seed", "is too large", str(2**60), f"at most {2**53}"),
    (f"{CASE}goal = '-1 mg/d'\n", "question.goal", "cannot be meant", '"-1 mg/d"', "0 to 1000 mg/d"),
    (f"{CASE}goal = '60 mg'\n", "question.goal", '"mg" is no unit for this', '"60 mg"', None),
    (f"{CASE}horizon = '2 a'\n", "question.horizon", '"a" is no unit for this', '"2 a"', None),
    (f"{CASE}since = '2026-11-31'\n", "question.since", "is no date", '"2026-11-31"', "a date, like 2026-11-22"),
    (f"patient = []\n{CASE}", "patient", "is not a table", "a list", "a table of keys"),
    (patient("frail = 'no'"), "patient.frail", "is neither true nor false", '"no"', "true or false, without quotes"),
    (patient("frail = 1"), "patient.frail", "is neither true nor false", "1", "true or false, without quotes"),
    (patient("age = true"), "patient.age", "is not a number with its unit, in quotes", "true", None),
    (
        patient("age = 54"),
        "patient.age",
        "is not a number with its unit, in quotes",
        "54",
        'a number and one of a, mo, wk, d, like "54 a"',
    ),
    (
        patient("weight = nan"),
        "patient.weight",
        "is not a number with its unit, in quotes",
        "nan",
        'a number and one of kg, lb, like "70 kg"',
    ),
    (patient("weight = '7000 kg'"), "patient.weight", "cannot be meant", '"7000 kg"', "0.2 to 650 kg"),
    (
        patient("weight = '170 kg'", "height = '60 cm'"),
        "patient.height",
        "does not go with patient.weight",
        '"170 kg" at "60 cm"',
        "a body mass index of 5 to 200 kg/m2",
    ),
    (patient("sex = 'male'", "pregnant = true"), "patient.pregnant", "contradicts patient.sex", "true", "false"),
    (
        patient("weight = '180 kg'", "age = '8 a'"),
        "patient.weight",
        "does not go with patient.age",
        '"180 kg" at "8 a"',
        "6 to 150 kg at this age",
    ),
    (
        patient("weight = '3 kg'", "age = '54 a'"),
        "patient.weight",
        "does not go with patient.age",
        '"3 kg" at "54 a"',
        "5 to 650 kg at this age",
    ),
    (
        patient("weight = '13 kg'", "age = '2 wk'"),
        "patient.weight",
        "does not go with patient.age",
        '"13 kg" at "2 wk"',
        "0.2 to 12 kg at this age",
    ),
    (
        patient("height = '1.7 m'", "age = '4 a'"),
        "patient.height",
        "does not go with patient.age",
        '"1.7 m" at "4 a"',
        "50 to 155 cm at this age",
    ),
    (
        patient("sex = 'male'", "breastfeeding = true"),
        "patient.breastfeeding",
        "contradicts patient.sex",
        "true",
        "false",
    ),
    (
        patient("sex = 'male'", "pregnancy_planned = true"),
        "patient.pregnancy_planned",
        "contradicts patient.sex",
        "true",
        "false",
    ),
    (
        patient("pregnant = true", "age = '85 a'"),
        "patient.pregnant",
        "does not go with patient.age",
        'true at "85 a"',
        "an age of 5 to 75 a",
    ),
    (
        patient("sex = 'male'", "conditions = ['epilepsy', 'ovarian cysts']"),
        "patient.conditions[1]",
        "contradicts patient.sex",
        '"ovarian cyst"',
        'sex = "female"',
    ),
    (
        patient("breastfeeding = false", "conditions = ['lactation']"),
        "patient.conditions[0]",
        "contradicts patient.breastfeeding",
        '"breastfeeding"',
        "breastfeeding = true",
    ),
    (
        patient("due = 2027-03-01"),
        "patient.due",
        "is set, but nobody says pregnant",
        "2027-03-01",
        "pregnant = true",
    ),
    (
        patient("pregnant = false", "due = 2027-03-01"),
        "patient.due",
        "is set, but pregnant is false",
        "2027-03-01",
        "pregnant = true",
    ),
    (
        patient(*MOTHER, "due = 2027-08-30"),
        "patient.due",
        "cannot be the day of birth of a pregnancy that is now",
        "2027-08-30",
        "2026-10-25 to 2027-08-29",
    ),
    (
        patient(*MOTHER, "due = 2026-10-24"),
        "patient.due",
        "cannot be the day of birth of a pregnancy that is now",
        "2026-10-24",
        "2026-10-25 to 2027-08-29",
    ),
    (
        patient("infant = { born = 2016-05-01 }"),
        "patient.infant.born",
        "is too long ago for an infant",
        "2016-05-01",
        "2021-11-22 or later",
    ),
    (patient("infant = { born = 2026-11-23 }"), "patient.infant.born", "is after now", "2026-11-23", "now or earlier"),
    (patient("infant = {}"), "patient.infant.born", "is missing", None, "When it was born, like 2026-11-22"),
    (
        patient("alcohol = 'often'"),
        "patient.alcohol",
        "is not one of the words allowed",
        '"often"',
        "'none', 'some' or 'daily'",
    ),
    (
        patient("supply = 'internet'"),
        "patient.supply",
        "is not one of the words allowed",
        '"internet"',
        "'prescribed' or 'without prescription'",
    ),
    (
        patient("surgery = 2026-11-21"),
        "patient.surgery",
        "is before the day of now",
        "2026-11-21",
        "2026-11-22 or later",
    ),
    (patient("surgery = 'soon'"), "patient.surgery", "is no moment", '"soon"', f'"none", "planned" or {MOMENT}'),
    (patient("surgery = []"), "patient.surgery", "is no moment", "a list", f'"none", "planned" or {MOMENT}'),
    (
        patient("symptoms = ['sleepines']"),
        "patient.symptoms[0].name",
        "unknown symptom",
        '"sleepines"',
        'did you mean "sleepiness" or "sleepier" or "sleepless"?',
    ),
    (
        patient("symptoms = ['falls', 'falling']"),
        "patient.symptoms[1]",
        "is the same as patient.symptoms[0]",
        None,
        "each once",
    ),
    (
        patient("symptoms = [{ name = 'falls', since = 2026-12-01 }]"),
        "patient.symptoms[0].since",
        "is after now",
        "2026-12-01",
        "now or earlier",
    ),
    (
        patient("age = '3 a'", "medicines = [{ name = 'valproate', since = 2020-01-01 }]", "conditions = ['ms']"),
        "patient.medicines[0].since",
        "is before birth by patient.age",
        "2020-01-01",
        "2022-11-22 or later",
    ),
    (
        f"baclofen_since = 2020-01-01\n{patient('age = 3')}".replace("= 3", "= '3 a'"),
        "baclofen_since",
        "is before birth by patient.age",
        "2020-01-01",
        "2022-11-22 or later",
    ),
    (
        patient("age = '3 wk'") + REGIMEN.replace("2026", "2024"),
        "regimen[0].since",
        "is before birth by patient.age",
        "2024-10-01",
        "2025-11-01 or later",
    ),
    (
        patient("conditions = ['multiple sclerosys']"),
        "patient.conditions[0].name",
        "unknown condition",
        '"multiple sclerosys"',
        'did you mean "multiple sclerosis"?',
    ),
    (
        patient("conditions = [{ name = 'ms', sinse = 2020-01-01 }]"),
        "patient.conditions[0].sinse",
        "unknown key",
        None,
        'did you mean "since"?',
    ),
    (
        patient("conditions = ['ms', 'multiple sclerosis']"),
        "patient.conditions[1]",
        "is the same as patient.conditions[0]",
        None,
        "each once",
    ),
    (patient("conditions = [3]"), "patient.conditions[0]", "is not a table", "3", "a table of keys"),
    (
        patient("medicines = ['Ibuprofen', { name = 'ibuprofen' }]"),
        "patient.medicines[1]",
        "is the same as patient.medicines[0]",
        None,
        "each once",
    ),
    (
        patient("origin = 'head'"),
        "patient.origin",
        "is not one of the words allowed",
        '"head"',
        "'spinal' or 'cerebral'",
    ),
    (
        drawn("creatinine", (23, "1 mg/dL")),
        "patient.creatinine[0].at",
        "is after now",
        "2026-11-23T08:00:00+00:00",
        "now or earlier",
    ),
    (
        drawn("creatinine", (20, "80 mg/dL")),
        "patient.creatinine[0].value",
        "cannot be meant",
        '"80 mg/dL"',
        "0.05 to 40 mg/dL",
    ),
    (
        drawn("creatinine", (20, "1 mg/dL"), (20, "2 mg/dL")),
        "patient.creatinine[1]",
        "is of the same moment as patient.creatinine[0]",
        None,
        "each once",
    ),
    (drawn("egfr", (20, "60 mL/min/1.73m2")), "patient.egfr[0].equation", "is missing", None, None),
    (
        patient("dialysis = { kind = 'none', sessions = [{ since = 2026-11-20T08:00:00Z }] }"),
        "patient.dialysis.sessions",
        "only some kinds have sessions",
        'kind = "none"',
        "haemodialysis or cvvh",
    ),
    (
        patient(
            "dialysis = { kind = 'cvvh', sessions = [{ since = 2026-11-20T08:00:00Z, until = 2026-11-20T07:00:00Z }] }"
        ),
        "patient.dialysis.sessions[0].until",
        "is not after since",
        "2026-11-20T08:00:00+01:00",
        "after 2026-11-20T09:00:00+01:00",
    ),
    (f"regimen = 3\n{CASE}", "regimen", "is no list", "3", "a list of tables, each under [[regimen]]"),
    (
        f"{CASE}[[regimen]]\nsince = 2026-10-01\ndoses = []\n",
        "regimen[0].doses",
        "is too short",
        "a list",
        "at least 1",
    ),
    (
        f"{CASE}{REGIMEN}until = 2026-09-01\n",
        "regimen[0].until",
        "is not after since",
        "2026-09-01",
        "after 2026-10-01",
    ),
    (
        f"{CASE}{REGIMEN}{REGIMEN.replace('10-01', '11-01')}",
        "regimen[1].since",
        "overlaps regimen[0], which is open",
        "2026-11-01",
        "end regimen[0] at this moment or earlier, or begin later",
    ),
    (
        CASE + REGIMEN.replace("[{", '[{ clock = "08:00", amount = "5 mg" }, {'),
        "regimen[0].doses[1]",
        "is at the same clock time as regimen[0].doses[0]",
        None,
        "each once",
    ),
    (
        CASE + REGIMEN.replace('"10 mg"', '"10 mL"'),
        "regimen[0].doses[0].amount",
        '"mL" is no unit for this',
        '"10 mL"',
        'a number and one of mg, ug, g, like "10 mg"',
    ),
    (
        CASE + REGIMEN.replace('"10 mg"', "10"),
        "regimen[0].doses[0].amount",
        "is not a number with its unit, in quotes",
        "10",
        'a number and one of mg, ug, g, like "10 mg"',
    ),
    (
        CASE + REGIMEN.replace('"10 mg"', '"10 g"'),
        "regimen[0].doses[0].amount",
        "cannot be meant",
        '"10 g"',
        "5e-05 to 4 g",
    ),
    (
        CASE + REGIMEN.replace('"10 mg"', '"10 ug"'),
        "regimen[0].doses[0].amount",
        "cannot be meant",
        '"10 ug"',
        "50 to 4e+06 ug",
    ),
    (
        CASE + REGIMEN.replace('"10 mg" }', '"600 mg" }, { clock = "20:00", amount = "600.5 mg" }'),
        "regimen[0].doses",
        "the doses of a day together cannot be meant",
        "1200.5 mg/d",
        "0.15 to 1000 mg/d",
    ),
    (
        CASE + REGIMEN.replace('"10 mg"', '"60 ug"'),
        "regimen[0].doses",
        "the doses of a day together cannot be meant",
        "0.06 mg/d",
        "0.15 to 1000 mg/d",
    ),
    (
        CASE + REGIMEN.replace("since", "modified_release = 'slow'\nsince"),
        "regimen[0].modified_release",
        "is neither true nor false",
        '"slow"',
        "true or false, without quotes",
    ),
    (
        f"{CASE}goal = '60 ug/d'\n",
        "question.goal",
        "cannot be meant",
        '"60 ug/d"',
        "0 mg/d, or 0.15 to 1000 mg/d",
    ),
    (
        CASE + OVERRIDE.replace("kidney.beers", "kidney.beers."),
        "override[0].finding",
        "unknown finding",
        '"kidney.beers."',
        None,
    ),
    (CASE + OVERRIDE.replace("seen daily", " "), "override[0].reason", "is blank", '" "', "a text"),
    (CASE + OVERRIDE.replace("by = ", "# by = "), "override[0].by", "is missing", None, "Who answers for it"),
    (
        f'{CASE}clocks = ["08:00", "22:00", "08:00"]\n',
        "question.clocks[2]",
        "is the same clock time as question.clocks[0]",
        None,
        "each once",
    ),
    (f'{CASE}therapy = ["8"]\n', "question.therapy[0]", "is no clock time", '"8"', 'hours and minutes, like "08:00"'),
    (
        f"{CASE}last_taken = 2026-11-23T08:00:00Z\n",
        "question.last_taken",
        "is after now",
        "2026-11-23T08:00:00+00:00",
        "now or earlier",
    ),
    (f"{CASE}gap_reason = 'lost'\n", "question.gap_reason", "is not one of the words allowed", '"lost"', None),
    (
        patient('goals = ["walk", {name = " Walk "}]'),
        "patient.goals[1]",
        "is the same goal as patient.goals[0]",
        None,
        "each once",
    ),
    (patient('goals = [{name = "walk", attained = 3}]'), "patient.goals[0].attained", "is too large", "3", None),
    (patient('goals = [{name = "walk", importance = 4}]'), "patient.goals[0].importance", "is too large", "4", None),
    (CASE + STOCK + STOCK, "stock[1]", "is of the same product as stock[0]", None, "each once"),
    (CASE + STOCK.replace("30", "-1"), "stock[0].units", "is too small", "-1", None),
    (CASE + STOCK.replace("30", "nan"), "stock[0].units", "is no finite number", "nan", "a number, without quotes"),
    (CASE + STOCK.replace("30", "'30'"), "stock[0].units", "is no number", '"30"', "a number, without quotes"),
    (
        f"{CASE}[[ahead]]\nkind = 'wedding'\nsince = 2026-12-01\n",
        "ahead[0].kind",
        "is not one of the words allowed",
        '"wedding"',
        None,
    ),
    (f"{CASE}[[ahead]]\nkind = 'journey'\n", "ahead[0].since", "is missing", None, None),
    (CASE + OVERRIDE + OVERRIDE, "override[1]", "is of the same finding as override[0]", None, "each once"),
    (f"{CASE}{DOSE}", "dose[0].status", "is missing", None, None),
    (
        f"{CASE}{DOSE}status = 'vomited'\n",
        "dose[0].vomited_at",
        "is missing from a vomited dose",
        None,
        "when it was vomited",
    ),
    (
        f"{CASE}{DOSE}status = 'given'\nvomited_at = 2026-11-20T09:00:00Z\n",
        "dose[0].vomited_at",
        "is set, but status is given",
        "2026-11-20T09:00:00Z",
        'status = "vomited"',
    ),
    (
        f"{CASE}{DOSE}status = 'vomited'\nvomited_at = 2026-11-20T07:00:00Z\n",
        "dose[0].vomited_at",
        "is before the dose",
        "2026-11-20T07:00:00Z",
        "2026-11-20T08:00:00Z or later",
    ),
    (
        f"{CASE}{DOSE}status = 'given'\nover = '1 h'\n",
        "dose[0].over",
        "is set, but the dose is swallowed",
        '"1 h"',
        'route = "intravenous"',
    ),
    (
        f"{CASE}{DOSE}status = 'given'\n{DOSE}status = 'given'\n",
        "dose[1]",
        "is the same record as dose[0]",
        None,
        "each once",
    ),
    (
        CASE + LATE.replace("08:00:00+01:00", "08:30:00+01:00"),
        "dose[0].scheduled",
        "no regimen has a dose then",
        "2026-11-20T07:30:00Z",
        "the moment of a regimen's dose by the local clock, once",
    ),
    (
        CASE + LATE.replace("since = 2026-10-01", "since = 2026-11-21"),
        "dose[0].scheduled",
        "no regimen has a dose then",
        "2026-11-20T07:00:00Z",
        "the moment of a regimen's dose by the local clock, once",
    ),
    (
        CASE + LATE.replace("since = 2026-10-01", "since = 2026-10-01\nuntil = 2026-11-20"),
        "dose[0].scheduled",
        "no regimen has a dose then",
        "2026-11-20T07:00:00Z",
        "the moment of a regimen's dose by the local clock, once",
    ),
    (
        CASE + LATE + LATE.removeprefix(REGIMEN).replace("08:00:00Z", "10:00:00Z"),
        "dose[1].scheduled",
        "another record stands for that dose",
        "2026-11-20T07:00:00Z",
        "the moment of a regimen's dose by the local clock, once",
    ),
    (
        f"{CASE}{DOSE}status = 'given'\n".replace("11-20T08", "11-22T08:30:00Z #"),
        "dose[0].at",
        "is after now",
        "2026-11-22T08:30:00+00:00",
        "now or earlier",
    ),
    (
        f"{CASE}since = 2026-11-21\n",
        "question.since",
        "is before the day of now",
        "2026-11-21",
        "2026-11-22 or later",
    ),
    (
        f"{CASE}{DOSE}status = 'missed'\n",
        "dose[0].scheduled",
        "is missing from a missed dose",
        None,
        "the moment of the dose missed",
    ),
    (
        f"{CASE}{REGIMEN}{DOSE.replace('08:00:00Z', '07:00:00Z')}status = 'given'\n",
        "dose[0].scheduled",
        "is missing, and a regimen has a dose at this very moment",
        "2026-11-20T07:00:00Z",
        "this moment, if it is that dose; if it is one more, put it a minute later",
    ),
    (seen("'mas'", "5"), "observation[0].value", "is no grade of this scale", "5", SCORE),
    (seen("'mas'", "true"), "observation[0].value", "is no grade of this scale", "true", SCORE),
    (seen("'mas'", "'2'"), "observation[0].value", "is no grade of this scale", '"2"', SCORE),
    (seen("'mas'", "nan"), "observation[0].value", "is no grade of this scale", "nan", SCORE),
    (seen("'baclofen plasma'", "250"), "observation[0].value", "is not a number with its unit, in quotes", "250", None),
    (
        seen("'plasma'", "'250 kg'"),
        "observation[0].value",
        '"kg" is no unit for this',
        '"250 kg"',
        'a number and one of ng/mL, ug/L, ug/mL, mg/L, like "250 ng/mL"',
    ),
    (seen("'mood'", "2"), "observation[0].kind", "unknown kind of observation", '"mood"', None),
    (
        seen("'mas'", "2") + seen("'modified ashworth'", "3").removeprefix(CASE),
        "observation[1]",
        "is of the same kind and moment as observation[0]",
        None,
        "each once",
    ),
]


@pytest.mark.parametrize(("text", "path", "message", "value", "allowed"), TABLE)
def test_one_thing_wrong_is_one_problem(knowledge, text, path, message, value, allowed):
    with pytest.raises(InputProblems) as refused:
        read_toml(knowledge, text)
    (problem,) = refused.value.problems
    assert (problem.path, problem.message, problem.value) == (path, message, value)
    if allowed is not None:
        assert problem.allowed == allowed


def test_the_case_without_any_of_these_is_read(knowledge):
    for text in (
        CASE,
        f"{CASE}since = 2026-11-22\n",
        CASE + REGIMEN,
        f"{CASE}{REGIMEN}{DOSE}status = 'given'\n",
        CASE + LATE,
        seen("'mas'", "1.5"),
        CASE + OVERRIDE,
        patient(*MOTHER, "due = 2027-08-29", "breastfeeding = true", "infant = { born = 2021-11-22 }"),
        patient(*MOTHER, "due = 2026-10-25", "conditions = ['lactation', 'ovarian cyst']"),
        patient("infant = { born = 2026-11-01 }", "sex = 'male'"),
        patient("surgery = 2026-11-22", "age = '54 a'", "medicines = [{ name = 'morphine', since = 1990-01-01 }]"),
        patient("weight = '150 kg'", "age = '8 a'"),
        patient("age = '3 a'", "medicines = [{ name = 'valproate', since = 2023-01-01 }]"),
    ):
        read_toml(knowledge, text)


def test_an_unknown_finding_is_answered_with_those_that_look_like_it(knowledge):
    with pytest.raises(InputProblems) as refused:
        read_toml(knowledge, CASE + OVERRIDE.replace("kidney.beers", "kidney.bears"))
    assert '"kidney.beers"' in refused.value.problems[0].allowed


def test_a_now_that_cannot_be_read_hides_no_contradiction_of_the_person(knowledge):
    text = patient("sex = 'male'", "pregnant = true", "due = 2040-01-01", "surgery = 2020-01-01", "age = '3 a'")
    with pytest.raises(InputProblems) as refused:
        read_toml(knowledge, text.replace("+01:00", ""))
    assert [(problem.path, problem.message) for problem in refused.value.problems] == [
        ("now", "does not say its offset from UTC"),
        ("patient.pregnant", "contradicts patient.sex"),
        ("patient.pregnant", "does not go with patient.age"),
    ]


def test_a_key_that_nobody_knows_hides_no_contradiction_beside_it(knowledge):
    text = patient("sex = 'male'", "pregnant = true", "foo = 3", "conditions = [{ name = 'ms', sinse = 2020-01-01 }]")
    with pytest.raises(InputProblems) as caught:
        read_toml(knowledge, text)
    assert sorted((problem.path, problem.message) for problem in caught.value.problems) == [
        ("patient.conditions[0].sinse", "unknown key"),
        ("patient.foo", "unknown key"),
        ("patient.pregnant", "contradicts patient.sex"),
    ]


AGED = "age = '3 a'"
SESSION = "since = 2026-11-{}T08:00:00Z, until = {}"
BESIDE = [
    # what cannot be read and what contradicts itself beside it, every path that is told
    (CASE + "since = 2026-11-01\nseed = -1\n", {"question.seed", "question.since"}),
    (CASE.replace("check", "chekc") + "since = 2026-11-01\n", {"question.ask", "question.since"}),
    (
        f"title = 7\nmodel = 'none such'\nbaclofen_since = 1990-01-01\n{patient(AGED)}",
        {"title", "model", "baclofen_since"},
    ),
    (
        patient(AGED).replace('region = "EU"', "region = 'Mars'\nbaclofen_since = 1990-01-01"),
        {"region", "baclofen_since"},
    ),
    (patient("sex = 'male'", "pregnant = true", "alcohol = 'much'"), {"patient.alcohol", "patient.pregnant"}),
    (
        patient("sex = 'male'", "breastfeeding = true", "conditions = ['no such thing']"),
        {"patient.conditions[0].name", "patient.breastfeeding"},
    ),
    (
        patient("goals = [{ name = 'walk', importance = 4, attained = 3 }, 'sleep', 'Walk']", "foo = 1"),
        {"patient.foo", "patient.goals[0].importance", "patient.goals[0].attained", "patient.goals[2]"},
    ),
    (
        patient("goals = [{ name = 'walk', importance = 4 }, { kind = 'pain' }]", "sex = 'male'", "pregnant = true"),
        {"patient.goals[0].importance", "patient.goals[1].name", "patient.pregnant"},
    ),
    (
        f"{CASE}{DOSE}status = 'given'\nvomited_at = 2026-11-20T09:00:00Z\nover = '2 parsecs'\n",
        {"dose[0].over", "dose[0].vomited_at"},
    ),
    # a record without its moment, without its status, and without its amount
    (
        f"{CASE}{DOSE.replace('2026-11-20T08:00:00Z', '3')}status = 'given'\nvomited_at = 2026-11-20T09:00:00Z\n",
        {"dose[0].at", "dose[0].vomited_at"},
    ),
    (
        f"{CASE}{DOSE}status = 'gone'\nvomited_at = 2026-11-20T07:00:00Z\nover = '2 h'\n",
        {"dose[0].status", "dose[0].vomited_at", "dose[0].over"},
    ),
    (
        f"{CASE}{DOSE.replace('10 mg', '10 mL')}status = 'vomited'\nvomited_at = 2026-11-20T07:00:00Z\n",
        {"dose[0].amount", "dose[0].vomited_at"},
    ),
    (f"{CASE}{STOCK.replace('30', '-1')}{STOCK}", {"stock[0].units", "stock[1]"}),
    (f"{CASE}{OVERRIDE.replace('Dr A', ' ')}{OVERRIDE}", {"override[0].by", "override[1]"}),
]
ALONE = [
    # a key that cannot be read is not told as missing, nor as what its absence would mean
    (patient("sex = 'female'", "pregnant = 'yes'", "due = 2027-03-01"), "patient.pregnant"),
    (f"{CASE}{DOSE}status = 'vomited'\nvomited_at = 'soon'\n", "dose[0].vomited_at"),
    (f"{CASE}{REGIMEN}{DOSE}status = 'missed'\nscheduled = 'then'\n", "dose[0].scheduled"),
    (f"{CASE}{DOSE}status = 'given'\nover = '2 h'\nroute = 'vein'\n", "dose[0].route"),
    (
        f"{CASE}{DOSE}status = 'given'\n{DOSE}status = 'given'\nproduct = 'none such'\n",
        "dose[1].product",
    ),
    (
        patient("medicines = [{ name = 'morphine' }, { name = 'morphine', dose = 10 }]"),
        "patient.medicines[1].dose",
    ),
    (
        patient(
            "[patient.dialysis]",
            "kind = 'haemodialysis'",
            f"sessions = [{{ {SESSION.format('18', '3')} }}, {{ {SESSION.format('20', '2026-11-20T12:00:00Z')} }}]",
        ),
        "patient.dialysis.sessions[0].until",
    ),
    (
        seen("'tardieu r2'", "'30 deg'") + "site = 'no muscle'\n" + seen("'tardieu r1'", "'40 deg'").removeprefix(CASE),
        "observation[0].site",
    ),
    (
        f"{CASE}{REGIMEN}until = 'never'\n{REGIMEN.replace('2026-10-01', '2026-11-01')}",
        "regimen[0].until",
    ),
]


@pytest.mark.parametrize(("text", "paths"), BESIDE)
def test_a_key_that_cannot_be_read_hides_no_contradiction_beside_it(knowledge, text, paths):
    with pytest.raises(InputProblems) as refused:
        read_toml(knowledge, text)
    assert sorted(problem.path for problem in refused.value.problems) == sorted(paths)


@pytest.mark.parametrize(("text", "path"), ALONE)
def test_a_key_that_cannot_be_read_is_one_problem_and_never_counts_as_absent(knowledge, text, path):
    with pytest.raises(InputProblems) as refused:
        read_toml(knowledge, text)
    assert [problem.path for problem in refused.value.problems] == [path]


def test_the_same_medicine_in_two_doses_is_no_repeat(knowledge):
    text = patient("medicines = [{ name = 'morphine', dose = '10 mg' }, { name = 'morphine', dose = '60 mg slow' }]")
    assert len(read_toml(knowledge, text).patient.medicines) == 2


def test_a_stretch_within_an_earlier_one_overlaps_it_whatever_lies_between(knowledge):
    """A long stretch, a short one within it, and one after the short one but still within the long one."""
    rows = (
        "since = 2026-01-01\nuntil = 2026-10-01",
        "since = 2026-02-01\nuntil = 2026-03-01",
        "since = 2026-04-01",
        "since = 2026-11-01",
    )
    text = CASE + "".join(f'[[regimen]]\n{row}\ndoses = [{{ clock = "08:00", amount = "5 mg" }}]\n' for row in rows)
    with pytest.raises(InputProblems) as refused:
        read_toml(knowledge, text)
    assert [(problem.path, problem.message) for problem in refused.value.problems] == [
        ("regimen[1].since", "overlaps regimen[0], which ends 2026-10-01"),
        ("regimen[2].since", "overlaps regimen[0], which ends 2026-10-01"),
        ("regimen[3].since", "overlaps regimen[2], which is open"),
    ]


def test_a_part_with_one_thing_wrong_is_still_held_against_the_others(knowledge):
    """The dates of a regimen with a bad dose, the clock times beside a bad amount, the kind beside a bad grade."""
    bad = REGIMEN.replace("[{", '[{ clock = "08:00", amount = "5 mg" }, {').replace('"10 mg"', '"10 mL"')
    marks = seen("'mas'", "9") + seen("'mas'", "2").removeprefix(CASE)
    text = marks + bad + bad.replace("2026-10-01", "2026-11-01T06:00:00Z") + "[[regimen]]\nsince = 3\ndoses = [7]\n"
    with pytest.raises(InputProblems) as refused:
        read_toml(knowledge, text)
    found = {(problem.path, problem.message) for problem in refused.value.problems}
    assert {
        ("regimen[0].doses[1].amount", '"mL" is no unit for this'),
        ("regimen[1].doses[1].amount", '"mL" is no unit for this'),
        ("regimen[1].since", "overlaps regimen[0], which is open"),
        ("regimen[0].doses[1]", "is at the same clock time as regimen[0].doses[0]"),
        ("observation[0].value", "is no grade of this scale"),
        ("observation[1]", "is of the same kind and moment as observation[0]"),
    } <= found
    assert len(found) == len(refused.value.problems)
    overlap = next(problem for problem in refused.value.problems if problem.message.startswith("overlaps"))
    assert overlap.value == "2026-11-01T07:00:00+01:00"


def test_a_regimen_that_is_no_table_is_one_problem(knowledge):
    with pytest.raises(InputProblems) as refused:
        read_toml(knowledge, f"regimen = [3]\n{CASE}")
    assert [problem.path for problem in refused.value.problems] == ["regimen[0]"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = [[", "the file cannot be read: Invalid value (at end of document)"),
        ("a = 1\nb == 2\n", "the file cannot be read: Invalid value (at line 2, column 4)"),
        ("a = 1\na = 2\n", "the file cannot be read: Cannot overwrite a value (at line 2, column 6)"),
        (b"a = 1\nb = '\xff'\n", "the file is not UTF-8 text (line 2)"),
        ("a = " + "[" * 100_000, "the file is nested too deeply"),
        ("#" * 2_000_001, "the file is too long"),
    ],
)
def test_what_is_no_toml_is_one_problem_with_its_line(knowledge, text, message):
    with pytest.raises(InputProblems) as refused:
        read_toml(knowledge, text)
    (problem,) = refused.value.problems
    assert (problem.path, problem.message) == ("", message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "the file cannot be read: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        (b'{"a": "\xff"}', "the file is not UTF-8 text (line 1)"),
        ("[" * 200_000, "the file is nested too deeply"),
        ("[1]", "the file is not a table of keys"),
        ('"case"', "the file is not a table of keys"),
        ("null", "the file is not a table of keys"),
    ],
)
def test_what_is_no_json_object_is_one_problem(knowledge, text, message):
    with pytest.raises(InputProblems) as refused:
        read_json(knowledge, text)
    (problem,) = refused.value.problems
    assert (problem.path, problem.message) == ("", message)


def test_json_says_no_key_twice_and_no_number_that_is_none(knowledge):
    text = json.dumps(
        {
            "format": "baclo.case/1",
            "now": "2026-11-22T08:00:00Z",
            "zone": "UTC",
            "region": "US",
            "question": {"ask": "check"},
        }
    )
    text = text[:-1] + ', "title": NaN, "patient": {"age": "54 a", "age": "45 a", "frail": -Infinity}}'
    with pytest.raises(InputProblems) as refused:
        read_json(knowledge, text)
    assert [(problem.path, problem.message, problem.value) for problem in refused.value.problems] == [
        ("", "is no number of JSON", "NaN"),
        ("", "is no number of JSON", "-Infinity"),
        ("age", "is said twice in one object", None),
    ]


def test_a_value_too_large_for_any_number_is_refused_without_a_crash(knowledge):
    with pytest.raises(InputProblems):
        read_json(knowledge, '{"format": ' + "9" * 5000 + "}")
