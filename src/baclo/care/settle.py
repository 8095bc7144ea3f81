"""Settles wishes on what can be given: the best schedule of all products at hand, and those nearly as good."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time

from baclo.care.doses import regimen_now
from baclo.care.menu import Menu, choices, menu_of
from baclo.care.optimum import Optimum, Problem, optimum
from baclo.care.products import Product, products_at_hand
from baclo.care.steps import PlanDose, Step
from baclo.care.weights import Weights, weights_of
from baclo.care.wishes import Bounds, Terms, Wish
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge

__all__ = ["Bounds", "PlanDose", "Schedule", "Step", "Terms", "Wish", "schedules", "settle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One way of making the wishes: the days of the products on its menu, and what it counts.

    `new` is how many of its products the person does not have, where there are some at home.
    """

    wishes: tuple[Wish, ...]
    menu: Menu
    found: Optimum
    new: int
    points: float

    @property
    def steps(self) -> tuple[Step, ...]:
        """The days in units of the products, equal ones that follow each other as one."""
        pairs = zip(self.wishes, self.found.days, strict=True)
        return _merged([_step(wish, self.found, self.menu, day) for wish, day in pairs])

    @property
    def sets(self) -> frozenset[tuple[time, ...]]:
        """The sets of clock times that its days have."""
        return frozenset(tuple(clock.clock for clock in _taken(self.found, day)) for day in self.found.days)

    @property
    def products(self) -> frozenset[str]:
        """What it is made of."""
        units = [self.menu.servings[grains].units for day in self.found.days for grains in day]
        return frozenset(one.product for place, one in enumerate(self.menu.products) if any(u[place] for u in units))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dose:
    """One clock time of a day, with its grains."""

    clock: time
    grains: int


def settle(knowledge: Knowledge, case: Case, wishes: Sequence[Wish], terms: Terms) -> tuple[Step, ...]:
    """The wishes in the schedule that counts the fewest points; () where nothing at hand fits inside the limits."""
    found = schedules(knowledge, case, wishes, terms)
    return found[0].steps if found else ()


def schedules(knowledge: Knowledge, case: Case, wishes: Sequence[Wish], terms: Terms) -> tuple[Schedule, ...]:
    """Every schedule within the margin of the best one, the best first; () where nothing at hand fits.

    For a reduction the region's products are tried where those at hand do not fit.
    """
    if not wishes:
        return ()
    weights, margin = weights_of(knowledge), knowledge.number("plan.margin", "1")
    had = _products_had(case)
    hands = (case,) if terms.bounds is not None else (case, replace(case, products=None))
    for at_hand in hands:
        products = products_at_hand(knowledge, at_hand, terms.forms)
        found = sorted(_in_products(wishes, terms, weights, products, had), key=lambda schedule: schedule.points)
        if found:
            return _near(found[0], [*found, *_by_another_clock(wishes, terms, weights, found[0], had)], margin)
    return ()


def _near(best: Schedule, others: Sequence[Schedule], margin: float) -> tuple[Schedule, ...]:
    """The best and those within the margin that a person would tell apart from it and from each other."""
    kept = [best]
    near = (other for other in others if other.points <= best.points + margin)
    for other in sorted(near, key=lambda schedule: schedule.points):
        if not any(other.products == one.products and other.sets == one.sets for one in kept):
            kept.append(other)
    return tuple(kept)


def _in_products(
    wishes: Sequence[Wish], terms: Terms, weights: Weights, products: Sequence[Product], had: frozenset[str]
) -> Iterator[Schedule]:
    """The best schedule of each choice of products that fits."""
    for chosen in choices(products, weights):
        schedule = _schedule(wishes, terms, weights, menu_of(chosen, weights, _top_ug(wishes, terms)), had)
        if schedule is not None:
            yield schedule


def _by_another_clock(
    wishes: Sequence[Wish], terms: Terms, weights: Weights, best: Schedule, had: frozenset[str]
) -> Iterator[Schedule]:
    """The best schedule of the same products that ends on another set of clock times."""
    if terms.bounds is not None:
        schedule = _schedule(wishes, terms, weights, best.menu, had, best.found.chosen[-1])
        if schedule is not None:
            yield schedule


def _top_ug(wishes: Sequence[Wish], terms: Terms) -> float:
    """The largest dose that may be asked of a menu: what is taken at once, or what the bounds let one dose rise to."""
    if terms.bounds is None:
        return terms.from_single_ug
    risen_ug = terms.from_single_ug + terms.bounds.single_rise_ug * len(wishes)
    highs = (max(wish.total_ug_per_day for wish in wishes), terms.bounds.cap_ug_per_day, risen_ug)
    return min((high for high in highs if math.isfinite(high)), default=0.0)


def _schedule(
    wishes: Sequence[Wish],
    terms: Terms,
    weights: Weights,
    menu: Menu,
    had: frozenset[str],
    barred: int | None = None,
) -> Schedule | None:
    """The best schedule of one menu, further and new strengths counted; None where it does not fit."""
    wishes_ug = tuple(wish.total_ug_per_day for wish in wishes)
    found = optimum(Problem(wishes_ug=wishes_ug, terms=terms, menu=menu, weights=weights, barred=barred))
    if found is None:
        return None
    new = _new_products(menu, had)
    points = found.points + weights.strength * (len(menu.products) - 1) + weights.new * new
    return Schedule(wishes=tuple(wishes), menu=menu, found=found, new=new, points=points)


def _products_had(case: Case) -> frozenset[str]:
    """What the person has: counted at home, or taken now."""
    now = regimen_now(case.timeline, case.now)
    taken = {now.product} if now is not None and now.product is not None else set()
    return frozenset(taken | {stock.product for stock in case.stock or () if stock.units > 0})


def _new_products(menu: Menu, had: frozenset[str]) -> int:
    """How many products of the menu a person who has some does not have; who has none must get any."""
    return len({one.product for one in menu.products} - had) if had else 0


def _taken(found: Optimum, day: tuple[int, ...]) -> tuple[_Dose, ...]:
    """The clock times of a day at which something is taken."""
    pairs = zip(found.clocks, day, strict=True)
    return tuple(_Dose(clock=clock, grains=grains) for clock, grains in pairs if grains)


def _step(wish: Wish, found: Optimum, menu: Menu, day: tuple[int, ...]) -> Step:
    """One day of the optimum as a step in units of the products."""
    return Step(
        since=wish.since,
        until=wish.until,
        doses=tuple(dose for taken in _taken(found, day) for dose in _served(menu, taken)),
        total_ug_per_day=sum(day) * menu.grain_ug,
        why=wish.why,
        limited_by=wish.limited_by,
        monitor=wish.monitor,
    )


def _served(menu: Menu, taken: _Dose) -> Iterator[PlanDose]:
    """What makes up one dose, the larger strength first."""
    serving = menu.servings[taken.grains]
    pairs = sorted(zip(menu.products, serving.units, strict=True), key=lambda pair: -pair[0].strength_ug)
    for one, units in pairs:
        if units:
            yield PlanDose(clock=taken.clock, amount_ug=units * one.strength_ug, product=one.product, units=units)


def _merged(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Steps that follow each other with the same doses as one."""
    merged: list[Step] = []
    for step in steps:
        if merged and merged[-1].doses == step.doses:
            merged[-1] = replace(step, since=merged[-1].since)
        else:
            merged.append(step)
    return tuple(merged)
