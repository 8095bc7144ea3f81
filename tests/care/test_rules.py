"""Rules are proved before they are asked."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from baclo.care.rules import rules
from baclo.errors import KnowledgeError

SOUND = {
    "severity": "info",
    "when": {"any": [{"not": {"is": ["acute_fall", True]}}, {"between": ["egfr", "fact:a", "fact:b"]}]},
    "title": "t",
    "detail": "d",
    "action": "a",
    "unknown": "u",
    "basis": [],
}


@pytest.fixture
def read(knowledge):
    def with_row(**changes):
        row = {key: value for key, value in {**SOUND, **changes}.items() if value is not None}
        tables = MappingProxyType({**knowledge.tables, "rules": {"one": {"some.rule": row}}})
        return rules(replace(knowledge, tables=tables))

    return with_row


def test_a_sound_rule_is_read(read):
    (rule,) = read()
    assert (rule.id, rule.regions, rule.refuses) == ("some.rule", (), ())


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"title": None}, "missing keys"),
        ({"colour": "red"}, "unknown keys"),
        ({"severity": "grave"}, "unknown words"),
        ({"regions": ["Atlantis"]}, "unknown words"),
        ({"refuses": ["reduce"]}, "unknown words"),
        ({"when": {"maybe": ["egfr"]}}, "unknown condition"),
        ({"when": {"below": ["egfr"]}}, "below has 1 operands"),
        ({"when": {"between": ["egfr", "fact:a"]}}, "between has 2 operands"),
        ({"when": {"not": {"perhaps": []}}}, "unknown condition"),
        ({"when": {"below": ["shoe_size", "fact:a"]}}, "unknown quantity"),
        ({"when": {"is": ["shoe_size", True]}}, "unknown quantity"),
    ],
)
def test_an_unsound_rule_is_refused_with_its_name(read, changes, complaint):
    with pytest.raises(KnowledgeError, match=rf"rule some.rule: .*{complaint}"):
        read(**changes)


def test_every_fault_is_told_at_once(read):
    with pytest.raises(KnowledgeError) as told:
        read(severity="grave", colour="red", when={"maybe": []})
    assert str(told.value).count("some.rule") == 3
