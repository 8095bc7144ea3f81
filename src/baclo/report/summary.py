"""What both reports say first and in what order: the headline, the findings that matter, the labelled values."""

from dataclasses import dataclass

from baclo.care.advice import Advice
from baclo.care.finding import Finding, Severity, Status
from baclo.care.plan import Kind, Plan, Step
from baclo.care.refusal import Refusal
from baclo.care.triage import Level
from baclo.case.case import Ask
from baclo.knowledge.words import Number, Text, text
from baclo.report.advising import closed
from baclo.run import Outcome

_STATUSES = (Status.PRESENT, Status.UNKNOWN, Status.ABSENT)
_SEVERITIES = (Severity.CRITICAL, Severity.WARNING, Severity.INFO)
_STATUS_WORDS = ("Not known: ", "Does not apply: ")
_COUNTED = ("computed:count",)
_KINDS = {Ask.TITRATE.value: "Titration plan", Ask.TAPER.value: "Taper plan"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something the case does not say, by its path, and the findings it would settle."""

    path: str
    asked_by: tuple[Text, ...]


def headline(outcome: Outcome) -> Text:
    """The answer in a sentence or two, after the gravest critical finding that holds."""
    if outcome.case.question.ask is Ask.TRIAGE and outcome.triage is not None:
        return text("{title}", {}, title=outcome.triage.title)
    gravest = next((one.title for one in ordered(outcome) if alarming(one)), None)
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


def critical(outcome: Outcome) -> bool:
    """Whether a critical finding holds, the advice is to act now, or triage says to ring for help now."""
    if outcome.triage is not None and outcome.triage.level is Level.EMERGENCY_NOW:
        return True
    if outcome.advice is not None and outcome.advice.critical:
        return True
    return any(alarming(one) for one in ordered(outcome))


def alarming(finding: Finding) -> bool:
    """Whether a finding is critical and holds."""
    return finding.severity is Severity.CRITICAL and finding.status is Status.PRESENT
