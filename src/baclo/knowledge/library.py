"""Reads the packaged data once, proves it, and answers by key."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

import tomli

from baclo.errors import KnowledgeError, UnknownKey
from baclo.knowledge.facts import Fact, Seen, Source
from baclo.knowledge.proof import read_facts, read_sources
from baclo.knowledge.references import quoted, referenced_facts, refuse_loose_ends

Table = Mapping[str, Any]
# Folders of many words that no answer about a person needs: proved at load by what they name, read when opened.
_OPENED_LATER = frozenset({"claims"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """All that is known, proved at load: `facts` and `sources` by key, other tables as data.

    `tables` holds every data file that is not facts or sources, by folder and stem
    (`tables["models"]["adult_default"]`); `unread` holds the bytes of those that `folder` reads only when asked.
    `digest` is the SHA-256 of all of it, unread files included.
    """

    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    tables: Mapping[str, Mapping[str, Table]]
    unread: Mapping[str, Mapping[str, bytes]]
    used_by: Mapping[str, tuple[str, ...]]
    digest: str

    def __hash__(self) -> int:
        """By its digest, so that what is computed from the data alone can be kept with them."""
        return hash(self.digest)

    def fact(self, key: str) -> Fact:
        """The fact of that key, with or without its `fact:` prefix; `UnknownKey` where there is none."""
        try:
            return self.facts[key.removeprefix("fact:")]
        except KeyError:
            raise UnknownKey(f"no fact is called {key!r}") from None

    def number(self, key: str, unit: str) -> float:
        """The value of a fact in `unit`; `UnknownKey` or `UnitError` where that cannot be."""
        return _number(self, key, unit)

    def folder(self, name: str) -> Mapping[str, Table]:
        """Every table of one folder by stem; `UnknownKey` where there is no such folder.

        `KnowledgeError` where a file that was not read at load cannot be.
        """
        if name in self.unread:
            return {stem: _read(name, stem, text) for stem, text in self.unread[name].items()}
        try:
            return self.tables[name]
        except KeyError:
            raise UnknownKey(f"no data folder is called {name!r}") from None

    def expired(self, on: date) -> tuple[Fact, ...]:
        """The facts whose review date has passed on that day."""
        return tuple(fact for fact in self.facts.values() if fact.expired(on))

    def secondary(self) -> tuple[Fact, ...]:
        """The stated facts that were read in a copy or digest only: still to be opened in the original."""
        return tuple(fact for fact in self.facts.values() if fact.formula is None and fact.seen is Seen.SECONDARY)


@lru_cache(maxsize=4096)
def _number(knowledge: Knowledge, key: str, unit: str) -> float:
    return knowledge.fact(key).number_in(unit)


def data_files() -> Iterator[tuple[str, str, Traversable]]:
    """Every packaged TOML file as (folder, stem, file), in a fixed order; the data hold nothing but folders."""
    root = files("baclo.knowledge") / "data"
    for folder in sorted(root.iterdir(), key=lambda entry: entry.name):
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".toml"):
                yield folder.name, file.name.removesuffix(".toml"), file


def build(texts: Mapping[tuple[str, str], bytes]) -> Knowledge:
    """Knowledge from raw TOML files by (folder, stem); `KnowledgeError` with every loose end at once."""
    digest = hashlib.sha256()
    tables: dict[str, dict[str, Table]] = {}
    unread: dict[str, dict[str, bytes]] = {}
    for (folder, stem), text in texts.items():
        digest.update(f"{folder}/{stem}\n".encode() + text)
        if folder in _OPENED_LATER:
            unread.setdefault(folder, {})[stem] = text
        else:
            tables.setdefault(folder, {})[stem] = _read(folder, stem, text)
    sources = read_sources(tables.pop("sources", {}))
    facts = read_facts(tables.pop("facts", {}), sources)
    naming = tables | {folder: _quoted(folder, stems) for folder, stems in unread.items()}
    used_by = referenced_facts(naming, facts)
    refuse_loose_ends(naming, facts, sources, used_by)
    return Knowledge(
        facts=MappingProxyType(facts),
        sources=MappingProxyType(sources),
        tables=MappingProxyType({folder: MappingProxyType(stems) for folder, stems in tables.items()}),
        unread=MappingProxyType({folder: MappingProxyType(stems) for folder, stems in unread.items()}),
        used_by=MappingProxyType({key: tuple(users) for key, users in used_by.items()}),
        digest=digest.hexdigest(),
    )


def _read(folder: str, stem: str, text: bytes) -> Table:
    try:
        return tomli.loads(text.decode())
    except ValueError as error:
        raise KnowledgeError(f"{folder}/{stem}: {error}") from None


def _quoted(folder: str, stems: Mapping[str, bytes]) -> dict[str, Table]:
    """What unread files may name, without reading them: the loader needs no more of them."""
    return {stem: {folder: quoted(text.decode(errors="replace"))} for stem, text in stems.items()}


@cache
def load() -> Knowledge:
    """The packaged knowledge, read and proved once a process."""
    return build({(folder, stem): file.read_bytes() for folder, stem, file in data_files() if folder != "examples"})
