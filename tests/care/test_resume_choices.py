"""What is told of the two days that a prescriber chooses between, and of which courses their levels are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from baclo.care.finding import Severity
from baclo.care.resume.choices import choices
from baclo.care.resume.gap import Way
from baclo.care.resume.planner import situation
from baclo.case.case import Ask
from baclo.case.timeline import Observation, Timeline
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Number

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def usual(build):
    """60 mg a day; a new start in this region is 15 mg: 5 mg by each clock."""
    doses = (("08:00", 20.0), ("14:00", 20.0), ("22:00", 20.0))
    return build.regimen(*doses, product="eu.tablet_10mg")


@pytest.fixture
def now(knowledge, make, picture_of, usual):
    def of(way=Way.DECIDE, **changes):
        told = {"ask": Ask.RESUME, "now": NOW, "region": Region.EU, "regimens": (usual,), **changes}
        case = make(**{"last_taken": NOW - 43.5 * HOUR, **told})
        found = situation(knowledge, case, picture_of(case))
        return replace(found, gap=replace(found.gap, way=way))

    return of


@pytest.fixture
def asked(monkeypatch):
    """What the model is asked, one after the other; it answers with the peaks given, None where it may not speak."""
    calls = []

    def answering(*peaks):
        left = list(peaks)

        def predict(_knowledge, _case, **given):
            calls.append(given)
            peak = left.pop(0)
            levels = np.array([0.0, 0.0 if peak is None else peak, 1.0])
            return None if peak is None else SimpleNamespace(model="toy", plasma_ng_per_ml=levels)

        monkeypatch.setattr("baclo.care.resume.choices.predict", predict)
        return calls

    return answering


def told(points):
    return {
        point.id: [piece.value for piece in (*point.title.pieces, *point.detail.pieces) if isinstance(piece, Number)]
        for point in points
    }


def test_both_days_are_told_in_mg_with_their_highest_levels_beside_that_before_the_gap(knowledge, now, asked):
    asked(300.0, 250.0, 90.0)
    points = tuple(choices(knowledge, now()))
    assert told(points) == {"decide_usual": [60.0, 250.0, 300.0], "decide_reduced": [15.0, 90.0, 300.0]}
    assert all((point.severity, point.status) == (Severity.INFO, None) for point in points)
    assert all(point.basis == ("case:regimen", "computed:plan", "model:toy") for point in points)
    units = [piece.unit for piece in (*points[0].title.pieces, *points[0].detail.pieces) if isinstance(piece, Number)]
    assert units == ["mg", "ng/mL", "ng/mL"]


def test_the_levels_are_of_three_days_after_the_gap_and_of_one_that_never_was(knowledge, now, asked, usual):
    calls = asked(300.0, 250.0, 90.0)
    seen = Observation(at=NOW - HOUR, kind="weight", value=80.0, unit="kg")
    found = now()
    timeline = replace(found.case.timeline, observations=(seen,))
    found = replace(found, case=replace(found.case, timeline=timeline))
    tuple(choices(knowledge, found))
    before, same, smaller = (call["timeline"] for call in calls)
    assert before == Timeline(doses=(), regimens=(usual,), observations=(seen,))
    ended = replace(usual, until=NOW)
    assert same == replace(timeline, regimens=(ended, replace(usual, since=NOW)))
    assert smaller.regimens[0] == ended
    assert [dose.amount_ug for dose in smaller.regimens[1].doses] == [5_000.0] * 3
    assert (smaller.regimens[1].since, smaller.regimens[1].until, smaller.doses) == (NOW, None, timeline.doses)
    assert all((call["until"], call["band"]) == (NOW + 72 * HOUR, False) for call in calls)


def test_what_ended_stays_ended_and_what_was_to_begin_does_not(knowledge, now, asked, usual):
    calls = asked(300.0, 250.0, 90.0)
    older = replace(usual, since=NOW - 900 * HOUR, until=NOW - 600 * HOUR)
    ending = replace(usual, since=NOW - 600 * HOUR, until=NOW + HOUR)
    new, later = replace(usual, since=NOW, until=NOW + HOUR), replace(usual, since=NOW + HOUR)
    found = now()
    timeline = replace(found.case.timeline, regimens=(older, ending, new, later))
    found = replace(found, case=replace(found.case, timeline=timeline), told=replace(found.told, usual=ending))
    tuple(choices(knowledge, found))
    before, same, _ = (call["timeline"].regimens for call in calls)
    assert before == (replace(ending, until=None),)
    assert same == (older, replace(ending, until=NOW), replace(ending, since=NOW, until=None))


@pytest.mark.parametrize("way", [Way.USUAL, Way.RESTART])
def test_only_after_a_gap_in_between_is_there_a_choice(knowledge, now, asked, way):
    calls = asked()
    assert tuple(choices(knowledge, now(way))) == ()
    assert calls == []


def test_without_a_usual_day_there_is_none(knowledge, now, asked):
    asked()
    found = now()
    assert tuple(choices(knowledge, replace(found, told=replace(found.told, usual=None)))) == ()


def test_where_no_smaller_day_is_given_only_the_usual_is_told(knowledge, now, asked):
    asked(300.0, 250.0)
    assert list(told(choices(knowledge, now(age_y=None)))) == ["decide_usual"]


@pytest.mark.parametrize(
    ("peaks", "ids"),
    [
        ((None, 250.0, 90.0), []),
        ((300.0, None, 90.0), ["decide_reduced"]),
        ((300.0, 250.0, None), ["decide_usual"]),
    ],
)
def test_a_level_of_which_no_model_may_speak_is_not_told(knowledge, now, asked, peaks, ids):
    asked(*peaks)
    assert list(told(choices(knowledge, now()))) == ids
