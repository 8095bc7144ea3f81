"""Which model may speak for a case, and why the others may not."""

from collections.abc import Iterator
from dataclasses import dataclass

from baclo.body.reading import RANGES, read_model
from baclo.body.structure import Model, Range
from baclo.case.case import Case
from baclo.case.patient import DialysisKind
from baclo.case.timeline import Route, Timeline
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text
from baclo.units import convert

_NAMES = {"age_y": "age", "weight_kg": "weight", "dose_ug_per_day": "daily dose"}
_NEEDS = {"age_y": "patient.age", "weight_kg": "patient.weight", "dose_ug_per_day": "timeline"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The model that speaks, or None.

    `reasons` say why it was taken, or why none may speak; `warnings` what lies outside its range; `needs` are the
    case paths that would let one speak.
    """

    model: Model | None
    reasons: tuple[Text, ...]
    warnings: tuple[Text, ...]
    needs: tuple[str, ...]


def choose_model(knowledge: Knowledge, case: Case, timeline: Timeline | None = None) -> Choice:
    """The model named by the case, else the first of the candidates whose population it is and who may speak.

    `timeline` replaces the case's where a proposed regimen is asked about. `UnknownKey` on an unknown name.
    """
    given = case.timeline if timeline is None else timeline
    if case.model is not None:
        return _named(knowledge, read_model(knowledge, case.model), case, given)
    refused: list[Text] = []
    needs: list[str] = []
    for candidate in knowledge.folder("choice")["models"]["candidate"]:
        if not _belongs(case, candidate.get("conditions")):
            continue
        model = read_model(knowledge, candidate["model"])
        against = (*outside(knowledge, model, case, given, hard=True), *_unswallowed(knowledge, model, given))
        if not against:
            why = text(candidate["why"], knowledge.facts)
            warnings = tuple(outside(knowledge, model, case, given, hard=False))
            return Choice(model=model, reasons=(why, *refused), warnings=warnings, needs=())
        refused += against
        needs += _unknown(model, case)
    return Choice(model=None, reasons=tuple(dict.fromkeys(refused)), warnings=(), needs=tuple(dict.fromkeys(needs)))


def _named(knowledge: Knowledge, model: Model, case: Case, timeline: Timeline) -> Choice:
    """The model that the case names: it speaks outside its range too, with a warning, where its graph allows."""
    if impossible := tuple(_unswallowed(knowledge, model, timeline)):
        return Choice(model=None, reasons=impossible, warnings=(), needs=())
    warnings = [sentence for hard in (True, False) for sentence in outside(knowledge, model, case, timeline, hard=hard)]
    said = text("The case names the model: {model}.", knowledge.facts, model=model.title)
    return Choice(model=model, reasons=(said,), warnings=tuple(warnings), needs=())


def _unswallowed(knowledge: Knowledge, model: Model, timeline: Timeline) -> Iterator[Text]:
    """A sentence where a dose is not swallowed and the model has no input for it."""
    if any(dose.route.value not in model.routes for dose in timeline.doses if dose.route is not Route.ORAL):
        yield text("{model} has no input for a dose that is not swallowed.", knowledge.facts, model=model.title)


def _belongs(case: Case, conditions: list[str] | None) -> bool:
    """Whether the candidate's population, if it names one, is this person's."""
    named = {condition.name for condition in case.patient.conditions or ()} | {case.patient.indication}
    return conditions is None or bool(named & set(conditions))


def _unknown(model: Model, case: Case) -> list[str]:
    """The case paths of what a hard range asks about and nobody said."""
    values = {"age_y": case.patient.age_y, "weight_kg": case.patient.weight_kg}
    return [_NEEDS[r.of] for r in model.validity if r.hard and r.of in values and values[r.of] is None]


def outside(knowledge: Knowledge, model: Model, case: Case, timeline: Timeline, *, hard: bool) -> Iterator[Text]:
    """What of this case lies outside the model's hard, or its soft, range, as sentences."""
    for bounds in model.validity:
        value = _value(bounds, case, timeline)
        if bounds.hard is hard and not bounds.holds(value, RANGES[bounds.of]) and (hard or value is not None):
            yield _sentence(knowledge, model, bounds, value)
    dialysed = case.patient.dialysis is not None and case.patient.dialysis.kind is not DialysisKind.NONE
    if hard and dialysed and model.no_dialysis is not None:
        yield text(model.no_dialysis, knowledge.facts)


def _value(bounds: Range, case: Case, timeline: Timeline) -> float | None:
    """What the range asks about, in the unit of its name; the largest daily or single dose of the timeline."""
    match bounds.of:
        case "age_y":
            return case.patient.age_y
        case "weight_kg":
            return case.patient.weight_kg
        case _:
            amounts = [regimen.total_ug_per_day for regimen in timeline.regimens]
            return max([*amounts, *(dose.amount_ug for dose in timeline.doses)], default=0.0)


def _sentence(knowledge: Knowledge, model: Model, bounds: Range, value: float | None) -> Text:
    facts = knowledge.facts
    if value is None:
        return text("{model}: the {what} is not known.", facts, model=model.title, what=_NAMES[bounds.of])
    shown = _shown(bounds, value)
    return text("{model}: {says}", facts, model=model.title, says=text(bounds.says, facts, value=shown))


def _shown(bounds: Range, value: float) -> Number:
    """The value as the case holds it; a daily dose in mg a day."""
    unit = RANGES[bounds.of]
    if unit == "ug/d":
        return Number(value=convert(value, unit, "mg/d"), unit="mg/d", basis=("case:timeline",))
    return Number(value=value, unit=unit, basis=(f"case:{_NEEDS[bounds.of]}",))
