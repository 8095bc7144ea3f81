"""Writes a file whole or not at all, and never over one that must not be lost."""

import errno
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

STANDARD_OUTPUT = "-"


def write(target: str, text: str) -> None:
    """`text` as UTF-8 in the file `target` (replaced in one move), or on standard output for `-`.

    A new file is readable by its owner only: it may be about a patient. `OSError`, which names `target` and never the
    file beside it that is moved there, leaves what was there.
    """
    if target == STANDARD_OUTPUT:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    path = Path(target)
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, f"there is no folder {path.parent}", target)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder; a file is needed", target)
    try:
        _move_there(path, text)
    except OSError as wrong:
        raise OSError(wrong.errno, wrong.strerror or str(wrong), target) from wrong


def _move_there(path: Path, text: str) -> None:
    """Write beside `path`, then move onto it; what is beside it goes away if that fails."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(name, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(name)
        raise


def write_each(outputs: Sequence[tuple[str, Callable[[], None]]]) -> None:
    """Write named outputs one after the other; an error carries a note of what had been written before it."""
    written: list[str] = []
    for name, output in outputs:
        try:
            output()
        except Exception as wrong:
            wrong.add_note(f"Written before that: {', '.join(written)}." if written else "Nothing was written.")
            raise
        written.append("standard output" if name == STANDARD_OUTPUT else name)


def create(target: str, text: str) -> None:
    """`text` in a new file; `FileExistsError` where there is one already."""
    with open(target, "x", encoding="utf-8", newline="") as file:
        file.write(text)
