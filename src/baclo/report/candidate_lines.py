"""The plan and what could have been chosen instead, side by side in the terminal."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Line

from baclo.report import shown
from baclo.report.candidates import LABELS, Candidate, candidates
from baclo.report.telling import Telling, listed

_REFUSED = "refused"


def side_by_side(told: Telling) -> Iterator[RenderableType]:
    """A column for each schedule, then why the others were not first; nothing where there was no choice."""
    found = candidates(told.knowledge, told.outcome.case, told.outcome.plan)
    if not found:
        return
    table = Table(title="Could be chosen too", title_justify="left", title_style="bold", pad_edge=False, box=None)
    table.add_column("")
    for one in found:
        table.add_column(told.say(one.name), justify="right")
    for place, label in enumerate(LABELS):
        table.add_row(label, *(_cell(one, place) for one in found))
    yield Line()
    yield table
    yield from listed("Why not first", [_reasons(told, one) for one in found[1:]])


def _cell(candidate: Candidate, place: int) -> str:
    return shown.number(candidate.values[place]) if candidate.values else _REFUSED


def _reasons(told: Telling, candidate: Candidate) -> str:
    said = " ".join(told.say(reason) for reason in candidate.reasons)
    return f"{told.say(candidate.name)}: {said or 'nobody said.'}"
