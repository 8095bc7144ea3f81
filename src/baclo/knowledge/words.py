"""Sentences that keep their numbers apart, each number with its unit and what it rests on.

Only the report formats a number for people; until then a sentence is a row of pieces.
"""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from baclo.errors import KnowledgeError
from baclo.knowledge.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A value, or a row of values, in `unit` (UCUM), and what it rests on (`fact:`, `case:`, `computed:`)."""

    value: float | tuple[float, ...]
    unit: str
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Words as somebody entered them, and where they stand (`case:`)."""

    words: str
    basis: tuple[str, ...]


Piece = str | Number | Quoted | datetime


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence as pieces: words, numbers and quoted words with their basis, moments."""

    pieces: tuple[Piece, ...]

    @property
    def basis(self) -> tuple[str, ...]:
        """What every number and quoted word in the sentence rests on, each once, in order."""
        resting = (piece for piece in self.pieces if isinstance(piece, Number | Quoted))
        return tuple(dict.fromkeys(name for piece in resting for name in piece.basis))


@lru_cache(maxsize=4096)
def parsed(template: str) -> tuple[tuple[str, str | None, str | None], ...]:
    """A template as (words, the name in braces after them, what follows its colon); names are None at the end."""
    return tuple((words, name, spec) for words, name, spec, _ in string.Formatter().parse(template))


def text(template: str, facts: Mapping[str, Fact], **pieces: Piece | Text) -> Text:
    """Fill `{fact:KEY}` from the facts and `{name}` from `pieces`; `KnowledgeError` on a name nobody gave.

    `{interval:KEY}` is the interval of a fact that has one, as two numbers.
    """
    filled: list[Piece] = []
    for literal, name, spec in parsed(template):
        if literal:
            filled.append(literal)
        if name == "fact" and spec and spec in facts:
            fact = facts[spec]
            filled.append(Number(value=fact.value, unit=fact.unit, basis=(f"fact:{fact.key}",)))
        elif name == "interval" and spec and spec in facts and (ends := _interval(facts[spec])) is not None:
            filled.append(ends)
        elif name in pieces:
            piece = pieces[name]
            filled.extend(piece.pieces if isinstance(piece, Text) else (piece,))
        elif name is not None:
            raise KnowledgeError(f"{template!r} names {name}{':' + spec if spec else ''}, which nobody gave")
    return Text(tuple(filled))


def _interval(fact: Fact) -> Number | None:
    if fact.low is None or fact.high is None:
        return None
    return Number(value=(fact.low, fact.high), unit=fact.unit, basis=(f"fact:{fact.key}",))
