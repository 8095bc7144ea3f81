"""Walks a batch of people through their events and epochs with either engine, and checks that no drug was lost."""

import sys
from dataclasses import dataclass

import numpy as np

from baclo.body.course import Floats
from baclo.body.engine import Ending, Engine
from baclo.body.graph import Rates
from baclo.body.records import Action, Bolus, Emptying, Infusion, Reset
from baclo.body.steady import steady_amounts
from baclo.errors import EngineError


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory:
    """What P people went through at `time_h` [T]: `states` [P, T, R] in the order of `rows`, as watched.

    `imbalance_fraction` is the largest relative miss of the mass balance over the whole walk.
    """

    time_h: Floats
    rows: tuple[int, ...]
    states: Floats
    imbalance_fraction: float

    def row(self, state: int) -> Floats:
        """One watched state over time, [P, T]."""
        found: Floats = self.states[:, :, self.rows.index(state)]
        return found


def simulate(
    engine: Engine, epochs: tuple[Rates, ...], actions: tuple[Action, ...], time_h: Floats, rows: tuple[int, ...]
) -> Trajectory:
    """Walk from an empty body at the first epoch through `actions`, watching `rows` at the rising `time_h` [T].

    `time_h` starts no earlier than the first epoch; at the time of an event the state after it is seen.
    `EngineError` if a stretch does not reach its end, if mass is lost beyond the engine's tolerance, or if a steady
    state does not exist.
    """
    ledger = _Ledger(epochs[0])
    states = np.empty((epochs[0].people, len(time_h), len(rows)))
    now_h, seen = epochs[0].since_h, 0
    rates = epochs[0]
    for at_h, event in _events(epochs, actions, float(time_h[-1])):
        if at_h > now_h:
            upto = int(np.searchsorted(time_h, at_h))
            span = time_h[seen:upto]
            starts_watched = len(span) > 0 and span[0] == now_h
            times_h = np.concatenate(([] if starts_watched else [now_h], span, [at_h]))
            found, after, ended = engine.carry(rates, ledger.amounts, ledger.inflow, times_h, rows)
            if ended is not Ending.REACHED:
                raise EngineError(f"the simulation stopped between {now_h} h and {at_h} h: {ended.value}")
            states[:, seen:upto] = found[:, 0 if starts_watched else 1 :]
            ledger.settle(after, at_h - now_h)
            now_h, seen = at_h, upto
        if isinstance(event, Rates):
            rates = event
        elif event is not None:
            ledger.take(engine, rates, event)
    states[:, seen:] = ledger.amounts[:, None, list(rows)]
    imbalance_fraction = ledger.imbalance_fraction()
    if not imbalance_fraction <= engine.tolerance_fraction:
        raise EngineError(f"mass was lost: a relative miss of {imbalance_fraction:.3g}")
    return Trajectory(time_h=time_h, rows=rows, states=states, imbalance_fraction=imbalance_fraction)


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """The end of an infusion."""

    infusion: Infusion


_Event = Action | Rates | _End | None


def _events(epochs: tuple[Rates, ...], actions: tuple[Action, ...], until_h: float) -> list[tuple[float, _Event]]:
    """Everything that cuts the walk up to `until_h`: at one time epochs first, then ends of infusions, then actions."""
    changes: list[tuple[float, _Event]] = [(rates.since_h, rates) for rates in epochs[1:]]
    ends: list[tuple[float, _Event]] = [
        (action.until_h, _End(infusion=action)) for action in actions if isinstance(action, Infusion)
    ]
    happen: list[tuple[float, _Event]] = [(action.time_h, action) for action in actions]
    ordered = sorted([*changes, *ends, *happen], key=lambda entry: entry[0])
    return [*(entry for entry in ordered if entry[0] <= until_h), (until_h, None)]


class _Ledger:
    """Who holds what, what flows in, and how much drug there should be in all."""

    def __init__(self, rates: Rates) -> None:
        self.amounts: Floats = np.zeros((rates.people, rates.states))
        self.inflow: Floats = np.zeros(rates.states)
        self._owed_ug: Floats = np.zeros(rates.people)
        self._misses_ug: list[Floats] = []
        self._owed: list[Floats] = [self._owed_ug]

    def settle(self, amounts: Floats, elapsed_h: float) -> None:
        """Take over the state after a stretch, and note what is there against what should be."""
        self.amounts = amounts
        self._owed_ug = self._owed_ug + sum(self.inflow.tolist()) * elapsed_h
        self._owed.append(self._owed_ug)
        self._misses_ug.append(amounts[:, :-1].sum(axis=1) - self._owed_ug)

    def imbalance_fraction(self) -> float:
        """The largest miss of the mass balance, relative to the most that there should have been."""
        most_ug = max(float(np.max(self._owed)), sys.float_info.min)
        return float(np.max(np.abs(self._misses_ug), initial=0.0)) / most_ug

    def take(self, engine: Engine, rates: Rates, event: Action | _End) -> None:
        """Do what happens at once."""
        match event:
            case Bolus():
                self.amounts[:, event.into] += event.amount_ug
                self._owed_ug = self._owed_ug + event.amount_ug
            case Infusion():
                self.inflow[event.into] += event.rate_ug_per_h
            case _End():
                self.inflow[event.infusion.into] -= event.infusion.rate_ug_per_h
            case Reset():
                self.amounts[:, :-1] = 0.0
                self._owed_ug = np.zeros_like(self._owed_ug)
            case Emptying():
                gut = list(event.gut)
                self.amounts[:, event.into] += self.amounts[:, gut].sum(axis=1)
                self.amounts[:, gut] = 0.0
            case _:
                credit_ug = steady_amounts(engine, rates, event)
                self.amounts = self.amounts + credit_ug
                self._owed_ug = self._owed_ug + credit_ug.sum(axis=1)
