"""The sentences of one data file about what lies ahead, filled with facts and with what is known of a case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from baclo.care.advice import Point
from baclo.care.agenda import Entry, Occasion
from baclo.care.finding import Severity, Status
from baclo.knowledge.library import Knowledge, Table
from baclo.knowledge.words import Piece, Text, text


@dataclass(frozen=True, slots=True)
class Sentences:
    """One file of a data folder: its points and entries by key, and what is said in every case."""

    knowledge: Knowledge
    folder: str
    stem: str

    @property
    def _table(self) -> Table:
        return self.knowledge.folder(self.folder)[self.stem]

    def point(
        self, key: str, *, status: Status | None = None, needs: Iterable[str] = (), **pieces: Piece | Text
    ) -> Point:
        """The point of that key; the pieces are all that its title and detail name."""
        row = self._table["point"][key]
        return Point(
            id=f"{self.stem}.{key}",
            status=status,
            severity=Severity(row["severity"]),
            title=text(row["title"], self.knowledge.facts, **pieces),
            detail=text(row["detail"], self.knowledge.facts, **pieces),
            needs=tuple(needs),
            basis=tuple(row["basis"]),
        )

    def entry(
        self,
        key: str,
        since: datetime,
        *,
        until: datetime | None = None,
        whole_day: bool = True,
        **pieces: Piece | Text,
    ) -> Entry:
        """The dated entry of that key."""
        row = self._table["entry"][key]
        return Entry(
            since=since,
            until=until,
            whole_day=whole_day,
            occasion=Occasion(row["occasion"]),
            title=text(row["title"], self.knowledge.facts, **pieces),
            detail=text(row["detail"], self.knowledge.facts, **pieces),
            basis=tuple(row["basis"]),
        )

    def always(self) -> tuple[Point, ...]:
        """The points that are told whatever the case."""
        return tuple(self.point(key) for key in self._table["always"])

    def line(self, key: str, **pieces: Piece | Text) -> Text:
        """A sentence that stands for itself: a headline."""
        return text(self._table["line"][key], self.knowledge.facts, **pieces)

    def notes(self) -> tuple[Text, ...]:
        """What holds for every answer of this kind."""
        return tuple(text(row, self.knowledge.facts) for row in self._table["notes"])
