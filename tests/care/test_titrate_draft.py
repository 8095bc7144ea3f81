"""What the planner of a rise hands to the gate: what it changes, from when, its terms, objections and notes."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care.finding import Change
from baclo.care.plan import Kind
from baclo.care.steps import PlanDose, Step
from baclo.care.titrate import share_of, titrate
from baclo.case.goal import Goal
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Number, Text

SLEEP = (Goal(name="sleep without spasms", kind=None, importance=None, difficulty=None, baseline=None, attained=None),)
LARGEST, SMALLER = "the night dose of every step is as large as any", "another dose of the day is larger"
LATER = "The plan begins later because the present dose has not lasted a whole step."


def words(text):
    return "".join(f"{p.value} {p.unit}" if isinstance(p, Number) else str(p) for p in text.pieces)


@pytest.fixture
def handed(knowledge, make, picture_of, monkeypatch):
    """What the gate is given: the draft, and the drafts of the other ways."""
    monkeypatch.setattr("baclo.care.titrate.admit", lambda *given: given[3:])

    def of(**changes):
        case = make(**changes)
        return titrate(knowledge, case, picture_of(case))

    return of


@pytest.fixture
def draft(handed):
    return lambda **changes: handed(**changes)[0]


@pytest.fixture
def taken(build):
    return build.regimen(("08:00", 5.0), ("14:00", 5.0), ("22:00", 5.0))


def test_the_answer_is_that_of_the_gate(knowledge, make, picture_of, monkeypatch):
    monkeypatch.setattr("baclo.care.titrate.admit", lambda *_: "the answer of the gate")
    assert titrate(knowledge, make(), picture_of(make())) == "the answer of the gate"


def test_what_it_changes_is_told_by_what_was_taken(draft, taken, make):
    now = make().now
    ended = replace(taken, until=now - timedelta(days=10))
    stopped = replace(taken, until=now - timedelta(hours=30))
    assert draft().change is Change.START
    assert draft(regimens=(taken,)).change is Change.RAISE
    assert draft(regimens=(stopped,)).change is Change.RESTART
    assert draft(regimens=(ended,)).change is Change.RESTART
    assert draft(baclofen_since=now - timedelta(days=400)).change is Change.RAISE
    assert draft().kind is Kind.TITRATE


def test_a_rise_from_nothing_takes_the_times_and_the_bounds_of_its_way(draft):
    terms = draft().terms
    assert terms.taken == ()
    assert terms.clocks[0] == (time(8), time(14), time(22))
    assert (terms.bounds.start_ug_per_day, terms.bounds.cap_ug_per_day) == (15_000, 80_000)
    assert terms.forms == ("tablet",)
    assert [wish.total_ug_per_day for wish in draft().wishes] == [15_000, 30_000, 45_000, 60_000]


def test_a_rise_from_a_dose_goes_on_from_its_doses(draft, taken):
    found = draft(regimens=(taken,))
    assert found.terms.taken == taken.doses
    assert found.standing.regimen == taken
    assert [wish.total_ug_per_day for wish in found.wishes] == [30_000, 45_000, 60_000]


def test_a_child_is_given_its_liquid(draft):
    child = {"age_y": 6.0, "weight_kg": 20.0, "height_cm": 112.0, "region": Region.UK}
    assert draft(**child).terms.forms == ("liquid",)


def test_other_ways_are_named_and_handed_on_only_beside_one_without_objections(handed):
    first, others = handed()
    assert (first.objections, first.name, first.why_not) == ((), None, None)
    assert [words(other.name) for other in others] == ["The slow scheme", "4.0 1 doses a day"]
    assert words(others[0].why_not).startswith("It reaches 60.0 mg/d")
    assert [step.total_ug_per_day for step in others[0].wishes][:2] == [5_000, 10_000]
    first, others = handed(weight_kg=None)
    assert (len(first.objections) > 0, others) == (True, ())


def test_it_objects_to_what_is_taken_now_to_the_bounds_and_to_the_times(draft, build):
    loose = draft(doses=(build.dose(5.0),))
    assert "belong to no regimen" in words(loose.objections[0].reason)
    goal = draft(goal_ug_per_day=0.0)
    assert [words(one.reason)[:21] for one in goal.objections] == ["The goal is not above"]
    twice = draft(clocks=(time(8), time(8)))
    assert [words(one.reason)[:19] for one in twice.objections] == ["The times asked for"]


def test_what_the_kidneys_leave_of_a_childs_dose_is_asked_of_the_table_of_children(knowledge, make, picture_of):
    child = make(sex=None, age_y=6.0, weight_kg=20.0, height_cm=112.0, region=Region.UK)
    assert share_of(knowledge, child, picture_of(child)).needs == ("patient.sex",)


def test_what_they_leave_of_an_adults_is_asked_of_both_tables(knowledge, make, picture_of, build):
    # Cockcroft-Gault: (140 - 60) x 40 / 72 = 44 mL/min, which is half a dose; by eGFR alone it would be two thirds
    light = make(age_y=60.0, weight_kg=40.0, creatinine=(build.creatinine(1.0),))
    assert share_of(knowledge, light, picture_of(light)).fraction == pytest.approx(1 / 2)


# The present dose began on a day of November at midnight UTC; the plan would begin on the 24th, a step lasts 3 days.
BEGINS = {20: (24, False), 21: (24, False), 22: (25, True), 23: (26, True)}


@pytest.mark.parametrize("day", BEGINS)
def test_a_plan_waits_until_the_present_dose_has_lasted_a_whole_step_and_says_so(draft, taken, day):
    begins, said = BEGINS[day]
    found = draft(regimens=(replace(taken, since=datetime(2026, 11, day, tzinfo=UTC)),))
    assert found.wishes[0].since.date().day == begins
    assert (LATER in map(words, found.notes)) is said


def test_the_day_that_the_present_dose_began_is_the_local_one(draft, taken):
    # 23:30 of the 21st in London is the 22nd in Berlin
    since = replace(taken, since=datetime(2026, 11, 21, 23, 30, tzinfo=UTC))
    assert draft(regimens=(since,)).wishes[0].since.day == 24
    assert draft(regimens=(since,), zone=ZoneInfo("Europe/Berlin")).wishes[0].since.day == 25


def test_a_plan_waits_by_the_days_of_its_own_scheme_and_objects_where_that_is_too_late(draft, taken):
    # the slow scheme keeps a step for 7 days
    found = draft(regimens=(replace(taken, since=datetime(2026, 11, 22, tzinfo=UTC)),), frail=True)
    assert found.wishes[0].since.date().day == 29
    asked = draft(since=datetime(2026, 12, 20, tzinfo=UTC))
    assert "The plan would begin more than" in words(asked.objections[0].reason)
    assert LATER not in map(words, asked.notes)


def night(*days):
    """Steps of whole milligrams at 08:00, 14:00 and 22:00."""
    clocks = (time(8), time(14), time(22))
    at, said = datetime(2026, 11, 24, tzinfo=UTC), Text(("",))
    rows = [
        tuple(
            PlanDose(clock=clock, amount_ug=mg * 1000.0, product="x", units=1.0)
            for clock, mg in zip(clocks, day, strict=True)
        )
        for day in days
    ]
    return tuple(
        Step(since=at, until=None, doses=row, total_ug_per_day=0.0, why=said, limited_by=(), monitor=()) for row in rows
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([(5, 5, 10)], LARGEST),
        ([(5, 5, 5)], LARGEST),
        ([(10, 5, 5)], SMALLER),
        ([(5, 10, 5)], SMALLER),
        ([(5, 5, 10), (15, 5, 10)], SMALLER),
        ([(15, 5, 10), (5, 5, 10)], SMALLER),
    ],
)
def test_with_spasms_at_night_it_says_whether_the_night_dose_of_every_step_is_the_largest(
    draft, monkeypatch, days, said
):
    monkeypatch.setattr("baclo.care.titrate.settle", lambda *_: night(*days))
    first, *rest = map(words, draft(goals=SLEEP).notes)
    assert said in first
    assert not any("night dose" in note for note in rest)
    assert not any("night dose" in words(note) for note in draft().notes)


def test_where_the_day_divides_evenly_the_night_dose_is_as_large_as_any(draft):
    assert LARGEST in words(draft(goals=SLEEP).notes[0])


def test_the_notes_say_what_shaped_the_plan_in_their_order(draft):
    found = draft(region=Region.EU, frail=True, therapy_clocks=(time(10),), goal_ug_per_day=75_000.0)
    assert [words(note)[:24] for note in found.notes] == [
        "Slow scheme because of f",
        "The Swiss text raises ev",
        "The limit here is the 75",
        "Once the day has several",
        "With meals; the dose sta",
        "The dose is the lowest t",
        "Never stop at once: with",
    ]


@pytest.mark.parametrize(("goal_mg", "said"), [(79, False), (80, True), (200, True), (float("nan"), True)])
def test_where_the_caps_of_other_regions_lie_is_said_once_the_goal_reaches_the_cap(draft, goal_mg, said):
    notes = [words(note) for note in draft(goal_ug_per_day=goal_mg * 1000.0).notes]
    assert any(note.startswith("The limit here is") for note in notes) is said


def test_a_child_is_told_no_caps_of_adults(draft):
    child = {"age_y": 6.0, "weight_kg": 20.0, "height_cm": 112.0, "region": Region.UK, "goal_ug_per_day": 90_000.0}
    assert not any(words(note).startswith("The limit here is") for note in draft(**child).notes)


def test_a_scheme_without_words_on_its_limit_says_nothing_of_it(draft, build):
    known = {"creatinine": (build.creatinine(0.4),)}
    child = {
        **known,
        "age_y": 6.0,
        "weight_kg": 20.0,
        "height_cm": 114.0,
        "region": Region.UK,
        "goal_ug_per_day": 500_000.0,
    }
    assert all(isinstance(note, Text) for note in draft(**child).notes)
