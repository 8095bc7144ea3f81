"""What is loaded when: the first word must come at once."""

import subprocess
import sys

import pytest

HEAVY = {"numpy", "scipy", "pydantic", "rich", "jinja2", "pandas", "numba"}


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


def test_a_case_in_the_terminal_needs_no_templates_and_no_frames():
    assert (
        loaded("from baclo.cli import main; main(['run', 'example:ms-start'])") & {"jinja2", "pandas", "numba"} == set()
    )


def test_linear_algebra_has_one_thread_unless_the_environment_says_otherwise(monkeypatch):
    script = "import os; from baclo.cli import main; main(['examples']); print(os.environ['OPENBLAS_NUM_THREADS'])"
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert subprocess.check_output([sys.executable, "-c", script], text=True).split()[-1] == "1"
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    assert subprocess.check_output([sys.executable, "-c", script], text=True).split()[-1] == "2"
