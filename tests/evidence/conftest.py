"""The packaged knowledge, and the same with other claims in the place of its own."""

from dataclasses import replace

import pytest

from baclo.evidence.claims import read_claims
from baclo.knowledge.library import load

CLAIM = """
["{id}"]
claim = "It is a toy."
topic = "{topic}"
verdict = "{verdict}"
truth = "At most {{fact:cap.us}} in the US."
sources = ["source:us_tablet_label"]
seen = "primary"
answered_by = {answered_by}
status = "{status}"
clashes_with = {clashes_with}
"""
PLAIN = {"topic": "toys", "verdict": "supported", "status": "computed", "answered_by": '["rule:cap.us"]'}


def said(name, **changed):
    """The table of one claim, computed by a rule and clashing with nothing unless said otherwise."""
    return CLAIM.format(**{**PLAIN, "id": name, "clashes_with": "[]"} | changed)


@pytest.fixture(scope="session")
def knowledge():
    return load()


@pytest.fixture(scope="session")
def claims(knowledge):
    """Every packaged claim, in the order of the ids."""
    return read_claims(knowledge)


@pytest.fixture
def toy(knowledge):
    """Read claims written as TOML, one text a file, against everything else that is known."""

    def read(*texts):
        files = {f"toy_{place}": text.encode() for place, text in enumerate(texts)}
        return read_claims(replace(knowledge, unread={"claims": files}))

    read.said = said
    return read
