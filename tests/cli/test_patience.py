"""Progress is told on a terminal after a while, and leaves nothing behind."""

import io
import time

from baclo.report.patience import patience


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_quick_answer_says_nothing():
    stream = Terminal()
    with patience(stream):
        pass
    assert stream.getvalue() == ""


def test_a_slow_answer_is_told_and_then_cleared():
    stream = Terminal()
    with patience(stream, every_s=0.02):
        time.sleep(0.15)
    assert "computing" in stream.getvalue()
    assert stream.getvalue().endswith("\r\033[K")


def test_what_is_no_terminal_is_left_alone():
    stream = io.StringIO()
    with patience(stream, every_s=0.001):
        time.sleep(0.02)
    assert stream.getvalue() == ""
