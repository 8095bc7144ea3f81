"""The symptoms that only plain words tell stand in the case beside those that were entered."""

from dataclasses import replace

from baclo.care.triage.answer import Triage
from baclo.case.case import Case


def overheard(case: Case, urgency: Triage) -> Case:
    """The case with every symptom that `urgency` found in it, so that rules and planners see them as triage does."""
    entered = {symptom.name for symptom in case.patient.symptoms or ()}
    return replace(case, heard=tuple(name for name in urgency.symptoms if name not in entered))
