"""What is handed to the gate, or to the planner of a rise, after missed doses: drafts with their reasons, by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care.finding import Change
from baclo.care.plan import Kind
from baclo.care.resume import planner
from baclo.care.standing import Continuity
from baclo.case.case import Ask
from baclo.case.patient import Symptom
from baclo.knowledge.facts import Region

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
DAY = timedelta(days=1)
THREE = ("08:00", "14:00", "22:00")


def at(day, clock="00:00"):
    return datetime.fromisoformat(f"2026-11-{day:02d} {clock}").replace(tzinfo=UTC)


def words(text):
    return "".join(map(str, text.pieces))


@pytest.fixture
def handed(knowledge, make, picture_of, monkeypatch):
    """What `resume` hands on: ("titrate", case) or ("admit", case, draft, others)."""
    monkeypatch.setattr(planner, "titrate", lambda _knowledge, case, _picture: ("titrate", case))
    monkeypatch.setattr(
        planner, "admit", lambda _knowledge, case, _picture, draft, others=(): ("admit", case, draft, others)
    )

    def of(regimens, **told):
        case = make(
            ask=Ask.RESUME,
            now=NOW,
            zone=ZoneInfo("Europe/London"),
            region=Region.UK,
            regimens=regimens,
            **{"goal_ug_per_day": None, **told},
        )
        return planner.resume(knowledge, case, picture_of(case))

    return of


@pytest.fixture
def usual(build):
    return build.regimen(*((clock, 10.0) for clock in THREE), product="uk.tablet_10mg")


def reasons(draft):
    return [words(refusal.reason) for refusal in draft.objections]


def dated(draft):
    return [(f"{dose.clock:%H:%M}", dose.amount_ug / 1000) for dose in draft.dated[0].doses]


@pytest.mark.parametrize(("goal_mg", "aim_mg"), [(None, 30), (20, 20), (30, 30), (90, 30), (float("nan"), 30)])
def test_after_three_days_it_begins_at_the_bottom_up_to_the_lower_of_goal_and_usual_dose(
    handed, usual, goal_mg, aim_mg
):
    goal_ug = None if goal_mg is None else goal_mg * 1000
    way, case = handed((usual,), last_taken=at(20, "14:00"), goal_ug_per_day=goal_ug)
    assert way == "titrate"
    assert case.question.goal_ug_per_day == aim_mg * 1000


def test_what_runs_ends_now_and_what_has_ended_or_is_to_begin_stays_as_it_is(handed, usual):
    earlier = replace(usual, until=at(1))
    later = replace(usual, since=at(30))
    for until in (None, at(26), at(30)):
        running = replace(usual, since=at(1), until=until)
        way, case = handed((earlier, running, later), last_taken=at(20, "14:00"))
        assert way == "titrate"
        assert case.timeline.regimens == (earlier, replace(running, until=NOW), later)


def test_whoever_may_have_a_pump_or_is_in_danger_begins_nothing_again(handed, usual):
    for told, word in (
        ({"has_pump": True}, "A pump gives the baclofen"),
        ({"has_pump": None}, "Nobody said whether a pump"),
        ({"symptoms": (Symptom(name="seizure", since=None),)}, "help first, no dose before somebody has looked"),
    ):
        way, _, draft, others = handed((usual,), last_taken=at(20, "14:00"), **told)
        assert way == "admit"
        assert word in reasons(draft)[0]
        assert others == ()


def test_a_dose_missed_today_is_drafted_with_the_rest_of_the_day_and_nothing_against_it(handed, usual, build):
    missed = build.dose(10.0, at=at(24, "14:00"), status="missed", scheduled=at(24, "14:00"))
    way, _, draft, others = handed((usual,), doses=(missed,))
    assert (way, others, draft.name, draft.why_not) == ("admit", (), None, None)
    assert (draft.kind, draft.change, draft.wishes, draft.objections) == (Kind.RESUME, Change.RESUME, (), ())
    assert dated(draft) == [("18:00", 10), ("22:00", 10)]
    assert draft.standing.continuity is Continuity.GOING_ON
    assert (draft.standing.regimen, draft.standing.since, draft.standing.loose) == (usual, usual.since, False)


def test_after_a_day_without_it_the_usual_and_a_smaller_day_are_shown_at_their_times_until_midnight(handed, build):
    midnight = build.regimen(("00:00", 20.0), ("14:00", 20.0), ("22:00", 20.0), product="uk.tablet_10mg")
    way, _, draft, others = handed((midnight,), last_taken=at(23, "14:00"))
    assert way == "admit"
    assert "the prescriber decides between the usual and a reduced dose" in reasons(draft)[-1]
    assert dated(draft) == [("22:00", 20)]
    same, smaller = others
    assert (words(same.name), words(smaller.name)) == (
        "The usual dose again",
        "A reduced dose, that of a new start, by the usual clock",
    )
    assert (dated(same), dated(smaller)) == ([("22:00", 20)], [("22:00", 5)])
    assert reasons(same) == reasons(smaller) == reasons(draft)
    assert all("Only the prescriber can choose it" in words(one.why_not) for one in others)
    assert [dose.amount_ug for dose in smaller.dated[1].doses] == [5_000] * 3


def test_the_smaller_day_holds_no_dose_of_a_regimen_that_begins_today(handed, usual, build):
    tonight = build.regimen(("21:00", 10.0), product="uk.tablet_10mg", since=at(24, "20:00"))
    evening = build.regimen(("08:00", 20.0), ("19:00", 20.0), product="uk.tablet_10mg")
    _, _, draft, others = handed((replace(evening, until=at(24, "20:00")), tonight), last_taken=at(23, "08:00"))
    assert dated(draft) == [("19:00", 20), ("21:00", 10)]
    assert [dated(one) for one in others] == [[("19:00", 20), ("21:00", 10)], [("19:00", 5)]]


def test_whoever_takes_more_than_the_usual_dose_day_after_day_does_not_go_back_to_it_alone(handed, usual, build):
    due = [at(day, clock) for day in (20, 21, 22, 23, 24) for clock in THREE if at(day, clock) < NOW]
    doubled = tuple(build.dose(20.0, at=moment, scheduled=moment) for moment in due)
    for doses, refused in ((doubled, True), (doubled[-1:], False)):
        _, _, draft, _ = handed((usual,), doses=doses)
        assert any("more was taken than the regimen says" in reason for reason in reasons(draft)) is refused


def test_one_dose_after_three_days_without_leaves_the_next_one_to_the_prescriber(handed, usual, build):
    due = [at(day, clock) for day in (21, 22, 23, 24) for clock in THREE if at(21, "18:00") < at(day, clock) < NOW]
    missed = tuple(build.dose(10.0, at=moment, status="missed", scheduled=moment) for moment in due[:-1])
    _, _, draft, _ = handed((usual,), doses=missed)
    (reason,) = reasons(draft)
    assert "less than a day's doses were taken" in reason
    _, _, draft, _ = handed((usual,), doses=missed[2:])
    assert not any("less than a day's doses" in reason for reason in reasons(draft))


def test_without_a_smaller_day_only_the_usual_one_is_shown(handed, usual):
    _, _, _, others = handed((usual,), last_taken=at(23, "14:00"), creatinine=())
    assert [words(one.name) for one in others] == ["The usual dose again"]


def test_what_stands_against_the_usual_dose_is_each_told(handed, usual, build):
    def against(*regimens, **told):
        way, _, draft, _ = handed(regimens, **told)
        assert way == "admit"
        return reasons(draft)

    assert against(usual) == []
    assert "No dose by the clock is told" in against()[0]
    coming = replace(usual, since=at(26))
    assert "No dose by the clock is told" in against(coming)[0]
    assert "No dose by the clock is told" in against(doses=(build.dose(10.0, at=at(24, "12:00")),))[0]
    begun = replace(usual, since=at(24, "17:00"))
    assert "No dose by the clock is told" in against(begun)[0]
    unnamed = build.regimen(("08:00", 10.0), ("22:00", 10.0))
    assert against(unnamed) == []
    assert "Nobody said whether the product releases slowly" in against(replace(unnamed, modified_release=None))[0]
    assert against(replace(usual, modified_release=None)) == []
    assert "The product releases slowly" in against(replace(usual, modified_release=True))[0]
    assert "No product at hand gives these doses" in against(build.regimen(("22:00", 7.0)))[0]
    evening = build.regimen(("08:00", 10.0), ("19:00", 10.0), product="uk.tablet_10mg")
    tonight = replace(usual, since=at(24, "20:00"))
    assert "Another regimen begins today" in against(replace(evening, until=at(24, "20:00")), tonight)[0]
    tomorrow = build.regimen(("00:00", 10.0), product="uk.tablet_10mg", since=at(25))
    assert against(replace(usual, until=at(25)), tomorrow) == []


def test_a_regimen_that_ends_by_midnight_says_what_comes_after_it(handed, usual):
    def notes(until):
        _, _, draft, _ = handed((replace(usual, until=until),))
        return [words(note) for note in draft.notes]

    assert notes(at(25))[-1].startswith("From ")
    assert notes(at(24, "23:00"))[-1].startswith("From ")
    assert not any(note.startswith("From ") for until in (None, at(26)) for note in notes(until))
    assert "Never two doses at once" in notes(None)[1]
    assert "are our proposal; no publication gives these numbers" in notes(None)[2]


def test_signs_that_were_told_in_words_count_as_symptoms(handed, usual):
    _, case, _, _ = handed((usual,), say=("he is very sleepy",))
    assert case.heard == ("sleepiness",)
