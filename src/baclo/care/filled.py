"""Fills the sentences of rules and interactions with what is known of a case."""

from collections.abc import Mapping
from datetime import datetime

from baclo.care.conditions import Truth
from baclo.care.finding import Status
from baclo.care.quantities import Quantity
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Piece, Quoted, Text, parsed, text

_MEDICINE = "patient.medicines["


def filled(knowledge: Knowledge, template: str, known: Mapping[str, Quantity], **more: Piece | Text) -> Text:
    """The sentence with every quantity that it names, and `more`; what is not known is said to be so."""
    pieces = {name: _piece(known[name]) for _, name, _ in parsed(template) if name is not None and name in known}
    return text(template, knowledge.facts, **{**pieces, **more})


def _piece(quantity: Quantity) -> Piece:
    value = quantity.value
    if isinstance(value, datetime):
        return value
    if isinstance(value, float | int) and not isinstance(value, bool):
        return Number(value=value, unit=quantity.unit, basis=quantity.basis)
    return "not known" if value is None else Quoted(words=str(value), basis=quantity.basis)


def status_of(truth: Truth) -> Status:
    """Present, absent or unknown."""
    return {True: Status.PRESENT, False: Status.ABSENT, None: Status.UNKNOWN}[truth.holds]


def missing(sentence: str, truth: Truth) -> str:
    """Why the missing answer matters; where it is a medicine that could not be read, that."""
    unread = any(path.startswith(_MEDICINE) for path in truth.needs)
    return "A medicine on the list could not be read: {unread}." if unread else sentence


def named(name: str, status: Status) -> Text:
    """A title for what is not known or does not apply, by the name of its rule."""
    words = name.replace(".", ": ").replace("_", " ")
    return Text((f"{'Not known' if status is Status.UNKNOWN else 'Does not apply'}: {words}",))


def basis_of(own: str, sources: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    """What a finding rests on, each once: itself, its sources, and what its condition asked."""
    return tuple(dict.fromkeys((own, *sources, *truth.basis)))
