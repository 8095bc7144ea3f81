"""What the question of a pump asks of the treatment so far, beside the vocabulary of the rules."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from baclo.care.kidney_share import share_of
from baclo.care.medicines import read_medicines
from baclo.care.quantities import Quantity
from baclo.care.quantities.quantity import entered
from baclo.care.roles import adult_roles
from baclo.care.standing import standing
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.case.timeline import DoseStatus
from baclo.knowledge.library import Knowledge, Table
from baclo.units import convert

_HOUR = timedelta(hours=1)
_SIZES = ("patient.age", "patient.creatinine")
_CONDITIONS, _MEDICINES = "patient.conditions", "patient.medicines"


def history(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Mapping[str, Quantity]:
    """Each answer with what would settle it; what nobody wrote down is not known, also where a list was told."""
    words: Table = knowledge.folder("escalate")["words"]
    now = standing(knowledge, case, case.now)
    return {
        "severe": _severe(knowledge, case, words),
        "at_highest_dose": _at_highest(knowledge, case, picture, words),
        "days_at_dose": entered(_days(case, now.since), "regimen", unit="d"),
        "doses_held": _held(knowledge, case),
        "medicines_tried": _tried(knowledge, case, words["medicines"]),
        "toxin_tried": _tried(knowledge, case, words["toxin"]),
        "injury_years": _injury(case, words["injury"]),
    }


def _days(case: Case, since: datetime | None) -> float | None:
    return None if since is None else convert((case.now - since) / _HOUR, "h", "d")


def _severe(knowledge: Knowledge, case: Case, words: Table) -> Quantity:
    """Whether any scale lately reached its severe grade; None where none was scored lately."""
    since = case.now - timedelta(hours=knowledge.number(words["lately"], "h"))
    reached = [
        seen.value >= knowledge.number(words["severe"][seen.kind], "{score}")
        for seen in case.timeline.observations
        if seen.kind in words["severe"] and since <= seen.at <= case.now
    ]
    return entered(any(reached) if reached else None, "observation")


def _at_highest(knowledge: Knowledge, case: Case, picture: KidneyPicture, words: Table) -> Quantity:
    """Whether the dose is the highest tolerated: at the most for the person, stepped back to, or said to be limited.

    False only where the most is known and no unwanted effect is told; with one told it is unknown whether that
    stands in the way.
    """
    total_ug = standing(knowledge, case, case.now).total_ug_per_day
    most_ug = _most_ug(knowledge, case, picture)
    higher = any(one.total_ug_per_day > total_ug and one.since <= case.now for one in case.timeline.regimens)
    conditions = case.patient.conditions
    limited = any(condition.name == words["limited"] for condition in conditions or ())
    if total_ug > 0 and (higher or limited or (most_ug is not None and total_ug >= most_ug)):
        return entered(True, "regimen")
    if total_ug > 0 and (most_ug is None or case.patient.symptoms is None or conditions is None):
        return entered(None, "patient.symptoms", _CONDITIONS, *(() if most_ug is not None else _SIZES))
    if total_ug > 0 and case.patient.symptoms:
        return entered(None, _CONDITIONS)
    return entered(False, "regimen")


def _most_ug(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> float | None:
    """The most a day that the region's texts give an adult with these kidneys; None for a child, or where not known."""
    age_y, share = case.patient.age_y, share_of(knowledge, case, picture).fraction
    if age_y is None or not age_y >= knowledge.number("age.adult", "a") or share is None:
        return None
    return share * adult_roles(knowledge, case.region).number("cap", "ug/d")


def _held(knowledge: Knowledge, case: Case) -> Quantity:
    """Whether the doses were taken as prescribed: asked of supplies and habits, and seen in the records."""
    patient = case.patient
    since = case.now - timedelta(hours=knowledge.number("titration.review", "h"))
    missed = any(dose.status is DoseStatus.MISSED and since <= dose.at for dose in case.timeline.doses)
    against = (missed, patient.flare_only_use, patient.early_refill, patient.raised_without_advice)
    if True in against:
        return entered(False, "dose", "patient.flare_only_use", "patient.early_refill")
    if None in against:
        paths = ("flare_only_use", "early_refill", "raised_without_advice")
        return entered(None, *(f"patient.{path}" for path in paths if getattr(patient, path) is None))
    return entered(True, "patient.flare_only_use")


def _tried(knowledge: Knowledge, case: Case, words: Table) -> Quantity:
    """Whether one of the medicines is taken, or was tried or weighed by the word for it; never known to be not."""
    read = read_medicines(knowledge, case.patient.medicines)
    taken = any(set(words["takes"]) & {*each.ingredients, *each.classes} for each in read.read)
    told = any(condition.name == words["word"] for condition in case.patient.conditions or ())
    return entered(True if taken or told else None, _CONDITIONS, _MEDICINES)


def _injury(case: Case, names: list[str]) -> Quantity:
    """Years since the newest injury of the brain; None where its day is not told."""
    found = tuple(_injuries(case, names))
    if any(at is None for _, at in found):
        return entered(None, *(f"{_CONDITIONS}[{place}].since" for place, at in found if at is None), unit="a")
    newest = max((at for _, at in found if at is not None), default=None)
    years = None if newest is None else convert((case.now - newest) / _HOUR, "h", "a")
    return entered(years, _CONDITIONS, unit="a")


def _injuries(case: Case, names: list[str]) -> Iterator[tuple[int, datetime | None]]:
    for place, condition in enumerate(case.patient.conditions or ()):
        if condition.name in names:
            yield place, condition.since
