"""Which paths of the case would tell more about the kidneys."""

from collections.abc import Iterator

from baclo.case.patient import Dialysis, DialysisKind, Patient
from baclo.knowledge.library import Knowledge


def kidney_needs(
    knowledge: Knowledge, patient: Patient, *, known: bool, stale: bool, low: bool | None, withheld: bool
) -> tuple[str, ...]:
    """The paths, the most telling first.

    `known` is whether there is any value to go by, `stale` whether it is old, `low` whether muscle is low,
    `withheld` whether a normal value may not be called normal.
    """
    if patient.dialysis is not None and patient.dialysis.kind is not DialysisKind.NONE:
        return tuple(_on_dialysis(patient, patient.dialysis))
    wanted = list(_person(knowledge, patient))
    if stale or not (known or patient.creatinine):
        wanted.append("patient.creatinine")
    if low is None:
        wanted.append("patient.low_muscle_mass")
    if withheld:
        wanted.append("patient.cystatin_c")
    return tuple(wanted)


def _on_dialysis(patient: Patient, dialysis: Dialysis) -> Iterator[str]:
    """Formulas are silent on dialysis: what is left of the kidneys must be measured, the sessions be dated."""
    if not patient.measured_clearance:
        yield "patient.creatinine_clearance"
    if dialysis.kind is not DialysisKind.PERITONEAL and not dialysis.sessions:
        yield "patient.dialysis.sessions"


def _person(knowledge: Knowledge, patient: Patient) -> Iterator[str]:
    """What the equations ask of the person; height only of a child, for whom every equation takes it."""
    if patient.sex is None:
        yield "patient.sex"
    if patient.age_y is None:
        yield "patient.age"
    if patient.weight_kg is None:
        yield "patient.weight"
    adult_from = knowledge.number(knowledge.folder("kidney")["judgement"]["filtration"]["adult_from_age"], "a")
    if patient.height_cm is None and patient.age_y is not None and patient.age_y < adult_from:
        yield "patient.height"
