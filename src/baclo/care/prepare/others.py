"""The other medicines of a case that matter for what lies ahead, by name."""

from collections.abc import Iterator

from baclo.care.advice import Point
from baclo.care.finding import Status
from baclo.care.medicines import Reading, read_medicines
from baclo.care.prepare.sentences import Sentences
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Quoted

_PATH = "patient.medicines"


def others(knowledge: Knowledge, case: Case, said: Sentences, classes: tuple[str, ...]) -> tuple[Point, ...]:
    """For each class, by the key of its point, which of the medicines are of it; asked where not told or read."""
    read = read_medicines(knowledge, case.patient.medicines)
    return (*_of_classes(said, read, classes), *_unread(said, read))


def _of_classes(said: Sentences, read: Reading, classes: tuple[str, ...]) -> Iterator[Point]:
    for word in classes:
        named = [each.named for each in read.read if word in each.classes]
        if named:
            quoted = Quoted(words=" and ".join(named), basis=(f"case:{_PATH}",))
            yield said.point(word, status=Status.PRESENT, named=quoted)


def _unread(said: Sentences, read: Reading) -> Iterator[Point]:
    if not read.asked:
        yield said.point("medicines_unknown", status=Status.UNKNOWN, needs=(_PATH,))
    if read.needs:
        yield said.point("medicines_unread", status=Status.UNKNOWN, needs=read.needs)
