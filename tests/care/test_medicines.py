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
        ("Lyrica (pregabalin)", ("pregabalin",)),
        ("oxycodone (OxyContin) 10 mg", ("oxycodone",)),
        ("lisinopril-hydrochlorothiazide", ("lisinopril", "hydrochlorothiazide")),
        ("oxycodone-acetaminophen", ("oxycodone", "paracetamol")),
        ("Percocet 10-325", ("oxycodone", "paracetamol")),
        ("hydrocodone/apap", ("hydrocodone", "paracetamol")),
        ("fentanyl 12 mcg/hr patch", ("fentanyl",)),
        ("fentanyl 12 µg/h", ("fentanyl",)),
        ("diazepam half a tablet", ("diazepam",)),
        ("diazepam 5mg 1 tablet at night when required", ("diazepam",)),
        ("diazepam 5 mg, at night", ("diazepam",)),
        ("gabapentin 300 mg 3x daily", ("gabapentin",)),
        ("zopiclone 7.5 mg one at night", ("zopiclone",)),
        ("ibuprofen 5% gel", ("ibuprofen",)),
        ("vitamin D3", ("colecalciferol",)),
        ("vitamin D and calcium", ("colecalciferol", "calcium carbonate")),
        ("calcium 500 mg", ("calcium carbonate",)),
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


@pytest.mark.parametrize("form", ["gel capsules", "gel caps", "liquid gel", "gel tablet"])
def test_a_gel_that_is_swallowed_is_not_on_the_skin(knowledge, form):
    assert not recognise(knowledge, f"ibuprofen {form}").on_skin
    assert recognise(knowledge, "ibuprofen gel").on_skin


@pytest.mark.parametrize(
    "name",
    [
        *("Tylenol 3", "Tylenol 4", "Tylenol #3", "tylenol no. 3", "T3", "Tylenol 3 tablets", "my Tylenol 3 for pain"),
        *("Tylenol three", "Tylenol with codeine #3", "Tylenol #3 300 mg/30 mg"),
    ],
)
def test_a_number_that_belongs_to_a_brand_is_not_taken_for_a_strength(knowledge, name):
    found = recognise(knowledge, name)
    assert (found.ingredients, found.unread) == (("codeine", "paracetamol"), ())
    assert "opioid" in found.classes


def test_a_number_after_a_strength_does_not_belong_to_the_brand(knowledge):
    assert recognise(knowledge, "Tylenol 500 mg 3 times daily").ingredients == ("paracetamol",)
    assert recognise(knowledge, "Tylenol 500 mg").ingredients == ("paracetamol",)


def test_a_short_number_without_a_unit_is_asked_about_unless_it_counts_something(knowledge):
    asked = recognise(knowledge, "diazepam 5")
    assert (asked.ingredients, asked.unread) == ((), ("diazepam 5",))
    assert '"diazepam"' in asked.near
    assert recognise(knowledge, "Panadol 7").unread == ("panadol 7",)
    assert recognise(knowledge, "diazepam 2 tablets").ingredients == ("diazepam",)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("sleeping tablets", "hypnotic"),
        ("water tablets", "antihypertensive"),
        ("beta blockers", "antihypertensive"),
        ("ACE inhibitors", "antihypertensive"),
        ("muscle relaxants", "muscle_relaxant"),
    ],
)
def test_a_class_is_read_in_the_plural(knowledge, name, word):
    found = recognise(knowledge, name)
    assert found.whole_classes[0] == word
    assert found.unread == ()


@pytest.mark.parametrize(
    "name",
    [
        *("levetiracetam", "brivaracetam", "perampanel", "phenytoin", "carbamazepine", "oxcarbazepine", "valproate"),
        *("topiramate", "zonisamide", "pramipexole", "ropinirole", "oxybutynin", "trihexyphenidyl"),
    ],
)
def test_a_medicine_that_makes_sleepy_counts_towards_sedation(knowledge, name):
    assert recognise(knowledge, name).bearers["sedating"] == (name,)


def test_lamotrigine_does_not_count_towards_sedation(knowledge):
    assert recognise(knowledge, "lamotrigine").classes == ("anticonvulsant",)


@pytest.mark.parametrize("word", ["none", "None.", "no other medicines"])
def test_none_says_that_nothing_is_taken_only_where_it_stands_alone(knowledge, word):
    def told(*names):
        return read_medicines(knowledge, tuple(Medicine(name=name, dose=None, since=None) for name in names))

    assert (told(word).asked, told(word).read, told(word).needs) == (True, (), ())
    assert told("ibuprofen", word).needs == ("patient.medicines[1].name",)


def test_a_long_name_is_read_to_its_end(knowledge):
    assert recognise(knowledge, f"diazepam {'at night ' * 1000}").ingredients == ("diazepam",)
    assert recognise(knowledge, "a " * 1000).ingredients == ()


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
