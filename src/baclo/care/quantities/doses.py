"""What rules may ask of what is taken: how much, how often, for how long, what was missed, what will end."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from baclo.care.doses import due_at, largest_dose_ug, regimen_now
from baclo.care.exceeded import excess_ug, largest_day_ug, more, much_more
from baclo.care.of_late import just_late, took_less, took_more
from baclo.care.quantities.quantity import Quantity, entered, partly
from baclo.care.roles import adult_roles
from baclo.case.calendar import given_doses, scheduled
from baclo.case.case import Ask, Case
from baclo.case.timeline import Dose, DoseStatus, Regimen
from baclo.knowledge.library import Knowledge
from baclo.units import convert

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_JUST_AFTER = timedelta(microseconds=1)


def doses(knowledge: Knowledge, case: Case, regimen: Regimen | None) -> dict[str, Quantity]:
    """Every quantity of the doses, with `regimen` as what is taken (None: nothing regular)."""
    since = case.now - timedelta(hours=knowledge.number("stopping.look_back", "h"))
    return {
        **_amounts(knowledge, case, regimen),
        "taken_days": _taken(case),
        "stop_planned": entered(_stops(knowledge, case, regimen), "regimen"),
        **_gaps(knowledge, case, since),
        "less_taken": entered(took_less(knowledge, case), "regimen", "dose"),
        "more_taken": entered(took_more(knowledge, case), "regimen", "dose"),
        "more_than_prescribed": entered(more(knowledge, case, back=_overdose_back(knowledge)), "regimen", "dose"),
        "more_today": entered(more(knowledge, case, back=_DAY), "regimen", "dose"),
        "much_more_today": entered(much_more(knowledge, case, back=_DAY), "regimen", "dose"),
    }


def _amounts(knowledge: Knowledge, case: Case, regimen: Regimen | None) -> dict[str, Quantity]:
    total_ug = 0.0 if regimen is None else regimen.total_ug_per_day
    back = _overdose_back(knowledge)
    if _no_step_down(case, regimen):
        total_ug = max(total_ug, largest_day_ug(knowledge, case, back=_DAY))
    singles_ug = [] if regimen is None else [dose.amount_ug for dose in regimen.doses]
    largest_ug = largest_dose_ug(
        case,
        window=timedelta(hours=knowledge.number("overdose.window", "h")),
        back=back,
    )
    weight_kg = case.patient.weight_kg
    per_kg = 0.0 if total_ug == 0 else None if weight_kg is None else convert(total_ug / weight_kg, "ug", "mg")
    return {
        "tdd": _milligrams(total_ug, "mg/d", "regimen"),
        "tdd_per_kg": entered(per_kg, "patient.weight", unit="mg/kg/d", computed="dose_by_weight"),
        "largest_clock_dose": _milligrams(max(singles_ug, default=0.0), "mg", "regimen"),
        "largest_dose": _milligrams(largest_ug, "mg", "regimen", "dose"),
        "excess_in_a_day": _milligrams(max(0.0, excess_ug(knowledge, case, back=back)), "mg", "regimen", "dose"),
        "doses_per_day": entered(float(len(singles_ug)), "regimen", unit="1"),
        "taking": entered(bool(singles_ug) and max(singles_ug) > 0, "regimen"),
    }


def _overdose_back(knowledge: Knowledge) -> timedelta:
    return timedelta(hours=knowledge.number("overdose.look_back", "h"))


def _no_step_down(case: Case, regimen: Regimen | None) -> bool:
    """Whether that regimen is the present one or no less: then what was taken in a day is a dose of it too."""
    now = regimen_now(case.timeline, case.now)
    if regimen is None or now is None:
        return regimen == now
    return regimen.total_ug_per_day >= now.total_ug_per_day


def _milligrams(ug: float, unit: str, *paths: str) -> Quantity:
    return entered(convert(ug, "ug", "mg"), *paths, unit=unit)


def _taken(case: Case) -> Quantity:
    """Days of continuous use; of a regimen alone the least that it can be, 0 where nothing is taken."""
    since = case.baclofen_since
    if since is not None:
        return entered(_days(case.now - since), "baclofen_since", unit="d")
    present = regimen_now(case.timeline, case.now)
    if present is None:
        return entered(0.0, "regimen", unit="d")
    begun = present.since
    for earlier in reversed(case.timeline.regimens):
        begun = earlier.since if earlier.until == begun else begun
    return partly(_days(case.now - begun), "regimen", ("baclofen_since",), unit="d", up_to=float("inf"))


def _days(stretch: timedelta) -> float:
    return convert(stretch / _HOUR, "h", "d")


def _abrupt(knowledge: Knowledge, regimen: Regimen) -> bool:
    """Whether its end falls further than the last step of a taper would."""
    return regimen.total_ug_per_day > adult_roles(knowledge, "taper").number("fall_small", "ug/d")


def _followed(case: Case, regimen: Regimen) -> bool:
    return any(other.since == regimen.until for other in case.timeline.regimens)


def _stops(knowledge: Knowledge, case: Case, regimen: Regimen | None) -> bool:
    """Whether what runs now ends with nothing after it; what a plan proposes does not, nor does a taper asked for."""
    present = regimen_now(case.timeline, case.now)
    if present is None or present.until is None or regimen != present or case.question.ask is Ask.TAPER:
        return False
    return _abrupt(knowledge, present) and not _followed(case, present)


def _gaps(knowledge: Knowledge, case: Case, since: datetime) -> dict[str, Quantity]:
    """Hours without a dose where one is overdue, and without a certain one; doses missed in a row; what came up."""
    taken = given_doses(case.timeline, case.zone, since, case.now + _JUST_AFTER)
    last = max((dose.at for dose in taken), default=None)
    missed = [
        record
        for record in case.timeline.doses
        if record.status is DoseStatus.MISSED and since <= due_at(record) <= case.now
    ]
    in_row = [record for record in missed if last is None or due_at(record) > last]
    sure = [dose for dose in taken if dose.status is DoseStatus.GIVEN]
    back = timedelta(hours=knowledge.number("missed.resume", "h"))
    several = knowledge.number("missed.in_row", "1")
    unsure_h = max(_without_h(knowledge, case, since, sure), *_unsure_h(case, sure, case.now - back, several))
    return {
        "without_h": entered(_without_h(knowledge, case, since, taken), "regimen", "dose", unit="h"),
        "unsure_h": entered(unsure_h, "regimen", "dose", unit="h"),
        "missed_in_row": entered(float(len(in_row)), "dose", unit="1"),
        "dose_vomited": entered(any(dose.status is DoseStatus.VOMITED for dose in taken), "dose"),
    }


def _without_h(knowledge: Knowledge, case: Case, since: datetime, taken: Sequence[Dose]) -> float:
    """Hours since the last of the doses, or since the first that was due; 0 where none is due since, or just late."""
    due = tuple(_awaited(case, since))
    if not due or not _due_still(knowledge, case, since):
        return 0.0
    if not taken:
        return (case.now - min(due)) / _HOUR
    last = max(taken, key=lambda dose: dose.at)
    stands_for = max(last.at, due_at(last))
    overdue = tuple(at for at in due if at > stands_for)
    if _covered(case, stands_for) and (not overdue or just_late(knowledge, case, overdue)):
        return 0.0
    return (case.now - last.at) / _HOUR


def _covered(case: Case, since: datetime) -> bool:
    """Whether regimens run from `since` up to now without a gap."""
    reached = since
    for regimen in case.timeline.regimens:
        if regimen.since <= reached:
            reached = max(reached, regimen.until or case.now)
    return reached >= case.now


def _unsure_h(case: Case, sure: Sequence[Dose], lately: datetime, several: float) -> Iterator[float]:
    """Hours between two certain doses, the later one of late, with several between of which nobody knows; and 0."""
    yield 0.0
    unsure = [due_at(one) for one in case.timeline.doses if one.status in (DoseStatus.UNKNOWN, DoseStatus.VOMITED)]
    for earlier, later in pairwise(dose.at for dose in sure):
        if later >= lately and sum(earlier < due <= later for due in unsure) >= several:
            yield (later - earlier) / _HOUR


def _awaited(case: Case, since: datetime) -> Iterator[datetime]:
    """When doses by the clock were due between `since` and now."""
    for regimen in case.timeline.regimens:
        yield from (at for at, _ in scheduled(regimen, case.zone, since, case.now + _JUST_AFTER))


def _due_still(knowledge: Knowledge, case: Case, since: datetime) -> bool:
    """Whether a regimen runs, or one ended at once since then; what a taper has ended is missed by nobody."""
    if regimen_now(case.timeline, case.now) is not None:
        return True
    return any(
        regimen.until is not None and since < regimen.until and _abrupt(knowledge, regimen)
        for regimen in case.timeline.regimens
        if regimen.since <= case.now
    )
