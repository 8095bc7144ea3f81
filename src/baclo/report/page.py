"""One outcome as one HTML file: no other file, no script, for screen, printer and screen reader."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from baclo.body.course import Band, Course
from baclo.care.handling import handling
from baclo.care.overrides import answerable
from baclo.case.case import Ask
from baclo.case.codec import case_to_json
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number
from baclo.report import advising, candidates, dispensing, doses, grounds, markup, names, sheet, shown, summary, taking
from baclo.report.chart import chart
from baclo.report.emergency import emergency, everywhere
from baclo.report.leaflet import emergency_now
from baclo.report.levels import DayLevels, day_levels
from baclo.report.questions import questions, refusals
from baclo.report.references import used_by
from baclo.report.urgency import asks_heading, urgency_title
from baclo.run import Outcome

_WIDE, _NARROW = (760, 320), (340, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A course drawn for a wide and a narrow page, and told day by day."""

    name: str
    title: str
    refused: bool
    course: Course
    wide: Markup
    narrow: Markup
    days: tuple[DayLevels, ...]


def html(knowledge: Knowledge, outcome: Outcome) -> str:
    """The report as a whole HTML document in UTF-8; the same outcome gives the same bytes."""
    style = (files("baclo.report") / "templates" / "report.css").read_text("utf-8")
    zone = outcome.case.zone
    used = used_by(knowledge, outcome)
    page = _templates().get_template("report.html.j2")
    return page.render(
        outcome=outcome,
        case=outcome.case,
        plan=outcome.plan,
        advice=outcome.advice,
        occasions=advising.OCCASIONS,
        standing_words=partial(advising.standing_words, ask=outcome.case.question.ask),
        when=partial(advising.when, zone=zone),
        candidates=candidates.candidates(knowledge, outcome.case, outcome.plan),
        candidate_labels=candidates.LABELS,
        takings=taking.takings,
        dispense_words=partial(dispensing.dispense_words, knowledge, zone=zone),
        strength=partial(taking.strength, knowledge),
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        headline=summary.headline(outcome),
        emergency_now=emergency_now(outcome),
        findings=summary.ordered(outcome),
        alarm=summary.critical(outcome) or (outcome.plan is not None and outcome.plan.refused),
        subject=summary.subject,
        step_total=summary.step_total,
        plan_first=summary.plan_first(outcome),
        questions=questions(summary.ordered(outcome)),
        taken_heading=grounds.taken_heading(knowledge, outcome.case),
        taken=grounds.taken_rows(knowledge, outcome),
        kept=handling(knowledge, grounds.products(outcome)),
        needs=summary.needs(outcome),
        figures=tuple(_figures(outcome)),
        weeks=doses.calendar(outcome.plan, zone) if outcome.plan is not None else (),
        refusals=refusals(summary.refusals(outcome)),
        answerable=answerable(knowledge, summary.refusals(outcome)),
        exposure_heading=grounds.exposure_heading(knowledge, outcome.case),
        exposure=grounds.exposure_rows(outcome),
        kidney=grounds.kidney_rows(outcome.kidney),
        kidney_lines=grounds.kidney_lines(outcome.kidney),
        assumptions=grounds.assumptions(outcome),
        emergency=emergency(knowledge, outcome.case.region),
        triage=outcome.triage,
        everywhere=everywhere(knowledge, outcome.case.region),
        urgent_only=outcome.case.question.ask is Ask.TRIAGE,
        asks_heading=asks_heading,
        urgency_title=urgency_title,
        entered=tuple(_flat(case_to_json(outcome.case))),
        used=used,
        models=[name for name in used.others if name.startswith("model:")],
        computed=sorted({names.basis_words(knowledge, name) for name in used.others if name.startswith("computed:")}),
        say=partial(markup.sentence, zone=zone),
        spoken=partial(sheet.sentence, outcome=outcome),
        day=partial(markup.day, zone=zone),
        moment=partial(markup.moment, zone=zone),
        stretch_end=partial(shown.last_day, zone=zone),
        product=partial(names.product_name, knowledge),
        form=partial(names.product_form, knowledge),
        words=partial(names.basis_words, knowledge),
        grounds=partial(names.grounds, knowledge),
    )


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("baclo.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        carried=markup.carried,
        number=markup.number,
        clock=markup.clock,
        anchor=names.anchor,
        units=shown.units,
        quantity=_quantity,
        band_words=_band_words,
        shown=shown,
    )
    return environment


def _quantity(value: float | tuple[float, ...], unit: str, *basis: str) -> Number:
    return Number(value=value, unit=unit, basis=basis)


def _band_words(band: Band) -> str:
    low, _, high = band.quantile_fractions
    return f"{shown.percentile(low)} to {shown.percentile(high)} percentile"


def _figures(outcome: Outcome) -> Iterator[Figure]:
    """What is given now, then what the plan would do, or would have done."""
    zone, plan = outcome.case.zone, outcome.plan
    if outcome.course is not None and outcome.course.plasma_ng_per_ml.max() > 0:
        until = _end(outcome.course)
        taken = doses.taken(outcome.case, outcome.course.origin, until)
        yield _figure(outcome, outcome.course, "now", "What is given now", taken, refused=False)
    if plan is not None and plan.course is not None:
        planned = doses.planned(plan, zone, _end(plan.course))
        title = "What the refused schedule would have done" if plan.refused else "What the plan would do"
        yield _figure(outcome, plan.course, "plan", title, planned, refused=plan.refused)


def _end(course: Course) -> datetime:
    return course.origin + timedelta(hours=float(course.time_h[-1]))


def _figure(
    outcome: Outcome, course: Course, name: str, title: str, moments: tuple[datetime, ...], *, refused: bool
) -> Figure:
    zone = outcome.case.zone
    days = day_levels(course, zone)
    highest = shown.number(Number(value=max(day.highest_ng_per_ml for day in days), unit="ng/mL", basis=()))
    description = (
        f"Plasma concentration from {shown.moment(course.origin, zone)} to {shown.moment(_end(course), zone)}, "
        f"highest {highest}. The table after the chart gives every day."
    )
    draw = partial(chart, course, zone=zone, doses=moments, title=title, description=description)
    return Figure(
        name=name,
        title=title,
        refused=refused,
        course=course,
        wide=draw(name=f"figure-{name}-wide", width=_WIDE[0], height=_WIDE[1]),
        narrow=draw(name=f"figure-{name}-narrow", width=_NARROW[0], height=_NARROW[1]),
        days=days,
    )


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every entry of the case by its path; what is not known is left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _flat(inner, f"{path}[{place}]")
    else:
        yield path, ("yes" if value else "no") if isinstance(value, bool) else str(value)
