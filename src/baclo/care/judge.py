"""What the rules say about the days of a plan, and which of it stands against the change that the plan makes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from baclo.care.check import check
from baclo.care.finding import Change, Finding, Severity, Status
from baclo.care.products import LIQUID, product_rows
from baclo.care.refusal import Refusal
from baclo.care.standing import Continuity, Standing
from baclo.care.steps import Step, as_regimen, by_clock
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Asks every rule about a day, and about days that no rule tells apart only once."""

    knowledge: Knowledge
    case: Case
    picture: KidneyPicture
    change: Change
    standing: Standing
    asked: dict[object, tuple[Finding, ...]] = field(default_factory=dict)

    def findings(self, steps: Sequence[Step]) -> tuple[Finding, ...]:
        """What the rules say with the largest step as the dose taken, or with what is going on without a step."""
        largest = max((step for step in steps if step.doses), key=lambda step: step.total_ug_per_day, default=None)
        regimen = self.standing.regimen if largest is None else as_regimen(largest)
        key = None if largest is None else (by_clock(largest.doses), self._kind(largest.doses[0].product))
        if key not in self.asked:
            self.asked[key] = check(self.knowledge, self.case, self.picture, regimen)
        return self.asked[key]

    def _kind(self, product: str) -> str:
        """What rules see of a product: its form, and of a liquid which one it is."""
        row = product_rows(self.knowledge)[product]
        return product if row["form"] == LIQUID else str(row["form"])

    def brought(self, steps: Sequence[Step]) -> tuple[Finding, ...]:
        """The findings that the planned dose brings and that do not hold today, as what is not so yet."""
        present = {finding.id for finding in self.findings(()) if finding.status is Status.PRESENT}
        planned = (finding for finding in self.findings(steps) if finding.status is Status.PRESENT)
        return tuple(_not_yet(finding, self.standing) for finding in planned if finding.id not in present)

    def against(self, steps: Sequence[Step], *, dated: bool = False) -> tuple[Refusal, ...]:
        """Every finding, present or unknown, that stands against the first step, or against rising to the largest.

        Steps that are `dated` rise nowhere: only what stands against the change itself counts.
        """
        change = self.change
        if change is Change.REDUCE:
            return tuple(self._down())
        first = steps if dated else steps[:1]
        against = [finding for finding in self.findings(first) if change in finding.refuses]
        if len(steps) > 1 and not dated:
            against += [finding for finding in self.findings(steps) if Change.RAISE in finding.refuses]
        return tuple(_reason(finding) for finding in against)

    def _down(self) -> Iterator[Refusal]:
        """What stands against steps down, today: where stopping at once is right, and while withdrawal shows."""
        for finding in self.findings(()):
            if Change.REDUCE in finding.refuses:
                yield _with_action(finding, "No schedule")
            elif Change.REDUCE_FURTHER in finding.refuses:
                yield _with_action(finding, "No further step down now")

    def not_at_home(self) -> tuple[Refusal, ...]:
        """Why steps down are for monitored care only: every finding that stands against them at home."""
        if self.change is not Change.REDUCE:
            return ()
        against = (finding for finding in self.findings(()) if Change.REDUCE_AT_HOME in finding.refuses)
        return tuple(_with_action(finding, "Only in monitored care") for finding in against)

    def at_the_goal(self, steps: Sequence[Step]) -> tuple[Text, ...]:
        """What stands against the end of steps down as against their beginning; () where they end at nothing."""
        if not self.not_at_home() or not steps[-1].doses:
            return ()
        against = (finding for finding in self.findings(steps[-1:]) if Change.REDUCE_AT_HOME in finding.refuses)
        return tuple(Text(("The goal is too high to stay on: ", *finding.title.pieces, ".")) for finding in against)


def _not_yet(finding: Finding, now: Standing) -> Finding:
    """A finding of a dose that nobody takes yet: what is grave about it is no emergency, but a reason not to begin."""
    if finding.severity is Severity.INFO:
        return finding
    title = Text(("Planned: ", *finding.title.pieces))
    later = replace(finding, title=title)
    if finding.severity is Severity.WARNING or now.continuity is Continuity.UNTOLD:
        return later
    words = "Nothing of it is taken yet: do not begin it."
    if now.regimen is not None:
        words = "Not taken yet: do not go up to it; what is taken now is not stopped."
    return replace(later, action=Text((words,)))


def _reason(finding: Finding) -> Refusal:
    words = finding.title if finding.status is Status.PRESENT else finding.detail
    return Refusal(reason=words, needs=finding.needs, basis=finding.basis)


def _with_action(finding: Finding, words: str) -> Refusal:
    """Why there is no schedule, or none for home, and what to do."""
    pieces = (*finding.title.pieces, f". {words}: ", *finding.action.pieces)
    return Refusal(reason=Text(pieces), needs=finding.needs, basis=finding.basis)
