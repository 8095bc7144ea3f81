"""What a case says lies ahead, each thing with the path it is told at."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from baclo.case.ahead import Ahead, Coming
from baclo.case.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One thing ahead, and where in the case it stands."""

    ahead: Ahead
    path: str

    def path_of(self, key: str) -> str:
        """The path of one of its keys; an operation known by its day alone has none, and is to be told in full."""
        return f"{self.path}.{key}" if self.path.startswith("ahead[") else "ahead"

    def hour_known(self, zone: ZoneInfo) -> bool:
        """Whether its hour was told too; a bare date is the first moment of its day."""
        return self.ahead.since.astimezone(zone).time() != time(0)


def things(case: Case, kind: Coming) -> tuple[Thing, ...]:
    """Every thing of that kind, in order; an operation known by its day alone is one too."""
    told = tuple(
        Thing(ahead=ahead, path=f"ahead[{place}]") for place, ahead in enumerate(case.ahead) if ahead.kind is kind
    )
    if kind is Coming.OPERATION and not told and case.patient.surgery_at is not None:
        return (Thing(ahead=_bare(case.patient.surgery_at), path="patient.surgery"),)
    return told


def _bare(day: datetime) -> Ahead:
    return Ahead(
        kind=Coming.OPERATION,
        since=day,
        until=None,
        nil_by_mouth=None,
        by_mouth_again=None,
        zone=None,
        emergency=None,
    )


def local_day(case: Case, at: datetime) -> datetime:
    """The first moment of the local day of `at`."""
    return datetime.combine(at.astimezone(case.zone).date(), time(0), tzinfo=case.zone)


def today_or_later(case: Case, at: datetime) -> datetime:
    """The local day of `at`, or today where that is over."""
    return max(local_day(case, case.now), local_day(case, at))
