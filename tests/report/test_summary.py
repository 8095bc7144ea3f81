"""What a report says first, and what it lists as needed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from baclo.care.finding import Severity, Status
from baclo.case.case import Ask
from baclo.knowledge.words import Text
from baclo.report import shown, summary
from baclo.report.catalogue import model_rows, models_text
from baclo.report.doses import calendar, planned, taken
from baclo.report.validation import tally, validation_rows, validation_text


def headline(outcome):
    return shown.sentence(summary.headline(outcome), outcome.case.zone)


def calm(outcome):
    """The same without anything critical."""
    return replace(outcome, findings=tuple(one for one in outcome.findings if one.severity is not Severity.CRITICAL))


def asked(outcome, ask):
    return replace(outcome, plan=None, case=replace(outcome.case, question=replace(outcome.case.question, ask=ask)))


def test_a_plan_is_told_by_its_first_and_last_step(outcome):
    assert headline(calm(outcome)) == (
        "Titration plan: first 10 mg/day from Tue 24 Nov 2026, last 35 mg/day from Sun 6 Dec 2026."
    )


def test_a_plan_of_one_step_is_told_by_it(outcome):
    one = replace(outcome, plan=replace(outcome.plan, steps=outcome.plan.steps[:1]))
    assert headline(calm(one)) == "Titration plan: 10 mg/day from Tue 24 Nov 2026."


def test_a_plan_of_no_step_changes_nothing(outcome):
    none = replace(outcome, plan=replace(outcome.plan, steps=()))
    assert headline(calm(none)) == "Titration plan: no change of dose."


def test_the_gravest_finding_is_told_before_the_plan_and_before_its_refusal(outcome, refused):
    gravest = "eGFR 42.1 mL/min per 1.73 m² is below 30 mL/min per 1.73 m². "
    assert headline(outcome).startswith(f"{gravest}Titration plan: ")
    assert headline(refused) == f"{gravest}Titration plan refused. The dose would pass 80 mg/day."


def test_an_answer_that_is_to_act_now_comes_before_every_finding_and_ends_the_command_with_it(advised):
    assert headline(advised).endswith("1.73 m². Take the next dose at Mon 23 Nov 2026 14:00.")
    urgent = replace(advised, advice=replace(advised.advice, critical=True))
    assert headline(urgent).startswith("Take the next dose at Mon 23 Nov 2026 14:00. eGFR 42.1")
    assert summary.critical(calm(urgent))
    assert not summary.critical(calm(advised))


def test_a_plan_beside_an_answer_is_told_after_it(chosen):
    assert headline(calm(chosen)).startswith("Take the next dose at Mon 23 Nov 2026 14:00. Titration plan: first")


def test_a_critical_finding_that_only_the_plan_brings_is_told_first_too(outcome):
    brought = replace(outcome.findings[0], id="brought")
    told = headline(replace(calm(outcome), plan=replace(outcome.plan, findings=(brought,))))
    assert told.startswith("eGFR 42.1 mL/min per 1.73 m² is below 30 mL/min per 1.73 m². Titration plan: first")


def test_a_refusal_for_the_gravest_finding_does_not_tell_it_twice(outcome, refused):
    title = outcome.findings[0].title
    for rest, told in (((), "refused."), ((". Ask first.",), "refused. Ask first.")):
        refusal = replace(refused.plan.refusals[0], reason=Text((*title.pieces, *rest)))
        said = headline(replace(refused, plan=replace(refused.plan, refusals=(refusal,))))
        assert said == f"eGFR 42.1 mL/min per 1.73 m² is below 30 mL/min per 1.73 m². Titration plan {told}"
        planned = replace(outcome.findings[0], title=Text(("Planned: ", *title.pieces)))
        said = headline(replace(refused, findings=(planned,), plan=replace(refused.plan, refusals=(refusal,))))
        assert said == f"Planned: eGFR 42.1 mL/min per 1.73 m² is below 30 mL/min per 1.73 m². Titration plan {told}"


def test_refusals_come_by_rule_the_gravest_first_then_those_of_the_planner(refused):
    (planners,) = refused.plan.refusals
    warning, critical, elsewhere = (
        replace(planners, basis=(f"rule:{name}", "source:wolf_2018"))
        for name in ("kidney.reduce", "kidney.avoid", "told.nowhere")
    )
    plan = replace(refused.plan, refusals=(planners, elsewhere, warning, critical))
    assert summary.refusals(replace(refused, plan=plan)) == (critical, warning, elsewhere, planners)
    assert headline(replace(refused, plan=plan)).endswith(shown.sentence(critical.reason, UTC))


def test_without_a_plan_the_gravest_finding_is_told_then_how_many(outcome):
    told = headline(asked(outcome, Ask.CHECK))
    assert told.startswith("eGFR 42.1 mL/min per 1.73 m² is below 30 mL/min per 1.73 m². Checked: 1 critical, ")


def test_without_a_critical_finding_only_the_counts_are_told(outcome):
    mild = tuple(one for one in outcome.findings if one.severity is not Severity.CRITICAL)
    told = headline(replace(asked(outcome, Ask.SIMULATE), findings=mild))
    assert told == "Simulated: 0 critical, 1 to be warned of, 1 not known."


def test_findings_come_by_status_then_by_severity_those_of_the_plan_among_them(outcome):
    found = [(one.status, one.severity) for one in summary.ordered(outcome)]
    assert found == [
        (Status.PRESENT, Severity.CRITICAL),
        (Status.PRESENT, Severity.WARNING),
        (Status.PRESENT, Severity.WARNING),
        (Status.PRESENT, Severity.INFO),
        (Status.UNKNOWN, Severity.WARNING),
        (Status.ABSENT, Severity.CRITICAL),
    ]


def test_only_a_critical_finding_that_holds_is_an_alarm(outcome):
    assert summary.critical(outcome)
    assert not summary.critical(replace(outcome, findings=outcome.findings[1:]))


def test_each_needed_path_is_named_once_with_what_asks_for_it(outcome, refused):
    need = next(one for one in summary.needs(outcome) if one.path == "patient.cystatin_c")
    assert len(need.asked_by) == 1
    paths = [one.path for one in summary.needs(refused)]
    assert len(paths) == len(set(paths))


def test_the_calendar_covers_every_day_once_and_an_open_end_for_a_week(outcome):
    weeks = calendar(outcome.plan, outcome.case.zone)
    days = [one.day for week in weeks for one in week.days if one is not None]
    assert (days[0], days[-1]) == (date(2026, 11, 24), date(2026, 12, 12))
    assert days == [days[0] + timedelta(days=number) for number in range(19)]
    assert all(week.monday.weekday() == 0 and len(week.days) == 7 for week in weeks)


def test_a_plan_without_steps_has_no_calendar(refused):
    assert calendar(refused.plan, refused.case.zone) == ()


def test_the_doses_of_a_plan_fall_on_their_clock_times(outcome):
    moments = planned(outcome.plan, outcome.case.zone, datetime(2026, 12, 8, tzinfo=UTC))
    local = [at.astimezone(outcome.case.zone) for at in moments]
    assert (local[0].hour, local[0].day) == (8, 24)
    assert len(moments) == 5 * 2 + 7 * 3 + 2 * 3


def test_the_doses_taken_are_those_of_the_timeline(outcome):
    since = outcome.course.origin
    assert len(taken(outcome.case, since, since + timedelta(days=2))) == 4


def test_every_model_is_listed_with_its_publication_and_range(knowledge):
    rows = model_rows(knowledge)
    assert [row["id"] for row in rows] == sorted(knowledge.folder("models"))
    assert all(row["publication"] and row["population"] for row in rows)
    assert "adult_default" in models_text(rows)


def test_the_validation_is_told_row_by_row_and_only_predictions_are_counted(knowledge):
    rows = validation_rows(knowledge)
    told = validation_text(rows)
    assert all(row["id"] in told for row in rows)
    predicted = [row for row in rows if row["kind"] == "predicted"]
    reproduced = sum(row["verdict"] == "reproduced" for row in predicted)
    judged = sum(row["verdict"] != "not_applicable" for row in predicted)
    assert f"Predicted: {judged} judged, {reproduced} reproduced, " in told.splitlines()[-1]


def test_the_tally_names_what_was_missed_and_what_could_not_be_judged():
    verdicts = ["reproduced", "known_wrong", "missed", "not_applicable", "known_wrong"]
    assert tally(verdicts) == ("Predicted: 4 judged, 1 reproduced, 2 known wrong, 1 missed; 1 could not be judged.")
    assert tally([]) == "Predicted: 0 judged, 0 reproduced, 0 known wrong; 0 could not be judged."


def test_a_course_of_nothing_has_no_figure(knowledge, outcome):
    from baclo.report.page import html

    flat = replace(outcome.course, plasma_ng_per_ml=np.zeros_like(outcome.course.plasma_ng_per_ml))
    assert "What is given now" not in html(knowledge, replace(outcome, course=flat))
