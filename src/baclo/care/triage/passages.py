"""What professionals need beside the answer: overdose by amount, withdrawal and its treatment, animals."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A heading with its sentences and what they rest on."""

    title: str
    lines: tuple[Text, ...]
    basis: tuple[str, ...]


def passages(
    knowledge: Knowledge, symptoms: Collection[str], combinations: Collection[str], *, withdrawal: bool
) -> Iterator[Passage]:
    """The passages that belong to what was found."""
    table = knowledge.folder("triage")["triage"]
    overdose, pets = table["overdose"], table["pets"]
    if not set(overdose["symptoms"]).isdisjoint(symptoms) or not set(overdose["combinations"]).isdisjoint(combinations):
        yield _passage(knowledge, "Overdose, for professionals", _overdose(overdose), overdose["basis"])
    if withdrawal:
        workup, bridge = table["workup"], table["bridge"]
        yield _passage(knowledge, workup["title"], (f"{', '.join(workup['tests'])}.".capitalize(),), workup["basis"])
        yield _passage(knowledge, bridge["title"], (bridge["text"], bridge["warning"]), bridge["basis"])
    if not set(pets["symptoms"]).isdisjoint(symptoms):
        yield _passage(knowledge, pets["title"], (pets["text"],), pets["basis"])


def _overdose(table: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{row['says']} {{{row['fact']}}}." for row in table["rows"])
    yield from (table[name] for name in ("any_amount", "signs_text", "treatment_text", "late_text", "afterwards_text"))


def _passage(knowledge: Knowledge, title: str, lines: Iterator[str] | tuple[str, ...], basis: list[str]) -> Passage:
    return Passage(title=title, lines=tuple(text(line, knowledge.facts) for line in lines), basis=tuple(basis))
