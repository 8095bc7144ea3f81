"""Writes a file whole or not at all, and never over one that must not be lost."""

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

STANDARD_OUTPUT = "-"


def write(target: str, text: str) -> None:
    """`text` as UTF-8 in the file `target` (replaced in one move), or on standard output for `-`.

    A new file is readable by its owner only: it may be about a patient. `OSError` leaves what was there.
    """
    if target == STANDARD_OUTPUT:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    path = Path(target)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(name, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(name)
        raise


def create(target: str, text: str) -> None:
    """`text` in a new file; `FileExistsError` where there is one already."""
    with open(target, "x", encoding="utf-8", newline="") as file:
        file.write(text)
