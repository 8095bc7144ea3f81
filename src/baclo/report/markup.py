"""Sentences and numbers as HTML, each number an element that carries its basis and leads to where it comes from."""

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from markupsafe import Markup

from baclo.knowledge.words import Number, Piece, Quoted, Text
from baclo.report import shown
from baclo.report.names import LISTED, anchor


def carried(words: str, basis: Iterable[str], where: str) -> Markup:
    """Some words that say numbers, with their basis and a link to the first thing they rest on."""
    names = [name.replace(" ", "_") for name in basis]
    return Markup('<a class="n" href="#{anchor}" data-basis="{basis}" title="{title}">{words}</a>').format(
        anchor=where, basis=" ".join(names), title=f"rests on {', '.join(names)}", words=words
    )


def number(piece: Number) -> Markup:
    """A number with its unit, linked to the first fact or source it rests on, else to what was entered."""
    listed = [name for name in piece.basis if name.partition(":")[0] in LISTED]
    basis = piece.basis or ("computed:count",)
    return carried(shown.number(piece), basis, anchor((listed or basis)[0]))


def moment(at: datetime, zone: ZoneInfo) -> Markup:
    """A date and time of the clock as a `time` element."""
    return Markup('<time datetime="{at}">{words}</time>').format(
        at=at.astimezone(zone).isoformat(timespec="minutes"), words=shown.moment(at, zone)
    )


def spoken(at: datetime, zone: ZoneInfo) -> Markup:
    """A moment of a sentence as a `time` element, by the clock of the zone that it carries where that is another."""
    return Markup('<time datetime="{at}">{words}</time>').format(
        at=at.astimezone(zone).isoformat(timespec="minutes"), words=shown.spoken(at, zone)
    )


def day(at: datetime, zone: ZoneInfo) -> Markup:
    """A date as a `time` element."""
    return Markup('<time datetime="{at}">{words}</time>').format(
        at=f"{at.astimezone(zone):%Y-%m-%d}", words=shown.day(at, zone)
    )


def clock(at: time) -> Markup:
    """A time of the clock as a `time` element."""
    return Markup("<time>{words}</time>").format(words=shown.clock(at))


def sentence(text: Text, zone: ZoneInfo) -> Markup:
    """A sentence with every number and moment in an element of its own; words are escaped."""
    return Markup("").join(_piece(piece, zone) for piece in text.pieces)


def _piece(piece: Piece, zone: ZoneInfo) -> Markup | str:
    if isinstance(piece, Number):
        return number(piece)
    if isinstance(piece, Quoted):
        return quoted(piece)
    return spoken(piece, zone) if isinstance(piece, datetime) else piece


def quoted(piece: Quoted) -> Markup:
    """Words as they were entered, with where they stand."""
    return Markup('<span data-basis="{basis}">{words}</span>').format(basis=" ".join(piece.basis), words=piece.words)
