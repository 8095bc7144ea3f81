"""What contradicts itself about the person: repeats, and sessions of dialysis that cannot be."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from baclo.case.patient import DialysisKind
from baclo.case.patient_form import DialysisForm, PatientForm
from baclo.case.repeats import repeat_problems, stretch_problems
from baclo.errors import Problem

_WITH_SESSIONS = (DialysisKind.HAEMODIALYSIS, DialysisKind.CVVH)


def person_problems(patient: PatientForm, zone: ZoneInfo) -> Iterator[Problem]:
    """Every contradiction in what is said of the person; moments are told by the clock of `zone`."""
    for key in ("creatinine", "cystatin_c", "creatinine_clearance", "egfr"):
        moments = dict(enumerate(row.at for row in getattr(patient, key)))
        yield from repeat_problems(f"patient.{key}", moments, "of the same moment")
    conditions = dict(enumerate(row.name for row in patient.conditions or ()))
    yield from repeat_problems("patient.conditions", conditions, "the same")
    medicines = dict(enumerate((row.name.casefold(), row.dose) for row in patient.medicines or ()))
    yield from repeat_problems("patient.medicines", medicines, "the same")
    symptoms = dict(enumerate(row.name for row in patient.symptoms or ()))
    yield from repeat_problems("patient.symptoms", symptoms, "the same")
    if patient.dialysis is not None:
        yield from _dialysis_problems(patient.dialysis, zone)


def _dialysis_problems(dialysis: DialysisForm, zone: ZoneInfo) -> Iterator[Problem]:
    yield from stretch_problems("patient.dialysis.sessions", dict(enumerate(dialysis.sessions)), zone)
    if dialysis.sessions and dialysis.kind not in _WITH_SESSIONS:
        yield Problem(
            path="patient.dialysis.sessions",
            message="only some kinds have sessions",
            value=f'kind = "{dialysis.kind.value}"',
            allowed=" or ".join(kind.value for kind in _WITH_SESSIONS),
        )
