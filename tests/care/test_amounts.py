"""A dose is said in milligrams, a liquid's with its volume and its concentration."""

from zoneinfo import ZoneInfo

import pytest

from baclo.care.amounts import dose_in_words
from baclo.report.shown import sentence


@pytest.mark.parametrize(
    ("product", "mg", "said"),
    [
        ("us.suspension_5mg_ml", 10, "10 mg = 2 mL of 5 mg/mL"),
        ("us.solution_2mg_ml", 10, "10 mg = 5 mL of 2 mg/mL"),
        ("uk.solution_1mg_ml", 10, "10 mg = 10 mL of 1 mg/mL"),
        ("uk.solution_1mg_ml", 7.5, "7.5 mg = 7.5 mL of 1 mg/mL"),
        ("us.tablet_10mg", 15, "15 mg = 1.5 tablets of 10 mg"),
        ("us.tablet_10mg", 10, "10 mg = 1 tablet of 10 mg"),
        ("us.tablet_10mg", 5, "5 mg = 0.5 tablet of 10 mg"),
        ("us.granules_5mg", 10, "10 mg = 2 packets of 5 mg"),
        ("us.granules_5mg", 5, "5 mg = 1 packet of 5 mg"),
        (None, 10, "10 mg (product not said)"),
    ],
)
def test_milligrams_stand_with_millilitres_and_concentration(knowledge, product, mg, said):
    assert sentence(dose_in_words(knowledge, product, mg * 1000.0), ZoneInfo("UTC")) == said


def test_no_volume_stands_without_its_concentration(knowledge):
    for table in knowledge.folder("products").values():
        for product, row in table.items():
            words = sentence(dose_in_words(knowledge, product, 10_000.0), ZoneInfo("UTC"))
            assert words.startswith("10 mg = ")
            assert ("mL of" in words) == (row["form"] == "liquid")
