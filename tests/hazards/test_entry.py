"""What may be written in a case, and what is refused with its path before anything is computed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.case.calendar import scheduled
from baclo.case.codec import read_toml
from baclo.errors import InputProblems

CASE = """
format = "baclo.case/1"
now = 2026-11-23T10:00:00+00:00
zone = "Europe/London"
region = "UK"
[question]
ask = "check"
[patient]
sex = "female"
age = "38 a"
weight = "64 kg"
height = "168 cm"
[[patient.creatinine]]
at = 2026-11-02T08:30:00+00:00
value = "0.7 mg/dL"
[[regimen]]
since = 2026-10-01T00:00:00+00:00
doses = [{ clock = "08:00", amount = "10 mg" }, { clock = "22:00", amount = "10 mg" }]
"""


def problems(knowledge, written, instead):
    """What is said of the case with one thing written otherwise."""
    assert written in CASE
    with pytest.raises(InputProblems) as refused:
        read_toml(knowledge, CASE.replace(written, instead))
    return refused.value.problems


def test_the_case_as_it_stands_is_read_in_micrograms(knowledge):
    (regimen,) = read_toml(knowledge, CASE).timeline.regimens
    assert [dose.amount_ug for dose in regimen.doses] == [10000.0, 10000.0]
    assert regimen.total_ug_per_day == 20000.0


@pytest.mark.parametrize("bare", ['"10"', "10", "10.0"])
def test_an_amount_without_a_unit_is_refused(knowledge, bare):
    (problem,) = problems(knowledge, 'clock = "08:00", amount = "10 mg"', f'clock = "08:00", amount = {bare}')
    assert "amount" in problem.path
    assert "mg" in (problem.allowed or "")


@pytest.mark.parametrize("volume", ["10 mL", "10 mg/mL", "0.01 L", "10 tablets"])
def test_a_volume_is_no_amount(knowledge, volume):
    (problem,) = problems(knowledge, 'clock = "08:00", amount = "10 mg"', f'clock = "08:00", amount = "{volume}"')
    assert "amount" in problem.path


@pytest.mark.parametrize("daily", ["30 mg/d", "30 mg daily", "10 mg TID"])
def test_a_daily_total_is_no_dose_at_a_clock_time(knowledge, daily):
    (problem,) = problems(knowledge, 'clock = "08:00", amount = "10 mg"', f'clock = "08:00", amount = "{daily}"')
    assert "amount" in problem.path


@pytest.mark.parametrize(
    ("written", "instead", "path"),
    [
        ("64 kg", "6400 kg", "patient.weight"),
        ("64 kg", "0 kg", "patient.weight"),
        ("168 cm", "168 m", "patient.height"),
        ("38 a", "380 a", "patient.age"),
        ("38 a", "-1 a", "patient.age"),
        ("0.7 mg/dL", "70 mg/dL", "patient.creatinine"),
    ],
)
def test_what_no_person_can_be_is_refused_with_its_path(knowledge, written, instead, path):
    assert any(problem.path.startswith(path) for problem in problems(knowledge, written, instead))


def test_creatinine_in_either_unit_is_the_same_creatinine(knowledge):
    one = read_toml(knowledge, CASE).patient.creatinine[0].creatinine_mg_per_dl
    other = read_toml(knowledge, CASE.replace("0.7 mg/dL", "61.88 umol/L")).patient.creatinine[0].creatinine_mg_per_dl
    assert one == pytest.approx(other, rel=1e-3)


@pytest.mark.parametrize("nothing", ["nan kg", "inf kg", "-inf kg", "NaN kg", ""])
def test_a_number_that_is_none_is_refused_everywhere(knowledge, nothing):
    assert any(problem.path == "patient.weight" for problem in problems(knowledge, "64 kg", nothing))


@pytest.mark.parametrize("nothing", ["nan", "inf", "64"])
def test_a_weight_that_is_a_bare_toml_number_is_refused(knowledge, nothing):
    assert any(problem.path == "patient.weight" for problem in problems(knowledge, '"64 kg"', nothing))


def test_a_time_without_an_offset_is_refused(knowledge):
    (problem,) = problems(knowledge, "2026-11-23T10:00:00+00:00", "2026-11-23T10:00:00")
    assert problem.path == "now"


def test_regimens_that_overlap_are_refused(knowledge):
    again = '\n[[regimen]]\nsince = 2026-11-01T00:00:00+00:00\ndoses = [{ clock = "08:00", amount = "5 mg" }]\n'
    with pytest.raises(InputProblems) as refused:
        read_toml(knowledge, CASE + again)
    assert any("regimen" in problem.path for problem in refused.value.problems)


def test_every_problem_is_reported_at_once_with_its_path(knowledge):
    wrong = CASE.replace("64 kg", "64").replace("38 a", "38 kg").replace('sex = "female"', 'sexe = "female"')
    with pytest.raises(InputProblems) as refused:
        read_toml(knowledge, wrong)
    assert {"patient.weight", "patient.age", "patient.sexe"} <= {problem.path for problem in refused.value.problems}


@pytest.mark.parametrize(
    ("since", "clock", "instants"),
    [
        # 29 March 2026: 01:00 becomes 02:00, so 01:30 does not exist and is taken an hour on, at 02:30 summer time.
        (datetime(2026, 3, 28, 12, tzinfo=UTC), "01:30", [datetime(2026, 3, 29, 1, 30, tzinfo=UTC)]),
        # 25 October 2026: 02:00 becomes 01:00, so 01:30 comes twice and is taken once, the first time.
        (datetime(2026, 10, 24, 12, tzinfo=UTC), "01:30", [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]),
        # The same nights at a time that exists once.
        (datetime(2026, 3, 28, 12, tzinfo=UTC), "08:00", [datetime(2026, 3, 29, 7, tzinfo=UTC)]),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), "08:00", [datetime(2026, 10, 25, 8, tzinfo=UTC)]),
    ],
)
def test_a_night_when_clocks_change_has_each_dose_once(knowledge, since, clock, instants):
    text = CASE.replace("2026-10-01T00", "2026-01-01T00").replace('"08:00"', f'"{clock}"')
    (regimen,) = read_toml(knowledge, text).timeline.regimens
    doses = scheduled(regimen, ZoneInfo("Europe/London"), since, since + timedelta(hours=24))
    at_the_clock = [at.astimezone(UTC) for at, dose in doses if dose.clock.isoformat("minutes") == clock]
    assert at_the_clock == instants
