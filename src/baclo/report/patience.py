"""Says on a terminal that the program still works, once that takes longer than a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TextIO

_EVERY_S = 1.0
_CLEAR = "\r\033[K"


@contextmanager
def patience(stream: TextIO, *, every_s: float = _EVERY_S) -> Iterator[None]:
    """While the body runs: after each `every_s` seconds a line on `stream`, if it is a terminal; cleared at the end."""
    if not stream.isatty():
        yield
        return
    done = Event()
    telling = Thread(target=_tell, args=(stream, done, every_s), daemon=True)
    telling.start()
    try:
        yield
    finally:
        done.set()
        telling.join()


def _tell(stream: TextIO, done: Event, every_s: float) -> None:
    told = 0
    while not done.wait(every_s):
        told += 1
        stream.write(f"{_CLEAR}computing, {told * every_s:.0f} s")
        stream.flush()
    if told:
        stream.write(_CLEAR)
        stream.flush()
