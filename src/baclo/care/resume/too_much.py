"""What is said where more was taken at once than one usual dose: no more, what of the next dose, and whom to ask."""

from collections.abc import Iterator
from datetime import datetime

from baclo.care.advice import Point
from baclo.care.finding import Severity, Status
from baclo.care.resume.excess import Excess
from baclo.care.resume.planner import Situation
from baclo.care.resume.telling import point, say
from baclo.care.resume.today import next_midnight
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text

_BASIS = ("case:dose",)


def too_much_headline(knowledge: Knowledge, now: Situation, excess: Excess, reason: Text | None) -> Text:
    """The first sentence; with the `reason` of a refusal nothing is said of a dose but when the next one is due."""
    what = _title(knowledge, excess)
    if reason is None:
        return say(knowledge, "headline", "excess", what=what)
    due = next((slot.due for slot in now.told.ahead), None)
    if due is None:
        return say(knowledge, "headline", "excess_after", what=what, reason=reason)
    key = "excess_now" if due < next_midnight(now.case) else "excess_today"
    return say(knowledge, "headline", key, what=what, reason=reason, due=due)


def too_much_points(knowledge: Knowledge, now: Situation) -> Iterator[Point]:
    """The warning, with whom to ask; nothing where no more was taken than usual."""
    if now.excess is not None:
        what = _title(knowledge, now.excess)
        yield point(knowledge, "excess", Severity.WARNING, Status.PRESENT, _BASIS, what=what)


def too_much_until(now: Situation) -> datetime:
    """Until when to ask: before the next dose, and today."""
    return min((slot.due for slot in now.told.ahead), default=next_midnight(now.case))


def _title(knowledge: Knowledge, excess: Excess) -> Text:
    key = excess.kind.value if excess.sure else "perhaps"
    return say(knowledge, "excess", key, amount=excess.amount, at=excess.at)
