"""The gate by itself: what it asks of a draft, in which order, what it lets out, and what it keeps of a refusal.

What it asks (rules, doubling, the second look, the simulation) is stood in for, so that each answer can be made up.
"""

import math
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from baclo.care import plan as gate
from baclo.care.alternatives import Alternative
from baclo.care.finding import Change
from baclo.care.plan import Draft, Kind, admit, planned_timeline
from baclo.care.refusal import Refusal
from baclo.care.standing import Continuity, Standing
from baclo.care.steps import PlanDose, Step
from baclo.care.wishes import Bounds, Terms, Wish
from baclo.case.timeline import DoseStatus, Route
from baclo.knowledge.words import Text

FIRST = datetime(2026, 11, 24, tzinfo=UTC)
COURSE = object()
BOUNDS = Bounds(
    start_ug_per_day=15_000,
    rise_ug_per_day=15_000,
    single_rise_ug=5_000,
    single_cap_ug=None,
    cap_ug_per_day=60_000,
    basis=(),
)


def words(text):
    return "".join(map(str, text.pieces))


def no(reason):
    return Refusal(reason=Text((reason,)), needs=(), basis=())


def step(mg, day=0, days=None, at=None):
    since = FIRST + timedelta(days=day)
    dose = PlanDose(clock=time(8), amount_ug=mg * 1000.0, product="us.tablet_10mg", units=mg / 10, at=at, due=at)
    return Step(
        since=since,
        until=None if days is None else since + timedelta(days=days),
        doses=(dose,) if mg else (),
        total_ug_per_day=mg * 1000.0,
        why=Text(()),
        limited_by=(),
        monitor=(),
    )


def wish(mg):
    return Wish(since=FIRST, until=None, total_ug_per_day=mg * 1000.0, why=Text(()), limited_by=(), monitor=())


def draft(*mg, change=Change.START, kind=Kind.TITRATE, bounds=BOUNDS, **more):
    standing = Standing(continuity=Continuity.NEVER, regimen=None, since=None, loose=False, later=())
    told = {"objections": (), "notes": (), **more}
    return Draft(
        kind=kind,
        change=change,
        standing=standing,
        wishes=tuple(map(wish, mg)),
        terms=Terms(bounds=bounds, taken=(), clocks=()),
        **told,
    )


def falling(*mg, **more):
    return draft(*mg, change=Change.REDUCE, kind=Kind.TAPER, bounds=None, **more)


def dated(*steps, **more):
    return draft(change=Change.RESUME, kind=Kind.RESUME, bounds=None, dated=steps, **more)


@pytest.fixture
def stand_in(monkeypatch):
    """What the gate asks, answered by the dose of the first wish or step: nothing is wrong unless it is made so."""
    said = SimpleNamespace(against={}, watched=(), faulty={}, doubled=(), near=(), course=COURSE, settled={}, asked=[])

    def first_mg(steps):
        return steps[0].total_ug_per_day / 1000 if steps else None

    def settled(_knowledge, _case, wishes, _terms):
        return said.settled.get(first_mg(wishes), tuple(step(one.total_ug_per_day / 1000) for one in wishes))

    def against(_judge, steps, *, dated=False):
        said.asked.append((first_mg(steps), dated))
        return said.against.get(first_mg(steps), ())

    monkeypatch.setattr(gate.Judge, "against", against)
    monkeypatch.setattr(gate.Judge, "not_at_home", lambda _judge: said.watched)
    monkeypatch.setattr(
        gate.Judge, "at_the_goal", lambda _judge, _steps: (Text(("too high a goal",)),) * bool(said.watched)
    )
    monkeypatch.setattr(gate.Judge, "brought", lambda _judge, steps: ("brought", first_mg(steps)))

    def schedules(*asked):
        first = settled(*asked)
        return [SimpleNamespace(steps=first), SimpleNamespace(steps=(step(99),))] if first else []

    monkeypatch.setattr(gate, "schedules", schedules)
    monkeypatch.setattr(gate, "settle", settled)
    monkeypatch.setattr(gate, "faults", lambda _menu, _wishes, _terms, steps: said.faulty.get(first_mg(steps), ()))
    monkeypatch.setattr(gate, "doubled", lambda *_: said.doubled)
    monkeypatch.setattr(gate, "alternatives", lambda *_: said.near)
    monkeypatch.setattr(gate, "coarse", lambda *_: (Text(("coarse",)),))
    monkeypatch.setattr(gate, "not_at_hand", lambda *_: (Text(("elsewhere",)),))
    monkeypatch.setattr(gate, "dispensed", lambda _case, _products, steps, lasting: (first_mg(steps), lasting))

    def predict(_knowledge, _case, *, timeline, until, step_h, band):
        said.asked.append(("simulated", until, step_h, band, len(timeline.regimens)))
        return said.course

    monkeypatch.setattr(gate, "predict", predict)
    return said


@pytest.fixture
def let(knowledge, make, picture_of, stand_in):
    def out(first, *others, **told):
        case = make(**told)
        return admit(knowledge, case, picture_of(case), first, others)

    return out


def test_a_draft_that_nothing_stands_against_is_let_out_whole(let, stand_in):
    plan = let(draft(5, 10, notes=(Text(("told",)),)))
    assert (plan.kind, plan.refused, plan.refusals) == (Kind.TITRATE, False, ())
    assert [one.total_ug_per_day for one in plan.steps] == [5_000, 10_000]
    assert plan.course is COURSE
    assert plan.findings == ("brought", 5)
    assert [words(note) for note in plan.notes] == ["told", "coarse", "elsewhere"]
    assert plan.dispense == (5, timedelta(weeks=6))
    assert stand_in.asked[-1] == (5, False)
    assert let(falling(10, 5)).dispense == (10, timedelta(weeks=4))


def test_it_is_simulated_beyond_its_last_step_with_a_band(let, stand_in, knowledge):
    stand_in.settled[5] = (step(5, 0, 3), step(10, 3))
    let(draft(5, 10))
    after = timedelta(hours=knowledge.number("simulation.after_last_step", "h"))
    grid_h = knowledge.number("simulation.plan_grid", "h")
    assert ("simulated", FIRST + timedelta(days=3) + after, grid_h, True, 2) in stand_in.asked


@pytest.mark.parametrize("where", ["against", "faulty", "objections", "course", "age_y", "weight_kg", "height_cm"])
def test_one_reason_anywhere_refuses_a_rise_keeps_its_curve_and_dispenses_nothing(let, stand_in, where):
    told, objections = {}, ()
    if where == "against":
        stand_in.against[5] = (no("a rule"),)
    elif where == "faulty":
        stand_in.faulty[5] = ("a dose too large",)
    elif where == "objections":
        objections = (no("the planner"),)
    elif where == "course":
        stand_in.course = None
    else:
        told[where] = math.nan
    plan = let(draft(5, 10, objections=objections), draft(3, name=Text(("other",))), **told)
    assert plan.refused
    assert (plan.steps, plan.others, plan.dispense) == ((), (), ())
    assert plan.course is stand_in.course
    assert len(plan.refusals) == 1
    assert [words(note) for note in plan.notes] == ["coarse", "elsewhere"]


def test_every_reason_is_told_and_each_once(let, stand_in):
    stand_in.against[5], stand_in.faulty[5], stand_in.course = (no("a rule"), no("twice")), ("a dose too large",), None
    plan = let(draft(5, objections=(no("twice"),)), weight_kg=math.inf)
    reasons = [words(refusal.reason) for refusal in plan.refusals]
    assert reasons[:2] == ["a rule", "twice"]
    assert len(reasons) == 5
    assert "A second look at the steps found a dose too large" in reasons[2]
    assert (plan.refusals[3].needs, plan.refusals[4].needs) == (("patient.age",), ("patient",))


def test_sizes_that_are_not_known_are_no_numbers_that_are_none(let):
    assert not let(draft(5), age_y=None, weight_kg=None, height_cm=None).refused


def test_a_reduction_is_refused_neither_by_sizes_nor_by_a_missing_model(let, stand_in):
    stand_in.course = None
    assert not let(falling(10, 5), weight_kg=math.nan).refused
    stand_in.faulty[10] = ("a dose that rises",)
    assert let(falling(10, 5)).refused


def test_steps_that_must_be_watched_are_let_out_as_none_for_home_and_a_refusal_says_only_itself(let, stand_in):
    stand_in.watched = (no("kidneys"),)
    watched = (Text(("stay",)),)
    plan = let(falling(10, 5, in_care=watched), falling(8, 4, name=Text(("beside",))))
    assert not plan.refused
    assert [one.monitor for one in plan.steps] == [watched] * 2
    (beside, *_) = plan.others
    assert [one.monitor for one in beside.steps] == [watched] * 2
    assert plan.not_at_home == stand_in.watched
    assert (plan.dispense, let(falling(10, 5)).notes[0]) == ((), Text(("too high a goal",)))
    stand_in.against[10] = (no("a rule"),)
    assert let(falling(10, 5)).not_at_home == ()


def test_where_nothing_fits_that_is_said_unless_something_else_stands_against_it(let, stand_in):
    stand_in.settled = {5: (), 7: ()}
    stand_in.faulty[None] = ("never asked",)
    stand_in.course = None
    plan = let(draft(5))
    assert [refusal.needs for refusal in plan.refusals] == [("products",)]
    assert plan.course is None
    stand_in.against[None] = (no("a rule"),)
    assert [words(refusal.reason) for refusal in let(draft(7)).refusals] == ["a rule"]


def other(mg, name, **more):
    return draft(mg, name=Text((name,)), why_not=Text((f"not {name}",)), **more)


def names(plan):
    return [words(one.name) for one in plan.others]


def test_beside_it_stand_other_ways_first_then_schedules_nearly_as_good_two_in_all(let, stand_in):
    near = [
        Alternative(name=Text((name,)), why_not=Text((name,)), steps=(step(mg),))
        for name, mg in (("n1", 21), ("n2", 22))
    ]
    stand_in.near = near
    assert names(let(draft(5))) == ["n1", "n2"]
    plan = let(draft(5), other(6, "slow"))
    assert names(plan) == ["slow", "n1"]
    assert [one.steps[0].total_ug_per_day for one in plan.others] == [6_000, 21_000]
    assert words(plan.others[0].why_not) == "not slow"
    assert all(one.refusals == () for one in plan.others)
    assert names(let(draft(5), other(6, "a"), other(7, "b"), other(8, "c"))) == ["a", "b"]


def test_what_is_refused_by_itself_does_not_stand_beside_a_plan(let, stand_in):
    stand_in.near = [Alternative(name=Text(("n1",)), why_not=Text(("n1",)), steps=(step(21),))]
    stand_in.against = {6: (no("a rule"),), 21: (no("a rule"),)}
    assert names(let(draft(5), other(6, "a"), other(7, "b"))) == ["b"]
    assert names(let(draft(5), other(7, "b", objections=(no("its own"),)))) == []
    stand_in.settled[7] = ()
    assert names(let(draft(5), other(7, "b"))) == []


def test_dated_doses_are_asked_about_doubling_and_not_settled_simulated_sizes_or_dispensed(let, stand_in):
    now = FIRST + timedelta(hours=9)
    plan = let(dated(step(10, 0, 1, at=now), step(30, 1), notes=(Text(("told",)),)), weight_kg=math.nan)
    assert not plan.refused
    assert (plan.kind, plan.dispense) == (Kind.RESUME, ())
    assert [one.total_ug_per_day for one in plan.steps] == [10_000, 30_000]
    assert [words(note) for note in plan.notes] == ["told"]
    assert (10, True) in stand_in.asked
    stand_in.doubled, stand_in.course = (no("doubled"),), None
    refused = let(dated(step(10, 0, 1, at=now), objections=(no("the planner"),)))
    assert [words(refusal.reason) for refusal in refused.refusals] == ["the planner", "doubled"]
    assert (refused.steps, refused.dispense) == ((), ())


def test_days_between_which_a_prescriber_chooses_are_shown_with_their_reasons_beside_a_refusal(let, stand_in):
    now = FIRST + timedelta(hours=9)
    stand_in.against = {10: (no("decide"),), 20: (no("decide"),)}
    ways = [replace(dated(step(mg, 0, 1, at=now)), name=Text((f"{mg}",))) for mg in (10, 20)]
    plan = let(dated(step(10, 0, 1, at=now)), *ways)
    assert plan.refused
    assert names(plan) == ["10", "20"]
    assert [[words(refusal.reason) for refusal in one.refusals] for one in plan.others] == [["decide"], ["decide"]]
    assert [one.steps for one in plan.others] == [(), ()]


def test_what_is_taken_if_a_plan_is_followed(make, build):
    earlier = replace(build.regimen(("08:00", 5.0)), since=FIRST - timedelta(days=90), until=FIRST - timedelta(days=30))
    running = replace(build.regimen(("08:00", 10.0)), since=FIRST - timedelta(days=30))
    ending = replace(running, until=FIRST + timedelta(days=2))
    to_the_minute = replace(running, until=FIRST)
    later = replace(running, since=FIRST, until=None)
    for present in (running, ending, to_the_minute):
        case = make(regimens=(earlier, present, later))
        timeline = planned_timeline(case, [step(5, 0, 3), step(0, 3)])
        assert [(one.since, one.until) for one in timeline.regimens] == [
            (earlier.since, earlier.until),
            (present.since, FIRST),
            (FIRST, FIRST + timedelta(days=3)),
        ]
        assert timeline.regimens[-1].doses[0].amount_ug == 5_000


def test_dated_doses_stand_among_those_that_were_taken(make, build):
    at = FIRST + timedelta(hours=9)
    before, after = (build.dose(5.0, at=at + timedelta(hours=hours)) for hours in (-1, 1))
    timeline = planned_timeline(make(doses=(before, after)), [step(10, 0, 1, at=at), step(30, 1)])
    first, dose, last = timeline.doses
    assert (first, last) == (before, after)
    assert (dose.at, dose.amount_ug, dose.over_h, dose.scheduled, dose.vomited_at) == (at, 10_000, 0.0, None, None)
    assert (dose.route, dose.status, dose.product) == (Route.ORAL, DoseStatus.GIVEN, "us.tablet_10mg")
    assert [one.since for one in timeline.regimens] == [FIRST + timedelta(days=1)]
