"""What can be given of each product at hand: whole or scored tablets, packets, millilitres on a measuring step."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from baclo.care.doses import regimen_now
from baclo.case.case import Case
from baclo.knowledge.facts import Region
from baclo.knowledge.library import Knowledge
from baclo.units import convert

TABLETS = ("tablet",)
LIQUID = "liquid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product by its id. `strength_ug` is in one tablet, packet or mL; `piece_ug` is the smallest that is given."""

    product: str
    form: str
    strength_ug: float
    piece_ug: float

    @property
    def parts(self) -> int:
        """How many of the smallest pieces make one tablet, packet or mL."""
        return round(self.strength_ug / self.piece_ug)


def product_rows(knowledge: Knowledge) -> Mapping[str | None, Mapping[str, Any]]:
    """Every product by its id."""
    return {key: row for table in knowledge.folder("products").values() for key, row in table.items()}


def products_at_hand(knowledge: Knowledge, case: Case, forms: Sequence[str] = TABLETS) -> tuple[Product, ...]:
    """The products that the case names, or those of its region where it names none, in forms that may be used.

    Where none of them is a tablet, whoever may have tablets is given what there is.
    """
    every = _every(knowledge, case.products, case.region)
    found = tuple(product for product in every if product.form in forms)
    return every if not found and "tablet" in forms else found


def forms_taken(knowledge: Knowledge, case: Case) -> tuple[str, ...]:
    """The form of what is taken now, where any of that form is at hand; else tablets."""
    now = regimen_now(case.timeline, case.now)
    if now is None or now.product is None:
        return TABLETS
    form = product_rows(knowledge)[now.product]["form"]
    return (form,) if products_at_hand(knowledge, case, (form,)) else TABLETS


def smallest_piece_ug(knowledge: Knowledge, case: Case, forms: Sequence[str] = TABLETS) -> float:
    """The smallest piece that may be given of what is at hand, ug; infinite where nothing is."""
    return min((product.piece_ug for product in products_at_hand(knowledge, case, forms)), default=math.inf)


@lru_cache(maxsize=256)
def _every(knowledge: Knowledge, named: tuple[str, ...] | None, region: Region) -> tuple[Product, ...]:
    """Every product that is named, or of the region, of any form."""
    found = []
    for table in knowledge.folder("products").values():
        for product, row in table.items():
            at_hand = row["region"] == region if named is None else product in named
            if at_hand:
                strength_ug, piece_ug = _sizes(knowledge, row["form"], row["strength"], row.get("parts"))
                found.append(Product(product=product, form=row["form"], strength_ug=strength_ug, piece_ug=piece_ug))
    return tuple(found)


def _sizes(knowledge: Knowledge, form: str, strength: str, parts: str | None) -> tuple[float, float]:
    """The content of one unit and the smallest piece of it, ug."""
    if form == LIQUID:
        per_ml_ug = convert(knowledge.number(strength, "mg/mL"), "mg", "ug")
        return per_ml_ug, per_ml_ug * knowledge.number("liquid.measuring_step", "mL")
    strength_ug = knowledge.number(strength, "ug")
    return strength_ug, strength_ug if parts is None else strength_ug / knowledge.number(parts, "1")
