"""With which words the points and the dated things of an answer are told."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from baclo.care.advice import Point
from baclo.care.agenda import Entry, Occasion
from baclo.care.days import midnight
from baclo.care.finding import Severity, Status
from baclo.case.case import Ask
from baclo.knowledge.words import Text
from baclo.report import shown

OCCASIONS = {
    Occasion.STEP: "Dose step",
    Occasion.VISIT: "Visit",
    Occasion.SCORE: "Score",
    Occasion.LABORATORY: "Blood or urine test",
    Occasion.TALK: "To talk about",
    Occasion.REFILL: "Supply",
    Occasion.ACTION: "To do",
}
# Of a list of what must be true each line says whether it is; elsewhere the title of a point says so itself.
_MET = {Status.PRESENT: "met", Status.ABSENT: "not met"}
_DAY = timedelta(days=1)
_STOPS = (".", "!", "?", ":")


def standing_words(point: Point, ask: Ask) -> str:
    """How grave a point is, where it is not for information, and what its title leaves open; "" where nothing."""
    grave = "" if point.severity is Severity.INFO else point.severity.value
    met = _MET.get(point.status, "") if point.status is not None and ask is Ask.ESCALATE else ""
    open_ = "not known" if point.status is Status.UNKNOWN else met
    return ": ".join(words for words in (grave, open_) if words).capitalize()


def when(entry: Entry, zone: ZoneInfo) -> str:
    """The day or the days of a dated thing, or its moment and its end, of which the clock is always told."""
    if entry.until is None:
        return shown.day(entry.since, zone) if entry.whole_day else _by_clock(entry.since, zone)
    if entry.whole_day:
        return shown.stretch(entry.since, entry.until, zone)
    since, until = entry.since.astimezone(zone), entry.until.astimezone(zone)
    if until == midnight(since.date() + _DAY, zone):
        return f"{_by_clock(since, zone)} to midnight"
    same_day = since.date() == until.date()
    return f"{_by_clock(since, zone)} to {shown.clock(until.time()) if same_day else _by_clock(until, zone)}"


def _by_clock(at: datetime, zone: ZoneInfo) -> str:
    """Date and clock, midnight too: a dose at midnight is no thing of the whole day."""
    return f"{shown.day(at, zone)} {shown.clock(at.astimezone(zone).time())}"


def closed(text: Text) -> Text:
    """The sentence with a full stop at its end, where it has none."""
    last = text.pieces[-1] if text.pieces else ""
    return text if isinstance(last, str) and last.rstrip().endswith(_STOPS) else Text((*text.pieces, "."))
