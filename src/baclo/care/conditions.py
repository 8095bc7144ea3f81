"""Three-valued conditions over a closed vocabulary: true, false, or unknown with what is needed.

    all any not               of conditions
    is   [quantity, words...] one of the words, or a yes or no
    has  [conditions...]      at least one of the diagnoses is recorded
    below at_least above      [quantity, fact]
    between                   [quantity, fact, fact], both ends included

Comparisons ask to be inside, so that a number that cannot be compared lands on the unsafe side of `above`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from baclo.care.quantities import Quantity
from baclo.errors import KnowledgeError
from baclo.knowledge.library import Knowledge

COMBINERS = ("all", "any", "not")
COMPARISONS: Mapping[str, Callable[[float, tuple[float, ...]], bool]] = {
    "below": lambda value, bounds: not value >= bounds[0],
    "at_least": lambda value, bounds: value >= bounds[0],
    "above": lambda value, bounds: not value <= bounds[0],
    "between": lambda value, bounds: bounds[0] <= value <= bounds[1],
}


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
    if word == "has":
        return _has(known["conditions"], operands)
    raise KnowledgeError(f"unknown condition {word!r}")


def named_quantities(condition: Mapping[str, Any]) -> tuple[str, ...]:
    """Every quantity that a condition asks for: the same tree as `holds`, walked for its needs."""
    ((word, operands),) = condition.items()
    if word in COMBINERS:
        parts = [operands] if word == "not" else operands
        return tuple(dict.fromkeys(name for part in parts for name in named_quantities(part)))
    return ("conditions",) if word == "has" else (operands[0],)


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
        return Truth(holds=None, needs=quantity.needs, basis=())
    if isinstance(quantity.value, bool) or not isinstance(quantity.value, float | int):
        raise KnowledgeError(f"{word} compares numbers, not {quantity.value!r}")
    bounds = tuple(knowledge.number(fact, quantity.unit) for fact in facts)
    return Truth(
        holds=COMPARISONS[word](quantity.value, bounds), needs=(), basis=_unique([quantity.basis, tuple(facts)])
    )


def _among(quantity: Quantity, allowed: list[Any]) -> Truth:
    if quantity.value is None:
        return Truth(holds=None, needs=quantity.needs, basis=())
    return Truth(holds=quantity.value in allowed, needs=(), basis=quantity.basis)


def _has(quantity: Quantity, names: list[str]) -> Truth:
    if quantity.value is None:
        return Truth(holds=None, needs=quantity.needs, basis=())
    if not isinstance(quantity.value, tuple):
        raise KnowledgeError(f"has asks a list of diagnoses, not {quantity.value!r}")
    return Truth(holds=any(name in quantity.value for name in names), needs=(), basis=quantity.basis)
