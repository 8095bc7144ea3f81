"""The packaged data: each file fits its schema, code and data name the same facts, and only originals are cited."""

import ast
import json
import re
import string
import tomllib
from datetime import date, datetime, time

import jsonschema
import pytest

from baclo.knowledge.library import load

# Copies, digests, shops and talk: a number may have been read there, but the original is what is cited.
NOT_ORIGINALS = (
    *("medlibrary", "scribd", "droracle", "rxreasoner", "mimsdev", "drugs.com", "docksci", "myhealthbox", "rxlist"),
    *("medscape", "webmd", "wikipedia", "reddit", "quora", "facebook", "blogspot", "wordpress", "medium.com", "forum"),
    *("blog", "studylib", "slideshare", "coursehero", "academia.edu", "researchgate", "semanticscholar", "epdf"),
    *("docplayer", "pdfcoffee", "vdocument", "healthline", "drugbank", "pillintrip", "medindia", "1mg.com", "goodrx"),
    *("archive.org", "europepmc.org/api", "sci-hub", "libgen", "amazon.", "ebay."),
)
PROSE = {"title", "detail", "action", "meaning", "question"}


@pytest.fixture(scope="module")
def data(root):
    return root / "src/baclo/knowledge/data"


@pytest.fixture(scope="module")
def knowledge():
    return load()


def plain(value):
    """TOML as JSON would say it: dates and times as text."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def schema_of(data, folder, stem):
    """The schema of one file, or of its whole folder."""
    own = data / "schema" / f"{folder}.{stem}.schema.json"
    return own if own.exists() else data / "schema" / f"{folder}.schema.json"


def test_every_data_file_fits_its_schema(data):
    problems = []
    for path in sorted(data.rglob("*.toml")):
        folder = path.parent.name
        if folder == "examples":
            continue
        schema = schema_of(data, folder, path.stem)
        if not schema.exists():
            problems.append(f"{folder}/{path.name}: no schema")
            continue
        judge = jsonschema.Draft202012Validator(
            json.loads(schema.read_text()), format_checker=jsonschema.FormatChecker()
        )
        table = plain(tomllib.loads(path.read_text(encoding="utf-8")))
        problems += [f"{folder}/{path.name} {error.json_path}: {error.message}" for error in judge.iter_errors(table)]
    assert problems == []


def test_every_schema_is_itself_valid_and_serves_some_file(data):
    served = {schema_of(data, path.parent.name, path.stem) for path in data.rglob("*.toml")}
    for path in sorted((data / "schema").iterdir()):
        jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text()))
        assert path in served, path.name


def fact_keys(module, facts):
    """The fact keys that stand as texts in a module, docstrings left out."""
    documentation = {id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    texts = {
        node.value.removeprefix("fact:")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    }
    return {text for text in texts if text in facts}


def test_the_facts_that_code_names_are_the_facts_that_the_data_say_it_names(modules, knowledge):
    in_code = {module.name: keys for module in modules if (keys := fact_keys(module, knowledge.facts))}
    in_data = {}
    for table in knowledge.folder("uses").values():
        for module, keys in table["modules"].items():
            in_data.setdefault(module, set()).update(key.removeprefix("fact:") for key in keys)
    differing = {
        name: sorted(in_code.get(name, set()) ^ in_data.get(name, set())) for name in in_code.keys() | in_data.keys()
    }
    assert {name: keys for name, keys in differing.items() if keys} == {}


def test_code_names_no_fact_that_is_not_there(modules, knowledge):
    named = {
        f"{module.name}: {node.value}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"fact:[a-z0-9_.]+\.[a-z0-9_.]*[a-z0-9_]", node.value)
        and node.value.removeprefix("fact:") not in knowledge.facts
    }
    assert sorted(named) == []


def test_only_originals_are_cited(knowledge):
    copies = [
        f"{source.key}: {copy}"
        for source in knowledge.sources.values()
        for copy in NOT_ORIGINALS
        if copy in f"{source.citation} {source.url or ''}".lower()
    ]
    assert copies == []


def test_two_sources_never_cite_the_same_thing(knowledge):
    citations = [source.citation.casefold() for source in knowledge.sources.values()]
    assert len(citations) == len(set(citations))


def test_every_fact_has_been_reviewed_and_will_be_within_two_years(knowledge):
    late = [fact.key for fact in knowledge.facts.values() if not 0 < (fact.review_by - fact.reviewed).days <= 731]
    assert late == []


def texts(value, name=""):
    """Every text of a table with the name it stands under."""
    if isinstance(value, str):
        yield name, value
    elif hasattr(value, "items"):
        for key, inner in value.items():
            yield from texts(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, name)


def test_every_text_with_braces_can_be_filled(knowledge):
    for folder, stems in knowledge.tables.items():
        for stem, table in stems.items():
            for _, said in texts(table):
                assert list(string.Formatter().parse(said)) or not said, f"{folder}/{stem}: {said}"


def test_the_words_of_a_rule_carry_no_number_of_their_own(knowledge):
    names = knowledge.folder("words")["names"]["names"]
    naked = []
    for stem, table in knowledge.folder("rules").items():
        for where, said in texts(table):
            if where in PROSE:
                words = "".join(literal for literal, *_ in string.Formatter().parse(said))
                for name in sorted(names, key=len, reverse=True):
                    words = words.replace(name, "")
                naked += [f"rules/{stem}: {said}"] if re.search(r"\d", words) else []
    assert naked == []
