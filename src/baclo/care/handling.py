"""How a product is kept, opened, mixed, split and thrown away, and what holds for every one of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from baclo.knowledge.library import Knowledge, Table
from baclo.knowledge.words import Text, text

_LABELS = {
    "store": "Keep it",
    "opened": "Once opened",
    "mix": "Mixing",
    "tubes": "Feeding tubes",
    "split": "Splitting",
    "excipients": "Also contains",
    "note": "Note",
}
_RULES = {
    "splitting": "Splitting and crushing",
    "supply": "Supply",
    "disposal": "Throwing away",
    "children": "Children",
    "pets": "Animals",
    "cream": "Creams",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """What is said of some products, or of all where `products` is empty, by labels; and what no text said."""

    products: tuple[str, ...]
    lines: tuple[tuple[str, Text], ...]
    not_found: tuple[str, ...]
    basis: tuple[str, ...]


def handling(knowledge: Knowledge, products: Iterable[str]) -> tuple[Handling, ...]:
    """The handling of each of `products` (the same text once), then what holds for all; () without a product."""
    wanted = tuple(dict.fromkeys(products))
    if not wanted:
        return ()
    table = knowledge.folder("handling")["oral"]
    rows = [row for row in table["handling"].values() if set(row["products"]) & set(wanted)]
    found = [_of(knowledge, row, tuple(one for one in wanted if one in row["products"])) for row in rows]
    return (*found, _for_all(knowledge, table))


def _of(knowledge: Knowledge, row: Table, products: tuple[str, ...]) -> Handling:
    return Handling(
        products=products,
        lines=tuple((label, text(row[key], knowledge.facts)) for key, label in _LABELS.items() if key in row),
        not_found=tuple(row.get("not_found", ())),
        basis=tuple(row["basis"]),
    )


def _for_all(knowledge: Knowledge, table: Table) -> Handling:
    return Handling(
        products=(),
        lines=tuple(_rules(knowledge, table)),
        not_found=(),
        basis=tuple(dict.fromkeys(name for rule in table["rule"].values() for name in rule["basis"])),
    )


def _rules(knowledge: Knowledge, table: Table) -> Iterator[tuple[str, Text]]:
    """The sentences for every product; of liquids, that milligrams, millilitres and concentration belong together."""
    concentration = table["concentration"]
    yield "Liquids", text(f"{concentration['trap']} {concentration['show']}", knowledge.facts)
    for key, label in _RULES.items():
        yield label, text(table["rule"][key]["text"], knowledge.facts)
