"""Reads the names of other medicines: ingredient, brand or class, exact once tidied; what is near is asked about."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import MappingProxyType

from baclo.case.patient import Medicine
from baclo.case.vocabulary import near
from baclo.knowledge.library import Knowledge

_STRENGTH = re.compile(
    r"\d[\d.,/]*\s*(?:mg|mcg|µg|ug|g|ml|l|iu|units?|%)?(?:/\s*(?:\d+\s*)?(?:ml|h|hour|day|dose|d))?\b"
)
_JOINS = re.compile(r"\s*(?:[/+&,;]|\band\b|\bwith\b)\s*")

Entry = tuple[tuple[str, ...], tuple[str, ...]]
"""The ingredients and the classes that a name stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A medicine as it was `named`, and what it is.

    `classes` hold the summed burdens too, and `bearers` say which ingredients each of them comes from. With nothing
    recognised, or only a part, `unread` is not empty and `near` are the names it may mean, in quotes.
    """

    named: str
    ingredients: tuple[str, ...]
    classes: tuple[str, ...]
    bearers: Mapping[str, tuple[str, ...]]
    on_skin: bool
    unread: tuple[str, ...]
    near: tuple[str, ...]
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Every other medicine of a person; `needs` are the paths of the names that could not be read."""

    asked: bool
    read: tuple[Recognised, ...]
    needs: tuple[str, ...]

    @property
    def unread(self) -> tuple[Recognised, ...]:
        """Those of which something could not be read."""
        return tuple(each for each in self.read if each.unread)


def read_medicines(knowledge: Knowledge, told: tuple[Medicine, ...] | None) -> Reading:
    """What is known of the medicines told; `asked` is False where nobody asked."""
    if not told:
        return Reading(asked=told is not None, read=(), needs=())
    index = _index(knowledge)
    read = tuple(_recognise(knowledge, index, medicine.name, medicine.since) for medicine in told)
    needs = tuple(f"patient.medicines[{place}].name" for place, each in enumerate(read) if each.unread)
    return Reading(asked=True, read=read, needs=needs)


def recognise(knowledge: Knowledge, name: str) -> Recognised:
    """What the medicine called `name` is: by ingredient, salt, brand or class, never by a spelling that is only near.

    Strengths, salts, forms and directions are left out where the whole name is not known; several ingredients may be
    joined by a stroke, a plus or an "and".
    """
    return _recognise(knowledge, _index(knowledge), name, None)


def _index(knowledge: Knowledge) -> dict[str, Entry]:
    """Every tidied name with the ingredients and the classes it stands for; a brand of several stands for all."""
    found: dict[str, Entry] = {}
    folder = knowledge.folder("medicines")
    for ingredient, row in folder["medicines"].items():
        for name in (ingredient, *row.get("synonyms", ()), *row.get("brands", ())):
            ingredients, classes = found.get(tidy(name), ((), ()))
            found[tidy(name)] = ((*ingredients, ingredient), (*classes, *row["classes"]))
    for word, row in folder["classes"]["class"].items():
        for name in (word.replace("_", " "), *row["words"]):
            found.setdefault(tidy(name), ((), (word, *row["sums"])))
    return found


@cache
def tidy(name: str) -> str:
    """Lower case without accents, hyphens or doubled spaces."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))
    return " ".join(re.sub(r"[-_.®™'\"()]", " ", plain.casefold()).split())


def _recognise(knowledge: Knowledge, index: Mapping[str, Entry], name: str, since: datetime | None) -> Recognised:
    words = knowledge.folder("medicines")["words"]
    whole = _looked_up(index, words, name)
    parts = [name] if whole is not None else [part for part in _JOINS.split(_without_strength(name)) if part.strip()]
    found = {part: _looked_up(index, words, part) for part in parts or [name]}
    unread = tuple(part.strip() for part, entry in found.items() if entry is None)
    entries = [entry for entry in found.values() if entry is not None]
    suggested = dict.fromkeys(word for part in unread for word in near(_bare(words, part) or part, index))
    return Recognised(
        named=name,
        ingredients=tuple(dict.fromkeys(one for ingredients, _ in entries for one in ingredients)),
        classes=tuple(dict.fromkeys(one for _, classes in entries for one in classes)),
        bearers=MappingProxyType(dict(_bearers(knowledge, entries))),
        on_skin=any(word in tidy(name).split() for word in words["skin"]),
        unread=unread,
        near=tuple(suggested),
        since=since,
    )


def _bearers(knowledge: Knowledge, entries: list[Entry]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each class, the ingredients of which it is one."""
    rows = knowledge.folder("medicines")["medicines"]
    for word in dict.fromkeys(one for _, classes in entries for one in classes):
        ingredients = dict.fromkeys(one for named, _ in entries for one in named if word in rows[one]["classes"])
        yield word, tuple(ingredients)


def _looked_up(index: Mapping[str, Entry], words: Mapping[str, list[str]], name: str) -> Entry | None:
    """What the name stands for as it is, without its strength, or without its salt, form and directions."""
    for spelling in (tidy(name), tidy(_without_strength(name)), _bare(words, name)):
        if spelling in index:
            return index[spelling]
    return None


def _without_strength(name: str) -> str:
    return _STRENGTH.sub(" ", name.casefold())


def _bare(words: Mapping[str, list[str]], name: str) -> str:
    """The name without strength, salt, form and directions."""
    dropped = {word for kind in ("salts", "forms", "skin", "directions") for word in words[kind]}
    return " ".join(word for word in tidy(_without_strength(name)).split() if word not in dropped)
