"""Whether plain words tell of a child by its age: "my 6 year old", "aged 4", "18 months old"."""

from collections.abc import Mapping, Sequence
from typing import Any

from baclo.care.triage.amounts import counted
from baclo.care.triage.spelling import Word
from baclo.knowledge.library import Knowledge


def young(knowledge: Knowledge, rows: Mapping[str, Any], words: Sequence[Word]) -> set[int]:
    """The places of the words that tell an age below that of an adult; an age in months or less is a child's."""
    row = rows["young"]
    adult_y = knowledge.number(row["adult"], "a")
    places: set[int] = set()
    for start in range(len(words)):
        age, stop = counted(rows, words, start)
        if age is None:
            continue
        unit, old = [*(word.said for word in words[stop : stop + 2]), "", ""][:2]
        aged = start > 0 and words[start - 1].said in row["aged"]
        told = aged or unit in row["short"] or old in row["old"]
        of_a_child = unit in row["months"] or age < adult_y
        known = aged or unit in (*row["months"], *row["years"], *row["short"])
        if told and known and of_a_child:
            places |= {*range(start - aged, min(stop + 2, len(words)))}
    return places
