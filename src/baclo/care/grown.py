"""Whether the person is grown: known to be an adult, known to be a child, or neither."""

from baclo.case.case import Case
from baclo.knowledge.library import Knowledge


def is_adult(knowledge: Knowledge, case: Case) -> bool:
    """Whether the person is known to be an adult; an age that is not known, or is no number, does not say so."""
    age_y = case.patient.age_y
    return age_y is not None and age_y >= _from_age_y(knowledge)


def is_child(knowledge: Knowledge, case: Case) -> bool:
    """Whether the person is known to be no adult; an unknown age is held to the limits of adults."""
    age_y = case.patient.age_y
    return age_y is not None and age_y < _from_age_y(knowledge)


def _from_age_y(knowledge: Knowledge) -> float:
    return knowledge.number("age.adult", "a")
