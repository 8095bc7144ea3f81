"""Finds a case: a file, a packaged example, or its own text."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from baclo.case.case import Ask, Case
from baclo.case.codec import read_json, read_toml
from baclo.case.form import FORMAT
from baclo.errors import InputProblems, Problem
from baclo.knowledge.facts import Region
from baclo.knowledge.library import load
from baclo.report.examples import EXAMPLE, example_text


def read_case(source: str | Path) -> Case:
    """The case in a file, in a packaged example (`example:NAME`), or in the text itself.

    A text is told from a path by its line ends or its opening brace, JSON from TOML by that brace. `InputProblems`,
    `UnknownKey` for an example that is not there, `OSError` for a file.
    """
    if isinstance(source, str) and source.startswith(EXAMPLE):
        return parse(example_text(source.removeprefix(EXAMPLE)))
    if isinstance(source, str) and ("\n" in source or source.lstrip().startswith("{")):
        return parse(source)
    try:
        return parse(Path(source).read_text("utf-8"))
    except UnicodeDecodeError as wrong:
        raise InputProblems((Problem(path="", message=f"{source} is not UTF-8 text: {wrong.reason}"),)) from None


def parse(text: str) -> Case:
    """The case in a text: JSON where it opens with a brace, else TOML; `InputProblems` with everything wrong."""
    read = read_json if text.lstrip("\ufeff \t\r\n").startswith("{") else read_toml
    return read(load(), text)


def urgent_case(case: Case | None, *, say: tuple[str, ...], region: str | None, now: datetime | None) -> Case:
    """The case, or an empty one, asked for triage with some plain words more; `region` and `now` replace its own.

    `InputProblems` where a region or a word cannot be used.
    """
    moment = datetime.now(UTC) if now is None else now
    empty = {
        "format": FORMAT,
        "now": moment.isoformat(timespec="seconds"),
        "zone": "UTC",
        "region": region or Region.EU.value,
        "question": {"ask": Ask.TRIAGE.value, "say": [words for words in say if words.strip()]},
        "patient": {},
    }
    blank = read_json(load(), json.dumps(empty))
    if case is None:
        return blank
    question = replace(case.question, ask=Ask.TRIAGE, say=(*case.question.say, *blank.question.say))
    return replace(
        case,
        question=question,
        region=case.region if region is None else blank.region,
        now=case.now if now is None else blank.now,
    )


def asked(case: Case, ask: Ask) -> Case:
    """The same case with another question."""
    return replace(case, question=replace(case.question, ask=ask))
