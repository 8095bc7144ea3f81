"""The trial of benefit: so many weeks at the highest tolerated dose, then on, or down by a taper."""

from dataclasses import dataclass
from datetime import date

from baclo.care.finding import Change as DoseChange
from baclo.care.finding import Finding, Severity, Status
from baclo.care.monitor.attainment import Attainment, attainment
from baclo.care.monitor.changes import Change, changes, today
from baclo.care.monitor.intervals import later
from baclo.care.monitor.treatment import coming, treatment
from baclo.care.monitor.verdict import Verdict
from baclo.care.roles import adult_roles
from baclo.care.tolerated import limited_by_effects
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """Whether treatment works by all scores that decide, and when that is decided.

    `due` is the day on which the present dose has lasted the whole trial, `late` the last day by which the longer
    texts decide; both None where nothing is taken or the dose is still to change. `over` is whether `due` has come.
    `highest` is whether the dose is known to be the highest that is allowed or tolerated, else None.
    `barred` is whether a finding that holds stands against a rise, `asked` whether one that is not known does; `urgent`
    is whether a critical one holds.
    """

    verdict: Verdict
    due: date | None
    late: date | None
    over: bool
    highest: bool | None
    barred: bool
    asked: bool
    urgent: bool

    @property
    def failed(self) -> bool:
        """Whether the trial is over and showed no benefit."""
        return self.over and self.verdict is Verdict.NOT


def benefit(knowledge: Knowledge, case: Case, findings: tuple[Finding, ...]) -> Benefit:
    """The verdict of all scores that decide, the day of the decision, and what `findings` leave to decide."""
    taken = treatment(case)
    windows = knowledge.folder("monitoring")["schedule"]["windows"]
    due = late = None
    if taken is not None and not coming(case, ()):
        due = later(taken.dose_since, knowledge.fact(windows["review"]))
        late = later(taken.dose_since, knowledge.fact(windows["review_late"]))
    against = [one for one in findings if DoseChange.RAISE in one.refuses]
    verdict = overall(changes(knowledge, case), attainment(knowledge, case.patient.goals))
    return Benefit(
        verdict=Verdict.UNKNOWN if taken is None else verdict,
        due=due,
        late=late,
        over=due is not None and due <= today(case),
        highest=_highest(knowledge, case),
        barred=any(one.status is Status.PRESENT for one in against),
        asked=any(one.status is Status.UNKNOWN for one in against),
        urgent=any(one.severity is Severity.CRITICAL and one.status is Status.PRESENT for one in findings),
    )


def overall(found: tuple[Change, ...], goals: Attainment) -> Verdict:
    """A response on any scale that decides is one; none only where every such scale in use says no."""
    verdicts = [change.verdict for change in found if change.scale.decides]
    verdicts += [goals.verdict] if goals.asked else []
    if Verdict.RESPONDER in verdicts:
        return Verdict.RESPONDER
    return Verdict.NOT if verdicts and set(verdicts) == {Verdict.NOT} else Verdict.UNKNOWN


def _highest(knowledge: Knowledge, case: Case) -> bool | None:
    """Whether the region's texts allow no higher dose, or the prescriber says that its effects limit it."""
    taken = treatment(case)
    cap_ug = adult_roles(knowledge, case.region).number("cap", "ug/d")
    if taken is None:
        return None
    return True if taken.total_ug_per_day >= cap_ug or limited_by_effects(knowledge, case) else None
