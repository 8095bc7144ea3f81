"""The kernels as numba compiles them give what they give as plain Python; run without NUMBA_DISABLE_JIT."""

import importlib.util
import os

import numpy as np
import pytest

from baclo.body import compiled, kernels

pytest.importorskip("numba")
pytestmark = pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="compiled kernels are switched off")


@pytest.fixture
def plain(monkeypatch):
    """The kernels once more, read as a module that nothing compiles."""
    monkeypatch.setattr(compiled, "compiled", lambda kernel: kernel)
    spec = importlib.util.spec_from_file_location("plain_kernels", kernels.__file__)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def marched(module, *, vmax_ug_per_h, most_steps=100_000):
    """A depot, a body and what has left it, with an infusion and one saturable way out, over two days."""
    amount = np.array([10000.0, 0.0, 0.0])
    generator_per_h = np.array([[-0.9, 0.0, 0.0], [0.9, -0.2, 0.0], [0.0, 0.2, 0.0]])
    wanted_h = np.linspace(0.0, 48.0, 97)
    seen = np.full((len(wanted_h), 3), np.nan)
    ended = module.march(
        amount,
        generator_per_h,
        np.array([0.0, 50.0, 0.0]),
        np.array([1]),
        np.array([2]),
        np.array([vmax_ug_per_h]),
        np.array([500.0]),
        0.0,
        wanted_h,
        1e-10,
        1e-8,
        most_steps,
        seen,
    )
    return ended, seen


def test_the_kernels_are_compiled_here():
    assert hasattr(kernels.march, "py_func")


@pytest.mark.parametrize("vmax_ug_per_h", [0.0, 120.0])
def test_compiled_and_plain_kernels_give_the_same_curve(plain, vmax_ug_per_h):
    ended, seen = marched(kernels, vmax_ug_per_h=vmax_ug_per_h)
    assert not hasattr(plain.march, "py_func")
    assert (ended, kernels.REACHED) == (plain.REACHED, plain.REACHED)
    plain_ended, plain_seen = marched(plain, vmax_ug_per_h=vmax_ug_per_h)
    assert plain_ended == ended
    np.testing.assert_allclose(seen, plain_seen, rtol=1e-11, atol=1e-9)
    np.testing.assert_allclose(seen.sum(axis=1), 10000.0 + 50.0 * np.linspace(0.0, 48.0, 97), rtol=1e-9)


def test_compiled_and_plain_kernels_end_in_the_same_words(plain):
    assert marched(kernels, vmax_ug_per_h=120.0, most_steps=5)[0] == kernels.TOO_MANY
    assert marched(plain, vmax_ug_per_h=120.0, most_steps=5)[0] == plain.TOO_MANY
