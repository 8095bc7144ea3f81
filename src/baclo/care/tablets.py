"""Whole and half tablets: which are at hand, and how a day's units fall on the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from baclo.case.case import Case
from baclo.knowledge.library import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Tablet:
    """A tablet by its product id; `unit_ug` is the smallest piece that may be given, a whole or a scored part."""

    product: str
    strength_ug: float
    unit_ug: float

    def pieces(self, amount_ug: float) -> int:
        """How many pieces a person handles to take `amount_ug`: wholes, and one for a broken tablet."""
        whole, rest = divmod(round(amount_ug / self.unit_ug), round(self.strength_ug / self.unit_ug))
        return whole + (rest > 0)


def tablets_at_hand(knowledge: Knowledge, case: Case) -> tuple[Tablet, ...]:
    """The tablets the case names, or those of its region where it names no product."""
    found = []
    for table in knowledge.folder("products").values():
        for product, row in table.items():
            at_hand = product in case.products if case.products is not None else row["region"] == case.region
            if at_hand and row["form"] == "tablet":
                strength_ug = knowledge.number(row["strength"], "ug")
                parts = knowledge.number(row["parts"], "1") if "parts" in row else 1.0
                found.append(Tablet(product=product, strength_ug=strength_ug, unit_ug=strength_ug / parts))
    return tuple(found)


def default_clocks(knowledge: Knowledge, count: int) -> tuple[time, ...]:
    """The usual clock times for `count` doses a day; `KeyError` for a count that no schedule uses."""
    clocks = knowledge.folder("regimens")["adult"]["clocks"][str(count)]
    return tuple(time.fromisoformat(clock) for clock in clocks)


def spread(units: int, clocks: Sequence[time]) -> tuple[tuple[time, int], ...]:
    """`units` over `clocks` as evenly as they go; what is left over falls on the last dose, then the first.

    Times that get nothing are left out.
    """
    count = len(clocks)
    order = [count - 1, *range(count - 1)]
    shares = [units // count + (order.index(index) < units % count) for index in range(count)]
    return tuple((clock, share) for clock, share in zip(clocks, shares, strict=True) if share)


def lower(shares: Sequence[tuple[time, int]], units: int) -> tuple[tuple[time, int], ...]:
    """`shares` brought down to `units` in all, no share ever rising.

    Each unit leaves the largest share; of equal ones the middle of the day goes first and the night dose last.
    """
    left = [share for _, share in shares]
    last = len(left) - 1
    patience = {index: 2 if index == last else 1 if index == 0 else 0 for index in range(len(left))}
    while sum(left) > units:
        index = max(range(len(left)), key=lambda position: (left[position], -patience[position]))
        left[index] -= 1
    return tuple((clock, share) for (clock, _), share in zip(shares, left, strict=True) if share)
