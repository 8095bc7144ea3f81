"""Plain words for people at home: leaflet texts, and whom to ring, with nothing computed in them."""

from dataclasses import dataclass

from baclo.care.triage import Level
from baclo.errors import NoPlan
from baclo.knowledge.library import Knowledge
from baclo.report import shown, summary
from baclo.report.emergency import Contact, emergency
from baclo.run import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence or two for people at home, and what they rest on."""

    text: str
    basis: tuple[str, ...]


def line(knowledge: Knowledge, name: str) -> Line:
    """The words of that name."""
    row = knowledge.folder("words")["handout"][name]
    return Line(text=row["text"], basis=tuple(row["basis"]))


def contacts(knowledge: Knowledge, outcome: Outcome) -> tuple[Contact, ...]:
    """The emergency and poison-centre numbers of the case's region, emergency services first."""
    return emergency(knowledge, outcome.case.region).contacts


def numbers(knowledge: Knowledge, outcome: Outcome) -> str:
    """Every number to ring in one line."""
    return "; ".join(f"{one.who} ({one.place}) {one.number}" for one in contacts(knowledge, outcome))


def emergency_now(outcome: Outcome) -> bool:
    """Whether help is to be called now by what the case tells."""
    return outcome.triage is not None and outcome.triage.level is Level.EMERGENCY_NOW


def for_home(knowledge: Knowledge, outcome: Outcome, what: str) -> None:
    """`NoPlan` in an emergency, and with the first reason where the plan is refused or for monitored care only."""
    if emergency_now(outcome):
        raise NoPlan(f"No {what}: ring {contacts(knowledge, outcome)[0].number} now. No plan of doses goes home today.")
    not_refused(outcome, what)
    if outcome.plan is not None and outcome.plan.not_at_home:
        reason = shown.sentence(outcome.plan.not_at_home[0].reason, outcome.case.zone)
        raise NoPlan(f"No {what}: the steps are none for home. {reason}")


def not_refused(outcome: Outcome, what: str) -> None:
    """`NoPlan` with the first reason where the plan is refused: nobody gets any part of it."""
    if outcome.plan is not None and outcome.plan.refused:
        reason = shown.sentence(summary.refusals(outcome)[0].reason, outcome.case.zone)
        raise NoPlan(f"No {what}: the plan is refused. {reason}")
