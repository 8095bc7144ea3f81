"""A medicine is what its name says exactly; a name that is only near is asked about."""

import pytest

from baclo.care.medicines import read_medicines, recognise
from baclo.case.patient import Medicine


@pytest.mark.parametrize(
    ("name", "ingredients"),
    [
        ("oxycodone", ("oxycodone",)),
        ("OXYCODONE", ("oxycodone",)),
        ("OxyContin 20 mg", ("oxycodone",)),
        ("morphine sulfate 10mg MR", ("morphine",)),
        ("Morphine Sulphate", ("morphine",)),
        ("gabapentin 300mg tds", ("gabapentin",)),
        ("amitriptyline HCl 25 mg at night", ("amitriptyline",)),
        ("co-codamol 30/500", ("codeine", "paracetamol")),
        ("Tylenol with codeine", ("codeine", "paracetamol")),
        ("paracetamol and codeine", ("paracetamol", "codeine")),
        ("levodopa/carbidopa 25/100", ("levodopa", "carbidopa")),
        ("vitamin D 1000 IU", ("colecalciferol",)),
        ("low dose aspirin", ("aspirin",)),
        ("Dafalgan Codéine", ("codeine", "paracetamol")),
    ],
)
def test_a_name_is_read_by_ingredient_salt_and_brand(knowledge, name, ingredients):
    found = recognise(knowledge, name)
    assert found.ingredients == ingredients
    assert (found.unread, found.near, found.named) == ((), (), name)


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [("oxycodon", '"oxycodone"'), ("morfine", '"morphine"'), ("gabapentine", '"gabapentin"'), ("Vallium", '"valium"')],
)
def test_a_near_spelling_is_asked_about_and_never_guessed(knowledge, name, suggestion):
    found = recognise(knowledge, name)
    assert (found.ingredients, found.classes, found.unread) == ((), (), (name.casefold(),))
    assert suggestion in found.near


def test_a_name_like_nothing_has_nothing_to_ask_about(knowledge):
    found = recognise(knowledge, "qqqqqqqqqq")
    assert (found.unread, found.near) == (("qqqqqqqqqq",), ())


def test_a_class_is_read_without_an_ingredient(knowledge):
    found = recognise(knowledge, "opioids")
    assert found.ingredients == ()
    assert found.classes == ("opioid", "sedating")
    assert found.bearers["opioid"] == ()


def test_of_a_pair_half_read_the_known_half_counts_and_the_other_is_asked_about(knowledge):
    found = recognise(knowledge, "codeine + zzparacetamoll")
    assert found.ingredients == ("codeine",)
    assert found.unread == ("zzparacetamoll",)


def test_a_brand_of_two_ingredients_says_which_of_them_sedates(knowledge):
    assert recognise(knowledge, "co-codamol").bearers["sedating"] == ("codeine",)


def test_a_cream_is_seen_as_one(knowledge):
    assert recognise(knowledge, "baclofen cream").on_skin
    assert not recognise(knowledge, "baclofen").on_skin


def test_a_strength_alone_is_no_medicine(knowledge):
    assert recognise(knowledge, "20 mg").unread == ("20 mg",)


def test_the_names_that_cannot_be_read_are_needed_by_their_place(knowledge):
    told = tuple(Medicine(name=name, dose=None, since=None) for name in ("oxycodone", "zzz", "yyy"))
    read = read_medicines(knowledge, told)
    assert read.asked
    assert read.needs == ("patient.medicines[1].name", "patient.medicines[2].name")
    assert [each.named for each in read.unread] == ["zzz", "yyy"]


def test_nobody_asked_is_not_none(knowledge):
    assert not read_medicines(knowledge, None).asked
    assert read_medicines(knowledge, ()).asked


def test_every_name_of_the_table_is_read_as_itself(knowledge):
    for ingredient, row in knowledge.folder("medicines")["medicines"].items():
        for name in (ingredient, *row.get("synonyms", ()), *row.get("brands", ())):
            assert ingredient in recognise(knowledge, name).ingredients, name


def test_every_class_of_a_medicine_is_one_of_the_table_and_its_sums_stand_with_it(knowledge):
    classes = knowledge.folder("medicines")["classes"]["class"]
    sums = {burden for row in classes.values() for burden in row["sums"]}
    for ingredient, row in knowledge.folder("medicines")["medicines"].items():
        own = set(row["classes"])
        assert own <= set(classes) | sums, ingredient
        assert own >= {burden for word in own & set(classes) for burden in classes[word]["sums"]}, ingredient
