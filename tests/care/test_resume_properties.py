"""What must hold of the answer to any missed dose; tests/conftest.py says how to try a million of them."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from baclo.care.plan import Kind
from baclo.care.resume import resume
from baclo.case.case import Ask
from baclo.case.timeline import ClockDose, Dose, DoseStatus, Regimen, Route
from baclo.knowledge.facts import Region

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
LEAST_H = 2  # no text lets two doses come nearer than this, unless the clock itself has them nearer
SPRING, AUTUMN, PLAIN = date(2026, 3, 28), date(2026, 10, 24), date(2026, 11, 22)
zones = st.sampled_from([ZoneInfo("Europe/London"), ZoneInfo("America/New_York"), ZoneInfo("Europe/Zurich")])
clocks = st.lists(st.integers(0, 95), min_size=1, max_size=5, unique=True).map(
    lambda quarters: tuple(sorted(time(quarter // 4, quarter % 4 * 15) for quarter in quarters))
)
fates = st.lists(st.sampled_from(["taken", "late", "missed", "unknown", "vomited"]), min_size=16, max_size=16)
ages = st.sampled_from([None, 6.0, 40.0])


def usual(times, mg):
    doses = tuple(ClockDose(clock=clock, amount_ug=mg * 1000.0) for clock in times)
    since = datetime(2026, 1, 1, tzinfo=UTC)
    return Regimen(product="us.solution_1mg_ml", modified_release=None, since=since, until=None, doses=doses)


def due_moments(times, zone, start):
    days = (start + timedelta(days=day) for day in range(5))
    return sorted({datetime.combine(day, clock, tzinfo=zone).astimezone(UTC) for day in days for clock in times})


def recorded(due, fate, late_h):
    at = due + (late_h * HOUR if fate == "late" else timedelta(0))
    status = {"taken": "given", "late": "given"}.get(fate, fate)
    return Dose(
        at=at,
        amount_ug=10_000.0,
        over_h=0.0,
        route=Route.ORAL,
        product=None,
        status=DoseStatus(status),
        scheduled=due,
        vomited_at=at + 10 * MINUTE if fate == "vomited" else None,
    )


@st.composite
def cases(draw):
    """Doses of up to five a day around an ordinary day or a change of the clocks, each with a fate of its own."""
    zone, times, start = draw(zones), draw(clocks), draw(st.sampled_from([SPRING, AUTUMN, PLAIN]))
    now = datetime.combine(start + timedelta(days=2), time(0), tzinfo=zone).astimezone(UTC)
    now += draw(st.integers(0, 24 * 60)) * MINUTE
    late_h = draw(st.floats(0.1, 3.0))
    records, since = [], None
    for due, fate in zip(
        reversed([at for at in due_moments(times, zone, start) if at < now]), draw(fates), strict=False
    ):
        record = recorded(due, fate, late_h)
        if record.at + 11 * MINUTE <= now and (since is None or record.at < since):
            records.append(record)
            since = due
    age_y = draw(ages)
    who = {"age_y": 6.0, "weight_kg": 20.0, "height_cm": 114.0} if age_y == 6.0 else {"age_y": age_y}
    return {
        "ask": Ask.RESUME,
        "now": now,
        "zone": zone,
        "region": draw(st.sampled_from(list(Region))),
        "regimens": (usual(times, 10),),
        "doses": tuple(sorted(records, key=lambda record: record.at)),
        **who,
    }


def today(plan):
    return plan.steps[0].doses if plan.kind is Kind.RESUME and plan.steps else ()


def perhaps_taken(told):
    """Every dose of the last days that was, or may have been, taken: its moment and the one it was due at."""
    records = {record.scheduled: record for record in told["doses"]}
    young = told["age_y"] == 6.0
    for due in due_moments(
        [dose.clock for dose in told["regimens"][0].doses], told["zone"], told["now"] - 3 * 24 * HOUR
    ):
        record = records.get(due)
        if record is None and due < told["now"]:
            yield due, due
        elif (
            record is not None
            and record.status is not DoseStatus.MISSED
            and not (young and record.status is DoseStatus.VOMITED)
        ):
            yield record.at, due


@given(told=cases())
def test_no_dose_is_doubled_enlarged_or_taken_before_its_time(steps, told):
    doses = today(steps.of(resume, **told))
    taken = {due for _, due in perhaps_taken(told)}
    assert len({dose.due for dose in doses}) == len(doses)
    assert not {dose.due for dose in doses} & taken
    assert all(dose.amount_ug == 10_000 and dose.due <= dose.at and told["now"] <= dose.at for dose in doses)


@given(told=cases())
def test_doses_are_never_nearer_than_the_least_gap_of_any_text(steps, told):
    doses = today(steps.of(resume, **told))
    every = sorted([*perhaps_taken(told), *((dose.at, dose.due) for dose in doses)])
    planned = {dose.at for dose in doses}
    for (before, due), (after, next_due) in pairwise(every):
        if after in planned:
            least = min(LEAST_H * HOUR, next_due - due)
            assert after - before >= least - 15 * MINUTE


@given(told=cases())
def test_the_day_up_to_any_dose_holds_no_more_than_the_usual_day(steps, told):
    zone, doses = told["zone"], today(steps.of(resume, **told))
    a_day = len(told["regimens"][0].doses)
    every = [*perhaps_taken(told), *((dose.at, dose.due) for dose in doses)]
    for dose in doses:
        since = (dose.at.astimezone(zone) - 24 * HOUR).astimezone(UTC)
        off = dose.at - dose.due > 15 * MINUTE
        held = [at if off else min(at, due) for at, due in every]
        assert sum(since < at <= dose.at for at in held) <= a_day


@given(told=cases())
def test_at_most_one_dose_that_was_not_yet_due_waits(steps, told):
    doses = today(steps.of(resume, **told))
    assert sum(dose.due >= told["now"] and dose.at - dose.due > 15 * MINUTE for dose in doses) <= 1
    assert sum(dose.due < told["now"] for dose in doses) <= 1


@given(told=cases(), later=st.integers(1, 60))
def test_asking_later_never_gives_more(steps, told, later):
    """Up to any moment of the day; a dose that came due in between is not known to be taken."""
    now = told["now"]
    after = {**told, "now": now + later * MINUTE}
    between = [at for at in due_moments([d.clock for d in told["regimens"][0].doses], told["zone"], now) if now <= at]
    missed = [recorded(due, "missed", 0) for due in between if due < after["now"]]
    after["doses"] = tuple(sorted((*told["doses"], *missed), key=lambda record: record.at))
    if now.astimezone(told["zone"]).date() != after["now"].astimezone(told["zone"]).date():
        return
    first, second = steps.of(resume, **told), steps.of(resume, **after)
    if second.kind is Kind.TITRATE:
        return
    early, late = today(first), today(second)
    assert not (first.refused and late)
    for dose in late:
        assert sum(one.at <= dose.at for one in late) <= sum(one.at <= dose.at for one in early)


@given(told=cases())
def test_every_plan_that_is_let_out_goes_on_with_the_usual_day(steps, told):
    plan = steps.of(resume, **told)
    if plan.kind is Kind.RESUME and plan.steps:
        assert {dose.clock for dose in plan.steps[1].doses} == {dose.clock for dose in told["regimens"][0].doses}
        assert plan.steps[1].total_ug_per_day == told["regimens"][0].total_ug_per_day


@given(told=cases(), days=st.integers(1, 3))
def test_a_shift_by_whole_days_shifts_the_answer(steps, told, days):
    """Away from a change of the clocks, and with nothing else that is dated."""
    if told["now"] < datetime(2026, 11, 20, tzinfo=UTC):
        return
    by = timedelta(days=days)
    moved = {
        **told,
        "now": told["now"] + by,
        "doses": tuple(
            Dose(
                at=one.at + by,
                amount_ug=one.amount_ug,
                over_h=0.0,
                route=one.route,
                product=None,
                status=one.status,
                scheduled=one.scheduled + by,
                vomited_at=None if one.vomited_at is None else one.vomited_at + by,
            )
            for one in told["doses"]
        ),
    }
    first, second = steps.of(resume, **told), steps.of(resume, **moved)
    assert [(d.at + by, d.amount_ug) for d in today(first)] == [(d.at, d.amount_ug) for d in today(second)]
    assert first.refused == second.refused


@given(told=cases(), hidden=st.sampled_from(["symptoms", "has_pump", "allergies"]))
def test_what_is_not_known_never_gives_more(steps, told, hidden):
    assert today(steps.of(resume, **{**told, hidden: None})) == ()


@given(told=cases())
def test_an_unknown_age_never_gets_more_than_a_child_or_an_adult(steps, told):
    unknown = today(steps.of(resume, **{**told, "age_y": None}))
    for age_y in (6.0, 40.0):
        assert len(unknown) <= len(today(steps.of(resume, **{**told, "age_y": age_y})))
