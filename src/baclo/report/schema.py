"""The JSON Schema of an outcome: the packaged one, with the schema of the case inside it."""

import json
from importlib.resources import files
from typing import Any

from baclo.case.schema import case_schema


def outcome_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every encoded outcome keeps."""
    text = (files("baclo.report") / "outcome.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    schema["$defs"]["case"] = case_schema() | {"$id": "baclo:case"}
    return schema
