"""Whether a fall counts, by the published limits of its scale: yes, no, or it cannot be told."""

from enum import StrEnum
from fractions import Fraction

from baclo.care.monitor.scales import By, Limits
from baclo.knowledge.facts import Fact
from baclo.knowledge.library import Knowledge


class Verdict(StrEnum):
    """What the scores say of the treatment."""

    RESPONDER = "responder"
    NOT = "not a responder"
    UNKNOWN = "cannot tell"


def judge(knowledge: Knowledge, limits: Limits | None, baseline: Fraction, current: Fraction) -> Verdict:
    """The verdict on a fall from `baseline` to `current`; unknown without limits, or of a share of nothing.

    Only a limit that was read may say yes; one from memory may only say no.
    """
    if limits is None or (limits.by is By.SHARE and not baseline > 0):
        return Verdict.UNKNOWN
    enough = knowledge.fact(limits.enough)
    if enough.may_permit and reaches(enough, limits.by, baseline, current):
        return Verdict.RESPONDER
    least = enough if limits.least is None else knowledge.fact(limits.least)
    return Verdict.UNKNOWN if reaches(least, limits.by, baseline, current) else Verdict.NOT


def reaches(limit: Fact, by: By, baseline: Fraction, current: Fraction) -> bool:
    """Whether the fall is as large as the limit; exact, the limit itself included."""
    if by is By.SHARE:
        return baseline - current >= Fraction(repr(limit.number_in("1"))) * baseline
    return baseline - current >= Fraction(repr(limit.number_in("{score}")))
