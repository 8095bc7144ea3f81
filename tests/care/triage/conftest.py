"""Asks triage of words, symptoms and cases that say next to nothing."""

import json

import pytest

from baclo.care.triage import triage
from baclo.care.triage.lexicon import lexicon
from baclo.case.codec import read_json
from baclo.case.kidney import kidney_picture
from baclo.knowledge.library import load

NOW = "2026-11-22T10:00:00+00:00"


@pytest.fixture(scope="session")
def knowledge():
    return load()


@pytest.fixture(scope="session")
def table(knowledge):
    return knowledge.folder("triage")["triage"]


@pytest.fixture(scope="session")
def ask(knowledge):
    """Triage of plain words, and of whatever else a case may say."""

    def asked(*say, region="UK", patient=None, **sections):
        tables = {
            "format": "baclo.case/1",
            "now": NOW,
            "zone": "UTC",
            "region": region,
            "question": {"ask": "triage", "say": list(say)},
            "patient": patient or {},
            **sections,
        }
        case = read_json(knowledge, json.dumps(tables))
        return triage(knowledge, case, kidney_picture(knowledge, case.patient, case.now))

    return asked


@pytest.fixture(scope="session")
def observed(ask):
    """Triage of a measurement made an hour ago, or so many hours ago."""

    def measured(kind, value, *, at="2026-11-22T09:00:00+00:00", **rest):
        return ask(observation=[{"at": at, "kind": kind, "value": value}], **rest)

    return measured


@pytest.fixture(scope="session", autouse=True)
def read_once(knowledge):
    """The phrases are compiled once a session instead of once a question: it changes nothing but the time."""
    book = lexicon(knowledge)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("baclo.care.triage.hearing.lexicon", lambda _: book)
        yield
