"""Reads a case from TOML (people) or JSON (machines), strictly, and reports every problem at once."""

from collections.abc import Mapping
from typing import Any

from baclo.case.build import build
from baclo.case.case import Case
from baclo.case.consistency import contradictions
from baclo.case.document import json_tables, toml_tables
from baclo.case.sections import read_sections
from baclo.case.write import case_to_json
from baclo.errors import InputProblems, Problem
from baclo.knowledge.library import Knowledge

__all__ = ["case_to_json", "read_case", "read_json", "read_toml"]


def read_toml(knowledge: Knowledge, text: str | bytes) -> Case:
    """The case that a TOML text writes; `InputProblems` with every problem, each with its path."""
    return read_case(knowledge, toml_tables(text))


def read_json(knowledge: Knowledge, text: str | bytes) -> Case:
    """The case that a JSON text writes; `InputProblems` with every problem, each with its path."""
    tables, problems = json_tables(text)
    return read_case(knowledge, tables, problems)


def read_case(knowledge: Knowledge, tables: Mapping[str, Any], found: tuple[Problem, ...] = ()) -> Case:
    """The case that plain tables write; moments may be texts or aware datetimes.

    Every moment of the case is in UTC. `InputProblems` with every problem (`found` are those known before): unknown
    keys, wrong units, impossible values, contradictions. Nothing is dropped, guessed or taken for another kind of
    value.
    """
    sections = read_sections(knowledge, tables)
    problems = (*found, *sections.problems, *contradictions(sections))
    if problems or sections.header is None or sections.question is None:
        raise InputProblems(problems)
    return build(sections.header, sections.question, sections)
