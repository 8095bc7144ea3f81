"""Every row of the interactions: a case that fires it, one that does not, one that leaves it unknown."""

import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from baclo.care.check import check
from baclo.care.finding import Severity, Status
from baclo.knowledge.library import load
from baclo.report.shown import sentence

ZONE = ZoneInfo("Europe/London")
TABLE = tomllib.loads((Path(__file__).parent / "cases" / "interactions.toml").read_text(encoding="utf-8"))


@pytest.fixture
def finding(knowledge, told, picture_of):
    def found(pair, words=None):
        case = told(**(words or {}))
        return next(one for one in check(knowledge, case, picture_of(case), None) if one.id == f"interaction.{pair}")

    return found


def test_the_table_holds_every_interaction_of_the_data():
    assert set(TABLE) == set(load().folder("interactions")["interactions"])


@pytest.mark.parametrize("pair", TABLE)
def test_a_pair_fires_with_its_severity_in_words(finding, pair):
    found = finding(pair, TABLE[pair]["fires"])
    assert (found.status, found.severity) == (Status.PRESENT, Severity(TABLE[pair]["severity"]))
    assert found.basis[0] == f"interaction:{pair}"
    said = sentence(found.title, ZONE)
    assert said.endswith("interaction)")
    assert len(said) < 140


@pytest.mark.parametrize("pair", TABLE)
def test_a_pair_is_silent(finding, pair):
    assert finding(pair, TABLE[pair].get("silent")).status is Status.ABSENT


@pytest.mark.parametrize("pair", TABLE)
def test_a_pair_is_unknown_and_not_absent_while_a_name_or_an_answer_is_missing(finding, pair):
    found = finding(pair, TABLE[pair]["unknown"])
    assert found.status is Status.UNKNOWN
    assert found.needs
    assert all(path.startswith("patient.") for path in found.needs)


def test_no_interaction_refuses_a_change_by_itself(finding):
    assert [pair for pair, row in TABLE.items() if finding(pair, row["fires"]).refuses] == []


@pytest.mark.parametrize(
    ("pair", "words", "word", "severity"),
    [
        ("gabapentinoid", {"medicines": ["pregabalin"]}, "moderate", Severity.WARNING),
        ("gabapentinoid", {"medicines": ["pregabalin"], "mg_dl": 1.9}, "major", Severity.WARNING),
        ("gabapentinoid", {"medicines": ["pregabalin", "oxycodone"]}, "major", Severity.WARNING),
        ("levodopa", {"medicines": ["levodopa"]}, "moderate", Severity.WARNING),
        ("levodopa", {"medicines": ["levodopa"], "conditions": ["parkinson disease"]}, "major", Severity.CRITICAL),
        ("kidney_hurting", {"medicines": ["ibuprofen"], "mg_dl": 1.9}, "major", Severity.WARNING),
        ("antidiabetic", {"medicines": ["insulin"], "conditions": ["diabetes"]}, "moderate", Severity.WARNING),
        ("seizure_threshold", {"medicines": ["bupropion"], "conditions": ["epilepsy"]}, "major", Severity.CRITICAL),
        ("general_anaesthetic", {"medicines": ["propofol", "fentanyl"]}, "major", Severity.WARNING),
    ],
)
def test_what_makes_a_pair_worse_is_seen(finding, pair, words, word, severity):
    found = finding(pair, words)
    assert sentence(found.title, ZONE).endswith(f"({word} interaction)")
    assert found.severity is severity


def test_a_pair_that_may_be_worse_is_told_at_its_worst_and_says_what_is_missing(finding):
    found = finding("gabapentinoid", {"medicines": ["gabapentin"], "unasked": ["creatinine"]})
    assert sentence(found.title, ZONE).endswith("(major interaction)")
    assert "Not known whether it is worse here" in sentence(found.detail, ZONE)
    assert found.needs


def test_a_title_names_the_medicines_as_they_were_written_and_not_more_than_two(finding):
    two = finding("opioid", {"medicines": ["OxyContin 20 mg", "Tramal"]})
    assert sentence(two.title, ZONE).startswith("OxyContin 20 mg and Tramal with baclofen")
    three = finding("opioid", {"medicines": ["OxyContin", "Tramal", "codeine"]})
    assert sentence(three.title, ZONE).startswith("OxyContin and Tramal and others with baclofen")
