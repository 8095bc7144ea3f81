"""A dose of a product in words: milligrams always, and for a liquid its volume and its concentration with them."""

from baclo.care.products import product_rows
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text
from baclo.units import convert

_SAID = {
    "liquid": "{mg} = {volume} of {content}",
    "granules": "{mg} = {count} packets of {content}",
    "tablet": "{mg} = {count} tablets of {content}",
}
_SAID_OF_ONE = {"granules": "{mg} = {count} packet of {content}", "tablet": "{mg} = {count} tablet of {content}"}


def dose_in_words(knowledge: Knowledge, product: str | None, amount_ug: float) -> Text:
    """`amount_ug` of `product` (None: not said which) as it is to be said; `KeyError` on an unknown product.

    The same volume of another liquid can hold several times the dose, so that no volume stands alone.
    """
    mg = Number(value=convert(amount_ug, "ug", "mg"), unit="mg", basis=("case:regimen",))
    if product is None:
        return text("{mg} (product not said)", knowledge.facts, mg=mg)
    row = product_rows(knowledge)[product]
    fact = knowledge.fact(row["strength"])
    content = Number(value=fact.value, unit=fact.unit, basis=(f"fact:{fact.key}",))
    basis = ("case:regimen", "computed:amount")
    if row["form"] == "liquid":
        per_ml_ug = convert(fact.number_in("mg/mL"), "mg", "ug")
        volume = Number(value=amount_ug / per_ml_ug, unit="mL", basis=basis)
        return text(_SAID["liquid"], knowledge.facts, mg=mg, volume=volume, content=content)
    count = Number(value=amount_ug / fact.number_in("ug"), unit="1", basis=basis)
    said = _SAID_OF_ONE if amount_ug <= fact.number_in("ug") else _SAID
    return text(said[row["form"]], knowledge.facts, mg=mg, count=count, content=content)
