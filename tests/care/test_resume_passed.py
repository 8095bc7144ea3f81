"""Doses of the last day that are over: missed, or taken in part, with another one taken since; by hand."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from baclo.care.finding import Severity
from baclo.care.resume import advise, resume
from baclo.care.resume.passed import passed
from baclo.care.resume.planner import situation
from baclo.case.case import Ask
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Number

SINCE = "and another was taken since: nothing is made up for"


def at(words):
    """A moment of the 24th, or of the day that is named before it."""
    day, clock = words.split() if " " in words else ("24", words)
    return datetime.fromisoformat(f"2026-11-{day} {clock}").replace(tzinfo=UTC)


def said(words):
    shown = {datetime: lambda moment: f"{moment:%d %H:%M}", Number: lambda number: f"{number.value:g} {number.unit}"}
    return "".join(shown.get(type(piece), str)(piece) for piece in words.pieces)


@pytest.fixture
def case(make, build):
    """Records (taken, mg, status, due) of somebody on 20 mg by the clock."""

    def of(now, *records, clocks=("08:00", "14:00", "20:00"), **changes):
        doses = [build.dose(mg, at=at(taken), status=status, scheduled=at(due)) for taken, mg, status, due in records]
        regimen = build.regimen(*((clock, 20.0) for clock in clocks), product="eu.tablet_10mg")
        asked = {"ask": Ask.RESUME, "now": at(now), "zone": ZoneInfo("Europe/London"), "region": Region.EU}
        doses = tuple(sorted(doses, key=lambda dose: dose.at))
        return make(**{**asked, "regimens": (regimen,), "doses": doses, **changes})

    return of


@pytest.fixture
def advised(knowledge, picture_of):
    def of(found):
        plan = resume(knowledge, found, picture_of(found))
        return advise(knowledge, found, picture_of(found), plan, ())

    return of


def test_a_dose_that_was_missed_before_another_is_not_told_as_none(advised, case):
    two = ("08:00", "20:00")
    evening = case("09:00", ("23 20:00", 20.0, "missed", "23 20:00"), clocks=two)
    early = case("13:00", ("06:00", 20.0, "given", "08:00"), ("23 20:00", 20.0, "missed", "23 20:00"))
    for found in (evening, early):
        assert said(advised(found).headline) == f"The dose of 23 20:00 was missed {SINCE}. Go on at the usual times."
    advice = advised(case("21:00", ("14:00", 20.0, "missed", "14:00")))
    assert said(advice.headline) == f"The dose of 24 14:00 was missed {SINCE}. Go on at the usual times."
    point = advice.points[0]
    assert (point.id, point.severity, point.status) == ("passed.2026-11-24T14:00:00+00:00", Severity.INFO, None)
    assert said(point.title) == f"The dose of 24 14:00 was missed {SINCE}"
    assert said(point.detail).startswith("Every dose at its time, as large as usual.")
    assert point.basis[0] == "case:dose"


def test_a_dose_of_three_thirds_was_taken_whole(knowledge, picture_of, case):
    asked = case("10:00", ("08:00", 19.999999999999996, "given", "08:00"))
    assert passed(knowledge, situation(knowledge, asked, picture_of(asked))) == ()


def test_of_a_dose_taken_in_part_the_other_part_is_not_made_up_for(advised, case):
    advice = advised(case("10:00", ("08:00", 10.0, "given", "08:00")))
    words = "Of the dose of 24 08:00 only 10 mg of 20 mg was taken: the other part is not made up for"
    assert said(advice.headline) == f"{words}. Go on at the usual times."
    assert said(advice.points[0].title) == words


def test_where_every_dose_of_the_last_day_was_taken_whole_none_is_told(advised, case):
    for found in (
        case("10:00"),
        case("10:00", ("08:05", 20.0, "given", "08:00")),
        case("10:00", ("23 08:00", 20.0, "missed", "23 08:00")),
    ):
        assert said(advised(found).headline) == "No dose is told as missed: go on at the usual times."


def test_only_what_another_dose_followed_within_the_last_day_is_over(knowledge, case, picture_of):
    def over(found):
        return [f"{slot.due:%d %H:%M}" for slot in passed(knowledge, situation(knowledge, found, picture_of(found)))]

    assert over(case("10:00", ("08:00", 20.0, "missed", "08:00"))) == []
    assert over(case("10:00", ("23 10:00", 20.0, "missed", "23 10:00"), clocks=("10:00", "16:00"))) == []
    assert over(case("09:59", ("23 10:00", 20.0, "missed", "23 10:00"), clocks=("10:00", "16:00"))) == ["23 10:00"]
    both = (("23 14:00", 20.0, "missed", "23 14:00"), ("23 20:00", 5.0, "given", "23 20:00"))
    assert over(case("10:00", *both)) == ["23 14:00", "23 20:00"]


def test_the_newest_that_is_over_is_in_the_headline_and_each_has_its_point(advised, case):
    both = (("23 14:00", 20.0, "missed", "23 14:00"), ("23 20:00", 5.0, "given", "23 20:00"))
    advice = advised(case("10:00", *both))
    assert said(advice.headline).startswith("Of the dose of 23 20:00 only 5 mg of 20 mg was taken")
    assert [point.id[:7] for point in advice.points][:3] == ["passed.", "passed.", "before"]


def test_what_may_have_been_taken_and_what_a_child_vomited_are_told_as_that(advised, case):
    unsure = advised(case("21:00", ("14:00", 20.0, "unknown", "14:00")))
    assert said(unsure.headline).startswith(f"The dose of 24 14:00 may not have been taken {SINCE}")
    child = {"age_y": 6.0, "weight_kg": 20.0, "height_cm": 114.0}
    sick = case("21:00", ("14:00", 20.0, "vomited", "14:00"), **child)
    (record,) = sick.timeline.doses
    soon = replace(record, vomited_at=at("14:10"))
    found = replace(sick, timeline=replace(sick.timeline, doses=(soon,)))
    titles = [said(point.title) for point in advised(found).points]
    assert f"The dose of 24 14:00 was vomited {SINCE}" in titles


def test_an_amount_that_is_no_number_is_no_part(knowledge, case, picture_of):
    found = case("10:00", ("08:00", float("nan"), "given", "08:00"))
    assert passed(knowledge, situation(knowledge, found, picture_of(found))) == ()
