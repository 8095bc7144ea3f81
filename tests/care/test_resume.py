"""Missed doses, worked by hand: what is left of today, by who takes it, how often, how late, and where."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from baclo.care.finding import Severity, Status
from baclo.care.plan import Kind
from baclo.care.resume import advise, resume
from baclo.case.case import Ask, GapReason
from baclo.case.patient import Dialysis, DialysisKind, Symptom
from baclo.case.stock import Stock
from baclo.case.timeline import ClockDose, Dose, DoseStatus, Regimen, Route
from baclo.knowledge.facts import Region

LONDON = ZoneInfo("Europe/London")
THREE, FOUR, CLOSE = (
    ("08:00", "14:00", "22:00"),
    ("08:00", "12:00", "17:00", "22:00"),
    ("08:00", "12:00", "16:00", "20:00"),
)
PRODUCTS = {Region.UK: "uk.solution_1mg_ml", Region.EU: "eu.tablet_10mg", Region.US: "us.solution_1mg_ml"}
MG = 10


def moment(local, fold=0):
    return datetime.fromisoformat(local).replace(tzinfo=LONDON, fold=fold).astimezone(UTC)


def regimen(clocks, region=Region.UK, mg=MG):
    return Regimen(
        product=PRODUCTS[region],
        modified_release=None,
        since=datetime(2026, 1, 1, tzinfo=UTC),
        until=None,
        doses=tuple(ClockDose(clock=time.fromisoformat(clock), amount_ug=mg * 1000.0) for clock in clocks),
    )


def record(status, due, at=None, vomited_at=None, mg=MG, loose=False):
    return Dose(
        at=moment(at or due),
        amount_ug=mg * 1000.0,
        over_h=0.0,
        route=Route.ORAL,
        product=None,
        status=DoseStatus(status),
        scheduled=None if loose else moment(due),
        vomited_at=None if vomited_at is None else moment(vomited_at),
    )


def asked(now, clocks=THREE, missed=(), region=Region.UK, **changes):
    """The changes that ask at `now` (local) about doses missed at the local moments of `missed`."""
    doses = (*(record("missed", due) for due in missed), *changes.pop("doses", ()))
    told = {
        "ask": Ask.RESUME,
        "now": now if isinstance(now, datetime) else moment(now),
        "zone": LONDON,
        "region": region,
        "regimens": (regimen(clocks, region),),
        "doses": tuple(sorted(doses, key=lambda dose: dose.at)),
    }
    return {**told, **changes}


def child(**changes):
    return {"age_y": 6.0, "weight_kg": 20.0, "height_cm": 114.0, **changes}


def left(plan):
    """The doses left today by the local clock; None where the plan is refused."""
    if plan.refused:
        return None
    return [dose.at.astimezone(LONDON).strftime("%H:%M") for dose in plan.steps[0].doses]


DAY = "2026-11-24"
UK, EU, US = Region.UK, Region.EU, Region.US
# region, clocks, clock missed, asked at, what is left. Adults.
ADULTS = [
    (UK, THREE, "14:00", "14:10", ["14:10", "22:00"]),
    (UK, THREE, "14:00", "16:10", ["16:10", "22:00"]),
    (UK, THREE, "14:00", "20:00", ["20:00", "22:00"]),
    (UK, THREE, "14:00", "20:01", ["22:00"]),
    (UK, THREE, "08:00", "12:00", ["12:00", "14:00", "22:00"]),
    (UK, THREE, "08:00", "12:01", ["14:00", "22:00"]),
    (UK, FOUR, "12:00", "15:00", ["15:00", "17:00", "22:00"]),
    (UK, FOUR, "12:00", "15:01", ["17:00", "22:00"]),
    (UK, CLOSE, "12:00", "14:00", ["14:00", "16:00", "20:00"]),
    (UK, CLOSE, "12:00", "14:01", ["16:00", "20:00"]),
    (UK, ("08:00", "20:00"), "08:00", "18:00", ["18:00", "20:00"]),
    (UK, ("08:00", "20:00"), "08:00", "18:01", ["20:00"]),
    (UK, ("22:00",), "22:00", "23:00", ["23:00"]),
    (UK, ("22:00",), "22:00", "23:01", None),
    (EU, THREE, "14:00", "18:00", ["18:00", "22:00"]),
    (EU, THREE, "14:00", "18:01", ["22:00"]),
    (EU, THREE, "08:00", "11:00", ["11:00", "14:00", "22:00"]),
    (EU, THREE, "08:00", "11:01", ["14:00", "22:00"]),
    (EU, FOUR, "12:00", "14:30", ["14:30", "17:00", "22:00"]),
    (EU, FOUR, "12:00", "14:31", ["17:00", "22:00"]),
    (EU, FOUR, "08:00", "10:00", ["10:00", "12:00", "17:00", "22:00"]),
    (EU, FOUR, "08:00", "10:01", ["12:00", "17:00", "22:00"]),
    (EU, CLOSE, "12:00", "14:00", ["14:00", "16:00", "20:00"]),
    (EU, CLOSE, "12:00", "14:01", ["16:00", "20:00"]),
    (EU, ("08:00", "20:00"), "08:00", "16:00", ["16:00", "20:00"]),
    (EU, ("08:00", "20:00"), "08:00", "16:01", ["20:00"]),
    (US, THREE, "14:00", "18:00", ["18:00", "22:00"]),
    (US, THREE, "14:00", "18:01", ["22:00"]),
    (US, FOUR, "17:00", "19:30", ["19:30", "22:00"]),
    (US, FOUR, "17:00", "19:31", ["22:00"]),
]
CHILDREN = [
    (UK, FOUR, "12:00", "12:15", ["12:15", "17:00", "22:00"]),
    (UK, FOUR, "12:00", "13:00", ["13:00", "17:00", "22:00"]),
    (UK, FOUR, "12:00", "13:30", ["13:30", "17:30", "22:00"]),
    (UK, FOUR, "12:00", "14:00", ["14:00", "18:00", "22:00"]),
    (UK, FOUR, "12:00", "14:01", ["17:00", "22:00"]),
    (UK, FOUR, "17:00", "19:30", ["19:30", "23:30"]),
    (UK, FOUR, "17:00", "19:59", ["19:59", "23:59"]),
    (UK, FOUR, "17:00", "20:00", ["22:00"]),
    (UK, FOUR, "08:00", "08:15", ["08:15", "12:00", "17:00", "22:00"]),
    (UK, FOUR, "08:00", "08:30", ["08:30", "12:30", "17:00", "22:00"]),
    (UK, FOUR, "08:00", "09:00", ["09:00", "13:00", "17:00", "22:00"]),
    (UK, FOUR, "08:00", "09:01", ["12:00", "17:00", "22:00"]),
    (UK, CLOSE, "12:00", "12:30", ["12:30", "16:00", "20:00"]),
    (UK, CLOSE, "12:00", "13:00", ["13:00", "16:00", "20:00"]),
    (UK, CLOSE, "12:00", "13:01", ["16:00", "20:00"]),
    (UK, THREE, "14:00", "18:00", ["18:00", "22:00"]),
    (US, THREE, "14:00", "19:00", ["19:00", "23:00"]),
    (US, THREE, "14:00", "20:00", ["22:00"]),
]


@pytest.mark.parametrize(("region", "clocks", "due", "now", "expected"), ADULTS)
def test_an_adult_takes_a_late_dose_until_the_region_says_the_next_is_near(steps, region, clocks, due, now, expected):
    assert left(steps.of(resume, **asked(f"{DAY} {now}", clocks, [f"{DAY} {due}"], region))) == expected


@pytest.mark.parametrize(("region", "clocks", "due", "now", "expected"), CHILDREN)
def test_a_child_is_given_it_at_once_and_the_next_waits_once_or_it_is_left_out(
    steps, region, clocks, due, now, expected
):
    told = asked(f"{DAY} {now}", clocks, [f"{DAY} {due}"], region, **child())
    assert left(steps.of(resume, **told)) == expected


@pytest.mark.parametrize(
    ("clocks", "due", "now", "expected"),
    [
        (THREE, "14:00", "18:00", ["18:00", "22:00"]),
        (THREE, "14:00", "18:01", ["22:00"]),
        (THREE, "08:00", "10:01", ["14:00", "22:00"]),
        (FOUR, "08:00", "08:15", ["08:15", "12:00", "17:00", "22:00"]),
        (FOUR, "08:00", "08:16", ["12:00", "17:00", "22:00"]),
    ],
)
@pytest.mark.parametrize("age_y", [None, float("nan")])
def test_an_age_that_is_not_known_gets_the_strictest_rule(steps, clocks, due, now, expected, age_y):
    told = asked(f"{DAY} {now}", clocks, [f"{DAY} {due}"], age_y=age_y)
    assert left(steps.of(resume, **told)) == expected


@pytest.mark.parametrize(
    ("region", "now", "expected"),
    [
        (UK, "2026-11-25 00:30", ["00:30", "08:00", "14:00", "22:00"]),
        (UK, "2026-11-25 06:00", ["06:00", "08:00", "14:00", "22:00"]),
        (UK, "2026-11-25 06:01", ["08:00", "14:00", "22:00"]),
        (EU, "2026-11-25 04:00", ["04:00", "08:00", "14:00", "22:00"]),
        (EU, "2026-11-25 04:01", ["08:00", "14:00", "22:00"]),
    ],
)
def test_a_night_dose_may_be_taken_after_midnight_while_the_next_is_far(steps, region, now, expected):
    assert left(steps.of(resume, **asked(now, THREE, [f"{DAY} 22:00"], region))) == expected


@pytest.mark.parametrize(
    ("now", "missed", "expected"),
    [
        (moment("2026-03-29 06:00"), "2026-03-28 22:00", ["06:00", "08:00", "14:00", "22:00"]),
        (moment("2026-03-29 06:01"), "2026-03-28 22:00", ["08:00", "14:00", "22:00"]),
        (moment("2026-10-25 01:30"), "2026-10-24 22:00", ["01:30", "08:00", "14:00", "22:00"]),
        (moment("2026-10-25 01:30", fold=1), "2026-10-24 22:00", ["01:30", "08:00", "14:00", "22:00"]),
        (moment("2026-10-25 06:01"), "2026-10-24 22:00", ["08:00", "14:00", "22:00"]),
        (moment("2026-03-29 16:10"), "2026-03-29 14:00", ["16:10", "22:00"]),
        (moment("2026-10-25 16:10"), "2026-10-25 14:00", ["16:10", "22:00"]),
    ],
)
def test_a_change_of_the_clocks_moves_no_dose_and_adds_none(steps, now, missed, expected):
    plan = steps.of(resume, **asked(now, THREE, [missed]))
    assert left(plan) == expected
    assert plan.steps[0].doses[0].at >= now


def test_twice_the_same_wall_time_is_told_apart_by_its_moment(steps):
    plan = steps.of(resume, **asked(moment("2026-10-25 01:30", fold=1), THREE, ["2026-10-24 22:00"]))
    assert plan.steps[0].doses[0].at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("now", ["2026-03-29 12:00", "2026-10-25 12:00", f"{DAY} 12:00"])
def test_where_nothing_was_missed_the_day_goes_on(steps, now):
    assert left(steps.of(resume, **asked(now))) == ["14:00", "22:00"]


def test_after_today_the_usual_day_follows_in_units_of_the_product(steps):
    plan = steps.of(resume, **asked(f"{DAY} 16:10", THREE, [f"{DAY} 14:00"]))
    assert plan.kind is Kind.RESUME
    first, then = plan.steps
    assert (first.since, first.until) == (moment(f"{DAY} 16:10"), moment("2026-11-25 00:00"))
    assert (then.since, then.until, then.total_ug_per_day) == (moment("2026-11-25 00:00"), None, 30_000)
    assert [(dose.clock, dose.amount_ug, dose.units, dose.at) for dose in then.doses] == [
        (time(8), 10_000, 10, None),
        (time(14), 10_000, 10, None),
        (time(22), 10_000, 10, None),
    ]


@pytest.mark.parametrize("product", [None, "us.tablet_10mg", "us.solution_1mg_ml"])
@pytest.mark.parametrize("mg", [float("nan"), float("inf"), -10.0, 0.0])
def test_a_dose_that_is_no_amount_is_given_in_no_product(steps, build, product, mg):
    taken = build.regimen(("08:00", mg), ("20:00", 10.0), product=product)
    made = steps.of(resume, **{**asked(f"{DAY} 16:10"), "regimens": (taken,)})
    assert made.steps == ()
    assert any("No product at hand gives these doses" in str(refusal.reason) for refusal in made.refusals)


@pytest.mark.parametrize(
    ("region", "at", "expected"),
    [(UK, "21:00", ["23:00"]), (UK, "20:00", ["22:00"]), (EU, "21:00", []), (EU, "19:00", ["23:00"])],
)
def test_the_next_dose_waits_once_for_one_already_taken_late_or_is_left_out(steps, region, at, expected):
    late = record("given", f"{DAY} 14:00", at=f"{DAY} {at}")
    assert left(steps.of(resume, **asked(f"{DAY} 21:05", region=region, doses=(late,)))) == expected


@pytest.mark.parametrize("status", ["unknown", "given"])
def test_a_dose_that_may_have_been_taken_is_never_given_again(steps, status):
    perhaps = record(status, f"{DAY} 14:00")
    assert left(steps.of(resume, **asked(f"{DAY} 16:10", doses=(perhaps,)))) == ["22:00"]


@pytest.mark.parametrize(
    ("who", "vomited_at", "expected"),
    [
        (child(), "12:29", ["12:40", "17:00", "22:00"]),
        (child(), "12:30", ["17:00", "22:00"]),
        ({}, "12:10", ["17:00", "22:00"]),
        ({"age_y": None}, "12:10", ["17:00", "22:00"]),
    ],
    ids=["child at once", "child later", "adult", "age unknown"],
)
def test_only_a_childs_dose_vomited_at_once_is_given_again(steps, who, vomited_at, expected):
    sick = record("vomited", f"{DAY} 12:00", vomited_at=f"{DAY} {vomited_at}")
    assert left(steps.of(resume, **asked(f"{DAY} 12:40", FOUR, doses=(sick,), **who))) == expected


def test_a_dose_repeated_and_vomited_too_is_for_somebody_to_look_at(steps):
    sick = record("vomited", f"{DAY} 12:00", vomited_at=f"{DAY} 12:20")
    again = record("vomited", "", at=f"{DAY} 12:25", vomited_at=f"{DAY} 12:35", loose=True)
    assert left(steps.of(resume, **asked(f"{DAY} 12:40", FOUR, doses=(sick, again), **child()))) is None


def test_a_dose_beside_the_clock_is_the_missed_one_near_it_and_refuses_where_it_is_larger(steps):
    def told(mg):
        extra = record("given", "", at=f"{DAY} 15:00", mg=mg, loose=True)
        return left(steps.of(resume, **asked(f"{DAY} 16:10", THREE, [f"{DAY} 14:00"], doses=(extra,))))

    assert told(10) == ["22:00"]
    assert told(20) is None
    meant = asked(f"{DAY} 16:10", doses=(record("given", f"{DAY} 14:00", at=f"{DAY} 15:00"),))
    assert left(steps.of(resume, **meant)) == ["22:00"]


def test_after_an_extra_dose_the_next_is_left_out_and_the_day_is_never_above_the_usual(steps):
    extra = record("given", "", at=f"{DAY} 12:00", loose=True)
    assert left(steps.of(resume, **asked(f"{DAY} 15:00", doses=(extra,)))) == []


def test_more_than_a_days_dose_taken_already_refuses(steps):
    extra = record("given", "", at=f"{DAY} 12:00", mg=60, loose=True)
    assert steps.of(resume, **asked(f"{DAY} 15:00", doses=(extra,))).refused


def test_a_late_dose_waits_until_it_is_far_enough_from_the_one_before(steps):
    late = record("given", f"{DAY} 08:00", at=f"{DAY} 13:30")
    told = asked(f"{DAY} 14:30", THREE, [f"{DAY} 14:00"], doses=(late,))
    assert left(steps.of(resume, **told)) == ["15:30", "22:00"]


def test_the_last_dose_taken_speaks_for_every_dose_after_it(steps):
    told = asked(f"{DAY} 16:00", last_taken=moment("2026-11-23 21:50"))
    plan = steps.of(resume, **told)
    assert left(plan) == ["16:00", "22:00"]


def test_a_dose_taken_early_is_not_taken_again(steps):
    assert left(steps.of(resume, **asked(f"{DAY} 16:00", last_taken=moment(f"{DAY} 13:00")))) == ["22:00"]
    assert left(steps.of(resume, **asked(f"{DAY} 20:30", last_taken=moment(f"{DAY} 20:15")))) == []


def test_only_the_newest_of_several_missed_doses_is_taken(steps):
    told = asked(f"{DAY} 16:00", THREE, [f"{DAY} 08:00", f"{DAY} 14:00"])
    assert left(steps.of(resume, **told)) == ["16:00", "22:00"]


def gap(hours, **changes):
    """Asked on a morning after so many hours without a dose."""
    now = moment(f"{DAY} 09:30")
    return asked(now, last_taken=now - timedelta(hours=hours), regimens=(regimen(THREE, EU, 20),), region=EU, **changes)


def test_up_to_a_day_without_it_the_usual_dose_is_taken_again(steps):
    assert left(steps.of(resume, **gap(19.5))) == ["09:30", "14:00", "22:00"]


@pytest.mark.parametrize("hours", [25.5, 43.5, 67.5])
def test_after_a_day_the_prescriber_decides_between_two_days_that_are_shown(steps, hours):
    plan = steps.of(resume, **gap(hours))
    assert plan.refused
    assert [other.name is not None and other.why_not is not None for other in plan.others] == [True, True]
    assert all(other.steps == () and other.refusals for other in plan.others)


@pytest.mark.parametrize("hours", [73.5, 97.5, 330.0, 1000.0])
def test_after_three_days_it_begins_again_at_the_bottom_and_never_above_the_old_dose(steps, hours):
    plan = steps.of(resume, **gap(hours))
    assert plan.kind is Kind.TITRATE
    assert not plan.refused
    totals = [step.total_ug_per_day / 1000 for step in plan.steps]
    assert totals == [15, 30, 45, 60]


def test_a_new_start_aims_no_higher_than_a_lower_goal(steps):
    plan = steps.of(resume, **gap(97.5, goal_ug_per_day=30_000.0))
    assert plan.steps[-1].total_ug_per_day == 30_000


def test_a_new_start_after_what_is_no_number_is_refused(steps, build):
    taken = build.regimen(("08:00", float("nan")), ("20:00", 10.0))
    made = steps.of(resume, **{**gap(97.5, goal_ug_per_day=30_000.0), "regimens": (taken,)})
    assert made.steps == ()
    assert made.refused


def test_what_refuses_a_restart_refuses_it_here(steps):
    assert steps.of(resume, **gap(97.5, dialysis=Dialysis(kind=DialysisKind.HAEMODIALYSIS, sessions=()))).refused


def test_a_regimen_that_ended_because_it_ran_out_goes_on_for_want(steps):
    ended = replace(regimen(THREE), until=moment(f"{DAY} 10:00"))
    plan = steps.of(resume, **asked(f"{DAY} 16:10", regimens=(ended,), gap_reason=GapReason.RAN_OUT))
    assert left(plan) == ["16:10", "22:00"]
    assert plan.steps[1].until is None


def test_the_usual_day_ends_where_another_regimen_begins(steps):
    until = moment("2026-11-26 00:00")
    regimens = (replace(regimen(THREE), until=until), replace(regimen(THREE, mg=5), since=until))
    plan = steps.of(resume, **asked(f"{DAY} 16:10", THREE, [f"{DAY} 14:00"], regimens=regimens))
    assert plan.steps[1].until == until


def test_on_its_last_day_only_today_is_planned(steps):
    until = moment("2026-11-25 00:00")
    regimens = (replace(regimen(THREE), until=until), replace(regimen(THREE, mg=5), since=until))
    plan = steps.of(resume, **asked(f"{DAY} 16:10", THREE, [f"{DAY} 14:00"], regimens=regimens))
    assert [step.until for step in plan.steps] == [until]
    assert len(plan.notes) == 4


def test_a_dose_of_an_older_regimen_is_not_made_up_for(steps):
    since = moment(f"{DAY} 15:00")
    regimens = (replace(regimen(THREE, mg=20), until=since), replace(regimen(THREE), since=since))
    missed = record("missed", f"{DAY} 14:00", mg=20)
    assert left(steps.of(resume, **asked(f"{DAY} 16:10", regimens=regimens, doses=(missed,)))) == ["22:00"]


def test_the_last_dose_of_a_regimen_may_be_late_where_nothing_follows(steps):
    ending = replace(regimen(THREE), until=moment("2026-11-25 00:00"))
    told = asked(f"{DAY} 23:00", THREE, [f"{DAY} 22:00"], regimens=(ending,))
    assert left(steps.of(resume, **told)) == ["23:00"]


def test_a_childs_next_dose_may_wait_where_none_follows_it(steps):
    ending = replace(regimen(FOUR), until=moment(f"{DAY} 18:00"))
    told = child(**asked(f"{DAY} 16:00", FOUR, [f"{DAY} 12:00"], regimens=(ending,)))
    assert left(steps.of(resume, **told)) == ["16:00", "20:00"]


def test_the_first_dose_of_all_may_be_late(steps):
    begun = replace(regimen(THREE, mg=5), since=moment(f"{DAY} 07:00"))
    assert left(steps.of(resume, **asked(f"{DAY} 09:00", THREE, [f"{DAY} 08:00"], regimens=(begun,)))) == [
        "09:00",
        "14:00",
        "22:00",
    ]


REFUSED = {
    "nothing taken": {"regimens": ()},
    "nothing due yet": {"regimens": (replace(regimen(THREE), since=moment(f"{DAY} 15:00")),), "doses": ()},
    "a pump": {"has_pump": True},
    "pump not known": {"has_pump": None},
    "sleepy": {"symptoms": (Symptom(name="sleepiness", since=None),)},
    "confused": {"symptoms": (Symptom(name="confusion", since=None),)},
    "sleepy in words": {"say": ("very sleepy and muddled",)},
    "symptoms not asked": {"symptoms": None},
    "dialysis not known": {"dialysis": None, "regimens": (regimen(THREE, mg=20),)},
    "toxic on dialysis": {
        "dialysis": Dialysis(kind=DialysisKind.HAEMODIALYSIS, sessions=()),
        "regimens": (regimen(THREE, mg=20),),
    },
    "allergic": {"allergies": ("baclofen",)},
    "emergency": {"symptoms": (Symptom(name="seizure", since=None),)},
    "slow release": {"regimens": (replace(regimen(THREE), modified_release=True),)},
    "release not known": {"regimens": (replace(regimen(THREE), product=None),)},
    "not in its units": {"regimens": (replace(regimen(THREE, mg=7), product="uk.tablet_10mg"),)},
    "no tablet fits": {"regimens": (replace(regimen(THREE, mg=7), product=None, modified_release=False),)},
    "another begins today": {
        "regimens": (
            replace(regimen(THREE), until=moment(f"{DAY} 18:00")),
            replace(regimen(THREE, mg=5), since=moment(f"{DAY} 18:00")),
        )
    },
}


@pytest.mark.parametrize("why", REFUSED)
def test_no_dose_is_told_where_something_stands_against_it(steps, why):
    plan = steps.of(resume, **asked(f"{DAY} 16:10", THREE, [f"{DAY} 14:00"], **REFUSED[why]))
    assert plan.refused
    assert plan.steps == ()


def test_a_dose_that_is_toxic_with_failed_kidneys_is_not_taken_again_and_unmeasured_kidneys_refuse_nothing(
    steps, build
):
    told = asked(f"{DAY} 16:10", THREE, [f"{DAY} 14:00"])
    at = moment(f"{DAY} 08:00")
    assert steps.of(resume, **told, creatinine=(build.creatinine(4.5, at),)).refused
    for kidneys in ((), (build.creatinine(0.8, at),)):
        assert not steps.of(resume, **told, creatinine=kidneys).refused


def test_an_acute_fall_of_the_kidneys_refuses_and_a_single_creatinine_does_not(steps, build):
    now = moment(f"{DAY} 16:10")
    rising = (build.creatinine(0.8, now - timedelta(hours=40)), build.creatinine(1.7, now - timedelta(hours=1)))
    told = asked(now, THREE, [f"{DAY} 14:00"])
    assert steps.of(resume, **told, creatinine=rising).refused
    assert not steps.of(resume, **told, creatinine=rising[:1]).refused


def test_a_product_that_nobody_named_is_the_tablet_with_the_fewest_pieces(steps):
    usual = replace(regimen(THREE, mg=20), product=None, modified_release=False)
    plan = steps.of(resume, **asked(f"{DAY} 16:10", THREE, [f"{DAY} 14:00"], region=US, regimens=(usual,)))
    assert {(dose.product, dose.units) for step in plan.steps for dose in step.doses} == {("us.tablet_20mg", 1)}


@pytest.fixture
def answer(knowledge, make, picture_of, steps):
    """The plan and the advice of a case like START but for what is named."""

    def answered(**changes):
        case = make(**changes)
        plan = resume(knowledge, case, picture_of(case))
        return plan, advise(knowledge, case, picture_of(case), plan, ())

    return answered


def ids(advice):
    return [point.id.split(".")[0] for point in advice.points]


def said(text):
    return "".join(piece if isinstance(piece, str) else "#" for piece in text.pieces)


def test_the_answer_says_now_and_until_when(answer):
    _, advice = answer(**asked(f"{DAY} 16:10", THREE, [f"{DAY} 14:00"]))
    assert moment(f"{DAY} 20:00") in advice.headline.pieces
    assert "take it now" in said(advice.headline)
    assert not advice.critical
    assert ids(advice) == ["dose", "gap", "before", "watch", "never", "rule", "sources"]
    assert [(entry.since, entry.until) for entry in advice.agenda] == [(moment(f"{DAY} 16:10"), moment(f"{DAY} 20:00"))]
    assert said(advice.agenda[0].detail) == said(advice.points[0].detail)


HEADLINES = {
    "nothing": (asked(f"{DAY} 16:10"), "No dose is told as missed"),
    "wait": (
        asked(f"{DAY} 14:30", THREE, [f"{DAY} 14:00"], doses=(record("given", f"{DAY} 08:00", at=f"{DAY} 13:30"),)),
        "not before",
    ),
    "skip": (asked(f"{DAY} 21:00", THREE, [f"{DAY} 14:00"]), "leave it out"),
    "unsure": (asked(f"{DAY} 16:10", doses=(record("unknown", f"{DAY} 14:00"),)), "may have been taken"),
    "again": (
        asked(
            f"{DAY} 12:40",
            FOUR,
            doses=(record("vomited", f"{DAY} 12:00", vomited_at=f"{DAY} 12:20"),),
            **child(),
        ),
        "give the same dose again",
    ),
    "not again": (
        asked(
            f"{DAY} 13:40",
            FOUR,
            doses=(record("vomited", f"{DAY} 12:00", vomited_at=f"{DAY} 13:20"),),
            **child(),
        ),
        "do not repeat it",
    ),
    "delay": (asked(f"{DAY} 21:05", doses=(record("given", f"{DAY} 14:00", at=f"{DAY} 21:00"),)), "wait with it"),
    "two": (
        asked(f"{DAY} 16:00", THREE, [f"{DAY} 08:00", f"{DAY} 14:00"]),
        "Call the prescriber or a pharmacist today",
    ),
    "decide": (gap(43.5), "call the prescriber today"),
    "restart": (gap(97.5), "a new start from the bottom is proposed"),
    "no restart": (gap(97.5, age_y=None), "no new start from here"),
    "pump": (asked(f"{DAY} 16:10", has_pump=True), "never a missed dose"),
    "refused": (asked(f"{DAY} 16:10", THREE, [f"{DAY} 14:00"], symptoms=None), "No late dose from here"),
    "emergency": (gap(43.5, symptoms=(Symptom(name="fever", since=None),)), "Emergency"),
}


@pytest.mark.parametrize("why", HEADLINES)
def test_the_headline_says_what_matters_most(answer, why):
    told, words = HEADLINES[why]
    _, advice = answer(**told)
    assert words in said(advice.headline)


@pytest.mark.parametrize("why", HEADLINES)
def test_no_dated_thing_says_the_same_twice(answer, why):
    _, advice = answer(**HEADLINES[why][0])
    assert [said(entry.title) for entry in advice.agenda if entry.title == entry.detail] == []


@pytest.mark.parametrize("why", ["decide", "restart", "no restart", "pump", "refused", "emergency"])
def test_no_answer_about_a_single_dose_is_told_that_the_gate_did_not_let_out(answer, why):
    _, advice = answer(**HEADLINES[why][0])
    assert "dose" not in ids(advice)
    assert all("Late dose" not in said(entry.title) for entry in advice.agenda)


@pytest.mark.parametrize("why", ["two", "decide", "restart", "pump", "emergency"])
def test_two_doses_in_a_row_a_day_without_it_a_pump_and_an_emergency_are_critical(answer, why):
    _, advice = answer(**HEADLINES[why][0])
    assert advice.critical


SIGNS = ("fever", "hallucinations", "muscle rigidity", "confusion", "itching")


@pytest.mark.parametrize("sign", SIGNS)
def test_more_than_a_day_without_it_and_a_sign_of_withdrawal_is_an_emergency(answer, sign):
    plan, advice = answer(**gap(43.5, symptoms=(Symptom(name=sign, since=None),)))
    assert plan.refused
    assert advice.points[0].id == "emergency"
    assert advice.points[0].severity is Severity.CRITICAL


def test_both_choices_of_the_prescriber_are_told_with_what_they_would_do(answer):
    _, advice = answer(**gap(43.5))
    peaks = [
        [piece.value for piece in point.detail.pieces if getattr(piece, "unit", "") == "ng/mL"]
        for point in advice.points
        if point.id.startswith("decide")
    ]
    (usual, before), (smaller, same) = peaks
    assert smaller < usual
    assert before == same


def test_no_reduced_day_is_told_for_a_child_an_unknown_age_or_pieces_that_are_too_large(answer):
    granules = replace(regimen(FOUR, US, 10), product="us.granules_10mg")
    unmeasured = replace(regimen(FOUR, US, 7), product="us.tablet_10mg")
    for changes in ({"age_y": None}, {"regimens": (granules,)}, {"regimens": (unmeasured,)}):
        told = {**gap(43.5), **changes}
        _, advice = answer(**{**told, "region": US})
        assert "decide_reduced" not in ids(advice)


def test_where_no_model_speaks_the_choices_have_no_levels(answer):
    _, advice = answer(**{**gap(43.5), "age_y": 1.0, "weight_kg": 10.0, "height_cm": 75.0})
    assert "decide_usual" not in ids(advice)


def test_a_choice_of_a_regimen_that_ended_is_told_too(answer):
    ended = replace(regimen(THREE, EU, 20), until=moment("2026-11-23 00:00"))
    _, advice = answer(**{**gap(43.5), "regimens": (ended,), "last_taken": moment("2026-11-22 14:00")})
    assert "decide_usual" in ids(advice)


@pytest.mark.parametrize(("region", "key"), [(UK, "supply_uk"), (EU, "supply_eu"), (US, "supply_us")])
def test_who_ran_out_is_told_how_to_get_more_lawfully_and_today(answer, region, key):
    _, advice = answer(**asked(f"{DAY} 16:10", region=region, gap_reason=GapReason.RAN_OUT))
    assert {"supply", key} <= set(ids(advice))


def test_in_hospital_the_team_is_told(answer):
    _, advice = answer(**{**gap(43.5), "gap_reason": GapReason.IN_HOSPITAL})
    assert "hospital" in ids(advice)


@pytest.mark.parametrize(
    ("units", "expected"),
    [(45, {"stock"}), (9.5, {"stock_none", "supply"}), (None, set())],
    ids=["some", "few", "none"],
)
def test_what_is_left_is_told_in_days(answer, units, expected):
    at = moment(f"{DAY} 16:00")
    stock = None if units is None else (Stock(product="uk.solution_1mg_ml", units=units, at=at),)
    _, advice = answer(**asked(f"{DAY} 16:10", stock=stock))
    assert {one for one in ids(advice) if one.startswith(("stock", "supply"))} - {"supply_uk"} == expected
    if units == 45:
        (days,) = [point.title.pieces[-1] for point in advice.points if point.id == "stock"]
        assert days.value == pytest.approx(1.5)


def test_nothing_is_said_of_a_stock_without_a_usual_dose(answer):
    _, advice = answer(**asked(f"{DAY} 16:10", stock=(), regimens=()))
    assert "stock_none" not in ids(advice)


def test_symptoms_that_nobody_asked_for_are_asked_for(answer):
    _, advice = answer(**HEADLINES["refused"][0])
    (before,) = [point for point in advice.points if point.id == "before"]
    assert before.status is Status.UNKNOWN
    assert before.needs == ("patient.symptoms",)


def test_words_are_heard_and_stop_a_late_dose(answer):
    plan, advice = answer(**asked(f"{DAY} 16:10", THREE, [f"{DAY} 14:00"], say=("she is confused",)))
    assert plan.refused
    assert "dose" not in ids(advice)
