"""The course of what a case's timeline gives, with a band between people and CSF by the published ratio."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from baclo.body.choice import choose_model
from baclo.body.course import Band, Course, Floats
from baclo.body.engine import Engine
from baclo.body.exact import Exact
from baclo.body.graph import Rates, slowest_per_h
from baclo.body.individual import Individual, hours, individual, rates
from baclo.body.people import virtual_factors
from baclo.body.records import Action, Event, Record, actions
from baclo.body.structure import Model
from baclo.body.walk import simulate
from baclo.case.calendar import given_doses
from baclo.case.case import Case
from baclo.case.timeline import Dose, DoseStatus, Route, Timeline
from baclo.errors import EngineError
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text, text

_FORGOTTEN_FRACTION = 1e-12  # what is left of a dose that is too old to matter


def predict(
    knowledge: Knowledge,
    case: Case,
    *,
    timeline: Timeline | None = None,
    since: datetime | None = None,
    until: datetime,
    step_h: float | None = None,
    band: bool,
) -> Course | None:
    """The course from `since` (the case's now) to `until`; None where no model may speak.

    Its times are `step_h` apart, by default the proposed step. `timeline` stands in for the case's, to ask about a
    proposed regimen. What was taken before `since` is simulated from its start, or from so far back that less than
    a billionth of the level is missed. `EngineError` where the simulation fails its own check.
    """
    given = case.timeline if timeline is None else timeline
    choice = choose_model(knowledge, case, given)
    if choice.model is None:
        return None
    opens = case.now if since is None else since
    settings = knowledge.folder("body")["course"]
    grid_h = _grid(hours(opens, until), knowledge.number(settings["step"], "h") if step_h is None else step_h)
    factors = _people(knowledge, choice.model, case) if band else None
    person, doses = _history(knowledge, choice.model, case, given, opens, until, factors)
    records, assumed = _records(knowledge, person, doses)
    done, time_h = actions(records), hours(person.origin, opens) + grid_h
    spread = None if factors is None else _band(knowledge, rates(person, factors), done, time_h)
    course = _course(person, done, opens, time_h)
    return replace(course, band=spread, assumptions=(*person.assumptions, *choice.warnings, *assumed))


def _course(person: Individual, done: tuple[Action, ...], opens: datetime, time_h: Floats) -> Course:
    """The person's own course, which opens at the first of `time_h` (counted from the person's origin)."""
    epochs, ratio = rates(person), person.model.csf_ratio
    run = simulate(_engine(epochs), epochs, done, time_h, tuple(range(epochs[0].states)))
    plasma_ng_per_ml = _concentration(epochs, time_h, run.row(epochs[0].plasma))[0]
    exposure_ng_h_per_ml = run.states[0, :, -1]
    return Course(
        origin=opens,
        model=person.model.id,
        compartments=person.model.compartments,
        time_h=time_h - time_h[0],
        amounts_ug=run.states[0, :, :-1],
        plasma_ng_per_ml=plasma_ng_per_ml,
        csf_ng_per_ml=plasma_ng_per_ml * ratio.number_in("1"),
        exposure_ng_h_per_ml=exposure_ng_h_per_ml - exposure_ng_h_per_ml[0],
        band=None,
        imbalance_fraction=run.imbalance_fraction,
        assumptions=person.assumptions,
        basis=(*person.basis, f"fact:{ratio.key}", "case:timeline"),
    )


def _people(knowledge: Knowledge, model: Model, case: Case) -> Mapping[str, Floats]:
    """The factors of the virtual people behind the band, from the seed of the question."""
    people = round(knowledge.number(knowledge.folder("body")["course"]["band"]["people"], "1"))
    return virtual_factors(model, people, case.question.seed)


def _grid(length_h: float, step_h: float) -> Floats:
    """Times from 0 h, every `step_h`, to the last that is not after `length_h`; `EngineError` where there is none."""
    if not (step_h > 0 and length_h >= 0):
        raise EngineError(f"a course of {length_h} h in steps of {step_h} h has no times")
    return np.asarray(np.arange(math.floor(length_h / step_h + 1e-9) + 1) * step_h, dtype=np.float64)


def _engine(epochs: tuple[Rates, ...]) -> Engine:
    """The exact engine for a linear graph, the adaptive one where something saturates."""
    if epochs[0].saturable is None:
        return Exact()
    from baclo.body.runge_kutta import RungeKutta

    return RungeKutta()


def _history(
    knowledge: Knowledge,
    model: Model,
    case: Case,
    timeline: Timeline,
    opens: datetime,
    until: datetime,
    factors: Mapping[str, Floats] | None,
) -> tuple[Individual, tuple[Dose, ...]]:
    """The person from the first dose that still matters to anyone, and the doses from then on."""
    starts = [*(dose.at for dose in timeline.doses), *(regimen.since for regimen in timeline.regimens), opens]
    after = until + timedelta(seconds=1)
    person = individual(knowledge, model, case, since=min(starts), until=after)
    slowest = min(slowest_per_h(epoch) for epoch in rates(person, factors))
    back_h = -math.log(_FORGOTTEN_FRACTION) / slowest if slowest > 0 else math.inf
    if hours(person.origin, opens) > back_h:
        person = individual(knowledge, model, case, since=opens - timedelta(hours=back_h), until=after)
    return person, given_doses(timeline, case.zone, person.origin, after)


def _records(
    knowledge: Knowledge, person: Individual, doses: tuple[Dose, ...]
) -> tuple[tuple[Record, ...], tuple[Text, ...]]:
    """One record for each dose, and one for each time it came up again."""
    records: list[Record] = []
    said: list[Text] = []
    for dose in doses:
        if dose.product is None and dose.route is Route.ORAL:
            said.append(text("The product is not named: a tablet is assumed.", knowledge.facts))
        if dose.status is DoseStatus.UNKNOWN:
            said.append(text("A dose that may not have been taken counts as taken.", knowledge.facts))
        records += _dose_records(knowledge, person, dose)
    return tuple(records), tuple(dict.fromkeys(said))


def _dose_records(knowledge: Knowledge, person: Individual, dose: Dose) -> Iterator[Record]:
    model, values = person.model, person.epochs[0].values
    entry = model.inputs[_input_name(knowledge, model, dose)]
    yield Record(
        time_h=hours(person.origin, dose.at),
        into=entry.into,
        amount_ug=dose.amount_ug,
        over_h=dose.over_h or None,
        lag_h=0.0 if entry.lag is None else values[entry.lag],
        fraction=1.0 if entry.fraction is None else values[entry.fraction],
    )
    if dose.vomited_at is not None and model.vomit is not None:
        gut = tuple(dict.fromkeys(place for other in model.inputs.values() for place in other.gut))
        yield Record(time_h=hours(person.origin, dose.vomited_at), into=model.vomit, event=Event.EMPTY, gut=gut)


def _input_name(knowledge: Knowledge, model: Model, dose: Dose) -> str:
    """The input of a dose: by its route, and a swallowed one by the absorption of its product."""
    if dose.route is not Route.ORAL:
        return model.routes[dose.route.value]
    return model.absorptions[_absorption(knowledge, dose.product)]


def _absorption(knowledge: Knowledge, product: str | None) -> str:
    """The kind of absorption of a product; a tablet's where none is named."""
    if product is None:
        return "tablet"
    return str(next(stem[product] for stem in knowledge.folder("products").values() if product in stem)["absorption"])


def _concentration(epochs: tuple[Rates, ...], time_h: Floats, amounts_ug: Floats) -> Floats:
    """Amounts [P, T] over the volume of the epoch that each time falls into."""
    volumes_l = np.stack([epoch.volume_l for epoch in epochs], axis=1)
    which = np.searchsorted([epoch.since_h for epoch in epochs], time_h, side="right") - 1
    return np.asarray(amounts_ug / volumes_l[:, which])


def _band(knowledge: Knowledge, epochs: tuple[Rates, ...], done: tuple[Action, ...], time_h: Floats) -> Band:
    """Quantiles of the plasma concentration between the people of `epochs` at each time."""
    run = simulate(_engine(epochs), epochs, done, time_h, (epochs[0].plasma,))
    low, middle, high = quantiles = knowledge.fact(knowledge.folder("body")["course"]["band"]["quantiles"]).numbers_in(
        "1"
    )
    curves = np.quantile(_concentration(epochs, time_h, run.row(epochs[0].plasma)), quantiles, axis=0)
    return Band(
        quantile_fractions=(low, middle, high),
        low_ng_per_ml=curves[0],
        middle_ng_per_ml=curves[1],
        high_ng_per_ml=curves[2],
    )
