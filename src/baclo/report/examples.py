"""The packaged cases, by name."""

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable

from baclo.case.vocabulary import near
from baclo.errors import UnknownKey

EXAMPLE = "example:"


def example_text(name: str) -> str:
    """The text of a packaged example; `UnknownKey` names those there are."""
    found = _examples()
    if name not in found:
        close = near(name, found)
        meant = f"did you mean {' or '.join(close)}? " if close else ""
        raise UnknownKey(f"no example is called {name!r}; {meant}there are {', '.join(found)}")
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
