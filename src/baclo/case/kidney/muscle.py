"""Whether creatinine can be believed: low muscle mass makes it low whatever the kidney does."""

from datetime import datetime

from baclo.case.kidney.newest import newest
from baclo.case.patient import Patient
from baclo.knowledge.library import Knowledge


def low_muscle(knowledge: Knowledge, patient: Patient, at: datetime) -> bool | None:
    """True by the person's flag, by a condition that wastes muscle, or by an adult's very low creatinine.

    False only where it was asked and denied, and nothing speaks against that; None where nobody said. A child's
    creatinine is low by nature and shows nothing; a person of unknown age is taken for an adult here.
    """
    if patient.low_muscle_mass is True or _wasting(knowledge, patient) or _low_creatinine(knowledge, patient, at):
        return True
    return patient.low_muscle_mass


def _wasting(knowledge: Knowledge, patient: Patient) -> bool:
    vocabulary = knowledge.folder("vocabulary")["conditions"]
    names = {condition.name for condition in patient.conditions or ()} | {patient.indication}
    return any(row.get("low_muscle", False) for name, row in vocabulary.items() if name in names)


def _low_creatinine(knowledge: Knowledge, patient: Patient, at: datetime) -> bool:
    table = knowledge.folder("kidney")["judgement"]["low_muscle"]
    found = newest(patient.creatinine, at)
    child = patient.age_y is not None and patient.age_y < knowledge.number(table["adult_from_age"], "a")
    if found is None or child:
        return False
    return found[1].creatinine_mg_per_dl < knowledge.number(table["creatinine_below"], "mg/dL")
