"""Tries every mutant of the source files named, each in a process of its own, and lists those that no test notices.

    .venv/bin/python tests/mutation/run.py src/baclo/care/settle.py
    .venv/bin/python tests/mutation/run.py --all

Which tests have to notice stands in `targets.toml`; survivors with their reasons in `survivors.toml`. A process is
forked off one that has already imported whatever does not stand on the changed file, so that a mutant takes little
more than its tests. Ends with 1 where a survivor is not explained.
"""

import argparse
import ast
import contextlib
import gc
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import CodeType, ModuleType

os.environ |= {"NUMBA_DISABLE_JIT": "1", "OPENBLAS_NUM_THREADS": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
os.environ.setdefault("BACLO_EXAMPLES", "25")

import pytest
import tomli
from mutants import Mutant, mutants

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SOURCES = ROOT / "src"
OF_TESTS = ("numpy", "pydantic", "hypothesis")
PASSED, FAILED = 0, 1
SLOW_S, TIMES_AS_SLOW = 20.0, 6


class End(Enum):
    """How a mutant ended; one that never ends is noticed too, one that breaks the tests' own machinery is not asked."""

    KILLED = "killed"
    TOO_SLOW = "too slow"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A source file, its module, and the tests that have to notice its mutants."""

    file: str
    tests: tuple[str, ...]

    @property
    def module(self) -> str:
        """The dotted name."""
        return self.file.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def targets() -> dict[str, Target]:
    """Every file that is mutated, in the order of the table."""
    table = tomli.loads((HERE / "targets.toml").read_text())
    return {file: Target(file=file, tests=tuple(tests)) for file, tests in table.items()}


def explained() -> dict[str, dict[tuple[str, str, str, int], str]]:
    """The reasons of survivors by file and name."""
    rows = tomli.loads((HERE / "survivors.toml").read_text())
    return {
        file: {(row["in"], row["before"], row["after"], row.get("nth", 0)): row["reason"] for row in table}
        for file, table in rows.items()
    }


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads other text than the file holds."""

    text = ""

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.text, self.path, "exec")


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the mutated module instead of the one on disk."""

    def __init__(self, target: Target, text: str) -> None:
        self.target, self.text = target, text

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.target.module:
            return None
        file = str(ROOT / self.target.file)
        loader = _Loader(fullname, file)
        loader.text = self.text
        return importlib.util.spec_from_file_location(fullname, file, loader=loader)


class _Leaver:
    """Leaves as soon as the tests have ended, for nobody reads what pytest would tell and tidy up then."""

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        os._exit(int(exitstatus))


def begin(target: Target, text: str) -> int:
    """Fork a process that runs the target's tests on `text`; its id."""
    pid = os.fork()
    if pid:
        return pid
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    code = FAILED
    with contextlib.suppress(BaseException):
        sys.meta_path.insert(0, _Finder(target, text))
        arguments = ["-x", "-q", "-p", "no:cacheprovider", "-c", "pyproject.toml", *target.tests]
        code = int(pytest.main(arguments, plugins=[_Leaver()]))
    os._exit(code)


def import_others(target: Target) -> None:
    """Import what does not stand on the target, which no mutant of it can change."""
    for name in OF_TESTS:
        importlib.import_module(name)
    stands_on = {_dotted(file): _imported(file) for file in sorted((SOURCES / "baclo").rglob("*.py"))}
    above = {target.module}
    while more := {name for name, below in stands_on.items() if below & above} - above:
        above |= more
    for name in sorted(stands_on.keys() - above):
        if not name.endswith("__main__"):
            importlib.import_module(name)
    if "baclo.knowledge.library" not in above:
        importlib.import_module("baclo.knowledge.library").load()


def _dotted(file: Path) -> str:
    return ".".join(file.relative_to(SOURCES).with_suffix("").parts).removesuffix(".__init__")


def _imported(file: Path) -> set[str]:
    """The modules that a source file imports, anywhere in it, and the packages that they and itself are in."""
    named = {_dotted(file).rpartition(".")[0]}
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {".".join(name.split(".")[:length]) for name in named for length in range(1, name.count(".") + 2)}


def ends(target: Target, tried: Sequence[Mutant], allowed_s: float, at_once: int) -> Iterator[tuple[Mutant, End]]:
    """How each mutant ended, as they end."""
    waiting, running = list(reversed(tried)), dict[int, tuple[Mutant, float]]()
    while waiting or running:
        while waiting and len(running) < at_once:
            mutant = waiting.pop()
            running[begin(target, mutant.text)] = mutant, time.monotonic()
        for pid, (mutant, began) in list(running.items()):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                del running[pid]
                yield mutant, End.SURVIVED if status == PASSED else End.KILLED
            elif time.monotonic() - began > allowed_s:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                del running[pid]
                yield mutant, End.TOO_SLOW
        time.sleep(0.005)


def passes_unchanged(target: Target) -> float:
    """How long the tests take on the file as it is, s; ends the program where they do not pass."""
    began = time.monotonic()
    _, status = os.waitpid(begin(target, (ROOT / target.file).read_text()), 0)
    if status != PASSED:
        sys.exit(f"{target.file}: its tests do not pass as it is; run {' '.join(target.tests)}")
    return time.monotonic() - began


def judge(target: Target, reasons: dict[tuple[str, str, str, int], str], function: str | None, at_once: int) -> int:
    """Try the mutants of one file, print each survivor without a reason, and say how many those are."""
    import_others(target)
    gc.freeze()
    unchanged_s = passes_unchanged(target)
    tried = [one for one in mutants((ROOT / target.file).read_text()) if function in (None, one.function)]
    counts = dict.fromkeys(End, 0)
    unexplained = needless = 0
    began = time.monotonic()
    for mutant, end in ends(target, tried, max(SLOW_S, TIMES_AS_SLOW * unchanged_s), at_once):
        counts[end] += 1
        if end is End.SURVIVED and mutant.name not in reasons:
            unexplained += 1
            print(_row(target, mutant), flush=True)
        elif end is not End.SURVIVED and mutant.name in reasons:
            needless += 1
            print(f"# killed after all, take it out of the list: {mutant.name}", flush=True)
    print(
        f"{target.file}: {len(tried)} mutants, {counts[End.KILLED]} killed, {counts[End.TOO_SLOW]} too slow, "
        f"{counts[End.SURVIVED] - unexplained} explained, {unexplained} not explained, "
        f"{time.monotonic() - began:.0f} s",
        flush=True,
    )
    return unexplained + needless


def _row(target: Target, mutant: Mutant) -> str:
    """A survivor as the table that would explain it."""
    quoted = {key: _quoted(value) for key, value in (("before", mutant.before), ("after", mutant.after))}
    nth = f"nth = {mutant.nth}\n" if mutant.nth else ""
    return (
        f'# line {mutant.line}\n[["{target.file}"]]\nin = "{mutant.function}"\nbefore = {quoted["before"]}\n'
        f'after = {quoted["after"]}\n{nth}reason = ""\n'
    )


def _quoted(words: str) -> str:
    return f"'{words}'" if "'" not in words else '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main() -> int:
    """Read the command, try each file in a process of its own, and end with 1 where something is not explained."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="*", help="source files, as in targets.toml")
    parser.add_argument("--all", action="store_true", help="every file of targets.toml")
    parser.add_argument("--function", help="only the mutants of this function, with its class before it")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1, help="processes at a time")
    asked = parser.parse_args()
    os.chdir(ROOT)
    known, reasons = targets(), explained()
    wrong = 0
    with tempfile.TemporaryDirectory() as compiled:
        sys.dont_write_bytecode, sys.pycache_prefix = False, compiled
        for file in known if asked.all else asked.files:
            if (pid := os.fork()) == 0:
                found = judge(known[file], reasons.get(file, {}), asked.function, asked.at_once)
                sys.stdout.flush()
                os._exit(min(found, 1))
            wrong += os.waitpid(pid, 0)[1] != PASSED
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
