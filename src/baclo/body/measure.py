"""What a model says in the setting of a study: one person, one dose, run to the end."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from baclo.body.course import Floats
from baclo.body.exact import Exact
from baclo.body.graph import Rates, half_life_h, slowest_per_h
from baclo.body.individual import Epoch, epoch_rates, values_of
from baclo.body.records import Record, actions
from baclo.body.structure import Covariate, Model
from baclo.body.walk import simulate
from baclo.case.patient import DialysisKind

_STEP_H = 1 / 60
_WATCHED_H = 24.0
_URINE_H = 72.0
_LEFT_FRACTION = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One person of a study: None leaves the model's reference.

    `dose_ug` enters by the model's input `entry`; `against` is the clearance that a ratio compares with.
    """

    model: Model
    entry: str
    dose_ug: float
    clearance_ml_per_min: float | None
    against_ml_per_min: float | None
    replacement: DialysisKind | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One dose run to its end: plasma by the minute over a day, all amounts at 72 h and at the end."""

    plasma_ng_per_ml: Floats
    urine_ug: Floats
    final_ug: Floats
    area_ng_h_per_ml: float


def epoch_of(setting: Setting) -> Epoch:
    """The person of the setting, unchanging."""
    values = values_of(
        setting.model,
        {Covariate.AGE: None, Covariate.WEIGHT: None, Covariate.CLEARANCE: setting.clearance_ml_per_min},
    )
    return Epoch(since_h=0.0, values=values, renal_replacement=setting.replacement)


def rates_of(setting: Setting) -> Rates:
    """The rates of flow of the person of the setting."""
    return epoch_rates(setting.model, epoch_of(setting), {}, 1)


def run_of(setting: Setting) -> Run:
    """One dose of the setting, run until nothing that matters is left."""
    rates, values = rates_of(setting), epoch_of(setting).values
    entry = setting.model.inputs[setting.entry]
    dose = Record(
        time_h=0.0,
        into=entry.into,
        amount_ug=setting.dose_ug,
        lag_h=0.0 if entry.lag is None else values[entry.lag],
        fraction=1.0 if entry.fraction is None else values[entry.fraction],
    )
    minutes = np.arange(round(_WATCHED_H / _STEP_H) + 1) * _STEP_H
    end_h = _URINE_H - math.log(_LEFT_FRACTION) / slowest_per_h(rates)
    time_h = np.concatenate((minutes, [_URINE_H, end_h]))
    found = simulate(Exact(), (rates,), actions((dose,)), time_h, tuple(range(rates.states))).states[0]
    return Run(
        plasma_ng_per_ml=found[:-2, rates.plasma] / rates.volume_l[0],
        urine_ug=found[-2],
        final_ug=found[-1],
        area_ng_h_per_ml=float(found[-1, -1]),
    )


def _out(setting: Setting, amounts_ug: Floats, name: str) -> float:
    return float(amounts_ug[setting.model.compartments.index(name)])


def _clearance(setting: Setting) -> float:
    return setting.dose_ug / run_of(setting).area_ng_h_per_ml


def _volumes(setting: Setting) -> float:
    """The sum of the volumes, L: over bioavailability where the model's values are."""
    return sum(value for name, value in epoch_of(setting).values.items() if name.startswith("v_"))


def _weight(setting: Setting) -> float:
    """The reference weight of the model, kg."""
    return next(e.reference.number_in("kg") for e in setting.model.effects if e.of is Covariate.WEIGHT)


def _compared(setting: Setting, value: Callable[[Run], float]) -> float:
    """What the run gives over what it gives at the clearance it is compared with."""
    other = replace(setting, clearance_ml_per_min=setting.against_ml_per_min)
    return value(run_of(setting)) / value(run_of(other))


def _bioavailability(setting: Setting) -> float:
    vein = replace(setting, entry=setting.model.routes["intravenous"])
    return run_of(setting).area_ng_h_per_ml / run_of(vein).area_ng_h_per_ml


def _removed_l_per_h(setting: Setting, compartment: str) -> float:
    run = run_of(setting)
    return _out(setting, run.final_ug, compartment) / run.area_ng_h_per_ml


MEASURES: Mapping[str, tuple[str, Callable[[Setting], float]]] = {
    # name: (unit of what is measured, how)
    "peak": ("ng/mL", lambda s: float(run_of(s).plasma_ng_per_ml.max())),
    "peak time": ("h", lambda s: float(run_of(s).plasma_ng_per_ml.argmax() * _STEP_H)),
    "area": ("ng.h/mL", lambda s: run_of(s).area_ng_h_per_ml),
    "half-life": ("h", lambda s: half_life_h(rates_of(s))),
    "slow rate": ("/h", lambda s: slowest_per_h(rates_of(s))),
    "apparent clearance": ("L/h", _clearance),
    "apparent clearance by weight": ("L/h/kg", lambda s: _clearance(s) / _weight(s)),
    "apparent volume": ("L", lambda s: _clearance(s) / slowest_per_h(rates_of(s))),
    "steady-state volume by weight": ("L/kg", lambda s: _volumes(s) / _weight(s)),
    "renal clearance": ("L/h", lambda s: _removed_l_per_h(s, "out_renal")),
    "urine recovery": ("1", lambda s: _out(s, run_of(s).urine_ug, "out_renal") / s.dose_ug),
    "bioavailability": ("1", _bioavailability),
    "plasma over CSF": ("1", lambda s: 1 / s.model.csf_ratio.number_in("1")),
    "area ratio": ("1", lambda s: _compared(s, lambda run: run.area_ng_h_per_ml)),
    "peak ratio": ("1", lambda s: _compared(s, lambda run: float(run.plasma_ng_per_ml.max()))),
    "dialysis clearance": ("L/h", lambda s: _removed_l_per_h(s, "out_dialysis")),
    "dialysis rate": ("/h", lambda s: _removed_l_per_h(s, "out_dialysis") / _volumes(s)),
}
