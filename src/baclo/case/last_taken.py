"""What contradicts the moment at which the last dose was taken: later doses, missed ones, no dose anywhere near."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from baclo.case.calendar import scheduled
from baclo.case.form import DoseForm, RegimenForm
from baclo.case.gap import NEAR, nearest
from baclo.case.moment import local_moment
from baclo.case.sections import Sections
from baclo.case.timeline import ClockDose, DoseStatus, Regimen
from baclo.errors import Problem

_PATH = "question.last_taken"
_MOMENT = timedelta(microseconds=1)


def last_taken_problems(sections: Sections) -> Iterator[Problem]:
    """Every record that cannot be true if the last dose was taken when the question says so."""
    last = None if sections.question is None else sections.question.last_taken
    if last is None:
        return
    value = local_moment(last, sections.reading.zone)
    for place, dose in sections.doses.items():
        if dose.status is DoseStatus.GIVEN and dose.at > last:
            at = local_moment(dose.at, sections.reading.zone)
            yield _problem(f"is before dose[{place}], which was taken", value, f"{at} or later")
    if sections.whole_regimens and not any(_taken(dose, last) for dose in sections.doses.values()):
        yield from _unexplained(sections, last, value)


def _taken(dose: DoseForm, last: datetime) -> bool:
    return dose.at == last and dose.status is not DoseStatus.MISSED


def _unexplained(sections: Sections, last: datetime, value: str) -> Iterator[Problem]:
    """That no dose by the clock is near, or that the nearest is recorded as another one or as missed."""
    due = nearest(last, dict.fromkeys(_moments(sections, last)))
    if due is None:
        yield _problem("is near no dose of a regimen", value, "the moment of a [[dose]], or near a regimen's dose")
        return
    for place, dose in sections.doses.items():
        if dose.scheduled == due:
            words = f"is nearest to the dose that dose[{place}] records as {dose.status.value}"
            yield _problem(words, value, "the moment of a [[dose]], or nearest to a regimen's dose without a record")


def _moments(sections: Sections, last: datetime) -> Iterator[datetime]:
    for form in sections.regimens.values():
        yield from (
            at for at, _ in scheduled(_regimen(form), sections.reading.zone, last - NEAR, last + NEAR + _MOMENT)
        )


def _regimen(form: RegimenForm) -> Regimen:
    doses = tuple(ClockDose(clock=row.clock, amount_ug=row.amount.value) for row in form.doses)
    return Regimen(product=None, modified_release=None, since=form.since, until=form.until, doses=doses)


def _problem(message: str, value: str, allowed: str) -> Problem:
    return Problem(path=_PATH, message=message, value=value, allowed=allowed)
