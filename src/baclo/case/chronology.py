"""What comes at a time it cannot: before the person was born, or planned for a day that is over."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from baclo.case.sections import Sections
from baclo.errors import Problem
from baclo.units import convert


def chronology_problems(sections: Sections) -> Iterator[Problem]:
    """Every beginning before birth, a plan that would begin before the day of now, and surgery in the past."""
    now, patient = sections.reading.now, sections.patient
    if now is None:
        return
    if sections.question is not None and sections.question.since is not None:
        yield from _over(sections, "question.since", sections.question.since, now)
    if patient is not None and patient.surgery is not None and patient.surgery.at is not None:
        yield from _over(sections, "patient.surgery", patient.surgery.at, now)
    if patient is not None and patient.age is not None:
        yield from _unborn(sections, now - timedelta(hours=convert(patient.age.value + 1, "a", "h")))


def _over(sections: Sections, path: str, planned: datetime, now: datetime) -> Iterator[Problem]:
    """Something planned for a day before that of now, on the person's calendar."""
    today, first = (at.astimezone(sections.reading.zone).date() for at in (now, planned))
    if not today <= first:
        allowed = f"{today.isoformat()} or later"
        yield Problem(path=path, message="is before the day of now", value=first.isoformat(), allowed=allowed)


def _unborn(sections: Sections, born: datetime) -> Iterator[Problem]:
    """What began before `born`, the earliest birth: ages are told in whole years."""
    earliest = born.astimezone(sections.reading.zone).date().isoformat()
    for path, since in _beginnings(sections):
        if not born <= since:
            value = since.astimezone(sections.reading.zone).date().isoformat()
            yield Problem(
                path=path, message="is before birth by patient.age", value=value, allowed=f"{earliest} or later"
            )


def _beginnings(sections: Sections) -> Iterator[tuple[str, datetime]]:
    """The path and the moment of everything that is said to have begun."""
    if sections.begun is not None:
        yield "baclofen_since", sections.begun
    for place, regimen in sections.regimens.items():
        yield f"regimen[{place}].since", regimen.since
    for key in ("conditions", "medicines", "symptoms"):
        for place, row in enumerate(getattr(sections.patient, key) or ()):
            if row.since is not None:
                yield f"patient.{key}[{place}].since", row.since
