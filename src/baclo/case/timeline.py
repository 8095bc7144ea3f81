"""What was given and seen, when: doses, regimens by the clock, and observations."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum


class DoseStatus(StrEnum):
    """What became of a dose."""

    GIVEN = "given"
    MISSED = "missed"
    VOMITED = "vomited"
    UNKNOWN = "unknown"


class Route(StrEnum):
    """How a dose enters the body."""

    ORAL = "oral"
    INTRAVENOUS = "intravenous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """One dose record.

    `scheduled` names the regimen's clock time that this record stands for (late, missed, vomited); without it
    the dose is extra. `vomited_at` is set exactly when `status` is vomited. `over_h` is the length of an
    infusion, 0 for a swallowed or pushed dose.
    """

    at: datetime
    amount_ug: float
    over_h: float
    route: Route
    product: str | None
    status: DoseStatus
    scheduled: datetime | None
    vomited_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockDose:
    """An amount at a time of the local clock, every day."""

    clock: time
    amount_ug: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Regimen:
    """Doses by the local clock, `since` included, `until` not; None is until further notice.

    `modified_release` is whether the product releases baclofen slowly; None where nobody said.
    """

    product: str | None
    modified_release: bool | None
    since: datetime
    until: datetime | None
    doses: tuple[ClockDose, ...]

    @property
    def total_ug_per_day(self) -> float:
        """TDD in micrograms."""
        return sum(dose.amount_ug for dose in self.doses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Something seen or measured: `kind` from the vocabulary, `value` in `unit`, of the muscle group `site` if any."""

    at: datetime
    kind: str
    value: float
    unit: str
    site: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Everything given and seen, sorted by time; regimens do not overlap."""

    doses: tuple[Dose, ...]
    regimens: tuple[Regimen, ...]
    observations: tuple[Observation, ...]
