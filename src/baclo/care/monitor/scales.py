"""The scales as data: what each measures, what its grades mean, and which change on it counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from baclo.case.observed import grade_words
from baclo.case.vocabulary import sites
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text, text

ANY = "any"


class Combine(StrEnum):
    """How the observations of a scale make its value: one alone, their sum, the first less the second, the goals."""

    ONE = "one"
    SUM = "sum"
    DIFFERENCE = "difference"
    GOALS = "goals"


class By(StrEnum):
    """What a limit is of: the fall itself, or the fall as a share of the first value."""

    FALL = "fall"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The falls that count, as keys of facts: `enough` for a response, `more` for the stricter of two limits.

    `least` is a smaller one that may only say no: a fall between it and `enough` decides nothing.
    """

    by: By
    enough: str
    more: str
    least: str | None

    @property
    def basis(self) -> tuple[str, ...]:
        """The facts, each once."""
        return tuple(dict.fromkeys(key for key in (self.enough, self.more, self.least) if key is not None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One scale by its `id`; on every one a lower value is better.

    `limits` are by limb, `any` where there is no limb or it is not known; empty where no limit is published. `decides`
    is whether its verdict counts for the trial of benefit.
    """

    id: str
    name: str
    kinds: tuple[str, ...]
    combine: Combine
    definition: Text
    meanings: tuple[Text, ...]
    traps: tuple[str, ...]
    decides: bool
    limits: Mapping[str, Limits]
    limits_words: Text
    sources: tuple[str, ...]

    def limits_of(self, limb: str) -> Limits | None:
        """The limits for a limb; None where none are published."""
        return self.limits.get(limb, self.limits.get(ANY))


def scales(knowledge: Knowledge) -> tuple[Scale, ...]:
    """Every scale in the order in which it is told."""
    tables = sorted(knowledge.folder("scales").items(), key=lambda item: item[1]["order"])
    return tuple(_scale(knowledge, name, table) for name, table in tables)


def _scale(knowledge: Knowledge, name: str, table: Mapping[str, Any]) -> Scale:
    limits = dict(table.get("limits", {}))
    by = limits.pop("by", None)
    return Scale(
        id=name,
        name=table["name"],
        kinds=tuple(table["kinds"]),
        combine=Combine(table["combine"]),
        definition=text(table["definition"], knowledge.facts),
        meanings=tuple(text(words, knowledge.facts) for words in (*table["meanings"], *table.get("parts", ()))),
        traps=tuple(table["traps"]),
        decides=table["decides"],
        limits={
            limb: Limits(by=By(by), enough=row["enough"], more=row["more"], least=row.get("least"))
            for limb, row in limits.items()
        },
        limits_words=text(table["limits_words"], knowledge.facts),
        sources=tuple(table["sources"]),
    )


def grade_meant(knowledge: Knowledge, scale: Scale, value: Fraction) -> tuple[str, Text] | None:
    """The grade as it is written and what it means; None where the value is no single grade of the scale."""
    if scale.combine is not Combine.ONE or not scale.meanings:
        return None
    written = grade_words(knowledge, scale.kinds[0])
    for (grade, word), meaning in zip(written.items(), scale.meanings, strict=True):
        if Fraction(repr(grade)) == value:
            return word, meaning
    return None


def limb_of(knowledge: Knowledge, site: str | None) -> str:
    """The limb of a muscle group, `any` where no group is told."""
    return ANY if site is None else sites(knowledge)[site]["limb"]
