"""Every due date is one counted by hand; what is late says by how long; what does not apply is not there."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.care.agenda import Occasion
from baclo.care.monitor import monitoring_agenda
from baclo.care.monitor.schedule import due_checks
from baclo.case.patient import Alcohol, Condition, Dialysis, DialysisKind, Medicine, Sex
from baclo.report.shown import sentence

NRS = "spasticity nrs"


def dues(knowledge, picture, case, until, *ids, steps=()):
    """What is due: the check, its first day, its last day, and the day by which it should have been done."""
    return [
        (due.check.id, f"{due.day}", f"{due.until}", None if due.was is None else f"{due.was}")
        for due in due_checks(knowledge, case, picture(case), until, steps)
        if not ids or due.check.id in ids
    ]


def one_day(check, *days):
    return [(check, day, day, None) for day in days]


@pytest.fixture
def ask(knowledge, picture, of):
    def asked(case, *ids, until="2027-11-23", steps=()):
        return dues(knowledge, picture, case, of.at(until, "00:00"), *ids, steps=steps)

    return asked


@pytest.fixture
def stable(scored, of, build):
    """On one dose since 1 September, scored on 20 November, creatinine of 10 November; now 23 November 2026."""

    def made(*rows, **more):
        more.setdefault("regimens", (of.taken(15, "2026-09-01"),))
        more.setdefault("creatinine", (build.creatinine(0.8, of.at("2026-11-10")),))
        return scored(of.score("2026-11-20", NRS, 5), *rows, **more)

    return made


def test_creatinine_of_a_healthy_kidney_is_measured_a_year_later(ask, stable):
    assert ask(stable(), "creatinine") == one_day("creatinine", "2027-11-10")


@pytest.mark.parametrize(
    "more",
    [
        {"conditions": (Condition(name="chronic kidney disease", since=None),)},
        {"conditions": None},
        {"medicines": (Medicine(name="ibuprofen", dose=None, since=None),)},
        {"medicines": None},
        {"low_muscle_mass": True},
        {"low_muscle_mass": None},
        {"age_y": None},
        {"age_y": float("nan")},
    ],
    ids=str,
)
def test_creatinine_is_measured_every_three_months_where_the_kidney_is_at_risk_or_not_known(ask, stable, more):
    case = stable(**more)
    found = [row for row in ask(case, "creatinine") if row[3] is None]
    assert found == one_day("creatinine", "2027-02-10", "2027-05-10", "2027-08-10", "2027-11-10")


@pytest.mark.parametrize(("mg_dl", "days"), [(1.4, 1), (1.5, 4)])
def test_the_kidney_is_reduced_below_an_egfr_of_60(ask, stable, build, of, mg_dl, days):
    # CKD-EPI 2021 of a man of 40: 1.4 mg/dL is 65, 1.55 would be 58; 1.5 is 60 rounded, 59.9 by the formula.
    case = stable(creatinine=(build.creatinine(mg_dl, of.at("2026-11-10")),))
    assert len(ask(case, "creatinine")) == days


def test_a_late_creatinine_is_due_today_and_says_since_when(ask, stable, build, of):
    case = stable(creatinine=(build.creatinine(0.8, of.at("2025-11-01")),))
    # A year after 1 November 2025, then a year after today.
    assert ask(case, "creatinine", until="2027-11-24") == [
        ("creatinine", "2026-11-23", "2026-11-23", "2026-11-01"),
        ("creatinine", "2027-11-23", "2027-11-23", None),
    ]


def test_the_day_on_which_creatinine_is_due_is_not_late(ask, stable, build, of):
    case = stable(creatinine=(build.creatinine(0.8, of.at("2025-11-23")),))
    assert ask(case, "creatinine", until="2027-11-23") == one_day("creatinine", "2026-11-23")


def test_where_no_creatinine_is_known_one_is_due_at_once(ask, stable):
    assert ask(stable(creatinine=()), "creatinine", until="2026-12-23") == [
        # Not known means at risk: from two weeks after the start to four, 29 September, which has passed.
        ("creatinine", "2026-11-23", "2026-11-23", "2026-09-29")
    ]


def test_nobody_measures_the_creatinine_of_dialysis(ask, stable):
    on = Dialysis(kind=DialysisKind.HAEMODIALYSIS, sessions=())
    assert ask(stable(dialysis=on), "creatinine") == []
    assert ask(stable(dialysis=None), "creatinine") != []


@pytest.mark.parametrize(
    ("since", "day", "was"),
    [("2026-11-20", "2026-11-27", None), ("2026-11-12", "2026-11-23", "2026-11-19"), ("2026-11-09", None, None)],
)
def test_after_a_medicine_that_can_hurt_the_kidneys_creatinine_is_due_in_a_week(ask, stable, of, since, day, was):
    case = stable(medicines=(Medicine(name="ibuprofen", dose=None, since=of.at(since)),))
    found = ask(case, "creatinine", until="2026-12-01")
    assert found == ([] if day is None else [("creatinine", day, day, was)])


@pytest.mark.parametrize(("age", "due"), [(64.0, False), (65.0, True)])
def test_from_65_creatinine_is_looked_at_in_the_first_weeks(ask, scored, of, build, age, due):
    case = scored(
        regimens=(of.taken(15, "2026-11-20"),), age_y=age, creatinine=(build.creatinine(0.8, of.at("2026-11-10")),)
    )
    # 20 November and two weeks, four weeks.
    expected = [("creatinine", "2026-12-04", "2026-12-18", None)] if due else []
    assert ask(case, "creatinine", until="2027-01-01") == expected


@pytest.mark.parametrize(
    ("check", "condition", "kind"),
    [("liver", "liver disease", "liver tests"), ("glucose", "diabetes", "blood glucose")],
)
def test_liver_and_glucose_are_checked_twice_a_year_only_where_there_is_a_reason(
    ask, stable, of, check, condition, kind
):
    ill = (Condition(name=condition, since=None),)
    assert ask(stable(), check) == []
    assert ask(stable(conditions=ill), check) == one_day(check, "2026-11-23", "2027-05-23")
    seen = of.score("2026-10-15", kind, 0)
    assert ask(stable(seen, conditions=ill), check) == one_day(check, "2027-04-15", "2027-10-15")
    old = of.score("2026-05-01", kind, 1)
    assert ask(stable(old, conditions=ill), check)[0] == (check, "2026-11-23", "2026-11-23", "2026-11-01")
    assert ask(stable(conditions=None), check) == one_day(check, "2026-11-23", "2027-05-23")


def test_regular_visits_are_windows_of_three_to_six_months_from_the_last_scores(ask, stable):
    # 20 November and three, six months; from there again; the second window opens on 20 August 2027.
    assert ask(stable(), "regular") == [
        ("regular", "2027-02-20", "2027-05-20", None),
        ("regular", "2027-08-20", "2027-11-20", None),
    ]


def test_a_visit_that_was_not_made_is_late(ask, scored, of):
    # Scored on 1 April: a visit from 1 July to 1 October; then from today.
    case = scored(of.score("2026-04-01", NRS, 5), regimens=(of.taken(15, "2026-01-01"),))
    assert ask(case, "regular", until="2027-03-01") == [
        ("regular", "2026-11-23", "2026-11-23", "2026-10-01"),
        ("regular", "2027-02-23", "2027-05-23", None),
    ]


def test_without_scores_visits_count_from_the_first_weeks_on_the_dose(ask, scored, of):
    # 1 November and four weeks is 29 November; three to six months later.
    case = scored(regimens=(of.taken(15, "2026-11-01"),))
    assert ask(case, "regular", until="2027-06-01") == [("regular", "2027-02-28", "2027-05-29", None)]


def test_a_visit_that_may_be_made_now_is_due_from_today(ask, scored, of):
    case = scored(of.score("2026-07-01", NRS, 5), regimens=(of.taken(15, "2026-01-01"),))
    assert ask(case, "regular", until="2027-01-01") == [("regular", "2026-11-23", "2027-01-01", None)]


def test_scores_fall_due_two_to_four_weeks_after_a_change(ask, scored, of):
    case = scored(
        of.score("2026-11-18", NRS, 5), regimens=(of.taken(15, "2026-09-01", "2026-11-20"), of.taken(30, "2026-11-20"))
    )
    assert ask(case, "early", until="2027-01-01") == [("early", "2026-12-04", "2026-12-18", None)]


def test_the_trial_of_benefit_ends_six_weeks_after_the_last_change(ask, scored, of):
    late = (of.taken(15, "2026-09-01", "2026-10-19"), of.taken(30, "2026-10-19"))
    assert ask(scored(of.score("2026-11-18", NRS, 5), regimens=late), "review") == one_day("review", "2026-11-30")
    over = (of.taken(15, "2026-09-01", "2026-10-05"), of.taken(30, "2026-10-05"))
    assert ask(scored(of.score("2026-11-15", NRS, 5), regimens=over), "review") == [
        ("review", "2026-11-23", "2026-11-23", "2026-11-16")
    ]
    assert ask(scored(of.score("2026-11-16", NRS, 5), regimens=over), "review") == []


def test_need_drink_and_pregnancy_are_talked_about_on_each_anniversary_and_never_late(ask, stable, of):
    case = stable(baclofen_since=of.at("2024-03-05"), alcohol=Alcohol.SOME, sex=Sex.FEMALE, pregnancy_planned=None)
    for check in ("need", "alcohol", "pregnancy"):
        assert ask(case, check, until="2028-03-06") == one_day(check, "2027-03-05", "2028-03-05")


@pytest.mark.parametrize(
    ("check", "more"),
    [
        ("alcohol", {"alcohol": Alcohol.NONE}),
        ("pregnancy", {"sex": Sex.MALE}),
        ("pregnancy", {"sex": Sex.FEMALE, "age_y": 56.0}),
        ("pregnancy", {"sex": Sex.FEMALE, "age_y": 10.0}),
        ("apnoea", {}),
        ("driving", {"drives": False}),
    ],
)
def test_what_does_not_apply_is_not_there(ask, stable, check, more):
    assert ask(stable(**more), check) == []


@pytest.mark.parametrize(
    ("check", "more"),
    [
        ("alcohol", {"alcohol": None}),
        ("pregnancy", {"sex": None}),
        ("pregnancy", {"sex": Sex.FEMALE, "age_y": None}),
        ("pregnancy", {"sex": Sex.FEMALE, "age_y": 55.9}),
        ("pregnancy", {"sex": Sex.FEMALE, "age_y": float("nan")}),
        ("apnoea", {"symptoms": None}),
        ("apnoea", {"conditions": (Condition(name="sleep apnoea", since=None),)}),
    ],
)
def test_what_may_apply_is_there(ask, stable, check, more):
    assert ask(stable(**more), check) != []


@pytest.mark.parametrize(("mg", "asked"), [(39.5, False), (40.0, True)])
def test_apnoea_is_asked_about_from_the_lowest_published_dose(ask, stable, of, mg, asked):
    assert bool(ask(stable(regimens=(of.taken(mg, "2026-09-01"),)), "apnoea")) is asked


@pytest.mark.parametrize(("since", "asked"), [("2026-11-09", True), ("2026-11-08", False), (None, False)])
def test_driving_is_talked_about_for_two_weeks_after_a_sedative_was_added(ask, stable, of, since, asked):
    added = Medicine(name="diazepam", dose=None, since=None if since is None else of.at(since))
    found = ask(stable(medicines=(added,), drives=True), "driving")
    assert found == (one_day("driving", "2026-11-23") if asked else [])


def test_before_the_start_everything_that_applies_is_done_today(ask, scored):
    case = scored(drives=None, alcohol=None, sex=Sex.FEMALE, creatinine=())
    assert [row[0] for row in ask(case)] == [
        *("before", "baseline", "creatinine", "pressure", "driving", "alcohol", "pregnancy"),
    ]
    assert {row[1] for row in ask(case)} == {"2026-11-23"}


@pytest.mark.parametrize(("day", "again"), [("2026-08-25", False), ("2026-08-24", True)])
def test_before_the_start_a_creatinine_of_the_last_90_days_is_enough(ask, scored, build, of, day, again):
    # 90 days after 25 August is 23 November.
    case = scored(creatinine=(build.creatinine(0.8, of.at(day)),))
    assert bool(ask(case, "creatinine")) is again


@pytest.fixture
def rising(of):
    """A plan that begins on 24 November and rises every week to 45 mg."""
    return tuple(of.taken(mg, day) for mg, day in ((15, "2026-11-24"), (30, "2026-12-01"), (45, "2026-12-08")))


def test_each_step_of_a_plan_has_its_look_and_the_last_its_trial(ask, scored, rising):
    case = scored(drives=True)
    assert ask(case, "step", steps=rising) == one_day("step", "2026-12-01", "2026-12-08")
    assert ask(case, "driving", steps=rising) == one_day("driving", "2026-11-23", "2026-12-01", "2026-12-08")
    # 8 December and six weeks; 24 November and 8 December, each with two to four weeks.
    assert ask(case, "review", steps=rising) == one_day("review", "2027-01-19")
    assert ask(case, "early", steps=rising) == [
        ("early", "2026-12-08", "2026-12-22", None),
        ("early", "2026-12-22", "2027-01-05", None),
    ]
    # 8 December and four weeks is 5 January: a visit three to six months later, then from its end.
    assert ask(case, "regular", steps=rising) == [
        ("regular", "2027-04-05", "2027-07-05", None),
        ("regular", "2027-10-05", "2028-01-05", None),
    ]


def test_pressure_is_taken_at_each_step_where_a_medicine_lowers_it(ask, scored, rising):
    amlodipine = (Medicine(name="amlodipine", dose=None, since=None),)
    assert ask(scored(medicines=amlodipine), "pressure_step", steps=rising) == one_day(
        "pressure_step", "2026-12-01", "2026-12-08"
    )
    assert ask(scored(), "pressure_step", steps=rising) == []


def test_a_taper_is_watched_for_withdrawal_and_nothing_follows_its_end(knowledge, picture, ask, stable, of):
    steps = (of.taken(10, "2026-12-01"), of.taken(5, "2026-12-08"), of.taken(0, "2026-12-15"))
    case = stable(conditions=(Condition(name="diabetes", since=None),))
    assert ask(case, steps=steps) == [
        ("glucose", "2026-11-23", "2026-11-23", None),
        ("pressure", "2026-11-23", "2026-11-23", "2026-09-29"),
        *one_day("step", "2026-12-01", "2026-12-08", "2026-12-15"),
    ]
    entries = monitoring_agenda(knowledge, case, picture(case), case.now, of.at("2027-11-23"), steps)
    assert all("itching" in sentence(entry.detail, case.zone) for entry in entries if entry.occasion is Occasion.VISIT)


def test_nothing_is_planned_after_a_regimen_that_ends(ask, stable, of):
    ends = (of.taken(15, "2026-09-01", "2027-03-01"),)
    found = ask(stable(regimens=ends))
    assert found
    assert max(row[1] for row in found) < "2027-03-01"


def test_the_agenda_holds_the_days_asked_for_in_order(knowledge, picture, stable, of):
    case = stable(creatinine=())
    entries = monitoring_agenda(knowledge, case, picture(case), case.now, of.at("2027-03-01"))
    assert all(one.since <= other.since for one, other in pairwise(entries))
    assert all(entry.whole_day and entry.since.hour == 0 for entry in entries)
    later = monitoring_agenda(knowledge, case, picture(case), of.at("2026-12-01"), of.at("2027-03-01"))
    assert later == tuple(entry for entry in entries if entry.since >= of.at("2026-12-01", "00:00"))


def test_an_entry_says_what_is_late_not_known_or_proposed(knowledge, picture, stable, of):
    case = stable(creatinine=(), conditions=None)
    entries = monitoring_agenda(knowledge, case, picture(case), case.now, of.at("2026-12-01"))
    said = {sentence(entry.title, case.zone): sentence(entry.detail, case.zone) for entry in entries}
    assert "It was due by Tue 29 Sep 2026, 55 days ago." in said["Overdue: Creatinine"]
    assert "patient.creatinine" in said["Overdue: Creatinine"]
    assert "Asked for because this is not known: patient.conditions." in said["Liver tests"]
    assert "No earlier one is known." in said["Liver tests"]
    assert "No text names when: 6 months is proposed." in said["Liver tests"]
    (liver,) = [entry for entry in entries if sentence(entry.title, case.zone) == "Liver tests"]
    assert {"fact:monitor.liver_glucose", "case:patient.conditions", "source:ca_label"} >= set(liver.basis) - {
        "source:us_tablet_label"
    }


def test_a_window_ends_after_its_last_whole_day(knowledge, picture, stable, of):
    case = stable()
    entries = monitoring_agenda(knowledge, case, picture(case), case.now, of.at("2027-03-01"))
    (visit,) = [entry for entry in entries if sentence(entry.title, case.zone) == "Regular visit"]
    assert (visit.since, visit.until) == (of.at("2027-02-20", "00:00"), of.at("2027-05-21", "00:00"))


@given(st.integers(-400, 400))
def test_every_due_day_moves_with_the_case_by_whole_days_where_no_month_is_counted(
    knowledge, picture, scored, of, shift
):
    """The trial, the weeks after a change and the recheck are in whole days."""
    moved = timedelta(days=shift)

    def made(by):
        case = scored(regimens=(of.taken(15, "2026-11-01", "2026-11-20"), of.taken(30, "2026-11-20")), medicines=())
        regimens = tuple(
            replace(one, since=one.since + by, until=None if one.until is None else one.until + by)
            for one in case.timeline.regimens
        )
        return replace(case, now=case.now + by, timeline=replace(case.timeline, regimens=regimens))

    def of_days(by):
        case = made(by)
        found = due_checks(knowledge, case, picture(case), case.now + timedelta(days=60))
        return [(due.check.id, due.day - by, due.until - by) for due in found if due.check.id in ("early", "review")]

    assert of_days(moved) == of_days(timedelta(0))


def test_cystatin_c_a_clearance_or_a_reported_egfr_is_a_look_at_the_kidney_too(ask, stable, build, of):
    old = (build.creatinine(0.8, of.at("2025-01-01")),)
    case = stable(creatinine=old, cystatin_c=(build.cystatin(0.8, of.at("2026-11-10")),))
    assert ask(case, "creatinine") == one_day("creatinine", "2027-11-10")


def test_of_visits_that_are_late_only_the_largest_is_asked_for(ask, scored, of):
    case = scored(regimens=(of.taken(15, "2026-01-01"),))
    assert [row[0] for row in ask(case, "early", "review", "regular", until="2026-12-01")] == ["review"]


def test_use_without_a_told_dose_is_treatment_that_began(ask, scored, of):
    case = scored(baclofen_since=of.at("2026-01-05"), creatinine=())
    found = ask(case, until="2027-02-01")
    assert ("need", "2027-01-05", "2027-01-05", None) in found
    # 5 January and six weeks; 5 January and four weeks.
    assert ("review", "2026-11-23", "2026-11-23", "2026-02-16") in found
    assert ("creatinine", "2026-11-23", "2026-11-23", "2026-02-02") in found
    assert not {"before", "baseline"} & {row[0] for row in found}
