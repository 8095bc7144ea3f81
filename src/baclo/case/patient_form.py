"""The person in the case file: every key about them, what it may hold, and the words that explain it."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from baclo.case import leaf
from baclo.case.form_base import Form
from baclo.case.goal import GoalKind
from baclo.case.patient import Alcohol, DialysisKind, Sex, Supply

_MOST_WEIGHT = 3


class CreatinineForm(Form):
    """One serum creatinine (IDMS-traceable)."""

    at: Annotated[leaf.Past, Field(description="When it was drawn.")]
    value: Annotated[leaf.SerumCreatinine, Field(description="In mg/dL or umol/L.")]


class CystatinCForm(Form):
    """One serum cystatin C (IFCC-traceable)."""

    at: Annotated[leaf.Past, Field(description="When it was drawn.")]
    value: Annotated[leaf.SerumCystatinC, Field(description="In mg/L.")]


class ClearanceForm(Form):
    """One creatinine clearance measured from timed urine; not an estimate, not indexed."""

    at: Annotated[leaf.Past, Field(description="When the collection ended.")]
    value: Annotated[leaf.Clearance, Field(description="In mL/min.")]


class EgfrForm(Form):
    """One eGFR as the laboratory reported it; it never passes for a creatinine clearance."""

    at: Annotated[leaf.Past, Field(description="When the blood was drawn.")]
    value: Annotated[leaf.Egfr, Field(description="In mL/min/1.73m2.")]
    equation: Annotated[leaf.EquationWord, Field(description='The equation it was computed by, or "not stated".')]


class SessionForm(Form):
    """One session of dialysis, done or planned."""

    since: Annotated[leaf.Moment, Field(description="When it began or will begin.")]
    until: Annotated[leaf.Moment | None, Field(description="When it ended or will end. Absent: it goes on.")] = None


class DialysisForm(Form):
    """Kidney replacement."""

    kind: Annotated[DialysisKind, Field(strict=False, description='"none" says that there is none.')]
    sessions: Annotated[
        list[SessionForm], Field(description="Haemodialysis and CVVH: when they run; they must not overlap.")
    ] = []


def _named(raw: Any) -> Any:
    """A bare word stands for a table with that name."""
    return {"name": raw} if isinstance(raw, str) else raw


class ConditionForm(Form):
    """A diagnosis or state."""

    name: Annotated[leaf.ConditionWord, Field(description="A word of the vocabulary or a synonym.")]
    since: Annotated[leaf.PastDay | None, Field(description="Since when.")] = None


class MedicineForm(Form):
    """Another medicine, as written."""

    name: Annotated[leaf.Words, Field(description="Its name.")]
    dose: Annotated[leaf.Words | None, Field(description="Its dose, as written.")] = None
    since: Annotated[leaf.PastDay | None, Field(description="Since when.")] = None


class SymptomForm(Form):
    """A complaint."""

    name: Annotated[leaf.SymptomWord, Field(description="A word of the vocabulary or a synonym.")]
    since: Annotated[leaf.PastDay | None, Field(description="Since when.")] = None


class GoalForm(Form):
    """What the person wants from treatment, with its goal attainment scaling where it was done."""

    name: Annotated[leaf.Words, Field(description="The goal, in the person's words.")]
    kind: Annotated[GoalKind | None, Field(strict=False, description="Its area.")] = None
    importance: Annotated[int | None, Field(ge=0, le=_MOST_WEIGHT, description="To the person, 0 to 3.")] = None
    difficulty: Annotated[int | None, Field(ge=0, le=_MOST_WEIGHT, description="To the team, 0 to 3.")] = None
    baseline: Annotated[int | None, Field(ge=-2, le=2, description="At the start, -2 to 2; 0 is the goal.")] = None
    attained: Annotated[int | None, Field(ge=-2, le=2, description="Now, -2 to 2; 0 is the goal.")] = None


class InfantForm(Form):
    """The child that is nursed, or was born lately."""

    born: Annotated[leaf.PastDay, Field(description="When it was born.")]


ConditionItem = Annotated[ConditionForm, BeforeValidator(_named, json_schema_input_type=str | ConditionForm)]
MedicineItem = Annotated[MedicineForm, BeforeValidator(_named, json_schema_input_type=str | MedicineForm)]
GoalItem = Annotated[GoalForm, BeforeValidator(_named, json_schema_input_type=str | GoalForm)]
SymptomItem = Annotated[SymptomForm, BeforeValidator(_named, json_schema_input_type=str | SymptomForm)]


class PatientForm(Form):
    """Who the case is about. What is absent is not known; it never counts as normal."""

    sex: Annotated[Sex | None, Field(strict=False, description="As the kidney equations use it.")] = None
    age: Annotated[leaf.Age | None, Field(description="Age now.")] = None
    weight: Annotated[leaf.Weight | None, Field(description="Body weight.")] = None
    height: Annotated[leaf.Height | None, Field(description="Body height.")] = None
    low_muscle_mass: Annotated[
        bool | None, Field(description="Whether muscle is low (wasting, paralysis): creatinine then misleads.")
    ] = None
    pregnant: Annotated[bool | None, Field(description="Whether pregnant.")] = None
    pregnancy_planned: Annotated[bool | None, Field(description="Whether a pregnancy is planned.")] = None
    due: Annotated[leaf.Day | None, Field(description="The day that birth is expected; only with pregnant.")] = None
    breastfeeding: Annotated[bool | None, Field(description="Whether breastfeeding.")] = None
    infant: Annotated[InfantForm | None, Field(description="The child that is nursed, or was born lately.")] = None
    alcohol: Annotated[Alcohol | None, Field(strict=False, description="How often alcohol is drunk.")] = None
    drives: Annotated[bool | None, Field(description="Whether the person drives or works with machines.")] = None
    frail: Annotated[bool | None, Field(description="Whether frail.")] = None
    tone_needed: Annotated[
        bool | None, Field(description="Whether the person needs the tone to stand, walk or sit.")
    ] = None
    spasticity_stable: Annotated[
        bool | None, Field(description="Whether the spasticity has been the same for some time.")
    ] = None
    has_pump: Annotated[bool | None, Field(description="Whether a pump gives baclofen into the spine.")] = None
    surgery: Annotated[
        leaf.PlannedSurgery | None, Field(description='"none", "planned", or the day it is planned for.')
    ] = None
    supply: Annotated[Supply | None, Field(strict=False, description="Where the baclofen comes from.")] = None
    early_refill: Annotated[bool | None, Field(description="Whether supplies ended before their time.")] = None
    raised_without_advice: Annotated[
        bool | None, Field(description="Whether the person raised the dose without advice.")
    ] = None
    flare_only_use: Annotated[
        bool | None, Field(description="Whether it is taken only on bad days, and not on others.")
    ] = None
    indication: Annotated[
        leaf.ConditionWord | None, Field(description="What baclofen is for: a word of the vocabulary.")
    ] = None
    origin: Annotated[Literal["spinal", "cerebral"] | None, Field(description="Where the spasticity comes from.")] = (
        None
    )
    goals: Annotated[list[GoalItem], Field(description="What the person wants from treatment.")] = []
    conditions: Annotated[
        list[ConditionItem] | None, Field(description="Diagnoses and states; [] says none, absent says nobody asked.")
    ] = None
    medicines: Annotated[
        list[MedicineItem] | None, Field(description="Other medicines; [] says none, absent says nobody asked.")
    ] = None
    allergies: Annotated[
        list[leaf.Words] | None, Field(description="Allergies; [] says none, absent says nobody asked.")
    ] = None
    symptoms: Annotated[
        list[SymptomItem] | None, Field(description="Complaints; [] says none, absent says nobody asked.")
    ] = None
    creatinine: Annotated[list[CreatinineForm], Field(description="Serum creatinines.")] = []
    cystatin_c: Annotated[list[CystatinCForm], Field(description="Serum cystatin C values.")] = []
    creatinine_clearance: Annotated[
        list[ClearanceForm], Field(description="Measured creatinine clearances (timed urine).")
    ] = []
    egfr: Annotated[list[EgfrForm], Field(description="Reported eGFRs.")] = []
    dialysis: Annotated[DialysisForm | None, Field(description="Kidney replacement.")] = None
