"""The published JSON Schema of the case file, out of the models that read it."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from baclo.case.form import CaseForm

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def case_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a case file, each key described, no other key allowed.

    What no schema can say (plausible values, words of the vocabulary, overlaps, what is after now) is said by
    reading the case.
    """
    schema = CaseForm.model_json_schema(mode="validation", schema_generator=_Untitled)
    return {"$schema": DRAFT, **schema, "title": "baclo case"}


class _Untitled(GenerateJsonSchema):
    """Leaves out the title of each key, which only repeats its name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Whether a key gets a title: never."""
        del schema
        return False
