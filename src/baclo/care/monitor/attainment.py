"""Goal attainment scaling: one number for all goals of a person, by the formula of Kiresuk and Sherman 1968."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from baclo.care.monitor.verdict import Verdict
from baclo.case.goal import Goal
from baclo.knowledge.library import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Attainment:
    """T before and now; None where it cannot be computed.

    `places` are the goals that T of now rests on, `left_out` those that are scaled only in part; places in the list.
    T before rests on every goal with its weight and first score.
    """

    baseline_t: float | None
    attained_t: float | None
    places: tuple[int, ...]
    left_out: tuple[int, ...]
    verdict: Verdict

    @property
    def asked(self) -> bool:
        """Whether any goal is scaled at all."""
        return bool(self.places or self.left_out)


def attainment(knowledge: Knowledge, goals: Sequence[Goal]) -> Attainment:
    """T before and now, and whether the goals are met: from T of the mean on; unknown while any is scaled in part.

    T = mean + spread * sum(w x) / sqrt((1 - r) sum(w^2) + r (sum w)^2), w = importance * difficulty, x the score.
    """
    places = tuple(place for place, goal in enumerate(goals) if scaled(goal))
    left_out = tuple(place for place, goal in enumerate(goals) if not scaled(goal) and _begun(goal))
    attained_t = _t(knowledge, [_weighed(goals[place], goals[place].attained) for place in places])
    verdict = Verdict.UNKNOWN
    if attained_t is not None and not left_out:
        met = attained_t >= knowledge.number("gas.mean", "1")
        verdict = Verdict.RESPONDER if met else Verdict.NOT
    return Attainment(
        baseline_t=_t(knowledge, [_weighed(goal, goal.baseline) for goal in goals]),
        attained_t=attained_t,
        places=places,
        left_out=left_out,
        verdict=verdict,
    )


def scaled(goal: Goal) -> bool:
    """Whether everything that the formula needs is there."""
    return None not in (goal.importance, goal.difficulty, goal.baseline, goal.attained)


def _begun(goal: Goal) -> bool:
    return (goal.importance, goal.difficulty, goal.baseline, goal.attained) != (None, None, None, None)


def _weighed(goal: Goal, score: int | None) -> tuple[int, int] | None:
    """The weight of a goal and its score; None where one of them is not known."""
    if goal.importance is None or goal.difficulty is None or score is None:
        return None
    return goal.importance * goal.difficulty, score


def _t(knowledge: Knowledge, weighed: Sequence[tuple[int, int] | None]) -> float | None:
    """T of the goals whose weight and score are known; None where none of them has any weight."""
    known = [pair for pair in weighed if pair is not None]
    total = sum(weight for weight, _ in known)
    correlation_fraction = knowledge.number("gas.correlation", "1")
    scale = sqrt((1 - correlation_fraction) * sum(weight**2 for weight, _ in known) + correlation_fraction * total**2)
    if not scale > 0:
        return None
    scored = sum(weight * score for weight, score in known)
    return knowledge.number("gas.mean", "1") + knowledge.number("gas.spread", "1") * scored / scale
