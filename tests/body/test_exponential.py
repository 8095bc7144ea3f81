import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from baclo.body.exponential import exponential


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6), length=st.floats(1e-4, 200), spread=st.floats(0, 3), inflow=st.floats(0, 1e6))
def test_it_is_what_scipy_computes(seed, length, spread, inflow):
    rng = np.random.default_rng(seed)
    flows = 10 ** rng.uniform(-spread, 1, (2, 6, 6)) * rng.integers(0, 2, (2, 6, 6))
    matrices = np.zeros((2, 7, 7))
    matrices[:, :6, :6] = flows
    columns = np.arange(6)
    matrices[:, columns, columns] = 0
    matrices[:, columns, columns] = -matrices[:, :6, :6].sum(axis=1)
    matrices[:, 0, 6] = inflow
    found = exponential(matrices * length)
    expected = expm(matrices * length)
    assert found == pytest.approx(expected, abs=1e-9 * np.abs(expected).max())
    assert found[:, :6, :6].sum(axis=1) == pytest.approx(1, abs=1e-10)


def test_of_nothing_it_is_the_identity():
    assert (exponential(np.zeros((1, 3, 3))) == np.eye(3)).all()


def test_numbers_that_are_not_come_out_as_they_went_in():
    assert np.isnan(exponential(np.full((1, 2, 2), np.nan))).any()


def test_a_chain_of_equal_rates_is_erlang():
    rate, time = 7.7, 0.9
    chain = np.array([[[-rate, 0, 0, 0], [rate, -rate, 0, 0], [0, rate, -rate, 0], [0, 0, rate, 0]]])
    found = exponential(chain * time)[0, :, 0]
    x = rate * time
    assert found[:3] == pytest.approx(np.exp(-x) * np.array([1, x, x * x / 2]), rel=1e-13)
