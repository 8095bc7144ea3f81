"""Makes the frozen case out of the parts of the file, once all of them are right."""

from baclo.case.ahead import Ahead
from baclo.case.case import Case, Override, Question
from baclo.case.form import AheadForm, DoseForm, HeaderForm, ObservationForm, QuestionForm, RegimenForm
from baclo.case.goal import Goal
from baclo.case.patient import (
    Condition,
    Creatinine,
    CystatinC,
    Dialysis,
    Interval,
    MeasuredClearance,
    Medicine,
    Patient,
    ReportedEgfr,
    Symptom,
)
from baclo.case.patient_form import GoalForm, PatientForm
from baclo.case.quantity import Quantity
from baclo.case.sections import Sections
from baclo.case.stock import Stock
from baclo.case.timeline import ClockDose, Dose, Observation, Regimen, Timeline


def build(header: HeaderForm, question: QuestionForm, sections: Sections) -> Case:
    """The case; doses, regimens and observations in order of time, all else in the order of the file."""
    return Case(
        title=header.title,
        now=header.now,
        zone=header.zone,
        region=header.region,
        patient=_patient(sections.patient or PatientForm()),
        timeline=Timeline(
            doses=tuple(sorted(map(_dose, sections.doses.values()), key=lambda dose: dose.at)),
            regimens=tuple(sorted(map(_regimen, sections.regimens.values()), key=lambda regimen: regimen.since)),
            observations=tuple(sorted(map(_observation, sections.observations.values()), key=lambda row: row.at)),
        ),
        baclofen_since=header.baclofen_since,
        products=None if header.products is None else tuple(header.products),
        model=header.model,
        overrides=tuple(
            Override(finding=row.finding, reason=row.reason, by=row.by) for row in sections.overrides.values()
        ),
        question=_question(question),
        ahead=tuple(sorted(map(_ahead, sections.ahead.values()), key=lambda row: row.since)),
        stock=None
        if sections.stock is None
        else tuple(Stock(product=row.product, units=row.units, at=row.at) for row in sections.stock.values()),
    )


def _value(quantity: Quantity | None) -> float | None:
    return None if quantity is None else quantity.value


def _question(form: QuestionForm) -> Question:
    return Question(
        ask=form.ask,
        goal_ug_per_day=None if form.goal is None else form.goal.value,
        since=form.since,
        horizon_h=_value(form.horizon),
        urgency=form.urgency,
        seed=form.seed,
        say=tuple(form.say),
        speed=form.speed,
        method=form.method,
        clocks=tuple(sorted(form.clocks)),
        therapy_clocks=tuple(sorted(form.therapy)),
        last_taken=form.last_taken,
        gap_reason=form.gap_reason,
    )


def _patient(form: PatientForm) -> Patient:
    conditions, medicines, allergies, symptoms = form.conditions, form.medicines, form.allergies, form.symptoms
    return Patient(
        sex=form.sex,
        age_y=_value(form.age),
        weight_kg=_value(form.weight),
        height_cm=_value(form.height),
        creatinine=tuple(
            Creatinine(at=row.at, creatinine_mg_per_dl=row.value.value, entered=row.value.entered)
            for row in form.creatinine
        ),
        cystatin_c=tuple(
            CystatinC(at=row.at, cystatin_c_mg_per_l=row.value.value, entered=row.value.entered)
            for row in form.cystatin_c
        ),
        measured_clearance=tuple(
            MeasuredClearance(at=row.at, creatinine_clearance_ml_per_min=row.value.value, entered=row.value.entered)
            for row in form.creatinine_clearance
        ),
        reported_egfr=tuple(
            ReportedEgfr(
                at=row.at,
                egfr_ml_per_min_per_1_73m2=row.value.value,
                equation=row.equation,
                entered=row.value.entered,
            )
            for row in form.egfr
        ),
        low_muscle_mass=form.low_muscle_mass,
        dialysis=_dialysis(form),
        pregnant=form.pregnant,
        pregnancy_planned=form.pregnancy_planned,
        due=form.due,
        breastfeeding=form.breastfeeding,
        infant_born=None if form.infant is None else form.infant.born,
        alcohol=form.alcohol,
        drives=form.drives,
        frail=form.frail,
        tone_needed=form.tone_needed,
        spasticity_stable=form.spasticity_stable,
        symptoms=None if symptoms is None else tuple(Symptom(name=s.name, since=s.since) for s in symptoms),
        surgery_planned=None if form.surgery is None else form.surgery.planned,
        surgery_at=None if form.surgery is None else form.surgery.at,
        supply=form.supply,
        early_refill=form.early_refill,
        raised_without_advice=form.raised_without_advice,
        flare_only_use=form.flare_only_use,
        has_pump=form.has_pump,
        conditions=None if conditions is None else tuple(Condition(name=c.name, since=c.since) for c in conditions),
        medicines=None
        if medicines is None
        else tuple(Medicine(name=m.name, dose=m.dose, since=m.since) for m in medicines),
        allergies=None if allergies is None else tuple(allergies),
        indication=form.indication,
        origin=form.origin,
        goals=tuple(map(_goal, form.goals)),
    )


def _goal(form: GoalForm) -> Goal:
    return Goal(
        name=form.name,
        kind=form.kind,
        importance=form.importance,
        difficulty=form.difficulty,
        baseline=form.baseline,
        attained=form.attained,
    )


def _ahead(form: AheadForm) -> Ahead:
    return Ahead(
        kind=form.kind,
        since=form.since,
        until=form.until,
        nil_by_mouth=form.nil_by_mouth,
        by_mouth_again=form.by_mouth_again,
        zone=form.zone,
        emergency=form.emergency,
    )


def _dialysis(form: PatientForm) -> Dialysis | None:
    if form.dialysis is None:
        return None
    sessions = tuple(Interval(since=row.since, until=row.until) for row in form.dialysis.sessions)
    return Dialysis(kind=form.dialysis.kind, sessions=sessions)


def _regimen(form: RegimenForm) -> Regimen:
    doses = (ClockDose(clock=row.clock, amount_ug=row.amount.value) for row in form.doses)
    return Regimen(
        product=form.product,
        modified_release=form.modified_release,
        since=form.since,
        until=form.until,
        doses=tuple(sorted(doses, key=lambda dose: dose.clock)),
    )


def _dose(form: DoseForm) -> Dose:
    return Dose(
        at=form.at,
        amount_ug=form.amount.value,
        over_h=0.0 if form.over is None else form.over.value,
        route=form.route,
        product=form.product,
        status=form.status,
        scheduled=form.scheduled,
        vomited_at=form.vomited_at,
    )


def _observation(form: ObservationForm) -> Observation:
    return Observation(at=form.at, kind=form.kind, value=form.value.value, unit=form.value.unit, site=form.site)
