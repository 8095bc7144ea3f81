"""Writes a case as plain tables that read back as the same case."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from baclo.case.ahead import Ahead
from baclo.case.case import Case, Question
from baclo.case.form import FORMAT
from baclo.case.goal import Goal
from baclo.case.moment import write_moment
from baclo.case.observed import write_observed
from baclo.case.patient import Patient
from baclo.case.quantity import KINDS, write_quantity
from baclo.case.surgery import write_surgery
from baclo.case.timeline import Dose, Observation, Regimen

Table = dict[str, Any]


def case_to_json(case: Case) -> Table:
    """The case as JSON tables in the form of `read_json`; what is not known is left out.

    Moments are in UTC. A laboratory value keeps the words it was entered in; other quantities are written in the
    first unit that gives exactly the same value back.
    """
    return _known(
        {
            "format": FORMAT,
            "title": case.title,
            "now": write_moment(case.now),
            "zone": case.zone.key,
            "region": case.region.value,
            "model": case.model,
            "products": None if case.products is None else list(case.products),
            "baclofen_since": _moment(case.baclofen_since),
            "question": _question(case.question),
            "patient": _patient(case.patient),
            "regimen": [_regimen(regimen) for regimen in case.timeline.regimens],
            "dose": [_dose(dose) for dose in case.timeline.doses],
            "observation": [_observation(seen) for seen in case.timeline.observations],
            "ahead": [_ahead(row) for row in case.ahead],
            "stock": None
            if case.stock is None
            else [{"product": row.product, "units": row.units, "at": write_moment(row.at)} for row in case.stock],
            "override": [{"finding": row.finding, "reason": row.reason, "by": row.by} for row in case.overrides],
        }
    )


def _observation(seen: Observation) -> Table:
    value = write_observed(seen.value, seen.unit)
    return _known({"at": write_moment(seen.at), "kind": seen.kind, "value": value, "site": seen.site})


def _known(table: Mapping[str, Any]) -> Table:
    return {key: value for key, value in table.items() if value is not None}


def _moment(at: datetime | None) -> str | None:
    return None if at is None else write_moment(at)


def _quantity(value: float | None, kind: str) -> str | None:
    return None if value is None else write_quantity(value, KINDS[kind])


def _question(question: Question) -> Table:
    return _known(
        {
            "ask": question.ask.value,
            "goal": _quantity(question.goal_ug_per_day, "daily_dose"),
            "since": _moment(question.since),
            "horizon": _quantity(question.horizon_h, "horizon"),
            "urgency": question.urgency.value,
            "seed": question.seed,
            "say": list(question.say) or None,
            "speed": None if question.speed is None else question.speed.value,
            "method": None if question.method is None else question.method.value,
            "clocks": _clocks(question.clocks),
            "therapy": _clocks(question.therapy_clocks),
            "last_taken": _moment(question.last_taken),
            "gap_reason": None if question.gap_reason is None else question.gap_reason.value,
        }
    )


def _clocks(clocks: tuple[time, ...]) -> list[str] | None:
    return [clock.strftime("%H:%M") for clock in clocks] or None


def _ahead(row: Ahead) -> Table:
    return _known(
        {
            "kind": row.kind.value,
            "since": write_moment(row.since),
            "until": _moment(row.until),
            "nil_by_mouth": _moment(row.nil_by_mouth),
            "by_mouth_again": _moment(row.by_mouth_again),
            "zone": None if row.zone is None else row.zone.key,
            "emergency": row.emergency,
        }
    )


def _goal(goal: Goal) -> Table:
    return _known(
        {
            "name": goal.name,
            "kind": None if goal.kind is None else goal.kind.value,
            "importance": goal.importance,
            "difficulty": goal.difficulty,
            "baseline": goal.baseline,
            "attained": goal.attained,
        }
    )


def _patient(patient: Patient) -> Table:
    return _known(
        {
            "sex": None if patient.sex is None else patient.sex.value,
            "age": _quantity(patient.age_y, "age"),
            "weight": _quantity(patient.weight_kg, "weight"),
            "height": _quantity(patient.height_cm, "height"),
            "low_muscle_mass": patient.low_muscle_mass,
            **_family(patient),
            "frail": patient.frail,
            "tone_needed": patient.tone_needed,
            "spasticity_stable": patient.spasticity_stable,
            "indication": patient.indication,
            "origin": patient.origin,
            "goals": [_goal(goal) for goal in patient.goals],
            **_asked(patient),
            **_use(patient),
            **_laboratory(patient),
            "dialysis": _dialysis(patient),
        }
    )


def _asked(patient: Patient) -> Table:
    """What somebody may or may not have asked about."""
    conditions, medicines, allergies = patient.conditions, patient.medicines, patient.allergies
    symptoms = patient.symptoms
    return {
        "conditions": None
        if conditions is None
        else [_known({"name": row.name, "since": _moment(row.since)}) for row in conditions],
        "medicines": None
        if medicines is None
        else [_known({"name": row.name, "dose": row.dose, "since": _moment(row.since)}) for row in medicines],
        "allergies": None if allergies is None else list(allergies),
        "symptoms": None
        if symptoms is None
        else [_known({"name": row.name, "since": _moment(row.since)}) for row in symptoms],
    }


def _family(patient: Patient) -> Table:
    """Pregnancy, and the child that is nursed."""
    return {
        "pregnant": patient.pregnant,
        "pregnancy_planned": patient.pregnancy_planned,
        "due": _moment(patient.due),
        "breastfeeding": patient.breastfeeding,
        "infant": None if patient.infant_born is None else {"born": write_moment(patient.infant_born)},
    }


def _use(patient: Patient) -> Table:
    """How the person lives with baclofen, and what lies ahead."""
    return {
        "alcohol": None if patient.alcohol is None else patient.alcohol.value,
        "drives": patient.drives,
        "has_pump": patient.has_pump,
        "surgery": write_surgery(patient.surgery_planned, patient.surgery_at),
        "supply": None if patient.supply is None else patient.supply.value,
        "early_refill": patient.early_refill,
        "raised_without_advice": patient.raised_without_advice,
        "flare_only_use": patient.flare_only_use,
    }


def _laboratory(patient: Patient) -> Table:
    """What was measured, in the words it was entered in."""
    table: Table = {
        key: [{"at": write_moment(row.at), "value": row.entered} for row in rows]
        for key, rows in (
            ("creatinine", patient.creatinine),
            ("cystatin_c", patient.cystatin_c),
            ("creatinine_clearance", patient.measured_clearance),
        )
    }
    table["egfr"] = [
        {"at": write_moment(row.at), "value": row.entered, "equation": row.equation} for row in patient.reported_egfr
    ]
    return table


def _dialysis(patient: Patient) -> Table | None:
    if patient.dialysis is None:
        return None
    return {
        "kind": patient.dialysis.kind.value,
        "sessions": [
            _known({"since": write_moment(row.since), "until": _moment(row.until)}) for row in patient.dialysis.sessions
        ],
    }


def _regimen(regimen: Regimen) -> Table:
    return _known(
        {
            "product": regimen.product,
            "modified_release": regimen.modified_release,
            "since": write_moment(regimen.since),
            "until": _moment(regimen.until),
            "doses": [
                {"clock": dose.clock.strftime("%H:%M"), "amount": _quantity(dose.amount_ug, "dose")}
                for dose in regimen.doses
            ],
        }
    )


def _dose(dose: Dose) -> Table:
    return _known(
        {
            "at": write_moment(dose.at),
            "amount": _quantity(dose.amount_ug, "dose"),
            "status": dose.status.value,
            "product": dose.product,
            "scheduled": _moment(dose.scheduled),
            "over": _quantity(dose.over_h, "over"),
            "route": dose.route.value,
            "vomited_at": _moment(dose.vomited_at),
        }
    )
