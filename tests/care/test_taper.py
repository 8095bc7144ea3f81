"""Reductions: their classes, their pace, and that nothing refuses or reverses them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from baclo.care.taper import taper
from baclo.case.case import Ask, Urgency
from baclo.case.patient import Condition, Dialysis, DialysisKind, Symptom
from baclo.knowledge.facts import Region

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
YEARS_AGO = datetime(2022, 1, 1, tzinfo=UTC)
MONTHS_AGO = datetime(2026, 8, 20, tzinfo=UTC)
WEEKS_AGO = datetime(2026, 11, 5, tzinfo=UTC)


@pytest.fixture
def plan(knowledge, picture_of, make, build):
    def made(mg, **changes):
        shares = [("07:00", mg / 4), ("12:00", mg / 4), ("17:00", mg / 4), ("22:00", mg / 4)]
        began = changes.get("baclofen_since", YEARS_AGO) or YEARS_AGO
        base = {
            "ask": Ask.TAPER,
            "goal_ug_per_day": 0.0,
            "baclofen_since": YEARS_AGO,
            "regimens": (build.regimen(*shares, since=began),),
        }
        case = make(**{**base, **changes})
        return taper(knowledge, case, picture_of(case))

    return made


def totals(plan):
    return [step.total_ug_per_day / 1000 for step in plan.steps]


def gaps(plan):
    return [(after.since - before.since).days for before, after in zip(plan.steps, plan.steps[1:], strict=False)]


def words(text):
    return "".join(piece for piece in text.pieces if isinstance(piece, str))


def notes(plan):
    return " | ".join(piece for text in plan.notes for piece in text.pieces if isinstance(piece, str))


def test_three_years_on_eighty_fall_by_ten_a_week_and_by_five_at_the_end(plan):
    made = plan(80)
    assert totals(made) == [70, 60, 50, 40, 30, 20, 15, 10, 5, 0]
    assert gaps(made) == [7] * 9
    assert made.steps[-1].doses == ()
    assert made.steps[-1].until is None


def test_the_middle_of_the_day_goes_first_and_the_night_dose_last(plan):
    made = plan(80)
    assert [dose.clock.hour for dose in made.steps[-2].doses] == [22]
    assert [dose.clock.hour for dose in made.steps[-3].doses] == [7, 22]


def test_short_use_falls_by_five_every_three_days_but_no_faster_than_the_texts_allow(plan):
    made = plan(60, baclofen_since=WEEKS_AGO)
    assert totals(made) == [55, 50, 45, 40, 35, 30, 25, 20, 15, 10, 5, 0]
    assert gaps(made)[0] == 3
    short = plan(20, baclofen_since=WEEKS_AGO)
    assert sum(gaps(short)) >= 14


@pytest.mark.parametrize(("region", "days"), [(Region.US, 14), (Region.UK, 14), (Region.EU, 21)])
def test_a_short_taper_is_stretched_to_the_shortest_that_the_region_names(plan, build, region, days):
    twice = (build.regimen(("08:00", 5.0), ("22:00", 5.0), since=WEEKS_AGO),)
    made = plan(10, baclofen_since=WEEKS_AGO, region=region, regimens=twice)
    assert sum(gaps(made)) >= days
    assert "Shorter than" not in notes(made)


def test_a_taper_in_tablets_that_are_not_at_hand_says_so(plan, build):
    liquid = (build.regimen(("08:00", 10.0), ("22:00", 10.0), since=YEARS_AGO, product="us.suspension_5mg_ml"),)
    in_tablets = plan(20, regimens=liquid, products=("us.tablet_10mg",))
    assert "tablets that are not what is taken now" in notes(in_tablets)
    assert "tablets that are not what is taken now" not in notes(plan(80))


def test_a_taper_of_a_liquid_at_hand_is_made_in_it(plan, build):
    liquid = (build.regimen(("08:00", 10.0), ("22:00", 10.0), since=YEARS_AGO, product="us.suspension_5mg_ml"),)
    made = plan(20, regimens=liquid, products=("us.suspension_5mg_ml",))
    assert {dose.product for step in made.steps for dose in step.doses} == {"us.suspension_5mg_ml"}
    assert "not what is taken now" not in notes(made)
    assert totals(made) == [15, 10, 5, 0]


def test_a_taper_in_another_liquid_warns_of_its_volumes(plan, build):
    liquid = (build.regimen(("08:00", 10.0), ("22:00", 10.0), since=YEARS_AGO, product="us.suspension_5mg_ml"),)
    made = plan(20, regimens=liquid, products=("us.solution_1mg_ml",))
    assert "a product that is not what is taken now" in notes(made)


def test_the_last_piece_cannot_be_made_smaller_and_the_plan_says_so(plan, build):
    once = (build.regimen(("22:00", 5.0), since=YEARS_AGO),)
    made = plan(5, regimens=once)
    assert totals(made) == [0]
    assert "Shorter than the region's texts ask" in notes(made)


@pytest.mark.parametrize(
    "change",
    [{"baclofen_since": None}, {"age_y": 70.0}, {"frail": True}, {"frail": None}, {"creatinine": ()}],
    ids=["use unknown", "old", "frail", "frailty unknown", "kidneys unknown"],
)
def test_what_is_unknown_or_frail_makes_the_steps_smaller_and_never_refuses(plan, change):
    made = plan(80, **change)
    assert not made.refused
    assert totals(made)[:2] == [75, 70]
    assert "Smaller steps because" in notes(made)


def test_urgent_is_quicker_only_when_everything_is_known(plan):
    quick = plan(60, urgency=Urgency.URGENT)
    assert totals(quick)[0] == 50
    assert gaps(quick)[0] == 3
    assert sum(gaps(quick)) >= 14
    assert gaps(plan(60, urgency=Urgency.URGENT, frail=None))[0] == 7


def test_very_high_doses_in_alcohol_use_disorder_fall_every_second_day_to_eighty(plan):
    dependence = (Condition(name="alcohol use disorder", since=None),)
    made = plan(120, conditions=dependence)
    assert totals(made)[:5] == [110, 100, 90, 80, 70]
    assert gaps(made)[:3] == [2, 2, 2]
    assert gaps(made)[3] == 7
    assert gaps(plan(120))[0] == 7


@pytest.mark.parametrize(("mg", "goal", "last"), [(40.0, 33.0, 35.0), (40.0, 35.0, 35.0)])
def test_a_taper_never_ends_below_its_goal_and_as_near_above_it_as_the_tablets_come(plan, mg, goal, last):
    made = plan(mg, goal_ug_per_day=goal * 1000)
    assert made.steps[-1].total_ug_per_day == last * 1000


def test_a_taper_whose_pieces_reach_the_goal_early_is_still_as_long_as_the_texts_ask(plan):
    # An unknown age cuts 100 mg in shares: 95, 90, 87.5 and 85 mg are wished, and 87.5 mg is given as 85 mg at once.
    made = plan(100.0, goal_ug_per_day=85_000.0, age_y=None, region=Region.EU)
    assert totals(made)[-1] == 85
    assert (made.steps[-1].since - made.steps[0].since).days >= 21


def test_a_taper_to_a_dose_ends_there(plan):
    made = plan(60, goal_ug_per_day=30_000.0)
    assert totals(made)[-1] == 30
    assert made.steps[-1].doses


@pytest.mark.parametrize(
    "change",
    [
        {"age_y": None},
        {"age_y": 1.0},
        {"dialysis": None, "creatinine": (), "weight_kg": None, "sex": None},
        {"products": ("us.solution_1mg_ml",)},
    ],
    ids=["age unknown", "infant", "nothing known", "no tablet at hand"],
)
def test_nothing_refuses_a_reduction(plan, change):
    made = plan(40, **change)
    assert not made.refused
    assert totals(made)[-1] == 0


ON_DIALYSIS = Dialysis(kind=DialysisKind.HAEMODIALYSIS, sessions=())


@pytest.mark.parametrize(
    "change",
    [{"dialysis": ON_DIALYSIS, "symptoms": (Symptom(name="confusion", since=None),)}, {"allergies": ("baclofen",)}],
    ids=["signs on dialysis", "allergy"],
)
def test_where_stopping_in_monitored_care_is_right_there_is_no_schedule(plan, change):
    made = plan(40, **change)
    assert made.refused
    assert made.steps == ()
    assert made.not_at_home == ()
    assert any("No schedule: " in words(one.reason) for one in made.refusals)
    assert any("monitored care" in words(one.reason) for one in made.refusals)


def test_a_toxic_dose_with_failed_kidneys_and_no_sign_comes_down_in_monitored_care(plan):
    made = plan(40, dialysis=ON_DIALYSIS, symptoms=())
    assert not made.refused
    assert totals(made)[-1] == 0
    (reason,) = made.not_at_home
    assert "Only in monitored care: Examine now." in words(reason.reason)
    assert "rule:dialysis.toxic_dose" in reason.basis
    assert plan(40).not_at_home == ()


@pytest.mark.parametrize(
    "sign", ["itching", "fever", "agitation", "confusion", "sleeplessness", "returning spasticity", "tingling"]
)
def test_with_withdrawal_after_a_fall_there_is_no_further_step_and_without_a_fall_or_a_sign_there_is(plan, build, sign):
    fell = NOW - timedelta(days=3)
    before = replace(build.regimen(("08:00", 40.0), since=YEARS_AGO), until=fell)
    taken = (before, build.regimen(("08:00", 30.0), since=fell))
    signs = (Symptom(name=sign, since=None),)
    held = plan(30, regimens=taken, symptoms=signs)
    assert held.steps == ()
    *first, last = (words(one.reason) for one in held.refusals)
    assert "No further step down now" in last
    mild = sign in ("returning spasticity", "sleeplessness", "tingling")
    assert ["help first" in one for one in first] == ([] if mild else [True])
    assert plan(30, regimens=taken, symptoms=()).steps
    assert plan(30, symptoms=signs).steps


def test_a_dose_below_the_toxic_one_on_dialysis_is_tapered(plan, build):
    small = (build.regimen(("22:00", 4.0), since=YEARS_AGO),)
    made = plan(4, dialysis=ON_DIALYSIS, regimens=small)
    assert not made.refused
    assert made.not_at_home == ()


def test_a_dose_beyond_every_cap_is_reduced_from_where_it_is(plan):
    made = plan(200)
    assert not made.refused
    assert totals(made)[0] < 200


def test_nothing_taken_is_nothing_to_reduce(plan):
    made = plan(0, regimens=())
    assert made.refused
    assert made.refusals[0].needs == ("regimen",)


@pytest.mark.parametrize("goal_mg", [40, 50, float("nan")])
def test_a_goal_that_is_not_below_the_dose_is_no_taper(plan, goal_mg):
    made = plan(40, goal_ug_per_day=goal_mg * 1000)
    assert made.refused
    assert made.refusals[0].needs == ("question.goal",)


def test_coarse_tablets_hold_a_step_rather_than_drop_two(plan, build):
    thrice = (build.regimen(("08:00", 25.0), ("14:00", 25.0), ("22:00", 25.0)),)
    made = plan(75, region=Region.EU, products=("eu.tablet_25mg",), regimens=thrice)
    falls = [before - after for before, after in zip([75, *totals(made)], totals(made), strict=False)]
    assert max(falls) == 12.5
    assert totals(made)[-1] == 0
    assert "larger steps than wanted" in notes(made)


def test_a_dose_that_no_piece_makes_up_is_rounded_down_once_and_never_up(plan):
    made = plan(30)
    assert totals(made)[0] <= 25
    assert "larger steps than wanted" not in notes(plan(80))
    assert all(dose.amount_ug <= 7_500 for step in made.steps for dose in step.doses)


def test_a_last_dose_that_a_liquid_can_halve_is_not_ended_at_once(plan, build):
    night = (build.regimen(("22:00", 5.0), since=YEARS_AGO, product="uk.solution_1mg_ml"),)
    made = plan(5.0, region=Region.UK, products=("uk.solution_1mg_ml",), regimens=night)
    assert totals(made) == [2.5, 0]
    assert gaps(made) == [14]
    assert "ask for a liquid" not in notes(made)


def test_a_last_dose_of_one_piece_ends_at_once_and_asks_for_a_liquid(plan, build):
    night = (build.regimen(("22:00", 5.0), since=YEARS_AGO),)
    made = plan(5.0, region=Region.UK, regimens=night)
    assert totals(made) == [0]
    assert "ask for a liquid" in notes(made)
