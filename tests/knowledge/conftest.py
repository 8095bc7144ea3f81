"""Small raw data for tests of the knowledge room; nothing here is clinical."""

from datetime import date
from types import SimpleNamespace

import pytest

from baclo.knowledge.facts import Fact, How, Seen
from baclo.knowledge.library import build

SOURCE = '["toy_2020"]\ncitation = "Toy A. A toy paper. 2020."\nkind = "publication"\nyear = 2020\n'
STATED = """
meaning = "A toy number"
value = 5
unit = "mg"
how = "stated"
seen = "primary"
sources = ["toy_2020"]
place = "Table 1"
reviewed = 2026-11-22
review_by = 2027-11-22
"""


def fact(key, **changed):
    known = {
        "meaning": "A toy number",
        "value": 5.0,
        "unit": "mg",
        "sources": ("toy_2020",),
        "place": "Table 1",
        "how": How.STATED,
        "seen": Seen.PRIMARY,
        "regions": (),
        "low": None,
        "high": None,
        "reviewed": date(2026, 11, 22),
        "review_by": date(2027, 11, 22),
        "disagrees": (),
        "reason": None,
        "formula": None,
        "note": None,
    }
    return Fact(key=key, **{**known, **changed})


def row(key, *changes, base=STATED):
    """One fact's table, lines of the base replaced by those that begin with the same name; `-name` takes one away."""
    lines = base.strip().splitlines()
    for change in changes:
        name = change.removeprefix("-").partition(" ")[0]
        lines = [line for line in lines if line.partition(" ")[0] != name]
        if not change.startswith("-"):
            lines.append(change)
    return "\n".join([f'["{key}"]', *lines, ""])


def derived(key, formula, value, *changes):
    return row(
        key, 'how = "derived"', "-seen", "-sources", "-place", f"value = {value}", f"formula = {formula}", *changes
    )


def built(*rows, uses=(), sources=SOURCE, **files):
    """Knowledge of these facts, each used, with further files by `folder__stem`."""
    named = ", ".join(['"source:toy_2020"', *(f'"fact:{key}"' for key in uses)])
    texts = {
        ("facts", "toy"): "\n".join(rows),
        ("sources", "toy"): sources,
        ("uses", "toy"): f'[modules]\n"toy" = [{named}]\n',
    }
    texts.update({tuple(name.split("__")): text for name, text in files.items()})
    return build({name: text.encode() for name, text in texts.items()})


@pytest.fixture
def toy():
    """The makers above, as attributes: `fact`, `row`, `derived`, `built`, and the raw `source`."""
    return SimpleNamespace(fact=fact, row=row, derived=derived, built=built, source=SOURCE)
