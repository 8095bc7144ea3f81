"""An amount that was taken at once, told in plain words: an overdose by itself, or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from baclo.care.triage.spelling import Word, number_of
from baclo.knowledge.library import Knowledge
from baclo.units import convert


def too_much(knowledge: Knowledge, rows: Mapping[str, Any], words: Sequence[Word]) -> Iterator[tuple[str, set[int]]]:
    """The symptom of too much taken, with the places of its words, where the amount told is an overdose.

    Tablets of which nobody said the strength count as the strongest there are, and so does a liquid; several boxes
    are an overdose whatever they hold.
    """
    amount = rows["amount"]
    taking = {place for place, word in enumerate(words) if word.said in amount["taking"]}
    if not taking:
        return
    overdose = knowledge.folder("triage")["triage"]["overdose"]
    least_mg = knowledge.number(overdose["signs"], "mg")
    for start in range(len(words)):
        count, stop = counted(rows, words, start)
        if count is None:
            continue
        while stop < len(words) and words[stop].said in amount["light"]:
            stop += 1
        many = count > 1 and stop < len(words) and words[stop].said in amount["containers"]
        each_mg, stop = _each_mg(knowledge, rows, words, stop)
        if many or (each_mg is not None and not count * each_mg < least_mg):
            yield overdose["amount_is"], {*taking, *range(start, min(stop + 1, len(words)))}


def counted(rows: Mapping[str, Any], words: Sequence[Word], place: int) -> tuple[float | None, int]:
    """The number that is said from a place on, in digits or in words, and the place after it; None for no number."""
    total: float | None = number_of(words[place])
    stop = place if total is None else place + 1
    while stop < len(words) and words[stop].said in rows["numbers"]:
        number = float(rows["numbers"][words[stop].said])
        if words[stop].said in rows["amount"]["multipliers"]:
            total = (1.0 if total is None else total) * number
        elif number_of(words[place]) is None:
            total = (0.0 if total is None else total) + number
        else:
            break
        stop += 1
    return total, stop


def _each_mg(
    knowledge: Knowledge, rows: Mapping[str, Any], words: Sequence[Word], place: int
) -> tuple[float | None, int]:
    """How many milligrams one of what is counted is, and where that is said; None where something else is counted.

    After a number stands a unit, a word for tablets, or the strength of each: "six 25 mg tablets", "10 x 20 mg".
    """
    if place == len(words):
        return None, place
    amount = rows["amount"]
    said = words[place].said
    if said in amount["tablets"]:
        return _strongest(knowledge, "tablet", "mg"), place
    if said in amount["millilitres"]:
        return _strongest(knowledge, "liquid", "mg/mL"), place
    unit_mg = _unit_mg(amount, said)
    if unit_mg is not None:
        return _times(rows, words, place, unit_mg)
    strength, unit = counted(rows, words, place)
    if strength is None or unit == len(words):
        return None, place
    each_mg = _unit_mg(amount, words[unit].said)
    return (None if each_mg is None else strength * each_mg), unit


def _times(rows: Mapping[str, Any], words: Sequence[Word], place: int, unit_mg: float) -> tuple[float, int]:
    """What a unit counts for where a number of times follows it: "20 mg x 10"."""
    after = place + 1
    if after + 1 < len(words) and words[after].said in rows["amount"]["times"]:
        times, stop = counted(rows, words, after + 1)
        if times is not None:
            return unit_mg * times, stop - 1
    return unit_mg, place


def _unit_mg(amount: Mapping[str, Any], said: str) -> float | None:
    if said in amount["milligrams"]:
        return 1.0
    return convert(1.0, "g", "mg") if said in amount["grams"] else None


def _strongest(knowledge: Knowledge, form: str, unit: str) -> float:
    """The content of the strongest product of a form."""
    products = [row for table in knowledge.folder("products").values() for row in table.values()]
    return max(knowledge.number(row["strength"], unit) for row in products if row["form"] == form)
