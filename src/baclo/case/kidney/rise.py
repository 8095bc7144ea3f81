"""By how much each marker of the kidneys moved for the worse over the time before its newest value."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from baclo.case.patient import Patient

Series = list[tuple[datetime, float]]


class Marker(StrEnum):
    """What was measured, by the name of its list in the case."""

    CREATININE = "creatinine"
    CYSTATIN_C = "cystatin_c"
    REPORTED = "egfr"


def rises(patient: Patient, at: datetime, within: timedelta) -> Iterator[tuple[Marker, float]]:
    """The newest value over the lowest of the time `within` before it, of each marker drawn twice in it by `at`.

    A reported eGFR counts by its inverse, and only beside those by the same equation.
    """
    for marker, series in _series(patient):
        past = sorted(entry for entry in series if entry[0] <= at)
        if not past:
            continue
        newest_at, newest = past[-1]
        before = [value for moment, value in past[:-1] if newest_at - moment <= within]
        if before:
            yield marker, newest / min(before)


def paths_of(patient: Patient) -> tuple[str, ...]:
    """Where the case holds the markers: creatinine always, the others where there are any."""
    others = ((Marker.CYSTATIN_C, patient.cystatin_c), (Marker.REPORTED, patient.reported_egfr))
    known = (Marker.CREATININE, *(marker for marker, values in others if values))
    return tuple(f"case:patient.{marker.value}" for marker in known)


def _series(patient: Patient) -> Iterator[tuple[Marker, Series]]:
    """Every marker as a burden that grows as the kidneys get worse; an eGFR of nothing has no inverse."""
    yield Marker.CREATININE, [(value.at, value.creatinine_mg_per_dl) for value in patient.creatinine]
    yield Marker.CYSTATIN_C, [(value.at, value.cystatin_c_mg_per_l) for value in patient.cystatin_c]
    reported = [value for value in patient.reported_egfr if value.egfr_ml_per_min_per_1_73m2 > 0]
    for equation in sorted({value.equation for value in reported}):
        same = (value for value in reported if value.equation == equation)
        yield Marker.REPORTED, [(value.at, 1 / value.egfr_ml_per_min_per_1_73m2) for value in same]
