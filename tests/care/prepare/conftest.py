"""What lies ahead, built by hand, and the answer to it by point and by moment."""

from datetime import UTC, datetime

import pytest

from baclo.care.prepare import prepare
from baclo.case.ahead import Ahead, Coming

TAKEN_SINCE = datetime(2026, 1, 1, tzinfo=UTC)


def ahead(kind, since, **changes):
    keys = ("until", "nil_by_mouth", "by_mouth_again", "zone", "emergency")
    moments = {
        key: datetime.fromisoformat(value) if isinstance(value, str) else value for key, value in changes.items()
    }
    return Ahead(kind=Coming(kind), since=datetime.fromisoformat(since), **{key: moments.get(key) for key in keys})


def words(text):
    return "".join(piece for piece in text.pieces if isinstance(piece, str))


def numbers(text):
    return [piece.value for piece in text.pieces if hasattr(piece, "unit")]


class Read:
    """An answer, its points by id and its entries in order."""

    def __init__(self, advice):
        self.advice = advice
        self.points = {point.id: point for point in advice.points}
        self.entries = advice.agenda

    def at(self, moment):
        """The titles of everything dated at that very moment."""
        return [words(entry.title) for entry in self.entries if entry.since == datetime.fromisoformat(moment)]


@pytest.fixture
def answer(knowledge, picture_of, make):
    def made(*things, **changes):
        case = make(ahead=things, **{"baclofen_since": TAKEN_SINCE, **changes})
        return Read(prepare(knowledge, case, picture_of(case)))

    return made


@pytest.fixture
def build_ahead():
    return ahead


@pytest.fixture
def say():
    return words


@pytest.fixture
def figures():
    return numbers
