"""People under treatment, with their scores: the healthy adult of the other care tests, three months in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from baclo.case.case import Case
from baclo.case.kidney import kidney_picture
from baclo.case.timeline import ClockDose, Observation, Regimen

LONDON = ZoneInfo("Europe/London")


def at(day: str, clock: str = "09:00") -> datetime:
    return datetime.combine(datetime.fromisoformat(day).date(), time.fromisoformat(clock), tzinfo=LONDON)


def score(day: str, kind: str, value: float, site: str | None = None, clock: str = "09:00") -> Observation:
    unit = "deg" if kind in ("tardieu r1", "tardieu r2") else "{score}"
    return Observation(at=at(day, clock), kind=kind, value=value, unit=unit, site=site)


def taken(mg: float, since: str, until: str | None = None) -> Regimen:
    doses = (ClockDose(clock=time(8), amount_ug=mg * 1000),) if mg else ()
    return Regimen(
        product=None,
        modified_release=False,
        since=at(since, "00:00"),
        until=None if until is None else at(until, "00:00"),
        doses=doses,
    )


@pytest.fixture(scope="session")
def scored(make: Callable[..., Case]) -> Callable[..., Case]:
    """A case of 23 November 2026 in London with these regimens and observations, and what else is named."""

    def made(*observations: Observation, regimens: Any = (), now: str = "2026-11-23", **changes: Any) -> Case:
        case = make(now=at(now, "10:00"), regimens=regimens, **changes)
        rows = tuple(sorted(observations, key=lambda row: row.at))
        return replace(case, timeline=replace(case.timeline, observations=rows))

    return made


@pytest.fixture(scope="session")
def picture(knowledge: Any) -> Callable[[Case], Any]:
    return lambda case: kidney_picture(knowledge, case.patient, case.now)


@pytest.fixture(scope="session")
def of() -> Any:
    """The builders of moments, scores and regimens."""

    class Of:
        at = staticmethod(at)
        score = staticmethod(score)
        taken = staticmethod(taken)

    return Of
