"""What an outcome was computed with, so that the same versions can give the same bytes again."""

import platform
from importlib.metadata import version


def versions(program: str) -> dict[str, str]:
    """This program, whose version is given, the interpreter and the numerical library, by name."""
    return {
        "baclo": program,
        "numpy": version("numpy"),
        "python": platform.python_version(),
    }
