"""The outcome as a clinician reads it in half a minute in a terminal; colour never says anything alone."""

import io
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from baclo.care.finding import Finding, Severity, Status
from baclo.care.overrides import answerable
from baclo.care.plan import Plan, Step
from baclo.case.case import Ask
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text
from baclo.report import grounds, names, shown, summary
from baclo.report.advice_lines import advised
from baclo.report.candidate_lines import side_by_side
from baclo.report.dispensing import dispense_words
from baclo.report.emergency import Emergency, emergency
from baclo.report.questions import Question, questions, refusals
from baclo.report.references import used_by
from baclo.report.taking import Taking, takings
from baclo.report.telling import Telling, hung, listed
from baclo.report.urgency_lines import urgent, whom_to_ring
from baclo.run import Outcome

_STYLES = {Severity.CRITICAL: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_UNKNOWN_STYLE = "magenta"
_CALLS_SHOWN = 3
_ASKERS_SHOWN = 3
_INFOS_SHOWN = 6
_MARK_WIDTH = 5


def terminal(knowledge: Knowledge, outcome: Outcome, *, width: int, colour: bool) -> str:
    """The short report, `width` columns wide; numbers carry marks that the list of sources at its end explains."""
    call = emergency(knowledge, outcome.case.region)
    told = Telling(knowledge=knowledge, outcome=outcome, used=used_by(knowledge, outcome), marked=set())
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False, markup=False, emoji=False
    )
    for part in _parts(told, call):
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _parts(told: Telling, call: Emergency) -> Iterator[RenderableType]:
    outcome = told.outcome
    if outcome.triage is not None:
        yield from urgent(told, outcome.triage)
        if outcome.case.question.ask is Ask.TRIAGE:
            yield from _sources(told)
            yield Line("Not a medical device. It can miss what a person would see: when in doubt, ring.", "dim")
            yield whom_to_ring(told, outcome.triage)
            return
    title = outcome.case.title or "one person"
    yield Line(f"{title} · {shown.moment(outcome.case.now, outcome.case.zone)} · {outcome.case.region.value}", "dim")
    yield from _answer(told)
    yield from _told(told)
    yield from _values(
        told, grounds.taken_heading(told.knowledge, outcome.case), grounds.taken_rows(told.knowledge, outcome)
    )
    yield from _values(told, grounds.exposure_heading(told.knowledge, outcome.case), grounds.exposure_rows(outcome))
    yield from _values(told, "Kidneys", grounds.kidney_rows(outcome.kidney))
    yield from listed("Assumed", [told.say(text) for text in grounds.assumptions(outcome)])
    yield from listed("Not known, and needed", [_needed(told, need) for need in summary.needs(outcome)])
    yield from _emergency(told, call)
    yield from _sources(told)
    yield Line("Not a medical device. A draft until a prescriber signs it and a pharmacist verifies it.", "dim")


def _told(told: Telling) -> Iterator[RenderableType]:
    """The plan before what is advised beside it; of missed doses, or without a plan, what is advised comes first."""
    plan, advice = told.outcome.plan, told.outcome.advice
    advises = () if advice is None else tuple(advised(told, advice))
    planned = summary.plan_first(told.outcome)
    if not planned:
        yield from advises
    yield from _findings(told)
    if plan is not None and plan.steps:
        yield from _plan(told, plan)
        yield from side_by_side(told)
    if planned:
        yield from advises


def _answer(told: Telling) -> Iterator[RenderableType]:
    plan = told.outcome.plan
    refused = plan is not None and plan.refused
    yield Line(told.say(summary.headline(told.outcome)), "bold red" if refused else "bold")
    for reason in () if plan is None else plan.not_at_home:
        yield hung(f"not for home: {told.say(reason.reason)}{told.marks(reason.basis)}")
    if plan is not None and refused:
        reasons = refusals(summary.refusals(told.outcome))
        for refusal in reasons.told[1:]:
            yield hung(f"also: {told.say(refusal.reason)}{told.marks(refusal.basis)}")
        if reasons.folded:
            yield hung(f"also: {len(reasons.folded)} more while answers are missing: see what is not known")
        for name in answerable(told.knowledge, plan.refusals):
            yield hung(f'somebody may answer for it, with a reason and a name: [[override]] finding = "{name}"')


def _findings(told: Telling) -> Iterator[RenderableType]:
    """What holds, the gravest with what to do; then a line for each answer missing that stands against a change."""
    findings = summary.ordered(told.outcome)
    present = [one for one in findings if one.status is Status.PRESENT]
    against = [question for question in questions(findings) if question.against]
    if present or against:
        yield Line()
    for one in _not_drowned(present):
        yield _tagged(one.severity.value.upper(), _STYLES[one.severity], told.title(one))
        if one.severity is not Severity.INFO:
            yield Padding(Line(told.say(one.action)), (0, 0, 0, 4))
        if one.overridden is not None:
            yield Padding(Line(f"answered for by {one.overridden.by}: {one.overridden.reason}"), (0, 0, 0, 4))
    hidden = len(present) - len(_not_drowned(present))
    if hidden:
        yield Line(f"[INFO] {hidden} more for information: --html, --json", "dim")
    for question in against:
        yield _tagged("NOT KNOWN", _UNKNOWN_STYLE, _question(told, question))


def _not_drowned(present: list[Finding]) -> list[Finding]:
    """What holds, with the first few only of what is for information."""
    grave = [one for one in present if one.severity is not Severity.INFO]
    return grave + [one for one in present if one.severity is Severity.INFO][:_INFOS_SHOWN]


def _question(told: Telling, question: Question) -> str:
    """The gravest finding that asks, and how many more do."""
    first, *others = question.findings
    more = f" {len(others)} more rule{'s ask' if len(others) > 1 else ' asks'} for {question.path}." if others else ""
    return f"{told.say(summary.subject(first))}: {told.say(first.detail)}{more}"


def _needed(told: Telling, need: summary.Need) -> str:
    said = [told.say(title) for title in need.asked_by[:_ASKERS_SHOWN]]
    more = len(need.asked_by) - len(said)
    for_what = "; ".join([*said, f"{more} more"] if more else said)
    return f"{need.path} (for {for_what})" if for_what else need.path


def _tagged(tag: str, style: str, said: str) -> RenderableType:
    return Line.assemble((f"[{tag}] ", style), said)


def _plan(told: Telling, plan: Plan) -> Iterator[RenderableType]:
    title = "Plan (draft, for monitored care only)" if plan.not_at_home else "Plan (draft)"
    table = Table(title=title, title_justify="left", title_style="bold", pad_edge=False, box=None)
    table.add_column("Step", justify="right")
    table.add_column("Days")
    table.add_column("Doses")
    table.add_column("A day", justify="right")
    for place, step in enumerate(plan.steps, start=1):
        daily = summary.step_total(step)
        days = shown.stretch(step.since, step.until, told.outcome.case.zone)
        table.add_row(str(place), days, _doses(told, step), shown.number(daily))
    yield Line()
    yield table
    products = dict.fromkeys(dose.product for step in plan.steps for dose in step.doses)
    if products:
        yield Line("of " + "; ".join(told.say(names.product_name(told.knowledge, product)) for product in products))
    yield from _held(told, plan)
    zone = told.outcome.case.zone
    yield from listed("To dispense", [told.say(dispense_words(told.knowledge, one, zone)) for one in plan.dispense])
    yield from listed("To know", [told.say(note) for note in plan.notes])


def _doses(told: Telling, step: Step) -> str:
    """What a step takes: what is taken together in one line, clock times with the same together."""
    several = len({dose.product for dose in step.doses}) > 1
    lines = []
    for _, same in groupby(takings(step.doses), key=attrgetter("contents")):
        first, *others = same
        clocks = ", ".join(shown.clock(one.clock) for one in (first, *others))
        lines.append(f"{clocks}: {_together(told, first, several=several)}")
    return "\n".join(lines) or "none"


def _together(told: Telling, taking: Taking, *, several: bool) -> str:
    said = []
    for dose in taking.doses:
        of = f" of {told.say(names.product_name(told.knowledge, dose.product))}" if several else ""
        said.append(shown.units(dose.units, names.product_form(told.knowledge, dose.product)) + of)
    return " and ".join(said)


def _held(told: Telling, plan: Plan) -> Iterator[RenderableType]:
    held = tuple(dict.fromkeys(name for step in plan.steps for name in step.limited_by))
    if held:
        keys = ", ".join(name.removeprefix("fact:") for name in held)
        yield Line(f"held down by: {keys}{told.marks(held)}", "dim")


def _values(told: Telling, heading: str, rows: tuple[tuple[str, Text], ...]) -> Iterator[RenderableType]:
    if not rows:
        return
    table = Table.grid(padding=(0, 2))
    for label, value in rows:
        table.add_row(f"  {label}", told.say(value))
    yield Line()
    yield Line(heading, "bold")
    yield table


def _emergency(told: Telling, call: Emergency) -> Iterator[RenderableType]:
    calls = "; ".join(
        f"{one.who} ({one.place}) {one.number}{told.marks(one.basis)}" for one in call.contacts[:_CALLS_SHOWN]
    )
    yield Line()
    yield Line.assemble(("EMERGENCY ", "bold red"), f"{call.signs}{told.marks(call.basis)}")
    yield Line(f"  {calls}{'; more in the HTML report' if len(call.contacts) > _CALLS_SHOWN else ''}")


def _sources(told: Telling) -> Iterator[RenderableType]:
    """The sources that a mark above named, a line each; all of them are in the other forms."""
    yield Line()
    yield Line(f"Sources of the numbers above, of {len(told.used.cited)} used; more: baclo explain KEY, --html", "bold")
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(justify="right", no_wrap=True, min_width=_MARK_WIDTH)
    table.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    for cited in told.used.cited:
        if cited.mark in told.marked:
            table.add_row(f"[{cited.mark}]", cited.source.citation)
    yield table
