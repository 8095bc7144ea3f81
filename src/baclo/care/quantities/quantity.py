"""One answer to what a rule may ask, with its unit, its basis, and what would settle it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

Value = float | str | bool | datetime | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One answer: None is not known, and `needs` are then the case paths that would settle it.

    A list with `needs` is known in part: more may stand on it. A number with `up_to` is at least `value` and at most
    that, and `needs` would settle which.
    """

    value: Value | None
    unit: str
    basis: tuple[str, ...]
    needs: tuple[str, ...]
    up_to: float | None = None


def entered(value: Value | None, *paths: str, unit: str = "", computed: str = "") -> Quantity:
    """What stands in the case at `paths`, or is `computed` from it; None needs all of them."""
    basis = tuple(f"case:{path}" for path in paths) + ((f"computed:{computed}",) if computed else ())
    return Quantity(value=value, unit=unit, basis=basis, needs=paths if value is None else ())


def partly(value: Value, path: str, needs: Iterable[str], *, unit: str = "", up_to: float | None = None) -> Quantity:
    """What is known of a list or a count at `path`, and the paths that would complete it."""
    return Quantity(value=value, unit=unit, basis=(f"case:{path}",), needs=tuple(needs), up_to=up_to)
