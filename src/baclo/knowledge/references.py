"""Who uses which fact and cites which source; what is named but absent, or present but unused, is refused."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from baclo.errors import raise_knowledge
from baclo.knowledge.facts import Fact, Source
from baclo.knowledge.formula import named

Table = Mapping[str, Any]
Folders = Mapping[str, Mapping[str, Table]]
_QUOTED = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"')


def referenced_facts(tables: Folders, facts: Mapping[str, Fact]) -> dict[str, list[str]]:
    """Who uses each fact: data files as `folder/stem`, derived facts as `fact:KEY`, code by the folder `uses`."""
    used_by = _users(tables, "fact:")
    for fact in facts.values():
        for key in dict.fromkeys(named(fact.formula or {})):
            used_by.setdefault(key, []).append(f"fact:{fact.key}")
    return used_by


def refuse_loose_ends(
    tables: Folders,
    facts: Mapping[str, Fact],
    sources: Mapping[str, Source],
    used_by: Mapping[str, list[str]],
) -> None:
    """`KnowledgeError` if a table names a fact or source that is not there, or one of them serves nothing."""
    citing = _users(tables, "source:")
    cited = {name for fact in facts.values() for name in fact.sources} | set(citing)
    problems = [f"{', '.join(users)} names unknown fact {key!r}" for key, users in used_by.items() if key not in facts]
    problems += [f"{', '.join(users)} cites unknown {key!r}" for key, users in citing.items() if key not in sources]
    problems += [f"fact {key!r} is used by nothing" for key in facts if key not in used_by]
    problems += [f"source {key!r} is cited by nothing" for key in sources if key not in cited]
    raise_knowledge(problems)


def quoted(text: str) -> list[str]:
    """Every text in double quotes of a data file, escapes as they stand: what it may name, without reading it."""
    return _QUOTED.findall(text)


def _users(tables: Folders, sigil: str) -> dict[str, list[str]]:
    users: dict[str, list[str]] = {}
    for folder, stems in tables.items():
        for stem, table in stems.items():
            for key in dict.fromkeys(_references(table, sigil)):
                users.setdefault(key, []).append(f"{folder}/{stem}")
    return users


def _references(value: Any, sigil: str) -> Iterator[str]:
    """Every key after `sigil` in a data value: the whole of a text, or in braces within it."""
    if isinstance(value, str):
        if value.startswith(sigil):
            yield value.removeprefix(sigil)
        elif sigil in value:
            for piece in value.split("{" + sigil)[1:]:
                yield piece.partition("}")[0]
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner, sigil)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _references(inner, sigil)
