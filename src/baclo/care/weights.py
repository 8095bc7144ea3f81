"""What each fault of a schedule counts, in points: facts that are proposed, since no text weighs them."""

from dataclasses import dataclass

from baclo.knowledge.library import Knowledge
from baclo.units import convert


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points for each ug of the daily dose missed, of the largest dose, of unevenness and of place; and for each
    piece, broken tablet, changed dose, place of the clock times in the list, and further strength.

    `spread` is by how many of the smallest pieces one dose of a day may lie below the others, `strengths` how many
    strengths a plan may have.
    """

    miss_per_ug: float
    at_once_per_ug: float
    uneven_per_ug: float
    place_per_ug: float
    piece: float
    broken: float
    change: float
    clocks: float
    strength: float
    spread: int
    strengths: int


def weights_of(knowledge: Knowledge) -> Weights:
    """The weights as the data have them."""

    def points(key: str) -> float:
        return knowledge.number(key, "1")

    def points_per_ug(key: str) -> float:
        return points(key) / convert(1, "mg", "ug")

    return Weights(
        miss_per_ug=points_per_ug("plan.points.miss"),
        at_once_per_ug=points_per_ug("plan.points.at_once"),
        uneven_per_ug=points_per_ug("plan.points.uneven"),
        place_per_ug=points_per_ug("plan.points.place"),
        piece=points("plan.points.piece"),
        broken=points("plan.points.broken"),
        change=points("plan.points.change"),
        clocks=points("plan.points.clocks"),
        strength=points("plan.points.strength"),
        spread=round(points("plan.spread")),
        strengths=round(points("plan.strengths")),
    )
