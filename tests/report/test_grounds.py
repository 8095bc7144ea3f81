"""What an answer rests on: what is taken and how it is called, the exposure, and the kidneys."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

import baclo
from baclo.case.patient import Dialysis, DialysisKind
from baclo.case.timeline import DoseStatus
from baclo.knowledge.library import load
from baclo.report import grounds, shown


@pytest.mark.parametrize(
    ("share", "taken"),
    [
        (0.5, "Prescribed, and of late not taken like this"),
        (1.0, "Taken now"),
        (2.0, "Prescribed, and of late more was taken than this"),
    ],
)
def test_what_the_doses_of_the_day_are_called_goes_by_what_was_taken_of_them(share, taken):
    case = baclo.load("example:missed-afternoon")
    (missed,) = case.timeline.doses
    due = [missed.at - timedelta(hours=hours) for day in range(5) for hours in (24 * day + 6, 24 * day + 16)]
    doses = tuple(
        replace(missed, at=at, scheduled=at, amount_ug=missed.amount_ug * share, status=DoseStatus.GIVEN) for at in due
    )
    case = replace(case, timeline=replace(case.timeline, doses=doses))
    assert grounds.taken_heading(load(), case) == taken


def test_the_exposure_of_a_single_dose_names_the_highest_of_the_whole_course():
    answer = baclo.run(baclo.load("example:overdose-600"))
    rows = dict(grounds.exposure_rows(answer.outcome))
    highest = rows["Highest of the whole course"].pieces[0]
    assert highest.value == pytest.approx(float(answer.course.plasma_ng_per_ml.max()))
    assert "Accumulation since the first dose" not in rows
    assert grounds.exposure_heading(answer.knowledge, answer.outcome.case) == "Exposure over the whole course"


@pytest.mark.parametrize(
    ("name", "taken", "exposure"),
    [
        ("missed-afternoon", "Taken now", "If this goes on: last day simulated"),
        (
            "ran-out-four-days",
            "Prescribed, and not certainly taken of late",
            "If this were taken as prescribed from now on: last day simulated",
        ),
    ],
)
def test_what_nobody_took_for_days_is_not_called_taken(name, taken, exposure):
    answer = baclo.run(baclo.load(f"example:{name}"))
    assert grounds.taken_heading(answer.knowledge, answer.case) == taken
    assert grounds.exposure_heading(answer.knowledge, answer.case) == exposure
    told = " ".join(answer.text().split())
    assert (taken in told, exposure in told) == (True, True)
    assert taken in answer.html()


def test_the_exposure_of_what_goes_on_is_told_with_the_dates_of_its_window(outcome):
    label, window = grounds.exposure_rows(outcome)[0]
    assert label == "Window"
    assert shown.sentence(window, outcome.case.zone) == "Wed 25 Nov 2026 10:00 to Thu 26 Nov 2026 10:00"


def test_where_nothing_is_given_no_exposure_is_told(outcome):
    nothing = replace(outcome.exposure, cmax_ng_per_ml=0.0)
    assert grounds.exposure_rows(replace(outcome, exposure=nothing)) == ()


def lines(picture):
    return " ".join(shown.sentence(one, UTC) for one in grounds.kidney_lines(picture))


def test_the_kidneys_are_told_with_what_stands_against_the_numbers(outcome):
    picture = outcome.kidney
    assert "Acute kidney injury, KDIGO stage 2." in lines(replace(picture, acute=replace(picture.acute, stage=2)))
    assert "No acute kidney injury" in lines(replace(picture, acute=replace(picture.acute, stage=0)))
    risen = replace(picture.acute, stage=0, risen=True, rise_ratio=1.8)
    assert "has risen 1.8 times" in lines(replace(picture, acute=risen))
    assert "too old to decide on" in lines(replace(picture, stale=True))
    assert "Muscle mass is low" in lines(replace(picture, low_muscle=True))


def test_an_assumed_clearance_is_told_only_where_none_is_known(outcome):
    picture = replace(outcome.kidney, assumed_clearance_ml_per_min=40.0, assumed_basis=("computed:egfr",))
    assumed = "Assumed clearance, to simulate only"
    assert assumed not in dict(grounds.kidney_rows(replace(picture, clearance_ml_per_min=50.0)))
    assert assumed in dict(grounds.kidney_rows(replace(picture, clearance_ml_per_min=None)))


@pytest.mark.parametrize("kind", list(DialysisKind))
def test_every_kind_of_dialysis_is_told(outcome, kind):
    assert "ialysis" in lines(replace(outcome.kidney, dialysis=Dialysis(kind=kind, sessions=()))) or (
        kind is DialysisKind.CVVH
    )
