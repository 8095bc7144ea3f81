"""The schedules for children: the band that an age lies in, and what it gives a body of some weight."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from baclo.care.roles import Roles
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.units import convert


@dataclass(frozen=True, slots=True)
class Band:
    """One band of ages of one region's schedule; `roles` name its facts."""

    roles: Roles

    def start_ug_per_day(self, weight_kg: float) -> float:
        """The largest first daily dose."""
        return self._filled("start", weight_kg)

    def rise_ug_per_day(self, weight_kg: float) -> float:
        """The largest rise of a step; a proposed one never beyond the stated one it lies within."""
        rise_ug = self._filled("rise", weight_kg)
        if "rise_within_by_weight" in self.roles.table:
            rise_ug = min(rise_ug, self.roles.by_weight("rise_within_by_weight", weight_kg))
        return rise_ug

    def first_single_ug(self) -> float:
        """The largest first single dose; without one, no bound of its own."""
        return self.roles.number("first_single", "ug") if "first_single" in self.roles.table else math.inf

    def cap_ug_per_day(self, weight_kg: float) -> float:
        """The smallest of all caps, absolute and by weight."""
        return min(self._caps(weight_kg).values())

    def cap_basis(self, weight_kg: float) -> tuple[str, ...]:
        """The caps that are the smallest."""
        caps = self._caps(weight_kg)
        return tuple(name for name, cap_ug in caps.items() if cap_ug == min(caps.values()))

    def counts(self) -> tuple[int, ...]:
        """The doses a day, the most first; fewer where a day has fewer pieces than that."""
        most = max(self.roles.knowledge.fact(self.roles.table["doses"]).values)
        return tuple(range(round(most), 0, -1))

    def permits(self) -> Mapping[str, str | None]:
        """The fact that must permit each role; of a proposed rise the stated one it lies within."""
        table = self.roles.table
        return {
            "start": table.get("start") or table.get("start_by_weight"),
            "rise": table.get("rise_within_by_weight") or table.get("rise") or table.get("rise_by_weight"),
            "interval": table["interval"],
            "cap": table["caps"][0],
        }

    def _filled(self, role: str, weight_kg: float) -> float:
        if role in self.roles.table:
            return self.roles.number(role, "ug/d")
        return self.roles.by_weight(f"{role}_by_weight", weight_kg)

    def _caps(self, weight_kg: float) -> dict[str, float]:
        """Every cap by the fact it is; of a row its largest."""
        knowledge, table = self.roles.knowledge, self.roles.table
        absolute = {name: max(knowledge.fact(name).numbers_in("ug/d")) for name in table["caps"]}
        per_kg = {name: max(knowledge.fact(name).numbers_in("mg/kg/d")) for name in table["caps_by_weight"]}
        return absolute | {name: convert(mg * weight_kg, "mg/d", "ug/d") for name, mg in per_kg.items()}


def band_of(knowledge: Knowledge, case: Case) -> Band | None:
    """The band of the region's schedule for children that the age lies in; None for an adult and an unknown age."""
    age_y = case.patient.age_y
    if age_y is None:
        return None
    for band in knowledge.folder("regimens")["children"][case.region]:
        if age_y < knowledge.number(band["until"], "a"):
            return Band(Roles(knowledge, band))
    return None


def too_light_for_tablets(knowledge: Knowledge, case: Case) -> bool:
    """Whether the child weighs less than tablets are for; a weight that is not known counts as such."""
    from_kg = knowledge.number(knowledge.folder("regimens")["children"]["tablets"]["from_weight"], "kg")
    weight_kg = case.patient.weight_kg
    return weight_kg is None or not weight_kg >= from_kg
