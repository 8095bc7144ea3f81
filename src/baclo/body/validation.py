"""Runs the models again against every published number, and says honestly what each comparison is worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from baclo.body.measure import MEASURES, Setting
from baclo.body.reading import read_model
from baclo.case.patient import DialysisKind
from baclo.knowledge.facts import Fact
from baclo.knowledge.library import Knowledge
from baclo.units import convert

Table = Mapping[str, Any]


class Kind(StrEnum):
    """What a comparison is worth: only what was predicted counts as validation."""

    FITTED = "fitted"
    DERIVED = "derived"
    PREDICTED = "predicted"


class Verdict(StrEnum):
    """How a comparison came out; a known miss stays visible under its own name."""

    REPRODUCED = "reproduced"
    MISSED = "missed"
    KNOWN_WRONG = "known_wrong"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One published number against its model; `observed`, `spread` and `predicted` in `unit`.

    `spread` is the interval that a prediction must fall into where the study gives one. `observed` is None where
    the study gave words, `predicted` and `ratio` (predicted over observed) where no model speaks of it. Of a miss that
    is known, `accepted_ratio` is how far from 1 the ratio may lie.
    """

    id: str
    source: str
    model: str | None
    metric: str
    unit: str
    observed: float | None
    spread: tuple[float, float] | None
    predicted: float | None
    ratio: float | None
    accepted_ratio: float | None
    kind: Kind
    verdict: Verdict
    note: str
    basis: tuple[str, ...]


def validate(knowledge: Knowledge) -> tuple[Row, ...]:
    """Every row of the validation table, computed again, in the table's order."""
    tables = knowledge.folder("validation")
    return tuple(_row(knowledge, table, row) for table in tables.values() for row in table["row"])


def _row(knowledge: Knowledge, table: Table, row: Table) -> Row:
    observed = knowledge.fact(row["observed"]) if "observed" in row else None
    unit, value = row["unit"], None if observed is None else observed.number_in(row["unit"])
    spread = None if observed is None else _spread(knowledge, table, row, observed)
    predicted = _predicted(knowledge, row)
    ratio = None if value is None or predicted is None else predicted / value
    return Row(
        id=row["id"],
        source=row["source"],
        model=row.get("model"),
        metric=row["metric"],
        unit=unit,
        observed=value,
        spread=spread,
        predicted=predicted,
        ratio=ratio,
        accepted_ratio=row.get("accepted_ratio"),
        kind=Kind(row["kind"]),
        verdict=_verdict(knowledge, table, row, predicted, ratio, spread),
        note=row.get("note", ""),
        basis=() if observed is None else (f"fact:{observed.key}",),
    )


def _spread(knowledge: Knowledge, table: Table, row: Table, observed: Fact) -> tuple[float, float] | None:
    """The interval the study gives, or so many standard deviations to each side of its mean."""
    unit = row["unit"]
    if observed.low is not None and observed.high is not None:
        return convert(observed.low, observed.unit, unit), convert(observed.high, observed.unit, unit)
    if "sd" not in row:
        return None
    half = knowledge.number(table["tolerance"]["deviations"], "1") * knowledge.number(row["sd"], unit)
    middle = observed.number_in(unit)
    return middle - half, middle + half


def _predicted(knowledge: Knowledge, row: Table) -> float | None:
    if "model" not in row:
        return None
    model = read_model(knowledge, row["model"])

    def number(key: str, unit: str) -> float | None:
        return knowledge.number(row[key], unit) if key in row else None

    setting = Setting(
        model=model,
        entry=model.absorptions[row.get("absorption", "tablet")],
        dose_ug=number("dose", "ug") or 1.0,
        clearance_ml_per_min=number("clearance", "mL/min"),
        against_ml_per_min=number("against", "mL/min"),
        replacement=DialysisKind(row["replacement"]) if "replacement" in row else None,
    )
    unit, measure = MEASURES[row["metric"]]
    return convert(measure(setting), unit, row["unit"])


def _verdict(
    knowledge: Knowledge,
    table: Table,
    row: Table,
    predicted: float | None,
    ratio: float | None,
    spread: tuple[float, float] | None,
) -> Verdict:
    """Inside the study's interval where there is one, else within the proposed ratios.

    A miss is known only up to the ratio it was accepted at, and only on that side of 1.
    """
    if predicted is None or ratio is None:
        return Verdict.NOT_APPLICABLE
    low, high = (knowledge.number(table["tolerance"][bound], "1") for bound in ("ratio_low", "ratio_high"))
    inside = low <= ratio <= high if spread is None else spread[0] <= predicted <= spread[1]
    if inside:
        return Verdict.REPRODUCED
    accepted = row.get("accepted_ratio", 1.0)
    return Verdict.KNOWN_WRONG if min(accepted, 1.0) <= ratio <= max(accepted, 1.0) else Verdict.MISSED
