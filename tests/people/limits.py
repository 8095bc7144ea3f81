"""What a rise must stay inside for one person, worked out again from the facts and not from the planner's bounds."""

import math
from dataclasses import dataclass

from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.facts import Region
from baclo.knowledge.library import Knowledge

ADULT_FROM_Y, ELDERLY_FROM_Y = "age.adult", "titration.slow.age"
ROOM = 1 + 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Milligrams, milligrams a day and days; `single_mg` is infinite where the region's texts name none."""

    first_mg_per_day: float
    rise_mg_per_day: float
    cap_mg_per_day: float
    single_mg: float
    single_rise_mg: float
    least_days: float


def limits(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Limits | None:
    """The limits of an adult or a child; None where no rise is allowed at all."""
    share = _kidneys_leave(knowledge, picture)
    age_y = case.patient.age_y
    if age_y is not None and 0 <= age_y < _mg(knowledge, ADULT_FROM_Y):
        return None if picture.egfr_ml_per_min_per_1_73m2 is None else _of_child(case, age_y)
    if share is None or age_y is None or not age_y >= _mg(knowledge, ADULT_FROM_Y) or not math.isfinite(age_y):
        return None
    region = case.region.value.lower()
    first, rise = (_mg(knowledge, f"titration.{region}.{what}") * share for what in ("start", "rise"))
    days, cap = _mg(knowledge, f"titration.{region}.interval"), _mg(knowledge, f"cap.{region}") * share
    if age_y >= _mg(knowledge, ELDERLY_FROM_Y):
        cap = min(cap, _mg(knowledge, "age.elderly_usual_high"))
    if _slow(knowledge, case, picture):
        first, rise = (
            min(first, _mg(knowledge, "titration.slow.start")),
            min(rise, _mg(knowledge, "titration.slow.rise")),
        )
        days = max(days, _mg(knowledge, "titration.slow.interval"))
    return Limits(
        first_mg_per_day=first * ROOM,
        rise_mg_per_day=rise * ROOM,
        cap_mg_per_day=cap * ROOM,
        single_mg=_mg(knowledge, "cap.us_single") * ROOM if case.region is Region.US else math.inf,
        single_rise_mg=_mg(knowledge, "titration.single_rise") * ROOM,
        least_days=days,
    )


YOUNG_Y, INFANT_Y = 8, 2
OLDER_CAP_MG, YOUNG_CAP_MG, LARGEST_MG_PER_KG = 60.0, 40.0, 2.0
UK_MG_PER_KG, US_MG_PER_KG, US_OLDER_MG = 0.3, 0.5, 15.0


def _of_child(case: Case, age_y: float) -> Limits | None:
    """The limits of a child by the published numbers themselves: by weight, by age, the smaller of both.

    The UK text in mg/kg a day; of a US practice table the first dose and the rise from two and from eight years.
    """
    weight_kg = case.patient.weight_kg
    if weight_kg is None or not 0 < weight_kg < math.inf:
        return None
    cap = min(YOUNG_CAP_MG if age_y < YOUNG_Y else OLDER_CAP_MG, LARGEST_MG_PER_KG * weight_kg)
    first = UK_MG_PER_KG * weight_kg
    if case.region is Region.US and age_y >= INFANT_Y:
        first = US_MG_PER_KG * weight_kg if age_y < YOUNG_Y else US_OLDER_MG
    return Limits(
        first_mg_per_day=first * ROOM,
        rise_mg_per_day=first * ROOM,
        cap_mg_per_day=cap * ROOM,
        single_mg=cap * ROOM,
        single_rise_mg=first * ROOM,
        least_days=7,
    )


_UNITS = {"mg/d": 1.0, "mg": 1.0, "d": 1.0, "wk": 7.0, "a": 1.0, "ug": 0.001, "h": 1 / 24}


def _mg(knowledge: Knowledge, key: str) -> float:
    """The value of a fact in milligrams (a day), days or years, by factors of its own."""
    return _plain(knowledge, key) * _UNITS[knowledge.facts[key].unit]


def _plain(knowledge: Knowledge, key: str) -> float:
    """The value of a fact in its own unit."""
    value = knowledge.facts[key].value
    if not isinstance(value, float | int):
        raise TypeError(f"{key} is a row")
    return value


def _left(knowledge: Knowledge, key: str) -> float:
    value = knowledge.facts[key].value
    if not isinstance(value, tuple):
        raise TypeError(f"{key} is no fraction")
    return 1 - value[0] / value[1]


def _kidneys_leave(knowledge: Knowledge, picture: KidneyPicture) -> float | None:
    """The smaller share of the two published tables; None where one cannot be asked or nothing is left."""
    egfr, clearance = picture.egfr_ml_per_min_per_1_73m2, picture.clearance_ml_per_min
    if egfr is None or clearance is None or not (math.isfinite(egfr) and math.isfinite(clearance)):
        return None
    values = {key: _plain(knowledge, f"kidney.{key}") for key in ("avoid_below", "reduce_below", "full_above")}
    if egfr < values["avoid_below"] or clearance < 0:
        return None
    by_egfr = 1.0
    if egfr <= values["full_above"]:
        by_egfr = _left(knowledge, "kidney.cut_mild" if egfr >= values["reduce_below"] else "kidney.cut_moderate")
    by_clearance = 1.0
    for above, cut in (("full_above", "cut_mild"), ("mild_above", "cut_moderate"), ("moderate_above", "cut_severe")):
        if clearance <= _plain(knowledge, f"kidney.clearance.{above}"):
            by_clearance = _left(knowledge, f"kidney.clearance.{cut}")
    return min(by_egfr, by_clearance)


def _slow(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> bool:
    """Whether the slow scheme holds: by age, kidneys, frailty, needed tone, or one of these not known."""
    egfr, clearance = picture.egfr_ml_per_min_per_1_73m2, picture.clearance_ml_per_min
    mild = _plain(knowledge, "kidney.clearance.mild_above")
    kidneys_fine = (
        egfr is not None and egfr >= _plain(knowledge, "kidney.reduce_below")
        and clearance is not None and clearance > mild
    )  # fmt: skip
    young = case.patient.age_y is not None and case.patient.age_y < _mg(knowledge, ELDERLY_FROM_Y)
    return not (kidneys_fine and young and case.patient.frail is False and case.patient.tone_needed is False)
