"""What the loader proves of sources and facts: keys, units, numbers, sources, standing, dates, derived values."""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from baclo.errors import KnowledgeError, UnitError, raise_knowledge
from baclo.knowledge.facts import Fact, How, Region, Seen, Source
from baclo.knowledge.formula import derive
from baclo.units import dimension

Table = Mapping[str, Any]
_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
_SOURCE_TYPES: dict[str, type] = {"citation": str, "kind": str, "year": int, "url": str}
_REQUIRED: dict[str, type] = {
    "meaning": str,
    "value": object,
    "unit": str,
    "how": str,
    "reviewed": date,
    "review_by": date,
}
_OPTIONAL: dict[str, type] = {
    "sources": list,
    "place": str,
    "seen": str,
    "regions": list,
    "low": object,
    "high": object,
    "disagrees": list,
    "reason": str,
    "formula": dict,
    "note": str,
}
_NEEDS = {
    How.STATED: {"seen", "sources", "place"},
    How.DERIVED: {"formula"},
    How.ASSUMED: {"reason"},
    How.PROPOSED: {"reason"},
}


def read_sources(files: Mapping[str, Table]) -> dict[str, Source]:
    """Every source of every file by key; `KnowledgeError` lists all that is wrong."""
    problems: list[str] = []
    sources: dict[str, Source] = {}
    for stem, table in files.items():
        for key, row in table.items():
            said = list(_shape_problems(row, {"citation": str, "kind": str}, _SOURCE_TYPES))
            said += ["said twice"] if key in sources else []
            problems += [f"sources/{stem} {key}: {problem}" for problem in said]
            if not said:
                sources[key] = Source(
                    key=key, year=row.get("year"), url=row.get("url"), **_only(row, "citation", "kind")
                )
    raise_knowledge(problems)
    return sources


def read_facts(files: Mapping[str, Table], sources: Mapping[str, Source]) -> dict[str, Fact]:
    """Every fact of every file by key, derived ones checked; `KnowledgeError` lists all that is wrong."""
    problems: list[str] = []
    facts: dict[str, Fact] = {}
    for stem, table in files.items():
        for key, row in table.items():
            said = list(_row_problems(key, row, sources)) + (["said twice"] if key in facts else [])
            problems += [f"facts/{stem} {key}: {problem}" for problem in said]
            if not said:
                facts[key] = _fact(key, row)
    raise_knowledge(problems)
    proved = dict(facts)
    for fact in facts.values():
        problems += [f"{fact.key}: disagrees with unknown fact {key}" for key in fact.disagrees if key not in facts]
        if fact.how is How.DERIVED:
            try:
                proved[fact.key] = derive(fact, facts)
            except KnowledgeError as error:
                problems.append(f"{fact.key}: {error}")
    raise_knowledge(problems)
    return proved


def _only(row: Table, *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _shape_problems(row: Any, required: Mapping[str, type], known: Mapping[str, type]) -> Iterator[str]:
    """Unknown keys, missing keys, values of another type, empty texts and rows."""
    if not isinstance(row, Mapping):
        yield "is not a table"
        return
    if unknown := sorted(set(row) - set(known)):
        yield f"unknown keys {unknown}"
    if missing := sorted(set(required) - set(row)):
        yield f"missing keys {missing}"
    for name, kind in known.items():
        if name in row and not isinstance(row[name], kind):
            yield f"{name} is {row[name]!r}, not a {kind.__name__}"
        elif name in row and row[name] in ("", [], {}):
            yield f"{name} is empty"


def _row_problems(key: str, row: Any, sources: Mapping[str, Source]) -> Iterator[str]:
    """Everything wrong with one fact's table, before any other fact is looked at."""
    shape = list(_shape_problems(row, _REQUIRED, _REQUIRED | _OPTIONAL))
    yield from shape
    if shape:
        return
    if not _KEY.fullmatch(key):
        yield "the key is not words of a-z, 0-9 and _ with dots between them"
    try:
        dimension(row["unit"])
    except UnitError as error:
        yield str(error)
    if not row["reviewed"] < row["review_by"]:
        yield "review_by is not after reviewed"
    yield from (f"unknown source {name!r}" for name in row.get("sources", []) if name not in sources)
    yield from (f"unknown region {name!r}" for name in row.get("regions", []) if name not in set(Region))
    yield from _number_problems(row)
    yield from _standing_problems(row)


def _number_problems(row: Table) -> Iterator[str]:
    """Numbers that are not finite, and values outside their own interval."""
    values = row["value"] if isinstance(row["value"], list) else [row["value"]]
    bounds = [row[bound] for bound in ("low", "high") if bound in row]
    wrong = [number for number in (*values, *bounds) if not _is_number(number)]
    yield from (f"{number!r} is not a finite number" for number in wrong)
    if not wrong and not all(row.get("low", value) <= value <= row.get("high", value) for value in values):
        yield f"value {row['value']!r} is not between low {row.get('low')!r} and high {row.get('high')!r}"


def _is_number(number: Any) -> bool:
    return isinstance(number, int | float) and not isinstance(number, bool) and math.isfinite(number)


def _standing_problems(row: Table) -> Iterator[str]:
    """Whether the table holds what its way of being known asks for, and nothing that belongs to another."""
    if row["how"] not in set(How):
        yield f"how is {row['how']!r}, not one of {[how.value for how in How]}"
        return
    needs = _NEEDS[How(row["how"])]
    if lacking := sorted(needs - set(row)):
        yield f"a {row['how']} fact needs {lacking}"
    if foreign := sorted(({"seen", "formula"} - needs) & set(row)):
        yield f"a {row['how']} fact has no {foreign}"
    if row.get("seen", Seen.PRIMARY) not in set(Seen):
        yield f"seen is {row['seen']!r}, not one of {[seen.value for seen in Seen]}"


def _fact(key: str, row: Table) -> Fact:
    value = row["value"]
    return Fact(
        key=key,
        value=tuple(float(number) for number in value) if isinstance(value, list) else float(value),
        sources=tuple(row.get("sources", [])),
        place=row.get("place", ""),
        how=How(row["how"]),
        seen=Seen(row["seen"]) if "seen" in row else None,
        regions=tuple(Region(region) for region in row.get("regions", [])),
        low=row.get("low"),
        high=row.get("high"),
        disagrees=tuple(row.get("disagrees", [])),
        reason=row.get("reason"),
        formula=row.get("formula"),
        note=row.get("note"),
        **_only(row, "meaning", "unit", "reviewed", "review_by"),
    )
