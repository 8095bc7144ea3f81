"""More than one usual dose at once: what counts as that, worked by hand, and what the answer says to do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care.finding import Severity, Status
from baclo.care.late_rule import late_rule
from baclo.care.resume import advise, resume
from baclo.care.resume.excess import Kind, excess_of
from baclo.care.resume.slots import told
from baclo.care.resume.today import overfull
from baclo.case.case import Ask
from baclo.case.patient import Symptom
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Number

LONDON = ZoneInfo("Europe/London")
CLOCKS = ("08:00", "14:00", "20:00")


def at(words):
    """A moment of the 24th, or of the day that is named before it."""
    day, clock = words.split() if " " in words else ("24", words)
    return datetime.fromisoformat(f"2026-11-{day} {clock}").replace(tzinfo=UTC)


def said(words):
    shown = {datetime: lambda moment: f"{moment:%d %H:%M}", Number: lambda number: f"{number.value:g} {number.unit}"}
    return "".join(shown.get(type(piece), str)(piece) for piece in words.pieces)


@pytest.fixture
def case(make, build):
    """Records (taken, mg, status, due) of an adult on 20 mg at 8, 14 and 20 o'clock."""

    def of(now, *records, clocks=CLOCKS, mg=20.0, **changes):
        doses = [
            build.dose(amount, at=at(taken), status=status, scheduled=None if due is None else at(due))
            for taken, amount, status, due in records
        ]
        regimen = build.regimen(*((clock, mg) for clock in clocks), product="eu.tablet_10mg")
        asked = {"ask": Ask.RESUME, "now": at(now), "zone": LONDON, "region": Region.EU}
        doses = tuple(sorted(doses, key=lambda dose: dose.at))
        return make(**{**asked, "regimens": (regimen,), "doses": doses, **changes})

    return of


@pytest.fixture
def answer(knowledge, picture_of):
    def of(found):
        plan = resume(knowledge, found, picture_of(found))
        return plan, advise(knowledge, found, picture_of(found), plan, ())

    return of


GIVEN = "given"
FOUND = {
    "nothing": ((), None),
    "a double": ((("20:00", 40.0, GIVEN, "20:00"),), (Kind.DOUBLE, "20:00", 40, True)),
    "half as much again": ((("20:00", 30.0, GIVEN, "20:00"),), (Kind.LARGER, "20:00", 30, True)),
    "as usual": ((("20:00", 20.0, GIVEN, "20:00"),), None),
    "less": ((("20:00", 10.0, GIVEN, "20:00"),), None),
    "no number": ((("20:00", float("nan"), GIVEN, "20:00"),), None),
    "beside the clock": ((("16:00", 5.0, GIVEN, None),), (Kind.EXTRA, "16:00", 5, True)),
    "perhaps": ((("20:00", 40.0, "unknown", "20:00"),), (Kind.DOUBLE, "20:00", 40, False)),
    "the late one with the next": ((("20:00", 20.0, GIVEN, "14:00"),), (Kind.DOUBLE, "20:00", 40, True)),
    "a quarter of an hour before": ((("19:45", 20.0, GIVEN, "14:00"),), (Kind.DOUBLE, "20:00", 40, True)),
    "more than that before": ((("19:44", 20.0, GIVEN, "14:00"),), None),
    "three at once": (
        (("20:00", 20.0, GIVEN, "08:00"), ("20:00", 20.0, GIVEN, "14:00")),
        (Kind.LARGER, "20:00", 60, True),
    ),
    "one beside the clock with the usual one": (
        (("20:05", 20.0, GIVEN, None),),
        (Kind.DOUBLE, "20:05", 40, True),
    ),
    "one of two perhaps": ((("20:00", 20.0, "unknown", "14:00"),), (Kind.DOUBLE, "20:00", 40, False)),
    "missed": ((("20:00", 40.0, "missed", "20:00"),), None),
    "more than a day ago": ((("23 20:59", 40.0, GIVEN, "23 20:00"),), None),
    "a day ago": ((("23 21:00", 40.0, GIVEN, "23 20:00"),), None),
    "at this minute": ((("21:00", 40.0, GIVEN, "20:00"),), (Kind.DOUBLE, "21:00", 40, True)),
    "as usual but for rounding": ((("20:00", 20.000000000000004, GIVEN, "20:00"),), None),
    "within a day": ((("23 21:01", 40.0, GIVEN, "23 20:00"),), (Kind.DOUBLE, "23 21:01", 40, True)),
    "a double before one beside the clock": (
        (("14:00", 40.0, GIVEN, "14:00"), ("16:00", 5.0, GIVEN, None)),
        (Kind.DOUBLE, "14:00", 40, True),
    ),
    "the newest of two": (
        (("08:00", 40.0, GIVEN, "08:00"), ("14:00", 30.0, GIVEN, "14:00")),
        (Kind.LARGER, "14:00", 30, True),
    ),
}


@pytest.mark.parametrize("why", FOUND)
def test_what_was_taken_too_much(knowledge, case, why):
    records, expected = FOUND[why]
    asked = case("21:00", *records)
    rule = late_rule(knowledge, asked)
    found = excess_of(knowledge, asked, rule, told(knowledge, asked, rule))
    if expected is None:
        assert found is None
    else:
        kind, taken, mg, sure = expected
        assert (found.kind, found.at, found.amount.value, found.sure) == (kind, at(taken), mg, sure)
        assert (found.amount.unit, found.amount.basis) == ("mg", ("case:dose",))


def test_two_doses_that_the_clock_itself_has_close_together_are_not_two_at_once(knowledge, case):
    asked = case("21:00", clocks=("20:00", "20:10"))
    rule = late_rule(knowledge, asked)
    assert excess_of(knowledge, asked, rule, told(knowledge, asked, rule)) is None


def test_of_two_that_the_clock_has_close_together_each_may_be_a_quarter_of_an_hour_off(knowledge, case):
    at_once = (("20:15", 20.0, GIVEN, "20:00"), ("20:15", 20.0, GIVEN, "20:30"))
    asked = case("21:00", *at_once, clocks=("20:00", "20:30"))
    rule = late_rule(knowledge, asked)
    assert excess_of(knowledge, asked, rule, told(knowledge, asked, rule)) is None


def test_a_dose_that_is_not_due_yet_was_not_taken_together_with_a_late_one(knowledge, case):
    asked = case("19:55", ("19:50", 20.0, GIVEN, "14:00"))
    rule = late_rule(knowledge, asked)
    assert excess_of(knowledge, asked, rule, told(knowledge, asked, rule)) is None


DOUBLED = (("14:00", 20.0, "missed", "14:00"), ("20:00", 40.0, GIVEN, "20:00"))


def test_after_a_double_dose_in_the_evening_the_answer_says_what_to_do(answer, case):
    plan, advice = answer(case("21:00", *DOUBLED))
    assert plan.refused
    assert said(advice.headline) == (
        "Two doses were taken at once (40 mg, 24 20:00): no more today. Ask a pharmacist or the prescriber today what "
        "holds for the next dose, which is due 25 08:00. No plan from here. A day would hold more than the usual day."
    )
    excess, over, passed = advice.points[:3]
    assert (excess.id, excess.severity, excess.status) == ("excess", Severity.WARNING, Status.PRESENT)
    assert said(excess.title) == (
        "Two doses were taken at once (40 mg, 24 20:00): ask a pharmacist or the prescriber today"
    )
    assert "Very sleepy, muddled, or breathing slowly: the emergency number now." in said(excess.detail)
    # 20:00 40 mg, 08:00 20 mg and 14:00 20 mg are 80 mg in one day; at 08:00 it is 60 mg, as usual.
    assert (over.id, said(over.title)) == ("over.2026-11-25T14:00:00+00:00", "The dose of 25 14:00: leave it out")
    assert said(over.detail).startswith("With what was taken already the day would hold more than the usual day.")
    assert said(passed.title).startswith("The dose of 24 14:00 was missed and another was taken since")
    (entry,) = advice.agenda
    assert (entry.since, entry.until) == (at("21:00"), at("25 08:00"))
    assert said(entry.title) == "Ask a pharmacist or the prescriber about the next dose"
    assert "dose" not in {point.id.split(".")[0] for point in advice.points}


def test_a_dose_at_midnight_is_one_of_tomorrow(answer, case):
    plan, advice = answer(case("21:00", *DOUBLED, clocks=("00:00", "08:00", "14:00", "20:00")))
    assert plan.refused
    assert said(advice.headline).startswith("Two doses were taken at once (40 mg, 24 20:00): no more today. Ask")
    assert "which is due 25 00:00" in said(advice.headline)


def test_a_refusal_with_a_dose_still_to_come_today_says_no_more_now(answer, case):
    doubled = (("08:00", 20.0, "missed", "08:00"), ("14:00", 40.0, GIVEN, "14:00"))
    plan, advice = answer(case("15:00", *doubled))
    assert plan.refused
    assert said(advice.headline).startswith(
        "Two doses were taken at once (40 mg, 24 14:00): no more now. Ask a pharmacist or the prescriber today, before "
        "the next dose, which is due 24 20:00. No plan from here. "
    )


def test_where_the_regimen_ends_there_is_no_next_dose_to_name(answer, case, build):
    asked = case("21:00", *DOUBLED, symptoms=None)
    ending = replace(asked.timeline.regimens[0], until=at("22:00"))
    plan, advice = answer(replace(asked, timeline=replace(asked.timeline, regimens=(ending,))))
    assert plan.refused
    assert (
        "ask a pharmacist or the prescriber today what holds for the next dose. no plan"
        in said(advice.headline).casefold()
    )


def test_a_late_dose_taken_with_the_next_is_pointed_out_though_the_day_goes_on(answer, case):
    plan, advice = answer(case("21:00", ("20:00", 20.0, GIVEN, "14:00")))
    assert not plan.refused
    assert said(advice.headline) == (
        "Two doses were taken at once (40 mg, 24 20:00): nothing more before the next dose at its time. "
        "Ask a pharmacist or the prescriber today, before that dose."
    )
    assert [point.id for point in advice.points][:2] == ["excess", "before"]


def test_after_one_beside_the_clock_the_dose_to_leave_out_comes_first(answer, case):
    plan, advice = answer(case("09:00", ("08:30", 20.0, GIVEN, None)))
    assert not plan.refused
    assert said(advice.headline) == "The dose of 24 14:00: leave it out"
    assert [point.id.split(".")[0] for point in advice.points][:3] == ["excess", "dose", "before"]
    assert said(advice.points[0].title).startswith("A dose was taken that is none of the usual ones (20 mg, 24 08:30)")


def test_what_may_have_been_taken_is_told_as_that(answer, case):
    _, advice = answer(case("21:00", ("20:00", 40.0, "unknown", "20:00")))
    (excess,) = [point for point in advice.points if point.id == "excess"]
    assert said(excess.title).startswith("More than usual may have been taken (40 mg, 24 20:00)")


def test_in_an_emergency_nothing_but_the_emergency_is_told(answer, case):
    _, advice = answer(case("21:00", *DOUBLED, symptoms=(Symptom(name="seizure", since=None),)))
    assert advice.points[0].id == "emergency"
    assert {"excess", "over"}.isdisjoint(point.id.split(".")[0] for point in advice.points)
    assert all("about the next dose" not in said(entry.title) for entry in advice.agenda)


def test_the_coming_day_leaves_out_what_it_has_no_room_for_and_only_that(knowledge, case):
    asked = case("21:00", *DOUBLED)
    rule = late_rule(knowledge, asked)
    left = overfull(asked, rule, told(knowledge, asked, rule))
    assert [one.slot.due for one in left] == [at("25 14:00")]
    usual = case("21:00")
    assert overfull(usual, rule, told(knowledge, usual, rule)) == ()
    assert all(one.slot.due <= asked.now + timedelta(days=1) for one in left)
