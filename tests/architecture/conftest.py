"""The repository as text and as syntax trees, for tests that hold its walls."""

import ast
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHELLS = ("baclo.cli", "baclo.report", "baclo.__main__")


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One module of the program: its dotted name, its path and its tree."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def below_the_shells(self):
        return self.name != "baclo" and not self.name.startswith(SHELLS)


def _module(path):
    parts = path.relative_to(ROOT / "src").with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name=name, path=path, tree=ast.parse(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def modules():
    """Every module of the program."""
    return tuple(_module(path) for path in sorted((ROOT / "src").rglob("*.py")))


@pytest.fixture(scope="session")
def below(modules):
    """The modules below the shells."""
    return tuple(module for module in modules if module.below_the_shells)


@pytest.fixture(scope="session")
def tracked():
    """Every file that belongs to the repository, or would if it were added now."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(path for name in listed.splitlines() if (path := ROOT / name).is_file())
