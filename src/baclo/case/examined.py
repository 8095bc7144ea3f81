"""What contradicts itself among the observations: a place where there is none, a grade that another one forbids."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from baclo.case.entered import as_entered
from baclo.case.form import ObservationForm
from baclo.case.vocabulary import words
from baclo.errors import Problem
from baclo.knowledge.library import Knowledge

_Place = tuple[datetime, str | None]


def examined_problems(knowledge: Knowledge, rows: Mapping[int, ObservationForm]) -> Iterator[Problem]:
    """Every contradiction within one observation, and between those of one moment and one muscle group."""
    kinds = words(knowledge, "observations")
    for place, row in rows.items():
        if row.site is not None and not kinds[row.kind].get("sited", False):
            yield Problem(
                path=f"observation[{place}].site",
                message="is set, but this is not of one muscle group",
                value=as_entered(row.site),
                allowed=f"no site with {row.kind}",
            )
    yield from _severities(rows)
    yield from _angles(rows)


def _of(rows: Mapping[int, ObservationForm], kind: str) -> dict[_Place, tuple[int, float]]:
    """The observations of one kind by moment and muscle group: their place in the file and value."""
    return {(row.at, row.site): (place, row.value.value) for place, row in rows.items() if row.kind == kind}


def _severities(rows: Mapping[int, ObservationForm]) -> Iterator[Problem]:
    """Every severity of spasms at a moment at which there were none."""
    frequencies = _of(rows, "penn spasm frequency")
    for beside, (place, severity) in _of(rows, "penn spasm severity").items():
        if beside in frequencies and frequencies[beside][1] == 0:
            yield Problem(
                path=f"observation[{place}].value",
                message=f"is set, but observation[{frequencies[beside][0]}] says that there are no spasms",
                value=as_entered(severity),
                allowed="no severity where the frequency is 0",
            )


def _angles(rows: Mapping[int, ObservationForm]) -> Iterator[Problem]:
    """Every catch that lies beyond the range of the slow movement."""
    slow = _of(rows, "tardieu r2")
    for beside, (place, catch) in _of(rows, "tardieu r1").items():
        if beside in slow and not catch <= slow[beside][1]:
            yield Problem(
                path=f"observation[{place}].value",
                message=f"is beyond R2, the slow range of observation[{slow[beside][0]}]",
                value=f"{as_entered(catch)} deg",
                allowed="R1 no larger than R2, both counted from the position of least stretch",
            )
