"""Schedules nearly as good as the first: what each is called, why it is not first, and what it would spare."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from baclo.care.products import LIQUID, product_rows
from baclo.care.settle import Schedule
from baclo.care.steps import Step
from baclo.care.weights import weights_of
from baclo.care.wishes import Wish
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text
from baclo.units import convert

_CALLED = {LIQUID: "Liquid", "granules": "Packets", "tablet": "Tablets"}
_COMPUTED = ("computed:plan",)
_WORSE = {
    "missed": "it comes less near to the wished doses",
    "strengths": "it needs a further strength",
    "new": "it needs a product that is not at home",
    "pieces": "it takes up to {more} more pieces a day",
    "broken": "it breaks more tablets",
    "times": "its doses a day are not the usual number",
    "largest": "its largest dose is larger by {larger}",
    "day": "it divides the day less evenly or changes more doses",
}
_BETTER = {
    "missed": "comes nearer to the wished doses",
    "strengths": "needs fewer strengths",
    "new": "needs fewer products that are not at home",
    "pieces": "takes fewer pieces a day",
    "broken": "breaks fewer tablets",
    "times": "keeps nearer to the usual number of doses a day",
    "largest": "has smaller doses",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A schedule that could have been first too, its name, and why it was not."""

    name: Text
    why_not: Text
    steps: tuple[Step, ...]


def alternatives(knowledge: Knowledge, wishes: Sequence[Wish], found: Sequence[Schedule]) -> tuple[Alternative, ...]:
    """The schedules after the first of `found`, as many as are shown."""
    most = round(knowledge.number("plan.others", "1"))
    return tuple(
        Alternative(
            name=_name(knowledge, other, found[0]),
            why_not=_why_not(knowledge, wishes, other, found[0]),
            steps=other.steps,
        )
        for other in found[1 : most + 1]
    )


def _name(knowledge: Knowledge, schedule: Schedule, first: Schedule) -> Text:
    """By its products; where they are those of the first, by its doses a day."""
    rows = product_rows(knowledge)
    strengths = []
    for one in schedule.menu.products:
        fact = knowledge.fact(rows[one.product]["strength"])
        strengths.append(Number(value=fact.value, unit=fact.unit, basis=(f"fact:{fact.key}",)))
    words = f"{_CALLED[schedule.menu.products[0].form]} of " + " and ".join(f"{{s{n}}}" for n in range(len(strengths)))
    name = text(words, knowledge.facts, **{f"s{n}": strength for n, strength in enumerate(strengths)})
    if schedule.products != first.products:
        return name
    count = Number(value=float(max(map(len, schedule.sets))), unit="1", basis=_COMPUTED)
    return text("{name}, up to {count} doses a day", knowledge.facts, name=name, count=count)


def _why_not(knowledge: Knowledge, wishes: Sequence[Wish], other: Schedule, first: Schedule) -> Text:
    """What weighs most against it, and what most for it."""
    mine, theirs = dict(_points(knowledge, wishes, other)), dict(_points(knowledge, wishes, first))
    more = {name: mine[name] - theirs[name] for name in mine}
    more["day"] = other.points - first.points - sum(more.values())
    worst, best = max(more, key=lambda name: more[name]), min(_BETTER, key=lambda name: more[name])
    words = _WORSE[worst] if more[worst] > 0 else "it is as good, and stands later in the list"
    if more[best] < 0:
        words += f"; but it {_BETTER[best]}"
    pieces = Number(value=float(_most_more_pieces(other, first)), unit="1", basis=_COMPUTED)
    larger_mg = convert(_largest_ug(other) - _largest_ug(first), "ug", "mg")
    larger = Number(value=larger_mg, unit="mg", basis=_COMPUTED)
    return text(f"{words[0].upper()}{words[1:]}.", knowledge.facts, more=pieces, larger=larger)


def _points(knowledge: Knowledge, wishes: Sequence[Wish], schedule: Schedule) -> Iterator[tuple[str, float]]:
    """What each fault of a schedule counts, those of each day apart that `day` holds."""
    weights, menu, found = weights_of(knowledge), schedule.menu, schedule.found
    served = [menu.servings[grains] for day in found.days for grains in day]
    missed_ug = sum(
        abs(wish.total_ug_per_day - sum(day) * menu.grain_ug) for wish, day in zip(wishes, found.days, strict=True)
    )
    yield "missed", weights.miss_per_ug * missed_ug
    yield "strengths", weights.strength * len(menu.products)
    yield "new", weights.new * schedule.new
    yield "pieces", weights.piece * sum(one.pieces for one in served)
    yield "broken", weights.broken * sum(one.broken for one in served)
    yield "times", weights.clocks * sum(found.chosen)
    yield "largest", weights.at_once_per_ug * sum(max(day) for day in found.days) * menu.grain_ug


def _most_more_pieces(other: Schedule, first: Schedule) -> int:
    """By how many pieces a day the one is ahead of the other, at most."""
    pairs = zip(_pieces(other), _pieces(first), strict=True)
    return max(mine - theirs for mine, theirs in pairs)


def _pieces(schedule: Schedule) -> list[int]:
    """The pieces of each day."""
    servings = schedule.menu.servings
    return [sum(servings[grains].pieces for grains in day) for day in schedule.found.days]


def _largest_ug(schedule: Schedule) -> float:
    return max(max(day) for day in schedule.found.days) * schedule.menu.grain_ug
