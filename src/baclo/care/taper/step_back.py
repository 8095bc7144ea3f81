"""What to go back to from each step if withdrawal shows: the step before it, or what was taken before the plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from baclo.care.plan import Plan
from baclo.care.standing import Standing
from baclo.care.steps import by_clock
from baclo.case.timeline import ClockDose


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBack:
    """From the step that begins at `since`: back to `doses` by the clock, `back_to_ug_per_day` in all."""

    since: datetime
    until: datetime | None
    total_ug_per_day: float
    back_to_ug_per_day: float
    doses: tuple[ClockDose, ...]


def step_backs(plan: Plan, now: Standing) -> Iterator[StepBack]:
    """One for each step down, in order; a first stretch on the dose taken before is none."""
    doses = () if now.regimen is None else now.regimen.doses
    for step in plan.steps:
        before_ug = sum(dose.amount_ug for dose in doses)
        if step.total_ug_per_day < before_ug:
            yield StepBack(
                since=step.since,
                until=step.until,
                total_ug_per_day=step.total_ug_per_day,
                back_to_ug_per_day=before_ug,
                doses=doses,
            )
        doses = by_clock(step.doses)
