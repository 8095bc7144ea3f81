"""What an outcome was computed with, so that the same versions can give the same bytes again."""

import platform
from importlib.metadata import version

import baclo


def versions() -> dict[str, str]:
    """This program, the interpreter and the numerical library, by name."""
    return {
        "baclo": baclo.__version__,
        "numpy": version("numpy"),
        "python": platform.python_version(),
    }
