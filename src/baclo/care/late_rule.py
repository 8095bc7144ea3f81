"""When a late dose may be taken, as the data have it for the age and the region of a person."""

from dataclasses import dataclass

from baclo.care.grown import is_child
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge, Table
from baclo.knowledge.words import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRule:
    """How much time must lie between a late dose and the next, and what may be done where it does not.

    `next_h` is that time where a text names one; else it is `share_fraction` of the interval between `low_h` and
    `high_h`. `delays` is whether the next dose may wait for it once. Within `close_window_h` of its time a late dose
    may be taken with `close_next_h` to the next where a delay does not fit. A dose vomited sooner than
    `repeat_h` after it counts as not taken; None where no text says so. `says` is the rule in words.
    """

    name: str
    next_h: float | None
    low_h: float
    high_h: float
    share_fraction: float
    delays: bool
    close_window_h: float | None
    close_next_h: float
    repeat_h: float | None
    on_time_h: float
    says: Text
    proposed: bool
    basis: tuple[str, ...]

    def least_h(self, interval_h: float) -> float:
        """The least time between a dose off its time and the next, never more than the clock itself leaves."""
        least_h = self.next_h
        if least_h is None:
            least_h = min(max(self.share_fraction * interval_h, self.low_h), self.high_h)
        return min(least_h, interval_h)


def late_rule(knowledge: Knowledge, case: Case) -> LateRule:
    """The rule for this person; the strictest one where the age is not known."""
    name = "child" if is_child(knowledge, case) else case.region.value
    name = "age_unknown" if not _told(case.patient.age_y) else name
    row = knowledge.folder("resume")["rule"]["late"][name]
    return LateRule(
        name=name,
        next_h=_hours(knowledge, row, "next"),
        low_h=_hours(knowledge, row, "low") or 0.0,
        high_h=_hours(knowledge, row, "high") or 0.0,
        share_fraction=knowledge.number(row["share"], "1") if "share" in row else 0.0,
        delays=row.get("delays", False),
        close_window_h=_hours(knowledge, row, "close_window"),
        close_next_h=_hours(knowledge, row, "close_next") or 0.0,
        repeat_h=_hours(knowledge, row, "repeat"),
        on_time_h=knowledge.number("missed.on_time", "h"),
        says=text(row["says"], knowledge.facts),
        proposed=row["proposed"],
        basis=tuple(row["basis"]),
    )


def _told(age_y: float | None) -> bool:
    """Whether an age is known and a number."""
    return age_y is not None and age_y >= 0


def _hours(knowledge: Knowledge, row: Table, role: str) -> float | None:
    return knowledge.number(row[role], "h") if role in row else None
