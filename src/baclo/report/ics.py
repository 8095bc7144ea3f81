"""The plan as a calendar file (RFC 5545) for ordinary calendar programs: doses with alarms, steps, what is due."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event, Timezone

from baclo.care.agenda import Entry, Occasion
from baclo.care.dispense import Dispensed
from baclo.care.plan import Kind, Plan, Step
from baclo.errors import NoPlan
from baclo.knowledge.library import Knowledge
from baclo.report import shown
from baclo.report.advising import OCCASIONS
from baclo.report.leaflet import for_home, line, numbers
from baclo.report.names import product_name
from baclo.report.recurring import Stretch, end, stretches
from baclo.report.supply import Ending, endings
from baclo.report.taking import plain, supplied, takings
from baclo.report.zone_rules import zone_rules
from baclo.run import Outcome

_DAY = timedelta(days=1)
# Sixteen bits of a digest keep two people of one household apart and tell nobody's title.
_PERSON_DIGITS = 4
_UID_DIGITS = 32
_NO_MORE = "Baclofen: from today no more doses"


def ics(knowledge: Knowledge, outcome: Outcome) -> str:
    """The calendar file, lines ended by CR LF; the same outcome gives the same text.

    `NoPlan` where the plan is refused or none for home, or nothing in the answer has a date. Times are those of the
    wall in the case's zone, also after the clocks change. A title of the case is not in the file.
    """
    for_home(knowledge, outcome, "calendar")
    events = list(_events(knowledge, outcome))
    if not events:
        raise NoPlan("No calendar: nothing in this answer has a date. Ask titrate, taper, resume, monitor or prepare.")
    calendar = Calendar()
    calendar.add("prodid", f"-//baclo//baclo {outcome.versions.get('baclo', '')}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Baclofen (draft)")
    for part in (_zone(knowledge, outcome, events), *events):
        calendar.add_component(part)
    written: bytes = calendar.to_ical()
    return written.decode("utf-8")


def _zone(knowledge: Knowledge, outcome: Outcome, events: list[Event]) -> Timezone:
    """The zone's rules for every day of the calendar."""
    zone, plan = outcome.case.zone, outcome.plan
    moments = [_utc(outcome, event.decoded(name)) for event in events for name in ("dtstart", "dtend") if name in event]
    if plan is not None and plan.steps:
        moments.append(end(knowledge, plan, plan.steps[-1], zone))
    return zone_rules(zone, zone.key, min(moments), max(moments))


def _utc(outcome: Outcome, at: date) -> datetime:
    if not isinstance(at, datetime):
        at = datetime(at.year, at.month, at.day, tzinfo=outcome.case.zone)
    return at.astimezone(UTC)


def _events(knowledge: Knowledge, outcome: Outcome) -> Iterator[Event]:
    advice, plan = outcome.advice, outcome.plan
    agenda = advice.agenda if advice is not None else ()
    if plan is not None and plan.steps:
        yield from (_dose(knowledge, outcome, one) for one in stretches(knowledge, plan, outcome.case.zone))
        if plan.kind is not Kind.RESUME and not any(entry.occasion is Occasion.STEP for entry in agenda):
            yield from _steps(knowledge, outcome, plan)
        yield from _ends(knowledge, outcome, plan)
        yield from (_fetch(knowledge, outcome, plan, one) for one in plan.dispense if one.units > 0)
    yield from (_entry(knowledge, outcome, entry) for entry in agenda)
    yield from (_supply(knowledge, outcome, ending) for ending in endings(knowledge, outcome))


def _dose(knowledge: Knowledge, outcome: Outcome, stretch: Stretch) -> Event:
    """One dose a day of a stretch, with an alarm at the dose."""
    taking = stretch.taking
    said = f"Baclofen: {plain(knowledge, taking)}"
    total = shown.dose(taking.amount_ug)
    words = f"Take {plain(knowledge, taking)} ({total} in all)."
    missed = (line(knowledge, "missed").text, line(knowledge, "stop").text)
    larger = _larger(knowledge, outcome, stretch.first)
    event = _event(knowledge, outcome, ("dose", stretch.first.isoformat()), said, (words, *larger, *missed))
    event.add("dtstart", stretch.first)
    if stretch.days > 1:
        event.add("rrule", {"freq": "daily", "until": stretch.last})
    return _alarmed(event, said)


def _alarmed(event: Event, said: str) -> Event:
    """The event with an alarm at its moment."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", said)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    return event


def _steps(knowledge: Knowledge, outcome: Outcome, plan: Plan) -> Iterator[Event]:
    """The first day of each step, all day."""
    for place, step in enumerate(plan.steps, start=1):
        words = [f"{shown.clock(one.clock)} {plain(knowledge, one)}." for one in takings(step.doses)]
        total = shown.dose(step.total_ug_per_day)
        said = f"Baclofen: step {place} of {len(plan.steps)} begins, {total} a day" if words else _NO_MORE
        event = _event(knowledge, outcome, ("step", step.since.isoformat()), said, (*words, *_watch(outcome, step)))
        yield _whole_days(event, step.since.astimezone(outcome.case.zone).date())


def _watch(outcome: Outcome, step: Step) -> Iterator[str]:
    return (shown.sentence(one, outcome.case.zone) for one in step.monitor)


def _ends(knowledge: Knowledge, outcome: Outcome, plan: Plan) -> Iterator[Event]:
    """Some days before the doses shown end: to ask how to go on, and not to stop."""
    last, zone = plan.steps[-1], outcome.case.zone
    if last.doses:
        until = shown.last_day(end(knowledge, plan, last, zone), zone)
        ask = max(last.since, until - timedelta(hours=knowledge.number("calendar.lead", "h"))).astimezone(zone).date()
        said = f"Baclofen: this calendar ends on {shown.day(until, zone)}. Do not stop; ask how to go on"
        event = _event(knowledge, outcome, ("ends", ask.isoformat()), said, (line(knowledge, "ends").text,))
        yield _whole_days(event, ask)


def _entry(knowledge: Knowledge, outcome: Outcome, entry: Entry) -> Event:
    """One thing that is due, on its days, or at its moment with an alarm: a dose is told by its moment."""
    zone = outcome.case.zone
    title = shown.sentence(entry.title, zone)
    identity = ("due", entry.occasion.value, entry.since.isoformat(), title)
    said = f"{OCCASIONS[entry.occasion]}: {title}"
    step = entry.occasion is Occasion.STEP
    words = (shown.sentence(entry.detail, zone), *(_larger(knowledge, outcome, entry.since) if step else ()))
    event = _event(knowledge, outcome, identity, said, words)
    since = entry.since.astimezone(zone)
    if entry.whole_day:
        last = since if entry.until is None else shown.last_day(entry.until, zone)
        return _whole_days(event, since.date(), max(last.date(), since.date()))
    event.add("dtstart", since)
    if entry.until is not None:
        event.add("dtend", entry.until.astimezone(zone))
    return _alarmed(event, said)


def _larger(knowledge: Knowledge, outcome: Outcome, since: datetime) -> tuple[str, ...]:
    """What must be before the steps of a rise after its first one, where `since` lies in one of them."""
    plan = outcome.plan
    rising = plan is not None and plan.kind is Kind.TITRATE and len(plan.steps) > 1
    return (line(knowledge, "larger").text,) if rising and plan is not None and since >= plan.steps[1].since else ()


def _fetch(knowledge: Knowledge, outcome: Outcome, plan: Plan, dispensed: Dispensed) -> Event:
    """The day before the plan, or the day of the case: what has to be at home by the first dose."""
    zone = outcome.case.zone
    day = max(outcome.case.now.astimezone(zone).date(), plan.steps[0].since.astimezone(zone).date() - _DAY)
    said = f"Baclofen: fetch {supplied(knowledge, dispensed)}"
    lasts = f"Lasts until {shown.day(shown.last_day(dispensed.until, zone), zone)}."
    return _whole_days(_event(knowledge, outcome, ("fetch", dispensed.product), said, (lasts,)), day)


def _supply(knowledge: Knowledge, outcome: Outcome, ending: Ending) -> Event:
    """The day to ask for more of a product that runs out."""
    name = shown.sentence(product_name(knowledge, ending.product), outcome.case.zone)
    said = f"Baclofen: ask for more. What is at home is not enough for {shown.date_words(ending.out)}"
    event = _event(knowledge, outcome, ("supply", ending.product, ending.ask.isoformat()), said, (f"{name}.",))
    return _whole_days(event, ending.ask)


def _event(
    knowledge: Knowledge, outcome: Outcome, identity: tuple[str, ...], said: str, words: tuple[str, ...]
) -> Event:
    """What every event has; `identity` is what tells it from the others of the same person."""
    event = Event()
    event.add("uid", _uid(outcome, identity))
    event.add("dtstamp", outcome.case.now.astimezone(UTC))
    event.add("summary", said)
    event.add("description", "\n".join((*(one for one in words if one), *_foot(knowledge, outcome))))
    event.add("class", "PRIVATE")
    event.add("status", "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    return event


def _foot(knowledge: Knowledge, outcome: Outcome) -> tuple[str, ...]:
    """What stands under every event: that it is a draft, of which day, and whom to ring."""
    of_day = f"From the plan of {shown.day(outcome.case.now, outcome.case.zone)}; delete it when the plan changes."
    ring = f"{line(knowledge, 'signs').text} {numbers(knowledge, outcome)}."
    return line(knowledge, "draft").text, of_day, ring


def _uid(outcome: Outcome, identity: tuple[str, ...]) -> str:
    person = hashlib.sha256((outcome.case.title or "").encode()).hexdigest()[:_PERSON_DIGITS]
    digest = hashlib.sha256("|".join((person, *identity)).encode()).hexdigest()
    return f"{digest[:_UID_DIGITS]}@baclo.invalid"


def _whole_days(event: Event, first: date, last: date | None = None) -> Event:
    """The event on whole days, first and last included."""
    event.add("dtstart", first)
    event.add("dtend", (last or first) + _DAY)
    return event
