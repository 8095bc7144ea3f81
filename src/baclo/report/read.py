"""Finds a case: a file, a packaged example, or its own text."""

import tomllib
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from baclo.case.case import Ask, Case
from baclo.case.codec import read_json, read_toml
from baclo.errors import InputProblems, Problem, UnknownKey
from baclo.knowledge.library import load

EXAMPLE = "example:"


def read_case(source: str | Path) -> Case:
    """The case in a file, in a packaged example (`example:NAME`), or in the text itself.

    A text is told from a path by its line ends or its opening brace, JSON from TOML by that brace. `InputProblems`,
    `UnknownKey` for an example that is not there, `OSError` for a file.
    """
    if isinstance(source, str) and source.startswith(EXAMPLE):
        return parse(example_text(source.removeprefix(EXAMPLE)))
    if isinstance(source, str) and ("\n" in source or source.lstrip().startswith("{")):
        return parse(source)
    try:
        return parse(Path(source).read_text("utf-8"))
    except UnicodeDecodeError as wrong:
        raise InputProblems((Problem(path="", message=f"{source} is not UTF-8 text: {wrong.reason}"),)) from None


def parse(text: str) -> Case:
    """The case in a text: JSON where it opens with a brace, else TOML; `InputProblems` with everything wrong."""
    read = read_json if text.lstrip("\ufeff \t\r\n").startswith("{") else read_toml
    return read(load(), text)


def asked(case: Case, ask: Ask) -> Case:
    """The same case with another question."""
    return replace(case, question=replace(case.question, ask=ask))


def example_text(name: str) -> str:
    """The text of a packaged example; `UnknownKey` names those there are."""
    found = _examples()
    if name not in found:
        raise UnknownKey(f"no example is called {name!r}; there are {', '.join(found)}")
    return found[name].read_text("utf-8")


def example_rows() -> list[dict[str, str]]:
    """Every packaged example: its name, title and question."""
    tables = {name: tomllib.loads(file.read_text("utf-8")) for name, file in _examples().items()}
    return [
        {"name": name, "title": table.get("title", name), "question": table["question"]["ask"]}
        for name, table in tables.items()
    ]


def _examples() -> dict[str, Traversable]:
    folder = files("baclo.knowledge") / "data" / "examples"
    found = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return {file.name.removesuffix(".toml"): file for file in sorted(found, key=lambda file: file.name)}
