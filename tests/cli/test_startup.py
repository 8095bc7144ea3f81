"""What is loaded when: the first word must come at once."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from baclo.__main__ import main as entry
from baclo.cli import INTERRUPTED
from baclo.cli import main as cli_main

ROOT = Path(__file__).parents[2]
HEAVY = {"numpy", "scipy", "pydantic", "rich", "jinja2", "pandas", "numba", "icalendar", "dateutil"}


def loaded(code):
    script = f"{code}\nimport sys; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import baclo",
        "from baclo.cli import main; main(['--help'])",
        "from baclo.cli import main; main(['run', '--help'])",
        "from baclo.cli import main; main(['examples'])",
        "from baclo.cli import main; main(['claims', '--json'])",
    ],
)
def test_nothing_heavy_is_loaded(code):
    assert loaded(code) & HEAVY == set()


def test_a_case_in_the_terminal_needs_no_templates_no_frames_and_no_calendars():
    heavy = {"jinja2", "pandas", "numba", "icalendar", "dateutil"}
    assert loaded("from baclo.cli import main; main(['run', 'example:ms-start'])") & heavy == set()


@pytest.mark.parametrize("form", ["json", "csv", "html", "calendar", "letter"])
def test_the_library_of_calendars_is_loaded_only_for_a_calendar_file(tmp_path, form):
    def asked(option):
        return loaded(
            f"from baclo.cli import main; main(['run', 'example:ms-start', '{option}', '{tmp_path / 'out'}'])"
        )

    assert "icalendar" not in asked(f"--{form}")
    assert "icalendar" in asked("--ics")


def test_an_interrupt_while_the_command_is_imported_ends_it_without_a_traceback():
    script = """
import sys
class Interrupt:
    def find_spec(self, name, *_):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupt())
from baclo.__main__ import main
sys.exit(main())
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (INTERRUPTED, "", "")


def test_the_console_command_is_the_guarded_one():
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert scripts == {"baclo": "baclo.__main__:main"}
    assert entry is not cli_main


def test_linear_algebra_has_one_thread_unless_the_environment_says_otherwise(monkeypatch):
    script = "import os; from baclo.cli import main; main(['examples']); print(os.environ['OPENBLAS_NUM_THREADS'])"
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert subprocess.check_output([sys.executable, "-c", script], text=True).split()[-1] == "1"
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    assert subprocess.check_output([sys.executable, "-c", script], text=True).split()[-1] == "2"
