"""What the loader proves of the data: keys, units, sources, derived values, review dates, no fact unused."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import reduce
from typing import Any

from baclo.errors import KnowledgeError, UnitError
from baclo.knowledge.facts import Fact, How, Region, Seen, Source
from baclo.units import convert, dimension

Table = Mapping[str, Any]
_SOURCE_KEYS = {"citation", "kind", "year", "url"}
_FACT_REQUIRED = {"meaning", "value", "unit", "how", "reviewed", "review_by"}
_FACT_OPTIONAL = {
    *("sources", "place", "seen", "regions", "low", "high", "disagrees", "reason", "formula", "note"),
}
_FACT, _SOURCE = "fact:", "source:"
_OPERATIONS: dict[str, Callable[[float, float], float]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "power": lambda a, b: a**b,
}
_TOLERANCE = 1e-9
_RANK = (Seen.PRIMARY, Seen.SECONDARY, Seen.RECALLED)


def read_sources(files: Mapping[str, Table]) -> dict[str, Source]:
    """Every source of every file by key; `KnowledgeError` lists all that is wrong."""
    problems: list[str] = []
    sources: dict[str, Source] = {}
    for stem, table in files.items():
        for key, row in table.items():
            if key in sources or set(row) - _SOURCE_KEYS or not {"citation", "kind"} <= set(row):
                problems.append(f"sources/{stem} {key}: said twice, or keys are not {sorted(_SOURCE_KEYS)}")
                continue
            sources[key] = Source(
                key=key, citation=row["citation"], kind=row["kind"], year=row.get("year"), url=row.get("url")
            )
    _raise(problems)
    return sources


def read_facts(files: Mapping[str, Table], sources: Mapping[str, Source]) -> dict[str, Fact]:
    """Every fact of every file by key, derived ones checked; `KnowledgeError` lists all that is wrong."""
    problems: list[str] = []
    facts: dict[str, Fact] = {}
    for stem, table in files.items():
        for key, row in table.items():
            where = f"facts/{stem} {key}"
            said = list(_row_problems(row, sources)) + (["said twice"] if key in facts else [])
            problems += [f"{where}: {problem}" for problem in said]
            if not said:
                facts[key] = _fact(key, row)
    _raise(problems)
    for key in [key for key, fact in facts.items() if fact.how is How.DERIVED]:
        problems += [f"{key}: {problem}" for problem in _derive(key, facts)]
    problems += [
        f"{fact.key}: disagrees with unknown fact {other}"
        for fact in facts.values()
        for other in fact.disagrees
        if other not in facts
    ]
    _raise(problems)
    return facts


def _raise(problems: list[str]) -> None:
    if problems:
        raise KnowledgeError("\n".join(problems))


def _row_problems(row: Table, sources: Mapping[str, Source]) -> Iterator[str]:
    """Everything wrong with one fact's table, before any other fact is looked at."""
    if unknown := set(row) - _FACT_REQUIRED - _FACT_OPTIONAL:
        yield f"unknown keys {sorted(unknown)}"
    if missing := _FACT_REQUIRED - set(row):
        yield f"missing keys {sorted(missing)}"
        return
    try:
        dimension(row["unit"])
    except UnitError as error:
        yield str(error)
    values = row["value"] if isinstance(row["value"], list) else [row["value"]]
    bounds = [row[bound] for bound in ("low", "high") if bound in row]
    for value in [*values, *bounds]:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            yield f"{value!r} is not a finite number"
    for name in row.get("sources", []):
        if name not in sources:
            yield f"unknown source {name!r}"
    if not row["reviewed"] < row["review_by"]:
        yield "review_by is not after reviewed"
    yield from _standing_problems(row)


def _standing_problems(row: Table) -> Iterator[str]:
    """Whether the table holds what its way of being known asks for."""
    how = row["how"]
    if how not in set(How):
        yield f"how is {how!r}, not one of {[h.value for h in How]}"
    elif how == How.STATED:
        if row.get("seen") not in set(Seen) or not row.get("sources") or not row.get("place"):
            yield "a stated fact needs seen, sources and a place in them"
    elif "seen" in row:
        yield "only a stated fact says how it was seen"
    if how == How.DERIVED and "formula" not in row:
        yield "a derived fact needs its formula"
    if how in (How.ASSUMED, How.PROPOSED) and not row.get("reason"):
        yield "an assumed or proposed fact needs its reason"
    if unknown := set(row.get("regions", [])) - set(Region):
        yield f"unknown regions {sorted(unknown)}"


def _fact(key: str, row: Table) -> Fact:
    value = row["value"]
    return Fact(
        key=key,
        meaning=row["meaning"],
        value=tuple(float(v) for v in value) if isinstance(value, list) else float(value),
        unit=row["unit"],
        sources=tuple(row.get("sources", [])),
        place=row.get("place", ""),
        how=How(row["how"]),
        seen=Seen(row["seen"]) if "seen" in row else None,
        regions=tuple(Region(region) for region in row.get("regions", [])),
        low=row.get("low"),
        high=row.get("high"),
        reviewed=row["reviewed"],
        review_by=row["review_by"],
        disagrees=tuple(row.get("disagrees", [])),
        reason=row.get("reason"),
        formula=row.get("formula"),
        note=row.get("note"),
    )


def _derive(key: str, facts: dict[str, Fact]) -> Iterator[str]:
    """Check one derived fact against its formula and give it the worst standing of its inputs."""
    fact = facts[key]
    try:
        assert fact.formula is not None  # noqa: S101 - held by _standing_problems
        number, inputs = _evaluate(fact.formula, facts, (key,))
    except (KnowledgeError, UnitError, ArithmeticError) as error:
        yield str(error)
        return
    (value,) = fact.values
    if not abs(value - number) <= _TOLERANCE * max(abs(value), abs(number)):
        yield f"says {value!r}, its formula gives {number!r}"
    stands = [facts[name] for name in inputs]
    assumed = any(f.how in (How.ASSUMED, How.PROPOSED) for f in stands)
    worst = max((f.seen for f in stands if f.seen is not None), key=_RANK.index, default=Seen.PRIMARY)
    facts[key] = _with_seen(fact, Seen.RECALLED if assumed else worst)


def _with_seen(fact: Fact, seen: Seen) -> Fact:
    return replace(fact, seen=seen)


def _evaluate(formula: Table, facts: Mapping[str, Fact], path: tuple[str, ...]) -> tuple[float, set[str]]:
    """The number a formula gives, and the facts it rests on down to those not derived."""
    ((name, operands),) = formula.items()
    if name not in _OPERATIONS:
        raise KnowledgeError(f"unknown operation {name!r}; known: {sorted(_OPERATIONS)}")
    numbers: list[float] = []
    inputs: set[str] = set()
    for operand in operands:
        number, names = _operand(operand, facts, path)
        numbers.append(number)
        inputs |= names
    return reduce(_OPERATIONS[name], numbers), inputs


def _operand(operand: Any, facts: Mapping[str, Fact], path: tuple[str, ...]) -> tuple[float, set[str]]:
    """A bare number, a nested formula, or `key@unit`."""
    if isinstance(operand, Mapping):
        return _evaluate(operand, facts, path)
    if not isinstance(operand, str):
        return float(operand), set()
    key, _, unit = operand.partition("@")
    if key not in facts:
        raise KnowledgeError(f"formula names unknown fact {key!r}")
    if key in path:
        raise KnowledgeError(f"formula runs in a circle: {' > '.join((*path, key))}")
    fact = facts[key]
    names = _evaluate(fact.formula, facts, (*path, key))[1] if fact.formula else {key}
    return convert(fact.number_in(fact.unit), fact.unit, unit or fact.unit), names


def _references(value: Any, sigil: str) -> Iterator[str]:
    """Every fact (or source) named in a data value, as `fact:KEY` alone or within a text's braces."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _references(inner, sigil)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner, sigil)
    elif isinstance(value, str) and value.startswith(sigil):
        yield value.removeprefix(sigil)
    elif isinstance(value, str):
        for piece in value.split("{" + sigil)[1:]:
            yield piece.partition("}")[0]


def _users(tables: Mapping[str, Mapping[str, Table]], sigil: str) -> dict[str, list[str]]:
    users: dict[str, list[str]] = {}
    for folder, stems in tables.items():
        for stem, table in stems.items():
            for key in dict.fromkeys(_references(table, sigil)):
                users.setdefault(key, []).append(f"{folder}/{stem}")
    return users


def referenced_keys(tables: Mapping[str, Mapping[str, Table]], facts: Mapping[str, Fact]) -> dict[str, list[str]]:
    """Who uses each fact: data files by `folder/stem`, derived facts by their key, code by the folder `uses`."""
    used_by = _users(tables, _FACT)
    for fact in facts.values():
        if fact.formula:
            for key in _evaluate_names(fact.formula):
                used_by.setdefault(key, []).append(f"fact:{fact.key}")
    return used_by


def _evaluate_names(formula: Table) -> Iterator[str]:
    for operands in formula.values():
        for operand in operands:
            if isinstance(operand, Mapping):
                yield from _evaluate_names(operand)
            elif isinstance(operand, str):
                yield operand.partition("@")[0]


def refuse_loose_ends(
    tables: Mapping[str, Mapping[str, Table]],
    facts: Mapping[str, Fact],
    sources: Mapping[str, Source],
    used_by: Mapping[str, list[str]],
) -> None:
    """`KnowledgeError` if a table names a fact or source that is not there, or one of them serves nothing."""
    citing = _users(tables, _SOURCE)
    cited = {name for fact in facts.values() for name in fact.sources} | set(citing)
    problems = [f"{', '.join(users)} names unknown fact {key!r}" for key, users in used_by.items() if key not in facts]
    problems += [f"{', '.join(users)} cites unknown {key!r}" for key, users in citing.items() if key not in sources]
    problems += [f"fact {key!r} is used by nothing" for key in facts if key not in used_by]
    problems += [f"source {key!r} is cited by nothing" for key in sources if key not in cited]
    _raise(problems)
