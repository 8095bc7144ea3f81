"""When the dose fell, by the regimens and by what was recorded, and which complaints came with a fall."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from baclo.care.doses import due_at, regimen_now
from baclo.care.quantities.quantity import Quantity, entered
from baclo.case.calendar import given_doses, scheduled
from baclo.case.case import Case
from baclo.case.timeline import Dose, DoseStatus
from baclo.knowledge.library import Knowledge

_JUST_AFTER = timedelta.resolution


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """Less baclofen than before, from `begun` to `ended`: one moment where a regimen ended, now where it goes on.

    `made_good` is whether the whole dose was taken again, then from `ended` on.
    """

    begun: datetime
    ended: datetime
    made_good: bool


def fallen(knowledge: Knowledge, case: Case, symptoms: Quantity) -> dict[str, Quantity]:
    """Whether the dose fell lately, and which of the `symptoms` may come from a fall.

    One whose beginning is not told may where a fall is recent. One that is dated may where it began after a fall, not
    later than a fall counts as recent, and for as long again; one that is older than every fall may not.
    """
    look_back = timedelta(hours=knowledge.number("stopping.look_back", "h"))
    since = case.now - look_back
    made_good = case.now - timedelta(hours=knowledge.number("stopping.made_good", "h"))
    told = case.patient.symptoms or ()
    dated = [one.since for one in told if one.since is not None]
    every = falls(knowledge, case, min([case.now, *dated]) - look_back)
    recent = any((made_good if fall.made_good else since) < fall.ended for fall in every)

    def came(onset: datetime | None) -> bool:
        if onset is None:
            return recent
        return any(
            (made_good if fall.made_good else since - look_back) < fall.ended
            and _day(case, fall.begun) <= _day(case, onset)
            and onset <= fall.ended + look_back
            for fall in every
        )

    onsets: dict[str, list[datetime | None]] = {}
    for one in told:
        onsets.setdefault(one.name, []).append(one.since)
    names = symptoms.value if isinstance(symptoms.value, tuple) else ()
    after = tuple(name for name in names if any(came(onset) for onset in onsets.get(name, [None])))
    return {
        "recently_stopped_or_reduced": entered(recent, "regimen", "dose"),
        "symptoms_after_fall": Quantity(
            value=after,
            unit="",
            basis=(*symptoms.basis, "case:regimen", "case:dose"),
            needs=symptoms.needs if recent else (),
        ),
    }


def _day(case: Case, at: datetime) -> date:
    """The local day of a moment: a complaint is dated by the day."""
    return at.astimezone(case.zone).date()


def falls(knowledge: Knowledge, case: Case, since: datetime) -> tuple[Fall, ...]:
    """Every fall up to now that lasted until `since` or later: of the regimens, of gaps, of smaller doses taken."""
    day = timedelta(hours=knowledge.number("missed.day", "h"))
    in_row = knowledge.number("missed.in_row", "1")
    late = timedelta(hours=knowledge.number("missed.window", "h"))
    found = [*_of_regimens(case), *_recorded(case, since, day, in_row, late)]
    return tuple(fall for fall in found if since <= fall.ended)


def _of_regimens(case: Case) -> Iterator[Fall]:
    for regimen in case.timeline.regimens:
        if regimen.until is None or case.now < regimen.until:
            continue
        after = regimen_now(case.timeline, regimen.until)
        if (0.0 if after is None else after.total_ug_per_day) < regimen.total_ug_per_day:
            back = [
                later.since
                for later in case.timeline.regimens
                if regimen.until <= later.since <= case.now and later.total_ug_per_day >= regimen.total_ug_per_day
            ]
            yield Fall(begun=regimen.until, ended=min(back, default=regimen.until), made_good=bool(back))


def _recorded(case: Case, since: datetime, day: timedelta, in_row: float, late: timedelta) -> Iterator[Fall]:
    """What the records say: a day or more without a dose that was certainly taken, or with less than was meant.

    One dose of two a day that was missed is a day too, a little more where the next was `late`, and no fall.

    A dose of a regimen without a record counts as taken; one that was vomited, or of which nobody knows, does not.
    """
    records = [record for record in case.timeline.doses if record.at <= case.now]
    if not records:
        return
    opens = max(since, min(map(due_at, records))) - 2 * day
    until = case.now + _JUST_AFTER
    taken = [dose for dose in given_doses(case.timeline, case.zone, opens, until) if dose.status is DoseStatus.GIVEN]
    absent = [due_at(record) for record in records if record.status is not DoseStatus.GIVEN]
    for before, after in pairwise([*(dose.at for dose in taken), case.now]):
        lost = sum(before < due <= after for due in absent)
        if lost and after - before >= day and (lost >= in_row or after - before > day + late):
            yield Fall(begun=before, ended=after, made_good=after < case.now)
    meant_ug: defaultdict[datetime, float] = defaultdict(float)
    for regimen in case.timeline.regimens:
        for at, dose in scheduled(regimen, case.zone, opens, until):
            meant_ug[at] += dose.amount_ug
    for begun, ended in _short(meant_ug, taken, case.now):
        amount_ug = sum(dose.amount_ug for dose in taken if begun <= dose.at < ended)
        if ended - begun >= day and amount_ug < sum(meant_ug[at] for at in meant_ug if begun <= at < ended):
            yield Fall(begun=begun, ended=ended, made_good=ended < case.now)


def _short(meant_ug: Mapping[datetime, float], taken: list[Dose], now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Each stretch of doses that were smaller than meant or left out, up to the next full one, or up to now."""
    took_ug: defaultdict[datetime | None, float] = defaultdict(float)
    for dose in taken:
        took_ug[dose.scheduled] += dose.amount_ug
    begun = None
    for at in sorted(meant_ug):
        short = took_ug[at] < meant_ug[at]
        if short and begun is None:
            begun = at
        elif begun is not None and not short:
            yield begun, at
            begun = None
    if begun is not None:
        yield begun, now
