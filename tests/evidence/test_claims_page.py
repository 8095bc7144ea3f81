"""The page on the claims says what is there: every field, verdict, coverage and kind of link."""

import dataclasses
import re
from pathlib import Path

import pytest

from baclo.evidence.claims import Claim, Coverage, Verdict
from baclo.evidence.links import targets

PAGE = Path(__file__).parents[2] / "docs/claims.md"


@pytest.fixture(scope="module")
def page():
    return PAGE.read_text(encoding="utf-8")


def first_cells(page, heading):
    """The words of the first column of the table below a heading."""
    table = page.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    cells = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("|")]
    return cells[2:]


def test_every_field_and_no_other_is_in_the_page(page):
    named = {name for cell in first_cells(page, "What a claim says of itself") for name in re.findall(r"`(\w+)`", cell)}
    assert named == {field.name for field in dataclasses.fields(Claim)} - {"id", "later"}


def test_every_verdict_and_every_coverage_is_in_the_page(page):
    assert all(f"`{verdict}`" in page for verdict in Verdict)
    assert first_cells(page, "How far it is covered") == [coverage.value for coverage in Coverage]


def test_every_kind_of_link_and_no_other_is_in_the_page(page, knowledge):
    named = {name for cell in first_cells(page, "Links") for name in re.findall(r"`(\w+):`", cell)}
    assert named == {link.partition(":")[0] for link in targets(knowledge)} | {"command"}
