"""What is told of a taper, by the key of its sentence, and the numbers that shape one, by their role."""

from baclo.care.roles import Roles
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Piece, Text, text


def said(knowledge: Knowledge, part: str, key: str, **pieces: Piece | Text) -> Text:
    """The sentence `key` of `part`, filled."""
    return text(knowledge.folder("regimens")["taper"][part][key], knowledge.facts, **pieces)


def taper_numbers(knowledge: Knowledge) -> Roles:
    """The numbers of percent, slow and children's tapers, and of the time after."""
    return Roles(knowledge, knowledge.folder("regimens")["taper"]["numbers"])
