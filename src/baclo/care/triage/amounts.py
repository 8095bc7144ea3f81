"""An amount that was taken at once, told in plain words: an overdose by itself, or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from baclo.care.triage.spelling import Word, number_of
from baclo.knowledge.library import Knowledge
from baclo.units import convert


def too_much(knowledge: Knowledge, rows: Mapping[str, Any], words: Sequence[Word]) -> Iterator[tuple[str, set[int]]]:
    """The symptom of too much taken, with the places of its words, where the amount told is an overdose.

    Tablets of which nobody said the strength count as the strongest there are.
    """
    amount = rows["amount"]
    taking = {place for place, word in enumerate(words) if word.said in amount["taking"]}
    if not taking:
        return
    overdose = knowledge.folder("triage")["triage"]["overdose"]
    least_mg = knowledge.number(overdose["signs"], "mg")
    for place, word in enumerate(words[1:]):
        count = counted(rows, words[place])
        each_mg = _each_mg(knowledge, amount, word)
        if count is not None and each_mg is not None and not count * each_mg < least_mg:
            yield overdose["amount_is"], {*taking, place, place + 1}


def counted(rows: Mapping[str, Any], word: Word) -> float | None:
    """The number that a word is, in digits or in words."""
    said: float | None = rows["numbers"].get(word.said)
    return number_of(word) if said is None else said


def _each_mg(knowledge: Knowledge, amount: Mapping[str, Any], word: Word) -> float | None:
    """How many milligrams one of what the word counts is; None where it counts something else."""
    if word.said in amount["milligrams"]:
        return 1.0
    if word.said in amount["grams"]:
        return convert(1.0, "g", "mg")
    if word.said not in amount["tablets"]:
        return None
    products = [row for table in knowledge.folder("products").values() for row in table.values()]
    return max(knowledge.number(row["strength"], "mg") for row in products if row["form"] == "tablet")
