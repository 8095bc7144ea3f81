"""Every packaged example gives what it gave when a person last looked at it and wrote down why it changed."""

import importlib.util
import json
import math
from pathlib import Path

import pytest

from baclo.report.examples import example_rows

HERE = Path(__file__).parent
NAMES = [row["name"] for row in example_rows()]


@pytest.fixture(scope="module")
def golden():
    spec = importlib.util.spec_from_file_location("golden_form", HERE / "golden_form.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.golden


def differences(was, now, path=""):
    """Where two golden forms differ; numbers may differ in their seventh digit, from one processor to another."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key in {**was, **now}:
            yield from differences(was.get(key), now.get(key), f"{path}.{key}")
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for index, (left, right) in enumerate(zip(was, now, strict=True)):
            yield from differences(left, right, f"{path}[{index}]")
    elif isinstance(was, float) and isinstance(now, float | int):
        if not math.isclose(was, now, rel_tol=1e-6, abs_tol=1e-6):
            yield f"{path}: was {was}, is {now}"
    elif was != now:
        yield f"{path}: was {was!r}, is {now!r}"


@pytest.mark.parametrize("name", NAMES)
def test_an_example_gives_what_it_gave(golden, name):
    was = json.loads((HERE / "golden" / f"{name}.json").read_text(encoding="utf-8"))
    assert list(differences(was, json.loads(json.dumps(golden(name))))) == []


def test_every_golden_file_is_of_an_example_and_has_a_written_reason():
    files = {path.stem for path in (HERE / "golden").glob("*.json")}
    assert files == set(NAMES)
    assert (HERE / "golden" / "REASONS.md").read_text(encoding="utf-8").count("\n- ") >= 1


def test_a_difference_is_seen():
    assert list(differences({"a": [1.0, 2.0]}, {"a": [1.0, 2.001]})) == [".a[1]: was 2.0, is 2.001"]
    assert list(differences({"a": 1}, {})) == [".a: was 1, is None"]
    assert list(differences({"a": [1]}, {"a": [1, 2]})) == [".a: was [1], is [1, 2]"]
