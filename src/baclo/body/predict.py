"""The course of what a case's timeline gives, with a band between people and CSF by the published ratio."""

import math
from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np

from baclo.body.choice import choose_model
from baclo.body.course import Band, Course, Floats
from baclo.body.engine import Engine
from baclo.body.exact import Exact
from baclo.body.graph import Rates, slowest_per_h
from baclo.body.individual import Individual, hours, individual, rates
from baclo.body.people import virtual_factors
from baclo.body.records import Event, Record, actions
from baclo.body.structure import Model
from baclo.body.walk import simulate
from baclo.case.calendar import given_doses
from baclo.case.case import Case
from baclo.case.timeline import Dose, DoseStatus, Route, Timeline
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
    step_h: float,
    band: bool,
) -> Course | None:
    """The course from `since` (the case's now) to `until`, every `step_h`; None where no model may speak.

    `timeline` stands in for the case's, to ask about a proposed regimen. What was taken before `since` is simulated
    from its start, or from so far back that less than a billionth of the level is missed. `EngineError` where the
    simulation fails its own check.
    """
    given = case.timeline if timeline is None else timeline
    choice = choose_model(knowledge, case, given)
    if choice.model is None:
        return None
    opens = case.now if since is None else since
    person, doses = _history(knowledge, choice.model, case, given, opens, until)
    records, assumed = _records(knowledge, person, doses)
    done = actions(records)
    time_h = hours(person.origin, opens) + np.arange(math.floor(hours(opens, until) / step_h + 1e-9) + 1) * step_h
    epochs = rates(person)
    rows = tuple(range(epochs[0].states))
    run = simulate(_engine(epochs), epochs, done, time_h, rows)
    plasma = _concentration(epochs, time_h, run.row(epochs[0].plasma))[0]
    exposure = run.row(rows[-1])[0]
    return Course(
        origin=opens,
        model=choice.model.id,
        compartments=choice.model.compartments,
        time_h=np.arange(len(time_h)) * step_h,
        amounts_ug=run.states[0, :, :-1],
        plasma_ng_per_ml=plasma,
        csf_ng_per_ml=plasma * choice.model.csf_ratio.number_in("1"),
        exposure_ng_h_per_ml=exposure - exposure[0],
        band=_band(knowledge, case, person, done, time_h) if band else None,
        imbalance_fraction=run.imbalance_fraction,
        assumptions=(*person.assumptions, *choice.warnings, *assumed),
        basis=(*person.basis, f"fact:{choice.model.csf_ratio.key}", "case:timeline"),
    )


def _engine(epochs: tuple[Rates, ...]) -> Engine:
    """The exact engine for a linear graph, the adaptive one where something saturates."""
    if epochs[0].saturable is None:
        return Exact()
    from baclo.body.runge_kutta import RungeKutta

    return RungeKutta()


def _history(
    knowledge: Knowledge, model: Model, case: Case, timeline: Timeline, opens: datetime, until: datetime
) -> tuple[Individual, tuple[Dose, ...]]:
    """The person from the first dose that still matters, and the doses from then on."""
    starts = [*(dose.at for dose in timeline.doses), *(regimen.since for regimen in timeline.regimens), opens]
    person = individual(knowledge, model, case, since=min(starts), until=until + timedelta(seconds=1))
    slowest = min(slowest_per_h(epoch) for epoch in rates(person))
    back_h = -math.log(_FORGOTTEN_FRACTION) / slowest if slowest > 0 else math.inf
    if hours(person.origin, opens) > back_h:
        person = individual(
            knowledge, model, case, since=opens - timedelta(hours=back_h), until=until + timedelta(seconds=1)
        )
    return person, given_doses(timeline, case.zone, person.origin, until + timedelta(microseconds=1))


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
    absorption = "tablet" if dose.product is None else _product(knowledge, dose.product)
    return model.absorptions[absorption]
