"""What to look at during a plan, and its standing notes, as sentences from the data."""

from baclo.care.plan import Kind
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text, text


def watch(knowledge: Knowledge, kind: Kind) -> tuple[Text, ...]:
    """What to look at on each step."""
    return _sentences(knowledge, kind, "each_step")


def standing_notes(knowledge: Knowledge, kind: Kind) -> tuple[Text, ...]:
    """What holds for the whole plan."""
    return _sentences(knowledge, kind, "notes")


def _sentences(knowledge: Knowledge, kind: Kind, part: str) -> tuple[Text, ...]:
    rows = knowledge.folder("regimens")["monitor"][kind.value][part]
    return tuple(text(row, knowledge.facts) for row in rows)
