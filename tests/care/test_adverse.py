"""The symptoms of a case are held against the unwanted effects of the labels."""

from zoneinfo import ZoneInfo

from baclo.care.check import check
from baclo.care.doses import regimen_now
from baclo.care.finding import Severity
from baclo.report.shown import sentence


def effects(knowledge, case, picture_of):
    findings = check(knowledge, case, picture_of(case), regimen_now(case.timeline, case.now))
    return {one.id: one for one in findings if one.id.startswith("adverse.")}


def test_a_symptom_is_told_with_the_range_of_the_labels(knowledge, told, picture_of):
    found = effects(knowledge, told(tdd=30, symptoms=["nausea"]), picture_of)
    assert list(found) == ["adverse.nausea"]
    assert found["adverse.nausea"].severity is Severity.INFO
    low, high = knowledge.fact("adverse.nausea").values
    said = sentence(found["adverse.nausea"].title, ZoneInfo("UTC"))
    assert said == f"Nausea: an effect that labels count in between {low:g} and {high:g}% of people"


def test_an_effect_without_a_figure_is_told_as_rare_or_by_its_category(knowledge, told, picture_of):
    found = effects(knowledge, told(tdd=30, symptoms=["slurred speech", "slow breathing"]), picture_of)
    titles = {sentence(one.title, ZoneInfo("UTC")) for one in found.values()}
    assert "Slurred speech: an effect that labels count as rare" in titles
    assert any("as common" in title for title in titles)


def test_nothing_is_told_where_nothing_is_taken(knowledge, told, picture_of):
    assert effects(knowledge, told(symptoms=["nausea"]), picture_of) == {}
    assert effects(knowledge, told(tdd=30), picture_of) == {}
