"""What no room below the shells may reach: clock, disk, network, environment, chance; and who makes a plan."""

import ast
import subprocess
import sys
import tomllib

import pytest

LAYERS = ["cli", "evidence", "report", "run", "care", "body", "case", "knowledge", "units", "errors"]
FORBIDDEN_IMPORTS = {
    *("time", "random", "secrets", "uuid", "os", "io", "pathlib", "tempfile", "shutil", "glob", "subprocess"),
    *("socket", "ssl", "urllib", "http", "ftplib", "smtplib", "requests", "httpx", "sqlite3", "pickle", "shelve"),
    *("locale", "logging", "threading", "multiprocessing", "ctypes", "importlib", "platform", "getpass"),
}
FORBIDDEN_CALLS = {"open", "print", "input", "eval", "exec", "compile", "__import__", "breakpoint", "globals"}
FORBIDDEN_METHODS = {
    *("now", "utcnow", "today", "fromtimestamp", "utcfromtimestamp", "time_ns", "localtime"),
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir", "loadtxt", "tofile", "memmap"),
}
MAY_REACH = {
    "baclo.knowledge.library": {"importlib", "read_bytes"},  # reads the packaged data
    "baclo.body.compiled": {"importlib"},  # loads numba where it is installed
}
HEAVY = ("numpy", "scipy", "pydantic", "rich", "jinja2", "numba", "pandas", "matplotlib")


def names(node):
    """A dotted name as a row of words: `np.random.default_rng` is (np, random, default_rng)."""
    if isinstance(node, ast.Attribute):
        return (*names(node.value), node.attr)
    return (node.id,) if isinstance(node, ast.Name) else ("",)


def imported(node):
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module:
        return {node.module.partition(".")[0]}
    return set()


def reaches(node):
    """What a node reaches that is outside the program."""
    if isinstance(node, ast.Call):
        *owner, last = names(node.func)
        if not owner:
            return {last} & FORBIDDEN_CALLS
        return {last} & FORBIDDEN_METHODS
    if isinstance(node, ast.Attribute) and names(node)[:1] == ("sys",):
        return {".".join(names(node)[:2])} - {"sys.float_info"}
    return imported(node) & FORBIDDEN_IMPORTS


def test_no_room_below_the_shells_reaches_clock_disk_network_or_environment(below):
    found = [
        f"{module.name}:{node.lineno} {what}"
        for module in below
        for node in ast.walk(module.tree)
        for what in reaches(node) - MAY_REACH.get(module.name, set())
    ]
    assert found == []


def test_every_exemption_is_used(below):
    reached = {module.name: {what for node in ast.walk(module.tree) for what in reaches(node)} for module in below}
    assert {name: allowed - reached.get(name, set()) for name, allowed in MAY_REACH.items()} == {
        name: set() for name in MAY_REACH
    }


def test_chance_below_the_shells_always_has_a_seed(below):
    found = []
    for module in below:
        seeded = {
            id(node.func)
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Call) and names(node.func)[-2:] == ("random", "default_rng") and node.args
        }
        inside = {id(inner) for node in ast.walk(module.tree) if id(node) in seeded for inner in ast.walk(node)}
        found += [
            f"{module.name}:{node.lineno}"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Attribute)
            and node.attr in ("random", "default_rng", "qmc")
            and id(node) not in inside
        ]
        found += [
            f"{module.name}:{node.lineno}"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.ImportFrom) and "random" in (node.module or "")
        ]
    assert found == []


def test_only_the_gate_makes_or_changes_a_plan(modules):
    found = []
    for module in modules:
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call) or module.name == "baclo.care.plan":
                continue
            called = names(node.func)[-1]
            about = names(node.args[0])[-1] if node.args else ""
            if called == "Plan" or (called in ("replace", "__replace__") and "plan" in about.lower()):
                found.append(f"{module.name}:{node.lineno}")
    assert found == []


def test_the_import_contract_names_every_room_in_the_order_of_the_architecture(root, modules):
    settings = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]
    layered = next(contract for contract in settings["contracts"] if contract["type"] == "layers")
    assert layered["layers"] == [f"baclo.{room}" for room in LAYERS]
    assert "ignore_imports" not in layered
    rooms = {module.name.split(".")[1] for module in modules if "." in module.name}
    assert rooms - {"__main__"} <= set(LAYERS)


def test_no_line_of_the_program_is_left_out_of_the_coverage(root, modules):
    settings = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["coverage"]
    left_out = {"omit", "exclude_lines", "exclude_also", "partial_branches", "partial_also"}
    assert not left_out & {*settings["run"], *settings["report"]}
    assert settings["run"]["branch"] is True
    assert not (root / ".coveragerc").exists()
    word = "pragma: no " + "cover"
    assert [module.name for module in modules if word in module.path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize(
    ("statement", "heavy"),
    [
        ("import baclo", HEAVY),
        ("import baclo.cli; baclo.cli.cli(['--help'], standalone_mode=False)", HEAVY),
    ],
)
def test_what_starts_often_loads_nothing_heavy(statement, heavy):
    show = "; import sys; print(*sys.modules, sep='\\n', file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", statement + show], capture_output=True, text=True, check=True)
    assert sorted(set(heavy) & set(run.stderr.splitlines())) == []
