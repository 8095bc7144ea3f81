"""The published schema, the template and the reference page say the same as the reader."""

import json
import re
import tomllib
from datetime import date, time
from pathlib import Path

import jsonschema
import pytest

from baclo.case.codec import case_to_json, read_toml
from baclo.case.schema import DRAFT, case_schema
from baclo.case.template import template

PAGE = Path(__file__).parents[2] / "docs" / "case.md"


def as_json(tables):
    """TOML tables as JSON would say them."""
    if isinstance(tables, dict):
        return {key: as_json(value) for key, value in tables.items()}
    if isinstance(tables, list):
        return [as_json(value) for value in tables]
    if isinstance(tables, time):
        return tables.strftime("%H:%M")
    return tables.isoformat() if isinstance(tables, date) else tables


def tables_of(schema):
    """Every table of the format: its path and its keys."""
    definitions = schema["$defs"]

    def walk(path, table):
        yield path, table["properties"]
        for key, value in table["properties"].items():
            for inner in json.dumps(value).split('"#/$defs/')[1:]:
                found = definitions[inner.partition('"')[0]]
                if "properties" in found:
                    yield from walk(f"{path}.{key}" if path else key, found)

    return dict(walk("", schema))


@pytest.fixture(scope="module")
def schema():
    return case_schema()


def test_the_schema_is_itself_valid_and_of_its_draft(schema):
    assert schema["$schema"] == DRAFT
    jsonschema.Draft202012Validator.check_schema(schema)


def test_every_key_is_described_and_no_other_is_allowed(schema):
    for path, properties in tables_of(schema).items():
        for key, value in properties.items():
            assert value.get("description"), f"{path}.{key}"
    closed = [table for table in [schema, *schema["$defs"].values()] if "properties" in table]
    assert all(table["additionalProperties"] is False for table in closed)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("patient", "weight"), "70"),
        (("patient", "weight"), 70),
        (("patient", "weight"), "70 stone"),
        (("patient", "wieght"), "70 kg"),
        (("now",), "2026-11-22T08:00:00"),
        (("question", "ask"), "cure"),
        (("question", "seed"), True),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(schema, place, value):
    tables = as_json(tomllib.loads(template()))
    table = tables
    for key in place[:-1]:
        table = table[key]
    table[place[-1]] = value
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(tables))


def test_the_template_reads_as_it_stands_and_fits_the_schema(knowledge, schema):
    case = read_toml(knowledge, template())
    jsonschema.validate(as_json(tomllib.loads(template())), schema)
    jsonschema.validate(case_to_json(case), schema)
    assert case.title.startswith("EXAMPLE")


def test_the_template_reads_with_every_comment_taken_off_but_what_contradicts(knowledge):
    """The further keys it names are keys of the format, with values that read."""
    uncommented = re.sub(r"^# (?=[a-z_]+ = |\[\[)", "", template(), flags=re.MULTILINE)
    uncommented = uncommented.replace('kind = "none"', 'kind = "haemodialysis"')
    uncommented = uncommented.replace("pregnant = false", "pregnant = true")
    uncommented = uncommented.replace('surgery = "none"', 'surgery = "planned"')
    uncommented = uncommented.replace('goals = ["sleep through the night"]', "")
    case = read_toml(knowledge, uncommented)
    assert case.timeline.regimens
    assert case.ahead
    assert case.stock
    assert case.patient.goals
    assert case.timeline.doses
    assert case.patient.dialysis.sessions
    assert case.patient.due
    assert case.patient.infant_born
    assert case.overrides


def test_the_template_names_every_key(schema):
    named = set(re.findall(r"\b([a-z_]+) = ", template())) | set(re.findall(r"\[([a-z_.]+)\]", template()))
    last = {name.rpartition(".")[2] for name in named}
    assert {key for properties in tables_of(schema).values() for key in properties} <= last


def test_the_reference_page_documents_exactly_the_keys_of_the_schema(schema):
    documented, path = {}, None
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = re.search(r"`\[+([a-z_.]+)\]+`", line)
            path = heading[1] if heading else "" if "top of the file" in line else None
        row = re.match(r"\| `([a-z_]+)` \|", line)
        if row and path is not None:
            documented.setdefault(path, set()).add(row[1])
    assert documented == {path: set(properties) for path, properties in tables_of(schema).items()}
