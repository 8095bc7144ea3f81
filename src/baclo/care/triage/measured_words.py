"""Measurements told in plain words: what was measured, and the number beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baclo.care.triage.spelling import Word, number_of, words
from baclo.case.timeline import Observation
from baclo.knowledge.library import Knowledge

_REACH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Measurements, symptoms that a name without a number means, and the places of the words of both."""

    observations: tuple[Observation, ...]
    alone: tuple[str, ...]
    places: frozenset[int]


def measured(
    knowledge: Knowledge, rows: Mapping[str, Any], said: Sequence[Word], used: set[int], at: datetime
) -> Spoken:
    """What a sentence says was measured; a number that nobody could mean stays unread."""
    observations: list[Observation] = []
    alone: list[str] = []
    places: set[int] = set()
    for row in rows["measured"]:
        for name in _names(row, said):
            if not places.isdisjoint(name):
                continue
            beside = _number_beside(said, name, row)
            value = None if beside is None else _meant(knowledge, row["kind"], said[beside])
            if beside is not None and value is not None:
                unit = knowledge.folder("vocabulary")["observations"][row["kind"]]["units"][0]
                observations.append(Observation(at=at, kind=row["kind"], value=value, unit=unit))
                places |= {*name, beside}
            elif beside is None and said[name.start].said in row.get("alone", {}) and not used.issuperset(name):
                alone.append(row["alone"][said[name.start].said])
                places |= set(name)
    return Spoken(observations=tuple(observations), alone=tuple(alone), places=frozenset(places))


def _names(row: Mapping[str, Any], said: Sequence[Word]) -> Iterator[range]:
    """Where the thing measured is named."""
    for name in (*row["names"], *row["before"]):
        stems = [word.stem for word in words(name)]
        for place in range(len(said) - len(stems) + 1):
            if [word.stem for word in said[place : place + len(stems)]] == stems:
                yield range(place, place + len(stems))


def _number_beside(said: Sequence[Word], name: range, row: Mapping[str, Any]) -> int | None:
    """The place of the number that belongs to a name: just before a unit, else soon after."""
    if said[name.start].said in row["before"]:
        return name.start - 1 if name.start > 0 and number_of(said[name.start - 1]) is not None else None
    after = range(name.stop, min(name.stop + _REACH, len(said)))
    return next((place for place in after if number_of(said[place]) is not None), None)


def _meant(knowledge: Knowledge, kind: str, word: Word) -> float | None:
    """The value in the unit of its kind; a temperature that can only be Fahrenheit is turned; None for no value."""
    value = number_of(word)
    low, high = knowledge.fact(knowledge.folder("vocabulary")["observations"][kind]["range"]).values
    if value is not None and kind == "temperature" and not value <= high:
        value = (value - 32) * 5 / 9
    return value if value is not None and low <= value <= high else None
