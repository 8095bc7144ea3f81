"""Reads the names of other medicines: ingredient, brand or class, exact once tidied; what is near is asked about."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from types import MappingProxyType

from baclo.case.patient import Medicine
from baclo.case.vocabulary import near
from baclo.knowledge.library import Knowledge

_AMOUNT = re.compile(
    r"(?<![a-z\d])(?:"
    r"\d[\d.,/-]*\s*(?:mg|mcg|[\u00b5\u03bc]g|ug|g|ml|l|iu|units?|%|(?:milli|micro)?grams?)"
    r"(?:\s*/\s*(?:\d+\s*)?(?:ml|hours?|hrs?|h|days?|dose|d))?"
    r"|\d+(?:[.,/-]\d+)+|\d\d\d+)(?![a-z\d])"
)
"""A number with its unit, several numbers in one, or a number too long to belong to a name."""
_TIMES = re.compile(r"(?<![a-z\d])(\d+)x(?![a-z\d])")
_GAP = "~"
"""Stands where an amount was, so that what follows an amount does not seem to follow the name."""
_JOINS = re.compile(r"\s*(?:[/+&,;()]|\band\b|\bwith\b)\s*")

Entry = tuple[tuple[str, ...], tuple[str, ...]]
"""The ingredients and the classes that a name stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A medicine as it was `named`, and what it is.

    `classes` hold the summed burdens too, and `bearers` say which ingredients each of them comes from. With nothing
    recognised, or only a part, `unread` is not empty and `near` are the names it may mean, in quotes. `whole_classes`
    are those that were named themselves, so that any of their members may be meant.
    """

    named: str
    ingredients: tuple[str, ...]
    classes: tuple[str, ...]
    whole_classes: tuple[str, ...]
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
    """What is known of the medicines told; `asked` is False where nobody asked, and "none" alone is an answer."""
    if not told or says_nothing(knowledge, tuple(medicine.name for medicine in told)):
        return Reading(asked=told is not None, read=(), needs=())
    index = _index(knowledge)
    read = tuple(_recognise(knowledge, index, medicine.name, medicine.since) for medicine in told)
    needs = tuple(f"patient.medicines[{place}].name" for place, each in enumerate(read) if each.unread)
    return Reading(asked=True, read=read, needs=needs)


def says_nothing(knowledge: Knowledge, names: tuple[str, ...]) -> bool:
    """Whether the only entry of a list is a word for nothing, such as "none"."""
    return len(names) == 1 and tidy(names[0]) in knowledge.folder("medicines")["words"]["nothing"]


def recognise(knowledge: Knowledge, name: str, others: Iterable[str] = ()) -> Recognised:
    """What the medicine called `name` is: by ingredient, salt, brand or class, never by a spelling that is only near.

    Strengths, salts, forms and directions are left out where the whole name is not known; several ingredients may be
    joined by a stroke, a plus, a hyphen or an "and", or stand in brackets. A short number without a unit may belong to
    the name, so it is left out only where it counts something. `others` are known to be no medicine of the table.
    """
    strangers: dict[str, Entry] = {tidy(word): ((), ()) for word in others}
    return _recognise(knowledge, strangers | _index(knowledge), name, None)


@lru_cache(maxsize=2)
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
    return " ".join(re.sub(r"[-_.®™'\"()#]", " ", plain.casefold()).split())


def _recognise(knowledge: Knowledge, index: Mapping[str, Entry], name: str, since: datetime | None) -> Recognised:
    words = knowledge.folder("medicines")["words"]
    whole = _looked_up(index, words, name)
    found = {name: whole} if whole is not None else dict(_parts(index, words, name))
    unread = tuple(" ".join(part.replace(_GAP, " ").split()) for part, entry in found.items() if entry is None)
    entries = [entry for entry in found.values() if entry is not None]
    said = set(tidy(name).split())
    suggested = dict.fromkeys(word for part in unread for word in near(_bare(words, part) or part, index))
    return Recognised(
        named=name,
        ingredients=tuple(dict.fromkeys(one for ingredients, _ in entries for one in ingredients)),
        classes=tuple(dict.fromkeys(one for _, classes in entries for one in classes)),
        whole_classes=tuple(dict.fromkeys(one for named, classes in entries if not named for one in classes)),
        bearers=MappingProxyType(dict(_bearers(knowledge, entries))),
        on_skin=not said.isdisjoint(words["skin"]) and said.isdisjoint(words["swallowed"]),
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


def _parts(index: Mapping[str, Entry], words: Mapping[str, list[str]], name: str) -> Iterator[tuple[str, Entry | None]]:
    """Each joined part of the name and what it stands for; parts that only say how it is taken are left out."""
    said = [part for part in _JOINS.split(_without_amounts(name)) if _bare(words, part) or tidy(part) in index]
    for part in said or [name]:
        entry = _looked_up(index, words, part)
        pieces = {piece: _looked_up(index, words, piece) for piece in part.split("-")}
        if entry is None and None not in pieces.values():
            yield from pieces.items()
        else:
            yield part, entry


def _looked_up(index: Mapping[str, Entry], words: Mapping[str, list[str]], name: str) -> Entry | None:
    """What the name stands for as it is, or without words that do not name it: the longest known spelling wins."""
    if tidy(name) in index:
        return index[tidy(name)]
    tokens = tidy(_without_amounts(name)).split()
    naming = [place for place, beside in enumerate(_beside(words, tokens)) if not beside]
    first, last = (naming[0], naming[-1]) if naming else (len(tokens), 0)
    longest = max(len(spelling.split()) for spelling in index)
    spellings = [
        " ".join(tokens[start:end])
        for start in range(first + 1)
        for end in range(max(start, last) + 1, min(start + longest, len(tokens)) + 1)
    ]
    known = [spelling for spelling in spellings if spelling in index]
    return index[max(known, key=len)] if known else index.get(_bare(words, name))


def _without_amounts(name: str) -> str:
    return _AMOUNT.sub(f" {_GAP} ", _TIMES.sub(r"\1 x", name.casefold()))


def _bare(words: Mapping[str, list[str]], name: str) -> str:
    """The name without amounts, salt, form and directions."""
    tokens = tidy(_without_amounts(name)).split()
    return " ".join(token for token, beside in zip(tokens, _beside(words, tokens), strict=True) if not beside)


def _beside(words: Mapping[str, list[str]], tokens: list[str]) -> list[bool]:
    """For each word whether it only stands beside the name; a number does where it counts what follows it."""
    dropped = {_GAP, *(word for kind in ("salts", "forms", "skin", "directions") for word in words[kind])}
    following = (*tokens, "")[1:]
    return [
        token in dropped or (token.isdecimal() and after in words["counted"])
        for token, after in zip(tokens, following, strict=True)
    ]
