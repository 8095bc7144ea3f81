import os
import subprocess
import sys

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from baclo.body import compiled as compiling
from baclo.body.exact import Exact
from baclo.body.graph import Rates, Saturable
from baclo.body.records import Record, Steady, actions
from baclo.body.runge_kutta import RungeKutta
from baclo.body.walk import simulate
from baclo.errors import EngineError

HOURS = np.arange(0, 73, 1.0)
VMAX, KM = 8.0, 30.0

KERNEL = """
import numpy as np
from baclo.body import kernels
amount = np.array([100.0, 0.0, 0.0, 0.0])
generator = np.array([[-1.5, 0, 0, 0], [1.5, -0.05, 0, 0], [0, 0.05, 0, 0], [0, 0.05, 0, 0]])
times = np.arange(0.0, 49.0)
seen = np.empty((49, 4))
one = np.array([1], dtype=np.int64)
ended = kernels.march(amount, generator, np.array([0.0, 2.0, 0.0, 0.0]), one, one + 1, np.array([8.0]),
                      np.array([30.0]), 0.0, times, 1e-10, 1e-8, 1000000, seen)
print(type(kernels.march).__name__, ended, *(value.hex() for value in seen.ravel().tolist()))
"""


@pytest.fixture
def saturating(toy):
    """The toy drug with no clearance but a saturable way out; a rate for each person."""

    def build(vmax=(VMAX,)):
        linear = toy(cl=np.zeros(len(vmax)))
        flows = Saturable(
            origin=(1,),
            target=(2,),
            vmax_ug_per_h=np.array(vmax)[:, None],
            km_ug=np.full((len(vmax), 1), KM),
        )
        return Rates(
            since_h=0,
            generator_per_h=linear.generator_per_h,
            plasma=1,
            volume_l=linear.volume_l,
            saturable=flows,
        )

    return build


def walked(engine, rates, records, rows=(0, 1, 2, 3)):
    return simulate(engine, (rates,), actions(tuple(records)), HOURS, rows).states


def test_a_saturable_way_out_is_what_scipy_integrates(saturating):
    def slope(_, x):
        out = VMAX * x[1] / (KM + x[1])
        return [-1.5 * x[0], 1.5 * x[0] - out, out, x[1] / 20]

    expected = solve_ivp(slope, (0, 72), [100, 0, 0, 0], t_eval=HOURS, rtol=1e-12, atol=1e-12, method="DOP853").y.T
    found = walked(RungeKutta(), saturating(), [Record(time_h=0, into=0, amount_ug=100)])[0]
    assert found == pytest.approx(expected, abs=1e-7)


def test_each_person_of_a_batch_saturates_at_their_own_rate(saturating):
    record = Record(time_h=0, into=0, amount_ug=100)
    both = walked(RungeKutta(), saturating((4.0, 8.0)), [record])
    assert both[1] == pytest.approx(walked(RungeKutta(), saturating((8.0,)), [record])[0], abs=1e-9)
    assert (both[0, 5:, 1] > both[1, 5:, 1]).all()


def test_both_engines_agree_on_doses_infusions_and_epochs(toy):
    records = [
        Record(time_h=0, into=0, amount_ug=100, interval_h=8, additional=5, lag_h=0.3),
        Record(time_h=5, into=1, amount_ug=60, rate_ug_per_h=4),
    ]
    epochs = (toy(), toy(cl=0.2, since_h=21.0))
    exact, adaptive = (
        simulate(engine, epochs, actions(tuple(records)), HOURS, (0, 1, 2, 3)).states
        for engine in (Exact(), RungeKutta())
    )
    assert adaptive == pytest.approx(exact, abs=1e-9 * exact.max())


def test_a_saturable_steady_state_is_the_train_run_for_long(saturating):
    record = Record(time_h=0, into=0, amount_ug=100, interval_h=24, steady=Steady.ONLY)
    at_once = walked(RungeKutta(), saturating(), [record])[0, :24]
    days = 40
    doses = tuple(Record(time_h=24.0 * day, into=0, amount_ug=100) for day in range(days))
    slowly = simulate(RungeKutta(), (saturating(),), actions(doses), HOURS[:24] + 24.0 * (days - 1), (0, 1)).states[0]
    assert at_once[:, :2] == pytest.approx(slowly, abs=1e-6)


def test_more_than_can_be_eliminated_has_no_steady_state(saturating):
    record = Record(time_h=0, into=0, amount_ug=24 * VMAX + 10, interval_h=24, steady=Steady.ONLY)
    with pytest.raises(EngineError, match="no steady state"):
        walked(RungeKutta(), saturating(), [record])


def test_too_many_steps_end_in_words(toy):
    with pytest.raises(EngineError, match="too many steps"):
        walked(RungeKutta(most_steps=3), toy(), [Record(time_h=0, into=0, amount_ug=100)])
    steady = Record(time_h=0, into=0, amount_ug=100, interval_h=24, steady=Steady.ONLY)
    with pytest.raises(EngineError, match="steady state could not be computed: too many steps"):
        walked(RungeKutta(most_steps=3), toy(), [steady])


def test_rates_that_are_not_numbers_end_in_words(toy):
    with pytest.raises(EngineError, match="step became too small"):
        walked(RungeKutta(), toy(cl=np.nan), [Record(time_h=0, into=0, amount_ug=100)])


def test_a_stiff_graph_makes_the_step_shrink_and_still_arrives(toy, bateman):
    rates = toy(ka=500.0)
    found = walked(RungeKutta(), rates, [Record(time_h=0, into=0, amount_ug=100)])[0, :, 1]
    assert found == pytest.approx(bateman(HOURS, 100, ka=500.0), abs=1e-7)


def run_kernel(jit_off):
    env = {**os.environ, "NUMBA_DISABLE_JIT": jit_off, "PYTHONPATH": os.pathsep.join(sys.path)}
    out = subprocess.run([sys.executable, "-c", KERNEL], env=env, capture_output=True, text=True, check=True).stdout
    name, ended, *values = out.split()
    return name, ended, np.array([float.fromhex(value) for value in values])


def test_the_compiled_kernel_is_the_plain_one():
    plain, compiled = run_kernel("1"), run_kernel("0")
    assert (plain[0], compiled[0]) == ("function", "CPUDispatcher")
    assert plain[1] == compiled[1] == "0"
    assert compiled[2] == pytest.approx(plain[2], rel=1e-11, abs=1e-11)


def test_without_numba_a_kernel_is_itself(monkeypatch):
    monkeypatch.setattr(compiling, "find_spec", lambda name: None)
    assert compiling.compiled(run_kernel) is run_kernel
