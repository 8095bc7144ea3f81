"""The documents say what is there: commands, names, facts, links, tests, dependencies."""

import ast
import re
import subprocess
import sys
import tomllib

import pytest

TEST_NAME = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")


@pytest.fixture(scope="module")
def documents(root, tracked):
    return {path: path.read_text(encoding="utf-8") for path in tracked if path.suffix == ".md"}


def written_in(root, name):
    tree = ast.parse((root / name).read_text(encoding="utf-8")) if (root / name).exists() else ast.Module([], [])
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("page", ["hazard-log.md", "requirements-to-tests.md"])
def test_every_test_that_the_safety_case_names_exists(root, page):
    named = TEST_NAME.findall((root / "docs/safety" / page).read_text(encoding="utf-8"))
    assert named
    assert [f"{file}::{name}" for file, name in named if name not in written_in(root, file)] == []


def rows(text):
    """The cells of each row of the tables of a page, head and rule left out."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if not set(row[0]) <= {"-"} and row[0] not in ("id", "requirement")]


def test_every_hazard_has_a_cause_a_control_and_a_test(root):
    hazards = rows((root / "docs/safety/hazard-log.md").read_text(encoding="utf-8"))
    assert len(hazards) >= 20
    assert len({row[0] for row in hazards}) == len(hazards)
    assert [row for row in hazards if len(row) != 5 or not all(row) or not TEST_NAME.search(row[4])] == []


def test_every_requirement_has_a_test(root):
    requirements = rows((root / "docs/safety/requirements-to-tests.md").read_text(encoding="utf-8"))
    assert requirements
    assert [row for row in requirements if len(row) != 2 or not TEST_NAME.search(row[1])] == []


def test_the_reference_is_what_the_program_says(root):
    command = [sys.executable, str(root / "docs/generate.py"), "--check"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_every_command_is_in_the_readme_and_the_readme_names_no_other(root):
    from baclo.cli import cli

    written = set(re.findall(r"^\| `baclo (\w+)", (root / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert written == set(cli.commands)


def test_every_public_name_of_the_package_is_in_its_list():
    import baclo

    assert [name for name in baclo.__all__ if not hasattr(baclo, name)] == []
    assert {"load", "run", "simulate", "check", "titrate", "taper", "explain"} <= set(baclo.__all__)


def test_every_link_between_documents_leads_somewhere(root, documents):
    broken = [
        f"{path.relative_to(root)}: {link}"
        for path, text in documents.items()
        for link in LINK.findall(text)
        if not (path.parent / link).exists()
    ]
    assert broken == []


def test_every_page_can_be_reached_from_the_index(root):
    index = root / "docs/index.md"
    linked = {(index.parent / link).resolve() for link in LINK.findall(index.read_text(encoding="utf-8"))}
    pages = {path.resolve() for path in (root / "docs").rglob("*.md")}
    listed = {page for page in pages if page.parent.name != "reference"} | {index.parent / "reference/index.md"}
    assert sorted(page.name for page in listed - linked - {index.resolve()}) == []


def test_every_dependency_has_a_sentence_and_no_sentence_is_about_another(root):
    project = tomllib.loads((root / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"]
    asked = [
        *project["project"]["dependencies"],
        *project["build-system"]["requires"],
        *(name for names in extras.values() for name in names),
    ]
    named = {re.split(r"[\s;<>=\[]", name)[0] for name in asked} - {"baclo"}
    described = set(re.findall(r"^\| ([\w.-]+) \|", (root / "docs/dependencies.md").read_text(), re.MULTILINE))
    assert described - {"library"} == named


def test_the_pins_are_plain_and_cover_every_dependency(root):
    pins = (root / "constraints.txt").read_text().split()
    assert [pin for pin in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][\w.]*", pin)] == []
    pinned = {re.sub(r"[-_.]+", "-", pin.partition("==")[0]).lower() for pin in pins}
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *(n for names in project["optional-dependencies"].values() for n in names)]
    named = {re.split(r"[;<>=\[]", name)[0].strip().lower() for name in asked if "win32" not in name} - {"baclo"}
    assert named - pinned == set()


def test_the_test_command_of_the_readme_is_the_one_that_ci_runs(root):
    commands = re.findall(r"```sh\n(.*?)\n```", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(commands) == 2
    assert all("\n" not in command for command in commands)
    assert commands[1] in (root / ".ci/run").read_text().splitlines()


def test_no_file_speaks_of_what_does_not_belong_in_it(root, tracked):
    words = [
        "../" + "shared",
        "TO" + "DO",
        "FIX" + "ME",
        "py" + "pi.org",
        "files.python" + "hosted",
        "npm" + "js",
        "index-" + "url",
    ]
    found = [
        f"{path.relative_to(root)}: {word}"
        for path in tracked
        if path.suffix not in (".png", ".pdf")
        for word in words
        if word in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert found == []


def test_the_change_log_has_a_section_for_numbers_that_changed(root):
    assert "### Numbers that changed" in (root / "CHANGELOG.md").read_text(encoding="utf-8")
