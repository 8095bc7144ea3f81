"""Whom to call in the case's region, and at which signs, from the data."""

from dataclasses import dataclass

from baclo.knowledge.facts import Region, Seen
from baclo.knowledge.library import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A telephone number as it is dialled, whose it is, where, when, and whether it was read at its source."""

    place: str
    who: str
    number: str
    when: str
    seen: Seen
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """The signs that call for help at once, and every number of the region, emergency services first."""

    signs: str
    contacts: tuple[Contact, ...]
    basis: tuple[str, ...]


def everywhere(knowledge: Knowledge, region: Region) -> tuple[Contact, ...]:
    """The emergency services of every region, those of `region` first: nobody should have to look for them."""
    regions = sorted(Region, key=lambda one: one is not region)
    return tuple(emergency(knowledge, one).contacts[0] for one in regions)


def emergency(knowledge: Knowledge, region: Region) -> Emergency:
    """What to look for and whom to call in `region`."""
    words = knowledge.folder("words")
    return Emergency(
        signs=words["signs"]["text"],
        contacts=tuple(
            Contact(
                place=row["place"],
                who=row["who"],
                number=row["number"],
                when=row["when"],
                seen=Seen(row["seen"]),
                basis=(row["source"],),
            )
            for row in words["emergency"][region.value]
        ),
        basis=(words["signs"]["source"],),
    )
