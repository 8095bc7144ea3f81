"""Every amount that one dose can have, made of the products of a plan with the least to handle."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

from baclo.care.products import LIQUID, Product
from baclo.care.weights import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How one amount is made: `units` of each product by its place in the menu, the pieces handled, those broken.

    An amount that nothing makes up has no units.
    """

    units: tuple[float, ...]
    pieces: int
    broken: int


_NONE = Serving(units=(), pieces=0, broken=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """The products of one plan; `servings[n]` makes `n` grains.

    `piece_ug` is the smallest piece of any product. Every amount is a whole number of grains of `grain_ug`.
    """

    products: tuple[Product, ...]
    grain_ug: float
    piece_ug: float
    servings: tuple[Serving, ...]


def choices(products: Sequence[Product], weights: Weights) -> Iterator[tuple[Product, ...]]:
    """The products that a plan may be made of together: one form, few strengths, never two liquids."""
    for count in range(1, weights.strengths + 1):
        for chosen in combinations(products, count):
            forms = {one.form for one in chosen}
            if count == 1 or (len(forms) == 1 and LIQUID not in forms):
                yield chosen


@lru_cache(maxsize=256)
def menu_of(products: tuple[Product, ...], weights: Weights, top_ug: float) -> Menu:
    """The menu of `products` up to `top_ug` in one dose."""
    grain = math.gcd(*(round(one.piece_ug) for one in products))
    count = int(max(top_ug, 0.0) * (1 + 1e-12) / grain) + 1
    servings = _servings(products, weights, grain, count)
    return Menu(
        products=products,
        grain_ug=float(grain),
        piece_ug=min(one.piece_ug for one in products),
        servings=tuple(servings),
    )


def _servings(products: Sequence[Product], weights: Weights, grain: int, count: int) -> list[Serving]:
    """The best serving of each number of grains; of equal ones the first found stays."""
    first, *_ = products
    if first.form == LIQUID:
        step_ml = first.piece_ug / first.strength_ug
        empty = Serving(units=(0.0,), pieces=0, broken=0)
        return [empty, *(Serving(units=(n * step_ml,), pieces=1, broken=0) for n in range(1, count))]
    found = [_NONE] * count
    for parts in product(*(range(one.parts) for one in products)):
        broken = sum(part > 0 for part in parts)
        for wholes in product(*(range(count // round(one.strength_ug / grain) + 1) for one in products)):
            pairs = zip(wholes, parts, products, strict=True)
            units = tuple(whole + part / one.parts for whole, part, one in pairs)
            grains = round(sum(n * one.strength_ug for n, one in zip(units, products, strict=True)) / grain)
            serving = Serving(units=units, pieces=sum(wholes) + broken, broken=broken)
            if grains < count and handling(weights, serving) < handling(weights, found[grains]):
                found[grains] = serving
    return found


def handling(weights: Weights, serving: Serving) -> float:
    """The points of one serving; infinite where nothing makes it up."""
    return weights.piece * serving.pieces + weights.broken * serving.broken if serving.units else math.inf
