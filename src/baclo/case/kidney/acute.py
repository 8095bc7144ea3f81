"""Whether the kidneys fell as in acute injury (KDIGO 2012), and how far they fell of late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from baclo.case.kidney.estimate import INDEXED_UNIT, Table, facts_named
from baclo.case.kidney.filtration import filtration_ml_per_min_per_1_73m2
from baclo.case.kidney.rise import Marker, paths_of, rises
from baclo.case.patient import Creatinine, Patient
from baclo.knowledge.library import Knowledge

_ROUNDING = 1 - 1e-9
_STAGES = ("stage_1", "stage_2", "stage_3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Acute:
    """The KDIGO stage in the week before the newest creatinine, and falls that are no stage.

    `stage` is 0 to 3, None where there are not two creatinines near enough to tell. `rise_ratio` is the newest
    creatinine over the lowest earlier one however old, None with fewer than two: a rise over more than a week
    is no stage, but no steady kidney either. `risen` is that ratio having reached the one that defines injury.
    `recent_rise_ratio` is how many times the newest value is the best one of the time before it in which a value
    is not yet old: creatinine, cystatin C or the inverse of a reported eGFR, whichever rose most; None where none was
    drawn twice in it. `fallen` is cystatin C or a reported eGFR having moved by the ratio that defines injury
    within its week; None where neither was drawn twice in it.
    """

    stage: int | None
    rise_ratio: float | None
    risen: bool | None
    recent_rise_ratio: float | None
    fallen: bool | None
    basis: tuple[str, ...]

    @property
    def falling(self) -> bool:
        """Whether kidney function is known to have fallen, by stage, by ratio or by another marker."""
        return bool(self.stage) or self.risen is True or self.fallen is True


def acute_injury(knowledge: Knowledge, patient: Patient, at: datetime) -> Acute:
    """KDIGO stage from the creatinines not after `at`, and every marker's ratio; urine is not looked at.

    A pair counts where the later one is within the ratio's window of the newest creatinine, so that an injury
    that has just turned is still one.
    """
    table = knowledge.folder("kidney")["acute"]
    past = sorted((value for value in patient.creatinine if value.at <= at), key=lambda value: value.at)
    stages = [_stage(knowledge, table, patient, early, late) for early, late in _pairs(knowledge, table, past)]
    earlier = [value.creatinine_mg_per_dl for value in past[:-1]]
    rise_ratio = past[-1].creatinine_mg_per_dl / min(earlier) if earlier else None
    others = rises(patient, at, timedelta(hours=knowledge.number(table["ratio"]["within"], "h")))
    other_ratio = max((ratio for marker, ratio in others if marker is not Marker.CREATININE), default=None)
    recent = rises(patient, at, timedelta(hours=knowledge.number(table["recent"]["within"], "h")))
    least = knowledge.number(table["ratio"]["stage_1"], "1")
    return Acute(
        stage=max(stages, default=None),
        rise_ratio=rise_ratio,
        risen=None if rise_ratio is None else _reaches(rise_ratio, least),
        recent_rise_ratio=max((ratio for _, ratio in recent), default=None),
        fallen=None if other_ratio is None else _reaches(other_ratio, least),
        basis=(*facts_named(table), *paths_of(patient)),
    )


def _pairs(knowledge: Knowledge, table: Table, past: list[Creatinine]) -> Iterator[tuple[Creatinine, Creatinine]]:
    """Every earlier and later creatinine within the window of each other, the later one within it of the newest."""
    window = timedelta(hours=knowledge.number(table["ratio"]["within"], "h"))
    for late in past:
        for early in past:
            if past[-1].at - late.at <= window and early.at < late.at <= early.at + window:
                yield early, late


def _stage(knowledge: Knowledge, table: Table, patient: Patient, early: Creatinine, late: Creatinine) -> int:
    """The stage that one pair shows: by ratio, by rise in two days, then by how high it went."""
    ratio = late.creatinine_mg_per_dl / early.creatinine_mg_per_dl
    ratios = enumerate((knowledge.number(table["ratio"][stage], "1") for stage in _STAGES), start=1)
    reached = [stage for stage, least in ratios if _reaches(ratio, least)]
    per_molar = knowledge.number(knowledge.folder("kidney")["size"]["creatinine"]["molar"], "(umol/L)/(mg/dL)")
    rise_umol_per_l = (late.creatinine_mg_per_dl - early.creatinine_mg_per_dl) * per_molar
    soon = late.at - early.at <= timedelta(hours=knowledge.number(table["rise"]["within"], "h"))
    if soon and _reaches(rise_umol_per_l, knowledge.number(table["rise"]["by"], "umol/L")):
        reached.append(1)
    if reached and _severe(knowledge, table, patient, late):
        reached.append(len(_STAGES))
    return max(reached, default=0)


def _severe(knowledge: Knowledge, table: Table, patient: Patient, late: Creatinine) -> bool:
    """Stage 3 whatever the ratio: creatinine past the stated one, or a child's filtration under the stated one."""
    if _reaches(late.creatinine_mg_per_dl, knowledge.number(table["severe"]["creatinine"], "mg/dL")):
        return True
    if patient.age_y is None or patient.age_y >= knowledge.number(table["severe"]["child_under_age"], "a"):
        return False
    egfr_ml_per_min_per_1_73m2 = filtration_ml_per_min_per_1_73m2(
        knowledge,
        table["severe"]["child_equation"],
        sex=patient.sex,
        age_y=patient.age_y,
        height_cm=patient.height_cm,
        markers={"creatinine": late.creatinine_mg_per_dl},
    )
    if egfr_ml_per_min_per_1_73m2 is None:
        return False
    return egfr_ml_per_min_per_1_73m2 < knowledge.number(table["severe"]["child_filtration_under"], INDEXED_UNIT)


def _reaches(value: float, threshold: float) -> bool:
    """At least the threshold, forgiving what division rounded away."""
    return value >= threshold * _ROUNDING
