"""What rules may ask of the other medicines: which, how many that sedate, lower pressure or hurt the kidneys."""

from datetime import timedelta

from baclo.care.medicines import Reading
from baclo.care.quantities.quantity import Quantity, entered, partly
from baclo.case.case import Case
from baclo.case.patient import Alcohol
from baclo.knowledge.library import Knowledge

_PATH = "patient.medicines"
_ITSELF = "baclofen"
_DRINK = "alcohol"


def medicines(knowledge: Knowledge, case: Case, read: Reading) -> dict[str, Quantity]:
    """Every quantity of the other medicines as `read`."""
    if not read.asked:
        names = ("medicines", "medicine_unrecognised", "unread", "near", "kidney_recheck_at")
        burdens = ("sedatives", "pressure_lowering", "kidney_hurting")
        return {name: entered(None, _PATH) for name in names} | {
            name: entered(None, _PATH, unit="1") for name in burdens
        }
    words = dict.fromkeys(word for each in read.read for word in (*each.ingredients, *each.classes))
    return {
        "medicines": partly(tuple(words), _PATH, read.needs),
        "medicine_unrecognised": entered(bool(read.needs), _PATH),
        "unread": entered(_listed([each.named for each in read.unread]), _PATH),
        "near": entered(" ".join(_asked(each.named, each.near) for each in read.unread), _PATH),
        "kidney_recheck_at": _recheck(knowledge, case, read),
        "sedatives": _sedatives(case, read),
        "pressure_lowering": _count(read, "pressure_lowering"),
        "kidney_hurting": _count(read, "kidney_hurting"),
    }


def _listed(names: list[str]) -> str:
    """The first names in quotes; a title holds no more."""
    quoted = [f'"{name}"' for name in names]
    return " and ".join(quoted[:2]) + (" and others" if len(quoted) > 2 else "")


def _asked(name: str, near: tuple[str, ...]) -> str:
    return f'"{name}": did you mean {" or ".join(near)}?' if near else f'"{name}": nothing known is near.'


def _counted(read: Reading, burden: str) -> set[str]:
    """What counts towards a burden, by ingredient; a class that was named without one counts once."""
    return {
        ingredient
        for each in read.read
        if burden in each.classes
        for ingredient in (each.bearers.get(burden, ()) or (each.named,))
        if ingredient != _ITSELF
    }


def _count(read: Reading, burden: str) -> Quantity:
    up_to = float("inf") if read.needs else None
    return partly(float(len(_counted(read, burden))), _PATH, read.needs, unit="1", up_to=up_to)


def _sedatives(case: Case, read: Reading) -> Quantity:
    """Drink counts once, as a medicine would; where nobody asked about it there may be one more."""
    bearers = _counted(read, "sedating")
    drink = case.patient.alcohol
    if drink is None and _DRINK not in bearers:
        up_to = float("inf") if read.needs else len(bearers) + 1.0
        return partly(float(len(bearers)), _PATH, (*read.needs, "patient.alcohol"), unit="1", up_to=up_to)
    total = len(bearers | ({_DRINK} if drink in (Alcohol.SOME, Alcohol.DAILY) else set()))
    return partly(float(total), _PATH, read.needs, unit="1", up_to=float("inf") if read.needs else None)


def _recheck(knowledge: Knowledge, case: Case, read: Reading) -> Quantity:
    """By when creatinine is measured again: counted from the newest of the medicines that can hurt the kidneys."""
    begun = [each.since for each in read.read if "kidney_hurting" in each.classes and each.since is not None]
    newest = max(begun, default=case.now)
    due = max(newest + timedelta(hours=knowledge.number("kidney.recheck", "h")), case.now)
    return entered(due, _PATH)
