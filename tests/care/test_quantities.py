"""What rules may ask of a case: doses missed and ended, summed burdens, pregnancy by dates, products, measurements."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from baclo.care.conditions import holds
from baclo.care.doses import regimen_now
from baclo.care.quantities import Quantity, quantities
from baclo.care.taper import taper
from baclo.case.ahead import Ahead, Coming
from baclo.case.case import Ask
from baclo.case.timeline import Observation

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def asked(knowledge, told, picture_of):
    """One quantity of a case in the words of the tables, or as changed by a function of the case."""

    def ask(name, change=lambda case: case, region="US", **words):
        case = change(told(region, **words))
        return quantities(knowledge, case, picture_of(case), regimen_now(case.timeline, case.now))[name]

    return ask


def with_regimens(*regimens):
    return lambda case: replace(case, timeline=replace(case.timeline, regimens=regimens))


def days(number):
    return timedelta(days=number)


def test_a_fall_of_the_daily_dose_counts_as_recent_for_two_weeks(asked, build):
    def stepped(ago, before, after):
        first = replace(build.regimen(("08:00", before)), until=NOW - days(ago))
        return with_regimens(first, build.regimen(("08:00", after), since=NOW - days(ago)))

    assert asked("recently_stopped_or_reduced", stepped(3, 20.0, 10.0)).value is True
    assert asked("recently_stopped_or_reduced", stepped(3, 10.0, 20.0)).value is False
    assert asked("recently_stopped_or_reduced", stepped(20, 20.0, 10.0)).value is False


def test_a_stop_is_planned_where_what_runs_ends_with_nothing_after_it(asked, build):
    ending = replace(build.regimen(("08:00", 20.0)), until=NOW + days(5))
    assert asked("stop_planned", with_regimens(ending)).value is True
    following = build.regimen(("08:00", 10.0), since=NOW + days(5))
    assert asked("stop_planned", with_regimens(ending, following)).value is False
    last = replace(build.regimen(("08:00", 5.0)), until=NOW + days(5))
    assert asked("stop_planned", with_regimens(last)).value is False
    assert asked("stop_planned").value is False


def test_no_stop_is_planned_where_a_taper_is_asked_and_none_while_the_gate_judges_one(knowledge, told, picture_of):
    case = told(ends_in_days=5)
    tapering = replace(case, question=replace(case.question, ask=Ask.TAPER, goal_ug_per_day=0.0))
    known = quantities(knowledge, tapering, picture_of(tapering), regimen_now(case.timeline, case.now))
    assert known["stop_planned"].value is False
    made = taper(knowledge, tapering, picture_of(tapering))
    assert made.steps
    assert not {finding.id for finding in made.findings} & {"stopping.abrupt", "surgery.stopping"}


def test_time_without_a_dose_is_counted_from_the_last_one_taken(asked):
    assert asked("without_h", tdd=30).value == 0.0
    assert asked("without_h", tdd=30, missed_doses=1).value == 13.0
    assert asked("without_h", tdd=30, missed_doses=3).value == 27.0
    assert asked("missed_in_row", tdd=30, missed_doses=3).value == 3.0


@pytest.mark.parametrize("lost", ["unknown", "vomited"])
def test_what_may_have_been_taken_ends_no_time_without_a_certain_dose(asked, lost):
    assert asked("without_h", tdd=30, missed_doses=3, lost=lost).value == 0.0
    assert asked("unsure_h", tdd=30, missed_doses=3, lost=lost).value == 27.0
    assert asked("unsure_h", tdd=30, missed_doses=3).value == 27.0
    assert asked("unsure_h", tdd=30).value == 0.0
    assert asked("unsure_h").value == 0.0


def test_with_every_dose_missed_the_first_that_was_due_counts(asked):
    found = asked("without_h", tdd=30, since_days=1, missed_doses=3)
    assert found.value == 21.0
    assert asked("without_h", tdd=30, since_days=0.1).value == 0.0


def test_nothing_is_missed_where_a_taper_has_ended_or_nothing_was_taken(asked):
    assert asked("without_h").value == 0.0
    assert asked("without_h", tdd=5, count=1, ended_days_ago=3).value == 0.0
    assert asked("without_h", tdd=30, ended_days_ago=3).value == 75.0
    assert asked("without_h", tdd=30, ended_days_ago=20).value == 0.0


def test_a_dose_that_was_late_and_taken_ends_the_row_of_missed_ones(asked, build):
    def late(case):
        taken = build.dose(10, hours_ago=0.5)
        return replace(case, timeline=replace(case.timeline, doses=(*case.timeline.doses, taken)))

    assert asked("missed_in_row", late, tdd=30, missed_doses=2).value == 0.0
    unscheduled = {"doses": [{"mg": 10, "status": "missed", "hours_ago": 1}]}
    assert asked("missed_in_row", tdd=30, **unscheduled).value == 1.0


def test_more_than_prescribed_is_an_extra_dose_or_a_larger_one(asked, build):
    def recorded(mg):
        def change(case):
            due = NOW - timedelta(hours=3)
            dose = build.dose(mg, at=due, scheduled=due)
            return replace(case, timeline=replace(case.timeline, doses=(dose,)))

        return change

    assert asked("more_than_prescribed", tdd=30, doses=[{"mg": 10}]).value is True
    assert asked("more_than_prescribed", recorded(20), tdd=30).value is True
    assert asked("more_than_prescribed", recorded(10), tdd=30).value is False
    assert asked("more_than_prescribed", doses=[{"mg": 10}]).value is None
    assert asked("more_than_prescribed", tdd=30, doses=[{"mg": 10, "status": "missed"}]).value is False


def test_length_of_use_is_at_least_that_of_the_regimens_that_follow_each_other(asked, build):
    first = replace(build.regimen(("08:00", 10.0), since=NOW - days(50)), until=NOW - days(20))
    second = build.regimen(("08:00", 20.0), since=NOW - days(20))
    found = asked("taken_days", with_regimens(first, second))
    assert (found.value, found.needs) == (50.0, ("baclofen_since",))
    apart = replace(first, until=NOW - days(30))
    assert asked("taken_days", with_regimens(apart, second)).value == 20.0
    assert asked("taken_days", tdd=30, baclofen_days=400).value == 400.0
    assert asked("taken_days").value == 0.0


def test_weeks_of_pregnancy_are_completed_ones_counted_from_the_due_date(asked):
    assert asked("pregnancy_weeks", sex="female", pregnant=True, due_in_days=42).value == 34.0
    assert asked("pregnancy_weeks", sex="female", pregnant=True, due_in_days=43).value == 33.0
    watched = asked("newborn_watch_until", sex="female", pregnant=True, due_in_days=42).value
    assert watched == NOW + days(42 + 7)


def test_a_man_is_neither_pregnant_nor_nursing_and_a_woman_is_asked(asked):
    assert asked("pregnant").value is False
    assert asked("pregnant", sex="female").needs == ("patient.pregnant",)
    assert asked("pregnancy_planned", sex="female", pregnant=True).value is False
    assert asked("breastfeeding", sex="female", conditions=["breastfeeding"]).value is True
    assert asked("breastfeeding", sex="female").value is None


@pytest.mark.parametrize(
    ("words", "count", "up_to"),
    [
        ({"medicines": ["oxycodone", "gabapentin"]}, 2, None),
        ({"medicines": ["oxycodone", "OxyContin"]}, 1, None),
        ({"medicines": ["co-codamol"]}, 1, None),
        ({"medicines": ["opioids"]}, 1, None),
        ({"medicines": ["baclofen", "paracetamol"]}, 0, None),
        ({"medicines": ["oxycodone"], "alcohol": "daily"}, 2, None),
        ({"medicines": ["alcohol"], "alcohol": "daily"}, 1, None),
        ({"medicines": ["oxycodone"], "unasked": ["alcohol"]}, 1, 2),
        ({"medicines": ["oxycodone", "zzz"], "unasked": ["alcohol"]}, 1, float("inf")),
        ({"medicines": ["oxycodone", "zzz"]}, 1, float("inf")),
    ],
)
def test_sedating_medicines_are_counted_by_ingredient_and_drink_once(asked, words, count, up_to):
    found = asked("sedatives", **words)
    assert (found.value, found.up_to) == (count, up_to)


def test_a_kidney_recheck_is_counted_from_the_newest_medicine_and_never_in_the_past(asked):
    def begun(ago):
        def change(case):
            (medicine,) = case.patient.medicines
            since = None if ago is None else NOW - days(ago)
            return replace(case, patient=replace(case.patient, medicines=(replace(medicine, since=since),)))

        return change

    found = {ago: asked("kidney_recheck_at", begun(ago), medicines=["ibuprofen"]).value for ago in (None, 2, 90)}
    assert found == {None: NOW + days(7), 2: NOW + days(5), 90: NOW}


def test_slow_release_is_asked_of_what_is_taken_and_not_of_products_of_the_table(asked):
    assert asked("modified_release").value is False
    assert asked("modified_release", tdd=30, product="us.tablet_10mg").value is False
    assert asked("modified_release", tdd=30, product="us.tablet_10mg", modified_release=True).value is True
    assert asked("modified_release", tdd=30).needs == ("regimen.modified_release",)


def test_concentrations_are_counted_over_what_is_named_and_taken(asked):
    both = {"products": ["us.solution_1mg_ml"], "tdd": 30, "product": "us.suspension_5mg_ml"}
    assert asked("product_concentrations", **both).value == 2.0
    assert asked("product_concentrations", products=["us.tablet_10mg"]).value == 0.0
    assert asked("product_concentrations", tdd=30).value is None
    assert asked("product_concentrations").value == 0.0


def seen(kind, value, unit, hours_ago=1.0):
    return Observation(at=NOW - timedelta(hours=hours_ago), kind=kind, value=value, unit=unit)


@pytest.mark.parametrize(
    ("observation", "words", "symptom"),
    [
        (seen("temperature", 39.0, "Cel"), {}, "fever"),
        (seen("heart rate", 40.0, "/min"), {}, "slow pulse"),
        (seen("systolic pressure", 220.0, "mm[Hg]"), {}, "dysreflexia attack"),
    ],
)
def test_what_was_measured_lately_counts_as_the_symptom_it_is(asked, observation, words, symptom):
    def measured(case):
        return replace(case, timeline=replace(case.timeline, observations=(observation,)))

    def long_ago(case):
        old = replace(observation, at=NOW - days(30))
        return replace(case, timeline=replace(case.timeline, observations=(old,)))

    assert symptom in asked("symptoms", measured, **words).value
    assert asked("symptoms", long_ago).value == ()


def test_an_ordinary_value_is_no_symptom_and_limits_of_adults_are_not_held_to_children(asked):
    def measured(case):
        pulse = seen("heart rate", 130.0, "/min")
        return replace(case, timeline=replace(case.timeline, observations=(pulse, seen("temperature", 37.0, "Cel"))))

    assert asked("symptoms", measured).value == ("fast pulse",)
    assert asked("symptoms", measured, age_y=6.0).value == ()


def test_a_symptom_that_was_measured_is_known_while_the_others_are_not(asked, knowledge):
    def measured(case):
        return replace(case, timeline=replace(case.timeline, observations=(seen("temperature", 39.0, "Cel"),)))

    known = {"symptoms": asked("symptoms", measured, unasked=["symptoms"])}
    assert holds(knowledge, {"has_symptom": ["fever"]}, known).holds is True
    assert holds(knowledge, {"has_symptom": ["seizure"]}, known).holds is None


def test_a_count_between_two_ends_is_settled_only_where_both_agree(knowledge):
    count = Quantity(value=1.0, unit="1", basis=("case:patient.medicines",), needs=("patient.alcohol",), up_to=2.0)
    assert holds(knowledge, {"at_least": ["n", "fact:load.sedative_one"]}, {"n": count}).holds is True
    truth = holds(knowledge, {"at_least": ["n", "fact:load.sedative_many"]}, {"n": count})
    assert (truth.holds, truth.needs) == (None, ("patient.alcohol",))


def test_what_was_recorded_in_a_day_counts_where_it_is_more_than_the_regimen(knowledge, make, build, picture_of):
    records = tuple(build.dose(20.0, hours_ago=hours) for hours in (2, 8, 14, 20, 30))
    loose = make(doses=records)
    assert quantities(knowledge, loose, picture_of(loose), None)["tdd"].value == 80
    proposed = build.regimen(("08:00", 10.0))
    assert quantities(knowledge, loose, picture_of(loose), proposed)["tdd"].value == 10


@pytest.mark.parametrize(
    ("allergy", "answer"),
    [
        *(("Gablofen", True), ("Lyvispah", True), ("Baclofen rash", True), ("penicillin", False)),
        *(("lioresal intrathecal", True), ("Beklo", True), ("rash (Lioresal, 2019)", True)),
    ],
)
def test_an_allergy_to_any_brand_is_an_allergy_to_baclofen(knowledge, make, picture_of, allergy, answer):
    case = make(allergies=("peanuts", allergy))
    assert quantities(knowledge, case, picture_of(case), None)["allergic_to_baclofen"].value is answer


@pytest.fixture(name="allergic")
def _allergic(knowledge, make, picture_of):
    def answer(*allergies):
        case = make(allergies=allergies)
        return quantities(knowledge, case, picture_of(case), None)["allergic_to_baclofen"]

    return answer


@pytest.mark.parametrize(
    "allergy",
    [
        *("baclofin", "Lioresel", "the spasm tablet", "muscle relaxants", "muscle relaxants and methocarbamol"),
        *("penicillin and baclofin", "lactose", "rash", "something"),
    ],
)
def test_an_allergy_that_may_be_to_baclofen_is_asked_about_by_its_place(allergic, allergy):
    found = allergic("peanuts", allergy)
    assert (found.value, found.needs) == (None, ("patient.allergies[1]",))


@pytest.mark.parametrize(
    "allergy",
    [
        *("peanuts", "nuts, eggs and milk", "latex allergy", "penicillin (rash)", "allergic to codeine", "wasp stings"),
        *("methocarbamol", "NSAIDs", "iodine contrast", "co-amoxiclav 625 mg", "nickel"),
    ],
)
def test_an_allergy_to_what_is_known_to_be_something_else_is_none_to_baclofen(allergic, allergy):
    assert (allergic(allergy).value, allergic(allergy).needs) == (False, ())


def test_one_known_allergy_to_baclofen_settles_the_answer(allergic):
    assert (allergic("something", "baclofen").value, allergic("something", "baclofen").needs) == (True, ())


def test_no_allergy_is_said_by_an_empty_list_or_by_none_alone(allergic):
    assert allergic().value is False
    assert allergic("none").value is False
    assert allergic("NKDA").value is False
    assert allergic("none", "peanuts").needs == ("patient.allergies[0]",)


@pytest.mark.parametrize(
    ("surgery_at", "ahead", "expected"),
    [
        (None, (), False),
        (
            None,
            (datetime(2026, 12, 9, 8, tzinfo=UTC), datetime(2026, 12, 3, 8, tzinfo=UTC)),
            datetime(2026, 12, 3, 8, tzinfo=UTC),
        ),
        (None, (datetime(2026, 11, 20, 8, tzinfo=UTC),), False),
        (datetime(2026, 12, 3, tzinfo=UTC), (datetime(2026, 12, 3, 8, tzinfo=UTC),), datetime(2026, 12, 3, tzinfo=UTC)),
    ],
)
def test_an_operation_that_lies_ahead_is_an_operation_to_the_rules(asked, surgery_at, ahead, expected):
    def change(case):
        things = tuple(
            Ahead(
                kind=kind,
                since=since,
                until=None,
                nil_by_mouth=None,
                by_mouth_again=None,
                zone=None,
                emergency=None,
            )
            for since in ahead
            for kind in (Coming.OPERATION, Coming.SCAN)
        )
        patient = replace(case.patient, surgery_at=surgery_at, surgery_planned=surgery_at is not None)
        return replace(case, ahead=things, patient=patient)

    assert asked("surgery_at", change).value == expected


def test_where_none_has_come_due_since_the_last_one_there_is_no_time_without(knowledge, make, build, picture_of):
    """Once a day at 21:00, yesterday's taken an hour early; today's is just late up to 22:00, and then overdue."""
    due = datetime(2026, 11, 22, 21, tzinfo=UTC)
    early = replace(build.dose(20.0, at=due - timedelta(hours=1)), scheduled=due)
    missed = build.dose(20.0, at=due + timedelta(days=1), status="missed", scheduled=due + timedelta(days=1))

    def hours(now, *doses):
        case = make(now=now, regimens=(build.regimen(("21:00", 20.0)),), doses=doses)
        known = quantities(knowledge, case, picture_of(case), regimen_now(case.timeline, case.now))
        return known["without_h"].value, known["unsure_h"].value

    assert hours(due + timedelta(hours=23.5), early) == (0.0, 0.0)
    assert hours(due + timedelta(hours=24.5), early, missed) == (0.0, 0.0)
    assert hours(due + timedelta(hours=25), early, missed) == (0.0, 0.0)
    assert hours(due + timedelta(hours=25, minutes=3), early, missed) == (26.05, 26.05)


def test_a_gap_between_regimens_is_time_without_although_no_dose_came_due(knowledge, make, build, picture_of):
    """The last at 21:00 on the 20th; the new regimen began at 06:00 today, and its first dose is due at 12:00."""
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    old = replace(build.regimen(("21:00", 20.0)), until=datetime(2026, 11, 21, tzinfo=UTC))
    new = build.regimen(("12:00", 20.0), since=datetime(2026, 11, 23, 6, tzinfo=UTC))

    def hours(*regimens):
        case = make(now=now, regimens=regimens)
        known = quantities(knowledge, case, picture_of(case), regimen_now(case.timeline, case.now))
        return known["without_h"].value

    assert hours(old, new) == 61.0
    assert hours(replace(old, until=new.since), new) == 0.0  # the last at 21:00 yesterday, and none due since


@pytest.mark.parametrize(("given_h_ago", "unsure_h"), [(3, 24.0 * 2 - 3), (25, 0.0)])
def test_doses_nobody_is_sure_of_are_asked_about_for_a_day_after_a_certain_one(
    knowledge, make, build, picture_of, given_h_ago, unsure_h
):
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    before, *between, after = (now - timedelta(hours=hours) for hours in (48, 40, 30, given_h_ago))
    unknown = [build.dose(10.0, at=at, status="unknown") for at in between]
    doses = (build.dose(10.0, at=before), *unknown, build.dose(10.0, at=after))
    regimens = (replace(build.regimen(("10:00", 10.0)), since=now - timedelta(hours=1), doses=()),)
    case = make(now=now, doses=doses, regimens=regimens)
    known = quantities(knowledge, case, picture_of(case), regimen_now(case.timeline, case.now))
    assert known["unsure_h"].value == unsure_h
    # one of two a day is open, as it is where one was missed
    case = make(now=now, doses=(doses[0], *doses[2:]), regimens=regimens)
    known = quantities(knowledge, case, picture_of(case), regimen_now(case.timeline, case.now))
    assert known["unsure_h"].value == 0.0


@pytest.mark.parametrize(
    ("taken", "now", "of_a_day", "excess"),
    [
        ("13:00", "13:30", 60.0, 0.0),  # an hour early: the dose of 14:00
        ("11:01", "13:30", 60.0, 0.0),
        ("11:00", "13:30", 80.0, 20.0),  # as near to that of 08:00: four within a day
        ("15:30", "16:00", 60.0, 0.0),  # late: the dose of 14:00
        ("19:59", "19:59", 60.0, 0.0),
    ],
)
def test_a_dose_a_little_early_or_late_belongs_to_when_it_was_due(
    knowledge, make, build, picture_of, taken, now, of_a_day, excess
):
    """Thrice a day, and when the dose of 14:00 was taken today; yesterday's is on time."""
    usual = build.regimen(("08:00", 20.0), ("14:00", 20.0), ("20:00", 20.0))
    due = datetime(2026, 11, 23, 14, tzinfo=UTC)
    at, asked_at = (datetime.combine(due.date(), time.fromisoformat(clock), tzinfo=UTC) for clock in (taken, now))
    dose = replace(build.dose(20.0, at=at), scheduled=due)
    case = make(now=asked_at, regimens=(usual,), doses=(dose,))
    known = quantities(knowledge, case, picture_of(case), usual)
    assert (known["tdd"].value, known["excess_in_a_day"].value) == (of_a_day, excess)


def test_what_was_taken_in_a_day_is_a_dose_of_a_plan_that_is_no_step_down(knowledge, make, build, picture_of):
    """30 mg a day and 40 mg at once beside it this morning: 70 mg in a day."""
    now = datetime(2026, 11, 23, 16, tzinfo=UTC)
    usual = build.regimen(("08:00", 10.0), ("14:00", 10.0), ("20:00", 10.0))
    case = make(now=now, regimens=(usual,), doses=(build.dose(40.0, at=datetime(2026, 11, 23, 10, tzinfo=UTC)),))

    def tdd(regimen):
        return quantities(knowledge, case, picture_of(case), regimen)["tdd"].value

    assert tdd(usual) == 70.0
    assert tdd(build.regimen(("08:00", 10.0), ("14:00", 10.0), ("20:00", 15.0))) == 70.0
    assert tdd(build.regimen(("08:00", 80.0))) == 80.0
    assert tdd(build.regimen(("08:00", 25.0))) == 25.0
    assert tdd(None) == 0.0
