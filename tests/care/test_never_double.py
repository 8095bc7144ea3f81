"""The gate's own look: drafts that double, hasten, crowd or enlarge a dose are refused, whoever made them."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care import plan as gate
from baclo.care.never_double import doubled
from baclo.care.resume import resume
from baclo.care.steps import PlanDose, Step
from baclo.case.case import Ask
from baclo.case.timeline import ClockDose, Dose, DoseStatus, Regimen, Route
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Text

DAY = "2026-11-24"
UK, EU = Region.UK, Region.EU
THREE, FOUR = ("08:00", "14:00", "22:00"), ("08:00", "12:00", "17:00", "22:00")
LONDON = ZoneInfo("Europe/London")


def moment(local):
    return datetime.fromisoformat(local).replace(tzinfo=LONDON).astimezone(UTC)


def regimen(clocks, mg=10):
    doses = tuple(ClockDose(clock=time.fromisoformat(clock), amount_ug=mg * 1000.0) for clock in clocks)
    since = datetime(2026, 1, 1, tzinfo=UTC)
    return Regimen(product="uk.solution_1mg_ml", modified_release=None, since=since, until=None, doses=doses)


def record(status, due, at=None, vomited_at=None, loose=False):
    return Dose(
        at=moment(at or due),
        amount_ug=10_000.0,
        over_h=0.0,
        route=Route.ORAL,
        product=None,
        status=DoseStatus(status),
        scheduled=None if loose else moment(due),
        vomited_at=None if vomited_at is None else moment(vomited_at),
    )


def asked(now, clocks=THREE, missed=(), region=UK, doses=(), regimens=None):
    told = (*(record("missed", due) for due in missed), *doses)
    return {
        "ask": Ask.RESUME,
        "now": moment(now),
        "zone": LONDON,
        "region": region,
        "regimens": (regimen(clocks),) if regimens is None else regimens,
        "doses": tuple(sorted(told, key=lambda dose: dose.at)),
    }


def child(**changes):
    return {"age_y": 6.0, "weight_kg": 20.0, "height_cm": 114.0, **changes}


@pytest.fixture
def looked(knowledge, make, steps):
    """What the gate says of an admitted plan after `change` was done to its doses of today."""

    def look(change, **told):
        case = make(**told)
        plan = steps.of(resume, **told)
        assert not plan.refused
        first, *rest = plan.steps
        changed = (replace(first, doses=tuple(change(list(first.doses)))), *rest)
        return ["".join(map(str, refusal.reason.pieces)) for refusal in doubled(knowledge, case, changed)]

    return look


LATE = asked(f"{DAY} 16:10", THREE, [f"{DAY} 14:00"])


def moved(place, hours):
    def change(doses):
        doses[place] = replace(doses[place], at=doses[place].at + timedelta(hours=hours))
        return doses

    return change


def sized(place, times):
    def change(doses):
        doses[place] = replace(doses[place], amount_ug=doses[place].amount_ug * times)
        return doses

    return change


def stands_for(place, local):
    def change(doses):
        doses[place] = replace(doses[place], due=moment(local))
        return doses

    return change


def test_what_the_planner_made_is_let_out(looked):
    assert looked(lambda doses: doses, **LATE) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (moved(0, -0.1), "before now"),
        (moved(1, -1), "before its time"),
        (sized(0, 1.01), "or larger"),
        (sized(0, float("nan")), "or larger"),
        (stands_for(0, f"{DAY} 15:00"), "none of the regimen's"),
        (stands_for(0, f"{DAY} 08:00"), "taken already"),
        (lambda doses: [doses[0], *doses], "taken already"),
        (moved(0, 4), "too near"),
        (moved(0, 5.9), "too near"),
        (lambda doses: [replace(doses[0], due=None), doses[1]], "none of the regimen's"),
        (sized(1, 2), "more than the usual day"),
        (sized(1, float("nan")), "more than the usual day"),
    ],
    ids=lambda value: value if isinstance(value, str) else "change",
)
def test_one_dose_changed_is_refused(looked, change, words):
    assert any(words in reason for reason in looked(change, **LATE))


def test_two_doses_moved_are_refused(looked):
    told = asked(f"{DAY} 12:05", FOUR)

    def both(doses):
        return moved(1, 0.5)(moved(0, 0.5)(doses))

    assert any("moved from its time" in reason for reason in looked(both, **told))


def test_one_dose_moved_is_no_fault_by_itself(looked):
    assert looked(moved(0, 0.5), **asked(f"{DAY} 12:05", FOUR)) == []


def test_two_hours_are_enough_for_a_british_adult_and_not_for_a_child(looked):
    told = asked(f"{DAY} 20:00", THREE, [f"{DAY} 14:00"])
    assert looked(lambda doses: doses, **told) == []
    given = child(**asked(f"{DAY} 18:00", THREE, [f"{DAY} 14:00"]))
    assert any("too near" in reason for reason in looked(moved(0, 1.9), **given))


@pytest.mark.parametrize("status", ["unknown", "vomited", "given"])
def test_a_dose_that_may_have_been_taken_is_never_let_out_again(knowledge, make, steps, status):
    plan = steps.of(resume, **LATE)
    vomited_at = f"{DAY} 14:10" if status == "vomited" else None
    perhaps = make(**asked(f"{DAY} 16:10", doses=(record(status, f"{DAY} 14:00", vomited_at=vomited_at),)))
    assert [*doubled(knowledge, perhaps, plan.steps)]


def test_a_vomited_dose_that_stands_for_none_counts(knowledge, make, steps):
    plan = steps.of(resume, **LATE)
    sick = record("vomited", "", at=f"{DAY} 15:30", vomited_at=f"{DAY} 15:35", loose=True)
    told = child(**asked(f"{DAY} 16:10", THREE, [f"{DAY} 14:00"], doses=(sick,)))
    assert [*doubled(knowledge, make(**told), plan.steps)]


def test_tomorrow_is_looked_at_too(knowledge, make, steps):
    plan = steps.of(resume, **LATE)
    first, then = plan.steps
    more = replace(then, doses=tuple(replace(dose, amount_ug=2 * dose.amount_ug) for dose in then.doses))
    assert [*doubled(knowledge, make(**LATE), (first, more))]


def test_a_regimen_that_goes_on_for_want_ends_where_the_next_begins(knowledge, make, steps):
    ended = replace(regimen(THREE), until=moment(f"{DAY} 10:00"))
    later = replace(regimen(THREE, mg=5), since=moment("2026-11-26 00:00"))
    told = asked(f"{DAY} 16:10", regimens=(ended, later))
    plan = steps.of(resume, **told)
    assert not plan.refused
    assert plan.steps[-1].until == later.since


def test_without_any_regimen_no_dose_is_anybodys(knowledge, make, steps):
    plan = steps.of(resume, **LATE)
    assert [*doubled(knowledge, make(**asked(f"{DAY} 16:10", regimens=())), plan.steps)]


def test_the_gate_asks_it_of_every_draft_with_dated_doses(knowledge, make, picture_of, steps):
    seen = []

    def admit(knowledge, case, picture, draft, others=()):
        first, *rest = draft.dated
        twice = replace(draft, dated=(replace(first, doses=first.doses * 2), *rest))
        seen.append(gate.admit(knowledge, case, picture, twice, others))
        return seen[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("baclo.care.resume.planner.admit", admit)
        plan = steps.of(resume, **LATE)
    assert plan.refused
    assert plan.steps == ()


def test_regions_differ_in_what_is_near(knowledge, make, steps):
    plan = steps.of(resume, **asked(f"{DAY} 20:00", THREE, [f"{DAY} 14:00"], UK))
    assert not plan.refused
    elsewhere = make(**asked(f"{DAY} 20:00", THREE, [f"{DAY} 14:00"], EU))
    assert [*doubled(knowledge, elsewhere, plan.steps)]


def dose(at, due=None, mg=10.0):
    """A dose of today as a planner may draft it, due at its own moment unless told otherwise."""
    due = moment(due or at)
    return PlanDose(
        clock=time.fromisoformat(at[-5:]),
        amount_ug=mg * 1000,
        product="uk.solution_1mg_ml",
        units=mg,
        at=moment(at),
        due=due,
    )


def draft(*doses):
    """Nothing but these doses, until midnight."""
    return (
        Step(
            since=doses[0].at,
            until=moment("2026-11-25 00:00"),
            doses=doses,
            total_ug_per_day=sum(dose.amount_ug for dose in doses),
            why=Text(()),
            limited_by=(),
            monitor=(),
        ),
    )


@pytest.fixture
def against(knowledge, make):
    """What the gate says of doses drafted by hand."""

    def look(told, *doses):
        return ["".join(map(str, refusal.reason.pieces)) for refusal in doubled(knowledge, make(**told), draft(*doses))]

    return look


NONE_OF_ITS = ["A dose is planned that is none of the regimen's, or larger."]
TOO_NEAR = ["Two doses would come too near to each other."]
TOO_MUCH = "A day would hold more than the usual day."


def test_what_was_taken_more_than_a_day_before_counts_no_more(against):
    extra = tuple(record("given", "", at=f"2026-11-23 {at}", loose=True) for at in ("13:00", "16:00"))
    told = asked(f"{DAY} 16:10", THREE, [f"{DAY} 14:00"], doses=extra)
    assert against(told, dose(f"{DAY} 16:10", f"{DAY} 14:00"), dose(f"{DAY} 22:00")) == []
    within = asked(
        f"{DAY} 16:10",
        THREE,
        [f"{DAY} 14:00"],
        doses=(extra[0], record("given", "", at="2026-11-23 16:11", loose=True)),
    )
    assert against(within, dose(f"{DAY} 16:10", f"{DAY} 14:00"), dose(f"{DAY} 22:00")) == [TOO_MUCH]


def test_doses_taken_too_near_to_each_other_before_now_stand_against_none_to_come(against):
    late = record("given", "2026-11-23 08:00", at="2026-11-23 13:30")
    assert against(asked(f"{DAY} 16:10", doses=(late,)), dose(f"{DAY} 22:00")) == []


def test_a_dose_due_at_this_minute_is_not_yet_taken_and_may_be_moved_but_not_with_another(against):
    told = asked(f"{DAY} 12:00", FOUR)
    assert against(told, dose(f"{DAY} 12:00")) == []
    both = against(told, dose(f"{DAY} 12:30", f"{DAY} 12:00"), dose(f"{DAY} 17:30", f"{DAY} 17:00"))
    assert both == ["More than one dose is moved from its time."]


@pytest.mark.parametrize(("clock", "words"), [("20:00", []), ("22:00", NONE_OF_ITS)])
def test_a_regimen_that_begins_at_this_minute_is_the_one_that_runs(against, clock, words):
    before = replace(regimen(["22:00"]), until=moment(f"{DAY} 16:00"))
    told = asked(f"{DAY} 16:00", regimens=(before, replace(regimen(["20:00"]), since=moment(f"{DAY} 16:00"))))
    assert against(told, dose(f"{DAY} {clock}")) == words


@pytest.mark.parametrize("ended", [f"{DAY} 10:00", f"{DAY} 16:00"])
@pytest.mark.parametrize(("clock", "words"), [("20:00", []), ("22:00", NONE_OF_ITS)])
def test_of_regimens_that_ended_the_last_goes_on_for_want(against, ended, clock, words):
    older = replace(regimen(["22:00"]), until=moment("2026-06-01 00:00"))
    newer = replace(regimen(["20:00"]), since=moment("2026-06-01 00:00"), until=moment(ended))
    assert against(asked(f"{DAY} 16:00", regimens=(older, newer)), dose(f"{DAY} {clock}")) == words


def test_a_regimen_that_runs_does_not_go_on_after_its_end(against):
    ending = replace(regimen(["22:00"]), until=moment(f"{DAY} 18:00"))
    assert against(asked(f"{DAY} 16:00", regimens=(ending,)), dose(f"{DAY} 22:00"))[0] == NONE_OF_ITS[0]


def test_what_goes_on_for_want_ends_with_the_first_regimen_that_begins(against):
    ended = replace(regimen(["22:00"]), until=moment(f"{DAY} 10:00"))
    first = replace(regimen(["20:00"]), since=moment(f"{DAY} 18:00"), until=moment("2026-11-26 00:00"))
    second = replace(regimen(["20:00"]), since=moment("2026-11-26 00:00"))
    assert against(asked(f"{DAY} 16:00", regimens=(ended, first, second)), dose(f"{DAY} 22:00")) == NONE_OF_ITS


@pytest.mark.parametrize(("vomited_at", "taken"), [("14:29", False), ("14:30", True), ("14:31", True)])
def test_a_childs_dose_is_lost_only_where_it_was_vomited_within_the_half_hour(against, vomited_at, taken):
    sick = record("vomited", f"{DAY} 14:00", vomited_at=f"{DAY} {vomited_at}")
    found = against(child(**asked(f"{DAY} 14:40", doses=(sick,))), dose(f"{DAY} 14:40", f"{DAY} 14:00"))
    assert ("A dose is planned that is taken already, or may be." in found) is taken


@pytest.mark.parametrize("mg", [0.0, -1.0])
def test_a_dose_that_stands_for_none_is_nobodys_however_small(against, mg):
    nobodys = replace(dose(f"{DAY} 16:10", mg=mg), due=None)
    assert NONE_OF_ITS[0] in against(asked(f"{DAY} 16:10"), nobodys)
    assert NONE_OF_ITS[0] in against(asked(f"{DAY} 16:10"), dose(f"{DAY} 16:10", mg=mg))


@pytest.mark.parametrize(("before", "words"), [("12:00", []), ("12:01", TOO_NEAR)])
def test_a_british_adult_leaves_two_hours_after_a_dose_that_stands_for_none(against, before, words):
    extra = record("given", "", at=f"{DAY} {before}", loose=True)
    told = asked(f"{DAY} 13:00", ["08:00", "14:00"], [f"{DAY} 08:00"], doses=(extra,))
    assert against(told, dose(f"{DAY} 14:00")) == words


@pytest.mark.parametrize(
    ("at", "next_due", "next_at", "words"),
    [
        ("11:00", "13:00", "13:00", []),
        ("11:00", "13:30", "13:30", []),
        ("11:01", "13:30", "13:30", TOO_NEAR),
        ("11:00", "12:59", "12:59", TOO_NEAR),
        ("11:00", "13:00", "13:20", TOO_NEAR),
    ],
)
def test_a_childs_dose_an_hour_late_may_come_two_before_the_next_where_that_is_on_time(
    against, at, next_due, next_at, words
):
    # Else the four hours of the leaflet, or what the clock leaves where that is less.
    told = child(**asked(f"{DAY} 11:00", ["10:00", next_due], [f"{DAY} 10:00"]))
    found = against(told, dose(f"{DAY} {at}", f"{DAY} 10:00"), dose(f"{DAY} {next_at}", f"{DAY} {next_due}"))
    assert found == words
