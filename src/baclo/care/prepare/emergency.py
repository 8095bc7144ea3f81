"""In an emergency nothing that lies ahead is dated and no dose is told: help comes first."""

from dataclasses import replace

from baclo.care.advice import Advice, Point
from baclo.care.prepare.part import Part
from baclo.care.prepare.sentences import Sentences
from baclo.care.refusal import Refusal

_STANDING = frozenset(
    {
        *("operation.anaesthetist", "operation.anaesthetist_without", "operation.pump", "operation.pump_unknown"),
        *("scan.pump", "scan.pump_unknown", "delivery.team", "delivery.newborn"),
        *("illness.emergency", "illness.mind", "illness.fever"),
        *("without.not_taken", "without.ended", "fasting.last_unknown"),
    }
)


def emergency(said: Sentences, first: Refusal, parts: tuple[Part, ...]) -> Advice:
    """Why nothing is dated, and of every part what holds whatever becomes of the doses: who must know, and the signs.

    Only points that are named here are kept, so that no other one can tell a dose.
    """
    standing = tuple(point for part in parts for point in part.points if point.id in _STANDING)
    return Advice(
        headline=said.line("emergency"),
        critical=True,
        points=tuple(dict.fromkeys((_why(said, first), *standing))),
        agenda=(),
        notes=said.notes(),
    )


def _why(said: Sentences, first: Refusal) -> Point:
    """What stands against every dose now, in the words that any plan is refused with."""
    point = said.point("emergency", reason=first.reason)
    return replace(point, basis=tuple(dict.fromkeys((*first.basis, *point.basis))))
