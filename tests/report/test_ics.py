"""The calendar file: read back by the library, and by a second reader that knows nothing of it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from io import StringIO
from itertools import takewhile
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st

import baclo
from baclo.care.agenda import Occasion
from baclo.care.days import midnight
from baclo.care.dispense import Dispensed
from baclo.care.plan import Kind, PlanDose
from baclo.case.calendar import scheduled
from baclo.case.stock import Stock
from baclo.case.timeline import ClockDose, Regimen
from baclo.errors import NoPlan
from baclo.report.ics import ics

OPEN_DAYS = 42
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Havana",
    "Asia/Kolkata",
    "Pacific/Apia",
    "UTC",
)


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def components(text, name):
    """Every component of that name as its own lines, those of components within it left out."""
    found, stack = [], []
    for line in unfolded(text):
        if line.startswith("BEGIN:"):
            stack.append((line[6:], []))
        elif line.startswith("END:"):
            kind, lines = stack.pop()
            if kind == name:
                found.append(lines)
        elif stack:
            stack[-1][1].append(line)
    return found


def properties(lines):
    return {line.split(":", 1)[0].split(";")[0]: line for line in lines}


def wall(written):
    """A time on the wall as the file writes it."""
    return datetime.strptime(written.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - a time on the wall has no zone


def zone_of(text):
    """The changes of the offset that the file tells: on the wall before each, in UTC, and the offset after it."""
    found = []
    for lines in components(text, "STANDARD") + components(text, "DAYLIGHT"):
        own = {name: line.split(":", 1)[1] for name, line in properties(lines).items()}
        start = wall(own["DTSTART"])
        found.append((start, start - offset(own["TZOFFSETFROM"]), offset(own["TZOFFSETTO"])))
    return sorted(found)


def offset(written):
    sign, hours, minutes, seconds = re.fullmatch(r"([+-])(\d\d)(\d\d)(\d\d)?", written).groups()
    size = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    return -size if sign == "-" else size


def second_reader(text):
    """Every moment of every dose with its summary: the rule by dateutil, the zone by hand from what the file tells."""
    zone, found = zone_of(text), []
    for lines in components(text, "VEVENT"):
        own = properties(lines)
        summary = own["SUMMARY"].split(":", 1)[1]
        if "VALUE=DATE" in own["DTSTART"] or not summary.startswith("Baclofen"):
            continue
        first = wall(own["DTSTART"].split(":")[1])
        days = [first]
        if "RRULE" in own:
            until = wall(own["RRULE"].split("UNTIL=")[1])
            days = list(takewhile(partial(reached, zone, until), rrulestr("FREQ=DAILY", dtstart=first)))
        found += [(moment(zone, day).replace(tzinfo=UTC), summary) for day in days]
    return sorted(found)


def reached(zone, until, day):
    return moment(zone, day) <= until


def moment(zone, at):
    """The moment of a time on the wall, by the last change before it; of one that was skipped by the offset before."""
    passed = [(change, after) for change, _, after in zone if change <= at]
    change, after = passed[-1]
    before = passed[-2][1] if len(passed) > 1 else after
    return at - (before if at < change + (after - before) else after)


def library_reader(text):
    """Every first moment of every dose, as the library reads it."""
    calendar = icalendar.Calendar.from_ical(text)
    return [event for event in calendar.walk("VEVENT") if isinstance(event["dtstart"].dt, datetime)]


def due(plan, zone):
    """Every moment of every dose of the plan as the program itself plans them, with how many are taken then."""
    found = []
    for step in plan.steps:
        until = step.until or step.since + timedelta(days=OPEN_DAYS)
        clocks = sorted({dose.clock for dose in step.doses})
        daily = Regimen(
            product=None,
            modified_release=None,
            since=step.since,
            until=until,
            doses=tuple(ClockDose(clock=clock, amount_ug=1.0) for clock in clocks),
        )
        found += [at for at, _ in scheduled(daily, zone, step.since, until)]
    return sorted(found)


def planned_in(outcome, key, first, clocks, lengths):
    """The plan of the fixture with steps of these lengths in that zone, its last one open."""
    zone = ZoneInfo(key)
    steps, day = [], first
    for place, length in enumerate(lengths):
        after = day + timedelta(days=length)
        last = place == len(lengths) - 1
        doses = tuple(
            PlanDose(clock=clock, amount_ug=5000.0 * (place + 1), product="uk.tablet_10mg", units=0.5 * (place + 1))
            for clock in clocks
        )
        until = None if last else midnight(after, zone)
        steps.append(replace(outcome.plan.steps[0], since=midnight(day, zone), until=until, doses=doses))
        day = after
    plan = replace(outcome.plan, steps=tuple(steps))
    return replace(outcome, case=replace(outcome.case, zone=zone), plan=plan)


@pytest.fixture
def text(knowledge, outcome):
    return ics(knowledge, outcome)


def test_every_dose_of_the_plan_is_in_the_file_and_no_other(text, outcome):
    read = second_reader(text)
    assert [at for at, _ in read] == due(outcome.plan, outcome.case.zone)
    assert len(read) == 5 * 2 + 7 * 3 + OPEN_DAYS * 3


def test_the_words_of_a_dose_are_those_of_its_step(text):
    by_day = {}
    for at, summary in second_reader(text):
        by_day.setdefault(at.date(), []).append(summary)
    assert by_day[date(2026, 11, 24)] == ["Baclofen: half a tablet of 10 mg"] * 2
    assert by_day[date(2026, 12, 6)][2] == "Baclofen: 1 and a half tablets of 10 mg"


def test_the_library_reads_it_back_with_an_alarm_at_every_dose(text):
    doses = library_reader(text)
    assert len(doses) == 2 + 3 + 3
    for event in doses:
        (alarm,) = event.walk("VALARM")
        assert alarm["action"] == "DISPLAY"
        assert alarm["trigger"].dt == timedelta(0)
        assert alarm["description"] == event["summary"]
        assert event["dtstart"].params["TZID"] == "Europe/Berlin"


@given(
    key=st.sampled_from(ZONES),
    first=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    clocks=st.lists(st.times(), min_size=1, max_size=4, unique=True),
    lengths=st.lists(st.integers(1, 40), min_size=1, max_size=5),
)
def test_every_dose_stays_at_its_time_on_the_wall_in_every_zone(knowledge, outcome, key, first, clocks, lengths):
    clocks = [clock.replace(second=0, microsecond=0, fold=0) for clock in clocks]
    made = planned_in(outcome, key, first, dict.fromkeys(clocks), lengths)
    assert [at for at, _ in second_reader(ics(knowledge, made))] == due(made.plan, made.case.zone)


@pytest.mark.parametrize(("day", "after"), [(date(2027, 3, 26), "+02:00"), (date(2027, 10, 29), "+01:00")])
def test_when_the_clocks_change_a_dose_keeps_its_time_on_the_wall(knowledge, outcome, day, after):
    made = planned_in(outcome, "Europe/Berlin", day, [time(8)], [5, 2])
    moments = [at.astimezone(ZoneInfo("Europe/Berlin")) for at, _ in second_reader(ics(knowledge, made))]
    assert {at.time() for at in moments} == {time(8)}
    assert moments[4].isoformat().endswith(after)
    assert moments[2] - moments[1] == timedelta(days=1)
    assert moments[2].utcoffset() != moments[0].utcoffset()


def test_a_time_that_the_change_skips_is_a_dose_of_its_own_later_on_the_wall(knowledge, outcome):
    made = planned_in(outcome, "Europe/Berlin", date(2027, 3, 27), [time(2, 30)], [3, 1])
    walls = [at.astimezone(made.case.zone) for at, _ in second_reader(ics(knowledge, made))][:3]
    assert [f"{at:%d %H:%M}" for at in walls] == ["27 02:30", "28 03:30", "29 02:30"]


def test_a_day_that_a_zone_left_out_has_no_dose(knowledge, outcome):
    made = planned_in(outcome, "Pacific/Apia", date(2011, 12, 28), [time(8)], [5, 1])
    walls = [at.astimezone(made.case.zone) for at, _ in second_reader(ics(knowledge, made))][:4]
    assert [f"{at:%d}" for at in walls] == ["28", "29", "31", "01"]
    nothing = planned_in(outcome, "Pacific/Apia", date(2011, 12, 30), [time(8)], [1, 1])
    assert [at for at, _ in second_reader(ics(knowledge, nothing))] == due(nothing.plan, nothing.case.zone)


@pytest.mark.parametrize("key", [*ZONES, "Asia/Tehran", "Europe/Dublin"])
def test_the_zone_in_the_file_is_the_zone_at_every_hour(knowledge, outcome, key):
    made = planned_in(outcome, key, date(2027, 3, 1), [time(8)], [200, 40])
    told = zone_of(ics(knowledge, made))
    at = datetime(2027, 3, 1, tzinfo=UTC)
    while at < datetime(2027, 10, 14, tzinfo=UTC):
        after = [after for _, change, after in told if change <= at.replace(tzinfo=None)][-1]
        assert after == at.astimezone(made.case.zone).utcoffset(), at
        at += timedelta(hours=1)


def test_another_reader_of_zones_agrees_at_every_noon(knowledge, outcome):
    made = planned_in(outcome, "Europe/Berlin", date(2027, 3, 1), [time(8)], [250, 40])
    rules = re.search(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE\r\n", ics(knowledge, made), re.DOTALL)[0]
    told = tzical(StringIO(rules.replace("\r\n", "\n"))).get("Europe/Berlin")
    for day in range(270):
        noon = datetime(2027, 3, 1, 12, tzinfo=made.case.zone) + timedelta(days=day)
        assert noon.replace(tzinfo=told).utcoffset() == noon.utcoffset(), noon


def test_several_strengths_at_one_time_are_one_event_that_names_each(knowledge, outcome):
    first = outcome.plan.steps[0]
    more = PlanDose(clock=time(8), amount_ug=5000.0, product="eu.tablet_5mg", units=1.0)
    mixed = replace(outcome, plan=replace(outcome.plan, steps=(replace(first, doses=(*first.doses, more)),)))
    said = [summary for _, summary in second_reader(ics(knowledge, mixed))]
    assert said.count("Baclofen: half a tablet of 10 mg and 1 tablet of 5 mg") == 5
    assert len(said) == 10


def test_each_step_is_a_day_and_the_end_of_an_open_calendar_says_not_to_stop(text):
    days = [properties(lines) for lines in components(text, "VEVENT") if "VALUE=DATE" in properties(lines)["DTSTART"]]
    said = [own["SUMMARY"] for own in days]
    assert said == [
        "SUMMARY:Baclofen: step 1 of 3 begins\\, 10 mg a day",
        "SUMMARY:Baclofen: step 2 of 3 begins\\, 20 mg a day",
        "SUMMARY:Baclofen: step 3 of 3 begins\\, 35 mg a day",
        "SUMMARY:Baclofen: this calendar ends on Sat 16 Jan 2027. Do not stop\\; ask how to go on",
    ]
    assert days[-1]["DTSTART"].endswith("20270109")
    assert "Do not stop baclofen." in days[-1]["DESCRIPTION"]


def test_going_on_with_the_usual_dose_is_no_step(knowledge, outcome):
    made = replace(outcome, plan=replace(outcome.plan, kind=Kind.RESUME))
    text = ics(knowledge, made)
    assert "begins" not in text
    assert len(second_reader(text)) > 5


def test_a_taper_to_nothing_says_from_when_no_dose_is_due(knowledge, outcome):
    last = replace(outcome.plan.steps[2], doses=(), total_ug_per_day=0.0)
    text = ics(knowledge, replace(outcome, plan=replace(outcome.plan, steps=(*outcome.plan.steps[:2], last))))
    assert "SUMMARY:Baclofen: from today no more doses" in text
    assert "this calendar ends" not in text


def test_what_is_due_stands_on_its_days_or_at_its_moment(knowledge, advised):
    events = [properties(lines) for lines in components(ics(knowledge, advised), "VEVENT")]
    assert [own["DTSTART"].partition(";")[2] for own in events] == [
        "VALUE=DATE:20261201",
        "TZID=Europe/Berlin:20261201T090000",
        "VALUE=DATE:20261204",
        "TZID=Europe/Berlin:20261210T090000",
    ]
    assert events[0]["SUMMARY"] == "SUMMARY:Blood or urine test: Look at the kidneys\\, 6 weeks on"
    assert events[2]["DTEND"] == "DTEND;VALUE=DATE:20261207"
    assert events[3]["DTEND"] == "DTEND;TZID=Europe/Berlin:20261210T100000"
    assert "Creatinine\\; cystatin C\\, too\\n" in events[0]["DESCRIPTION"]


def test_what_is_due_at_a_moment_has_an_alarm_then_and_a_whole_day_has_none(knowledge, advised):
    events = icalendar.Calendar.from_ical(ics(knowledge, advised)).walk("VEVENT")
    assert [len(event.walk("VALARM")) for event in events] == [0, 1, 0, 1]
    for event in events:
        for alarm in event.walk("VALARM"):
            assert (alarm["action"], alarm["trigger"].dt) == ("DISPLAY", timedelta(0))
            assert alarm["description"] == event["summary"]


@pytest.mark.parametrize(("name", "doses"), [("journey-new-york", 14), ("hip-operation", 3)])
def test_every_dose_of_what_lies_ahead_has_its_alarm(name, doses):
    """The second reader cuts the text itself: beside the moment of each entry stands an alarm at that moment."""
    answer = baclo.run(baclo.load(f"example:{name}"))
    zone = answer.case.zone
    dated = [entry for entry in answer.advice.agenda if not entry.whole_day]
    events = "\n".join(unfolded(answer.ics())).split("BEGIN:VEVENT")[1:]
    alarmed = [event for event in events if "BEGIN:VALARM\n" in event]
    assert all(event.count("TRIGGER:P0D\n") == 1 for event in alarmed)
    starts = [wall(re.search(r"DTSTART;TZID=[^:]+:(\S+)", event)[1]).replace(tzinfo=zone) for event in alarmed]
    assert sorted(starts) == sorted(entry.since for entry in dated)
    assert sum(" tablet" in event.split("SUMMARY:")[1].split("\n")[0] for event in alarmed) == doses


def test_a_plan_with_dose_steps_among_what_is_due_tells_them_once(knowledge, chosen):
    step = replace(chosen.advice.agenda[0], occasion=Occasion.STEP)
    made = replace(chosen, advice=replace(chosen.advice, agenda=(step,)))
    assert "step 1 of 3 begins" not in ics(knowledge, made)
    assert "step 1 of 3 begins" in ics(knowledge, chosen)


def test_what_is_dispensed_is_fetched_before_the_first_dose(knowledge, outcome):
    zone = outcome.case.zone
    tablets = Dispensed(
        product="uk.tablet_10mg",
        form="tablet",
        since=outcome.plan.steps[0].since,
        until=datetime(2027, 1, 17, tzinfo=zone),
        needed_units=166.0,
        left_units=0.0,
        at_home_units=30.0,
        units=136.0,
    )
    liquid = replace(tablets, product="uk.solution_1mg_ml", form="liquid", units=87.5)
    none = replace(tablets, units=0.0)
    plan = replace(outcome.plan, dispense=(tablets, liquid, none))
    events = [properties(lines) for lines in components(ics(knowledge, replace(outcome, plan=plan)), "VEVENT")]
    fetched = [own for own in events if "fetch" in own["SUMMARY"]]
    assert [own["SUMMARY"] for own in fetched] == [
        "SUMMARY:Baclofen: fetch 136 tablets of 10 mg",
        "SUMMARY:Baclofen: fetch 87.5 mL of the liquid 1 mg/mL",
    ]
    assert {own["DTSTART"] for own in fetched} == {"DTSTART;VALUE=DATE:20261123"}
    assert "Lasts until Sat 16 Jan 2027." in fetched[0]["DESCRIPTION"]


def test_the_day_to_ask_for_more_is_a_week_before_what_is_left_runs_out(knowledge, outcome):
    at = datetime(2026, 11, 24, tzinfo=outcome.case.zone)
    # 5 days of 1 tablet and 7 of 2 are 19; with 20 the first day of the third step, 3.5 tablets, is not covered.
    stocked = replace(outcome, case=replace(outcome.case, stock=(Stock(product="uk.tablet_10mg", units=20.0, at=at),)))
    (event,) = [
        own for own in map(properties, components(ics(knowledge, stocked), "VEVENT")) if "for more" in own["SUMMARY"]
    ]
    assert event["SUMMARY"].endswith("ask for more. What is at home is not enough for Sun 6 Dec 2026")
    assert event["DTSTART"] == "DTSTART;VALUE=DATE:20261129"


def test_a_stock_that_lasts_asks_for_nothing(knowledge, outcome):
    at = datetime(2026, 11, 24, tzinfo=outcome.case.zone)
    # 19 for the first two steps and 42 days of 3.5 tablets are 166.
    for units, asked in ((166.0, False), (165.5, True)):
        stocked = replace(
            outcome, case=replace(outcome.case, stock=(Stock(product="uk.tablet_10mg", units=units, at=at),))
        )
        assert ("ask for more" in ics(knowledge, stocked)) is asked


def test_another_product_does_not_use_the_stock(knowledge, outcome):
    at = datetime(2026, 11, 21, tzinfo=outcome.case.zone)
    stock = (Stock(product="eu.tablet_25mg", units=0.0, at=at),)
    (regimen,) = outcome.case.timeline.regimens
    timeline = replace(outcome.case.timeline, regimens=(replace(regimen, product="uk.tablet_10mg"),))
    made = replace(outcome, case=replace(outcome.case, stock=stock, timeline=timeline))
    assert "ask for more" not in ics(knowledge, made)


def test_what_is_taken_before_the_plan_uses_the_stock_also_where_nobody_said_the_product(knowledge, outcome):
    at = datetime(2026, 11, 21, tzinfo=outcome.case.zone)
    # Three days of two doses of 5 mg, of no named product, use 3 tablets; the first day of the plan uses 1 more.
    stocked = replace(outcome, case=replace(outcome.case, stock=(Stock(product="uk.tablet_10mg", units=3.5, at=at),)))
    assert "not enough for Tue 24 Nov 2026" in "".join(unfolded(ics(knowledge, stocked)))


def test_without_a_plan_a_liquid_runs_out_by_its_millilitres(knowledge, advised):
    at = datetime(2026, 11, 23, tzinfo=advised.case.zone)
    # 10 mg a day of 1 mg/mL are 10 mL: 45 mL cover four days.
    stocked = replace(
        advised, case=replace(advised.case, stock=(Stock(product="uk.solution_1mg_ml", units=45.0, at=at),))
    )
    assert "not enough for Fri 27 Nov 2026" in "".join(unfolded(ics(knowledge, stocked)))


def test_steps_for_monitored_care_give_no_calendar(knowledge, watched):
    with pytest.raises(NoPlan, match="No calendar: the steps are none for home"):
        ics(knowledge, watched)


def test_a_refused_plan_gives_no_calendar_and_the_reason(knowledge, refused, advised):
    with pytest.raises(NoPlan, match=r"No calendar: the plan is refused\. The dose would pass 80 mg/day\."):
        ics(knowledge, refused)
    with pytest.raises(NoPlan, match="refused"):
        ics(knowledge, replace(refused, advice=advised.advice))


def test_an_answer_without_dates_gives_no_calendar(knowledge, bare):
    with pytest.raises(NoPlan, match="nothing in this answer has a date"):
        ics(knowledge, bare)


def test_every_line_is_at_most_75_octets_and_ends_in_cr_lf(text):
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_every_property_that_rfc_5545_asks_for_is_there_once(text):
    (calendar,) = components(text, "VCALENDAR")
    assert calendar[:2] == ["VERSION:2.0", "PRODID:-//baclo//baclo 0.1.0//EN"]
    events = components(text, "VEVENT")
    for lines in events:
        names = [line.split(":", 1)[0].split(";")[0] for line in lines]
        assert len(names) == len(set(names))
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "CLASS"} <= set(names)
        assert "CLASS:PRIVATE" in lines
        assert not {"DTEND", "DURATION"} <= set(names)
        rule = [line for line in lines if line.startswith("RRULE")]
        assert all(re.fullmatch(r"RRULE:FREQ=DAILY;UNTIL=\d{8}T\d{6}Z", line) for line in rule)
    assert len({properties(lines)["UID"] for lines in events}) == len(events)
    for lines in components(text, "VALARM"):
        assert {"ACTION", "TRIGGER", "DESCRIPTION"} <= set(properties(lines))


def test_the_same_outcome_gives_the_same_file_and_its_stamp_is_the_moment_of_the_case(knowledge, outcome, text):
    assert ics(knowledge, outcome) == text
    assert set(re.findall(r"DTSTAMP:(\w+)", text)) == {"20261123T090000Z"}


def test_nothing_of_the_case_is_told_but_its_plan(knowledge, outcome, text):
    assert "Made by hand" not in text.replace("\r\n ", "")
    assert "creatinine" not in text.lower()
    other = ics(knowledge, replace(outcome, case=replace(outcome.case, title="Somebody else")))
    assert set(re.findall(r"UID:(.+)", text)) & set(re.findall(r"UID:(.+)", other)) == set()


def test_every_event_says_that_it_is_a_draft_and_whom_to_ring(text):
    for lines in components(text, "VEVENT"):
        told = properties(lines)["DESCRIPTION"]
        assert "DRAFT. Not valid until a prescriber has signed it" in told
        assert "999" in told
        assert "111" in told


def test_each_larger_dose_of_a_rise_waits_for_the_check_and_the_first_does_not():
    answer = baclo.run(baclo.load("example:ms-start"))
    steps = [own for own in map(properties, components(answer.ics(), "VEVENT")) if "Dose step" in own["SUMMARY"]]
    waits = ["Each larger dose: only after the check before it." in own["DESCRIPTION"] for own in steps]
    assert waits == [False, True, True]
    # an alarm of a larger dose rings for who stays on the one before, too
    doses = [own for own in map(properties, components(answer.ics(), "VEVENT")) if "Baclofen: " in own["SUMMARY"]]
    later = [own for own in doses if own["DTSTART"].split(":")[1] >= "20261127" and "tablet" in own["SUMMARY"]]
    assert later
    assert all("Each larger dose" in own["DESCRIPTION"] for own in later)
    assert not any("Each larger dose" in own["DESCRIPTION"] for own in doses if own not in later)
    down = baclo.run(baclo.load("example:taper-80"))
    assert "Each larger dose" not in "".join(unfolded(down.ics()))
