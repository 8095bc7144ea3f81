"""What the program's identifiers are called: products, rules, models, and whatever a basis names."""

from collections.abc import Mapping
from dataclasses import dataclass

from baclo.knowledge.library import Knowledge, Table
from baclo.knowledge.words import Text, text

LISTED = ("fact", "source", "model")
_FOLDERS = {"rule": "rules", "model": "models", "product": "products", "interaction": "interactions"}


def entries(knowledge: Knowledge, kind: str) -> Mapping[str, Table]:
    """Every rule, model, product or interaction by its key: models are one a file, the others many."""
    folder = knowledge.folder(_FOLDERS[kind])
    if kind == "model":
        return folder
    return {key: row for table in folder.values() for key, row in table.items()}


def product_name(knowledge: Knowledge, product: str) -> Text:
    """The product as it is called, its content a number with its basis."""
    return text(entries(knowledge, "product")[product]["name"], knowledge.facts)


def product_form(knowledge: Knowledge, product: str) -> str:
    """What a dose of the product is counted in: `tablet`, `mL` or `packet`."""
    return {"liquid": "mL", "granules": "packet"}.get(entries(knowledge, "product")[product]["form"], "tablet")


def basis_words(knowledge: Knowledge, name: str) -> str:
    """A basis as people read it: what a fact means, a model's title, a case path, a rule, a computation."""
    kind, _, key = name.partition(":")
    if kind == "fact":
        return knowledge.facts[key].meaning
    if kind == "model":
        return str(entries(knowledge, kind)[key]["title"])
    said = {"case": f"entered: {key}", "rule": f"rule {key}", "interaction": f"interaction {key.replace('_', ' ')}"}
    return said.get(kind, key.replace("_", " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One thing that a statement rests on, in words; several names where they are one thing to a reader."""

    words: str
    names: tuple[str, ...]
    anchor: str


def grounds(knowledge: Knowledge, names: tuple[str, ...]) -> tuple[Ground, ...]:
    """What `names` are to a reader, in their order: the coefficients of the kidney equations are one ground."""
    coefficients = tuple(name for name in names if _coefficient(knowledge, name))
    found = []
    for name in names:
        if name not in coefficients:
            found.append(Ground(words=basis_words(knowledge, name), names=(name,), anchor=anchor(name)))
        elif name == coefficients[0]:
            found.append(Ground(words="the kidney equations", names=coefficients, anchor="kidney-h"))
    return tuple(found)


def _coefficient(knowledge: Knowledge, name: str) -> bool:
    """Whether a fact serves the kidney equations alone."""
    kind, _, key = name.partition(":")
    return kind == "fact" and all(user.startswith("kidney/") for user in knowledge.used_by[key])


def anchor(name: str) -> str:
    """The element id of a basis in the report."""
    kind, _, key = name.partition(":")
    if kind in LISTED:
        return f"{kind}-{key}"
    return "case" if kind == "case" else "computed"
