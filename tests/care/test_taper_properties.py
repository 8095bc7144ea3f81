"""What must hold of every taper, whoever the person; tests/conftest.py says how to try a million of them."""

import math
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.care.steps import by_clock
from baclo.care.taper import taper, taper_agenda
from baclo.case.case import Ask, Method, Speed, Urgency
from baclo.case.kidney import kidney_picture
from baclo.case.patient import Condition, Creatinine
from baclo.case.timeline import ClockDose, Regimen
from baclo.knowledge.facts import Region

SHORTEST_DAYS = {Region.US: 14, Region.UK: 14, Region.EU: 21}
SMALLEST_PIECE_MG = 5.0
UNKNOWN = ["age_y", "weight_kg", "sex", "creatinine", "dialysis", "frail", "conditions", "baclofen_since"]
regions = st.sampled_from(list(Region))
methods = st.sampled_from([None, *Method])
speeds = st.sampled_from([None, *Speed])
urgencies = st.sampled_from(list(Urgency))
goals_ug = st.sampled_from([None, 0.0, 10_000.0, 33_000.0])
amounts_mg = st.lists(st.sampled_from([2.5, 5.0, 7.5, 10.0, 15.0, 20.0, 25.0, 35.0]), min_size=1, max_size=4)
any_amounts_mg = st.lists(st.floats(0.1, 60), min_size=1, max_size=4)
ages = st.one_of(st.none(), st.floats(1, 100))
creatinines = st.one_of(st.none(), st.floats(0.3, 6.0))
began = st.sampled_from(
    [None, *(datetime(year, month, 1, tzinfo=UTC) for year, month in ((2020, 1), (2026, 8), (2026, 11)))]
)


@pytest.fixture(scope="module")
def steps(knowledge, make):
    """Plans without their simulation and their findings: these only ever refuse, and move no step."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("baclo.care.plan.predict", lambda *_, **__: object())
        patch.setattr("baclo.care.judge.check", lambda *_: ())
        yield Steps(knowledge, make)


def taking(amounts_mg, since=datetime(2026, 11, 1, tzinfo=UTC)):
    clocks = [time(7 + 3 * index) for index in range(len(amounts_mg))]
    doses = tuple(ClockDose(clock=clock, amount_ug=mg * 1000) for clock, mg in zip(clocks, amounts_mg, strict=True))
    return (Regimen(product=None, modified_release=None, since=since, until=None, doses=doses),)


def measured(mg_per_dl):
    at = datetime(2026, 11, 20, tzinfo=UTC)
    return (
        () if mg_per_dl is None else (Creatinine(at=at, creatinine_mg_per_dl=mg_per_dl, entered=f"{mg_per_dl} mg/dL"),)
    )


class Steps:
    """The tapers of cases like the one that all tests begin from, but for what is named."""

    def __init__(self, knowledge, make):
        self.knowledge, self.make = knowledge, make

    def __repr__(self):
        return "Steps"

    def of(self, **changes):
        case = self.make(ask=Ask.TAPER, **changes)
        return taper(self.knowledge, case, kidney_picture(self.knowledge, case.patient, case.now))


def length_days(schedule):
    return (schedule[-1].since - schedule[0].since).days


asked = st.fixed_dictionaries(
    {
        "goal_ug_per_day": goals_ug,
        "method": methods,
        "speed": speeds,
        "urgency": urgencies,
        "region": regions,
        "age_y": ages,
        "frail": st.sampled_from([None, False, True]),
        "creatinine": creatinines.map(measured),
        "baclofen_since": began,
        "conditions": st.sampled_from([None, (), (Condition(name="alcohol use disorder", since=None),)]),
    }
)


@given(amounts=any_amounts_mg, asked=asked)
def test_no_taper_and_none_beside_it_rises_in_any_dose_and_each_ends_at_the_goal(steps, amounts, asked):
    taken = taking(amounts)
    made = steps.of(regimens=taken, **asked)
    goal_ug = asked["goal_ug_per_day"] or 0.0
    for schedule in (made.steps, *(other.steps for other in made.others)):
        before = {dose.clock: dose.amount_ug for dose in taken[0].doses}
        for step in schedule:
            after = {}
            for dose in step.doses:
                after[dose.clock] = after.get(dose.clock, 0.0) + dose.amount_ug
            assert all(amount <= before.get(clock, 0.0) * (1 + 1e-9) for clock, amount in after.items())
            before = after
        if schedule:
            assert schedule[-1].until is None
            assert goal_ug > 0 or not schedule[-1].doses
            assert schedule[-1].total_ug_per_day < goal_ug + 15_000 if goal_ug else True


@given(amounts=amounts_mg, asked=asked)
def test_a_taper_to_nothing_is_never_shorter_than_the_texts_of_its_region_but_for_a_last_piece(steps, amounts, asked):
    made = steps.of(regimens=taking(amounts), **asked | {"goal_ug_per_day": 0.0})
    said = any("Shorter than the region" in str(piece) for note in made.notes for piece in note.pieces)
    assert not said or sum(amounts) <= SMALLEST_PIECE_MG
    for schedule in (made.steps, *(other.steps for other in made.others)):
        if schedule and not said:
            assert length_days(schedule) >= SHORTEST_DAYS[asked["region"]]


@given(amounts=amounts_mg, asked=asked, hidden=st.sets(st.sampled_from(UNKNOWN), min_size=1))
def test_what_is_not_known_refuses_no_taper_and_quickens_none(steps, amounts, asked, hidden):
    told = {"regimens": taking(amounts), **asked}
    known = steps.of(**told)
    untold = {name: () if name == "creatinine" else None for name in hidden}
    unknown = steps.of(**told | untold)
    assert {need for refusal in unknown.refusals for need in refusal.needs} <= {"products", "question.goal"}
    if known.steps and unknown.steps:
        assert length_days(unknown.steps) >= length_days(known.steps)


@given(amounts=amounts_mg, asked=asked)
def test_urgent_is_never_longer_than_planned_and_with_anything_unknown_the_same(steps, amounts, asked):
    told = {"regimens": taking(amounts), **asked}
    urgent = steps.of(**told | {"urgency": Urgency.URGENT})
    planned = steps.of(**told | {"urgency": Urgency.PLANNED})
    if urgent.steps:
        assert length_days(urgent.steps) <= length_days(planned.steps)
    if None in (asked["age_y"], asked["frail"], asked["baclofen_since"]) or asked["creatinine"] == ():
        assert urgent.steps == planned.steps


@given(amounts=amounts_mg, asked=asked)
def test_slow_is_never_shorter_and_shares_are_never_shorter_than_fixed_steps(steps, amounts, asked):
    told = {"regimens": taking(amounts), **asked}

    def days(**changes):
        made = steps.of(**told | changes).steps
        return length_days(made) if made else None

    slow, usual = days(speed=Speed.SLOW), days(speed=Speed.USUAL)
    share, fixed = days(method=Method.PERCENT), days(method=Method.FIXED)
    assert slow is None or usual is None or slow >= usual
    assert share is None or fixed is None or share >= fixed


@given(
    value=st.sampled_from([math.nan, math.inf]),
    name=st.sampled_from(["age_y", "weight_kg", "height_cm", "creatinine", "goal_ug_per_day", "amount"]),
    amounts=amounts_mg,
    asked=asked,
)
def test_a_number_that_is_none_never_raises_a_dose_and_never_quickens(steps, value, name, amounts, asked):
    told = {"regimens": taking(amounts), **asked}
    wrong = {name: value}
    if name == "amount":
        wrong = {"regimens": taking([value, *amounts[1:]])}
    elif name == "creatinine":
        wrong = {"creatinine": measured(value)}
    made = steps.of(**told | wrong)
    before_ug = sum(amounts) * 1000
    for step in made.steps:
        assert step.total_ug_per_day <= before_ug * (1 + 1e-9)
        before_ug = step.total_ug_per_day
    if name == "amount":
        assert made.steps == ()
    well = steps.of(**told)
    if made.steps and well.steps and name in ("age_y", "weight_kg", "height_cm", "creatinine"):
        assert length_days(made.steps) >= length_days(well.steps) or asked[name if name in asked else "age_y"] is None


def shifted(value, by):
    """The same answer `by` later: every moment in it moved."""
    if isinstance(value, datetime):
        return value + by
    if isinstance(value, tuple):
        return tuple(shifted(entry, by) for entry in value)
    return value


@given(amounts=amounts_mg, asked=asked, days=st.integers(1, 120))
def test_a_whole_day_later_everything_is_a_whole_day_later(steps, amounts, asked, days):
    by = timedelta(days=days)
    case = steps.make(ask=Ask.TAPER, regimens=taking(amounts), **asked)
    creatinine = tuple(replace(one, at=one.at + by) for one in case.patient.creatinine)
    timeline = replace(
        case.timeline, regimens=tuple(replace(one, since=one.since + by) for one in case.timeline.regimens)
    )
    moved = replace(
        case,
        now=case.now + by,
        baclofen_since=shifted(case.baclofen_since, by),
        patient=replace(case.patient, creatinine=creatinine),
        timeline=timeline,
    )
    first, second = (
        taper(steps.knowledge, one, kidney_picture(steps.knowledge, one.patient, one.now)) for one in (case, moved)
    )
    local = [[(step.since.replace(tzinfo=None), step.doses) for step in made.steps] for made in (first, second)]
    assert [(since + by, doses) for since, doses in local[0]] == local[1]
    entries = [
        [(e.since.replace(tzinfo=None), e.title) for e in taper_agenda(steps.knowledge, *pair)]
        for pair in ((case, first), (moved, second))
    ]
    assert [(since + by, title) for since, title in entries[0]] == entries[1]


@given(amounts=amounts_mg, asked=asked)
def test_the_agenda_is_in_order_and_every_look_falls_within_its_step(steps, amounts, asked):
    case = steps.make(ask=Ask.TAPER, regimens=taking(amounts), **asked)
    made = taper(steps.knowledge, case, kidney_picture(steps.knowledge, case.patient, case.now))
    entries = taper_agenda(steps.knowledge, case, made)
    assert all(before.since <= after.since for before, after in pairwise(entries))
    down = [entry.since for entry in entries if entry.occasion == "step"]
    looks = [entry.since for entry in entries if entry.occasion == "score"]
    assert len(down) == len(looks)
    assert all(begins <= look for begins, look in zip(down, looks, strict=True))
    assert all(look < following for look, following in zip(looks, down[1:], strict=False))


NIGHT = st.lists(st.sampled_from([5.0, 10.0, 15.0, 20.0, 25.0]), min_size=2, max_size=4)


@given(amounts=NIGHT, region=st.sampled_from(list(Region)), method=st.sampled_from([None, *Method]))
def test_the_night_dose_falls_only_once_no_other_dose_is_larger(steps, build, amounts, region, method):
    clocks = ("07:00", "12:00", "17:00", "22:00")[-len(amounts) :]
    taken = build.regimen(*zip(clocks, amounts, strict=True))
    made = steps.of(goal_ug_per_day=0.0, region=region, method=method, regimens=(taken,))
    before = amounts[-1] * 1000
    for step in made.steps:
        day = {dose.clock: dose.amount_ug for dose in by_clock(step.doses)}
        night = day.pop(time(22), 0.0)
        assert night == before or night >= max(day.values(), default=0.0)
        before = night
