"""What the question of a pump asks of the treatment so far, beside the vocabulary of the rules."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from baclo.care.medicines import read_medicines
from baclo.care.quantities import Quantity
from baclo.care.quantities.quantity import entered
from baclo.care.standing import standing
from baclo.case.case import Case
from baclo.case.patient import Supply
from baclo.case.timeline import DoseStatus
from baclo.knowledge.library import Knowledge, Table
from baclo.units import convert

_HOUR = timedelta(hours=1)
_CONDITIONS, _MEDICINES = "patient.conditions", "patient.medicines"


def history(knowledge: Knowledge, case: Case) -> Mapping[str, Quantity]:
    """Each answer with what would settle it; what nobody wrote down is not known, also where a list was told."""
    words: Table = knowledge.folder("escalate")["words"]
    now = standing(knowledge, case, case.now)
    return {
        "severe": _severe(knowledge, case, words),
        "days_at_dose": entered(_days(case, now.since), "regimen", unit="d"),
        "doses_held": _held(knowledge, case),
        "medicines_tried": _tried(knowledge, case, words["medicines"]),
        "toxin_tried": _tried(knowledge, case, words["toxin"]),
        "injury_years": _injury(case, words["injury"]),
    }


def _days(case: Case, since: datetime | None) -> float | None:
    return None if since is None else convert((case.now - since) / _HOUR, "h", "d")


def _severe(knowledge: Knowledge, case: Case, words: Table) -> Quantity:
    """Whether the latest score of any scale and muscle group is severe; None where none was scored lately."""
    since = case.now - timedelta(hours=knowledge.number(words["lately"], "h"))
    latest = {
        (seen.kind, seen.site): seen.value
        for seen in sorted(case.timeline.observations, key=lambda one: one.at)
        if seen.kind in words["severe"] and since <= seen.at <= case.now
    }
    reached = [value >= knowledge.number(words["severe"][kind], "{score}") for (kind, _), value in latest.items()]
    return entered(any(reached) if reached else None, "observation")


def _held(knowledge: Knowledge, case: Case) -> Quantity:
    """Whether the doses were taken as prescribed: asked of supplies and habits, and seen in the records."""
    patient = case.patient
    against = {
        "dose": _missed(knowledge, case),
        "patient.supply": None if patient.supply is None else patient.supply is Supply.WITHOUT_PRESCRIPTION,
        "patient.flare_only_use": patient.flare_only_use,
        "patient.early_refill": patient.early_refill,
        "patient.raised_without_advice": patient.raised_without_advice,
    }
    said, unsaid = ([path for path, answer in against.items() if answer is which] for which in (True, None))
    if said:
        return entered(False, *said)
    return entered(None, *unsaid) if unsaid else entered(True, *against)


def _missed(knowledge: Knowledge, case: Case) -> bool | None:
    """Whether a dose of late was missed; None where it is not known what became of one."""
    since = case.now - timedelta(hours=knowledge.number("titration.review", "h"))
    became = {dose.status for dose in case.timeline.doses if since <= dose.at}
    return True if DoseStatus.MISSED in became else None if DoseStatus.UNKNOWN in became else False


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
