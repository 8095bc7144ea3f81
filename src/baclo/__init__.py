"""baclo computes baclofen therapy: what the drug will do, what is safe, what to do next and why.

    import baclo
    answer = baclo.run(baclo.load("example:ms-start"))
    answer.plan, answer.findings, answer.to_json(), answer.to_pandas("course"), answer.html()

`simulate`, `check`, `titrate` and `taper` ask their question of any case; `explain` says where a number comes from.
Importing this package loads nothing else: numpy and pydantic come with the first question.
"""

import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from baclo.case.case import Case
    from baclo.report.explain import Explanation
    from baclo.report.notebook import Answer

__version__ = "0.1.0"
__all__ = [
    "check",
    "examples",
    "explain",
    "load",
    "models",
    "run",
    "simulate",
    "taper",
    "titrate",
]


def load(source: str | Path) -> "Case":
    """A case from a file, from `example:NAME`, or from its own text (TOML, or JSON where it opens with a brace).

    `InputProblems` holds everything wrong with it; `UnknownKey` for an example that is not there, `OSError` for a
    file that cannot be read.
    """
    from baclo.report.read import read_case

    return read_case(source)


def run(case: "Case") -> "Answer":
    """The answer to the question written in the case."""
    from baclo.knowledge.library import load as known
    from baclo.report.notebook import Answer
    from baclo.report.versions import versions
    from baclo.run import run as compute

    return Answer(outcome=compute(case, known(), versions()), knowledge=known())


def simulate(case: "Case") -> "Answer":
    """What the drug does as it is given."""
    return _ask(case, "simulate")


def check(case: "Case") -> "Answer":
    """Every rule, each present, absent or unknown."""
    return _ask(case, "check")


def titrate(case: "Case") -> "Answer":
    """A plan from nothing, or from the dose taken now, up to a goal; or its refusal."""
    return _ask(case, "titrate")


def taper(case: "Case") -> "Answer":
    """A plan down, to nothing or to a dose."""
    return _ask(case, "taper")


def explain(key: str, *, on: "date | None" = None) -> "Explanation":
    """Where a number, source, rule, model or product comes from; `UnknownKey` names the nearest keys.

    `on` is the day that review dates are held against, today where it is None.
    """
    from datetime import UTC, datetime

    from baclo.knowledge.library import load as known
    from baclo.report.explain import explain as tell

    return tell(known(), key, on=on or datetime.now(UTC).date())


def models() -> list[dict[str, Any]]:
    """Every model: its id, name, publication, population and range."""
    from baclo.knowledge.library import load as known
    from baclo.report.catalogue import model_rows

    return model_rows(known())


def examples() -> list[dict[str, str]]:
    """Every packaged example: its name, title and question."""
    from baclo.report.examples import example_rows

    return example_rows()


def _ask(case: "Case", question: str) -> "Answer":
    from baclo.case.case import Ask
    from baclo.report.read import asked

    return run(asked(case, Ask(question)))


class _Package(ModuleType):
    """This package; its `run` stays the function above also when the module of that name below it is imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name == "run" and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
