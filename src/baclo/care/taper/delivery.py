"""Before a birth: how far a taper gets, what the newborn team must know, and that the decision is shared."""

from collections.abc import Iterator, Sequence

from baclo.care.plan import Step
from baclo.care.taper.sentences import said
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text


def delivery_notes(knowledge: Knowledge, case: Case, steps: Sequence[Step]) -> Iterator[Text]:
    """What a taper in pregnancy has to say; nothing where she is not known to be pregnant."""
    if case.patient.pregnant is not True or not steps:
        return
    if case.patient.has_pump is not False:
        yield said(knowledge, "delivery", "pump")
    yield _reach(knowledge, case, steps)
    yield said(knowledge, "delivery", "shared")
    yield said(knowledge, "delivery", "newborn")


def _reach(knowledge: Knowledge, case: Case, steps: Sequence[Step]) -> Text:
    """Whether the steps end before the day of birth, else where they are on it."""
    due = case.patient.due
    if due is None:
        return said(knowledge, "delivery", "due_unknown")
    left = (due.astimezone(case.zone).date() - steps[-1].since.date()).days
    if left > 0:
        number = Number(value=float(left), unit="d", basis=("computed:plan", "case:patient.due"))
        return said(knowledge, "delivery", "before", days=number)
    if left == 0:
        return said(knowledge, "delivery", "exactly")
    begun = [step for step in steps if step.since <= due]
    if not begun:
        return said(knowledge, "delivery", "past")
    level = Number(value=begun[-1].total_ug_per_day, unit="ug/d", basis=("computed:plan", "case:patient.due"))
    return said(knowledge, "delivery", "late", level=level)
