"""A day's doses as true time, and how they move from one clock to another without ever coming earlier.

Let h(k) be the moments of the doses by the old clock, a(k) their amounts, n of them a day, and s the most that one day
may add. The same doses by the new clock stand at h(k) + D, where D in [0, 24 h) is the difference of the clocks. Where
the amounts allow it, dose k may take the place of an earlier one, k - j, and then has to move by less:

    d(k) = D - (h(k) - h(k - j)) >= 0          with a(k) = a(k - j) for all k
    delay(k) = min(d(k), s * days begun since departure)

Every delay of the same clock time only grows, so that two of them are at least a day apart: no window of a day holds
one of them twice, and no window more than the daily dose. A gap is never shorter than the shortest of the regimen,
and never longer than its longest and s.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from baclo.case.timeline import Regimen

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clockwork:
    """Doses every day at `midnight` (UTC) and so long after it; sorted, `amounts_ug` of the same places."""

    midnight: datetime
    after: tuple[timedelta, ...]
    amounts_ug: tuple[float, ...]

    def place(self, dose: int) -> timedelta:
        """How long after `midnight` the dose of that number comes; numbers go on over all days, below 0 too."""
        days, place = divmod(dose, len(self.after))
        return days * _DAY + self.after[place]

    def gaps(self) -> tuple[timedelta, ...]:
        """From each dose to the next."""
        return tuple(self.place(dose + 1) - self.place(dose) for dose in range(len(self.after)))

    def set_to(self, difference: timedelta) -> "Clockwork":
        """The same doses by a clock that is `difference` behind."""
        return Clockwork(midnight=self.midnight + difference, after=self.after, amounts_ug=self.amounts_ug)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDose:
    """One dose of a moving schedule, in UTC; `later` is by how much it comes after its old time."""

    at: datetime
    amount_ug: float
    later: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A move from the clock of `old` to one that is `difference` behind, from `since` on, by `step` a day."""

    old: Clockwork
    difference: timedelta
    since: datetime
    step: timedelta

    @property
    def delays(self) -> tuple[timedelta, ...]:
        """How far each dose of a day has to move in all; the choice with the least of the most."""
        return min(self._choices(), key=max)

    @property
    def days(self) -> int:
        """The days on which something still moves."""
        return -(-max(self.delays) // self.step)

    @property
    def settled(self) -> datetime:
        """From when every dose stands at its time by the new clock."""
        return self.since + self.days * _DAY

    def _choices(self) -> Iterator[tuple[timedelta, ...]]:
        count = len(self.old.after)
        for back in range(count):
            delays = tuple(
                self.difference - (self.old.place(dose) - self.old.place(dose - back)) for dose in range(count)
            )
            alike = all(self.old.amounts_ug[dose] == self.old.amounts_ug[dose - back] for dose in range(count))
            if alike and min(delays) >= timedelta(0):
                yield delays

    def doses(self, until: datetime) -> Iterator[MovedDose]:
        """Every dose whose old time lies in the day before the departure or later, and that comes before `until`."""
        count = len(self.old.after)
        first = (self.since - self.old.midnight) // _DAY - 2
        dose = first * count
        while (at := self.old.midnight + self.old.place(dose)) < until:
            if at >= self.since - _DAY:
                begun = (at - self.since) // _DAY + 1
                later = min(self.delays[dose % count], self.step * max(begun, 0))
                if at + later < until:
                    yield MovedDose(at=at + later, amount_ug=self.old.amounts_ug[dose % count], later=later)
            dose += 1


def clockwork(regimen: Regimen, day: date, offset: timedelta) -> Clockwork:
    """The regimen's doses by a clock that is `offset` ahead of UTC."""
    rows = sorted(regimen.doses, key=lambda dose: dose.clock)
    return Clockwork(
        midnight=datetime.combine(day, time(0), tzinfo=UTC) - offset,
        after=tuple(timedelta(hours=dose.clock.hour, minutes=dose.clock.minute) for dose in rows),
        amounts_ug=tuple(dose.amount_ug for dose in rows),
    )
