"""The closed vocabulary of what a rule may ask of a case, each answer with its unit, basis and needs."""

from collections.abc import Mapping

from baclo.care.medicines import read_medicines
from baclo.care.quantities.doses import doses
from baclo.care.quantities.falls import fallen
from baclo.care.quantities.kidneys import kidneys
from baclo.care.quantities.medicines import medicines
from baclo.care.quantities.person import person
from baclo.care.quantities.products import products
from baclo.care.quantities.quantity import Quantity, Value
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.case.timeline import Regimen
from baclo.knowledge.library import Knowledge

__all__ = ["VOCABULARY", "Quantity", "Value", "quantities"]

VOCABULARY = (
    *("now", "age", "weight", "sex", "conditions", "indication", "allergic_to_baclofen", "alcohol", "tone_needed"),
    *("frail", "has_goal", "spasticity_stable", "drives", "symptoms", "surgery_at", "has_pump"),
    *("pregnant", "pregnancy_planned", "pregnancy_weeks", "due_at", "newborn_watch_until", "breastfeeding"),
    *("infant_age", "supply", "early_refill", "dose_rise_without_advice", "flare_only_use"),
    *("dialysis", "egfr", "clearance", "kidney_stale", "kidney_at", "acute_fall", "normal_withheld"),
    *("kidney_conflict", "creatinine_rise", "kidneys_measured"),
    *("medicines", "medicine_unrecognised", "unread", "near", "kidney_recheck_at"),
    *("sedatives", "pressure_lowering", "kidney_hurting"),
    *(
        "tdd",
        "tdd_per_kg",
        "largest_clock_dose",
        "largest_dose",
        "excess_in_a_day",
        "doses_per_day",
        "taking",
        "taken_days",
    ),
    *("stop_planned", "without_h", "unsure_h", "missed_in_row", "dose_vomited", "less_taken", "more_taken"),
    *(
        "more_than_prescribed",
        "more_today",
        "much_more_today",
        "product_form",
        "product_concentrations",
        "modified_release",
        "cream",
    ),
    *("recently_stopped_or_reduced", "symptoms_after_fall"),
)


def quantities(
    knowledge: Knowledge, case: Case, picture: KidneyPicture, regimen: Regimen | None
) -> Mapping[str, Quantity]:
    """Every quantity of the vocabulary for `case`, with `regimen` as what is taken (None: nothing regular)."""
    read = read_medicines(knowledge, case.patient.medicines)
    of_person = person(knowledge, case)
    return {
        **of_person,
        **kidneys(case, picture),
        **medicines(knowledge, case, read),
        **doses(knowledge, case, regimen),
        **products(knowledge, case, regimen, read),
        **fallen(knowledge, case, of_person["symptoms"]),
    }
