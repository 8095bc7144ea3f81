"""What a check has to say, with what it rests on."""

from dataclasses import dataclass
from enum import StrEnum

from baclo.knowledge.words import Text


class Severity(StrEnum):
    """How much it matters."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


class Status(StrEnum):
    """Whether the condition holds; unknown is an answer."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Change(StrEnum):
    """The kinds of change of a dose that a finding may refuse.

    Resuming is to go on with the usual dose after doses were missed. Reducing is never refused as such; in steps it is,
    where stopping at once in monitored care is right, and at home, where the steps must be watched; to reduce further
    is refused while withdrawal shows.
    """

    START = "start"
    RAISE = "raise"
    RESTART = "restart"
    RESUME = "resume"
    REDUCE = "reduce in steps"
    REDUCE_FURTHER = "reduce further"
    REDUCE_AT_HOME = "reduce at home"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overridden:
    """Why a finding stands against nothing although its rule would, and who answers for that."""

    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer of one rule or interaction.

    `title` has fewer than 140 characters when shown. `needs` are the case paths that would settle an unknown.
    `basis` names what every number rests on (`fact:`, `source:`, `case:`, `computed:`, `rule:`). `refuses` is which
    changes of dose it stands against while present, or unknown where the rule says so; none where it is `overridden`.
    `topic` is what it is about: the findings of a topic are told together.
    """

    id: str
    severity: Severity
    status: Status
    title: Text
    detail: Text
    action: Text
    needs: tuple[str, ...]
    basis: tuple[str, ...]
    refuses: tuple[Change, ...]
    topic: str
    overridden: Overridden | None = None
