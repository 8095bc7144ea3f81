"""Schedules nearly as good as the first, and the gate's second look."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from baclo.care import plan as gate
from baclo.care import titrate as planner
from baclo.care.finding import Change
from baclo.care.plan import Draft, Kind, admit
from baclo.care.products import Product
from baclo.care.proof import faults
from baclo.care.settle import schedules, settle
from baclo.care.standing import standing
from baclo.care.steps import PlanDose, Step, by_clock
from baclo.care.taper import taper
from baclo.care.titrate import titrate
from baclo.care.wishes import Bounds, Terms, Wish
from baclo.case.case import Ask
from baclo.case.stock import Stock
from baclo.case.timeline import ClockDose
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Number, Text

FIRST = datetime(2026, 11, 24, tzinfo=UTC)
THREE, FOUR, NIGHT = (time(8), time(14), time(22)), (time(8), time(12), time(17), time(22)), (time(22),)
BOUNDS = Bounds(
    start_ug_per_day=15_000.0,
    rise_ug_per_day=15_000.0,
    single_rise_ug=5_000.0,
    single_cap_ug=20_000.0,
    cap_ug_per_day=60_000.0,
    basis=(),
)


@pytest.fixture
def plan(knowledge, picture_of, monkeypatch):
    """Rises with nothing beside them but schedules nearly as good: other ways up have tests of their own."""
    real = planner.ways
    monkeypatch.setattr(planner, "ways", lambda *asked: tuple(real(*asked))[:1])
    return lambda case: titrate(knowledge, case, picture_of(case))


def said(text):
    return "".join(
        f"{piece.value:g} {piece.unit}" if isinstance(piece, Number) else str(piece) for piece in text.pieces
    )


def wish(day, mg, days=3):
    since = FIRST + timedelta(days=day)
    until = None if days is None else since + timedelta(days=days)
    return Wish(since=since, until=until, total_ug_per_day=mg * 1000.0, why=Text(("",)), limited_by=(), monitor=())


def rise(taken=(), clocks=(THREE, FOUR, NIGHT), forms=("tablet",), **bounds):
    return Terms(bounds=replace(BOUNDS, **bounds), taken=taken, clocks=clocks, forms=forms)


def shape(steps):
    """Each step as (mg, product, units) by hour."""
    return [[(d.clock.hour, d.amount_ug / 1000, d.product, d.units) for d in step.doses] for step in steps]


def test_the_first_plan_of_the_label_breaks_tens_and_the_others_say_what_they_cost(plan, make):
    made = plan(make(goal_ug_per_day=45_000.0))
    assert {dose.product for step in made.steps for dose in step.doses} == {"us.tablet_10mg"}
    told = [(said(other.name), said(other.why_not)) for other in made.others]
    assert told == [
        ("Tablets of 5 mg", "It takes up to 3 1 more pieces a day; but it breaks fewer tablets."),
        ("Tablets of 10 mg and 15 mg", "It needs a further strength; but it takes fewer pieces a day."),
    ]
    assert [step.total_ug_per_day for step in made.others[0].steps] == [15_000, 30_000, 45_000]


def test_a_refused_plan_has_no_others_and_nothing_to_dispense(plan, make):
    made = plan(make(allergies=None))
    assert made.refused
    assert made.others == made.dispense == ()


def test_an_other_that_a_rule_stands_against_is_not_shown(plan, make, monkeypatch):
    case = make(goal_ug_per_day=45_000.0)
    real = gate.faults

    def faulty(products, wishes, terms, steps):
        fives = any(dose.product == "us.tablet_5mg" for step in steps for dose in step.doses)
        return ["a fault"] if fives else real(products, wishes, terms, steps)

    monkeypatch.setattr(gate, "faults", faulty)
    made = plan(case)
    assert not made.refused
    assert [said(other.name) for other in made.others] == ["Tablets of 10 mg and 15 mg"]


def test_what_the_second_look_finds_refuses_the_plan(plan, make, monkeypatch):
    monkeypatch.setattr(gate, "faults", lambda *_: ["a dose above its limit"])
    made = plan(make())
    assert made.refused
    assert made.steps == made.dispense == ()
    assert "found a dose above its limit" in said(made.refusals[0].reason)


def test_a_plan_in_a_liquid_is_made_where_only_a_liquid_is_at_hand(plan, make):
    made = plan(make(products=("us.solution_2mg_ml",), goal_ug_per_day=30_000.0))
    assert not made.refused
    assert shape(made.steps)[0] == [(hour, 5, "us.solution_2mg_ml", 2.5) for hour in (8, 14, 22)]
    assert made.dispense[0].units == 3 * 7.5 + 42 * 15


def test_two_concentrations_are_never_in_one_plan(knowledge, make):
    case = make(products=("us.solution_1mg_ml", "us.suspension_5mg_ml"))
    found = schedules(knowledge, case, [wish(0, 15), wish(3, 30, None)], rise(forms=("liquid",)))
    assert [len(schedule.products) for schedule in found] == [1, 1]
    assert len({schedule.products for schedule in found}) == 2


def test_who_must_have_a_liquid_gets_no_tablet(knowledge, make):
    case = make(products=("us.tablet_5mg",))
    assert settle(knowledge, case, [wish(0, 15, None)], rise(forms=("liquid",))) == ()


def test_two_strengths_make_up_one_dose(knowledge, make):
    case = make(products=("us.tablet_5mg", "us.tablet_10mg"))
    taken = tuple(ClockDose(clock=clock, amount_ug=10_000.0) for clock in THREE)
    weeks = [wish(3 * n, 45, None if n == 9 else 3) for n in range(10)]
    steps = settle(knowledge, case, weeks, rise(taken))
    assert len(steps) == 1
    assert shape(steps)[0][:2] == [(8, 10, "us.tablet_10mg", 1), (8, 5, "us.tablet_5mg", 1)]
    assert [dose.amount_ug for dose in by_clock(steps[0].doses)] == [15_000] * 3


def test_another_number_of_doses_a_day_is_named_by_it(knowledge, make):
    case = make(products=("us.tablet_20mg",), goal_ug_per_day=40_000.0)
    found = schedules(knowledge, case, [wish(0, 40, None)], rise((ClockDose(clock=time(8), amount_ug=30_000.0),)))
    assert [max(map(len, schedule.sets)) for schedule in found] == [4, 3]
    shown = gate.alternatives(knowledge, [wish(0, 40, None)], found)
    assert said(shown[0].name) == "Tablets of 20 mg, up to 3 1 doses a day"
    why = (
        "It divides the day less evenly or changes more doses; but it keeps nearer to the usual number of doses a day."
    )
    assert said(shown[0].why_not) == why


def test_what_counts_the_same_says_that_it_stands_later(knowledge, make):
    case = make(products=("us.solution_1mg_ml", "us.solution_2mg_ml"))
    found = schedules(knowledge, case, [wish(0, 15, None)], rise(forms=("liquid",)))
    shown = gate.alternatives(knowledge, [wish(0, 15, None)], found)
    assert [said(other.name) for other in shown] == ["Liquid of 2 mg/mL"]
    assert said(shown[0].why_not) == "It is as good, and stands later in the list."


def test_a_larger_margin_shows_what_misses_the_wish_and_says_so(knowledge, make):
    facts = {**knowledge.facts, "plan.margin": replace(knowledge.fact("plan.margin"), value=500.0)}
    case = make(products=("us.tablet_5mg", "us.tablet_20mg"))
    wishes = [wish(0, 15, None)]
    wide = replace(knowledge, facts=facts)
    found = schedules(wide, case, wishes, rise(single_rise_ug=10_000.0))
    told = {said(other.name): said(other.why_not) for other in gate.alternatives(wide, wishes, found)}
    assert told["Tablets of 20 mg"].startswith("It comes less near to the wished doses")


def test_however_wide_the_margin_no_two_schedules_are_the_same_and_each_names_what_it_is_made_of(knowledge, make):
    facts = {**knowledge.facts, "plan.margin": replace(knowledge.fact("plan.margin"), value=1e6)}
    found = schedules(replace(knowledge, facts=facts), make(), [wish(0, 15), wish(3, 30, None)], rise())
    made = [tuple(step.doses for step in schedule.steps) for schedule in found]
    assert len(set(made)) == len(made)
    used = [{dose.product for doses in days for dose in doses} for days in made]
    assert [schedule.products for schedule in found] == used
    assert any(len(products) == 2 for products in used)


def test_a_wish_above_the_limit_is_met_up_to_the_limit(knowledge, make):
    steps = settle(knowledge, make(), [wish(0, 15), wish(3, 500, None)], rise(cap_ug_per_day=20_000.0))
    assert [step.total_ug_per_day for step in steps] == [15_000, 20_000]


def test_where_only_one_set_of_clock_times_is_offered_there_is_no_other(knowledge, make):
    found = schedules(knowledge, make(products=("us.tablet_5mg",)), [wish(0, 15, None)], rise(clocks=(THREE,)))
    assert len(found) == 1


@pytest.mark.parametrize("size", [float("nan"), float("inf")])
def test_bounds_that_are_no_numbers_make_no_schedule(knowledge, make, size):
    terms = rise(cap_ug_per_day=size, single_rise_ug=size, rise_ug_per_day=size, start_ug_per_day=size)
    assert schedules(knowledge, make(), [wish(0, size, None)], terms) == ()


def test_what_is_taken_or_at_home_is_kept_to_unless_another_saves_much(knowledge, make, build):
    taken = build.regimen(("08:00", 5.0), ("14:00", 5.0), ("22:00", 5.0), product="us.tablet_5mg")
    going_on = rise(tuple(taken.doses))
    fresh = schedules(knowledge, make(), [wish(0, 30), wish(3, 45, None)], going_on)
    assert fresh[0].products == {"us.tablet_10mg"}  # 12 pieces and 3 broken against 15: 10.5 points against 15
    on_fives = schedules(knowledge, make(regimens=(taken,)), [wish(0, 30), wish(3, 45, None)], going_on)
    assert on_fives[0].products == {"us.tablet_5mg"}
    shown = gate.alternatives(knowledge, [wish(0, 30), wish(3, 45, None)], on_fives)
    assert said(shown[0].why_not) == "It needs a product that is not at home; but it takes fewer pieces a day."
    counted = Stock(product="us.tablet_5mg", units=20.0, at=make().now)
    at_home = schedules(knowledge, make(stock=(counted,)), [wish(0, 30), wish(3, 45, None)], going_on)
    assert at_home[0].products == {"us.tablet_5mg"}
    used_up = schedules(
        knowledge, make(stock=(replace(counted, units=0.0),)), [wish(0, 30), wish(3, 45, None)], going_on
    )
    assert used_up[0].products == {"us.tablet_10mg"}


def test_a_fourth_dose_leaves_the_night_the_heavier(knowledge, make):
    taken = tuple(ClockDose(clock=clock, amount_ug=5_000.0) for clock in THREE)
    case = make(products=("us.tablet_5mg",))
    steps = settle(knowledge, case, [wish(0, 25, None)], rise(taken, clocks=(FOUR,)))
    assert [dose.amount_ug / 1000 for dose in steps[0].doses] == [5, 5, 5, 10]


def test_no_wish_is_no_schedule(knowledge, make):
    assert schedules(knowledge, make(), [], rise()) == ()


def test_a_reduction_that_fits_nothing_at_hand_is_made_of_the_regions_tablets(knowledge, picture_of, make, build):
    taken = build.regimen(("08:00", 5.0), ("14:00", 5.0), ("22:00", 5.0), product="us.tablet_5mg")
    case = make(ask=Ask.TAPER, goal_ug_per_day=0.0, regimens=(taken,), products=("us.tablet_20mg",))
    made = taper(knowledge, case, picture_of(case))
    assert not made.refused
    assert {dose.product for step in made.steps for dose in step.doses} == {"us.tablet_5mg"}


def test_another_draft_goes_through_the_same_gate_and_is_not_shown_where_it_is_refused(knowledge, picture_of, make):
    case = make(goal_ug_per_day=15_000.0)
    picture = picture_of(case)
    draft = Draft(
        kind=Kind.TITRATE,
        change=Change.START,
        standing=standing(knowledge, case, FIRST),
        wishes=(wish(0, 15, None),),
        terms=rise(),
        objections=(),
        notes=(),
        name=Text(("Three a day",)),
        why_not=Text(("Faster",)),
    )
    too_much = replace(draft, terms=rise(start_ug_per_day=1_000.0))
    made = admit(knowledge, case, picture, draft, [replace(too_much, name=Text(("Too much",))), draft])
    assert (said(made.others[0].name), len(made.others[0].steps)) == ("Three a day", 1)
    assert all(other.steps and not other.refusals for other in made.others)
    assert len(made.others) == 2
    assert admit(knowledge, case, picture, too_much, [draft]).others == ()


def test_doses_that_no_piece_can_bring_down_are_not_brought_down(knowledge, picture_of, make, build):
    taken = build.regimen(("08:00", 2.0), ("22:00", 2.0))
    case = make(ask=Ask.TAPER, goal_ug_per_day=1_000.0, regimens=(taken,))
    made = taper(knowledge, case, picture_of(case))
    assert made.refused
    assert "Stay on the present dose, do not stop" in said(made.refusals[-1].reason)


PRODUCTS = {
    "us.tablet_10mg": Product(product="us.tablet_10mg", form="tablet", strength_ug=10_000.0, piece_ug=5_000.0),
    "us.tablet_5mg": Product(product="us.tablet_5mg", form="tablet", strength_ug=5_000.0, piece_ug=5_000.0),
    "us.solution": Product(product="us.solution", form="liquid", strength_ug=1_000.0, piece_ug=500.0),
    "us.strong": Product(product="us.strong", form="liquid", strength_ug=5_000.0, piece_ug=2_500.0),
}


def dose(hour, units, product="us.tablet_10mg", amount_ug=None):
    strength_ug = PRODUCTS[product].strength_ug if product in PRODUCTS else 1.0
    amount_ug = units * strength_ug if amount_ug is None else amount_ug
    return PlanDose(clock=time(hour), amount_ug=amount_ug, product=product, units=units)


def steps_of(wishes, *days, totals=None):
    found = []
    for n, (wished, day) in enumerate(zip(wishes, days, strict=True)):
        total_ug = sum(one.amount_ug for one in day) if totals is None else totals[n]
        found.append(
            Step(
                since=wished.since, until=wished.until, doses=tuple(day), total_ug_per_day=total_ug, why=wished.why,
                limited_by=(), monitor=(),
            )
        )  # fmt: skip
    return found


def three(units, **kwargs):
    return [dose(hour, units, **kwargs) for hour in (8, 14, 22)]


UP = [wish(0, 15), wish(3, 30, None)]
DOWN = [wish(0, 20, 7), wish(7, 10, 7), wish(14, 0, None)]
NOW = tuple(ClockDose(clock=clock, amount_ug=10_000.0) for clock in THREE)
FALL = Terms(bounds=None, taken=NOW, clocks=())


def test_a_right_rise_and_a_right_fall_have_no_fault():
    assert faults(PRODUCTS, UP, rise(), steps_of(UP, three(0.5), three(1))) == []
    fall = steps_of(DOWN, [dose(8, 1), dose(22, 1)], [dose(22, 1)], [])
    assert faults(PRODUCTS, DOWN, FALL, fall) == []
    held = steps_of([UP[0]], three(0.5))
    assert faults(PRODUCTS, UP, rise(), [replace(held[0], until=None)]) == []


FIVES = three(0.5)
RISES = {
    "a product that is not at hand": (FIVES, [dose(22, 3, "us.gone")]),
    "forms or concentrations that are mixed": (FIVES, [*three(0.5), dose(22, 2, "us.solution")]),
    "a dose that is not so many pieces": (FIVES, [dose(8, 0.75), dose(14, 1), dose(22, 1)]),
    "a dose that stands there twice": (FIVES, [*three(0.5), dose(22, 0.5)]),
    "a daily dose above the one wished": (FIVES, [*three(1)[:2], dose(22, 1), dose(22, 1, "us.tablet_5mg")]),
    "clock times that were not offered": (FIVES, [dose(8, 1), dose(22, 1)]),
    "a fall that nobody wished": (three(0.5), [dose(22, 1)]),
    "a dose that rises too fast": ([dose(22, 0.5)], [dose(22, 1.5)]),
    "a daily dose that rises too fast": ([dose(22, 0.5)], three(1)),
}


@pytest.mark.parametrize("fault", RISES)
def test_each_fault_of_a_rise_is_found(fault):
    assert fault in faults(PRODUCTS, UP, rise(), steps_of(UP, *RISES[fault]))


@pytest.mark.parametrize(
    ("fault", "bounds"),
    [
        ("a daily dose above its limit", {"cap_ug_per_day": 20_000.0}),
        ("a dose above its limit", {"single_cap_ug": 5_000.0}),
        ("a daily dose that rises too fast", {"start_ug_per_day": 10_000.0}),
        ("a daily dose that rises too fast", {"rise_ug_per_day": float("nan")}),
        ("a daily dose above its limit", {"cap_ug_per_day": float("nan")}),
        ("a daily dose above its limit", {"cap_ug_per_day": -1.0}),
        ("a dose that rises too fast", {"single_rise_ug": float("nan")}),
    ],
)
def test_a_step_outside_a_bound_or_a_bound_that_is_no_number_is_a_fault(fault, bounds):
    assert fault in faults(PRODUCTS, UP, rise(**bounds), steps_of(UP, three(0.5), three(1)))


def test_a_fall_that_was_wished_is_no_fault_of_a_rise():
    wishes = [wish(0, 15), wish(3, 5, None)]
    assert faults(PRODUCTS, wishes, rise(), steps_of(wishes, three(0.5), [dose(22, 0.5)])) == []


def test_two_concentrations_are_a_fault():
    mixed = [dose(8, 5, "us.solution"), dose(14, 1, "us.strong"), dose(22, 1, "us.strong")]
    assert faults(PRODUCTS, UP[:1], rise(), steps_of(UP[:1], mixed)) == ["forms or concentrations that are mixed"]


@pytest.mark.parametrize("total_ug", [14_000.0, float("nan")])
def test_a_total_that_its_doses_do_not_add_up_to_is_a_fault(total_ug):
    steps = steps_of(UP, three(0.5), three(1), totals=[total_ug, 30_000.0])
    assert faults(PRODUCTS, UP, rise(), steps) == ["a total that its doses do not add up to"]


@pytest.mark.parametrize("amount_ug", [5_001.0, float("nan")])
def test_an_amount_that_its_units_do_not_hold_is_a_fault(amount_ug):
    steps = steps_of(UP[:1], [dose(22, 0.5, amount_ug=amount_ug)])
    assert "a dose that is not so many pieces" in faults(PRODUCTS, UP[:1], rise(), steps)
    negative = steps_of(UP[:1], [*three(0.5), dose(23, -0.5)])
    assert "a dose that is not so many pieces" in faults(PRODUCTS, UP[:1], rise(), negative)


def test_steps_that_do_not_follow_each_other_are_a_fault():
    right = steps_of(UP, three(0.5), three(1))
    late = [replace(right[0], since=right[0].since + timedelta(days=1)), right[1]]
    gap = [replace(right[0], until=right[0].until - timedelta(days=1)), right[1]]
    ended = [right[0], replace(right[1], until=right[1].since + timedelta(days=1))]
    for steps in (late, gap, ended):
        assert "steps that do not follow each other" in faults(PRODUCTS, UP, rise(), steps)
    moved = right[0].until + timedelta(days=1)
    own = [replace(right[0], until=moved), replace(right[1], since=moved)]
    assert faults(PRODUCTS, UP, rise(), own) == ["a step that begins when nothing was wished"]


FALLS = {
    "a dose that rises in a reduction": ([dose(8, 0.5), dose(22, 1.5)], [dose(22, 1)], []),
    "a fall that is too large": ([dose(22, 1)], [dose(22, 1)], []),
}


@pytest.mark.parametrize("fault", FALLS)
def test_each_fault_of_a_fall_is_found(fault):
    assert faults(PRODUCTS, DOWN, FALL, steps_of(DOWN, *FALLS[fault])) == [fault]


def test_a_new_clock_time_in_a_reduction_is_a_dose_that_rises():
    steps = steps_of(DOWN, [dose(8, 1), dose(12, 0.5), dose(22, 0.5)], [dose(22, 0.5), dose(8, 0.5)], [])
    assert faults(PRODUCTS, DOWN, FALL, steps) == ["a dose that rises in a reduction"]


def test_nothing_where_something_was_wished_is_a_fall_that_is_too_large():
    last = [wish(0, 2, None)]
    steps = steps_of(last, [])
    assert faults(PRODUCTS, last, replace(FALL, taken=NOW[:1]), steps) == [
        "a fall that is too large",
        "a dose below the goal",
    ]
    unknown = [wish(0, float("nan"), None)]
    found = faults(PRODUCTS, unknown, FALL, steps_of(unknown, []))
    assert found == ["a fall that is too large", "a dose below the goal"]


@pytest.mark.parametrize("region", list(Region))
def test_every_other_schedule_has_no_fault_either(plan, make, region):
    made = plan(make(region=region, goal_ug_per_day=60_000.0))
    for other in made.others:
        totals = [step.total_ug_per_day for step in other.steps]
        assert totals == sorted(totals)
        assert max(totals) <= 60_000


def test_a_dose_of_no_pieces_is_a_fault():
    steps = steps_of(UP[:1], [*three(0.5), dose(23, 0)])
    assert "a dose that is not so many pieces" in faults(PRODUCTS, UP[:1], rise(), steps)


def test_a_total_and_a_limit_may_be_missed_by_rounding_alone():
    steps = steps_of(UP, three(0.5), three(1), totals=[15_000.0, 30_000.0 * (1 + 5e-10)])
    assert faults(PRODUCTS, UP, rise(), steps) == []
    assert faults(PRODUCTS, UP, rise(cap_ug_per_day=30_000.0 * (1 - 5e-10)), steps_of(UP, three(0.5), three(1))) == []


def test_the_smallest_piece_of_a_plan_says_how_far_it_may_fall_below_a_wish():
    large = Product(product="us.large", form="tablet", strength_ug=20_000.0, piece_ug=20_000.0)
    products = {**PRODUCTS, "us.large": large}
    taken = (ClockDose(clock=time(8), amount_ug=20_000.0), ClockDose(clock=time(22), amount_ug=20_000.0))
    wishes = [wish(0, 40, 7), wish(7, 20, 7), wish(14, 0, None)]
    first = [PlanDose(clock=time(8), amount_ug=20_000.0, product="us.large", units=1.0), dose(22, 2)]
    steps = steps_of(wishes, first, [dose(22, 1)], [])
    assert faults(products, wishes, replace(FALL, taken=taken), steps) == ["a fall that is too large"]


def test_between_equal_wishes_a_fall_is_one_that_nobody_wished():
    wishes = [wish(0, 15), wish(3, 15, None)]
    assert "a fall that nobody wished" in faults(PRODUCTS, wishes, rise(), steps_of(wishes, three(0.5), [dose(22, 1)]))


def test_nothing_before_the_goal_is_a_fall_that_is_too_large_however_small_the_wish():
    wishes = [wish(0, 5, 7), wish(7, 2, 7), wish(14, 0, None)]
    taken = (ClockDose(clock=time(22), amount_ug=5_000.0),)
    steps = steps_of(wishes, [dose(22, 0.5)], [], [])
    assert faults(PRODUCTS, wishes, replace(FALL, taken=taken), steps) == ["a fall that is too large"]


def test_the_largest_dose_of_a_day_rises_from_the_largest_of_the_day_before():
    taken = (ClockDose(clock=time(8), amount_ug=5_000.0), ClockDose(clock=time(22), amount_ug=10_000.0))
    terms = rise(taken=taken, clocks=((time(8), time(22)),))
    wishes = [wish(0, 25, None)]
    assert faults(PRODUCTS, wishes, terms, steps_of(wishes, [dose(8, 0.5), dose(22, 1.5)])) == []
    both = rise(taken=(taken[0], replace(taken[1], amount_ug=5_000.0)), clocks=((time(8), time(22)),))
    assert faults(PRODUCTS, wishes, both, steps_of(wishes, [dose(8, 0.5), dose(22, 1.5)])) == [
        "a dose that rises too fast"
    ]
