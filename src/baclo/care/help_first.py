"""Help comes before any plan of doses: what triage calls an emergency stands against all of them."""

from collections.abc import Iterator

from baclo.care.refusal import Refusal
from baclo.care.triage import Level, Triage
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import text


def help_first(knowledge: Knowledge, urgency: Triage) -> Iterator[Refusal]:
    """The gravest cause where help is to be called now; nothing where it is not."""
    if urgency.told and urgency.level is Level.EMERGENCY_NOW:
        gravest = urgency.causes[0]
        reason = text("{title}: help first, no dose before somebody has looked.", knowledge.facts, title=gravest.title)
        yield Refusal(reason=reason, needs=(), basis=gravest.basis)
