"""What contradicts itself about the person: repeats, sessions that cannot be, a body of no possible size."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from baclo.case.form import DialysisForm, PatientForm
from baclo.case.kidney.size import mass_index_kg_per_m2
from baclo.case.patient import DialysisKind, Sex
from baclo.case.repeats import repeat_problems, stretch_problems
from baclo.errors import Problem
from baclo.knowledge.library import Knowledge

_WITH_SESSIONS = (DialysisKind.HAEMODIALYSIS, DialysisKind.CVVH)


def person_problems(knowledge: Knowledge, patient: PatientForm, zone: ZoneInfo) -> Iterator[Problem]:
    """Every contradiction in what is said of the person; moments are told by the clock of `zone`."""
    yield from _size_problems(knowledge, patient)
    if patient.pregnant is True and patient.sex is Sex.MALE:
        yield Problem(path="patient.pregnant", message="contradicts patient.sex", value="true", allowed="false")
    for key in ("creatinine", "cystatin_c", "creatinine_clearance", "egfr"):
        moments = dict(enumerate(row.at for row in getattr(patient, key)))
        yield from repeat_problems(f"patient.{key}", moments, "of the same moment")
    conditions = dict(enumerate(row.name for row in patient.conditions or ()))
    yield from repeat_problems("patient.conditions", conditions, "the same")
    medicines = dict(enumerate((row.name.casefold(), row.dose) for row in patient.medicines or ()))
    yield from repeat_problems("patient.medicines", medicines, "the same")
    if patient.dialysis is not None:
        yield from _dialysis_problems(patient.dialysis, zone)


def _size_problems(knowledge: Knowledge, patient: PatientForm) -> Iterator[Problem]:
    """Weight and height that no one can have together: exchanged, or in the wrong unit."""
    if patient.weight is None or patient.height is None:
        return
    low, high = knowledge.fact("fact:case.plausible.body_mass_index").numbers_in("kg/m2")
    if not low <= mass_index_kg_per_m2(weight_kg=patient.weight.value, height_cm=patient.height.value) <= high:
        entered = f'"{patient.weight.entered}" at "{patient.height.entered}"'
        allowed = f"a body mass index of {low:g} to {high:g} kg/m2"
        yield Problem(path="patient.height", message="does not go with patient.weight", value=entered, allowed=allowed)


def _dialysis_problems(dialysis: DialysisForm, zone: ZoneInfo) -> Iterator[Problem]:
    yield from stretch_problems("patient.dialysis.sessions", dict(enumerate(dialysis.sessions)), zone)
    if dialysis.sessions and dialysis.kind not in _WITH_SESSIONS:
        yield Problem(
            path="patient.dialysis.sessions",
            message="only some kinds have sessions",
            value=f'kind = "{dialysis.kind.value}"',
            allowed=" or ".join(kind.value for kind in _WITH_SESSIONS),
        )
