"""Three-valued conditions over a closed vocabulary: true, false, or unknown with what is needed.

all any not               of conditions
is   [quantity, words...] one of the words, or a yes or no
has [diagnoses...]        at least one of them is recorded
has_symptom [symptoms...] at least one of them is there
has_symptom_after_fall [symptoms...] at least one of them is there that may come from a fall of the dose
takes [medicines...]      at least one of the ingredients or classes is among the other medicines
below at_least above      [quantity, fact]
between                   [quantity, fact, fact], both ends included
within_d [quantity, fact] a moment from now on, at most so many days ahead
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from baclo.care.comparisons import COMPARISONS
from baclo.care.quantities import Quantity
from baclo.errors import KnowledgeError
from baclo.knowledge.library import Knowledge

COMBINERS = ("all", "any", "not")
LISTS: Mapping[str, str] = {
    "has": "conditions",
    "has_symptom": "symptoms",
    "has_symptom_after_fall": "symptoms_after_fall",
    "takes": "medicines",
}
AHEAD = "within_d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Whether a condition holds (None: unknown), what would settle it, and what the answer rests on."""

    holds: bool | None
    needs: tuple[str, ...]
    basis: tuple[str, ...]


def holds(knowledge: Knowledge, condition: Mapping[str, Any], known: Mapping[str, Quantity]) -> Truth:
    """Whether `condition` holds of the `known` quantities; `KnowledgeError` on a word outside the vocabulary."""
    ((word, operands),) = condition.items()
    if word in COMBINERS:
        parts = [operands] if word == "not" else operands
        return _combine(word, [holds(knowledge, part, known) for part in parts])
    if word in COMPARISONS:
        name, *facts = operands
        return _compare(knowledge, word, known[name], facts)
    if word == "is":
        name, *allowed = operands
        return _among(known[name], allowed)
    if word in LISTS:
        return _listed(known[LISTS[word]], operands)
    if word == AHEAD:
        name, fact = operands
        return _ahead(knowledge, known[name], known["now"], fact)
    raise KnowledgeError(f"unknown condition {word!r}")


def named_quantities(condition: Mapping[str, Any]) -> tuple[str, ...]:
    """Every quantity that a condition asks for: the same tree as `holds`, walked for its needs."""
    ((word, operands),) = condition.items()
    if word in COMBINERS:
        parts = [operands] if word == "not" else operands
        return tuple(dict.fromkeys(name for part in parts for name in named_quantities(part)))
    return (LISTS.get(word, operands[0]),)


def _unique(groups: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))


def _combine(word: str, parts: list[Truth]) -> Truth:
    """Kleene's logic: `any` is true by one truth, `all` false by one falsehood, whatever is unknown."""
    if word == "not":
        (part,) = parts
        return Truth(holds=None if part.holds is None else not part.holds, needs=part.needs, basis=part.basis)
    decisive = word == "any"
    deciding = [part for part in parts if part.holds is decisive]
    unknown = [part for part in parts if part.holds is None]
    if deciding:
        return Truth(holds=decisive, needs=(), basis=_unique([part.basis for part in deciding]))
    if unknown:
        return Truth(holds=None, needs=_unique([part.needs for part in unknown]), basis=())
    return Truth(holds=not decisive, needs=(), basis=_unique([part.basis for part in parts]))


def _compare(knowledge: Knowledge, word: str, quantity: Quantity, facts: list[str]) -> Truth:
    if quantity.value is None:
        return _unknown(quantity)
    if isinstance(quantity.value, bool) or not isinstance(quantity.value, float | int):
        raise KnowledgeError(f"{word} compares numbers, not {quantity.value!r}")
    if math.isnan(quantity.value):
        return Truth(holds=None, needs=quantity.needs or _entered(quantity), basis=())
    bounds = tuple(knowledge.number(fact, quantity.unit) for fact in facts)
    answers = {COMPARISONS[word](value, bounds) for value in (quantity.value, quantity.up_to) if value is not None}
    if len(answers) > 1:
        return _unknown(quantity)
    return Truth(holds=answers.pop(), needs=(), basis=_unique([quantity.basis, tuple(facts)]))


def _unknown(quantity: Quantity) -> Truth:
    return Truth(holds=None, needs=quantity.needs, basis=())


def _entered(quantity: Quantity) -> tuple[str, ...]:
    """The paths of the case that a quantity rests on: one of them holds no number."""
    return tuple(name.removeprefix("case:") for name in quantity.basis if name.startswith("case:"))


def _among(quantity: Quantity, allowed: list[Any]) -> Truth:
    if quantity.value is None:
        return _unknown(quantity)
    return Truth(holds=quantity.value in allowed, needs=(), basis=quantity.basis)


def _listed(quantity: Quantity, names: list[str]) -> Truth:
    """Whether one of `names` is on the list; where the list is known in part, its not being there is unknown."""
    if quantity.value is None:
        return _unknown(quantity)
    if not isinstance(quantity.value, tuple):
        raise KnowledgeError(f"a list is asked for, not {quantity.value!r}")
    found = any(name in quantity.value for name in names)
    if not found and quantity.needs:
        return _unknown(quantity)
    return Truth(holds=found, needs=(), basis=quantity.basis)


def _ahead(knowledge: Knowledge, quantity: Quantity, now: Quantity, fact: str) -> Truth:
    """Whether a moment is still to come and near; False stands for no such moment."""
    if quantity.value is None:
        return _unknown(quantity)
    basis = _unique([quantity.basis, now.basis, (fact,)])
    if not isinstance(quantity.value, datetime) or not isinstance(now.value, datetime):
        return Truth(holds=False, needs=(), basis=basis)
    ahead = timedelta(0) <= quantity.value - now.value <= timedelta(hours=knowledge.number(fact, "h"))
    return Truth(holds=ahead, needs=(), basis=basis)
