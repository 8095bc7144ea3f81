"""What rules may ask of the product: its form, how many concentrations are at hand, slow release, creams."""

from collections.abc import Mapping
from typing import Any

from baclo.care.doses import regimen_now
from baclo.care.medicines import Reading
from baclo.care.products import product_rows
from baclo.care.quantities.quantity import Quantity, entered, partly
from baclo.case.case import Case
from baclo.case.timeline import Regimen
from baclo.knowledge.library import Knowledge

_NOTHING = "nothing taken"


def products(knowledge: Knowledge, case: Case, regimen: Regimen | None, read: Reading) -> dict[str, Quantity]:
    """Every quantity of the products, with `regimen` as what is taken; `read` are the other medicines."""
    known = product_rows(knowledge)
    taken = [each for each in (regimen_now(case.timeline, case.now), regimen) if each is not None]
    form = _NOTHING if regimen is None else known[regimen.product]["form"] if regimen.product in known else None
    return {
        "product_form": entered(form, "regimen.product"),
        "product_concentrations": _concentrations(knowledge, case, taken),
        "modified_release": entered(_slow(known, taken), "regimen.modified_release"),
        "cream": _cream(read),
    }


def _concentrations(knowledge: Knowledge, case: Case, taken: list[Regimen]) -> Quantity:
    """How many different contents of a millilitre are among the products that are named."""
    known = product_rows(knowledge)
    named = {*(case.products or ()), *(each.product for each in taken if each.product is not None)}
    liquids = {
        knowledge.number(known[product]["strength"], "mg/mL") for product in named if known[product]["form"] == "liquid"
    }
    return entered(float(len(liquids)) if named or not taken else None, "products", unit="1")


def _slow(known: Mapping[str | None, Mapping[str, Any]], taken: list[Regimen]) -> bool | None:
    """Whether anything taken is released slowly; no product of the table is."""
    answers = [
        each.modified_release if each.modified_release is not None or each.product not in known else False
        for each in taken
    ]
    return True if True in answers else None if None in answers else False


def _cream(read: Reading) -> Quantity:
    """Whether a cream of baclofen is among the other medicines."""
    if not read.asked:
        return entered(None, "patient.medicines")
    creams = [each.named for each in read.read if each.on_skin and "baclofen" in each.ingredients]
    return partly(bool(creams), "patient.medicines", ())
