"""The outcome as a clinician reads it in half a minute in a terminal; colour never says anything alone."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from baclo.care.finding import Finding, Severity, Status
from baclo.care.plan import Plan, Step
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text
from baclo.report import names, shown, summary
from baclo.report.emergency import Emergency, emergency
from baclo.report.references import References, used_by
from baclo.run import Outcome

_STYLES = {Severity.CRITICAL: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_UNKNOWN_STYLE = "magenta"
_CALLS_SHOWN = 3
_MARK_WIDTH = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What every part of the report needs: what is known, the outcome, its sources, and the marks told so far."""

    knowledge: Knowledge
    outcome: Outcome
    used: References
    marked: set[int]

    def say(self, text: Text) -> str:
        """A sentence whose numbers carry the marks of their sources."""
        return shown.sentence(text, self.outcome.case.zone, self.tell)

    def tell(self, number: Number) -> str:
        """A number and the marks of what it rests on."""
        return shown.number(number) + self.marks(number.basis)

    def title(self, finding: Finding) -> str:
        """A finding's title, with the marks of all that the finding rests on at its end."""
        said = shown.sentence(finding.title, self.outcome.case.zone)
        return said + self.marks((*finding.title.basis, *finding.basis))

    def marks(self, basis: tuple[str, ...]) -> str:
        """The numbers of the sources in brackets, or nothing where it rests on the case and on computing."""
        marks = self.used.of(basis)
        self.marked.update(marks)
        return f" {shown.marks(marks)}" if marks else ""


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
    title = outcome.case.title or "one person"
    yield Line(f"{title} · {shown.moment(outcome.case.now, outcome.case.zone)} · {outcome.case.region.value}", "dim")
    yield from _answer(told)
    yield from _findings(told)
    if outcome.plan is not None and outcome.plan.steps:
        yield from _plan(told, outcome.plan)
    yield from _values(told, summary.exposure_heading(outcome), summary.exposure_rows(outcome))
    yield from _values(told, "Kidneys", summary.kidney_rows(outcome.kidney))
    yield from _listed("Assumed", [told.say(text) for text in summary.assumptions(outcome)])
    yield from _listed("Not known, and needed", [_needed(told, need) for need in summary.needs(outcome)])
    yield from _emergency(told, call)
    yield from _sources(told)
    yield Line("Not a medical device. A draft until a prescriber signs it and a pharmacist verifies it.", "dim")


def _answer(told: Telling) -> Iterator[RenderableType]:
    plan = told.outcome.plan
    refused = plan is not None and plan.refused
    yield Line(told.say(summary.headline(told.outcome)), "bold red" if refused else "bold")
    if plan is not None and refused:
        for refusal in summary.refusals(told.outcome)[1:]:
            yield _hung(f"also: {told.say(refusal.reason)}{told.marks(refusal.basis)}")


def _findings(told: Telling) -> Iterator[RenderableType]:
    """What holds, the gravest with what to do; then what is not known, a line each."""
    findings = summary.ordered(told.outcome)
    present = [one for one in findings if one.status is Status.PRESENT]
    unknown = [one for one in findings if one.status is Status.UNKNOWN]
    if present or unknown:
        yield Line()
    for one in present:
        yield _tagged(one.severity.value.upper(), _STYLES[one.severity], told.title(one))
        if one.severity is not Severity.INFO:
            yield Padding(Line(told.say(one.action)), (0, 0, 0, 4))
    for one in unknown:
        yield _tagged("NOT KNOWN", _UNKNOWN_STYLE, _question(told, one))


def _question(told: Telling, finding: Finding) -> str:
    return f"{told.say(summary.subject(finding))}: {told.say(finding.detail)}"


def _needed(told: Telling, need: summary.Need) -> str:
    for_what = "; ".join(told.say(title) for title in need.asked_by)
    return f"{need.path} (for {for_what})" if for_what else need.path


def _tagged(tag: str, style: str, said: str) -> RenderableType:
    return Line.assemble((f"[{tag}] ", style), said)


def _plan(told: Telling, plan: Plan) -> Iterator[RenderableType]:
    table = Table(title="Plan (draft)", title_justify="left", title_style="bold", pad_edge=False, box=None)
    table.add_column("Step", justify="right")
    table.add_column("Days")
    table.add_column("Doses")
    table.add_column("A day", justify="right")
    for place, step in enumerate(plan.steps, start=1):
        daily = Number(value=step.total_ug_per_day, unit="ug/d", basis=("computed:plan",))
        days = shown.stretch(step.since, step.until, told.outcome.case.zone)
        table.add_row(str(place), days, _doses(told, step), shown.number(daily))
    yield Line()
    yield table
    products = dict.fromkeys(dose.product for step in plan.steps for dose in step.doses)
    yield Line("of " + "; ".join(told.say(names.product_name(told.knowledge, product)) for product in products))
    yield from _held(told, plan)
    yield from _listed("To know", [told.say(note) for note in plan.notes])


def _doses(told: Telling, step: Step) -> str:
    """The doses of a step, clock times with the same amount together."""
    several = len({dose.product for dose in step.doses}) > 1
    lines = []
    for (count, product), same in groupby(step.doses, key=lambda dose: (dose.units, dose.product)):
        clocks = ", ".join(shown.clock(dose.clock) for dose in same)
        of = f" of {told.say(names.product_name(told.knowledge, product))}" if several else ""
        lines.append(f"{clocks}: {shown.units(count, names.product_form(told.knowledge, product))}{of}")
    return "\n".join(lines) or "none"


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


def _listed(heading: str, lines: list[str]) -> Iterator[RenderableType]:
    if lines:
        yield Line()
        yield Line(heading, "bold")
        yield from (_hung(line) for line in lines)


def _hung(said: str) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_row("  -", said)
    return table


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
