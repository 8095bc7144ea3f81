"""Compiles a kernel where numba is installed, and leaves it as plain Python where it is not."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import ParamSpec, TypeVar, cast

Given = ParamSpec("Given")
Found = TypeVar("Found")


def compiled(kernel: Callable[Given, Found]) -> Callable[Given, Found]:
    """The kernel, compiled on its first call and kept on disk by numba, or itself without numba."""
    if find_spec("numba") is None:
        return kernel
    from numba import njit

    return cast("Callable[Given, Found]", njit(cache=True)(kernel))
