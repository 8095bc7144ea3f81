"""What rules may ask of the person: age and sex, diagnoses, pregnancy and milk, symptoms, habits, supply."""

import re
from datetime import timedelta

from baclo.care.measured import measured_symptoms
from baclo.care.medicines import recognise, says_nothing, tidy
from baclo.care.motherhood import may_be_mother
from baclo.care.quantities.quantity import Quantity, Value, entered, partly
from baclo.case.ahead import Coming
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.units import convert

_HOUR = timedelta(hours=1)
_NURSES = "breastfeeding"
_BROADER = "muscle_relaxant"


def person(knowledge: Knowledge, case: Case) -> dict[str, Quantity]:
    """Every quantity about the person but the kidneys, the other medicines and the doses."""
    patient = case.patient
    conditions = None if patient.conditions is None else tuple(condition.name for condition in patient.conditions)
    alcohol = patient.alcohol
    return {
        "now": entered(case.now, "now"),
        "age": entered(patient.age_y, "patient.age", unit="a"),
        "weight": entered(patient.weight_kg, "patient.weight", unit="kg"),
        "sex": entered(patient.sex, "patient.sex"),
        "conditions": entered(conditions, "patient.conditions"),
        "indication": entered(patient.indication, "patient.indication"),
        "allergic_to_baclofen": _allergic(knowledge, patient.allergies),
        "alcohol": entered(alcohol, "patient.alcohol"),
        "tone_needed": entered(patient.tone_needed, "patient.tone_needed"),
        "frail": entered(patient.frail, "patient.frail"),
        "has_goal": entered(bool(patient.goals), "patient.goals"),
        "spasticity_stable": entered(patient.spasticity_stable, "patient.spasticity_stable"),
        "drives": entered(patient.drives, "patient.drives"),
        "symptoms": _symptoms(knowledge, case),
        "surgery_at": entered(_surgery(case), "patient.surgery"),
        "has_pump": entered(patient.has_pump, "patient.has_pump"),
        **_mother(knowledge, case),
        **_supply(case),
    }


def _surgery(case: Case) -> Value | None:
    """When the next operation is; False where none is planned, None where that or its day is not known."""
    ahead = [one.since for one in case.ahead if one.kind is Coming.OPERATION and one.since >= case.now]
    if case.patient.surgery_at is not None or ahead:
        return case.patient.surgery_at or min(ahead)
    return False if case.patient.surgery_planned is False else None


def _mother(knowledge: Knowledge, case: Case) -> dict[str, Quantity]:
    """Pregnancy and milk. Who cannot be a mother is neither pregnant nor nursing; weeks are completed ones."""
    patient = case.patient
    never = None if may_be_mother(knowledge, patient) else False
    already = False if patient.pregnant else None
    nursing = any(condition.name == _NURSES for condition in patient.conditions or ()) or None
    weeks = watched = age_mo = None
    if patient.due is not None:
        watched = patient.due + timedelta(hours=knowledge.number("newborn.observe", "h"))
        left_wk = convert((patient.due - case.now) / _HOUR, "h", "wk")
        weeks = float((knowledge.number("pregnancy.length", "wk") - left_wk) // 1)
    if patient.infant_born is not None:
        age_mo = convert((case.now - patient.infant_born) / _HOUR, "h", "mo")
    return {
        "pregnant": entered(_first(patient.pregnant, never), "patient.pregnant"),
        "pregnancy_planned": entered(_first(patient.pregnancy_planned, never, already), "patient.pregnancy_planned"),
        "pregnancy_weeks": entered(weeks, "patient.due", unit="wk"),
        "due_at": entered(patient.due, "patient.due"),
        "newborn_watch_until": entered(watched, "patient.due"),
        "breastfeeding": entered(_first(nursing, patient.breastfeeding, never), "patient.breastfeeding"),
        "infant_age": entered(age_mo, "patient.infant.born", unit="mo", computed="age"),
    }


def _first(*answers: bool | None) -> bool | None:
    """The first answer that is known."""
    return next((answer for answer in answers if answer is not None), None)


def _supply(case: Case) -> dict[str, Quantity]:
    """Where what is taken comes from, and how it is taken; where nothing is taken there is nothing to ask."""
    patient, timeline = case.patient, case.timeline
    takes = bool(timeline.regimens or timeline.doses or case.baclofen_since)

    def asked(answer: bool | None, name: str) -> Quantity:
        return entered(answer if takes or answer else False, f"patient.{name}")

    return {
        "supply": entered(patient.supply if takes or patient.supply else "nothing taken", "patient.supply"),
        "early_refill": asked(patient.early_refill, "early_refill"),
        "dose_rise_without_advice": asked(patient.raised_without_advice, "raised_without_advice"),
        "flare_only_use": asked(patient.flare_only_use, "flare_only_use"),
    }


def _symptoms(knowledge: Knowledge, case: Case) -> Quantity:
    """The complaints by their words, those heard in plain words, and those that what was measured lately amounts to."""
    told = case.patient.symptoms
    entered_names = (symptom.name for symptom in told or ())
    words = tuple(dict.fromkeys((*entered_names, *case.heard, *measured_symptoms(knowledge, case))))
    return partly(words, "patient.symptoms", () if told is not None else ("patient.symptoms",))


def _allergic(knowledge: Knowledge, told: tuple[str, ...] | None) -> Quantity:
    """Whether any allergy is to baclofen; one that may be is asked about by its place."""
    if told is None or says_nothing(knowledge, told):
        return entered(None if told is None else False, "patient.allergies")
    answers = [_is_baclofen(knowledge, allergy) for allergy in told]
    unclear = [f"patient.allergies[{place}]" for place, answer in enumerate(answers) if answer is None]
    if True in answers or not unclear:
        return entered(True in answers, "patient.allergies")
    return entered(None, *unclear)


def _is_baclofen(knowledge: Knowledge, allergy: str) -> bool | None:
    """Whether an allergy is to baclofen: its name or a brand of it stands anywhere in the words.

    It is not where all of it is known to be something else; a class that baclofen belongs to may mean it.
    """
    table = knowledge.folder("medicines")
    own, allergens = table["words"]["own"], table["allergens"]
    spelled = tidy(re.sub(r"[^\w]", " ", allergy))
    if own in spelled or any(f" {tidy(brand)} " in f" {spelled} " for brand in table["medicines"][own]["brands"]):
        return True
    cause = re.sub(r"\w+", lambda word: "" if word[0].casefold() in allergens["reactions"] else word[0], allergy)
    found = recognise(knowledge, cause, allergens["other"])
    return None if found.unread or _BROADER in found.whole_classes else False
