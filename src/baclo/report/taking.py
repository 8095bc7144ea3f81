"""What is taken together: every dose of a step that shares a time of the clock, and its words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from itertools import groupby
from operator import attrgetter

from baclo.care.dispense import Dispensed
from baclo.care.plan import PlanDose
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number
from baclo.report import names, shown

# A part of a piece by itself, and after wholes.
_PARTS = {
    0.25: ("a quarter of", " and a quarter"),
    0.5: ("half", " and a half"),
    0.75: ("three quarters of", " and three quarters"),
}
_DIGITS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """The doses of one time of the clock: often one, several where strengths are mixed."""

    clock: time
    doses: tuple[PlanDose, ...]

    @property
    def amount_ug(self) -> float:
        """What the doses make together."""
        return sum(dose.amount_ug for dose in self.doses)

    @property
    def contents(self) -> tuple[tuple[str, float], ...]:
        """Products and units: what is the same at other times of the day."""
        return tuple((dose.product, dose.units) for dose in self.doses)


def takings(doses: Iterable[PlanDose]) -> tuple[Taking, ...]:
    """What is taken in a day, by the clock."""
    by_clock = groupby(sorted(doses, key=attrgetter("clock")), key=attrgetter("clock"))
    return tuple(Taking(clock=clock, doses=tuple(same)) for clock, same in by_clock)


def strength(knowledge: Knowledge, product: str) -> Number:
    """What a product holds: of a tablet or packet its milligrams, of a liquid its concentration."""
    fact = knowledge.fact(names.entries(knowledge, "product")[product]["strength"])
    return Number(value=fact.value, unit=fact.unit, basis=(f"fact:{fact.key}",))


def plain(knowledge: Knowledge, taking: Taking) -> str:
    """What is taken in plain words, every strength named: "1 tablet of 10 mg and half a tablet of 5 mg"."""
    return " and ".join(_plain(knowledge, dose) for dose in taking.doses)


def supplied(knowledge: Knowledge, dispensed: Dispensed) -> str:
    """What is to be dispensed of a product, in plain words: "84 tablets of 10 mg"."""
    form, content = (
        names.product_form(knowledge, dispensed.product),
        shown.number(strength(knowledge, dispensed.product)),
    )
    if form == "mL":
        return f"{shown.units(dispensed.units, form)} of the liquid {content}"
    return f"{_counted(dispensed.units, form)} of {content}"


def _plain(knowledge: Knowledge, dose: PlanDose) -> str:
    form, content = names.product_form(knowledge, dose.product), shown.number(strength(knowledge, dose.product))
    if form == "mL":
        return f"{shown.units(dose.units, form)} of the liquid {content} ({shown.dose(dose.amount_ug)})"
    return f"{_counted(dose.units, form)} of {content}"


def _counted(units: float, form: str) -> str:
    """So many pieces as they are said: "half a tablet", "1 and a half tablets"; other parts as a number."""
    whole, part = divmod(units, 1)
    if part and part not in _PARTS:
        return f"{shown.significant(units, _DIGITS)} {form}s"
    alone, added = _PARTS.get(part, ("", ""))
    if part and not whole:
        return f"{alone} a {form}"
    return f"{int(whole)}{added} {form}{'' if units == 1 else 's'}"
