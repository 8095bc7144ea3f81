"""What the program's identifiers are called: products, rules, models, and whatever a basis names."""

from collections.abc import Mapping

from baclo.knowledge.library import Knowledge, Table
from baclo.knowledge.words import Text, text

_FOLDERS = {"rule": "rules", "model": "models", "product": "products"}


def entries(knowledge: Knowledge, kind: str) -> Mapping[str, Table]:
    """Every rule, model or product by its key: models are one a file, the others many."""
    folder = knowledge.folder(_FOLDERS[kind])
    if kind == "model":
        return folder
    return {key: row for table in folder.values() for key, row in table.items()}


def product_name(knowledge: Knowledge, product: str) -> Text:
    """The product as it is called, its content a number with its basis."""
    return text(entries(knowledge, "product")[product]["name"], knowledge.facts)


def product_form(knowledge: Knowledge, product: str) -> str:
    """What a dose of the product is counted in: `tablet` or `mL`."""
    return "tablet" if entries(knowledge, "product")[product]["form"] == "tablet" else "mL"


def basis_words(knowledge: Knowledge, name: str) -> str:
    """A basis as people read it: what a fact means, a model's title, a case path, a rule, a computation."""
    kind, _, key = name.partition(":")
    if kind == "fact":
        return knowledge.facts[key].meaning
    if kind == "model":
        return str(entries(knowledge, kind)[key]["title"])
    return {"case": f"entered: {key}", "rule": f"rule {key}"}.get(kind, key.replace("_", " "))
