"""What every part of the terminal report is written with: sentences with their marks, and lists."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Line

from baclo.care.finding import Finding
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text
from baclo.report import shown
from baclo.report.references import References
from baclo.run import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What every part of the report needs: what is known, the outcome, its sources, and the marks told so far."""

    knowledge: Knowledge
    outcome: Outcome
    used: References
    marked: set[int]

    def say(self, text: Text) -> str:
        """A sentence whose numbers carry the marks of their sources."""
        return shown.sentence(text, self.outcome.case.zone, self.tell)

    def tell(self, number: Number) -> str:
        """A number and the marks of what it rests on."""
        return shown.number(number) + self.marks(number.basis)

    def title(self, finding: Finding) -> str:
        """A finding's title, with the marks of all that the finding rests on at its end."""
        said = shown.sentence(finding.title, self.outcome.case.zone)
        return said + self.marks((*finding.title.basis, *finding.basis))

    def marks(self, basis: tuple[str, ...]) -> str:
        """The numbers of the sources in brackets, or nothing where it rests on the case and on computing."""
        marks = self.used.of(basis)
        self.marked.update(marks)
        return f" {shown.marks(marks)}" if marks else ""


def listed(heading: str, lines: list[str]) -> Iterator[RenderableType]:
    """A heading over its lines; nothing where there are none."""
    if lines:
        yield Line()
        yield Line(heading, "bold")
        yield from (hung(line) for line in lines)


def hung(said: str) -> RenderableType:
    """One line of a list, its later rows under its first."""
    table = Table.grid(padding=(0, 1))
    table.add_row("  -", said)
    return table
