"""What the program's identifiers are called: products, rules, models, and whatever a basis names."""

from baclo.errors import UnknownKey
from baclo.knowledge.library import Knowledge, Table
from baclo.knowledge.words import Text, text

_FOLDERS = {"rule": "rules", "model": "models", "product": "products"}


def entry(knowledge: Knowledge, kind: str, key: str) -> Table:
    """The data table of a rule, model or product; `UnknownKey` where there is none.

    A folder holds one entry a file, or files of many entries.
    """
    folder = knowledge.tables.get(_FOLDERS.get(kind, ""), {})
    if kind == "model" and key in folder:
        return folder[key]
    for table in folder.values():
        if key in table and hasattr(table[key], "keys"):
            return dict(table[key])
    raise UnknownKey(f"no {kind} is called {key!r}")


def entries(knowledge: Knowledge, kind: str) -> tuple[str, ...]:
    """The keys of every rule, model or product."""
    folder = knowledge.tables.get(_FOLDERS[kind], {})
    if kind == "model":
        return tuple(folder)
    return tuple(key for table in folder.values() for key, row in table.items() if hasattr(row, "keys"))


def product_name(knowledge: Knowledge, product: str) -> Text:
    """The product as it is called, its content a number with its basis."""
    return text(entry(knowledge, "product", product)["name"], knowledge.facts)


def product_form(knowledge: Knowledge, product: str) -> str:
    """What a dose of the product is counted in: `tablet` or `mL`."""
    return "tablet" if entry(knowledge, "product", product)["form"] == "tablet" else "mL"


def basis_words(knowledge: Knowledge, name: str) -> str:
    """A basis as people read it: what a fact means, a source's citation, a case path, a computation."""
    kind, _, key = name.partition(":")
    if kind == "fact" and key in knowledge.facts:
        return knowledge.facts[key].meaning
    if kind == "source" and key in knowledge.sources:
        return knowledge.sources[key].citation
    if kind == "model" and key in knowledge.tables.get("models", {}):
        return str(knowledge.tables["models"][key]["title"])
    words = (key or kind).replace("_", " ").replace(".", ", ")
    return {"case": f"entered: {key}", "rule": f"rule {key}", "model": f"model {key}"}.get(kind, words)
