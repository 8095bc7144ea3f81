"""Which day the gate asks the rules about, how often, and what of their answers stands against a change."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from baclo.care import judge as judge_module
from baclo.care.finding import Change, Finding, Severity, Status
from baclo.care.judge import Judge
from baclo.care.standing import Continuity, Standing
from baclo.care.steps import PlanDose, Step
from baclo.knowledge.words import Text

FIRST = datetime(2026, 11, 24, tzinfo=UTC)
PRESENT, UNKNOWN, ABSENT = Status.PRESENT, Status.UNKNOWN, Status.ABSENT
START, RAISE = Change.START, Change.RAISE
STEPS, HOME = Change.REDUCE, Change.REDUCE_AT_HOME


def finding(name, status, *refuses):
    return Finding(
        id=name,
        severity=Severity.WARNING,
        status=status,
        title=Text((f"{name} is so",)),
        detail=Text((f"{name} is not known",)),
        action=Text((f"act on {name}",)),
        needs=(f"patient.{name}",),
        basis=(f"rule:{name}",),
        refuses=refuses,
        topic="made up",
    )


def step(mg, *products, clock=8):
    doses = tuple(
        PlanDose(clock=time(clock), amount_ug=mg * 1000.0 / len(products), product=product, units=1.0)
        for product in products
    )
    return Step(
        since=FIRST,
        until=FIRST + timedelta(days=3),
        doses=doses,
        total_ug_per_day=mg * 1000.0,
        why=Text(()),
        limited_by=(),
        monitor=(),
    )


@pytest.fixture
def judged(knowledge, make, build, picture_of, monkeypatch):
    """A judge over made-up findings by the daily dose, and the doses, with their products, that it asked about."""
    asked = []

    def of(change, by_mg):
        def check(_knowledge, _case, _picture, regimen):
            asked.append((regimen.total_ug_per_day / 1000, regimen.product))
            return by_mg(regimen.total_ug_per_day / 1000)

        monkeypatch.setattr(judge_module, "check", check)
        taken = build.regimen(("08:00", 5.0), product="us.tablet_5mg")
        now = Standing(continuity=Continuity.GOING_ON, regimen=taken, since=taken.since, loose=False, later=())
        case = make(regimens=(taken,))
        return Judge(knowledge=knowledge, case=case, picture=picture_of(case), change=change, standing=now)

    return of, asked


def words(refusals):
    return ["".join(map(str, refusal.reason.pieces)) for refusal in refusals]


def test_the_largest_step_is_asked_about_and_without_any_what_goes_on(judged):
    of, asked = judged
    judge = of(RAISE, lambda mg: ())
    stop = step(0)
    judge.findings([step(10, "us.tablet_10mg"), step(30, "us.tablet_10mg"), step(20, "us.tablet_10mg"), stop])
    judge.findings([stop])
    judge.findings([])
    assert asked == [(30, "us.tablet_10mg"), (5, "us.tablet_5mg")]


def test_days_that_no_rule_tells_apart_are_asked_about_once(judged):
    of, asked = judged
    judge = of(RAISE, lambda mg: ())
    for products in (("us.tablet_10mg",), ("us.tablet_20mg",), ("us.tablet_20mg", "us.tablet_10mg")):
        judge.findings([step(20, *products)])
    assert asked == [(20, "us.tablet_10mg")]
    judge.findings([step(20, "us.tablet_10mg", clock=9)])
    judge.findings([step(20, "us.granules_5mg")])
    judge.findings([step(20, "us.granules_10mg")])
    assert [product for _, product in asked[1:]] == ["us.tablet_10mg", "us.granules_5mg"]
    judge.findings([step(20, "us.solution_1mg_ml")])
    judge.findings([step(20, "us.solution_2mg_ml")])
    judge.findings([step(20, "us.solution_2mg_ml")])
    assert [product for _, product in asked[3:]] == ["us.solution_1mg_ml", "us.solution_2mg_ml"]


def test_a_plan_brings_what_is_there_on_its_largest_day_and_is_not_today(judged):
    of, _ = judged

    def by_mg(mg):
        later = PRESENT if mg > 20 else UNKNOWN
        return finding("always", PRESENT), finding("later", later), finding("never", UNKNOWN), finding("gone", ABSENT)

    judge = of(RAISE, by_mg)
    steps = [step(10, "us.tablet_10mg"), step(30, "us.tablet_10mg")]
    (later,) = judge.brought(steps)
    assert later == replace(finding("later", PRESENT), title=Text(("Planned: ", "later is so")))
    assert judge.brought(steps[:1]) == ()


NOTHING = {"continuity": Continuity.NEVER, "regimen": None}
UNTOLD = {"continuity": Continuity.UNTOLD, "regimen": None}


@pytest.mark.parametrize(
    ("severity", "now", "title", "action"),
    [
        (Severity.INFO, {}, ("f is so",), "act on f"),
        (Severity.WARNING, {}, ("Planned: ", "f is so"), "act on f"),
        (Severity.CRITICAL, NOTHING, ("Planned: ", "f is so"), "Nothing of it is taken yet: do not begin it."),
        (
            *(Severity.CRITICAL, {}, ("Planned: ", "f is so")),
            "Not taken yet: do not go up to it; what is taken now is not stopped.",
        ),
        (Severity.CRITICAL, UNTOLD, ("Planned: ", "f is so"), "act on f"),
    ],
)
def test_what_a_dose_brings_that_nobody_takes_yet_is_no_emergency(judged, severity, now, title, action):
    of, _ = judged
    judge = of(RAISE, lambda mg: (replace(finding("f", PRESENT if mg > 20 else ABSENT), severity=severity),))
    judge = replace(judge, standing=replace(judge.standing, **now))
    if judge.standing.regimen is None:
        judge.asked[None] = (replace(finding("f", ABSENT), severity=severity),)
    (found,) = judge.brought([step(30, "us.tablet_10mg")])
    assert (found.title.pieces, found.action.pieces) == (title, (action,))


def test_while_withdrawal_shows_nothing_goes_further_down(judged):
    of, _ = judged
    found = (finding("signs", PRESENT, Change.REDUCE_FURTHER), finding("toxic", PRESENT, STEPS, Change.REDUCE_FURTHER))
    assert words(of(STEPS, lambda mg: found).against([step(3, "us.tablet_10mg")])) == [
        "signs is so. No further step down now: act on signs",
        "toxic is so. No schedule: act on toxic",
    ]
    assert of(RAISE, lambda mg: found).against([step(3, "us.tablet_10mg")]) == ()


def test_what_stands_against_the_goal_of_a_reduction_too_is_told(judged):
    of, _ = judged

    def by_mg(mg):
        return (finding("toxic", PRESENT if mg >= 4 else ABSENT, *([HOME] if mg >= 4 else [])), finding("x", PRESENT))

    judge = of(STEPS, by_mg)
    steps = [step(4.5, "us.tablet_10mg"), step(4, "us.tablet_10mg")]
    assert ["".join(told.pieces) for told in judge.at_the_goal(steps)] == [
        "The goal is too high to stay on: toxic is so."
    ]
    assert judge.at_the_goal([*steps, step(3, "us.tablet_10mg")]) == ()
    assert judge.at_the_goal([*steps, replace(step(1, "us.tablet_10mg"), doses=(), total_ug_per_day=0.0)]) == ()
    assert of(STEPS, lambda mg: ()).at_the_goal(steps) == ()
    assert of(RAISE, by_mg).at_the_goal(steps) == ()


def by_height(mg):
    return (
        finding("first", PRESENT, START) if mg >= 10 else finding("first", ABSENT),
        finding("height", PRESENT, RAISE) if mg >= 30 else finding("height", ABSENT),
        finding("blind", UNKNOWN, START),
        finding("silent", PRESENT),
    )


def test_what_stands_against_the_change_is_asked_of_the_first_step_and_against_rising_of_the_largest(judged):
    of, _ = judged
    judge = of(START, by_height)
    low, top = step(10, "us.tablet_10mg"), step(30, "us.tablet_10mg")
    assert words(judge.against([low, top])) == ["first is so", "blind is not known", "height is so"]
    assert words(judge.against([top])) == ["first is so", "blind is not known"]
    below = step(5, "us.tablet_10mg")
    assert words(judge.against([below, low])) == ["blind is not known"]
    assert words(judge.against([below, low, top])) == ["blind is not known", "height is so"]
    assert words(judge.against([])) == ["blind is not known"]
    (refusal, *_) = judge.against([top])
    assert (refusal.needs, refusal.basis) == (("patient.first",), ("rule:first",))


def test_dated_doses_rise_nowhere_and_are_asked_about_by_their_largest_day(judged):
    of, _ = judged
    judge = of(START, by_height)
    below, top = step(5, "us.tablet_10mg"), step(30, "us.tablet_10mg")
    assert words(judge.against([below, top], dated=True)) == ["first is so", "blind is not known"]


def test_a_reduction_is_held_against_what_is_so_today_alone_and_says_what_to_do_instead(judged):
    of, asked = judged

    def by_mg(mg):
        return (
            finding("toxic", PRESENT, STEPS, HOME),
            finding("watched", PRESENT, HOME),
            finding("contraindicated", PRESENT, START, RAISE),
        )

    judge = of(STEPS, by_mg)
    (refusal,) = judge.against([step(3, "us.tablet_10mg")])
    assert words([refusal]) == ["toxic is so. No schedule: act on toxic"]
    assert (refusal.needs, refusal.basis) == (("patient.toxic",), ("rule:toxic",))
    assert asked == [(5, "us.tablet_5mg")]
    assert words(judge.not_at_home()) == [
        "toxic is so. Only in monitored care: act on toxic",
        "watched is so. Only in monitored care: act on watched",
    ]
    assert asked == [(5, "us.tablet_5mg")]
    assert of(RAISE, by_mg).not_at_home() == ()
