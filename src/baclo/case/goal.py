"""What a person wants from treatment, written so that it can be judged later."""

from dataclasses import dataclass
from enum import StrEnum


class GoalKind(StrEnum):
    """The areas that goals of the treatment of spasticity fall into."""

    PAIN = "pain"
    INVOLUNTARY_MOVEMENT = "involuntary movement"
    CONTRACTURE = "contracture"
    PASSIVE_FUNCTION = "passive function"
    ACTIVE_FUNCTION = "active function"
    MOBILITY = "mobility"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal in the person's words, its area, and its goal attainment scaling where it was done.

    `importance` and `difficulty` are 0 to 3; `baseline` and `attained` -2 to 2, where 0 is the goal met as expected.
    """

    name: str
    kind: GoalKind | None
    importance: int | None
    difficulty: int | None
    baseline: int | None
    attained: int | None
