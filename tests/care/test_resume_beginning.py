"""A regimen of which nothing was taken yet: what is true of its time, and when its first day is asked about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care.late_rule import late_rule
from baclo.care.resume import advise, resume
from baclo.care.resume.beginning import against_first_day, begins, never_taken
from baclo.care.resume.slots import told
from baclo.case.case import Ask
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Number

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
TODAY = datetime(2026, 11, 24, tzinfo=UTC)
EIGHT = datetime(2026, 11, 24, 8, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CLOCKS = ("08:00", "14:00", "20:00")
ASKED = "ask the prescriber before the first dose. Was it taken before, and since when?"


def said(words):
    shown = {datetime: lambda at: f"{at:%d %H:%M}", Number: lambda number: f"{number.value:g} {number.unit}"}
    return "".join(shown.get(type(piece), str)(piece) for piece in words.pieces)


@pytest.fixture
def case(make, build):
    """10:00 of somebody whose regimen began today, its first dose at 08:00 missed, but for what is named."""

    def of(mg=5.0, status="missed", earlier=(), since=TODAY, doses=(), **changes):
        begun = build.regimen(*((clock, mg) for clock in CLOCKS), product="uk.tablet_10mg", since=since)
        first = build.dose(mg, at=EIGHT, status=status, scheduled=EIGHT)
        asked = {"ask": Ask.RESUME, "now": NOW, "zone": ZoneInfo("Europe/London"), "region": Region.UK}
        return make(**{**asked, "regimens": (*earlier, begun), "doses": (*doses, first), **changes})

    return of


@pytest.fixture
def of_doses(knowledge):
    return lambda found: told(knowledge, found, late_rule(knowledge, found))


@pytest.fixture
def answer(knowledge, picture_of):
    def of(found):
        plan = resume(knowledge, found, picture_of(found))
        return plan, advise(knowledge, found, picture_of(found), plan, ())

    return of


@pytest.fixture
def fifteen_before(build):
    """15 mg a day up to today."""
    taken = build.regimen(*((clock, 5.0) for clock in CLOCKS), product="uk.tablet_10mg", since=TODAY - 60 * DAY)
    return replace(taken, until=TODAY)


def test_who_was_told_to_take_it_before_does_not_begin(case, of_doses, build, fifteen_before):
    def beginning(found):
        return begins(found, of_doses(found))

    assert beginning(case())
    assert beginning(case(status="unknown"))
    assert not beginning(case(status="given"))
    assert not beginning(case(earlier=(fifteen_before,)))
    assert beginning(case(regimens=())) is False
    assert not beginning(case(baclofen_since=TODAY - DAY))
    # Since the day of the regimen itself is not before it.
    assert beginning(case(baclofen_since=TODAY))
    # One dose beside the clock, last week, is no regular baclofen.
    assert beginning(case(doses=(build.dose(5.0, at=TODAY - 7 * DAY),)))
    # Nor is one this morning.
    assert beginning(case(doses=(build.dose(5.0, at=TODAY + HOUR),)))
    # The first dose taken a little before the regimen begins is its first dose.
    at_eight = case(since=EIGHT, status="given")
    (first,) = at_eight.timeline.doses
    early = replace(at_eight.timeline, doses=(replace(first, at=EIGHT - HOUR / 12),))
    assert not beginning(replace(at_eight, timeline=early))
    # An earlier regimen of long before the doses that are looked at was taken too.
    assert not beginning(case(earlier=(replace(fifteen_before, until=TODAY - 40 * DAY),)))


def test_an_earlier_regimen_of_which_every_dose_was_missed_is_no_baclofen(case, of_doses, build, fifteen_before):
    only = replace(fifteen_before, since=TODAY - DAY)
    due = [TODAY - DAY + hour * HOUR for hour in (8, 14, 20)]
    missed = tuple(build.dose(5.0, at=at, status="missed", scheduled=at) for at in due)
    assert begins(case(earlier=(only,), doses=missed), of_doses(case(earlier=(only,), doses=missed)))
    assert not begins(case(earlier=(only,), doses=missed[1:]), of_doses(case(earlier=(only,), doses=missed[1:])))


def test_never_is_said_only_where_all_that_was_ever_due_is_looked_at(knowledge, case, of_doses, build):
    def never(found):
        return never_taken(knowledge, found, of_doses(found))

    assert never(case())
    assert not never(case(doses=(build.dose(5.0, at=TODAY - 30 * DAY),)))
    assert never(case(doses=(build.dose(5.0, at=TODAY - 30 * DAY, status="missed"),)))
    assert not never(case(baclofen_since=TODAY - DAY))
    other = build.regimen(("12:00", 5.0), product="uk.tablet_10mg", since=TODAY - 20 * DAY)
    noons = [TODAY - day * DAY + 12 * HOUR for day in range(1, 21)]
    left_out = tuple(build.dose(5.0, at=at, status="missed", scheduled=at) for at in sorted(noons))
    assert not never(case(earlier=(replace(other, until=TODAY),), doses=left_out))
    since = TODAY - 15 * DAY
    due = [since + day * DAY + hour * HOUR for day in range(16) for hour in (8, 14, 20)]
    missed = tuple(build.dose(5.0, at=at, status="missed", scheduled=at) for at in due if at < EIGHT)
    assert not never(case(since=since, doses=missed))


@pytest.mark.parametrize(
    ("mg", "refused"), [(4.0, False), (5.0, False), (5.000000000000002, False), (5.001, True), (20.0, True)]
)
def test_a_first_day_above_the_first_of_the_texts_is_asked_of_the_prescriber(knowledge, case, of_doses, mg, refused):
    found = case(mg)
    reasons = list(against_first_day(knowledge, found, of_doses(found)))
    assert bool(reasons) is refused
    for one in reasons:
        assert said(one.reason).endswith(f"and the texts begin with 15 mg a day: {ASKED}")
        assert one.needs == ("baclofen_since",)
        assert one.basis == ("case:baclofen_since", "case:regimen", "fact:titration.uk.start")


@pytest.mark.parametrize("age_y", [None, float("nan")])
def test_without_an_age_every_first_day_is_asked_about(knowledge, case, of_doses, age_y):
    found = case(1.0, age_y=age_y)
    (one,) = against_first_day(knowledge, found, of_doses(found))
    assert said(one.reason) == (
        "No regular baclofen is told before this regimen, and without an age and a weight no first day is known: "
        + ASKED
    )


def test_the_first_day_of_a_child_goes_by_its_weight(knowledge, case, of_doses):
    # A British text begins with 0.3 mg/kg a day: 6 mg at 20 kg.
    child = {"age_y": 6.0, "height_cm": 114.0}

    def asked(mg, weight_kg):
        found = case(mg, weight_kg=weight_kg, **child)
        return [said(one.reason) for one in against_first_day(knowledge, found, of_doses(found))]

    assert asked(2.0, 20.0) == []
    (above,) = asked(2.5, 20.0)
    assert "this regimen of 7.5 mg a day, and the texts begin with 6 mg a day" in above
    assert "without an age and a weight no first day is known" in asked(2.0, None)[0]


@pytest.mark.parametrize(("age_y", "asked_about"), [(0.0, False), (0.5, False), (-0.5, True)])
def test_a_newborn_has_an_age_and_nobody_a_negative_one(knowledge, case, of_doses, age_y, asked_about):
    # 0.3 mg/kg a day: 1.2 mg at 4 kg, in three doses of 0.4 mg.
    found = case(0.4, age_y=age_y, weight_kg=4.0, height_cm=54.0)
    assert bool(list(against_first_day(knowledge, found, of_doses(found)))) is asked_about


def test_an_amount_that_is_no_number_is_asked_about(knowledge, case, of_doses):
    found = case(float("nan"))
    assert len(list(against_first_day(knowledge, found, of_doses(found)))) == 1


def test_whoever_never_took_one_is_not_told_of_a_dose_taken(answer, case):
    plan, advice = answer(case())
    (gap,) = [point for point in advice.points if point.id == "gap"]
    assert said(gap.title) == "No dose has certainly been taken yet; the first was due 2 h ago"
    assert said(gap.detail).startswith("The first dose of a new regimen is as prescribed. Unless something here stands")
    assert not plan.refused
    notes = [said(note) for note in plan.notes]
    assert "The first dose of a new regimen: as prescribed, neither more nor less." in notes


def test_a_start_with_sixty_is_refused_until_somebody_says_that_it_was_taken_before(answer, case, fifteen_before):
    plan, advice = answer(case(20.0))
    assert plan.refused
    assert said(advice.headline) == (
        "No late dose from here. No regular baclofen is told before this regimen of 60 mg a day, and the texts begin "
        f"with 15 mg a day: {ASKED}"
    )
    assert {point.id.split(".")[0] for point in advice.points}.isdisjoint({"dose"})
    since, told_since = answer(case(20.0, baclofen_since=TODAY - 60 * DAY))
    assert not since.refused
    (gap,) = [point for point in told_since.points if point.id == "gap"]
    assert said(gap.title) == "Of the doses due in the last 2 h none was certainly taken"
    assert said(gap.detail).startswith("Up to 24 h the usual dose; up to 72 h the prescriber decides;")
    notes = [said(note) for note in since.notes]
    assert "The first dose of a new regimen: as prescribed, neither more nor less." not in notes
    before, told_before = answer(case(20.0, earlier=(fifteen_before,)))
    assert not any("ask the prescriber before the first dose" in said(one.reason) for one in before.refusals)
    (gap,) = [point for point in told_before.points if point.id == "gap"]
    assert said(gap.title) == "14 h since a dose was certainly taken"
