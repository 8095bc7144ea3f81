"""How each scale changed, from the last value before treatment or before the present dose to the newest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from baclo.care.days import whole_days
from baclo.care.monitor.readings import Reading, readings
from baclo.care.monitor.scales import Limits, Scale, limb_of, scales
from baclo.care.monitor.treatment import Treatment, treatment
from baclo.care.monitor.verdict import Verdict, judge
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge


class Before(StrEnum):
    """What a first value was taken before."""

    START = "the start"
    CHANGE = "the present dose"


class Lack(StrEnum):
    """Why a verdict cannot be given."""

    NOT_TAKEN = "nothing is taken"
    NO_BASELINE = "there is no value from before the start or before the present dose, or it is too old"
    NO_CURRENT = "there is no value since the present dose began"
    OLD = "the newest value is too old"
    EARLY = "the present dose has not had its full effect yet"
    NO_LIMIT = "no published minimal difference"
    BETWEEN = "the fall lies between what was read and what is only remembered as enough"
    FROM_NOTHING = "the first value leaves nothing to fall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The change on one scale, of one limb where muscle groups are examined: means over the groups seen both times.

    `latest` are the newest readings, one a muscle group. `baseline`, `current` and `before` are None where nothing can
    be compared. `lack` is why the verdict is unknown, None where it is not. `limits` are those of the limb.
    """

    scale: Scale
    limb: str
    latest: tuple[Reading, ...]
    sites: int
    baseline: Fraction | None
    baseline_day: date | None
    current: Fraction | None
    current_day: date | None
    before: Before | None
    limits: Limits | None
    verdict: Verdict
    lack: Lack | None


def changes(knowledge: Knowledge, case: Case) -> tuple[Change, ...]:
    """The change of every scale of which there is a value, scale by scale and limb by limb."""
    return tuple(_changes(knowledge, case, treatment(case)))


def _changes(knowledge: Knowledge, case: Case, taken: Treatment | None) -> Iterator[Change]:
    for scale in scales(knowledge):
        rows = readings(case, scale)
        for limb in sorted({limb_of(knowledge, row.site) for row in rows}, reverse=True):
            own = tuple(row for row in rows if limb_of(knowledge, row.site) == limb)
            yield _change(knowledge, case, taken, scale, limb, own)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """The first and the newest reading of one muscle group."""

    first: Reading
    newest: Reading


def _change(
    knowledge: Knowledge, case: Case, taken: Treatment | None, scale: Scale, limb: str, rows: tuple[Reading, ...]
) -> Change:
    pairs, before, lack = _pairs(knowledge, case, taken, rows)
    limits = scale.limits_of(limb)
    baseline, current = _mean([pair.first for pair in pairs]), _mean([pair.newest for pair in pairs])
    verdict = Verdict.UNKNOWN
    if taken is not None and baseline is not None and current is not None:
        verdict = judge(knowledge, limits, baseline, current)
        lack = _lack(knowledge, case, taken, limits, baseline, verdict)
        verdict = verdict if lack is None else Verdict.UNKNOWN
    return Change(
        scale=scale,
        limb=limb,
        latest=tuple(_newest_of_each(rows)),
        sites=len(pairs),
        baseline=baseline,
        baseline_day=min((pair.first.day for pair in pairs), default=None),
        current=current,
        current_day=max((pair.newest.day for pair in pairs), default=None),
        before=before,
        limits=limits,
        verdict=verdict,
        lack=lack,
    )


def _lack(
    knowledge: Knowledge,
    case: Case,
    taken: Treatment,
    limits: Limits | None,
    baseline: Fraction,
    verdict: Verdict,
) -> Lack | None:
    """Why a verdict on two values that can be compared is unknown, or must be held back as too early."""
    if verdict is Verdict.RESPONDER:
        return None
    if limits is None:
        return Lack.NO_LIMIT
    if not baseline > 0:
        return Lack.FROM_NOTHING
    if verdict is Verdict.UNKNOWN:
        return Lack.BETWEEN
    full = timedelta(days=window_days(knowledge, "full_effect"))
    return None if today(case) - taken.dose_since >= full else Lack.EARLY


def _pairs(
    knowledge: Knowledge, case: Case, taken: Treatment | None, rows: Sequence[Reading]
) -> tuple[list[_Pair], Before | None, Lack | None]:
    """The readings to compare, against the start where it can be, else against the last change; or why there are none.

    A value of the very day on which a dose began counts as before it.
    """
    if taken is None:
        return [], None, Lack.NOT_TAKEN
    newest = [row for row in _newest_of_each(rows) if row.day > taken.dose_since]
    fresh = [row for row in newest if today(case) - row.day <= timedelta(days=window_days(knowledge, "score_fresh"))]
    if not fresh:
        return [], None, Lack.OLD if newest else Lack.NO_CURRENT
    for before, day in ((Before.START, taken.since), (Before.CHANGE, taken.dose_since)):
        pairs = [pair for row in fresh for pair in _paired(knowledge, rows, row, day)]
        if pairs:
            return pairs, before, None
    return [], None, Lack.NO_BASELINE


def _paired(knowledge: Knowledge, rows: Sequence[Reading], newest: Reading, day: date) -> Iterator[_Pair]:
    """The newest reading with the last of the same muscle group that was taken no later than `day`, if not too old."""
    longest = timedelta(days=window_days(knowledge, "baseline_fresh"))
    first = [row for row in rows if row.site == newest.site and timedelta(0) <= day - row.day <= longest]
    if first:
        yield _Pair(first=first[-1], newest=newest)


def _newest_of_each(rows: Sequence[Reading]) -> Iterator[Reading]:
    """The newest reading of each muscle group, in the order in which the groups were first seen."""
    yield from {row.site: row for row in rows}.values()


def _mean(rows: Sequence[Reading]) -> Fraction | None:
    return sum((row.value for row in rows), Fraction(0)) / len(rows) if rows else None


def today(case: Case) -> date:
    """The local day of the case's now."""
    return case.now.astimezone(case.zone).date()


def newest_score(knowledge: Knowledge, case: Case) -> datetime | None:
    """When any scale was last scored."""
    return max((row.at for scale in scales(knowledge) for row in readings(case, scale)), default=None)


def window_days(knowledge: Knowledge, name: str) -> int:
    """The whole days of one of the windows of the schedule that is no row."""
    return whole_days(knowledge.number(knowledge.folder("monitoring")["schedule"]["windows"][name], "h"))
