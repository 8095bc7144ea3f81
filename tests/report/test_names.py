"""What identifiers are called."""

import pytest

from baclo.report import shown
from baclo.report.names import basis_words, entries, product_form, product_name


def test_every_product_has_a_name_and_is_counted_in_tablets_packets_or_millilitres(knowledge):
    for product in entries(knowledge, "product"):
        assert shown.sentence(product_name(knowledge, product), None).strip()
        assert product_form(knowledge, product) in ("tablet", "packet", "mL")


def test_a_liquid_is_counted_in_millilitres(knowledge):
    assert product_form(knowledge, "us.solution_1mg_ml") == "mL"
    assert product_form(knowledge, "us.tablet_10mg") == "tablet"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("fact:cap.us", "Largest daily dose, adults"),
        ("model:adult_default", "Adult default"),
        ("case:patient.weight", "entered: patient.weight"),
        ("rule:kidney.avoid", "rule kidney.avoid"),
        ("computed:review_dates", "review dates"),
    ],
)
def test_a_basis_is_told_in_words(knowledge, name, words):
    assert basis_words(knowledge, name) == words
