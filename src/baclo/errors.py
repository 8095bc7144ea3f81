"""Every error that baclo raises on purpose, and the problem a person can repair.

    BacloError
    +-- InputProblems     the case cannot be read: every problem at once, each with its path
    +-- UnknownKey        no fact, model, product or example of that name
    +-- UnitError         a unit that is not in the table, or of another dimension
    +-- NoPlan            no calendar or letter is made of a refused plan, or of an answer without dates
    +-- KnowledgeError    the packaged data contradict themselves: our fault
    +-- EngineError       a simulation failed its own check: our fault

A clinical problem is a finding, never an exception.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong in the input: where (`path`), what, the `value` with its unit, and what is `allowed`."""

    path: str
    message: str
    value: str | None = None
    allowed: str | None = None

    def __str__(self) -> str:
        parts = [f"{self.path or 'case'}: {self.message}"]
        if self.value is not None:
            parts.append(f"got {self.value}")
        if self.allowed is not None:
            parts.append(f"allowed: {self.allowed}")
        return "; ".join(parts)


class BacloError(Exception):
    """The root of every error raised on purpose."""


class InputProblems(BacloError):
    """The case cannot be read; `problems` holds every reason, never only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class UnknownKey(BacloError):
    """No fact, model, product, rule or example has that name."""


class UnitError(BacloError):
    """The unit is not in the table, or the two units do not measure the same thing."""


class NoPlan(BacloError):
    """There is no plan to put into a calendar or a letter; the words say why."""


class KnowledgeError(BacloError):
    """The packaged data contradict themselves."""


def raise_knowledge(problems: Sequence[str]) -> None:
    """`KnowledgeError` with every problem, one a line; nothing where there is none."""
    if problems:
        raise KnowledgeError("\n".join(problems))


class EngineError(BacloError):
    """A simulation did not pass its own check, such as mass balance."""
