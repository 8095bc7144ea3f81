"""What contradicts itself about pregnancy, nursing and birth."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from baclo.case.leaf import Reading
from baclo.case.patient import Sex
from baclo.case.patient_form import PatientForm
from baclo.case.sections import Sections
from baclo.case.vocabulary import words
from baclo.errors import Problem

_OF_MOTHERS = ("pregnant", "pregnancy_planned", "breastfeeding")
_NURSING = "breastfeeding"


def family_problems(sections: Sections, patient: PatientForm) -> Iterator[Problem]:
    """Every contradiction between sex, age, pregnancy, nursing and the days of birth."""
    reading = sections.reading
    yield from _mother_problems(reading, patient)
    yield from _condition_problems(reading, patient)
    if patient.due is not None and patient.pregnant is not True and sections.sound("patient.pregnant"):
        said = "nobody says pregnant" if patient.pregnant is None else "pregnant is false"
        due = _day(reading, patient.due).isoformat()
        yield Problem(path="patient.due", message=f"is set, but {said}", value=due, allowed="pregnant = true")
    if reading.now is not None:
        yield from _day_problems(reading, patient, reading.now)


def _mother_problems(reading: Reading, patient: PatientForm) -> Iterator[Problem]:
    """Pregnancy and nursing that sex or age speaks against."""
    low, high = reading.knowledge.fact("fact:case.plausible.mother_age").numbers_in("a")
    for key in _OF_MOTHERS:
        path = f"patient.{key}"
        if getattr(patient, key) is not True:
            continue
        if patient.sex is Sex.MALE:
            yield Problem(path=path, message="contradicts patient.sex", value="true", allowed="false")
        if patient.age is not None and not low <= patient.age.value <= high:
            entered = f'true at "{patient.age.entered}"'
            allowed = f"an age of {low:g} to {high:g} a"
            yield Problem(path=path, message="does not go with patient.age", value=entered, allowed=allowed)


def _condition_problems(reading: Reading, patient: PatientForm) -> Iterator[Problem]:
    """Conditions that befall the other sex only, and nursing that is both said and denied."""
    vocabulary = words(reading.knowledge, "conditions")
    for place, row in enumerate(patient.conditions or ()):
        path, sex = f"patient.conditions[{place}]", vocabulary[row.name].get("sex")
        if patient.sex is not None and sex is not None and sex != patient.sex.value:
            allowed = f'sex = "{sex}"'
            yield Problem(path=path, message="contradicts patient.sex", value=f'"{row.name}"', allowed=allowed)
        if row.name == _NURSING and patient.breastfeeding is False:
            allowed = f"{_NURSING} = true"
            yield Problem(path=path, message=f"contradicts patient.{_NURSING}", value=f'"{row.name}"', allowed=allowed)


def _day_problems(reading: Reading, patient: PatientForm, now: datetime) -> Iterator[Problem]:
    """Days of birth that lie too far from now."""
    if patient.due is not None:
        due, (soonest_wk, latest_wk) = _day(reading, patient.due), _range(reading, "fact:case.plausible.due", "wk")
        soonest, latest = (_day(reading, now + timedelta(weeks=weeks)) for weeks in (soonest_wk, latest_wk))
        if not soonest <= due <= latest:
            yield Problem(
                path="patient.due",
                message="cannot be the day of birth of a pregnancy that is now",
                value=due.isoformat(),
                allowed=f"{soonest.isoformat()} to {latest.isoformat()}",
            )
    if patient.infant is not None:
        _, oldest_d = _range(reading, "fact:case.plausible.infant_age", "d")
        born, first = _day(reading, patient.infant.born), _day(reading, now - timedelta(days=oldest_d))
        if not first <= born:
            yield Problem(
                path="patient.infant.born",
                message="is too long ago for an infant",
                value=born.isoformat(),
                allowed=f"{first.isoformat()} or later",
            )


def _range(reading: Reading, key: str, unit: str) -> tuple[float, float]:
    low, high = reading.knowledge.fact(key).numbers_in(unit)
    return low, high


def _day(reading: Reading, at: datetime) -> date:
    return at.astimezone(reading.zone).date()
