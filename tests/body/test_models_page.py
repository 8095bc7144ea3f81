"""The page on models says what the models say of themselves."""

import re
from pathlib import Path

import pytest

from baclo.body.model import model_ids, read_model


@pytest.fixture
def page():
    return (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")


def test_every_model_has_a_row(knowledge, page):
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == [
        "adult_default",
        "he2014_children",
        "simon2018_aud",
        "marsot2014_aud",
        "chevillard2018_aud",
        "kochak1985",
    ]
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == set(model_ids(knowledge))


def test_what_each_model_lacks_is_what_its_file_says(knowledge, page):
    listed = page.partition("<!-- lacked -->\n")[2].partition("<!-- /lacked -->")[0].splitlines()
    assert listed == [
        f"- `{name}`: {lack}" for name in model_ids(knowledge) for lack in read_model(knowledge, name).lacked
    ]
