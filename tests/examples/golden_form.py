"""What of an outcome is kept as golden, and how it is renewed: python tests/examples/golden_form.py "the reason".

All of the outcome is kept, its curves every few hours; the hashes of the data and the versions are not, and of the
references only their keys.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from baclo.knowledge.library import load
from baclo.report.encode import outcome_to_json
from baclo.report.read import read_case
from baclo.run import run

HERE = Path(__file__).parent / "golden"
EVERY_H = 6.0
LEFT_OUT = ("versions", "references", "imbalance_fraction")


def golden(name):
    """The golden form of one packaged example, computed now."""
    knowledge = load()
    whole = outcome_to_json(knowledge, run(read_case(f"example:{name}"), knowledge))
    sources = sorted(row["key"] for row in whole["references"]["sources"])
    return {**_thin(whole), "sources": sources}


def _thin(value):
    if isinstance(value, list):
        return [_thin(item) for item in value]
    if not isinstance(value, dict):
        return value
    times = value.get("time_h")
    kept = {key: inner for key, inner in value.items() if key not in LEFT_OUT}
    if not times:
        return {key: _thin(inner) for key, inner in kept.items()}
    every = max(1, round(EVERY_H / (times[1] - times[0])))
    return {key: _sampled(inner, len(times), every) for key, inner in kept.items()}


def _sampled(value, length, every):
    if isinstance(value, dict):
        return {key: _sampled(inner, length, every) for key, inner in value.items()}
    if isinstance(value, list) and len(value) == length:
        return value[::every]
    return _thin(value)


def main(reason):
    from baclo.report.examples import example_rows

    for name in [row["name"] for row in example_rows()]:
        path = HERE / f"{name}.json"
        path.write_text(json.dumps(golden(name), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    with (HERE / "REASONS.md").open("a", encoding="utf-8") as log:
        log.write(f"- {datetime.now(UTC).date()}: {reason}\n")


if __name__ == "__main__":
    main(sys.argv[1])
