"""An answer that is no schedule of doses: what holds, point by point, what is to be done when, and what to know."""

from dataclasses import dataclass

from baclo.care.agenda import Entry
from baclo.care.finding import Severity, Status
from baclo.knowledge.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One line of an answer. `status` is whether what it asks for holds; None where it only tells something.

    `needs` are the case paths that would settle an unknown; `basis` names what its numbers rest on.
    """

    id: str
    status: Status | None
    severity: Severity
    title: Text
    detail: Text
    needs: tuple[str, ...]
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The answer to a question that asks for no plan of doses, or what stands beside one.

    `critical` is whether somebody must act now. `agenda` is in order of time.
    """

    headline: Text
    critical: bool
    points: tuple[Point, ...]
    agenda: tuple[Entry, ...]
    notes: tuple[Text, ...]
