"""What a frightened person reads: short sentences of short words, and no word of the trade."""

import re

import pytest

from baclo.knowledge.library import load

TABLE = load().folder("triage")["triage"]
OLDEST_READER = 11
AGE_OF_GRADE = 5
TRADE = ("toxicity", "encephalopathy", "hypotension", "intrathecal", "bradycardia", "somnolence", "respiratory")


def syllables(word):
    groups = re.findall(r"[aeiouy]+", word.lower().removesuffix("e"))
    return max(1, len(groups))


def reading_age(said):
    """Flesch-Kincaid grade (Kincaid et al. 1975) plus the age at which school begins."""
    sentences = [part for part in re.split(r"[.?!]+", said) if part.strip()]
    words = re.findall(r"[A-Za-z']+", said)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade + AGE_OF_GRADE


def test_the_measure_tells_easy_from_hard():
    assert reading_age("The cat sat on the mat. The dog ran.") < 7
    assert reading_age("Encephalopathy precipitated by accumulating concentrations necessitates haemodialysis.") > 18


@pytest.mark.parametrize("level", TABLE["level"])
def test_what_to_do_can_be_read_at_eleven(level):
    row = TABLE["level"][level]
    assert reading_age(" ".join([row["title"], *row["do"]])) <= OLDEST_READER
    assert all(len(action.split()) <= 24 for action in row["do"])


def test_every_reason_of_an_emergency_can_be_read_at_eleven():
    reasons = [row["reason"] for row in TABLE["symptoms"].values() if row["level"] == "emergency_now"]
    reasons += [row["reason"] for row in TABLE["combination"]]
    assert reading_age(" ".join(reasons)) <= OLDEST_READER


def test_no_reason_of_an_emergency_speaks_the_words_of_the_trade():
    reasons = [row["reason"] for row in TABLE["symptoms"].values() if row["level"] == "emergency_now"]
    assert [reason for reason in reasons for word in TRADE if word in reason.lower()] == []


def test_no_sentence_for_the_reader_is_long():
    said = [row["reason"] for row in TABLE["symptoms"].values() if row["level"] == "emergency_now"]
    said += [action for row in TABLE["level"].values() for action in row["do"]]
    sentences = [part for text in said for part in re.split(r"[.?!]+", text) if part.strip()]
    assert max(len(sentence.split()) for sentence in sentences) <= 22


def test_an_emergency_tells_to_ring_first():
    assert TABLE["level"]["emergency_now"]["do"][0].startswith("Ring the emergency number now")


def test_no_answer_tells_anyone_to_stop_at_once():
    for level in ("call_today", "next_visit"):
        assert any(action.startswith("Do not stop baclofen all at once") for action in TABLE["level"][level]["do"])
