"""Sentences and points of the answer from their words in the data."""

from baclo.care.advice import Point
from baclo.care.finding import Severity, Status
from baclo.knowledge.library import Knowledge, Table
from baclo.knowledge.words import Piece, Text, text


def say(knowledge: Knowledge, *keys: str, **pieces: Piece | Text) -> Text:
    """The sentence under these keys of the words, filled."""
    found: Table | str = knowledge.folder("resume")["words"]
    for key in keys:
        found = found[key]  # type: ignore[index]
    return text(str(found), knowledge.facts, **pieces)


def point(
    knowledge: Knowledge,
    key: str,
    severity: Severity,
    status: Status | None,
    basis: tuple[str, ...],
    **pieces: Piece | Text,
) -> Point:
    """The point of that key, its numbers among what it rests on."""
    title, detail = say(knowledge, "point", key, "title", **pieces), say(knowledge, "point", key, "detail", **pieces)
    return Point(
        id=key,
        status=status,
        severity=severity,
        title=title,
        detail=detail,
        needs=(),
        basis=tuple(dict.fromkeys((*basis, *title.basis, *detail.basis))),
    )
