"""What is to be done when during a taper, and what to go back to."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest

from baclo.care.agenda import Occasion
from baclo.care.finding import Change, Finding, Severity, Status
from baclo.care.plan import PlanDose
from baclo.care.refusal import Refusal
from baclo.care.standing import standing
from baclo.care.steps import by_clock
from baclo.care.taper import taper, taper_advice, taper_agenda
from baclo.care.taper.step_back import step_backs
from baclo.case.case import Ask
from baclo.case.kidney import kidney_picture
from baclo.case.timeline import ClockDose
from baclo.knowledge.words import Number, Text

YEARS_AGO = datetime(2022, 1, 1, tzinfo=UTC)


@pytest.fixture
def case(make, build):
    def made(*mg, **changes):
        clocks = ("07:00", "14:00", "22:00")[: len(mg)]
        taken = (build.regimen(*zip(clocks, mg, strict=True), since=YEARS_AGO),)
        base = {"ask": Ask.TAPER, "goal_ug_per_day": 0.0, "baclofen_since": YEARS_AGO, "regimens": taken}
        return make(**{**base, **changes})

    return made


@pytest.fixture
def planned(steps):
    def made(case):
        return taper(steps.knowledge, case, kidney_picture(steps.knowledge, case.patient, case.now))

    return made


@pytest.fixture
def agenda(knowledge, planned):
    return lambda case: taper_agenda(knowledge, case, planned(case))


@pytest.fixture
def advised(knowledge, planned):
    def made(case, findings=(), plan=True):
        picture = kidney_picture(knowledge, case.patient, case.now)
        return taper_advice(knowledge, case, picture, planned(case) if plan else None, findings)

    return made


def words(text):
    return "".join(piece if isinstance(piece, str) else "#" for piece in text.pieces)


def numbers(text):
    return [piece.value for piece in text.pieces if isinstance(piece, Number)]


def days(entries, occasion):
    return [entry.since.date().isoformat() for entry in entries if entry.occasion == occasion]


# 20 mg in two doses after years: 15, 10, 5 mg a week each from 24 November 2026, none from 15 December.


def test_every_step_has_its_day_and_says_what_to_go_back_to(agenda, case):
    entries = [entry for entry in agenda(case(10.0, 10.0)) if entry.occasion == "step"]
    assert days(entries, "step") == ["2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15"]
    assert [numbers(entry.title) for entry in entries] == [[15_000.0], [10_000.0], [5_000.0], []]
    assert words(entries[-1].title) == "No baclofen from today"
    assert [numbers(entry.detail) for entry in entries] == [[20_000.0, 3], [15_000.0, 3], [10_000.0, 3], [5_000.0, 3]]
    assert all(entry.whole_day and entry.until is None for entry in entries)


def test_signs_are_looked_for_three_days_into_each_step_and_after_the_last(agenda, case):
    entries = agenda(case(10.0, 10.0))
    assert days(entries, "score") == ["2026-11-27", "2026-12-04", "2026-12-11", "2026-12-18"]
    (detail,) = {words(entry.detail) for entry in entries if entry.occasion == "score"}
    assert detail.startswith("Stiffness or spasms back, sleeplessness: hold, or go back a step, for at least #")
    assert "hallucinations, a seizure: the emergency number now" in detail
    assert words([entry for entry in entries if entry.occasion == "score"][-1].title).endswith("after the last dose")


def test_on_a_short_step_the_look_comes_before_the_next_one(agenda, case, build):
    weeks_ago = datetime(2026, 11, 5, tzinfo=UTC)
    taken = build.regimen(("07:00", 20.0), ("14:00", 20.0), ("22:00", 20.0), since=weeks_ago)
    entries = agenda(case(baclofen_since=weeks_ago, regimens=(taken,)))
    # Steps of three days: the look is on the third, the last of the step.
    assert days(entries, "step")[:2] == ["2026-11-24", "2026-11-27"]
    assert days(entries, "score")[:2] == ["2026-11-26", "2026-11-29"]


def test_calls_come_after_the_first_step_when_the_last_part_begins_and_after_the_last(agenda, case):
    # 40 mg: 30, 20, 15, 10, 5, 0 from 24 November, a week each; the last part begins on 8 December.
    assert days(agenda(case(20.0, 20.0)), "visit") == ["2026-11-27", "2026-12-11", "2027-01-01"]
    # 20 mg is in its last part from the first step.
    entries = agenda(case(10.0, 10.0))
    assert days(entries, "visit") == ["2026-11-27", "2026-12-18"]
    assert (
        words([entry for entry in entries if entry.occasion == "visit"][-1].title)
        == "Call: how is it without baclofen?"
    )


@pytest.mark.parametrize(("mg_dl", "length"), [(0.8, 7), (2.4, 14), (None, 14)])
def test_withdrawal_is_watched_for_after_the_last_step_and_longer_with_weak_or_unknown_kidneys(
    agenda, case, build, mg_dl, length
):
    measured = () if mg_dl is None else (build.creatinine(mg_dl),)
    entries = agenda(case(10.0, 10.0, creatinine=measured))
    (watch,) = [entry for entry in entries if entry.occasion == "action"]
    assert watch.since.date().isoformat() == days(entries, "step")[-1]
    assert watch.until - watch.since == timedelta(days=length)
    assert any(name.startswith("fact:taper.watch_after") for name in watch.basis)


def test_the_agenda_is_in_order_and_empty_without_steps(agenda, case):
    entries = agenda(case(20.0, 20.0, 20.0))
    assert all(before.since <= after.since for before, after in pairwise(entries))
    assert agenda(case(10.0, 10.0, goal_ug_per_day=20_000.0)) == ()


def test_a_taper_to_a_dose_has_no_day_without(agenda, case):
    entries = agenda(case(10.0, 10.0, goal_ug_per_day=10_000.0))
    assert "No baclofen from today" not in [words(entry.title) for entry in entries]
    assert numbers([entry for entry in entries if entry.occasion == "step"][-1].title) == [10_000.0]


def test_what_to_go_back_to_is_the_step_before_to_the_dose(knowledge, planned, case):
    given = case(10.0, 10.0)
    plan = planned(given)
    backs = list(step_backs(plan, standing(knowledge, given, plan.steps[0].since)))
    assert backs[0].doses == given.timeline.regimens[0].doses
    for back, before in zip(backs[1:], plan.steps, strict=False):
        assert back.back_to_ug_per_day == before.total_ug_per_day == sum(dose.amount_ug for dose in back.doses)
        assert [dose.clock for dose in back.doses] == [dose.clock for dose in before.doses]
    assert [back.total_ug_per_day for back in backs] == [15_000.0, 10_000.0, 5_000.0, 0.0]


def test_a_stretch_on_the_dose_taken_before_is_no_step_down(knowledge, planned, case):
    given = case(10.0, 10.0)
    plan = planned(given)
    doses = given.timeline.regimens[0].doses
    same = tuple(
        PlanDose(clock=dose.clock, amount_ug=dose.amount_ug, product="us.tablet_10mg", units=1.0) for dose in doses
    )
    first = plan.steps[0]
    held = replace(
        first, since=first.since - timedelta(days=7), until=first.since, doses=same, total_ug_per_day=20_000.0
    )
    backs = list(step_backs(replace(plan, steps=(held, *plan.steps)), standing(knowledge, given, first.since)))
    assert [back.since for back in backs] == [step.since for step in plan.steps]
    assert backs[0].back_to_ug_per_day == 20_000.0


def test_a_goal_nearer_than_a_piece_is_no_step_and_has_no_agenda(agenda, planned, case):
    near = case(15.0, 20.0, goal_ug_per_day=33_000.0)
    assert [step.total_ug_per_day for step in planned(near).steps] == [35_000.0]
    assert agenda(near) == ()


def test_several_products_at_one_time_are_one_dose():
    doses = (
        PlanDose(clock=time(8), amount_ug=10_000.0, product="us.tablet_10mg", units=1.0),
        PlanDose(clock=time(8), amount_ug=5_000.0, product="us.tablet_5mg", units=1.0),
        PlanDose(clock=time(22), amount_ug=5_000.0, product="us.tablet_5mg", units=1.0),
    )
    assert by_clock(doses) == (
        ClockDose(clock=time(8), amount_ug=15_000.0),
        ClockDose(clock=time(22), amount_ug=5_000.0),
    )


def test_a_taper_of_one_step_counts_no_steps_and_no_days(advised, case):
    # One tablet of 5 mg is the smallest piece: the only step down is to nothing.
    headline = advised(case(5.0)).headline
    assert words(headline).startswith("Down in one step, then watched for")
    assert len(numbers(headline)) == 1


def test_a_taper_of_two_steps_counts_both_and_the_days_between(advised, case):
    # 10 mg: half of it for the two weeks that the texts ask for, then none.
    headline = advised(case(10.0)).headline
    assert words(headline).startswith("Down in # steps over #")
    assert numbers(headline) == [2.0, 14.0, 7.0]


def test_the_advice_says_hold_and_what_to_go_back_to_from_each_step(advised, case):
    advice = advised(case(10.0, 10.0))
    assert not advice.critical
    assert numbers(advice.headline) == [4.0, 21.0, 7.0]
    assert [point.id for point in advice.points] == ["taper.holding"]
    falls = [entry for entry in advice.agenda if entry.occasion is Occasion.STEP]
    assert [(numbers(entry.title), numbers(entry.detail)[:1]) for entry in falls] == [
        *[([15_000.0], [20_000.0]), ([10_000.0], [15_000.0]), ([5_000.0], [10_000.0]), ([], [5_000.0])]
    ]
    assert "fact:taper.hold" in advice.points[0].basis
    assert len(advice.agenda) > len(advice.points)


def finding(*refuses):
    empty = Text(())
    return Finding(
        id="dialysis.toxic",
        severity=Severity.CRITICAL,
        status=Status.PRESENT,
        title=empty,
        detail=empty,
        action=empty,
        needs=(),
        basis=(),
        refuses=refuses,
        topic="kidney",
    )


def test_after_a_stop_in_monitored_care_withdrawal_is_watched_for_and_the_restart_is_planned(advised, case):
    advice = advised(case(10.0, 10.0, goal_ug_per_day=20_000.0), (finding(Change.REDUCE, Change.REDUCE_AT_HOME),))
    assert advice.critical
    # asked for a taper, not for a stop: nobody without a sign of toxicity is told to stop
    assert words(advice.headline) == "No taper: examine today, then reduce or stop in monitored care."
    assert words(advice.points[0].title) == "After a stop: watch for withdrawal"
    assert words(advice.points[1].detail).startswith("After a stop not the old dose")
    assert [point.id for point in advice.points] == ["taper.watch", "taper.restart"]
    assert all("rule:dialysis.toxic" in point.basis for point in advice.points)
    assert [9] in [numbers(point.detail) for point in advice.points]
    assert advice.agenda == ()


def test_steps_for_monitored_care_are_told_as_such_before_how_they_go(knowledge, case, planned):
    asked = case(10.0, 10.0)
    reason = Refusal(reason=Text(("the kidneys",)), needs=(), basis=())
    plan = replace(planned(asked), not_at_home=(reason,))
    picture = kidney_picture(knowledge, asked.patient, asked.now)
    advice = taper_advice(knowledge, asked, picture, plan, ())
    assert advice.critical
    assert words(advice.headline).startswith(
        "Only in monitored care, and only where an examination today, before the next dose"
    )
    assert "Down in # steps" in words(advice.headline)
    (holding,) = advice.points
    assert holding.id == "taper.holding"
    assert "the team that watches decides on going back up" in words(holding.title)
    assert "toxicity until shown otherwise" in words(holding.detail)
    steps = [words(entry.detail) for entry in advice.agenda if entry.occasion is Occasion.STEP]
    assert all("stay here" in detail and "go back to that" not in detail for detail in steps)
    looks = {words(entry.detail) for entry in advice.agenda if entry.occasion is Occasion.SCORE}
    assert len(looks) == 1
    assert "stay on this step" in looks.pop()
    assert "not asked for" not in words(advice.headline)
    unasked = replace(asked, patient=replace(asked.patient, symptoms=None))
    told = words(taper_advice(knowledge, unasked, picture, plan, ()).headline)
    assert "stop in monitored care instead. Signs of toxicity were not asked for: ask now. Down in #" in told


def test_after_a_fall_a_further_step_asks_first_for_signs_that_nobody_asked_for(knowledge, planned, case, build):
    def begins(fell_days_ago, symptoms):
        asked = case(10.0, 10.0, symptoms=symptoms)
        (running,) = asked.timeline.regimens
        fell = asked.now - timedelta(days=fell_days_ago)
        higher = replace(running, until=fell, doses=build.regimen(("07:00", 30.0)).doses)
        regimens = (higher, replace(running, since=fell))
        asked = replace(asked, timeline=replace(asked.timeline, regimens=regimens))
        picture = kidney_picture(knowledge, asked.patient, asked.now)
        return words(taper_advice(knowledge, asked, picture, planned(asked), ()).headline)

    first = "The dose fell lately, and signs of withdrawal were not asked for: ask now, and with any of them"
    assert begins(4, None).startswith(first)
    assert begins(4, ()).startswith("Down in ")
    assert begins(40, None).startswith("Down in ")


def test_with_weak_or_unknown_kidneys_too_much_comes_before_too_little(knowledge, agenda, case, build):
    def looked_at(**changes):
        (detail,) = {words(one.detail) for one in agenda(case(10.0, 10.0, **changes)) if one.occasion is Occasion.SCORE}
        return detail.startswith("Sleepiness, confusion or hallucinations with weak kidneys: too much")

    assert looked_at(creatinine=(build.creatinine(2.4),))
    assert looked_at(creatinine=())
    assert not looked_at()


def test_while_withdrawal_shows_the_advice_is_what_to_do_now(advised, case):
    advice = advised(case(10.0, 10.0), (finding(Change.REDUCE_FURTHER),))
    assert words(advice.headline).startswith("No further step down while withdrawal shows")
    both = advised(case(10.0, 10.0), (finding(Change.REDUCE_FURTHER), finding(Change.REDUCE)))
    assert words(both.headline).startswith("No taper: examine today")


@pytest.mark.parametrize("plan", [True, False])
def test_without_a_plan_the_advice_sends_to_its_reasons(advised, case, plan):
    advice = advised(case(10.0, 10.0, goal_ug_per_day=20_000.0), (finding(Change.RAISE),), plan)
    assert not advice.critical
    assert advice.points == ()
    assert "There is no taper to follow" in words(advice.headline)
