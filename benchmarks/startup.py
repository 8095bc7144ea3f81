"""Measures what a person waits for: import, help, and a whole report from a cold process, beside a bare interpreter."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPEATS = 7
MAIN = "import sys; from baclo.cli import main; sys.exit(main())"


def seconds(command: list[str]) -> tuple[float, float]:
    """The median wall time and the median processor time of a process, s, after one run that fills the caches."""
    walls, processors = [], []
    for _ in range(REPEATS + 1):
        began, before = time.perf_counter(), os.times()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        walls.append(time.perf_counter() - began)
        used = after.children_user + after.children_system - before.children_user - before.children_system
        processors.append(used)
    return statistics.median(walls[1:]), statistics.median(processors[1:])


def main() -> None:
    """Print the medians, what each adds to a bare interpreter, and what is wanted."""
    with tempfile.TemporaryDirectory() as folder:
        page = str(Path(folder) / "report.html")
        python = [sys.executable, "-c"]
        rows = [
            ("python -c pass", [*python, "pass"], None),
            ("import baclo", [*python, "import baclo"], 0.2),
            ("baclo --help", [*python, MAIN, "--help"], 0.15),
            ("baclo run example:ms-start --html", [*python, MAIN, "run", "example:ms-start", "--html", page], 1.5),
        ]
        bare = None
        print(f"{'what':<36}{'wall s':>9}{'processor s':>13}{'times bare':>12}{'wanted s':>10}")
        for name, command, wanted in rows:
            wall, processor = seconds(command)
            bare = bare or wall
            limit = "" if wanted is None else f"{wanted:.2f}"
            print(f"{name:<36}{wall:>9.3f}{processor:>13.3f}{wall / bare:>12.1f}{limit:>10}")


if __name__ == "__main__":
    main()
