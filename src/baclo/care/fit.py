"""How well what is at hand fits a plan: why nothing fits, and notes where it is too coarse or not at hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from baclo.care.products import Product, products_at_hand
from baclo.care.refusal import Refusal
from baclo.care.standing import Standing
from baclo.care.steps import Step
from baclo.care.wishes import Terms, Wish
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text, text

_IN_TABLETS = (
    "The steps are written in tablets that are not what is taken now: ask the pharmacist for them, "
    "or for the same milligrams in the liquid at hand, with its millilitres and concentration."
)
_IN_ANOTHER = (
    "The steps are written in a product that is not what is taken now: ask the pharmacist for it, "
    "and never take the number of tablets or millilitres of the one for the other."
)


def deliverable(knowledge: Knowledge, case: Case, terms: Terms) -> Mapping[str, Product]:
    """The products that a plan may be made of; a reduction may ask for those of the region too."""
    hands = (case,) if terms.bounds is not None else (case, replace(case, products=None))
    return {one.product: one for hand in hands for one in products_at_hand(knowledge, hand, terms.forms)}


def misfit(knowledge: Knowledge, terms: Terms) -> Refusal:
    """Why there are no steps: no product fits inside the limits."""
    words = (
        "Plans are made of whole tablets, scored parts, packets and measured volumes, and nothing at hand fits "
        "inside the limits: ask for another strength or a liquid."
    )
    if terms.bounds is None:
        words = (
            "These doses cannot be brought down in what can be given without a fall that is too large. "
            "Stay on the present dose, do not stop, and ask for a smaller strength or a liquid."
        )
    return Refusal(reason=text(words, knowledge.facts), needs=("products",), basis=("case:products",))


def coarse(
    knowledge: Knowledge, terms: Terms, now: Standing, wishes: Sequence[Wish], steps: Sequence[Step]
) -> tuple[Text, ...]:
    """A note where the pieces make a reduction fall further at once than was wanted."""
    wanted = _largest_fall_ug(now.total_ug_per_day, [wish.total_ug_per_day for wish in wishes])
    made = _largest_fall_ug(now.total_ug_per_day, [step.total_ug_per_day for step in steps])
    if terms.bounds is not None or made <= wanted * (1 + 1e-9):
        return ()
    return (
        text("The tablets make larger steps than wanted: ask for a smaller strength or a liquid.", knowledge.facts),
    )


def not_at_hand(
    knowledge: Knowledge, case: Case, terms: Terms, now: Standing, steps: Sequence[Step]
) -> tuple[Text, ...]:
    """A note where a reduction is made of products that the person does not have."""
    has = {one.product for one in products_at_hand(knowledge, case, terms.forms)}
    taken = now.regimen.product if now.regimen is not None else None
    used = {dose.product for step in steps for dose in step.doses}
    if used <= has and (taken is None or taken in has):
        return ()
    every = deliverable(knowledge, case, terms)
    tablets = all(every[product].form == "tablet" for product in used)
    return (text(_IN_TABLETS if tablets else _IN_ANOTHER, knowledge.facts),)


def _largest_fall_ug(now_ug: float, totals_ug: Sequence[float]) -> float:
    return max((before - after for before, after in zip([now_ug, *totals_ug], totals_ug, strict=False)), default=0.0)
