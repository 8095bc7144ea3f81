"""The answer in words: the headline, each line with its status, what is missing, and the packaged examples."""

import pytest

import baclo
from baclo.care.agenda import Occasion
from baclo.care.finding import Finding, Severity, Status
from baclo.care.monitor import monitor
from baclo.care.plan import Kind, Plan
from baclo.care.settle import Step
from baclo.case.goal import Goal, GoalKind
from baclo.knowledge.words import Text
from baclo.report.shown import sentence

NRS, MAS, LEG = "spasticity nrs", "modified ashworth", "left hip adductors"
BEFORE, NOW = "2026-08-30", "2026-11-20"
GOAL = Goal(name="sleep", kind=GoalKind.PAIN, importance=2, difficulty=1, baseline=-1, attained=0)


@pytest.fixture
def told(knowledge, scored, of, picture, build):
    """The advice of a case, and its texts as people read them."""

    def made(*rows, plan=None, findings=(), **more):
        more.setdefault("regimens", (of.taken(15, "2026-09-01"),))
        more.setdefault("creatinine", (build.creatinine(0.8, of.at("2026-11-10")),))
        case = scored(*(of.score(*row) for row in rows), **more)
        advice = monitor(knowledge, case, picture(case), plan, findings)
        said = {
            point.id: (point, sentence(point.title, case.zone), sentence(point.detail, case.zone))
            for point in advice.points
        }
        return advice, sentence(advice.headline, case.zone), said

    return made


@pytest.mark.parametrize(
    ("rows", "more", "headline"),
    [
        (
            [(BEFORE, NRS, 7), (NOW, NRS, 4)],
            {},
            "Benefit by Numeric rating of spasticity; 1 check is overdue or never done: Blood pressure; "
            "no goal is written.",
        ),
        (
            [(BEFORE, NRS, 7), (NOW, NRS, 4), (BEFORE, MAS, 3, LEG), (NOW, MAS, 3, LEG)],
            {"goals": (GOAL,)},
            "Benefit by Numeric rating of spasticity and goal attainment, not by Modified Ashworth Scale, lower limb; "
            "1 check is overdue or never done: Blood pressure.",
        ),
        (
            [(BEFORE, NRS, 7), (NOW, NRS, 7)],
            {},
            "No benefit over the whole trial: raise the dose if that is allowed, else withdraw by a taper, "
            "never at once; "
            "1 check is overdue or never done: Blood pressure; no goal is written.",
        ),
        (
            [(NOW, NRS, 7)],
            {"creatinine": ()},
            "Whether it works cannot be told yet; 2 checks are overdue or never done: "
            "Creatinine, Blood pressure; no goal is written.",
        ),
        (
            [],
            {"regimens": ()},
            "Nothing is taken yet: first scores and checks come before the first dose; no goal is written.",
        ),
    ],
)
def test_the_headline_says_whether_it_works_what_is_late_and_that_there_is_no_goal(told, rows, more, headline):
    assert told(*rows, **more)[1] == headline


def test_no_benefit_before_the_trial_is_over_is_only_said_so_far(told, of):
    regimens = (of.taken(15, "2026-09-01", "2026-11-01"), of.taken(30, "2026-11-01"))
    advice, headline, said = told((BEFORE, NRS, 7), (NOW, NRS, 7), regimens=regimens)
    assert headline.startswith("No benefit yet;")
    point, title, detail = said["benefit"]
    assert title == "Trial of benefit: not a responder, to be decided on Sun 13 Dec 2026"
    assert "Score before that day" in detail
    assert point.severity is Severity.INFO
    assert all(entry.occasion is not Occasion.ACTION for entry in advice.agenda)


def test_a_failed_trial_at_the_highest_dose_asks_for_a_taper_today(told, of):
    advice, headline, said = told((BEFORE, NRS, 7), (NOW, NRS, 7), regimens=(of.taken(80, "2026-09-01"),))
    assert headline.startswith("No benefit over the whole trial: withdraw by a taper, never at once")
    first = advice.agenda[0]
    assert (first.occasion, first.since) == (Occasion.ACTION, of.at("2026-11-23", "00:00"))
    assert "Withdraw by a taper, never at once; look first for doses missed" in said["benefit"][2]
    assert "not known to this case" not in said["benefit"][2]
    assert (said["benefit"][0].status, said["benefit"][0].severity) == (Status.ABSENT, Severity.WARNING)


def test_a_failed_trial_below_it_asks_a_person_first(told):
    _, _, said = told((BEFORE, NRS, 7), (NOW, NRS, 7))
    assert "Whether a higher dose would be tolerated is not known to this case" in said["benefit"][2]
    assert "Raise the dose if that is allowed" in said["benefit"][2]


def test_a_trial_that_is_over_without_a_verdict_asks_for_scores(told):
    point, title, detail = told((NOW, NRS, 7))[2]["benefit"]
    assert (point.status, point.severity, point.needs) == (
        Status.UNKNOWN,
        Severity.WARNING,
        ("observation", "patient.goals"),
    )
    assert title == "Trial of benefit: cannot tell, over since Tue 13 Oct 2026"
    assert "Score again now" in detail


def test_before_treatment_the_trial_waits_for_its_dose(told):
    point, title, detail = told(regimens=())[2]["benefit"]
    assert (point.needs, title) == (("regimen",), "Trial of benefit: cannot tell")
    assert detail == "It lasts 6 weeks and begins when the highest tolerated dose is reached."


def test_a_grade_is_told_by_its_word_with_what_it_means(told):
    point, title, detail = told((BEFORE, MAS, 2, LEG), (NOW, MAS, 1.5, LEG))[2]["scale.modified_ashworth.lower"]
    assert title == "Modified Ashworth Scale, lower limb: 2 before, 1+ now, responder"
    assert "left hip adductors, Fri 20 Nov 2026: 1+ (slight increase: a catch, then a little resistance" in detail
    assert "Fall 0.5, against Sun 30 Aug 2026, before the start (25% of it). Enough is a fall of 0.45" in detail
    assert "the stricter limit of 0.73 is not reached" in detail
    assert "115 people after stroke" in detail
    assert (point.status, point.severity, point.needs) == (Status.PRESENT, Severity.INFO, ())
    assert {"fact:responder.mas.lower", "source:chen_2019", "case:observation"} <= set(point.basis)


def test_a_share_of_nothing_is_never_reached(told):
    point, title, detail = told((BEFORE, NRS, 0), (NOW, NRS, 0))[2]["scale.nrs"]
    assert point.status is Status.UNKNOWN
    assert title.startswith("Numeric rating of spasticity: 0 before, 0 now, cannot tell")
    assert "Fall 0, against Sun 30 Aug 2026" in detail
    assert "the stricter limit of 30% is not reached" in detail


def test_a_scale_that_got_worse_says_so(told):
    _, title, detail = told((BEFORE, NRS, 5), (NOW, NRS, 7))[2]["scale.nrs"]
    assert title == "Numeric rating of spasticity: 5 before, 7 now, not a responder, worse than before"
    assert "Fall -2, against" in detail
    spasms = "penn spasm frequency"
    _, title, _ = told((BEFORE, spasms, 2), (NOW, spasms, 4))[2]["scale.penn_frequency"]
    assert title == (
        "Penn spasm frequency: 2 before, 4 now, cannot tell: no published minimal difference, worse than before"
    )


def test_several_muscle_groups_are_a_mean_and_an_angle_has_its_degrees(told):
    rows = [
        (BEFORE, MAS, 3, LEG),
        (BEFORE, MAS, 2, "left toe flexors"),
        (NOW, MAS, 2, LEG),
        (NOW, MAS, 2, "left toe flexors"),
    ]
    _, title, detail = told(*rows)[2]["scale.modified_ashworth.lower"]
    assert title == "Modified Ashworth Scale, lower limb: 2.5 before, 2 now, responder"
    assert ", mean of 2 muscle groups. " in detail
    angles = [(BEFORE, "tardieu r1", 40), (BEFORE, "tardieu r2", 70), (NOW, "tardieu r1", 50), (NOW, "tardieu r2", 70)]
    _, title, _ = told(*angles)[2]["scale.tardieu"]
    assert title == "Tardieu, R2 minus R1: 30° before, 20° now, cannot tell: no published minimal difference"


def test_from_nothing_no_share_is_told(told):
    _, title, detail = told((BEFORE, NRS, 0), (NOW, NRS, 0))[2]["scale.nrs"]
    assert title.endswith("0 before, 0 now, cannot tell: the first value leaves nothing to fall")
    assert "% of it)" not in detail


@pytest.mark.parametrize(
    ("rows", "more", "title", "needs"),
    [
        ([(NOW, NRS, 7)], {}, "7, cannot tell: there is no value from before the start", ("observation",)),
        ([(BEFORE, NRS, 7)], {}, "7, cannot tell: there is no value since the present dose began", ("observation",)),
        ([(NOW, NRS, 7)], {"regimens": ()}, "7, cannot tell: nothing is taken", ("regimen",)),
    ],
)
def test_what_would_settle_a_verdict_is_asked_for(told, rows, more, title, needs):
    point, said, _ = told(*rows, **more)[2]["scale.nrs"]
    assert title in said
    assert point.needs == needs


def test_where_nothing_was_ever_scored_that_is_a_line(told):
    point, title, _ = told()[2]["scores"]
    assert (point.status, title) == (Status.UNKNOWN, "No score is known: whether treatment works cannot be told")


def test_a_late_check_says_by_how_long_and_one_never_done_says_that(told, build, of):
    old = (build.creatinine(0.8, of.at("2025-11-13")),)
    point, title, _ = told(creatinine=old)[2]["due.creatinine"]
    assert (point.status, title) == (
        Status.ABSENT,
        "Creatinine: overdue by 10 days, since Fri 13 Nov 2026",
    )
    assert "fact:monitor.creatinine.usual" in point.basis
    point, title, _ = told(conditions=None)[2]["due.liver"]
    assert (point.status, title, point.needs) == (
        Status.UNKNOWN,
        "Liver tests: none is known, due now",
        ("patient.conditions",),
    )


def test_goals_are_lines_with_what_they_lack(told):
    plain = Goal(name="walk", kind=None, importance=None, difficulty=None, baseline=None, attained=None)
    failed = Goal(name="wash", kind=GoalKind.PASSIVE_FUNCTION, importance=1, difficulty=1, baseline=-1, attained=-1)
    _, _, said = told(goals=(GOAL, plain, failed))
    assert said["goal.0"][1] == 'Goal: "sleep" (pain): met as expected, or better'
    assert said["goal.0"][2] == "Specific enough to be scaled."
    point, title, detail = said["goal.1"]
    assert (title, point.status) == ('Goal: "walk"', Status.UNKNOWN)
    assert detail == (
        "To be scaled it still needs: its area, importance to the person, difficulty to the team, "
        "the score before treatment."
    )
    assert point.needs == tuple(f"patient.goals[1].{key}" for key in ("kind", "importance", "difficulty", "baseline"))
    assert said["goal.2"][1] == 'Goal: "wash" (passive function): not met'
    assert [said[f"goal.{place}"][0].status for place in (0, 2)] == [Status.PRESENT, Status.ABSENT]


def test_a_goal_that_was_not_scored_since_is_neither_met_nor_not(told):
    waiting = Goal(name="wash", kind=GoalKind.PAIN, importance=1, difficulty=1, baseline=-1, attained=None)
    point, title, _ = told(goals=(waiting,))[2]["goal.0"]
    assert (point.status, title) == (Status.UNKNOWN, 'Goal: "wash" (pain)')
    assert point.needs == ("patient.goals[0].attained",)


@pytest.mark.parametrize(
    ("goals", "title"),
    [
        # Weights 2 and 2: before (-2 - 2) 10 / (2 sqrt(2.6)) = -12.4; now 0.
        ([(2, 1, -1, 0), (2, 1, -1, 0)], "Goal attainment, T 37.6 before, 50 now, change 12.4: responder"),
        ([(2, 1, -1, None)], "Goal attainment, T 40 before; some goals are scaled only in part: cannot tell"),
        (
            [(2, 1, -1, 0), (2, 1, None, 1)],
            "Goal attainment, T 40 before, 50 now; some goals are scaled only in part: cannot tell",
        ),
        ([(0, 1, -1, 0)], "Goal attainment, T cannot be computed: no goal has both a weight and a score: cannot tell"),
        (
            [(2, 1, None, 1)],
            "Goal attainment, T cannot be computed: no goal has both a weight and a score; "
            "some goals are scaled only in part: cannot tell",
        ),
    ],
)
def test_goal_attainment_is_told_before_and_now(told, goals, title):
    rows = tuple(Goal(name="a", kind=None, importance=i, difficulty=d, baseline=b, attained=a) for i, d, b, a in goals)
    assert told(goals=rows)[2]["goal_attainment"][1] == title


def test_without_goals_that_is_a_warning(told):
    point, title, _ = told()[2]["goals"]
    assert (point.severity, point.status, title[:20]) == (Severity.WARNING, Status.ABSENT, "No goal is written: ")


def finding(severity, status):
    nothing = Text(("nothing",))
    return Finding(
        id="a",
        severity=severity,
        status=status,
        title=nothing,
        detail=nothing,
        action=nothing,
        needs=(),
        basis=(),
        refuses=(),
        topic="t",
    )


@pytest.mark.parametrize(
    ("severity", "status", "critical"),
    [
        (Severity.CRITICAL, Status.PRESENT, True),
        (Severity.CRITICAL, Status.UNKNOWN, False),
        (Severity.WARNING, Status.PRESENT, False),
    ],
)
def test_somebody_must_act_now_where_a_critical_finding_holds(told, severity, status, critical):
    assert told(findings=(finding(severity, status),))[0].critical is critical


def test_the_steps_of_a_plan_are_in_the_schedule(told, of):
    step = Step(
        since=of.at("2026-12-01", "00:00"),
        until=None,
        doses=(),
        total_ug_per_day=30_000.0,
        why=Text(("up",)),
        limited_by=(),
        monitor=(),
    )
    plan = Plan(kind=Kind.TITRATE, steps=(step,), refusals=(), course=None, findings=(), notes=())
    days = [f"{entry.since.date()}" for entry in told(plan=plan)[0].agenda if "changing" in entry.title.pieces[0]]
    assert days == ["2026-12-01"]


def test_three_months_in_the_example_responds_and_its_creatinine_is_late():
    answer = baclo.monitor(baclo.load("example:monitor-three-months"))
    advice, zone = answer.outcome.advice, answer.outcome.case.zone
    said = [sentence(point.title, zone) for point in advice.points]
    # Creatinine of 15 June, three months: 15 September; 23 November is 69 days later.
    assert "Creatinine: overdue by 69 days, since Tue 15 Sep 2026" in said
    # (3 + 2) / 2 and (2 + 1.5) / 2; 2 of 7 is 28.6 %; T as worked by hand in test_attainment.
    assert "Modified Ashworth Scale, lower limb: 2.5 before, 1.75 now, responder" in said
    assert "Numeric rating of spasticity: 7 before, 5 now, responder" in said
    assert "Goal attainment, T 32.4 before, 44.7 now, change 12.2: not a responder" in said


def test_seven_weeks_at_the_highest_dose_without_benefit_ask_for_a_taper():
    answer = baclo.monitor(baclo.load("example:monitor-no-benefit"))
    advice, zone = answer.outcome.advice, answer.outcome.case.zone
    assert sentence(advice.headline, zone).startswith("No benefit over the whole trial: withdraw by a taper, never")
    assert advice.agenda[0].occasion is Occasion.ACTION


def test_use_without_a_told_dose_is_not_called_nothing(told, of):
    _, headline, said = told((BEFORE, NRS, 7), (NOW, NRS, 3), regimens=(), baclofen_since=of.at("2026-09-01"))
    assert headline.startswith("What is taken is not told: whether it works cannot be judged;")
    assert "cannot tell" in said["scale.nrs"][1]
