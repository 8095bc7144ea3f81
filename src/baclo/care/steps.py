"""Steps of a plan, and the day that each makes: what is taken at each time of the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from baclo.case.timeline import ClockDose, Regimen
from baclo.knowledge.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDose:
    """What is taken of one product at one clock time: `units` (tablets, packets, or mL of a liquid) make `amount_ug`.

    Where two strengths make up one dose, both stand at the same clock time. A dose of one day only has the moment `at`
    that it is taken at, and the moment `due` of the dose by the clock that it stands for; both are None where it is
    taken every day of its step.
    """

    clock: time
    amount_ug: float
    product: str
    units: float
    at: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stretch of the plan. `limited_by` names what held the dose down; `monitor` what to look at."""

    since: datetime
    until: datetime | None
    doses: tuple[PlanDose, ...]
    total_ug_per_day: float
    why: Text
    limited_by: tuple[str, ...]
    monitor: tuple[Text, ...]


def by_clock(doses: Sequence[PlanDose]) -> tuple[ClockDose, ...]:
    """What is taken at each clock time in all, by the clock."""
    amounts: dict[time, float] = {}
    for dose in doses:
        amounts[dose.clock] = amounts.get(dose.clock, 0.0) + dose.amount_ug
    return tuple(ClockDose(clock=clock, amount_ug=amounts[clock]) for clock in sorted(amounts))


def as_regimen(step: Step) -> Regimen:
    """A step with doses as a regimen by the clock; the strengths of a plan are absorbed alike, so the first stands."""
    return Regimen(
        product=step.doses[0].product,
        modified_release=None,
        since=step.since,
        until=step.until,
        doses=by_clock(step.doses),
    )
