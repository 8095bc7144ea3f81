"""The plan for the general practitioner on one page: who, why, what, what to watch, to prescribe, whom to ring."""

import math
from collections.abc import Iterator, Mapping
from datetime import time
from functools import partial
from typing import Any

from baclo.care.agenda import Occasion
from baclo.care.doses import regimen_now
from baclo.care.finding import Finding, Severity, Status
from baclo.care.plan import Plan, Step
from baclo.care.triage import Level
from baclo.errors import NoPlan
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Quoted, Text
from baclo.report import advising, grounds, sheet, shown, summary
from baclo.report.dispensing import dispense_words
from baclo.report.leaflet import contacts, emergency_now, line, not_refused, numbers
from baclo.report.letter_lines import Said
from baclo.report.references import Cited, used_by
from baclo.report.taking import plain, takings
from baclo.run import Outcome

# What fits one page: the gravest findings, the next dates, the first notes and things to watch, and the sources that
# the plan cites first. What is left out is counted on the page.
_FINDINGS, _DATES, _NOTES, _WATCHED, _SOURCES = 6, 6, 4, 4, 4
# Where not all has its place on one page, the plan stands before the rest, with so many steps on each page of its own.
STEPS_ALONE = 22
_MORE = Text(("and more: see the report.",))
_ADVICE = ("hold", "withdrawal", "avoid")


def letter(knowledge: Knowledge, outcome: Outcome) -> str:
    """The letter as a whole HTML document for A4; `NoPlan` where the plan is refused, or nothing is to be told in it.

    It has one page where all that it says has its place there; else the plan has pages of its own before the rest.
    Every page says which it is, of whom, from when, and whom to ring.
    """
    not_refused(outcome, "letter")
    plan, advice = outcome.plan, outcome.advice
    steps = plan.steps if plan is not None else ()
    if not steps and advice is None:
        raise NoPlan("No letter: this answer has neither a plan nor dated things. Ask titrate, taper or monitor.")
    dated = advice.agenda if advice is not None else ()
    agenda = tuple(entry for entry in dated if not (steps and entry.occasion is Occasion.STEP))
    found = tuple(_grave(outcome))
    watched = tuple(dict.fromkeys(said for step in steps for said in step.monitor))
    notes = plan.notes if plan is not None else ()
    zone = outcome.case.zone
    told = {
        "headline": summary.headline(outcome),
        "who": tuple(_who(knowledge, outcome)),
        "findings": found[:_FINDINGS],
        "watch": watched[:_WATCHED],
        "notes": notes[:_NOTES],
        "agenda": agenda[:_DATES],
        "dispense": () if plan is None else tuple(dispense_words(knowledge, one, zone) for one in plan.dispense),
        "contacts": contacts(knowledge, outcome),
        "sources": _sources(knowledge, outcome),
    }
    said = _said(knowledge, outcome, steps, told)
    pages = 1 if said.fits_one_page or not steps else 1 + math.ceil(len(steps) / STEPS_ALONE)
    return sheet.printed(
        "letter.html.j2",
        "letter.css",
        outcome,
        {
            **told,
            "emergency": _emergency(knowledge, outcome),
            "not_at_home": plan.not_at_home if plan is not None else (),
            "planned": _planned(steps, max(len(steps), STEPS_ALONE) if pages == 1 else STEPS_ALONE),
            "pages": pages,
            "tight": not said.roomy,
            "more_findings": len(found) - _FINDINGS,
            "more_watched": len(watched) - _WATCHED,
            "more_notes": len(notes) - _NOTES,
            "more_dates": len(agenda) - _DATES,
            "advice": [line(knowledge, name) for name in _ADVICE],
            "draft": line(knowledge, "draft"),
            "signs": line(knowledge, "signs"),
            "shown": shown,
            "subject": summary.subject,
            "together": partial(_together, knowledge),
            "when": partial(advising.when, zone=zone),
            "carried": sheet.carried,
            "number": sheet.number,
            "say": partial(sheet.sentence, outcome=outcome),
            "stretch": partial(shown.stretch, zone=zone),
            "day": partial(sheet.day, zone=zone),
        },
    )


def _said(knowledge: Knowledge, outcome: Outcome, steps: tuple[Step, ...], told: Mapping[str, Any]) -> Said:
    """What is told, by where it stands; what is counted as more takes a line of its own."""
    zone = outcome.case.zone
    say = partial(shown.sentence, zone=zone)
    together = (_together(knowledge, step) for step in steps)
    return Said(
        doses=tuple(
            "; ".join(", ".join(map(shown.clock, clocks)) + f": {words}" for clocks, words in row) or "none"
            for row in together
        ),
        across=(
            *_emergency(knowledge, outcome),
            say(told["headline"]),
            *(f"Not for home. {say(one.reason)}" for one in (outcome.plan.not_at_home if outcome.plan else ())),
            " ".join(f"{label} {say(value)}   " for label, value in told["who"]),
            *(say(note) for note in (*told["notes"], _MORE)),
            numbers(knowledge, outcome),
            "; ".join(cited.source.citation for cited in told["sources"]),
        ),
        left=tuple(
            [f"{advising.when(entry, zone)} {say(entry.title)}" for entry in told["agenda"]]
            + [f"Each step: {say(one)}" for one in (*told["watch"], _MORE, _MORE)]
        ),
        right=tuple(
            [say(one) for one in told["dispense"]]
            + [f"Critical: {say(summary.subject(one))}" for one in told["findings"]]
            + [say(_MORE), say(_MORE)]
        ),
    )


def _planned(steps: tuple[Step, ...], size: int) -> tuple[tuple[int, tuple[Step, ...]], ...]:
    """The steps of each page that has some, at most `size` of them, with the number of the first."""
    return tuple((start + 1, steps[start : start + size]) for start in range(0, len(steps), size))


def _emergency(knowledge: Knowledge, outcome: Outcome) -> tuple[str, ...]:
    """What stands first on every page where help is to be called now: the number, and each cause for it."""
    if outcome.triage is None or not emergency_now(outcome):
        return ()
    grave = [one.title for one in outcome.triage.causes if one.level is Level.EMERGENCY_NOW]
    causes = "; ".join(shown.sentence(title, outcome.case.zone) for title in grave)
    return (f"EMERGENCY: ring {contacts(knowledge, outcome)[0].number} now. {causes}.",)


def _grave(outcome: Outcome) -> Iterator[Finding]:
    """What holds and is more than for information, the gravest first."""
    for finding in summary.ordered(outcome):
        if finding.status is Status.PRESENT and finding.severity is not Severity.INFO:
            yield finding


def _who(knowledge: Knowledge, outcome: Outcome) -> Iterator[tuple[str, Text]]:
    """What is known of the person, by labels."""
    patient = outcome.case.patient
    sizes = (("Age", patient.age_y, "a", "age"), ("Weight", patient.weight_kg, "kg", "weight"))
    if patient.sex is not None:
        yield "Sex", Text((Quoted(words=patient.sex.value, basis=("case:patient.sex",)),))
    for label, value, unit, name in sizes:
        if value is not None:
            yield label, Text((Number(value=value, unit=unit, basis=(f"case:patient.{name}",)),))
    if patient.indication is not None:
        yield "For", Text((Quoted(words=patient.indication, basis=("case:patient.indication",)),))
    yield from grounds.kidney_rows(outcome.kidney)
    taken = tuple(_taken(outcome))
    yield (
        (grounds.taken_heading(knowledge, outcome.case) if taken else "Taken now"),
        Text(taken or ("none by a regimen",)),
    )


def _taken(outcome: Outcome) -> Iterator[str | Number | Quoted]:
    """The doses of a day as they are taken now, each with its time."""
    regimen = regimen_now(outcome.case.timeline, outcome.case.now)
    for place, dose in enumerate(regimen.doses if regimen is not None else ()):
        yield Quoted(words=f"{', ' if place else ''}{shown.clock(dose.clock)} ", basis=("case:regimen",))
        yield Number(value=dose.amount_ug, unit="ug", basis=("case:regimen",))


def _together(knowledge: Knowledge, step: Step) -> tuple[tuple[tuple[time, ...], str], ...]:
    """What a step takes, times of the day with the same together, in the order of the first of them."""
    grouped: dict[str, tuple[time, ...]] = {}
    for taking in takings(step.doses):
        words = plain(knowledge, taking)
        grouped[words] = (*grouped.get(words, ()), taking.clock)
    return tuple((clocks, words) for words, clocks in grouped.items())


def _sources(knowledge: Knowledge, outcome: Outcome) -> tuple[Cited, ...]:
    """The first of the sources that the plan rests on; all of them are in the report."""
    used = used_by(knowledge, outcome)
    held = tuple(name for name in _bases(outcome.plan))
    marks = used.of(held)
    return tuple(cited for cited in used.cited if cited.mark in marks)[:_SOURCES]


def _bases(plan: Plan | None) -> Iterator[str]:
    """What the steps of the plan rest on."""
    for step in plan.steps if plan is not None else ():
        yield from step.limited_by
        yield from step.why.basis
