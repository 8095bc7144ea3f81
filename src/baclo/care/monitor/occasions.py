"""The checks as data, whether each applies to this person, and when it was last done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from baclo.care.agenda import Occasion
from baclo.care.conditions import Truth, holds
from baclo.care.monitor.changes import newest_score
from baclo.care.monitor.treatment import begun
from baclo.care.quantities import Quantity
from baclo.case.case import Case
from baclo.knowledge.facts import Fact
from baclo.knowledge.library import Knowledge

_ALWAYS = Truth(holds=True, needs=(), basis=())
FROM_START = "start"
_SCORE, _KIDNEY = "score", "kidney"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check by its `id`: at which moments it is due, and its words, as the data give them."""

    id: str
    occasion: Occasion
    at: tuple[str, ...]
    table: Mapping[str, Any]


def checks(knowledge: Knowledge) -> tuple[Check, ...]:
    """Every check in the order of the data."""
    rows = knowledge.folder("monitoring")["schedule"]["checks"]
    return tuple(
        Check(id=name, occasion=Occasion(row["occasion"]), at=tuple(row["at"]), table=row) for name, row in rows.items()
    )


def window(knowledge: Knowledge, name: str) -> Fact:
    """The fact of one of the windows of the schedule."""
    return knowledge.fact(knowledge.folder("monitoring")["schedule"]["windows"][name])


def applies(knowledge: Knowledge, check: Check, known: Mapping[str, Quantity], condition: str = "when") -> Truth:
    """Whether a condition of a check holds of this person; one that the check does not have holds."""
    return holds(knowledge, check.table[condition], known) if condition in check.table else _ALWAYS


def interval(knowledge: Knowledge, check: Check, known: Mapping[str, Quantity]) -> tuple[Fact, Truth]:
    """How long until a check is done again: the first interval whose condition holds or is not known, and that."""
    found = [
        (knowledge.fact(row["fact"]), holds(knowledge, row["when"], known) if "when" in row else _ALWAYS)
        for row in check.table["every"]
    ]
    return next((fact, truth) for fact, truth in found if truth.holds is not False)


def last_done(knowledge: Knowledge, case: Case, check: Check) -> date | None:
    """The local day on which a check was last done; None where the case does not say."""
    of = check.table.get("last")
    if of == FROM_START:
        return begun(case)
    if of == _SCORE:
        at = newest_score(knowledge, case)
    elif of == _KIDNEY:
        at = _kidney(case)
    else:
        at = _seen(case, of)
    return None if at is None else at.astimezone(case.zone).date()


def _kidney(case: Case) -> datetime | None:
    """When the kidneys were last measured, by whatever tells of them."""
    of = case.patient
    moments = [
        *(row.at for row in of.creatinine),
        *(row.at for row in of.cystatin_c),
        *(row.at for row in of.measured_clearance),
        *(row.at for row in of.reported_egfr),
    ]
    return max((at for at in moments if at <= case.now), default=None)


def _seen(case: Case, kind: str | None) -> datetime | None:
    return max((row.at for row in case.timeline.observations if row.kind == kind and row.at <= case.now), default=None)
