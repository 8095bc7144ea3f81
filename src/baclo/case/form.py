"""The case file as pydantic models: every key, what it may hold, and the words that explain it."""

from typing import Annotated, Literal

from pydantic import Field

from baclo.case import leaf
from baclo.case.ahead import Coming
from baclo.case.case import Ask, GapReason, Method, Speed, Urgency
from baclo.case.form_base import Form
from baclo.case.patient_form import PatientForm
from baclo.case.timeline import DoseStatus, Route
from baclo.knowledge.facts import Region

FORMAT = "baclo.case/1"
_MOST_SEED = 2**53


class QuestionForm(Form):
    """What is asked."""

    ask: Annotated[Ask, Field(strict=False, description="What to answer.")]
    goal: Annotated[
        leaf.DailyDose | None, Field(description="Daily dose to reach; 0 mg/d is stopping. Absent: the sources say.")
    ] = None
    since: Annotated[leaf.Day | None, Field(description="First day of the plan. Absent: the day after now.")] = None
    horizon: Annotated[leaf.Horizon | None, Field(description="How far ahead to simulate.")] = None
    urgency: Annotated[
        Urgency, Field(strict=False, description="How fast a taper is wanted; never faster than is safe.")
    ] = Urgency.PLANNED
    seed: Annotated[int, Field(ge=0, le=_MOST_SEED, description="Seed of everything drawn by chance.")] = 0
    say: Annotated[list[leaf.Words], Field(description="Complaints in plain words, for triage.")] = []
    speed: Annotated[
        Speed | None, Field(strict=False, description="How fast a change is wanted; never faster than is safe.")
    ] = None
    method: Annotated[
        Method | None, Field(strict=False, description="How a taper is cut: by fixed steps, or by a share.")
    ] = None
    clocks: Annotated[
        list[leaf.Clock], Field(description="The clock times wanted, one for each dose. Absent: the usual ones.")
    ] = []
    therapy: Annotated[
        list[leaf.Clock], Field(description="When a task or therapy begins that a dose should come before.")
    ] = []
    last_taken: Annotated[leaf.Past | None, Field(description="When the last dose was taken.")] = None
    gap_reason: Annotated[GapReason | None, Field(strict=False, description="Why no dose was taken since.")] = None


class ClockDoseForm(Form):
    """A dose at a time of the local clock, every day."""

    clock: Annotated[leaf.Clock, Field(description="The local clock time.")]
    amount: Annotated[leaf.Amount, Field(description="The dose.")]


class RegimenForm(Form):
    """Doses by the local clock, every day from since (included) to until (not)."""

    product: Annotated[leaf.Product | None, Field(description="What is taken.")] = None
    modified_release: Annotated[bool | None, Field(description="Whether it releases baclofen slowly.")] = None
    since: Annotated[leaf.Day, Field(description="From when.")]
    until: Annotated[leaf.Day | None, Field(description="Until when. Absent: until further notice.")] = None
    doses: Annotated[list[ClockDoseForm], Field(min_length=1, description="The doses of a day.")]


class DoseForm(Form):
    """One record of a dose: extra, or in the place of a dose of a regimen."""

    at: Annotated[leaf.Past, Field(description="When it was taken; of a missed dose, when it was due.")]
    amount: Annotated[leaf.Amount, Field(description="The dose.")]
    status: Annotated[DoseStatus, Field(strict=False, description="What became of it.")]
    product: Annotated[leaf.Product | None, Field(description="What was taken.")] = None
    scheduled: Annotated[
        leaf.Moment | None, Field(description="The moment of the regimen's dose that this record stands for.")
    ] = None
    over: Annotated[leaf.Over | None, Field(description="How long an infusion ran.")] = None
    route: Annotated[Route, Field(strict=False, description="How it was given.")] = Route.ORAL
    vomited_at: Annotated[leaf.Past | None, Field(description="When it was vomited.")] = None


class ObservationForm(Form):
    """Something seen or measured."""

    at: Annotated[leaf.Past, Field(description="When.")]
    kind: Annotated[leaf.ObservationWord, Field(description="What: a word of the vocabulary.")]
    value: Annotated[
        leaf.Value, Field(description="A quantity with its unit, a bare grade of a scale, or its word in quotes.")
    ]
    site: Annotated[leaf.SiteWord | None, Field(description="Of which muscle group, with its side.")] = None


class AheadForm(Form):
    """Something to come: an operation, a journey, a scan, an illness."""

    kind: Annotated[Coming, Field(strict=False, description="What it is.")]
    since: Annotated[leaf.Day, Field(description="When it begins or began.")]
    until: Annotated[leaf.Day | None, Field(description="When it ends. Absent: not known.")] = None
    nil_by_mouth: Annotated[leaf.Moment | None, Field(description="From when nothing may be swallowed.")] = None
    by_mouth_again: Annotated[leaf.Moment | None, Field(description="From when swallowing is allowed again.")] = None
    zone: Annotated[leaf.Zone | None, Field(description="Of a journey: the time zone it goes to.")] = None
    emergency: Annotated[bool | None, Field(description="Of an operation: whether it cannot wait.")] = None


class StockForm(Form):
    """What of a product is left at home."""

    product: Annotated[leaf.Product, Field(description="Which product.")]
    units: Annotated[float, Field(ge=0, allow_inf_nan=False, description="Tablets, packets or mL left.")]
    at: Annotated[leaf.Past, Field(description="When they were counted.")]


class OverrideForm(Form):
    """A finding that somebody answers for; it is still shown, with the reason and the name."""

    finding: Annotated[leaf.FindingWord, Field(description="The id of the finding.")]
    reason: Annotated[leaf.Words, Field(description="Why it does not hold this person back.")]
    by: Annotated[leaf.Words, Field(description="Who answers for it.")]


class HeaderForm(Form):
    """The keys at the top of the file."""

    format: Annotated[Literal["baclo.case/1"], Field(description="The version of this format.")]
    title: Annotated[leaf.Words | None, Field(description="A name for the case.")] = None
    now: Annotated[leaf.Moment, Field(description="The moment that the question is asked at.")]
    zone: Annotated[leaf.Zone, Field(description="The time zone of the person's clock, by its IANA name.")]
    region: Annotated[Region, Field(strict=False, description="Whose labels and practice speak first.")]
    model: Annotated[leaf.ModelWord | None, Field(description="A model by its id. Absent: the person chooses.")] = None
    products: Annotated[
        list[leaf.Product] | None, Field(description="Products at hand, by id. Absent: those of the region.")
    ] = None
    baclofen_since: Annotated[leaf.PastDay | None, Field(description="Since when baclofen is taken daily.")] = None


class CaseForm(HeaderForm):
    """Everything known and asked about one person at one moment: a baclo case."""

    question: Annotated[QuestionForm, Field(description="The question, and what it is asked for.")]
    patient: Annotated[PatientForm | None, Field(description="Who the case is about.")] = None
    regimen: Annotated[list[RegimenForm], Field(description="What is or was taken by the clock.")] = []
    dose: Annotated[list[DoseForm], Field(description="Single doses: extra, late, missed, vomited.")] = []
    observation: Annotated[list[ObservationForm], Field(description="What was seen and measured.")] = []
    ahead: Annotated[list[AheadForm], Field(description="What is to come: operations, journeys, scans, illness.")] = []
    stock: Annotated[
        list[StockForm] | None, Field(description="What is left at home; [] says nothing, absent says nobody counted.")
    ] = None
    override: Annotated[
        list[OverrideForm], Field(description="Findings that somebody answers for, each with its reason.")
    ] = []
