"""The roles of a schedule, each filled by a fact, with what that fact may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from baclo.knowledge.facts import Fact
from baclo.knowledge.library import Knowledge
from baclo.units import convert


@dataclass(frozen=True, slots=True)
class Roles:
    """One table of a regimen, whose roles name facts."""

    knowledge: Knowledge
    table: Mapping[str, Any]

    def fact(self, role: str) -> Fact | None:
        """The fact that fills `role`; None where the region's texts name none."""
        return self.knowledge.fact(self.table[role]) if role in self.table else None

    def number(self, role: str, unit: str) -> float:
        """The number that fills `role`, in `unit`; `KeyError` where the role is not filled."""
        return self.knowledge.number(self.table[role], unit)

    def by_weight(self, role: str, weight_kg: float) -> float:
        """The daily dose in ug that `role` gives a body of `weight_kg`; the smallest where it is a row."""
        per_kg = min(self.knowledge.fact(self.table[role]).numbers_in("mg/kg/d"))
        return convert(per_kg * weight_kg, "mg/d", "ug/d")

    def share_left(self, role: str) -> float:
        """What is left of a dose after the cut that `role` names as numerator and denominator."""
        numerator, denominator = self.knowledge.fact(self.table[role]).values
        return 1 - numerator / denominator

    def basis(self, *roles: str) -> tuple[str, ...]:
        """The basis strings of the roles that are filled."""
        return tuple(self.table[role] for role in roles if role in self.table)


def adult_roles(knowledge: Knowledge, table: str) -> Roles:
    """The roles of one table (a region, or `slow`, `kidney`, `taper` ...) of the adult regimens."""
    return Roles(knowledge, knowledge.folder("regimens")["adult"][table])
