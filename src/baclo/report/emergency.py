"""Whom to call in the case's region, and at which signs, from the data."""

from dataclasses import dataclass

from baclo.knowledge.facts import Region
from baclo.knowledge.library import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A telephone number as it is dialled, whose it is, where and when to call, and where it is published."""

    place: str
    who: str
    number: str
    when: str
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """The signs that call for help at once, and every number of the region, emergency services first."""

    signs: str
    contacts: tuple[Contact, ...]
    basis: tuple[str, ...]


def emergency(knowledge: Knowledge, region: Region) -> Emergency:
    """What to look for and whom to call in `region`."""
    table = knowledge.folder("words")["emergency"]
    return Emergency(
        signs=table["signs"]["text"],
        contacts=tuple(
            Contact(
                place=row["place"], who=row["who"], number=row["number"], when=row["when"], basis=(row["source"],)
            )
            for row in table[region.value]
        ),
        basis=(table["signs"]["source"],),
    )
