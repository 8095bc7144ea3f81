"""The answer in words, of situations put together by hand: which sentence, in which order, how grave."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from baclo.care.agenda import Occasion
from baclo.care.finding import Severity, Status
from baclo.care.resume.advice import advise
from baclo.care.resume.gap import Way
from baclo.care.resume.planner import situation
from baclo.care.resume.today import Answer, Reason, Today, Verdict
from baclo.care.triage import Level
from baclo.case.case import Ask
from baclo.case.patient import Symptom
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Number, Text, text

NOW = datetime(2026, 11, 24, 16, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
CRITICAL, WARNING, INFO = Severity.CRITICAL, Severity.WARNING, Severity.INFO
PRESENT, UNKNOWN = Status.PRESENT, Status.UNKNOWN
RULE = ("source:nhs_baclofen", "fact:missed.next_uk")
TAKE = (Answer.TAKE, Reason.FITS)
SKIP = (Answer.SKIP, Reason.NEXT_CAME)
WAIT = (Answer.DELAY, Reason.WAITS)
LET_OUT = SimpleNamespace(refused=False, refusals=(), notes=("the plan's note",))


def refused(words):
    reason = SimpleNamespace(reason=text(words, {}))
    return SimpleNamespace(refused=True, refusals=(reason, SimpleNamespace(reason=Text(("another",)))), notes=())


@pytest.fixture
def base(knowledge, make, picture_of, build):
    """16:10 of a man on 10 mg at 8, 14 and 22 o'clock, the doses of 8 and 14 missed, before anything is worked out."""

    def of(**changes):
        taken = build.regimen(("08:00", 10.0), ("14:00", 10.0), ("22:00", 10.0), product="uk.tablet_10mg")
        missed = (NOW.replace(hour=8, minute=0), NOW.replace(hour=14, minute=0))
        told = {
            "ask": Ask.RESUME,
            "now": NOW,
            "zone": ZoneInfo("Europe/London"),
            "region": Region.UK,
            "regimens": (taken,),
            "doses": tuple(build.dose(10.0, at=due, status="missed", scheduled=due) for due in missed),
        }
        case = make(**{**told, **changes})
        found = situation(knowledge, case, picture_of(case))
        calm = replace(found.gap, way=Way.USUAL, call_today=False, in_row=())
        return replace(found, gap=calm, today=Today(placed=(), verdicts=()))

    return of


@pytest.fixture
def advised(knowledge, monkeypatch):
    def of(now, plan=LET_OUT):
        monkeypatch.setattr("baclo.care.resume.advice.situation", lambda *_: now)
        return advise(knowledge, now.case, None, plan, ())

    return of


def answering(now, *rows):
    """The situation with answers (answer and reason, due hour, hour to take it, latest hour)."""
    slot = now.told.slots[0]
    verdicts = tuple(
        Verdict(
            slot=replace(slot, due=NOW.replace(hour=due, minute=0)),
            answer=answer,
            reason=reason,
            at=None if at is None else NOW if at == "now" else NOW.replace(hour=at, minute=0),
            until=None if until is None else NOW.replace(hour=until, minute=0),
        )
        for (answer, reason), due, at, until in rows
    )
    return replace(now, today=Today(placed=(), verdicts=verdicts))


def gap(now, **changes):
    return replace(now, gap=replace(now.gap, **changes))


def emergency(now, **changes):
    level = {"told": True, "level": Level.EMERGENCY_NOW, "title": "Emergency.", "actions": ("Ring.", "Stay.")}
    causes = tuple(SimpleNamespace(title=Text((words,))) for words in ("fever", "stiffness"))
    return replace(now, urgency=replace(now.urgency, **{**level, "causes": causes, "basis": ("source:x",), **changes}))


def said(words):
    """A sentence with its moments as hours, its numbers as they are."""
    shown = {datetime: lambda at: f"{at:%H:%M}", Number: lambda number: f"{number.value:g} {number.unit}"}
    return "".join(shown.get(type(piece), str)(piece) for piece in words.pieces)


def shape(advice):
    return [(point.id, point.severity, point.status) for point in advice.points]


LAST = [
    ("before", WARNING, None),
    ("watch", WARNING, None),
    ("never", INFO, None),
    ("rule", INFO, None),
    ("sources", INFO, None),
]


def test_where_nothing_is_to_be_answered_only_what_always_holds_is_told(base, advised):
    advice = advised(base())
    assert said(advice.headline) == "No dose is told as missed: go on at the usual times."
    assert shape(advice) == LAST
    assert (advice.critical, advice.agenda, advice.notes) == (False, (), ("the plan's note",))
    assert advised(base(), None).notes == ()
    assert advised(base(), None).headline == advice.headline


def test_what_always_holds_names_its_sources_and_every_text_once(base, advised):
    before, watch, never, rule, sources = advised(base()).points
    assert before.basis == ("source:el_husseini_2011", "source:uk_tablet_smpc")
    assert said(before.title).startswith("Before any late dose: is the person sleepier")
    assert said(before.detail).startswith("Then no dose before somebody has looked")
    assert watch.basis == ("source:coffey_2002", "source:us_granules_label", "fact:missed.day")
    assert never.basis == rule.basis == RULE
    assert said(rule.detail).startswith("A British page: take it when remembered")
    told = said(sources.detail)
    assert told.startswith("British page: leave it out with less than 2 h to the next dose. An American page")
    assert told.endswith(
        "No text for adults was found. Labels in the United States: no text on missed doses was found."
    )
    assert len(set(sources.basis)) == len(sources.basis)
    assert sources.basis[:2] == RULE
    assert "source:ch_leaflet" in sources.basis


def test_symptoms_that_nobody_asked_for_are_asked_for_before_a_late_dose(base, advised):
    known, unknown = advised(base()).points[0], advised(base(symptoms=None)).points[0]
    assert (known.status, known.needs) == (None, ())
    assert (unknown.status, unknown.needs, unknown.severity) == (UNKNOWN, ("patient.symptoms",), WARNING)


def test_an_emergency_comes_before_all_and_tells_its_gravest_cause_and_what_to_do(base, advised):
    advice = advised(gap(emergency(base(has_pump=True)), way=Way.DECIDE))
    assert said(advice.headline) == "Emergency. fever."
    assert shape(advice)[:2] == [("emergency", CRITICAL, PRESENT), ("pump", CRITICAL, PRESENT)]
    assert (said(advice.points[0].title), said(advice.points[0].detail)) == ("Emergency.", "Ring. Stay.")
    assert (advice.points[0].basis, advice.critical) == (("source:x",), True)


@pytest.mark.parametrize("changes", [{"told": False}, {"level": Level.CALL_TODAY}])
def test_what_was_not_told_or_is_less_is_no_emergency(base, advised, changes):
    assert shape(advised(emergency(base(), **changes))) == LAST


@pytest.mark.parametrize(("pump", "first"), [(True, "Call the pump clinic"), (False, "No dose"), (None, "No dose")])
def test_a_pump_is_an_emergency_of_its_own(base, advised, pump, first):
    advice = advised(base(has_pump=pump))
    assert said(advice.headline).startswith(first)
    assert advice.critical is (pump is True)
    basis = [point.basis for point in advice.points if point.id == "pump"]
    assert basis == ([("case:patient.has_pump", "source:pdr_baclofen")] if pump else [])


@pytest.mark.parametrize(
    ("way", "plan", "words"),
    [
        (Way.DECIDE, LET_OUT, "call the prescriber today, before the next dose."),
        (Way.DECIDE, refused("No."), "call the prescriber today, before the next dose."),
        (Way.RESTART, LET_OUT, "a new start from the bottom is proposed."),
        (Way.RESTART, refused("No."), "and no new start from here. See somebody today."),
        (Way.RESTART, None, "and no new start from here. See somebody today."),
    ],
)
def test_after_a_gap_the_headline_says_how_long_it_was_and_whom_to_see(base, advised, way, plan, words):
    headline = said(advised(gap(base(), way=way, gap_h=30.5), plan).headline)
    assert headline.startswith("Nothing was certainly taken for 30.5 h: ")
    assert headline.endswith(words)


def test_a_refused_plan_is_told_with_its_first_reason_and_no_answer_about_a_dose(base, advised):
    advice = advised(answering(base(), (TAKE, 14, "now", 20)), refused("It is too much."))
    assert said(advice.headline) == "No late dose from here. It is too much."
    assert shape(advice) == LAST
    assert advice.agenda == ()


def test_no_answer_about_a_dose_is_told_without_a_plan_or_after_a_gap(base, advised):
    now = answering(base(), (TAKE, 14, "now", 20))
    for advice in (advised(now, None), advised(gap(now, way=Way.RESTART)), advised(gap(now, way=Way.DECIDE))):
        assert "dose" not in {point.id.split(".")[0] for point in advice.points}
        assert advice.agenda == ()


DOSE = "10 mg = 1 1 tablet of 10 mg"


@pytest.mark.parametrize(
    ("row", "headline", "reason"),
    [
        (
            (TAKE, 14, "now", 20),
            f"The dose of 14:00, {DOSE}: take it now, until 20:00 at the latest",
            "There is time enough",
        ),
        (
            (TAKE, 14, 18, 20),
            f"The dose of 14:00, {DOSE}: take it at 18:00, not before, until 20:00 at the latest",
            "There is time enough",
        ),
        (
            ((Answer.AGAIN, Reason.AGAIN), 14, "now", 20),
            f"The dose of 14:00, {DOSE}: give the same dose again now, until 20:00 at the latest",
            "It was vomited so soon",
        ),
        ((WAIT, 22, 23, None), f"The dose of 22:00, {DOSE}: wait with it until 23:00, once", "The dose before it"),
        ((SKIP, 8, None, None), "The dose of 08:00: leave it out", "Another dose has been due since."),
        (
            ((Answer.NOT_AGAIN, Reason.NOT_AGAIN), 14, None, None),
            "The dose of 14:00 was vomited: do not repeat it",
            "It had stayed down for 30 min or longer",
        ),
    ],
)
def test_each_answer_is_told_with_its_moments_and_its_reason(base, advised, row, headline, reason):
    advice = advised(answering(base(), row))
    assert said(advice.headline) == headline
    point = advice.points[0]
    assert (said(point.title), point.severity, point.status, point.needs) == (headline, INFO, None, ())
    assert point.id == f"dose.{NOW.replace(hour=row[1], minute=0).isoformat()}"
    assert said(point.detail).startswith(reason)
    assert point.basis == ("case:regimen", *RULE)
    assert not advice.critical


def test_a_dose_that_may_have_been_taken_is_a_warning_and_asks_for_the_dose(base, advised):
    point = advised(answering(base(), ((Answer.ASK, Reason.UNSURE), 14, None, None))).points[0]
    assert (point.severity, point.needs) == (WARNING, ("dose",))
    assert said(point.title) == "The dose of 14:00 may have been taken: do not take it again"


def test_the_headline_is_of_the_dose_to_act_on_else_of_the_newest(base, advised):
    acted = answering(base(), (WAIT, 22, 23, None), (TAKE, 14, "now", 20), (SKIP, 8, None, None))
    assert said(advised(acted).headline).startswith("The dose of 14:00")
    again = answering(base(), ((Answer.AGAIN, Reason.AGAIN), 14, "now", 20), (SKIP, 22, None, None))
    assert said(advised(again).headline).startswith("The dose of 14:00")
    skipped = answering(base(), (SKIP, 8, None, None), (SKIP, 14, None, None), (SKIP, 9, None, None))
    assert said(advised(skipped).headline) == "The dose of 14:00: leave it out"
    assert [point.id[16:21] for point in advised(skipped).points[:3]] == ["08:00", "14:00", "09:00"]


def test_who_must_call_today_is_told_so_in_headline_point_and_agenda(base, advised):
    advice = advised(gap(answering(base(), (SKIP, 14, None, None)), call_today=True))
    assert said(advice.headline) == ("The dose of 14:00: leave it out. Call the prescriber or a pharmacist today.")
    assert shape(advice)[1] == ("call", CRITICAL, PRESENT)
    assert advice.points[1].basis == ("case:dose", "fact:missed.in_row", "fact:missed.day")
    assert advice.critical
    (call,) = advice.agenda
    assert (call.since, call.until) == (NOW, datetime(2026, 11, 25, tzinfo=UTC))
    assert (said(call.title), call.occasion) == ("Call the prescriber or a pharmacist", Occasion.ACTION)
    assert said(call.detail).startswith("2 1 doses in a row, or more than 24 h")
    assert (call.whole_day, call.basis) == (False, RULE)


def test_the_agenda_is_in_order_of_time_and_holds_every_dose_off_its_time(base, advised):
    now = answering(base(), (WAIT, 22, 23, None), (SKIP, 8, None, None), (TAKE, 14, 18, 20))
    late, waiting = advised(now).agenda
    assert (late.since.hour, late.until.hour, waiting.since.hour, waiting.until) == (18, 20, 23, None)
    assert said(late.title) == said(waiting.title) == f"Late dose: {DOSE}"
    assert (said(late.detail)[:20], said(waiting.detail)[:18]) == ("There is time enough", "The dose before it")
    assert (late.whole_day, late.occasion, late.basis) == (False, Occasion.ACTION, RULE)


@pytest.mark.parametrize(("way", "severity"), [(Way.USUAL, INFO), (Way.DECIDE, CRITICAL), (Way.RESTART, CRITICAL)])
def test_how_long_it_has_been_is_told_where_something_is_missing(base, advised, way, severity):
    now = base(age_y=None)
    advice = advised(gap(now, way=way, gap_h=30.0, in_row=now.told.missing))
    assert ("gap", severity, PRESENT) in shape(advice)
    (point,) = [point for point in advice.points if point.id == "gap"]
    assert said(point.title) == "30 h since a dose was certainly taken"
    assert point.basis[:2] == ("case:dose", "computed:gap")
    assert advice.critical is (severity is CRITICAL)


def test_vomiting_that_keeps_a_dose_from_staying_down_asks_for_a_call(base, advised):
    now = base()
    kept = replace(now.told.slots[0], vomited=False)
    for flags, warned in (((False, False), False), ((True, False), True), ((False, True), True)):
        slots = tuple(replace(slot, vomited=flag) for slot, flag in zip(now.told.missing, flags, strict=True))
        sick = replace(now, told=replace(now.told, slots=(kept, *slots)))
        found = [one for one in shape(advised(sick)) if one[0] == "vomiting"]
        assert found == ([("vomiting", WARNING, PRESENT)] if warned else [])
    (point,) = [point for point in advised(sick).points if point.id == "vomiting"]
    assert point.basis == ("case:dose",)


def test_the_points_stand_in_the_order_in_which_they_matter(base, advised, monkeypatch):
    now = answering(emergency(base(has_pump=True)), (TAKE, 14, "now", 20))
    slots = tuple(replace(slot, vomited=True) for slot in now.told.slots)
    now = gap(replace(now, told=replace(now.told, slots=slots)), call_today=True, in_row=now.told.missing)
    for name in ("choices", "supply_points"):
        stand_in = SimpleNamespace(id=name, severity=INFO, status=None)
        monkeypatch.setattr(f"baclo.care.resume.advice.{name}", lambda *_, one=stand_in: iter([one]))
    rest = ["gap", "choices", "vomiting", "supply_points", "before", "watch", "never", "rule", "sources"]
    assert [point.id.split(".")[0] for point in advised(now).points] == ["emergency", "pump", "dose", *rest]
    calm = replace(now, urgency=replace(now.urgency, told=False))
    assert [point.id.split(".")[0] for point in advised(calm).points] == ["pump", "dose", "call", *rest]


def test_in_an_emergency_nobody_but_the_emergency_number_is_called(base, advised):
    now = gap(base(), call_today=True, way=Way.DECIDE)
    asked = advised(now)
    assert [said(entry.title) for entry in asked.agenda] == ["Call the prescriber or a pharmacist"]
    assert advised(emergency(now)).agenda == ()


def test_a_case_is_worked_out_before_it_is_told(knowledge, make, picture_of):
    case = make(ask=Ask.RESUME, symptoms=(Symptom(name="seizure", since=None),))
    assert advise(knowledge, case, picture_of(case), None, ()).points[0].id == "emergency"


def test_where_one_dose_ended_no_gap_the_call_and_why_come_first_and_no_hours_without_are_told(base, advised):
    now = base()
    hardly = replace(now, gap=replace(now.gap, way=Way.DECIDE, call_today=True, hardly=True, in_row=(1, 2)))
    advice = advised(hardly, refused("The prescriber decides."))
    assert "".join(map(str, advice.headline.pieces)).startswith("Hardly any was taken of late")
    assert [point.id for point in advice.points][:2] == ["call", "hardly"]
    assert {point.id for point in advice.points} & {"gap"} == set()
    assert advice.points[1].severity is CRITICAL
