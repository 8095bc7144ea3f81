"""Every product has a text on keeping it, and what holds for all stands with each."""

from zoneinfo import ZoneInfo

from baclo.care.handling import handling
from baclo.report.shown import sentence


def test_every_product_is_kept_and_opened_as_some_text_says(knowledge):
    for table in knowledge.folder("products").values():
        for product in table:
            own, _ = handling(knowledge, [product])
            assert own.products == (product,)
            assert own.basis
            assert "Keep it" in dict(own.lines)


def test_two_products_of_one_text_are_told_once(knowledge):
    own, everyone = handling(knowledge, ["us.tablet_10mg", "us.tablet_20mg", "us.tablet_10mg"])
    assert own.products == ("us.tablet_10mg", "us.tablet_20mg")
    assert everyone.products == ()
    assert {"Throwing away", "Children", "Animals", "Liquids", "Creams", "Splitting and crushing"} <= dict(
        everyone.lines
    ).keys()


def test_a_bottle_says_when_it_is_thrown_away_once_opened(knowledge):
    own, _ = handling(knowledge, ["us.suspension_5mg_ml"])
    assert "2 months" in sentence(dict(own.lines)["Once opened"], ZoneInfo("UTC"))


def test_what_no_text_says_is_named(knowledge):
    own, _ = handling(knowledge, ["uk.tablet_10mg"])
    assert "expiry after opening" in own.not_found


def test_without_a_product_there_is_nothing_to_keep(knowledge):
    assert handling(knowledge, []) == ()
