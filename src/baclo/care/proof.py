"""A second look at finished steps, which knows nothing of how they were found: is each inside everything it must be?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import time

from baclo.care.products import LIQUID, Product
from baclo.care.steps import PlanDose, Step, by_clock
from baclo.care.wishes import Bounds, Terms, Wish

_ROUNDING = 1e-9
Day = Mapping[time, float]


def faults(products: Mapping[str, Product], wishes: Sequence[Wish], terms: Terms, steps: Sequence[Step]) -> list[str]:
    """What of these steps is not as it must be, in words; empty where all is. What cannot be compared is a fault."""
    found = [*_of_doses(products, steps), *_of_time(wishes, steps)]
    if not found:
        found += _of_limits(products, wishes, terms, steps)
    return list(dict.fromkeys(found))


def _of_doses(products: Mapping[str, Product], steps: Sequence[Step]) -> Iterator[str]:
    """Doses that are not so many pieces of a product at hand, or do not add up."""
    doses = [dose for step in steps for dose in step.doses]
    if not all(dose.product in products for dose in doses):
        yield "a product that is not at hand"
        return
    used = {dose.product: products[dose.product] for dose in doses}
    liquids = sum(one.form == LIQUID for one in used.values())
    if not liquids <= 1 or len({one.form for one in used.values()}) > 1:
        yield "forms or concentrations that are mixed"
    if not all(_in_pieces(dose, used[dose.product]) for dose in doses):
        yield "a dose that is not so many pieces"
    for step in steps:
        if not _equal(step.total_ug_per_day, sum(dose.amount_ug for dose in step.doses)):
            yield "a total that its doses do not add up to"
        if len({(dose.clock, dose.product) for dose in step.doses}) < len(step.doses):
            yield "a dose that stands there twice"


def _in_pieces(dose: PlanDose, one: Product) -> bool:
    """Whether a dose is a whole number of pieces, more than none, and as much as they hold."""
    pieces = dose.units * one.strength_ug / one.piece_ug
    return pieces > 0 and _equal(pieces, round(pieces)) and _equal(dose.amount_ug, dose.units * one.strength_ug)


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= _ROUNDING * max(abs(one), abs(other), 1)


def _of_time(wishes: Sequence[Wish], steps: Sequence[Step]) -> Iterator[str]:
    """Steps that do not follow each other from the first wish to the last."""
    ends = [step.until for step in steps[:-1]]
    begins = [step.since for step in steps]
    if begins[0] != wishes[0].since or ends != begins[1:] or steps[-1].until != wishes[-1].until:
        yield "steps that do not follow each other"
    if not {*begins} <= {wish.since for wish in wishes}:
        yield "a step that begins when nothing was wished"


def _of_limits(
    products: Mapping[str, Product], wishes: Sequence[Wish], terms: Terms, steps: Sequence[Step]
) -> Iterator[str]:
    """Days that are outside a limit: each wish's day is held to what it must be inside, and to the day before."""
    used = [products[dose.product].piece_ug for step in steps for dose in step.doses]
    before: Day = {dose.clock: dose.amount_ug for dose in terms.taken}
    wished_ug, goal_ug = terms.from_ug_per_day, min(wish.total_ug_per_day for wish in wishes)
    for wish in wishes:
        step = next(step for step in reversed(steps) if step.since <= wish.since)
        day = {dose.clock: dose.amount_ug for dose in by_clock(step.doses)}
        if terms.bounds is None:
            yield from _of_fall(wish.total_ug_per_day, goal_ug, min(used, default=0.0), before, day)
        else:
            up = not wish.total_ug_per_day < wished_ug
            yield from _of_rise(terms.bounds, wish.total_ug_per_day, up, before, day)
            if tuple(sorted(day)) not in {tuple(sorted(clocks)) for clocks in terms.clocks}:
                yield "clock times that were not offered"
        before, wished_ug = day, wish.total_ug_per_day


def _of_fall(wished_ug: float, goal_ug: float, piece_ug: float, before: Day, day: Day) -> Iterator[str]:
    total_ug = sum(day.values())
    if not all(_within(amount_ug, before.get(clock, 0.0)) for clock, amount_ug in day.items()):
        yield "a dose that rises in a reduction"
    if not _within(wished_ug - piece_ug, total_ug) or (total_ug == 0 and not wished_ug <= 0):
        yield "a fall that is too large"
    if not _within(goal_ug, total_ug):
        yield "a dose below the goal"


def _of_rise(bounds: Bounds, wished_ug: float, up: bool, before: Day, day: Day) -> Iterator[str]:
    """What a rise may not be: above its wish or any bound, or a fall that nobody wished."""
    was_ug, total_ug = sum(before.values()), sum(day.values())
    largest_ug, was_largest_ug = max(day.values(), default=0.0), max(before.values(), default=0.0)
    high_ug = was_ug + bounds.rise_ug_per_day if was_ug else bounds.start_ug_per_day
    inside = (
        (_within(total_ug, wished_ug), "a daily dose above the one wished"),
        (_within(total_ug, bounds.cap_ug_per_day), "a daily dose above its limit"),
        (_within(total_ug, high_ug), "a daily dose that rises too fast"),
        (_within(largest_ug, was_largest_ug + bounds.single_rise_ug), "a dose that rises too fast"),
        (bounds.single_cap_ug is None or _within(largest_ug, bounds.single_cap_ug), "a dose above its limit"),
        (not up or _within(was_ug, total_ug), "a fall that nobody wished"),
    )
    yield from (fault for holds, fault in inside if not holds)


def _within(amount_ug: float, limit_ug: float) -> bool:
    """Whether an amount is inside a limit; NaN is not."""
    return amount_ug <= limit_ug * (1 + _ROUNDING) if limit_ug >= 0 else amount_ug <= limit_ug
