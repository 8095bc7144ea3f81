"""One reason for a level: a symptom, a measurement, several together, or words that nobody could read."""

from dataclasses import dataclass
from enum import StrEnum

from baclo.care.triage.level import Level
from baclo.knowledge.words import Text


class CauseKind(StrEnum):
    """What a cause is."""

    SYMPTOM = "symptom"
    MEASUREMENT = "measurement"
    COMBINATION = "combination"
    SCORE = "score"
    UNREAD = "unread"
    NOTHING = "nothing told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What asks for `level` and why. `said` are the words it was told in; `sure` is False where one was only near.

    `id` names its row in the tables of triage: a symptom, a combination, an observation.
    """

    kind: CauseKind
    id: str
    level: Level
    title: Text
    reason: Text
    said: tuple[str, ...]
    sure: bool
    basis: tuple[str, ...]

    @property
    def read_in(self) -> str:
        """The words in quotes that a symptom was read in, where they are others than its name; else nothing."""
        if self.kind is not CauseKind.SYMPTOM or not self.sure or self.said == (self.id,):
            return ""
        return ", ".join(f'"{words}"' for words in self.said)
