"""baclo computes baclofen therapy: what the drug will do, what is safe, what to do next and why.

    import baclo
    answer = baclo.run(baclo.load("example:ms-start"))
    answer.plan, answer.findings, answer.to_json(), answer.to_pandas("course"), answer.html()

`simulate`, `check`, `titrate`, `taper`, `prepare` and `escalate` ask their question of any case; `explain` says where a
number comes from.
Importing this package loads nothing else: numpy and pydantic come with the first question.
"""

import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from baclo.case.case import Case
    from baclo.report.explain import Explanation
    from baclo.report.notebook import Answer

__version__ = "0.1.0"
__all__ = [
    "check",
    "claims",
    "escalate",
    "examples",
    "explain",
    "load",
    "models",
    "monitor",
    "prepare",
    "resume",
    "run",
    "simulate",
    "taper",
    "titrate",
    "triage",
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

    return Answer(outcome=compute(case, known(), versions(__version__)), knowledge=known())


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


def resume(case: "Case") -> "Answer":
    """What to take after missed, late or vomited doses or a gap, and when not to."""
    return _ask(case, "resume")


def monitor(case: "Case") -> "Answer":
    """What the scores say, what is overdue, and the dated schedule of checks."""
    return _ask(case, "monitor")


def prepare(case: "Case") -> "Answer":
    """What is to be done, with dates, for what lies ahead: an operation, illness, a journey, a scan, a birth."""
    return _ask(case, "prepare")


def escalate(case: "Case") -> "Answer":
    """What must be true before a pump is considered, each so, not so, or not known; it permits nothing."""
    return _ask(case, "escalate")


def explain(key: str, *, on: "date | None" = None) -> "Explanation":
    """Where a number, source, rule, model or product comes from; `UnknownKey` names the nearest keys.

    `on` is the day that review dates are held against, today where it is None.
    """
    from datetime import UTC, datetime

    from baclo.knowledge.library import load as known
    from baclo.report.explain import explain as tell

    return tell(known(), key, on=on or datetime.now(UTC).date())


def triage(
    case: "Case | None" = None,
    *,
    say: "str | Sequence[str]" = (),
    region: str | None = None,
    now: "datetime | None" = None,
) -> "Answer":
    """How soon help is needed: by the symptoms of a case, by plain words, or by both; an empty case will do.

    `region` is US, UK or EU, and `now` the moment asked about (aware); without a case, EU and the clock.
    `InputProblems` where a region or a word cannot be used.
    """
    from baclo.report.read import urgent_case

    return run(urgent_case(case, say=(say,) if isinstance(say, str) else tuple(say), region=region, now=now))


def models() -> list[dict[str, Any]]:
    """Every model: its id, name, publication, population and range."""
    from baclo.knowledge.library import load as known
    from baclo.report.catalogue import model_rows

    return model_rows(known())


def claims(
    *ids: str, topic: str | None = None, status: str | None = None, verdict: str | None = None
) -> list[dict[str, Any]]:
    """What is claimed of the drug: each claim's verdict, the truth with its sources, and what here answers it.

    All of them, or those of `ids`, that have this topic, status (`computed`, `answered`, `later`) and verdict where
    one is asked for. `UnknownKey` for an id, topic, status or verdict that no claim has.
    """
    from baclo.evidence.claims import chosen, read_claims
    from baclo.evidence.ledger import claim_rows
    from baclo.knowledge.library import load as known

    every = read_claims(known())
    return claim_rows(known(), chosen(every, *ids, topic=topic, status=status, verdict=verdict), every)


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
