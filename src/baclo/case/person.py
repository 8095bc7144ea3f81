"""What contradicts itself about the person: repeats, and sessions of dialysis that cannot be."""

from collections.abc import Iterator

from baclo.case.patient import DialysisKind
from baclo.case.patient_form import DialysisForm, PatientForm
from baclo.case.repeats import repeat_problems, stretch_problems
from baclo.case.sections import Sections
from baclo.errors import Problem

_WITH_SESSIONS = (DialysisKind.HAEMODIALYSIS, DialysisKind.CVVH)


def person_problems(sections: Sections, patient: PatientForm) -> Iterator[Problem]:
    """Every contradiction in what is said of the person; of two things alike, only where all of both was read."""
    for key in ("creatinine", "cystatin_c", "creatinine_clearance", "egfr"):
        moments = dict(enumerate(row.at for row in getattr(patient, key)))
        yield from repeat_problems(f"patient.{key}", moments, "of the same moment")
    conditions = dict(enumerate(row.name for row in patient.conditions or ()))
    yield from repeat_problems("patient.conditions", conditions, "the same")
    medicines = {
        place: (row.name.casefold(), row.dose)
        for place, row in enumerate(patient.medicines or ())
        if sections.sound(f"patient.medicines[{place}].dose")
    }
    yield from repeat_problems("patient.medicines", medicines, "the same")
    symptoms = dict(enumerate(row.name for row in patient.symptoms or ()))
    yield from repeat_problems("patient.symptoms", symptoms, "the same")
    if patient.dialysis is not None:
        yield from _dialysis_problems(sections, patient.dialysis)


def _dialysis_problems(sections: Sections, dialysis: DialysisForm) -> Iterator[Problem]:
    path = "patient.dialysis.sessions"
    sessions = {place: row for place, row in enumerate(dialysis.sessions) if sections.sound(f"{path}[{place}].until")}
    yield from stretch_problems(path, sessions, sections.reading.zone)
    if dialysis.sessions and dialysis.kind not in _WITH_SESSIONS:
        yield Problem(
            path=path,
            message="only some kinds have sessions",
            value=f'kind = "{dialysis.kind.value}"',
            allowed=" or ".join(kind.value for kind in _WITH_SESSIONS),
        )
