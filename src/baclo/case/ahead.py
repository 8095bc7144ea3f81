"""What lies ahead of a person who takes baclofen: an operation, a journey, a scan, an illness."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Coming(StrEnum):
    """The kinds of things that ask for a plan of their own; an illness is one that has begun or is expected."""

    OPERATION = "operation"
    JOURNEY = "journey"
    SCAN = "scan"
    ILLNESS = "illness"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """One thing to come. `until` is its end, where known.

    `nil_by_mouth` is from when nothing may be swallowed and `by_mouth_again` from when it may again. `zone` is that
    of the clock where a journey goes. `emergency` is whether an operation cannot wait.
    """

    kind: Coming
    since: datetime
    until: datetime | None
    nil_by_mouth: datetime | None
    by_mouth_again: datetime | None
    zone: ZoneInfo | None
    emergency: bool | None
