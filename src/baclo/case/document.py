"""Turns a TOML or JSON text into plain tables; what is no such text is a problem with its line."""

import json
import tomllib
from collections.abc import Callable
from typing import Any, NoReturn

from baclo.case.entered import as_entered
from baclo.errors import InputProblems, Problem

LONGEST_TEXT = 2_000_000
_BYTE_ORDER_MARK = "\ufeff"
Tables = dict[str, Any]


def toml_tables(text: str | bytes) -> Tables:
    """The tables of a TOML text; `InputProblems` where it is none, is not UTF-8, too long or too deep."""
    return _read(text, tomllib.loads)


def json_tables(text: str | bytes) -> tuple[Tables, tuple[Problem, ...]]:
    """The object of a JSON text, and a problem for each key said twice, each NaN and each infinity.

    `InputProblems` where the text is no JSON object, is not UTF-8, too long or too deep.
    """
    problems: list[Problem] = []

    def table(pairs: list[tuple[str, Any]]) -> Tables:
        said = dict(pairs)
        twice = [key for key, _ in pairs]
        for key in said:
            twice.remove(key)
        problems.extend(Problem(path=key, message="is said twice in one object") for key in twice)
        return said

    def constant(name: str) -> None:
        problems.append(Problem(path="", message="is no number of JSON", value=name, allowed="a finite number"))

    tables = _read(text, lambda decoded: json.loads(decoded, object_pairs_hook=table, parse_constant=constant))
    return tables, tuple(problems)


def _read(text: str | bytes, load: Callable[[str], Any]) -> Tables:
    decoded = _decoded(text).removeprefix(_BYTE_ORDER_MARK)
    if not len(decoded) <= LONGEST_TEXT:
        _refuse("the file is too long", f"{len(decoded)} characters", f"at most {LONGEST_TEXT} characters")
    try:
        tables = load(decoded)
    except RecursionError:
        _refuse("the file is nested too deeply")
    except ValueError as error:
        _refuse(f"the file cannot be read: {error}")
    if not isinstance(tables, dict):
        _refuse("the file is not a table of keys", as_entered(tables))
    return tables


def _decoded(text: str | bytes) -> str:
    if isinstance(text, str):
        return text
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        _refuse(f"the file is not UTF-8 text (line {line})", f"byte {text[error.start]:#04x}")


def _refuse(message: str, value: str | None = None, allowed: str | None = None) -> NoReturn:
    raise InputProblems((Problem(path="", message=message, value=value, allowed=allowed),))
