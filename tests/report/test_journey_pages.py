"""Doses of a journey on every page: by the clock where they are taken, with the name of its zone."""

import re

import pytest

import baclo

# Home is Zurich; the first moved dose is at 16:00 there, ten in the morning in New York, six hours behind.
DOSE = "Sat 5 Dec 2026 10:00 (America/New_York)"


@pytest.fixture(scope="module")
def answer():
    return baclo.run(baclo.load("example:journey-new-york"))


@pytest.mark.parametrize("form", ["text", "html", "letter", "ics"])
def test_a_dose_elsewhere_is_told_by_the_clock_there(answer, form):
    said = re.sub(r"\r?\n ", "", getattr(answer, form)()) if form == "ics" else getattr(answer, form)()
    said = " ".join(re.sub(r"<[^>]+>", "", said).split())
    assert DOSE in said
