"""The published numbers beside what the models give for them, as data and as a table to read."""

from collections.abc import Iterator, Sequence
from typing import Any

from baclo.body.validation import Kind, Row, Verdict, validate
from baclo.knowledge.library import Knowledge
from baclo.report.encode import steady
from baclo.report.shown import significant, unit_words

_DIGITS = 3
_HEADS = ("row", "kind", "verdict", "published", "computed", "ratio")


def validation_rows(knowledge: Knowledge) -> list[dict[str, Any]]:
    """Every row as plain values: id, source, metric, unit, observed, spread, predicted, ratio, kind, verdict, ..."""
    return [_row(row) for row in validate(knowledge)]


def validation_text(rows: list[dict[str, Any]]) -> str:
    """The rows as a table, and what the predicted ones, which alone count, come to."""
    cells = [_HEADS, *(tuple(_cells(row)) for row in rows)]
    widths = [max(len(cell[place]) for cell in cells) for place in range(len(_HEADS))]
    lines = ["  ".join(said.ljust(width) for said, width in zip(cell, widths, strict=True)).rstrip() for cell in cells]
    predicted = [row["verdict"] for row in rows if row["kind"] == Kind.PREDICTED.value]
    return "\n".join([*lines, "", f"Only predicted rows count as validation. {tally(predicted)}"])


def tally(predicted: Sequence[str]) -> str:
    """What the verdicts of the predicted rows come to; rows without a number or a model are not judged."""
    judged = [verdict.replace("_", " ") for verdict in predicted if verdict != Verdict.NOT_APPLICABLE]
    verdicts = dict.fromkeys(("reproduced", "known wrong", *judged))
    counts = [f"{judged.count(verdict)} {verdict}" for verdict in verdicts]
    left = len(predicted) - len(judged)
    return f"Predicted: {len(judged)} judged, {', '.join(counts)}; {left} could not be judged."


def _row(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "source": row.source,
        "model": row.model,
        "metric": row.metric,
        "unit": row.unit,
        "observed": _steady(row.observed),
        "spread": None if row.spread is None else [steady(bound) for bound in row.spread],
        "predicted": _steady(row.predicted),
        "ratio": _steady(row.ratio),
        "accepted_ratio": row.accepted_ratio,
        "kind": row.kind.value,
        "verdict": row.verdict.value,
        "note": row.note,
        "basis": list(row.basis),
    }


def _steady(value: float | None) -> float | None:
    return None if value is None else steady(value)


def _cells(row: dict[str, Any]) -> Iterator[str]:
    yield f"{row['id']}: {row['metric']}"
    yield row["kind"]
    yield row["verdict"].replace("_", " ")
    for name in ("observed", "predicted"):
        yield "-" if row[name] is None else significant(row[name], _DIGITS) + unit_words(row["unit"])
    yield "-" if row["ratio"] is None else significant(row["ratio"], _DIGITS)
