import numpy as np
import pytest

from baclo.body.exact import Exact
from baclo.body.graph import Rates, half_life_h, slowest_per_h
from baclo.body.records import Record, actions
from baclo.body.walk import simulate
from baclo.errors import EngineError

KE = 1.1 / 20
HOURS = np.arange(0, 96, 0.25)


def central(rates, records, time_h=HOURS):
    return simulate(Exact(), (rates,), actions(tuple(records)), time_h, (0, 1, 2, 3)).row(1)[0]


def test_one_swallowed_dose_is_the_closed_form(toy, bateman):
    found = central(toy(), [Record(time_h=0, into=0, amount_ug=100)])
    assert found == pytest.approx(bateman(HOURS, 100), abs=1e-9 * found.max())


@pytest.mark.parametrize("apart", [0.0, 1e-13, 1e-9, 1e-6])
def test_absorption_as_fast_as_elimination_is_the_limit_of_the_closed_form(toy, bateman, apart):
    found = central(toy(ka=KE * (1 + apart)), [Record(time_h=0, into=0, amount_ug=100)])
    assert found == pytest.approx(bateman(HOURS, 100, ka=KE, ke=KE), abs=100 * apart + 1e-9 * found.max())


def test_a_dose_into_two_compartments_declines_with_the_two_rates_of_the_closed_form():
    k10, k12, k21 = 0.375, 0.449, 0.657
    generator = np.zeros((1, 4, 4))
    generator[0, :, 0] = [-(k10 + k12), k12, k10, 1 / 28.8]
    generator[0, 0, 1], generator[0, 1, 1] = k21, -k21
    rates = Rates(since_h=0, generator_per_h=generator, plasma=0, volume_l=np.array([28.8]), saturable=None)
    root = np.sqrt((k10 + k12 + k21) ** 2 - 4 * k10 * k21)
    fast, slow = (k10 + k12 + k21 + root) / 2, (k10 + k12 + k21 - root) / 2
    done = actions((Record(time_h=0, into=0, amount_ug=100),))
    run = simulate(Exact(), (rates,), done, HOURS, (0, 1, 2, 3))
    expected = 100 * ((fast - k21) * np.exp(-fast * HOURS) + (k21 - slow) * np.exp(-slow * HOURS)) / (fast - slow)
    assert run.row(0)[0] == pytest.approx(expected, abs=1e-8)
    assert half_life_h(rates) == pytest.approx(np.log(2) / slow, rel=1e-12)
    assert run.row(3)[0][-1] == pytest.approx(100 / (k10 * 28.8), rel=1e-7)


def test_an_infusion_rises_to_its_plateau_and_declines_from_where_it_stopped(toy):
    found = central(toy(), [Record(time_h=2, into=1, amount_ug=480, rate_ug_per_h=10)])
    during = 10 / KE * (1 - np.exp(-KE * np.clip(HOURS - 2, 0, 48)))
    assert found == pytest.approx(during * np.exp(-KE * np.maximum(HOURS - 50, 0)), abs=1e-9 * found.max())


def test_the_exposure_of_a_dose_is_dose_over_clearance(toy):
    done = actions((Record(time_h=0, into=0, amount_ug=100),))
    run = simulate(Exact(), (toy(),), done, np.array([0.0, 2000.0]), (3,))
    assert run.row(3)[0, -1] == pytest.approx(100 / 1.1, rel=1e-9)


def test_a_change_of_clearance_halfway_declines_with_each_clearance_in_its_time(toy):
    epochs = (toy(cl=1.1), toy(cl=2.2, since_h=10.0))
    run = simulate(Exact(), epochs, actions((Record(time_h=0, into=1, amount_ug=100),)), HOURS, (1,))
    expected = 100 * np.exp(-KE * np.minimum(HOURS, 10)) * np.exp(-2 * KE * np.maximum(HOURS - 10, 0))
    assert run.row(1)[0] == pytest.approx(expected, abs=1e-10)


def test_a_batch_is_the_same_people_one_by_one(toy):
    done = actions(tuple(Record(time_h=t, into=0, amount_ug=100, lag_h=0.2) for t in (0.0, 8.0, 17.0)))
    batch = simulate(Exact(), (toy(cl=[0.5, 1.1, 3.0]),), done, HOURS, (1, 3)).states
    for index, cl in enumerate([0.5, 1.1, 3.0]):
        alone = simulate(Exact(), (toy(cl=cl),), done, HOURS, (1, 3)).states
        assert batch[index] == pytest.approx(alone[0], rel=1e-12, abs=1e-12)


def test_a_long_fine_grid_in_pieces_is_the_closed_form(toy, bateman):
    fine_h = np.arange(8641) / 12
    found = central(toy(), [Record(time_h=0, into=0, amount_ug=100)], fine_h)
    assert found == pytest.approx(bateman(fine_h, 100), abs=1e-9 * found.max())


def test_a_person_who_never_eliminates_has_no_half_life(toy):
    assert slowest_per_h(toy(cl=0.0)) == 0
    assert half_life_h(toy(cl=0.0)) == np.inf


def test_mass_that_leaks_is_refused(toy):
    whole = toy()
    leaking = whole.generator_per_h.copy()
    leaking[0, 2, 1] *= 0.99
    rates = Rates(since_h=0, generator_per_h=leaking, plasma=1, volume_l=whole.volume_l, saturable=None)
    with pytest.raises(EngineError, match="mass was lost"):
        central(rates, [Record(time_h=0, into=0, amount_ug=100)])


def test_rates_that_are_not_numbers_are_refused(toy):
    rates = toy(cl=np.nan)
    with pytest.raises(EngineError, match="mass was lost"):
        central(rates, [Record(time_h=0, into=0, amount_ug=100)])


def test_an_empty_body_stays_empty(toy):
    assert not central(toy(), []).any()
