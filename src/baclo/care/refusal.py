"""Why there is no plan, each reason told once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from baclo.knowledge.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One reason why there is no plan, what would settle it, and what it rests on."""

    reason: Text
    needs: tuple[str, ...]
    basis: tuple[str, ...]


def merged(refusals: Iterable[Refusal]) -> tuple[Refusal, ...]:
    """The refusals in order, those of one reason and one need as one that rests on what all of them do."""
    found: dict[tuple[Text, tuple[str, ...]], Refusal] = {}
    for refusal in refusals:
        key = (refusal.reason, refusal.needs)
        first = found.get(key, refusal)
        found[key] = replace(first, basis=tuple(dict.fromkeys((*first.basis, *refusal.basis))))
    return tuple(found.values())
