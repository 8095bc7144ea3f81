"""The dated things to do of a rise: steps, a check at the end of each, the review of benefit."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care.agenda import Occasion
from baclo.care.titrate import titrate
from baclo.care.titration_agenda import titration_agenda
from baclo.case.case import Override
from baclo.knowledge.words import Number


def words(text):
    return "".join(f"{piece.value} {piece.unit}" if isinstance(piece, Number) else str(piece) for piece in text.pieces)


@pytest.fixture
def agenda(knowledge, make, picture_of):
    def of(**changes):
        case = make(**changes)
        return titration_agenda(knowledge, case, titrate(knowledge, case, picture_of(case)))

    return of


def test_each_step_its_check_and_the_review_have_their_day(agenda):
    found = agenda(goal_ug_per_day=40_000.0)
    assert [(entry.occasion, entry.since.date().isoformat()) for entry in found] == [
        (Occasion.STEP, "2026-11-24"),
        (Occasion.VISIT, "2026-11-26"),
        (Occasion.STEP, "2026-11-27"),
        (Occasion.VISIT, "2026-11-29"),
        (Occasion.STEP, "2026-11-30"),
        (Occasion.SCORE, "2027-01-11"),
    ]
    assert [words(entry.title) for entry in found][:2] == [
        "From today 15.0 mg/d",
        "Before the next step: look at 15.0 mg/d",
    ]


def test_a_check_says_what_to_look_at_and_when_not_to_raise(agenda):
    detail = words(agenda(goal_ug_per_day=40_000.0)[1].detail)
    assert detail == (
        "Sleepiness, weakness and walking, falls, mood, bladder, snoring; spasm count and stiffness. "
        "Raise only if the goal is not met and this step is tolerated; otherwise stay or step back. "
        "No driving or machines until the effect of this step is known."
    )


def test_the_review_says_what_counts_as_benefit_and_what_follows_without(agenda):
    review = agenda(goal_ug_per_day=40_000.0)[-1]
    assert "fell by at least 20.0 %" in words(review.detail)
    assert " or the goal was met as written. Without benefit, withdraw by a taper." in words(review.detail)
    assert words(review.detail).endswith("the US label names no number.")
    assert {"fact:responder.nrs.early", "fact:responder.mas.lower", "fact:titration.review"} <= set(review.basis)


def test_hiccups_are_judged_by_hiccups(agenda):
    overrides = (Override(finding="indication.off_label", reason="I treat them", by="Dr A"),)
    review = agenda(indication="hiccups", goal_ug_per_day=None, overrides=overrides)[-1]
    assert words(review.detail).startswith("Hiccups gone")
    assert review.since.date().isoformat() == "2026-11-30"


def test_every_entry_is_a_whole_local_day(agenda, build):
    # the clocks go forward on 14 March, in the first step
    zone, recent = ZoneInfo("America/New_York"), build.creatinine(0.8, datetime(2027, 3, 8, 8, tzinfo=UTC))
    now = datetime(2027, 3, 12, 15, tzinfo=UTC)
    found = agenda(zone=zone, goal_ug_per_day=30_000.0, now=now, creatinine=(recent,))
    assert [entry.since.date().isoformat() for entry in found] == [
        *("2027-03-13", "2027-03-15", "2027-03-16", "2027-04-27"),
    ]
    for entry in found:
        assert entry.whole_day
        first, after = entry.since.astimezone(zone), entry.until.astimezone(zone)
        assert (first.hour, first.minute, after.hour) == (0, 0, 0)
        assert after.date() - first.date() == timedelta(days=1)


def test_a_refused_plan_has_nothing_to_do(agenda):
    assert agenda(allergies=("baclofen",)) == ()
