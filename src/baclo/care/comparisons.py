"""How a number is held against bounds: asked to be inside, so that one that cannot be compared is not safe."""

from collections.abc import Callable, Mapping

COMPARISONS: Mapping[str, Callable[[float, tuple[float, ...]], bool]] = {
    "below": lambda value, bounds: not value >= bounds[0],
    "at_least": lambda value, bounds: value >= bounds[0],
    "above": lambda value, bounds: not value <= bounds[0],
    "between": lambda value, bounds: bounds[0] <= value <= bounds[1],
}
