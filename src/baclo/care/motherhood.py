"""Who can be a mother at all: of nobody else is pregnancy or nursing asked."""

from baclo.case.patient import Patient, Sex
from baclo.knowledge.library import Knowledge


def may_be_mother(knowledge: Knowledge, patient: Patient) -> bool:
    """Whether sex and age leave it possible, as the reading of a case does; what is not known leaves it so."""
    low, high = knowledge.fact("case.plausible.mother_age").numbers_in("a")
    return patient.sex is not Sex.MALE and (patient.age_y is None or not (patient.age_y < low or patient.age_y > high))
