"""Whether the dose is the most that the person tolerates: for a person to say, and told as a condition."""

from baclo.case.case import Case
from baclo.knowledge.library import Knowledge


def limited_by_effects(knowledge: Knowledge, case: Case) -> bool:
    """Whether the prescriber says that unwanted effects limit the dose."""
    word = knowledge.folder("escalate")["words"]["limited"]
    return any(condition.name == word for condition in case.patient.conditions or ())
