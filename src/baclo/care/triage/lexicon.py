"""Every phrase by which a symptom is known, ready to be looked for among the words that were said."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from baclo.care.triage.level import Level
from baclo.care.triage.spelling import Word, plain, rewriting, words
from baclo.knowledge.library import Knowledge

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A row of stems that means a symptom; `absent` where it says that the symptom is not there.

    `negative` phrases hold a no or a not of their own, and are never themselves denied.
    """

    stems: Stems
    symptom: str
    level: Level
    absent: bool
    negative: bool
    undeniable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Turns a sentence into the words that carry something."""

    rewrite: Callable[[str], str]
    skip: frozenset[str]
    clause: frozenset[str]

    def read(self, said: str) -> tuple[Word, ...]:
        """Its words in order."""
        return words(self.rewrite(plain(said)), self.skip, self.clause)

    def stems(self, said: str) -> Stems:
        """Their stems."""
        return tuple(word.stem for word in self.read(said))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The phrases, the longest first and the gravest of a length first, with the small words that steer the reading."""

    reader: Reader
    phrases: tuple[Phrase, ...]
    rows: Mapping[str, Any]
    negators: frozenset[str]
    answers: frozenset[str]
    light: frozenset[str]
    undoing: frozenset[str]
    filler: frozenset[str]

    @property
    def known(self) -> frozenset[str]:
        """Every stem of every phrase."""
        return frozenset(one for phrase in self.phrases for one in phrase.stems)


def lexicon(knowledge: Knowledge) -> Lexicon:
    """What plain words are read with."""
    rows = knowledge.folder("triage")["words"]
    reader = Reader(rewrite=rewriting(rows["rewrites"]), skip=frozenset(rows["skip"]), clause=frozenset(rows["clause"]))
    found = dict.fromkeys(_phrases(knowledge, reader, _stems(rows["negative"])))
    return Lexicon(
        reader=reader,
        phrases=tuple(sorted(found, key=lambda phrase: (-len(phrase.stems), phrase.level.place))),
        rows=rows,
        negators=_stems(rows["negators"]),
        answers=_stems(rows["answers"]),
        light=_stems(rows["light"]),
        undoing=_stems(rows["undoing"]),
        filler=_stems(rows["filler"]),
    )


def _stems(said: list[str]) -> frozenset[str]:
    return frozenset(word.stem for each in said for word in words(each))


def _phrases(knowledge: Knowledge, reader: Reader, negative: frozenset[str]) -> Iterator[Phrase]:
    for symptom, row in knowledge.folder("triage")["triage"]["symptoms"].items():
        absent = row.get("denied_by", [])
        for said in (symptom, *row["synonyms"], *absent):
            stems = reader.stems(said)
            yield Phrase(
                stems=stems,
                symptom=symptom,
                level=Level(row["level"]),
                absent=said in absent,
                negative=not negative.isdisjoint(stems),
                undeniable=row.get("undeniable", False),
            )
