"""Dated steps in whole units of real products, or a refusal with its reasons; the one gate that makes them."""

from dataclasses import dataclass
from datetime import datetime, time

from baclo.body.course import Course
from baclo.care.finding import Finding
from baclo.knowledge.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDose:
    """What is taken at one clock time: `units` of `product` (tablets, or mL of a liquid) making `amount_ug`."""

    clock: time
    amount_ug: float
    product: str
    units: float


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One reason why there is no plan, what would settle it, and what it rests on."""

    reason: Text
    needs: tuple[str, ...]
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Steps in order, or none and the refusals.

    `course` is what the steps would do; of a refused plan it is what the refused steps would have done, kept so
    that people see why. `notes` say what shaped the plan (proposals among them) and how to hold or step back.
    `findings` are those of the plan itself.
    """

    kind: str
    steps: tuple[Step, ...]
    refusals: tuple[Refusal, ...]
    course: Course | None
    findings: tuple[Finding, ...]
    notes: tuple[Text, ...]

    @property
    def refused(self) -> bool:
        """Whether the gate refused."""
        return bool(self.refusals)
