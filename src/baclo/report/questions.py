"""What is not known, gathered by what would settle it: what stands against a change of dose comes first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from baclo.care.finding import Finding, Severity, Status
from baclo.care.refusal import Refusal

_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing that the case does not say, by its path, and the unknown findings that ask for it first.

    `against` is whether any of them stands against a change of dose while it is unknown.
    """

    path: str
    findings: tuple[Finding, ...]
    against: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """The refusals of a plan: those `told`, and those `folded` because only missing answers stand behind them."""

    told: tuple[Refusal, ...]
    folded: tuple[Refusal, ...]


def refusals(of: Sequence[Refusal]) -> Refusals:
    """Every refusal that holds, in its order, and of those that hang on a missing answer the first few."""
    folded = [refusal for refusal in of if refusal.needs][_FEW:]
    told = tuple(refusal for refusal in of if refusal not in folded)
    return Refusals(told=told, folded=tuple(folded))


def questions(findings: Iterable[Finding]) -> tuple[Question, ...]:
    """The unknown ones of `findings` by the first path that each needs; the gravest first within each."""
    asked: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.status is Status.UNKNOWN and finding.needs:
            asked.setdefault(finding.needs[0], []).append(finding)
    found = [
        Question(
            path=path,
            findings=tuple(sorted(group, key=_gravity)),
            against=any(finding.refuses for finding in group),
        )
        for path, group in asked.items()
    ]
    return tuple(sorted(found, key=lambda question: not question.against))


def _gravity(finding: Finding) -> tuple[bool, int]:
    """What stands against a change before what does not, the graver before the milder."""
    return not finding.refuses, -list(Severity).index(finding.severity)
