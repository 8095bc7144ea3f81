"""The planners as they are registered, made quick without touching a step: a thousand people are a matter of seconds.

Left out is the simulation, which moves no step; the rules, interactions and effects that refuse nothing; the words of
findings. The same check of the same case is asked once. A test holds that this changes no step and refuses nobody else.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from baclo.body.predict import predict
from baclo.care.check import check
from baclo.care.conditions import holds, named_quantities
from baclo.care.filled import basis_of, status_of
from baclo.care.finding import Finding, Status
from baclo.care.judge import Judge
from baclo.care.medicines import Reading, read_medicines
from baclo.care.overrides import overridden
from baclo.care.plan import Plan
from baclo.care.quantities import Quantity
from baclo.care.quantities.doses import doses
from baclo.care.quantities.falls import fallen
from baclo.care.quantities.kidneys import kidneys
from baclo.care.quantities.medicines import medicines
from baclo.care.quantities.person import person
from baclo.care.quantities.products import products
from baclo.care.rules import Rule, rules
from baclo.case.case import Ask, Case
from baclo.case.kidney import KidneyPicture, kidney_picture
from baclo.case.timeline import Regimen
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text
from baclo.run import PLANNERS

_SILENT = Text(("",))
OF_DOSES = {
    *("tdd", "tdd_per_kg", "largest_clock_dose", "largest_dose", "excess_in_a_day", "doses_per_day", "taking"),
    *(
        "taken_days",
        "stop_planned",
        "without_h",
        "unsure_h",
        "less_taken",
        "more_taken",
        "missed_in_row",
        "dose_vomited",
    ),
    *(
        "more_than_prescribed",
        "more_today",
        "much_more_today",
        "product_form",
        "product_concentrations",
        "modified_release",
        "cream",
    ),
}
"""The quantities that hang on what is taken; one left out here is one that a rule looks for in vain."""


def plan_of(knowledge: Knowledge, case: Case) -> Plan:
    """What the planner of the case's question makes of it."""
    planner: Callable[[Knowledge, Case, KidneyPicture], Plan] = PLANNERS[case.question.ask]
    return planner(knowledge, case, kidney_picture(knowledge, case.patient, case.now))


def questions() -> tuple[Ask, ...]:
    """The questions that a planner answers."""
    return tuple(PLANNERS)


@contextmanager
def unsimulated() -> Iterator[None]:
    """Plans without their curves, and with everything else."""
    with _replaced((predict, _nothing_simulated, "")):
        yield


@contextmanager
def quick(knowledge: Knowledge) -> Iterator[None]:
    """Plans without what moves no step."""
    with (
        _replaced(
            (predict, _nothing_simulated, ""),
            (check, Refusing(knowledge).check, "baclo.care.judge"),
        ),
        patch.object(Judge, "brought", _nothing_found),
    ):
        yield


@dataclass(slots=True)
class _Person:
    """What the rules say of one person, whatever is taken, and what they have said so far of what is."""

    case: Case
    known: Mapping[str, Quantity]
    read: Reading
    findings: tuple[Finding, ...]
    of_doses: dict[Regimen | None, tuple[Finding, ...]] = field(default_factory=dict)


class Refusing:
    """`check` of the rules that refuse something alone; what hangs on no dose is asked once of each person."""

    def __init__(self, knowledge: Knowledge) -> None:
        refusing = [rule for rule in rules(knowledge) if rule.refuses or rule.refuses_unknown]
        self._whatever_is_taken = [rule for rule in refusing if not set(named_quantities(rule.when)) & OF_DOSES]
        self._of_doses = [rule for rule in refusing if rule not in self._whatever_is_taken]
        self._last: _Person | None = None

    def check(
        self, knowledge: Knowledge, case: Case, picture: KidneyPicture, regimen: Regimen | None
    ) -> tuple[Finding, ...]:
        """As the program's, in another order."""
        person_now = self._last
        if person_now is None or person_now.case is not case:
            person_now = self._last = self._person(knowledge, case, picture)
        if regimen not in person_now.of_doses:
            taken = {**doses(knowledge, case, regimen), **products(knowledge, case, regimen, person_now.read)}
            found = _told(knowledge, self._of_doses, {**person_now.known, **taken}, case)
            person_now.of_doses[regimen] = tuple(overridden(knowledge, case, [*person_now.findings, *found]))
        return person_now.of_doses[regimen]

    def _person(self, knowledge: Knowledge, case: Case, picture: KidneyPicture) -> _Person:
        read = read_medicines(knowledge, case.patient.medicines)
        of_person = person(knowledge, case)
        known = {**of_person, **kidneys(case, picture), **medicines(knowledge, case, read)}
        known |= fallen(knowledge, case, of_person["symptoms"])
        findings = tuple(_told(knowledge, self._whatever_is_taken, known, case))
        return _Person(case=case, known=known, read=read, findings=findings)


def _told(knowledge: Knowledge, told: list[Rule], known: Mapping[str, Quantity], case: Case) -> Iterator[Finding]:
    """What the rules that refuse here say, without its words: they refuse by what they are, whatever they say."""
    for rule in told:
        truth = holds(knowledge, rule.when, known)
        status = status_of(truth)
        refuses = {Status.PRESENT: rule.refuses, Status.UNKNOWN: rule.refuses_unknown, Status.ABSENT: ()}[status]
        if refuses and (not rule.regions or case.region in rule.regions):
            yield Finding(
                id=rule.id,
                severity=rule.severity,
                status=status,
                title=_SILENT,
                detail=_SILENT,
                action=_SILENT,
                needs=truth.needs,
                basis=basis_of(f"rule:{rule.id}", rule.basis, truth),
                refuses=refuses,
                topic=rule.topic,
            )


def _nothing_simulated(*_: object, **__: object) -> object:
    """Stands for a course, which no step depends on."""
    return object()


def _nothing_found(*_: object) -> tuple[Finding, ...]:
    """Stands for findings that refuse nothing."""
    return ()


@contextmanager
def _replaced(*swaps: tuple[Any, Any, str]) -> Iterator[None]:
    """Each thing replaced wherever care has taken it by name, or in one module alone."""
    patches = [
        patch.object(module, name, new)
        for old, new, only in swaps
        for module in _care() if not only or module.__name__ == only
        for name, value in vars(module).items()
        if value is old
    ]  # fmt: skip
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in reversed(patches):
            one.stop()


def _care() -> list[Any]:
    return [module for name, module in sys.modules.items() if name.startswith("baclo.care.")]
