"""Speeds, methods and persons: what each does to the steps, what stands beside the first choice, and what is told."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from baclo.care.plan import PlanDose, Step
from baclo.care.taper import planner, taper
from baclo.care.taper.comparison import measure
from baclo.care.taper.pattern import Choice, Rate, pattern_of
from baclo.case.case import Ask, Method, Speed, Urgency
from baclo.case.patient import Condition, Sex
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Number, Text

YEARS_AGO = datetime(2022, 1, 1, tzinfo=UTC)
WEEKS_AGO = datetime(2026, 11, 5, tzinfo=UTC)
DEPENDENT = (Condition(name="alcohol use disorder", since=None),)


@pytest.fixture
def plan(steps, build):
    def made(*mg, **changes):
        clocks = ("07:00", "12:00", "17:00", "22:00")[: len(mg)]
        began = changes.get("baclofen_since", YEARS_AGO) or YEARS_AGO
        product = changes.pop("product", None)
        taken = build.regimen(*zip(clocks, mg, strict=True), since=began, product=product)
        base = {"ask": Ask.TAPER, "goal_ug_per_day": 0.0, "baclofen_since": YEARS_AGO, "regimens": (taken,)}
        return steps.of(taper, **{**base, **changes})

    return made


def rows(steps):
    """What is taken a day in mg, and for how many days."""
    return [
        (step.total_ug_per_day / 1000, None if step.until is None else (step.until - step.since).days) for step in steps
    ]


def words(text):
    return "".join(piece if isinstance(piece, str) else "#" for piece in text.pieces)


def numbers(text):
    return [piece.value for piece in text.pieces if isinstance(piece, Number)]


def told(made):
    return " | ".join(words(note) for note in made.notes)


@pytest.mark.parametrize("speed", [Speed.USUAL, Speed.SLOW])
@pytest.mark.parametrize("age_y", [40.0, None])
def test_shares_whose_last_pieces_are_the_goal_at_once_are_drawn_out_until_the_texts_are_satisfied(
    plan, build, speed, age_y
):
    # 41.7 mg by shares is wished at 36.7, 31.7 and 30: 35 mg is given, then 30 mg for both the last.
    by_clock = {"05:00": 5, "11:30": 5, "14:30": 11.7, "19:00": 10, "22:30": 10}
    taken = build.regimen(*by_clock.items(), since=YEARS_AGO)
    made = plan(
        5,
        regimens=(taken,),
        goal_ug_per_day=30_000.0,
        method=Method.PERCENT,
        speed=speed,
        age_y=age_y,
        region=Region.EU,
    )
    assert rows(made.steps) == [(35, 21), (30, None)]


def test_without_a_goal_it_goes_down_to_nothing_and_a_step_to_a_goal_is_not_cut_in_two(plan):
    assert [mg for mg, _ in rows(plan(20, goal_ug_per_day=None).steps)] == [15, 10, 5, 0]
    assert rows(plan(20, goal_ug_per_day=15_000.0).steps) == [(15, None)]
    in_liquid = plan(20, goal_ug_per_day=16_000.0, product="us.solution_1mg_ml")
    assert rows(in_liquid.steps) == [(16, None)]


@pytest.mark.parametrize(("mg", "goal", "low"), [(0.0, None, True), (0.0, 0.0, True), (0.0005, None, False)])
def test_only_what_is_above_the_goal_or_above_nothing_can_be_reduced(plan, mg, goal, low):
    made = plan(mg, goal_ug_per_day=goal)
    assert any("question.goal" in refusal.needs for refusal in made.refusals) is low


@pytest.mark.parametrize(("pregnant", "quick"), [(False, True), (True, False), (None, False)])
def test_no_quick_taper_stands_beside_the_usual_one_where_there_may_be_a_pregnancy(plan, pregnant, quick):
    made = plan(20, 20, 20, sex=Sex.FEMALE, pregnant=pregnant)
    assert any("Quick" in words(other.name) for other in made.others) is quick


def test_who_takes_a_liquid_comes_down_in_it_and_is_told_nothing_of_tablets(plan):
    made = plan(7, 7, 8, product="us.solution_1mg_ml")
    assert {dose.product for step in made.steps for dose in step.doses} == {"us.solution_1mg_ml"}
    # 22 mg: a fall of 10 mg would end in the last part, so that all of them are of 5 mg.
    assert [mg for mg, _ in rows(made.steps)] == [17, 12, 7, 2, 0]
    assert "in tablets that are not what is taken" not in told(made)


def test_shares_shrink_with_what_is_taken_and_end_by_pieces(plan):
    # Long use: a fifth, never more than 10 mg, a week each, in pieces of 5 mg. 80: 16 -> 10; 40: 8 -> 5; 20: 4 -> 5,
    # which lasts 7 x 5/4 = 8.75 -> 9 days; then the last part, a week each.
    made = plan(20, 20, 20, 20, method=Method.PERCENT)
    assert rows(made.steps) == [
        *[(70, 7), (60, 7), (50, 7), (40, 7), (35, 7), (30, 7), (25, 7), (20, 7)],
        *[(15, 9), (10, 7), (5, 7), (0, None)],
    ]
    assert "By a share: each step falls by #" in told(made)
    assert [20.0] in [numbers(note)[:1] for note in made.notes if "By a share" in words(note)]


def test_after_short_use_a_share_is_a_tenth(plan):
    # 40: a tenth is 4, a piece 5: 3 x 5/4 = 3.75 -> 4; 35: 3 x 5/3.5 = 4.29 -> 5; 30: 5; 25: 6; 20: 7.5 -> 8.
    made = plan(10, 10, 10, 10, method=Method.PERCENT, baclofen_since=WEEKS_AGO)
    assert rows(made.steps) == [(35, 4), (30, 5), (25, 5), (20, 6), (15, 8), (10, 7), (5, 7), (0, None)]


def test_without_a_method_the_steps_are_fixed(plan):
    assert rows(plan(20, 20, 20).steps) == rows(plan(20, 20, 20, method=Method.FIXED).steps)
    assert "By a share" not in told(plan(20, 20, 20))


def test_slow_makes_every_step_twice_as_long(plan):
    usual, slow = plan(20, 20, 20).steps, plan(20, 20, 20, speed=Speed.SLOW).steps
    assert [total for total, _ in rows(usual)] == [total for total, _ in rows(slow)]
    assert [days for _, days in rows(slow)][:-1] == [14] * 7
    assert [days for _, days in rows(usual)][:-1] == [7] * 7


def test_slow_wins_over_urgent_and_the_plan_says_so(plan):
    made = plan(20, 20, 20, speed=Speed.SLOW, urgency=Urgency.URGENT)
    assert rows(made.steps) == rows(plan(20, 20, 20, speed=Speed.SLOW).steps)
    assert "Urgent and slow were both asked for" in told(made)


def test_urgent_with_something_unknown_is_told_to_be_refused(plan):
    made = plan(20, 20, 20, urgency=Urgency.URGENT, frail=None)
    assert "the steps are no quicker than usual" in told(made)
    assert rows(made.steps) == rows(plan(20, 20, 20, frail=None).steps)
    assert "no quicker than usual" not in told(plan(20, 20, 20, urgency=Urgency.URGENT))
    assert "Quick, because it is urgent" in told(plan(20, 20, 20, urgency=Urgency.URGENT))


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({}, ["Slow, by fixed steps", "Quick, by fixed steps"]),
        ({"frail": True}, ["Slow, by fixed steps", "Usual, by a share of what is taken then"]),
        ({"speed": Speed.SLOW}, ["Usual, by fixed steps", "Quick, by fixed steps"]),
        ({"speed": Speed.SLOW, "frail": None}, ["Usual, by fixed steps", "Slow, by a share of what is taken then"]),
        ({"urgency": Urgency.URGENT}, ["Usual, by fixed steps", "Slow, by fixed steps"]),
        ({"method": Method.PERCENT}, ["Slow, by a share of what is taken then", "Usual, by fixed steps"]),
        ({"method": Method.FIXED}, ["Slow, by fixed steps", "Usual, by a share of what is taken then"]),
    ],
)
def test_two_other_ways_stand_beside_the_first_and_none_is_quick_where_something_speaks_for_care(plan, changes, names):
    others = [words(other.name) for other in plan(20, 20, 20, **changes).others]
    assert others[:2] == names
    assert "frail" not in changes or not any(name.startswith("Quick") for name in others)


def test_why_another_way_is_not_first_is_told_in_days_falls_and_pieces(plan):
    # 20 mg in two doses of 10, long use: 15, 10, 5 mg a week each in the first choice. 15 mg are one tablet of 10 and
    # a half, 2 pieces; 10: 2 halves; 5: 1. 2 x 7 + 2 x 7 + 1 x 7 = 35; slow doubles days and pieces.
    made = plan(10, 10, products=("us.tablet_10mg",))
    slow = made.others[0]
    assert numbers(slow.why_not) == [42.0, 70.0, 21.0, 35.0]
    assert words(slow.why_not).startswith("Nothing known asks for longer steps")
    assert rows(slow.steps) == [(15, 14), (10, 14), (5, 14), (0, None)]


def test_a_largest_fall_is_told_beside_that_of_this_plan_only_where_they_differ(plan):
    # A fifth of 30 mg is 6, in pieces of 5 mg 5; the fixed step is 10.
    slow, fixed = plan(10, 10, 10, method=Method.PERCENT).others[:2]
    assert "largest fall" not in words(slow.why_not)
    assert words(fixed.why_not).endswith("Its largest fall of a day's dose is #, in this plan #.")
    assert numbers(fixed.why_not)[-2:] == [10_000.0, 5_000.0]


def test_a_way_that_comes_to_the_same_is_not_told_twice(plan):
    # One tablet of 5 mg: every way is to stop, on the same day.
    made = plan(5)
    assert rows(made.steps) == [(0, None)]
    assert made.others == ()


def test_nothing_to_reduce_has_no_other_ways(plan):
    assert plan(10, 10, goal_ug_per_day=20_000.0).others == ()


def test_a_volume_counts_as_one_piece(knowledge):
    def step(since, until, *doses):
        return Step(
            since=datetime(2026, 12, since, tzinfo=UTC),
            until=None if until is None else datetime(2026, 12, until, tzinfo=UTC),
            doses=doses,
            total_ug_per_day=sum(dose.amount_ug for dose in doses),
            why=Text(()),
            limited_by=(),
            monitor=(),
        )

    liquid = PlanDose(clock=time(8), amount_ug=7_000.0, product="us.solution_1mg_ml", units=7.0)
    tablet = PlanDose(clock=time(22), amount_ug=15_000.0, product="us.tablet_10mg", units=1.5)
    found = measure(knowledge, 40_000.0, [step(1, 4, liquid, tablet), step(4, None)])
    assert (found.days, found.fall_ug_per_day, found.pieces) == (3, 22_000.0, 3 * (1 + 2))


def test_every_region_shows_all_texts_and_says_which_it_uses(plan):
    for region, days in ((Region.US, 14.0), (Region.UK, 14.0), (Region.EU, 21.0)):
        (note,) = [note for note in plan(20, 20, region=region).notes if "Texts differ on the shortest" in words(note)]
        assert numbers(note) == [(7, 14), (7, 14), 14, 21, (7, 14), (10, 15), days]
        assert words(note).endswith(f"({region.value}).")


def test_the_texts_on_alcohol_are_told_where_they_disagree_and_which_is_used(plan):
    made = plan(40, 50, 50, 40, conditions=DEPENDENT, region=Region.EU)
    assert rows(made.steps)[:10] == [*((total, 2) for total in range(170, 80, -10)), (80, 7)]
    (note,) = [note for note in made.notes if "From high doses" in words(note)]
    assert numbers(note) == [(10, 15), 2, 80, 180, 2, (5, 10)]
    assert "Used here: the French way" in told(made)
    assert "fact:taper.very_high_fall" in made.steps[0].limited_by
    careful = plan(40, 50, 50, 40, conditions=DEPENDENT, region=Region.EU, frail=True)
    assert rows(careful.steps)[0] == (175, 7)
    assert "Used here: none of them" in told(careful)
    assert "From high doses" not in told(plan(20, 20, 20, 20, conditions=DEPENDENT))
    assert "From high doses" not in told(plan(40, 50, 50, 40))


def test_slow_holds_for_the_fast_part_too(plan):
    made = plan(40, 50, 50, 40, conditions=DEPENDENT, speed=Speed.SLOW)
    assert rows(made.steps)[:2] == [(170, 4), (160, 4)]


def test_a_child_comes_down_by_no_more_than_a_fifth_of_what_it_took(plan):
    # 15 mg: a fifth is 3; scored halves of 10 mg are pieces of 5, which last 7 x 5/3 = 11.67 -> 12 days.
    made = plan(5, 5, 5, age_y=8.0, products=("us.tablet_10mg",))
    assert rows(made.steps) == [(10, 12), (5, 12), (0, None)]
    assert "A child comes down with a specialist" in told(made)
    assert "Smaller steps because this is a child." in told(made)
    # 40 mg: a fifth is 8, but for care no step is larger than 5.
    assert rows(plan(10, 10, 10, 10, age_y=8.0, products=("us.tablet_10mg",)).steps)[0] == (35, 7)
    assert "A child comes down" not in told(plan(5, 5, 5))


def test_an_age_that_is_not_known_is_cut_as_a_childs(plan):
    unknown = plan(5, 5, 5, age_y=None, products=("us.tablet_10mg",))
    assert rows(unknown.steps) == rows(plan(5, 5, 5, age_y=8.0, products=("us.tablet_10mg",)).steps)
    assert "A child comes down" not in told(unknown)


@pytest.mark.parametrize(
    ("mg_dl", "words_told"),
    [(2.4, "early calm is no safety"), (None, "The kidneys are not known, so withdrawal may come later")],
)
def test_weak_or_unknown_kidneys_are_told_to_bring_withdrawal_late(plan, build, mg_dl, words_told):
    measured = () if mg_dl is None else (build.creatinine(mg_dl),)
    assert words_told in told(plan(10, 10, creatinine=measured))
    assert "withdrawal may come later" not in told(plan(10, 10))
    assert "early calm" not in told(plan(10, 10))


def test_what_to_do_if_withdrawal_shows_is_told_with_its_sources(plan):
    made = plan(10, 10)
    assert "Baclofen goes back to the last dose that worked as agreed there, with weak kidneys only after" in told(made)
    (bridge,) = [note for note in made.notes if "For the hospital team" in words(note)]
    assert {"fact:withdrawal.bridge", "fact:withdrawal.diazepam", "fact:withdrawal.cyproheptadine"} <= set(bridge.basis)


@pytest.mark.parametrize("amount", [float("nan"), float("inf")])
def test_a_dose_that_is_no_number_is_not_tapered(plan, amount):
    made = plan(amount, 10)
    assert made.steps == ()
    assert ("regimen",) in [refusal.needs for refusal in made.refusals]


def test_use_told_to_begin_in_the_future_counts_as_long(knowledge, make):
    choice = Choice(rate=Rate.USUAL, method=Method.FIXED, cautious=False)
    future = pattern_of(knowledge, make(baclofen_since=datetime(2026, 12, 24, tzinfo=UTC)), 40_000.0, choice)
    short = pattern_of(knowledge, make(baclofen_since=WEEKS_AGO), 40_000.0, choice)
    assert (future.fall_ug_per_day, future.days) == (10_000.0, 7)
    assert (short.fall_ug_per_day, short.days) == (5_000.0, 3)


@pytest.mark.parametrize(
    ("changes", "piece_mg"),
    [
        ({}, 5.0),
        ({"products": ("us.tablet_20mg",)}, 5.0),
        ({"products": ("us.solution_1mg_ml",)}, 2.5),
        ({"products": ()}, 5.0),
        ({"region": Region.UK, "age_y": 8.0}, 5.0),
        ({"products": ("us.granules_5mg",)}, 5.0),
    ],
    ids=["tablets of the region", "half of 20 mg", "a liquid", "nothing", "a child", "granules"],
)
def test_the_pieces_of_a_taper_by_shares_are_those_at_hand_between_the_least_and_the_smaller_fall(
    knowledge, make, changes, piece_mg
):
    choice = Choice(rate=Rate.USUAL, method=Method.PERCENT, cautious=False)
    assert pattern_of(knowledge, make(**changes), 40_000.0, choice).piece_ug_per_day == piece_mg * 1000


def test_a_regimen_that_was_to_begin_and_doses_outside_one_are_told(plan, build):
    going = build.regimen(("07:00", 10.0), ("22:00", 10.0), since=YEARS_AGO)
    begins = datetime(2026, 12, 1, tzinfo=UTC)
    going, later = replace(going, until=begins), build.regimen(("08:00", 10.0), since=begins)
    assert "The regimen that was to begin on # is replaced" in told(plan(regimens=(going, later)))
    assert "Doses outside the regimen were taken" in told(plan(10, 10, doses=(build.dose(5, hours_ago=3),)))
    assert "Doses outside the regimen" not in told(plan(10, 10))


def test_nothing_taken_for_a_week_is_no_reason_to_begin_again(plan, build):
    ended = replace(build.regimen(("08:00", 10.0), since=YEARS_AGO), until=datetime(2026, 11, 15, tzinfo=UTC))
    made = plan(regimens=(ended,))
    assert "do not start again in order to taper" in words(made.refusals[0].reason)
    assert "No regular dose is going on" in words(plan(regimens=()).refusals[0].reason)


SHARED = "Usual, by a share of what is taken then"


@pytest.fixture
def drafted(plan, monkeypatch):
    """The drafts handed to the gate beside the first, where every other way has the steps that `change` makes of it."""

    real = planner._way

    def of(change):
        ways = []

        def way(*asked, **told):
            ways.append(real(*asked, **told))
            return ways[0] if len(ways) == 1 else replace(ways[-1], steps=change(ways[0].steps))

        monkeypatch.setattr(planner, "_way", way)
        monkeypatch.setattr(planner, "admit", lambda _knowledge, _case, _picture, _draft, others=(): others)
        return plan(20, 20, 20)

    return of


def test_beside_the_first_stands_no_way_without_steps_none_like_it_and_none_twice(drafted):
    assert drafted(lambda steps: ()) == ()
    assert drafted(lambda steps: steps) == ()
    assert len(drafted(lambda steps: steps[1:])) == 1


def test_in_pregnancy_other_ways_than_the_quick_one_still_stand_beside_the_first(plan):
    names = [words(other.name) for other in plan(20, 20, 20, sex=Sex.FEMALE, pregnant=True).others]
    assert names[:2] == ["Slow, by fixed steps", SHARED]


def test_each_step_says_how_long_it_lasts_and_the_last_that_it_is_the_end(plan):
    # 20 mg: 15, 10 and 5 mg a week each, then none.
    *held, last = (step.why for step in plan(10, 10).steps)
    assert [numbers(why) for why in held] == [[7.0]] * 3
    assert all(words(why).startswith("At least # on this step") for why in held)
    assert words(last) == "Stopped; watch for withdrawal"
    to_a_dose = plan(10, 10, goal_ug_per_day=10_000.0).steps[-1].why
    assert words(to_a_dose).startswith("The goal, or near above it")
