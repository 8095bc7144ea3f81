"""NONMEM's semantics against closed forms of a one-compartment toy drug."""

from itertools import pairwise

import numpy as np
import pytest

from baclo.body.exact import Exact
from baclo.body.records import Event, Record, Steady, actions
from baclo.body.runge_kutta import RungeKutta
from baclo.body.walk import simulate
from baclo.errors import EngineError

KE = 1.1 / 20
HOURS = np.arange(0, 120, 0.5)
MANY = 400


@pytest.fixture(params=["exact", "adaptive"])
def engine(request):
    return Exact() if request.param == "exact" else RungeKutta()


def states(engine, toy, records, time_h=HOURS):
    return simulate(engine, (toy(),), actions(tuple(records)), time_h, (0, 1, 2, 3)).states[0]


def close(found, expected):
    assert found == pytest.approx(expected, abs=2e-8 * np.abs(expected).max())


def train(record_time_h, interval_h, first=MANY, last=0, **given):
    """The same dose many times, from long before: what a steady state must equal."""
    return [Record(time_h=record_time_h - k * interval_h, **given) for k in range(first, last - 1, -1)]


def long_before(engine, toy, records):
    """Central amounts at `HOURS` of a walk that starts at the first record."""
    rates = toy(since_h=min(record.time_h for record in records))
    return simulate(engine, (rates,), actions(tuple(records)), HOURS, (1,)).row(1)[0]


def test_additional_doses_are_the_sum_of_shifted_single_ones(engine, toy, bateman):
    found = states(engine, toy, [Record(time_h=0, into=0, amount_ug=100, interval_h=24, additional=3, lag_h=1.5)])
    close(found[:, 1], sum(bateman(HOURS - 24 * k - 1.5, 100) for k in range(4)))


def test_bioavailability_scales_a_dose_at_once_and_shortens_an_infusion_at_a_given_rate(engine, toy, bateman):
    close(states(engine, toy, [Record(time_h=0, into=0, amount_ug=100, fraction=0.4)])[:, 1], bateman(HOURS, 40))
    found = states(engine, toy, [Record(time_h=0, into=1, amount_ug=480, rate_ug_per_h=10, fraction=0.5)])[:, 1]
    ran = 10 / KE * (1 - np.exp(-KE * np.minimum(HOURS, 24)))
    close(found, ran * np.exp(-KE * np.maximum(HOURS - 24, 0)))


def test_bioavailability_weakens_an_infusion_of_a_given_duration(engine, toy):
    found = states(engine, toy, [Record(time_h=0, into=1, amount_ug=480, over_h=48, fraction=0.5)])[:, 1]
    ran = 5 / KE * (1 - np.exp(-KE * np.minimum(HOURS, 48)))
    close(found, ran * np.exp(-KE * np.maximum(HOURS - 48, 0)))


@pytest.mark.parametrize(
    "given",
    [
        {"into": 0, "amount_ug": 100.0},
        {"into": 0, "amount_ug": 100.0, "lag_h": 4.0, "fraction": 0.412},
        {"into": 0, "amount_ug": 100.0, "lag_h": 30.0},
        {"into": 1, "amount_ug": 100.0, "rate_ug_per_h": 20.0},
        {"into": 1, "amount_ug": 100.0, "rate_ug_per_h": 2.0, "lag_h": 3.0},
        {"into": 1, "amount_ug": 240.0, "rate_ug_per_h": 10.0},
        {"into": 1, "amount_ug": 100.0, "over_h": 30.0, "fraction": 0.8},
    ],
    ids=[
        "at once",
        "lag and fraction",
        "lag longer than the interval",
        "infusion",
        "overlapping infusion with lag",
        "infusion as long as its interval",
        "infusion of given duration, longer than its interval",
    ],
)
def test_a_steady_state_is_the_same_dose_for_ever(toy, given):
    record = Record(time_h=0, interval_h=24, additional=2, steady=Steady.ONLY, **given)
    found = states(Exact(), toy, [record])[:, 1]
    close(found, long_before(Exact(), toy, train(48, 24, first=MANY + 2, **given)))


def test_both_engines_agree_on_a_steady_state_with_an_infusion_longer_than_its_interval(toy):
    record = Record(time_h=0, into=1, amount_ug=100, rate_ug_per_h=2, interval_h=12, additional=3, steady=Steady.ONLY)
    close(states(RungeKutta(), toy, [record]), states(Exact(), toy, [record]))


def test_a_second_steady_state_adds_to_what_is_there(engine, toy):
    first = Record(time_h=0, into=0, amount_ug=100, interval_h=24, additional=4, steady=Steady.ONLY)
    second = Record(time_h=12, into=0, amount_ug=50, interval_h=24, additional=3, steady=Steady.ADDED)
    apart = Record(time_h=12, into=0, amount_ug=50, interval_h=24, additional=3, steady=Steady.ONLY)
    later = HOURS >= 12
    both = states(engine, toy, [first, second])[later, 1]
    close(both, states(engine, toy, [first])[later, 1] + states(engine, toy, [apart])[later, 1])


def test_an_endless_infusion_is_at_its_plateau_and_ends_with_its_record(engine, toy):
    found = states(engine, toy, [Record(time_h=0, into=1, rate_ug_per_h=100, steady=Steady.ONLY)])[:, 1]
    close(found, 100 / KE * np.exp(-KE * HOURS))


def test_the_end_of_an_endless_infusion_lags_like_everything_that_enters(toy):
    found = states(Exact(), toy, [Record(time_h=0, into=1, rate_ug_per_h=100, steady=Steady.ONLY, lag_h=6)])[:, 1]
    close(found, 100 / KE * np.exp(-KE * np.maximum(HOURS - 6, 0)))


def test_a_reset_empties_the_body_and_cancels_what_is_running_or_still_to_come(engine, toy, bateman):
    records = [
        Record(time_h=0, into=1, amount_ug=1000, rate_ug_per_h=10),
        Record(time_h=0, into=0, amount_ug=100, interval_h=12, additional=9, lag_h=3),
        Record(time_h=50, into=1, event=Event.RESET),
        Record(time_h=54, into=0, amount_ug=120),
    ]
    found = states(engine, toy, records)
    close(found[HOURS >= 50, 1], bateman(HOURS[HOURS >= 50] - 54, 120))


def test_a_reset_with_a_dose_starts_again_with_that_dose(engine, toy, bateman):
    records = [
        Record(time_h=0, into=0, amount_ug=500),
        Record(time_h=50, into=0, amount_ug=120, event=Event.RESET_AND_DOSE, lag_h=2),
    ]
    close(states(engine, toy, records)[HOURS >= 50, 1], bateman(HOURS[HOURS >= 50] - 52, 120))


def test_what_came_up_leaves_the_gut_and_the_dose_that_still_lagged_never_arrives(engine, toy, bateman):
    records = [
        Record(time_h=0, into=0, amount_ug=100),
        Record(time_h=1, into=0, amount_ug=50, lag_h=2),
        Record(time_h=1, into=1, amount_ug=10, lag_h=2),
        Record(time_h=2, into=2, event=Event.EMPTY, gut=(0,)),
        Record(time_h=5, into=0, amount_ug=7),
    ]
    found = states(engine, toy, records)
    gone = found[HOURS == 2][0]
    assert gone[0] == 0
    assert gone[2] == pytest.approx(100 * np.exp(-1.5 * 2) + 50 + (100 * (1 - np.exp(-3)) - gone[1]), rel=1e-8)
    assert found[-1, :3].sum() == pytest.approx(167, rel=1e-9)


def test_a_body_that_never_eliminates_has_no_steady_state(engine, toy):
    record = Record(time_h=0, into=0, amount_ug=100, interval_h=12, steady=Steady.ONLY)
    with pytest.raises(EngineError, match="no steady state"):
        simulate(engine, (toy(cl=0.0),), actions((record,)), HOURS, (1,))


@pytest.mark.parametrize(
    "wrong",
    [
        {"time_h": np.nan},
        {"amount_ug": np.nan},
        {"amount_ug": -1.0},
        {"amount_ug": np.inf},
        {"lag_h": -0.1},
        {"fraction": np.nan},
        {"rate_ug_per_h": 0.0},
        {"over_h": np.inf},
        {"interval_h": -1.0},
        {"additional": -1, "interval_h": 8.0},
        {"rate_ug_per_h": 1.0, "over_h": 1.0},
        {"additional": 2},
        {"steady": Steady.ADDED},
        {"steady": Steady.ONLY, "amount_ug": 0.0},
    ],
    ids=str,
)
def test_a_record_that_cannot_be_is_refused(wrong):
    with pytest.raises(EngineError, match="record 0"):
        actions((Record(**{"time_h": 0.0, "into": 0, "amount_ug": 100.0, **wrong}),))


def test_actions_come_in_order_of_time_and_at_one_time_in_the_order_of_the_records():
    records = [Record(time_h=t, into=k, amount_ug=1, lag_h=lag) for k, (t, lag) in enumerate([(3, 0), (1, 2), (0, 3)])]
    found = actions(tuple(records))
    assert all(a.time_h <= b.time_h for a, b in pairwise(found))
    assert [action.into for action in found] == [2, 1, 0]
