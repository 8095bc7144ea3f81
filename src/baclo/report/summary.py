"""What both reports say first and in what order: the headline, the findings that matter, the labelled values."""

from dataclasses import dataclass
from datetime import timedelta

from baclo.care.advice import Advice
from baclo.care.amounts import dose_in_words
from baclo.care.doses import regimen_now
from baclo.care.finding import Finding, Severity, Status
from baclo.care.plan import Kind, Plan, Step
from baclo.care.refusal import Refusal
from baclo.care.standing import Continuity, standing
from baclo.care.triage import Level, Triage
from baclo.case.case import Ask, Case
from baclo.case.gap import lived
from baclo.case.kidney import KidneyPicture
from baclo.case.patient import DialysisKind
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text
from baclo.report.advising import closed
from baclo.report.shown import clock
from baclo.run import Outcome

_STATUSES = (Status.PRESENT, Status.UNKNOWN, Status.ABSENT)
_SEVERITIES = (Severity.CRITICAL, Severity.WARNING, Severity.INFO)
_STATUS_WORDS = ("Not known: ", "Does not apply: ")
_COUNTED = ("computed:count",)
_KINDS = {Ask.TITRATE.value: "Titration plan", Ask.TAPER.value: "Taper plan"}
_REPLACEMENT = {
    DialysisKind.NONE: "Not on dialysis.",
    DialysisKind.HAEMODIALYSIS: "On haemodialysis: estimates from creatinine do not hold.",
    DialysisKind.PERITONEAL: "On peritoneal dialysis: estimates from creatinine do not hold.",
    DialysisKind.CVVH: "On continuous haemofiltration: estimates from creatinine do not hold.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something the case does not say, by its path, and the findings it would settle."""

    path: str
    asked_by: tuple[Text, ...]


def headline(outcome: Outcome) -> Text:
    """The answer in a sentence or two, after the gravest critical finding that holds."""
    if outcome.case.question.ask is Ask.TRIAGE and outcome.triage is not None:
        return text("{title}", {}, title=outcome.triage.title)
    gravest = next((one.title for one in ordered(outcome) if _alarming(one)), None)
    if outcome.advice is not None:
        return _of_advice(outcome, outcome.advice, gravest)
    answer = _counts(outcome) if outcome.plan is None else _of_plan(outcome, outcome.plan, gravest)
    return answer if gravest is None else text("{gravest}. {answer}", {}, gravest=gravest, answer=answer)


def _of_advice(outcome: Outcome, advice: Advice, gravest: Text | None) -> Text:
    """The advice, then the plan beside it, but for the rest of a day, which the advice tells.

    The gravest finding comes first unless the advice itself is to act now.
    """
    said = [closed(advice.headline)]
    if gravest is not None:
        said.insert(1 if advice.critical else 0, closed(gravest))
    if outcome.plan is not None and (outcome.plan.refused or outcome.plan.kind is not Kind.RESUME):
        said.append(_of_plan(outcome, outcome.plan, gravest))
    spaced = (piece for one in said for piece in (" ", *one.pieces))
    return Text(tuple(spaced)[1:])


def refusals(outcome: Outcome) -> tuple[Refusal, ...]:
    """Why the plan is refused: what the rules say, the gravest first, then what the planner itself says."""
    rank = {f"rule:{one.id}": _SEVERITIES.index(one.severity) for one in reversed(ordered(outcome))}
    last = len(_SEVERITIES)

    def place(refusal: Refusal) -> int:
        by_rule = [rank.get(name, last) for name in refusal.basis if name.startswith("rule:")]
        return min(by_rule, default=last + 1)

    return () if outcome.plan is None else tuple(sorted(outcome.plan.refusals, key=place))


def _of_plan(outcome: Outcome, plan: Plan, gravest: Text | None) -> Text:
    """The first and the last step, or the first reason of a refusal without the gravest finding, which is told."""
    name = _KINDS.get(plan.kind, plan.kind.capitalize())
    if plan.refused:
        reason = refusals(outcome)[0].reason
        for told in () if gravest is None else (gravest.pieces, gravest.pieces[1:]):  # the latter without "Planned: "
            if told and reason.pieces[: len(told)] == told:
                return Text((f"{name} refused", *(reason.pieces[len(told) :] or (".",))))
        return text("{name} refused. {reason}", {}, name=name, reason=reason)
    if not plan.steps:
        return text("{name}: no change of dose.", {}, name=name)
    first, last = plan.steps[0], plan.steps[-1]
    if len(plan.steps) == 1:
        return text("{name}: {dose} from {since}.", {}, name=name, dose=total(plan, 0), since=first.since)
    return text(
        "{name}: first {first} from {since}, last {last} from {until}.",
        {},
        name=name,
        first=total(plan, 0),
        last=total(plan, -1),
        since=first.since,
        until=last.since,
    )


def total(plan: Plan, place: int) -> Number:
    """The daily dose of one step."""
    return Number(value=plan.steps[place].total_ug_per_day, unit="ug/d", basis=("computed:plan",))


def plan_first(outcome: Outcome) -> bool:
    """Whether the plan is told before what is advised beside it: not of missed doses, nor where there are no steps."""
    return outcome.plan is not None and bool(outcome.plan.steps) and outcome.plan.kind is not Kind.RESUME


def step_total(step: Step) -> Number:
    """The daily dose of a step; of doses of one day only what they make together."""
    rest = any(dose.at is not None for dose in step.doses)
    return Number(value=step.total_ug_per_day, unit="ug" if rest else "ug/d", basis=("computed:plan",))


def _counts(outcome: Outcome) -> Text:
    """How many findings hold, and how many are not known."""
    present = [finding for finding in outcome.findings if finding.status is Status.PRESENT]
    counts = {
        "critical": sum(finding.severity is Severity.CRITICAL for finding in present),
        "warnings": sum(finding.severity is Severity.WARNING for finding in present),
        "unknown": sum(finding.status is Status.UNKNOWN for finding in outcome.findings),
    }
    numbers = {name: Number(value=float(count), unit="1", basis=_COUNTED) for name, count in counts.items()}
    done = "Simulated" if outcome.case.question.ask is Ask.SIMULATE else "Checked"
    said = "{done}: {critical} critical, {warnings} to be warned of, {unknown} not known."
    return text(said, {}, done=done, **numbers)


def ordered(outcome: Outcome) -> tuple[Finding, ...]:
    """Every finding, those of the plan included: what holds before what is unknown before what does not hold."""
    own = outcome.plan.findings if outcome.plan is not None else ()
    unique = dict.fromkeys((*outcome.findings, *own))
    return tuple(sorted(unique, key=lambda one: (_STATUSES.index(one.status), _SEVERITIES.index(one.severity))))


def subject(finding: Finding) -> Text:
    """A finding's title without the words that say its status, where a badge already says it."""
    first, *others = finding.title.pieces
    words = first if isinstance(first, str) else ""
    status = next((said for said in _STATUS_WORDS if words.startswith(said)), "")
    return Text((words.removeprefix(status), *others)) if status else finding.title


def needs(outcome: Outcome) -> tuple[Need, ...]:
    """What would settle the unknowns, of findings and of the advice, and the refusals; each path once."""
    asked: dict[str, list[Text]] = {}
    for finding in ordered(outcome):
        if finding.status is Status.UNKNOWN:
            for path in finding.needs:
                asked.setdefault(path, []).append(subject(finding))
    for point in outcome.advice.points if outcome.advice is not None else ():
        if point.status is Status.UNKNOWN:
            for path in point.needs:
                asked.setdefault(path, []).append(point.title)
    for refusal in refusals(outcome):
        for path in refusal.needs:
            asked.setdefault(path, [])
    for path in outcome.kidney.needs:
        asked.setdefault(path, [])
    return tuple(Need(path=path, asked_by=tuple(dict.fromkeys(asked_by))) for path, asked_by in asked.items())


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


def critical(outcome: Outcome) -> bool:
    """Whether a critical finding holds, the advice is to act now, or triage says to ring for help now."""
    if outcome.triage is not None and outcome.triage.level is Level.EMERGENCY_NOW:
        return True
    if outcome.advice is not None and outcome.advice.critical:
        return True
    return any(_alarming(one) for one in ordered(outcome))


def urgency_title(outcome: Outcome, triage: Triage) -> str:
    """How soon help is needed; above anything critical a milder answer says that it goes by the complaints alone."""
    points = () if outcome.advice is None else outcome.advice.points
    grave = any(one.severity is Severity.CRITICAL and one.status is not Status.ABSENT for one in points)
    if triage.level is Level.EMERGENCY_NOW or not (grave or any(_alarming(one) for one in ordered(outcome))):
        return triage.title
    return f"What is critical below comes first. By the complaints alone: {triage.title}"


def _alarming(finding: Finding) -> bool:
    return finding.severity is Severity.CRITICAL and finding.status is Status.PRESENT
