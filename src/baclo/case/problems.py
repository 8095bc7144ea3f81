"""Turns what pydantic refused into problems with paths, values as entered and what is allowed."""

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from baclo.case.entered import as_entered
from baclo.case.leaf import PROBLEM
from baclo.case.vocabulary import near
from baclo.errors import Problem

Place = tuple[int | str, ...]
_TABLE = ("is not a table", "a table of keys")
_SAID = {
    # pydantic's type of error: what is wrong, what is allowed ({key} is from pydantic's own context)
    "missing": ("is missing", None),
    "bool_type": ("is neither true nor false", "true or false, without quotes"),
    "float_type": ("is no number", "a number, without quotes"),
    "finite_number": ("is no finite number", "a number, without quotes"),
    "int_type": ("is no whole number", "a whole number, without quotes"),
    "string_type": ("is no text", "a text in quotes"),
    "list_type": ("is no list", "a list in square brackets"),
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "enum": ("is not one of the words allowed", "{expected}"),
    "literal_error": ("is not one of the words allowed", "{expected}"),
    "greater_than_equal": ("is too small", "at least {ge}"),
    "less_than_equal": ("is too large", "at most {le}"),
    "too_short": ("is too short", "at least {min_length}"),
    "string_too_short": ("is empty", "a text"),
    "string_too_long": ("is too long", "at most {max_length} characters"),
    "string_pattern_mismatch": ("is blank", "a text"),
}


def problems_of(error: ValidationError, form: type[BaseModel], place: Place) -> list[Problem]:
    """Every problem of one validation of `form`, each below `place`."""
    return [_problem(row, form, place) for row in error.errors(include_url=False)]


def path_of(place: Place) -> str:
    """A place as people read it: `regimen[1].doses[0].amount`."""
    path = ""
    for part in place:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path


def unknown_key(place: Place, known: Mapping[str, Any]) -> Problem:
    """A key that the format does not have, and those that look like it."""
    close = near(str(place[-1]), known)
    allowed = f"did you mean {' or '.join(close)}?" if close else ", ".join(known)
    return Problem(path=path_of(place), message="unknown key", allowed=allowed)


def _problem(row: Any, form: type[BaseModel], place: Place) -> Problem:
    here: Place = (*place, *row["loc"])
    context = row.get("ctx", {})
    if row["type"] == PROBLEM:
        return Problem(
            path=path_of(here), message=context["message"], value=context["value"], allowed=context["allowed"]
        )
    if row["type"] == "extra_forbidden":
        return unknown_key(here, _form_at(form, row["loc"][:-1]).model_fields)
    message, allowed = _SAID[row["type"]]
    if row["type"] == "missing":
        return Problem(path=path_of(here), message=message, allowed=_wanted(form, row["loc"]))
    return Problem(
        path=path_of(here),
        message=message,
        value=as_entered(row["input"]),
        allowed=None if allowed is None else allowed.format_map(context),
    )


def _wanted(form: type[BaseModel], place: Place) -> str:
    """What a key that is missing should hold, with an example or its words where it has any."""
    form = _form_at(form, place[:-1])
    schema = form.model_json_schema()
    name = str(place[-1])
    key = schema["properties"][name]
    table = schema["$defs"][key["$ref"].rpartition("/")[2]] if "$ref" in key else key
    said = str(form.model_fields[name].description).removesuffix(".")
    words = [table["const"]] if "const" in table else table.get("enum", [])
    if words:
        return f"{said}: " + " or ".join(filter(None, (", ".join(map(repr, words[:-1])), repr(words[-1]))))
    return f"{said}, like {key['examples'][0]}" if "examples" in key else said


def _form_at(form: type[BaseModel], place: Place) -> type[BaseModel]:
    """The model that describes the table at `place` below `form`."""
    for part in place:
        if isinstance(part, str):
            form = forms_in(form.model_fields[part].annotation)[0]
    return form


def forms_in(annotation: Any) -> list[type[BaseModel]]:
    """Every model within a type such as `list[X] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [form for part in get_args(annotation) for form in forms_in(part)]
