"""What is left of a table without the keys that cannot be read, so that one problem hides none beside it."""

from collections.abc import Iterable
from copy import deepcopy
from functools import reduce
from operator import getitem
from typing import Any

from pydantic import BaseModel, ValidationError

from baclo.case.problems import Place, forms_in


def to_leave_out(error: ValidationError, form: type[BaseModel]) -> list[Place] | None:
    """For each thing wrong in a table of `form` the key to do without; None where one of them cannot be spared."""
    places = [
        row["loc"] if row["type"] == "extra_forbidden" else _spared(form, row["loc"])
        for row in error.errors(include_url=False)
    ]
    spared = [place for place in places if place is not None]
    return spared if len(spared) == len(places) else None


def _spared(form: type[BaseModel], place: Place) -> Place | None:
    """The innermost optional key that holds `place`; never an entry of a list, for the others keep their number."""
    found, forms = None, [form]
    for depth, part in enumerate(place, start=1):
        if isinstance(part, str):
            field = forms[0].model_fields[part]
            found = found if field.is_required() else place[:depth]
            forms = forms_in(field.annotation)
    return found


def without(table: Any, places: Iterable[Place]) -> Any:
    """The same table without what stands at these places, some of which may lie within others."""
    kept = deepcopy(table)
    for *path, key in sorted(set(places), key=len, reverse=True):
        del reduce(getitem, path, kept)[key]
    return kept
