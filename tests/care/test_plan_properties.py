"""What must hold of every plan, whoever the person is; tests/conftest.py says how to try a million of them."""

import math
from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.care.steps import by_clock
from baclo.care.taper import taper
from baclo.care.titrate import titrate
from baclo.case.case import Ask, Urgency
from baclo.case.patient import Creatinine
from baclo.case.timeline import ClockDose, Regimen
from baclo.knowledge.facts import Region

CAPS_MG = {Region.US: 80, Region.UK: 60, Region.EU: 75}
LARGEST_FALL_MG, LARGEST_PIECE_MG = 10, 15
START_MG, RISE_MG, UNITS_MG = 15, 15, {Region.US: 5, Region.UK: 5, Region.EU: 2.5}
regions = st.sampled_from(list(Region))
ages = st.floats(18, 100)
weights = st.floats(40, 140)
creatinines = st.floats(0.3, 6.0)
goals_ug = st.sampled_from([5_000.0, 20_000.0, 37_500.0, 60_000.0, 80_000.0, 1e6, math.inf, -1.0, math.nan])
amounts_mg = st.lists(st.floats(0.1, 40), min_size=1, max_size=4) | st.lists(
    st.floats(0.1, 120), min_size=1, max_size=2
)
began = st.sampled_from(
    [None, *(datetime(year, month, 1, tzinfo=UTC) for year, month in ((2020, 1), (2026, 8), (2026, 11)))]
)


def measured(mg_per_dl):
    at = datetime(2026, 11, 20, tzinfo=UTC)
    return (Creatinine(at=at, creatinine_mg_per_dl=mg_per_dl, entered=f"{mg_per_dl} mg/dL"),)


def taking(amounts_mg):
    clocks = [time(7 + 3 * index) for index in range(len(amounts_mg))]
    doses = tuple(ClockDose(clock=clock, amount_ug=mg * 1000) for clock, mg in zip(clocks, amounts_mg, strict=True))
    return (
        Regimen(product=None, modified_release=None, since=datetime(2026, 1, 1, tzinfo=UTC), until=None, doses=doses),
    )


@given(age_y=ages, weight_kg=weights, mg_dl=creatinines, goal=goals_ug, region=regions)
def test_no_step_is_ever_beyond_its_limit_after_rounding(steps, age_y, weight_kg, mg_dl, goal, region):
    made = steps.of(
        titrate, age_y=age_y, weight_kg=weight_kg, creatinine=measured(mg_dl), region=region, goal_ug_per_day=goal
    )
    previous = 0.0
    for step in made.steps:
        total = step.total_ug_per_day / 1000
        assert previous < total <= min(previous + (RISE_MG if previous else START_MG), CAPS_MG[region])
        assert total == pytest.approx(sum(dose.amount_ug for dose in step.doses) / 1000)
        assert total % UNITS_MG[region] == 0
        previous = total
    assert made.refused == (made.steps == ())


@given(amounts=amounts_mg, goal=goals_ug, region=regions)
def test_a_rise_from_any_dose_stays_inside_the_limits(steps, amounts, goal, region):
    made = steps.of(titrate, regimens=taking(amounts), goal_ug_per_day=goal, region=region)
    previous = sum(amounts)
    for step in made.steps:
        total = step.total_ug_per_day / 1000
        assert previous < total <= min(previous + RISE_MG, CAPS_MG[region]) * (1 + 1e-9)
        previous = total


BELIEVABLE = st.floats(0.5, 6.0)  # a lower creatinine speaks of little muscle and refuses by itself


@given(age_y=ages, older=st.floats(0, 30), mg_dl=BELIEVABLE, worse=st.floats(0, 4), region=regions)
def test_a_worse_patient_never_gets_a_larger_first_or_last_dose(steps, age_y, older, mg_dl, worse, region):
    better = steps.totals(titrate, age_y=age_y, creatinine=measured(mg_dl), region=region) or [0]
    poorer = steps.totals(titrate, age_y=age_y + older, creatinine=measured(mg_dl + worse), region=region) or [0]
    assert poorer[0] <= better[0]
    assert poorer[-1] <= better[-1]


UNKNOWN = [
    "age_y",
    "weight_kg",
    "sex",
    "creatinine",
    "dialysis",
    "allergies",
    "low_muscle_mass",
    "frail",
    "tone_needed",
]


@given(hidden=st.sets(st.sampled_from(UNKNOWN), min_size=1), mg_dl=creatinines, age_y=ages, region=regions)
def test_what_is_not_known_never_gives_more_than_what_is_known(steps, hidden, mg_dl, age_y, region):
    told = {"age_y": age_y, "creatinine": measured(mg_dl), "region": region}
    untold = {**told, **{name: () if name == "creatinine" else None for name in hidden}}
    known, unknown = steps.totals(titrate, **told) or [0], steps.totals(titrate, **untold) or [0]
    assert unknown[0] <= known[0]
    assert unknown[-1] <= known[-1]


@given(value=st.sampled_from([math.nan, math.inf]), name=st.sampled_from(["age_y", "weight_kg"]))
def test_a_number_that_is_none_refuses_a_rise(steps, value, name):
    assert steps.of(titrate, **{name: value}).refused


@given(
    amounts=amounts_mg,
    since=began,
    urgency=st.sampled_from(list(Urgency)),
    region=regions,
    goal=st.sampled_from([0.0, 10_000.0, 33_000.0]),
)
def test_a_taper_never_rises_in_any_dose_and_ends(steps, amounts, since, urgency, region, goal):
    taken = taking(amounts)
    made = steps.of(
        taper, ask=Ask.TAPER, goal_ug_per_day=goal, baclofen_since=since, urgency=urgency, region=region, regimens=taken
    )
    before = {dose.clock: dose.amount_ug for dose in taken[0].doses}
    if made.refused:
        needs = {need for refusal in made.refusals for need in refusal.needs}
        assert needs == ({"question.goal"} if sum(before.values()) <= goal else {"products"})
    for step in made.steps:
        after = {dose.clock: dose.amount_ug for dose in by_clock(step.doses)}
        assert all(amount <= before.get(clock, 0.0) * (1 + 1e-9) for clock, amount in after.items())
        assert sum(before.values()) - sum(after.values()) <= (LARGEST_FALL_MG + LARGEST_PIECE_MG) * 1000
        assert after or sum(before.values()) <= LARGEST_PIECE_MG * 1000
        before = after
    if made.steps:
        assert sum(before.values()) < sum(amounts) * 1000
        assert goal > 0 or not before


@given(hidden=st.sets(st.sampled_from(UNKNOWN)), amounts=amounts_mg, region=regions)
def test_nothing_unknown_refuses_or_quickens_a_taper(steps, hidden, amounts, region):
    told = {
        "ask": Ask.TAPER,
        "goal_ug_per_day": 0.0,
        "regimens": taking(amounts),
        "region": region,
        "baclofen_since": datetime(2020, 1, 1, tzinfo=UTC),
    }
    known = steps.of(taper, **told)
    unknown = steps.of(taper, **{**told, **{name: () if name == "creatinine" else None for name in hidden}})
    assert {need for refusal in unknown.refusals for need in refusal.needs} <= {"products"}
    if known.steps and unknown.steps:
        assert unknown.steps[-1].since >= known.steps[-1].since
