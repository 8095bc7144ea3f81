"""The published models as rows: for whom each speaks and what it rests on."""

from typing import Any

from baclo.body.model import Model, model_ids, read_model
from baclo.body.structure import Range
from baclo.knowledge.library import Knowledge
from baclo.report.explain import exactly

_OF = {"age_y": "age", "weight_kg": "weight", "dose_ug_per_day": "daily dose"}


def model_rows(knowledge: Knowledge) -> list[dict[str, Any]]:
    """Every model: id, title, publication, population, the ranges it may speak in, what its paper lacked."""
    return [_row(knowledge, read_model(knowledge, name)) for name in model_ids(knowledge)]


def models_text(rows: list[dict[str, Any]]) -> str:
    """The rows to read, one model after the other."""
    return "\n\n".join(
        "\n".join(
            [
                f"{row['id']}: {row['title']}",
                f"  for    {row['population']}",
                *(f"  from   {citation}" for citation in row["publication"]),
                *(f"  range  {said}" for said in row["ranges"]),
                *(f"  lacks  {said}" for said in row["lacked"]),
            ]
        )
        for row in rows
    )


def _row(knowledge: Knowledge, model: Model) -> dict[str, Any]:
    return {
        "id": model.id,
        "title": model.title,
        "population": model.population,
        "publication": [knowledge.sources[key.removeprefix("source:")].citation for key in model.publication],
        "ranges": [_range(each) for each in model.validity],
        "lacked": list(model.lacked),
    }


def _range(each: Range) -> str:
    low = "" if each.low is None else f" from {exactly(each.low)}"
    high = "" if each.high is None else f" below {exactly(each.high)}"
    outside = "does not speak outside" if each.hard else "warns outside"
    return f"{_OF[each.of]}{low}{high}; {outside}"
