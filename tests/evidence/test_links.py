"""Where links lead, and what is said of what is there."""

import pytest

from baclo.evidence.links import targets


@pytest.fixture(scope="module")
def there(knowledge):
    return targets(knowledge)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("fact:cap.us", "Largest daily dose, adults: 80 mg/day"),
        ("source:vlavonou_2014", "Vlavonou R et al. Pharmacokinetic characterization of baclofen"),
        ("model:adult_default", "Adult default"),
        ("product:us.tablet_10mg", "Baclofen tablet 10 mg"),
        ("rule:dialysis.avoid", "dialysis"),
        ("adverse:drowsiness", "Drowsiness, lowest and highest share of people: 10 and 63%"),
        ("triage:fever", "withdrawal"),
        ("triage:signs_with_pump", "Signs of a failing pump"),
        ("triage:withdrawal_score", ""),
        ("regimen:slow", ""),
        ("monitor:titrate", ""),
        ("interaction:opioid", "breathing"),
        ("handling:us.solution_1mg_ml", "In the refrigerator, between 2 and 8 °C."),
    ],
)
def test_a_link_of_each_kind_leads_to_words(there, link, words):
    assert words in there[link]


def test_what_only_a_case_can_fill_in_is_left_out(there):
    assert there["rule:kidney.beers"].startswith("Aged ... with eGFR ...: ")
    assert [link for link, words in there.items() if "{" in words] == []


def test_a_file_or_a_part_of_a_table_that_is_no_entry_is_not_led_to(there):
    assert not {"rule:oral", "regimen:titrate", "monitor:slow", "adverse:range", "command:run"} & there.keys()
