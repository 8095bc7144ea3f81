"""What an answer rests on: what is taken, what it amounts to, the kidneys, and what was assumed."""

from datetime import timedelta

from baclo.care.amounts import dose_in_words
from baclo.care.doses import regimen_now
from baclo.care.standing import Continuity, standing
from baclo.case.case import Case
from baclo.case.gap import lived
from baclo.case.kidney import KidneyPicture
from baclo.case.patient import DialysisKind
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text
from baclo.report.shown import clock
from baclo.run import Outcome

_REPLACEMENT = {
    DialysisKind.NONE: "Not on dialysis.",
    DialysisKind.HAEMODIALYSIS: "On haemodialysis: estimates from creatinine do not hold.",
    DialysisKind.PERITONEAL: "On peritoneal dialysis: estimates from creatinine do not hold.",
    DialysisKind.CVVH: "On continuous haemofiltration: estimates from creatinine do not hold.",
}


def taken_heading(knowledge: Knowledge, case: Case) -> str:
    """What the doses of the day are: taken now, or prescribed where none was certainly taken for some time."""
    if _continuity(knowledge, case) is Continuity.LITTLE:
        return "Prescribed, and of late not taken like this"
    if _continuity(knowledge, case) is Continuity.MORE:
        return "Prescribed, and of late more was taken than this"
    return "Taken now" if _going_on(knowledge, case) else "Prescribed, and not certainly taken of late"


def exposure_heading(knowledge: Knowledge, case: Case) -> str:
    """What the exposure is of: the end of what goes on or is begun again, or all of what was taken."""
    if regimen_now(case.timeline, case.now) is None:
        return "Exposure over the whole course"
    told = "goes on" if _going_on(knowledge, case) else "were taken as prescribed from now on"
    return f"If this {told}: last day simulated"


def _going_on(knowledge: Knowledge, case: Case) -> bool:
    """Whether a dose was certainly taken of late."""
    return _continuity(knowledge, case) in (Continuity.GOING_ON, Continuity.MORE)


def _continuity(knowledge: Knowledge, case: Case) -> Continuity:
    return standing(knowledge, lived(case), case.now).continuity


def taken_rows(knowledge: Knowledge, outcome: Outcome) -> tuple[tuple[str, Text], ...]:
    """Each dose of the day as it is taken now, by its clock time: milligrams, with volume and concentration."""
    regimen = regimen_now(outcome.case.timeline, outcome.case.now)
    if regimen is None:
        return ()
    doses = sorted(regimen.doses, key=lambda dose: dose.clock)
    return tuple((clock(dose.clock), dose_in_words(knowledge, regimen.product, dose.amount_ug)) for dose in doses)


def products(outcome: Outcome) -> tuple[str, ...]:
    """Every product that is taken, named or planned, each once."""
    case, plan = outcome.case, outcome.plan
    regimen = regimen_now(case.timeline, case.now)
    taken = () if regimen is None or regimen.product is None else (regimen.product,)
    planned = tuple(dose.product for step in plan.steps for dose in step.doses) if plan is not None else ()
    return tuple(dict.fromkeys((*taken, *(case.products or ()), *planned)))


def exposure_rows(outcome: Outcome) -> tuple[tuple[str, Text], ...]:
    """The labelled exposure in the window it was taken over, which comes first; none where nothing is given."""
    course, seen = outcome.course, outcome.exposure
    if seen is None or course is None or not seen.cmax_ng_per_ml > 0:
        return ()
    basis = ("computed:exposure", f"model:{course.model}")
    highest = int(course.plasma_ng_per_ml.argmax())
    at_h = {
        "highest": float(course.time_h[highest]),
        "peak": seen.tmax_h,
        "since": seen.since_h,
        "until": seen.until_h,
    }
    moments = {name: course.origin + timedelta(hours=hours) for name, hours in at_h.items()}
    rows = (
        ("Window", seen.until_h, "h", "{since} to {until}"),
        ("Peak (Cmax)", seen.cmax_ng_per_ml, "ng/mL", "{value} at {peak}"),
        ("Average (Cavg)", seen.cavg_ng_per_ml, "ng/mL", "{value}"),
        ("Lowest (trough)", seen.trough_ng_per_ml, "ng/mL", "{value}"),
        ("Area (AUC)", seen.auc_ng_h_per_ml, "ng.h/mL", "{value}"),
        ("Accumulation since the first dose", seen.accumulation_ratio, "1", "{value} times"),
        ("Highest of the whole course", float(course.plasma_ng_per_ml[highest]), "ng/mL", "{value} at {highest}"),
    )
    return tuple(
        (label, text(words, {}, value=Number(value=value, unit=unit, basis=basis), **moments))
        for label, value, unit, words in rows
        if value is not None and not (label.startswith("Accumulation") and value < 1)
    )


def kidney_rows(picture: KidneyPicture) -> tuple[tuple[str, Text], ...]:
    """The labelled values to go by; what is not known is left out, and what only stands in for what is known."""
    known = picture.clearance_ml_per_min is not None
    assumed = None if known else picture.assumed_clearance_ml_per_min
    rows = (
        ("Creatinine clearance", picture.clearance_ml_per_min, "mL/min", picture.clearance_basis),
        ("Best eGFR", picture.egfr_ml_per_min_per_1_73m2, "mL/min/{1.73_m2}", picture.egfr_basis),
        ("Assumed clearance, to simulate only", assumed, "mL/min", picture.assumed_basis),
    )
    return tuple(
        (label, Text((Number(value=value, unit=unit, basis=basis),)))
        for label, value, unit, basis in rows
        if value is not None
    )


def kidney_lines(picture: KidneyPicture) -> tuple[Text, ...]:
    """What stands beside the numbers of the kidneys, in sentences."""
    acute = picture.acute
    said = (
        (picture.stale is True, "The newest value is too old to decide on."),
        (picture.stale is False, "The newest value is recent enough to decide on."),
        (acute.stage is None, "Whether they have just got worse cannot be told: two creatinines near in time would."),
        (acute.stage == 0, "No acute kidney injury between the creatinines given."),
        (bool(acute.stage), "Acute kidney injury, KDIGO stage {stage}."),
        (acute.risen is True and not acute.stage, "Creatinine has risen {rise} times over its lowest."),
        (picture.low_muscle is True, "Muscle mass is low: creatinine makes the kidneys look better than they are."),
        (picture.low_muscle is None, "Whether muscle mass is low was not said."),
        (picture.normal_withheld, "A normal value here does not show normal kidneys; cystatin C would tell."),
    )
    lines = [template for holds, template in said if holds]
    if picture.dialysis is not None:
        lines.append(_REPLACEMENT[picture.dialysis.kind])
    numbers = {
        "stage": Number(value=float(acute.stage or 0), unit="1", basis=acute.basis),
        "rise": Number(value=acute.rise_ratio or 0.0, unit="1", basis=acute.basis),
    }
    return tuple(text(line, {}, **numbers) for line in lines)


def assumptions(outcome: Outcome) -> tuple[Text, ...]:
    """What the courses shown assume, each once."""
    courses = (outcome.course, outcome.plan.course if outcome.plan is not None else None)
    return tuple(dict.fromkeys(said for course in courses if course is not None for said in course.assumptions))
