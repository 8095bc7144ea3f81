"""Who the case is about: what is known of one person; `None` is not known, never normal."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from baclo.case.goal import Goal


class Sex(StrEnum):
    """Sex as the kidney equations use it."""

    FEMALE = "female"
    MALE = "male"


class DialysisKind(StrEnum):
    """Kinds of kidney replacement; `NONE` is known absence."""

    NONE = "none"
    HAEMODIALYSIS = "haemodialysis"
    PERITONEAL = "peritoneal"
    CVVH = "cvvh"


class Alcohol(StrEnum):
    """How often alcohol is drunk; `NONE` is known absence."""

    NONE = "none"
    SOME = "some"
    DAILY = "daily"


class Supply(StrEnum):
    """Where the baclofen taken comes from."""

    PRESCRIBED = "prescribed"
    WITHOUT_PRESCRIPTION = "without prescription"


@dataclass(frozen=True, slots=True, kw_only=True)
class Creatinine:
    """One serum creatinine, mg/dL, IDMS-traceable; `entered` is what was typed, with its unit."""

    at: datetime
    creatinine_mg_per_dl: float
    entered: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CystatinC:
    """One serum cystatin C, mg/L, IFCC-traceable."""

    at: datetime
    cystatin_c_mg_per_l: float
    entered: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredClearance:
    """One measured (timed urine) creatinine clearance, mL/min, not indexed to body surface."""

    at: datetime
    creatinine_clearance_ml_per_min: float
    entered: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedEgfr:
    """One eGFR as a laboratory reported it, mL/min per 1.73 m2, and the equation named."""

    at: datetime
    egfr_ml_per_min_per_1_73m2: float
    equation: str
    entered: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A stretch of time, `since` included, `until` not; an open end is None."""

    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialysis:
    """Kidney replacement: its kind, and for haemodialysis and CVVH when it ran or will run."""

    kind: DialysisKind
    sessions: tuple[Interval, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A diagnosis or state by its word in the vocabulary, with its date where known."""

    name: str
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine:
    """Another medicine as written, with its dose as written."""

    name: str
    dose: str | None
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """A complaint by its word in the triage vocabulary, with its start where known."""

    name: str
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """All that is known of the person; a tuple is None when nobody asked and () when there is none.

    `due` is the expected day of birth of a pregnancy, `infant_born` when a nursed or newborn child was born.
    `surgery_planned` is True with `surgery_at` None where surgery is planned and its day is not known.
    """

    sex: Sex | None
    age_y: float | None
    weight_kg: float | None
    height_cm: float | None
    creatinine: tuple[Creatinine, ...]
    cystatin_c: tuple[CystatinC, ...]
    measured_clearance: tuple[MeasuredClearance, ...]
    reported_egfr: tuple[ReportedEgfr, ...]
    low_muscle_mass: bool | None
    dialysis: Dialysis | None
    pregnant: bool | None
    pregnancy_planned: bool | None
    due: datetime | None
    breastfeeding: bool | None
    infant_born: datetime | None
    alcohol: Alcohol | None
    drives: bool | None
    frail: bool | None
    tone_needed: bool | None
    spasticity_stable: bool | None
    symptoms: tuple[Symptom, ...] | None
    surgery_planned: bool | None
    surgery_at: datetime | None
    supply: Supply | None
    early_refill: bool | None
    raised_without_advice: bool | None
    flare_only_use: bool | None
    has_pump: bool | None
    conditions: tuple[Condition, ...] | None
    medicines: tuple[Medicine, ...] | None
    allergies: tuple[str, ...] | None
    indication: str | None
    origin: str | None
    goals: tuple[Goal, ...]
