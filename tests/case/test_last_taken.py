"""When the last dose was taken: what it says of the doses after it, and what it contradicts."""

from datetime import UTC, datetime

import pytest

from baclo.case.codec import read_toml
from baclo.case.gap import lived
from baclo.case.timeline import DoseStatus
from baclo.errors import InputProblems
from baclo.knowledge.library import load

CASE = """
format = "baclo.case/1"
now = 2026-11-24T16:10:00Z
zone = "Europe/London"
region = "UK"

[question]
ask = "resume"
{last}

[[regimen]]
product = "uk.tablet_10mg"
since = 2026-09-01
{until}
doses = [
  {{ clock = "08:00", amount = "10 mg" }},
  {{ clock = "14:00", amount = "10 mg" }},
  {{ clock = "22:00", amount = "10 mg" }},
]
{doses}
"""


def dose(status, at, scheduled=None, more=""):
    due = "" if scheduled is None else f"scheduled = {scheduled}"
    return f'[[dose]]\nat = {at}\namount = "10 mg"\nstatus = "{status}"\n{due}\n{more}\n'


def case(last=None, doses="", until=""):
    told = "" if last is None else f"last_taken = {last}"
    return read_toml(load(), CASE.format(last=told, doses=doses, until=until))


def day(clock, day_of_month=24):
    return f"2026-11-{day_of_month}T{clock}:00Z"


def at(clock, day_of_month=24):
    return datetime(2026, 11, day_of_month, *map(int, clock.split(":")), tzinfo=UTC)


def written(lived_case):
    return [(one.scheduled, one.at, one.status) for one in lived_case.timeline.doses]


def test_without_it_nothing_is_written():
    asked = case()
    assert lived(asked) is asked


def test_every_dose_after_it_was_missed_and_the_nearest_one_was_taken_then():
    assert written(lived(case(day("22:10", 23)))) == [
        (at("22:00", 23), at("22:10", 23), DoseStatus.GIVEN),
        (at("08:00"), at("08:00"), DoseStatus.MISSED),
        (at("14:00"), at("14:00"), DoseStatus.MISSED),
    ]


@pytest.mark.parametrize(("clock", "due"), [("10:59", "08:00"), ("11:00", "14:00"), ("13:59", "14:00")])
def test_it_stands_for_the_nearest_dose_and_for_the_later_of_two(clock, due):
    given = [row for row in written(lived(case(day(clock)))) if row[2] is DoseStatus.GIVEN]
    assert given == [(at(due), at(clock), DoseStatus.GIVEN)]


def test_a_dose_taken_early_is_written_for_the_dose_to_come():
    asked = case(day("16:00"), until="until = 2026-11-24T15:00:00Z", doses=dose("given", day("16:00")))
    assert lived(asked).timeline.doses == asked.timeline.doses
    early = lived(case(day("13:50"))).timeline.doses
    assert [(one.scheduled, one.at) for one in early] == [(at("14:00"), at("13:50"))]


@pytest.mark.parametrize("status", ["given", "vomited", "unknown"])
def test_a_record_at_that_very_moment_is_that_dose(status):
    more = f"vomited_at = {day('08:40')}" if status == "vomited" else ""
    found = lived(case(day("08:20"), doses=dose(status, day("08:20"), day("08:00"), more)))
    assert [(one.scheduled, one.status.value) for one in found.timeline.doses] == [
        (at("08:00"), status),
        (at("14:00"), "missed"),
    ]


def problems(**told):
    with pytest.raises(InputProblems) as wrong:
        case(**told)
    return [str(problem) for problem in wrong.value.problems]


def test_a_dose_taken_after_the_last_one_is_a_contradiction():
    (problem,) = problems(last=day("07:50"), doses=dose("given", day("14:20"), day("14:00")))
    assert problem.startswith("question.last_taken: is before dose[0], which was taken; got 2026-11-24T07:50:00+00:00")
    assert "allowed: 2026-11-24T14:20:00+00:00 or later" in problem


def test_a_vomited_dose_after_the_last_one_is_none():
    sick = dose("vomited", day("14:00"), day("14:00"), f"vomited_at = {day('14:10')}")
    assert len(lived(case(day("08:00"), doses=sick)).timeline.doses) == 2


def test_a_dose_recorded_as_missed_cannot_have_been_the_last_taken():
    (problem,) = problems(last=day("14:20"), doses=dose("missed", day("14:00"), day("14:00")))
    assert "is nearest to the dose that dose[0] records as missed" in problem


def test_a_moment_near_no_dose_has_to_be_told_as_one():
    ended = "until = 2026-11-20T23:00:00Z"
    (problem,) = problems(last=day("15:00"), until=ended)
    assert "is near no dose of a regimen" in problem
    assert case(day("15:00"), until=ended, doses=dose("given", day("15:00"))) is not None


def test_a_regimen_that_cannot_be_read_hides_no_other_problem():
    found = problems(last=day("14:20"), until='until = "soon"', doses=dose("given", day("16:00")))
    assert any("is before dose[0]" in problem for problem in found)


def test_a_question_that_cannot_be_read_says_nothing_of_it():
    with pytest.raises(InputProblems):
        read_toml(load(), CASE.format(last='ask = "x"', doses="", until=""))
    with pytest.raises(InputProblems) as wrong:
        read_toml(load(), CASE.format(last='speed = "warp"', doses="", until=""))
    assert all("last_taken" not in str(problem) for problem in wrong.value.problems)
