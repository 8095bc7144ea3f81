"""What both printed pages share: a document of our own style alone, and numbers that carry their basis on paper."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from baclo.knowledge.words import Number, Piece, Quoted, Text
from baclo.report import shown
from baclo.report.markup import day, spoken
from baclo.run import Outcome


def printed(template: str, style: str, outcome: Outcome, values: Mapping[str, Any]) -> str:
    """The document of that template with that style sheet; the same values give the same bytes."""
    rules = (files("baclo.report") / "templates" / style).read_text("utf-8")
    return (
        _templates()
        .get_template(template)
        .render(
            style=Markup(rules),  # noqa: S704 - our own file
            style_hash=base64.b64encode(hashlib.sha256(rules.encode()).digest()).decode(),
            outcome=outcome,
            case=outcome.case,
            **values,
        )
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("baclo.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def carried(words: str, basis: Iterable[str]) -> Markup:
    """Words that say numbers, with what they rest on; on paper there is nothing to follow."""
    return Markup('<span data-basis="{basis}">{words}</span>').format(basis=" ".join(basis), words=words)


def number(piece: Number) -> Markup:
    """A number with its unit."""
    return carried(shown.number(piece), (name.replace(" ", "_") for name in piece.basis or ("computed:count",)))


def on(date_: date, *, year: bool) -> Markup:
    """A date as a `time` element, with its day of the week."""
    words = shown.date_words(date_)
    return Markup('<time datetime="{at}">{words}</time>').format(
        at=date_.isoformat(), words=words if year else words.rpartition(" ")[0]
    )


def sentence(text: Text, outcome: Outcome) -> Markup:
    """A sentence, its numbers with their basis, its moments as `time` elements, its words escaped."""
    return Markup("").join(_piece(piece, outcome) for piece in text.pieces)


def _piece(piece: Piece, outcome: Outcome) -> Markup | str:
    if isinstance(piece, Number):
        return number(piece)
    if isinstance(piece, Quoted):
        return carried(piece.words, piece.basis)
    return piece if isinstance(piece, str) else spoken(piece, outcome.case.zone)


__all__ = ["carried", "day", "number", "on", "printed", "sentence"]
