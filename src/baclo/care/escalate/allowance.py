"""The dose by mouth against what the texts and its effects allow: whether it can rise, is too much, or none may be."""

from collections.abc import Mapping

from baclo.care.grown import is_adult
from baclo.care.kidney_share import KidneyShare, share_of
from baclo.care.quantities import Quantity
from baclo.care.quantities.quantity import entered
from baclo.care.roles import Roles, adult_roles
from baclo.care.standing import Continuity, standing
from baclo.care.tolerated import limited_by_effects
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge
from baclo.units import convert

_SIZES = ("patient.age", "patient.creatinine")
_CONDITIONS = "patient.conditions"


def allowance(knowledge: Knowledge, case: Case, picture: KidneyPicture, taken: Quantity) -> Mapping[str, Quantity]:
    """Each answer with what would settle it, of what is `taken` a day, milligrams, and of the dose that goes on."""
    share, roles = share_of(knowledge, case, picture), adult_roles(knowledge, case.region)
    most_ug = _most_ug(roles, share)
    taken_ug = round(convert(taken.value, "mg/d", "ug/d")) if isinstance(taken.value, float) else 0
    settled = share.fraction is not None or not taken_ug > 0
    above = True if taken_ug > most_ug else False if settled else None
    none = taken_ug > 0 and share.fraction == 0 if settled else None
    return {
        "most_allowed": Quantity(
            value=convert(most_ug, "ug/d", "mg/d"), unit="mg/d", basis=(*roles.basis("cap"), *share.basis), needs=()
        ),
        "above_most": _by(above, share, *taken.basis, *roles.basis("cap")),
        "none_allowed": _by(none, share, *taken.basis),
        "at_highest_dose": _at_highest(knowledge, case, share, taken_ug, most_ug),
    }


def _most_ug(roles: Roles, share: KidneyShare) -> int:
    """The most a day that the region's texts give an adult with these kidneys; with kidneys not known, with any."""
    return round(roles.number("cap", "ug/d") * (1.0 if share.fraction is None else share.fraction))


def _by(value: bool | None, share: KidneyShare, *basis: str) -> Quantity:
    return Quantity(value=value, unit="", basis=(*basis, *share.basis), needs=share.needs if value is None else ())


def _at_highest(knowledge: Knowledge, case: Case, share: KidneyShare, taken_ug: int, most_ug: int) -> Quantity:
    """Whether the dose cannot rise: at the most for the person, with kidneys that allow none, or said to be limited.

    False only where the most is known, no higher dose was left and no unwanted effect is told: whether one of them
    stands in the way is for a person to say. Not known where what is told was not taken of late.
    """
    now = standing(knowledge, case, case.now)
    total_ug = now.total_ug_per_day
    conditions, symptoms = case.patient.conditions, case.patient.symptoms
    if share.fraction == 0:
        return _by(True, share, "case:regimen")
    if not total_ug > 0:
        return entered(None, "regimen", "dose") if taken_ug > 0 else entered(False, "regimen")
    if now.continuity is Continuity.MORE:
        total_ug = max(total_ug, taken_ug)
    known = share.fraction is not None and is_adult(knowledge, case)
    if (known and total_ug >= most_ug) or limited_by_effects(knowledge, case):
        return entered(True, "regimen")
    if not known or symptoms is None or conditions is None:
        return entered(None, "patient.symptoms", _CONDITIONS, *(() if known else _SIZES))
    return entered(None, _CONDITIONS) if symptoms or _left(case, total_ug) else entered(False, "regimen")


def _left(case: Case, total_ug: float) -> bool:
    """Whether a higher dose was taken before; why it was left is not told by that."""
    return any(one.total_ug_per_day > total_ug and one.since <= case.now for one in case.timeline.regimens)
