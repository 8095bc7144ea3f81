"""The schemes for adults by hand: each region's usual and slow one, kidneys, age, caps, and uses outside the labels."""

from datetime import date, timedelta

import pytest

from baclo.care.check import check
from baclo.care.titrate import titrate
from baclo.case.case import Override, Speed
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Number, Quoted


@pytest.fixture
def plan(knowledge, picture_of):
    return lambda case: titrate(knowledge, case, picture_of(case))


def said(texts):
    """The sentences as plain words, numbers with their unit."""
    return " | ".join("".join(map(spoken, each.pieces)) for each in texts)


def spoken(piece):
    if isinstance(piece, Number):
        return f"{piece.value}" if piece.unit == "1" else f"{piece.value} {piece.unit}"
    return piece.words if isinstance(piece, Quoted) else str(piece)


def mg(steps):
    return [step.total_ug_per_day / 1000 for step in steps]


def days(steps):
    """How many days after the first step each begins."""
    first = steps[0].since.date()
    return [(step.since.date() - first).days for step in steps]


def answering(*findings):
    return tuple(Override(finding=name, reason="I treat this person", by="Dr A") for name in findings)


# Totals in mg a day, and the day each begins, worked by hand from the texts.
USUAL = {
    "US to 60": (Region.US, 60, [15, 30, 45, 60], [0, 3, 6, 9]),
    "US to 80": (Region.US, 80, [15, 30, 45, 60, 75, 80], [0, 3, 6, 9, 12, 15]),
    "US without a goal": (Region.US, None, [15, 30, 40], [0, 3, 6]),
    "UK to 60": (Region.UK, 60, [15, 30, 45, 60], [0, 3, 6, 9]),
    "UK without a goal": (Region.UK, None, [15, 30], [0, 3]),
    "EU without a goal": (Region.EU, None, [15, 30], [0, 4]),
    "EU to 75": (Region.EU, 75, [15, 30, 45, 60, 75], [0, 4, 8, 12, 16]),
}


@pytest.mark.parametrize("name", USUAL)
def test_the_usual_scheme_is_that_of_the_regions_text(plan, make, name):
    region, goal, totals, begins = USUAL[name]
    made = plan(make(region=region, goal_ug_per_day=None if goal is None else goal * 1000.0))
    assert mg(made.steps) == totals
    assert days(made.steps) == begins


@pytest.mark.parametrize("region", list(Region))
def test_the_slow_scheme_is_five_a_day_more_each_week_in_every_region(plan, make, region):
    made = plan(make(region=region, goal_ug_per_day=25_000.0, speed=Speed.SLOW))
    assert mg(made.steps) == [5, 10, 15, 20, 25]
    assert days(made.steps) == [0, 7, 14, 21, 28]
    assert [dose.clock.hour for dose in made.steps[0].doses] == [22]
    assert "Slow scheme because it was asked for." in said(made.notes)


def test_the_usual_speed_is_never_given_where_something_demands_the_slow_one(plan, make):
    made = plan(make(goal_ug_per_day=20_000.0, frail=True, speed=Speed.USUAL))
    assert mg(made.steps) == [5, 10, 15, 20]
    assert "stays slow for the reasons told" in said(made.notes)
    assert "The usual scheme" not in [said([other.name]) for other in made.others]


def test_beside_the_usual_scheme_stands_the_slow_one_with_how_much_later_it_arrives(plan, make):
    made = plan(make(goal_ug_per_day=30_000.0))
    slow = next(other for other in made.others if said([other.name]) == "The slow scheme")
    assert mg(slow.steps) == [5, 10, 15, 20, 25, 30]
    # 15 and 30 take 3 days; six weekly steps take 35: 32 days later.
    assert "It reaches 30.0 mg/d 32.0 d later" in said([slow.why_not])


def test_beside_the_slow_scheme_that_was_asked_for_stands_the_usual_one(plan, make):
    made = plan(make(goal_ug_per_day=30_000.0, speed=Speed.SLOW))
    usual = next(other for other in made.others if said([other.name]) == "The usual scheme")
    assert mg(usual.steps) == [15, 30]
    assert "It reaches 30.0 mg/d 32.0 d sooner" in said([usual.why_not])


def test_no_other_speed_is_shown_where_it_makes_no_difference(plan, make):
    made = plan(make(goal_ug_per_day=5_000.0))
    assert not [other for other in made.others if "scheme" in said([other.name])]


def test_a_goal_at_the_cap_tells_the_caps_of_the_other_regions_and_never_plans_the_supervised_one(plan, make):
    made = plan(make(region=Region.UK, goal_ug_per_day=100_000.0))
    assert mg(made.steps)[-1] == 60
    told = said(made.notes)
    assert "100.0 mg/d is reached only slowly and under close supervision, and is never planned here" in told
    assert "80.0 mg/d" in told
    assert "75.0 mg/d" in told
    assert "never planned here" not in said(plan(make(region=Region.UK, goal_ug_per_day=30_000.0)).notes)


def test_the_cap_of_the_region_is_not_called_the_limit_of_somebody_whose_limit_is_lower(plan, make, build):
    halved = plan(make(region=Region.UK, creatinine=(build.creatinine(1.9),), goal_ug_per_day=100_000.0))
    old = plan(make(region=Region.UK, age_y=80.0, goal_ug_per_day=100_000.0))
    assert [mg(made.steps)[-1] for made in (halved, old)] == [30, 30]
    assert "The limit here is" not in said(halved.notes) + said(old.notes)


def test_europe_says_whose_interval_is_used(plan, make):
    assert "The Swiss text raises every 3.0 d" in said(plan(make(region=Region.EU)).notes)
    assert "The Swiss text" not in said(plan(make(region=Region.US)).notes)


@pytest.mark.parametrize("region", list(Region))
@pytest.mark.parametrize("mg_dl", [1.3, 1.6, 1.9, 2.2])
@pytest.mark.parametrize("speed", [None, Speed.USUAL])
def test_with_reduced_kidneys_nothing_begins_at_the_dose_that_brought_encephalopathy(
    plan, make, build, region, mg_dl, speed
):
    made = plan(make(region=region, creatinine=(build.creatinine(mg_dl),), speed=speed))
    assert made.refused or mg(made.steps)[0] < 20
    assert all(other.refusals or mg(other.steps)[0] < 20 for other in made.others)


def test_the_doses_proposed_in_severe_kidney_disease_are_told_and_refused(plan, make, build, knowledge, picture_of):
    case = make(region=Region.UK, creatinine=(build.creatinine(4.0),))
    made = plan(case)
    assert made.refused
    findings = check(knowledge, case, picture_of(case), None)
    assert "fact:severe_ckd.proposed" in {name for finding in findings for name in finding.detail.basis}


def test_benefit_is_judged_six_weeks_after_the_last_step(plan, make):
    last = plan(make(goal_ug_per_day=30_000.0)).steps[-1]
    judged = last.since.date() + timedelta(weeks=6)
    assert f"Benefit is judged on {judged}" in said(last.monitor)
    assert "18.0 %" in said(last.monitor)
    assert "withdraw by a taper" in said(last.monitor)


@pytest.mark.parametrize(
    ("region", "food"), [(Region.US, "With food or milk"), (Region.UK, "With or after food"), (Region.EU, "With meals")]
)
def test_every_plan_says_how_to_take_it_with_food(plan, make, region, food):
    assert food in said(plan(make(region=region)).notes)


OFF_LABEL = {
    # use, region, who answers, goal, totals in mg a day, days of begin
    "alcohol, to the lower trial dose": (
        *("alcohol use disorder", Region.EU, "indication.alcohol_europe", None),
        *([15, 20, 25, 30], [0, 3, 6, 9]),
    ),
    "alcohol in the US ends where more does not help": (
        *("alcohol use disorder", Region.US, "indication.alcohol", 90),
        *([15, 20, 25, 30, 35, 40, 45, 50, 55, 60], list(range(0, 30, 3))),
    ),
    "alcohol in Europe ends at the strictest label, not at the French licence": (
        *("alcohol use disorder", Region.EU, "indication.alcohol_europe", 90),
        *(list(range(15, 80, 5)), list(range(0, 39, 3))),
    ),
    "hiccups": ("hiccups", Region.US, "indication.off_label", None, [15, 30], [0, 3]),
    "hiccups, beyond the trial": ("hiccups", Region.EU, "indication.off_label", 90, [15, 30, 45, 60], [0, 3, 6, 9]),
    "reflux": ("reflux disease", Region.UK, "indication.off_label", None, [15, 20, 25, 30], [0, 4, 8, 12]),
    "trigeminal neuralgia": (
        *("trigeminal neuralgia", Region.US, "indication.off_label", None),
        *([15, 30, 45, 50], [0, 7, 14, 21]),
    ),
    "trigeminal neuralgia, as far as it goes": (
        *("trigeminal neuralgia", Region.US, "indication.off_label", 90),
        *([15, 30, 45, 60], [0, 7, 14, 21]),
    ),
}


@pytest.mark.parametrize("name", OFF_LABEL)
def test_a_use_outside_the_labels_follows_its_own_scheme_once_somebody_answers_for_it(plan, make, name):
    use, region, finding, goal, totals, begins = OFF_LABEL[name]
    changes = {"indication": use, "region": region, "goal_ug_per_day": None if goal is None else goal * 1000.0}
    assert plan(make(**changes)).refused
    made = plan(make(**changes, overrides=answering(finding)))
    assert mg(made.steps) == totals
    assert days(made.steps) == begins


@pytest.mark.parametrize(
    ("use", "finding", "words"),
    [
        ("alcohol use disorder", "indication.alcohol", "relapse 0.87 times as frequent as on placebo"),
        ("hiccups", "indication.off_label", "one trial of 30.0 people"),
        ("reflux disease", "indication.off_label", "5.0 of 31.0 on baclofen stopped for side effects"),
        ("trigeminal neuralgia", "indication.off_label", "10.0 of 14.0 relieved"),
    ],
)
def test_a_use_outside_the_labels_tells_its_evidence_in_numbers(plan, make, use, finding, words):
    made = plan(make(indication=use, overrides=answering(finding), goal_ug_per_day=None))
    assert "off-label" in said(made.notes)
    assert words in said(made.notes)


@pytest.mark.parametrize(("use", "after_days"), [("hiccups", 3), ("reflux disease", 28), ("trigeminal neuralgia", 42)])
def test_each_use_is_judged_when_its_own_text_says(plan, make, use, after_days):
    made = plan(make(indication=use, overrides=answering("indication.off_label"), goal_ug_per_day=None))
    judged: date = made.steps[-1].since.date() + timedelta(days=after_days)
    assert f"Benefit is judged on {judged}" in said(made.steps[-1].monitor)
    assert "modified Ashworth" not in said(made.steps[-1].monitor)


@pytest.mark.parametrize(
    "danger",
    [
        {"conditions": ["suicide attempt"]},
        {"conditions": ["opioid use disorder"]},
        {"alcohol": "daily"},
        {"medicines": ["morphine"]},
        {"medicines": ["diazepam"]},
        {"unasked": ["conditions"]},
    ],
)
def test_nobody_can_answer_for_alcohol_use_disorder_with_danger_of_overdose(plan, told, danger):
    case = told(
        indication="alcohol use disorder",
        **danger,
        overrides=answering("indication.alcohol", "indication.alcohol_danger"),
    )
    assert plan(case).refused


def test_kidney_failure_refuses_every_use_outside_the_labels(plan, make, build):
    for use in ("alcohol use disorder", "hiccups", "reflux disease", "trigeminal neuralgia"):
        overrides = answering("indication.alcohol", "indication.off_label")
        assert plan(make(indication=use, creatinine=(build.creatinine(4.0),), overrides=overrides)).refused


def test_a_use_outside_the_labels_is_slow_where_anything_demands_it(plan, make):
    made = plan(
        make(indication="hiccups", overrides=answering("indication.off_label"), frail=None, goal_ug_per_day=None)
    )
    assert mg(made.steps) == [5, 10, 15, 20, 25, 30]


def test_a_child_has_no_scheme_outside_the_labels(plan, make):
    made = plan(
        make(
            indication="hiccups",
            age_y=12.0,
            weight_kg=40.0,
            height_cm=150.0,
            region=Region.UK,
            overrides=answering("indication.off_label"),
        )
    )
    assert "No text that was read gives a dose for this use in children." in said(r.reason for r in made.refusals)
