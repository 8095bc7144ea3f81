"""An answer that is no schedule in the terminal: its points with their status in words, then what is due when."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from baclo.care.advice import Advice, Point
from baclo.care.agenda import Entry
from baclo.care.finding import Severity
from baclo.report import shown
from baclo.report.advising import OCCASIONS, standing_words, when
from baclo.report.telling import Telling, listed

_ENTRIES_SHOWN = 12
_STYLES = {Severity.CRITICAL: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def advised(told: Telling, advice: Advice) -> Iterator[RenderableType]:
    """Every point, the agenda by its dates, and what to know."""
    if advice.points:
        yield Line()
    for point in advice.points:
        yield from _point(told, point)
    yield from _agenda(told, advice)
    plan = told.outcome.plan
    notes = [note for note in advice.notes if plan is None or note not in plan.notes]
    yield from listed("To know", [told.say(note) for note in notes])


def _point(told: Telling, point: Point) -> Iterator[RenderableType]:
    words = standing_words(point, told.outcome.case.question.ask)
    tag = (f"[{words.upper()}] ", _STYLES[point.severity]) if words else ""
    marks = told.marks((*point.title.basis, *point.basis))
    title = shown.sentence(point.title, told.outcome.case.zone)
    yield Line.assemble(tag, f"{title}{marks}")
    yield Padding(Line(told.say(point.detail)), (0, 0, 0, 4))


def _agenda(told: Telling, advice: Advice) -> Iterator[RenderableType]:
    if not advice.agenda:
        return
    table = Table(title="What is due when", title_justify="left", title_style="bold", pad_edge=False, box=None)
    table.add_column("When", ratio=2)
    table.add_column("What", ratio=3)
    for entry in advice.agenda[:_ENTRIES_SHOWN]:
        table.add_row(when(entry, told.outcome.case.zone), _what(told, entry))
    yield Line()
    yield table
    more = len(advice.agenda) - _ENTRIES_SHOWN
    if more > 0:
        yield Line(f"{more} more: --html, --ics", "dim")


def _what(told: Telling, entry: Entry) -> str:
    marks = told.marks((*entry.title.basis, *entry.basis))
    title = shown.sentence(entry.title, told.outcome.case.zone)
    detail = told.say(entry.detail)
    return f"{OCCASIONS[entry.occasion]}: {title}{marks}" + (f"\n{detail}" if detail else "")
