"""From an answer to what was asked for on the command line: rendered, written, and the code it ends with."""

import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import click

from baclo.errors import NoPlan

if TYPE_CHECKING:
    from baclo.report.notebook import Answer

FINE, CRITICAL, INPUT, REFUSED, OURS = range(5)
# What only a plan or dated things fill.
PLANNED = ("ics", "calendar", "letter")
_WIDTHS = (40, 120)
_PLAIN_WIDTH = 80


def answered(ask: "Callable[[], Answer]", files: dict[str, str]) -> int:
    """Ask, render all that was asked for, then write it, and say how it ended."""
    from baclo.report.patience import patience
    from baclo.report.write import write_each

    with patience(sys.stderr):
        answer = ask()
        made, missing = _every_form(answer, files)
        outputs = [(file, partial(write_text, file, text)) for file, text in made]
        if "-" not in files.values():
            said = answer.text(width=width(), colour=colour())
            outputs.append(("the report", partial(click.echo, said, nl=False)))
        code = exit_code(answer)
    write_each(outputs)
    for reason in missing:
        click.echo(reason, err=True)
    return INPUT if missing and code == FINE else code


def _every_form(answer: "Answer", files: dict[str, str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Every file with its text, and why there is none where no plan is to be written down; the others are made."""
    made, missing = [], []
    for form, file in files.items():
        try:
            made.append((file, rendered(answer, form)))
        except NoPlan as reason:
            missing.append(f"{file}: not written. {reason}")
    return made, missing


def rendered(answer: "Answer", form: str) -> str:
    """One form of an answer as text; `NoPlan` where it has none."""
    if form in ("html", *PLANNED):
        page: Callable[[], str] = getattr(answer, form)
        return page()
    from baclo.report.encode import json_text
    from baclo.report.tables import csv_text

    return {"json": json_text, "csv": csv_text}[form](answer.to_json())


def exit_code(answer: "Answer") -> int:
    """The code that an answer ends with."""
    from baclo.report.summary import critical

    if answer.plan is not None and answer.plan.refused:
        return REFUSED
    return CRITICAL if critical(answer.outcome) else FINE


def write_text(file: str, text: str) -> None:
    """Write a text to a file, or to standard output for -."""
    from baclo.report.write import write

    write(file, text)


def width() -> int:
    """How many columns the terminal report has."""
    low, high = _WIDTHS
    columns = shutil.get_terminal_size((_PLAIN_WIDTH, 1)).columns if sys.stdout.isatty() else _PLAIN_WIDTH
    return min(max(columns, low), high)


def colour() -> bool:
    """Whether the terminal report may have colour."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
