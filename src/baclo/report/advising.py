"""With which words the points and the dated things of an answer are told."""

from zoneinfo import ZoneInfo

from baclo.care.advice import Point
from baclo.care.agenda import Entry, Occasion
from baclo.care.finding import Severity, Status
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
_STATUSES = {Status.PRESENT: "holds", Status.ABSENT: "does not hold", Status.UNKNOWN: "not known"}
_STOPS = (".", "!", "?", ":")


def standing_words(point: Point) -> str:
    """How grave a point is, where it is not for information, and whether it holds; "" where it only tells something."""
    grave = "" if point.severity is Severity.INFO else point.severity.value
    holds = "" if point.status is None else _STATUSES[point.status]
    return ": ".join(words for words in (grave, holds) if words).capitalize()


def when(entry: Entry, zone: ZoneInfo) -> str:
    """The day or the days of a dated thing, or its moment and its end."""
    if entry.until is None:
        return shown.day(entry.since, zone) if entry.whole_day else shown.moment(entry.since, zone)
    if entry.whole_day:
        return shown.stretch(entry.since, entry.until, zone)
    return f"{shown.moment(entry.since, zone)} to {shown.moment(entry.until, zone)}"


def closed(text: Text) -> Text:
    """The sentence with a full stop at its end, where it has none."""
    last = text.pieces[-1] if text.pieces else ""
    return text if isinstance(last, str) and last.rstrip().endswith(_STOPS) else Text((*text.pieces, "."))
