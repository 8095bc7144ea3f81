"""The planners as they are registered, made quick without touching a step: a thousand people are a matter of seconds.

Left out is the simulation, which moves no step; the rules, interactions and effects that refuse nothing; the words of
findings. The same check of the same case is asked once. A test holds that this changes no step and refuses nobody else.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import baclo.care.check as check_module
from baclo.body.predict import predict
from baclo.care.adverse import adverse_effects
from baclo.care.check import check
from baclo.care.filled import filled
from baclo.care.finding import Finding
from baclo.care.interactions import interactions
from baclo.care.plan import Plan
from baclo.care.rules import rules
from baclo.case.case import Ask, Case
from baclo.case.kidney import KidneyPicture, kidney_picture
from baclo.case.timeline import Regimen
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text
from baclo.run import PLANNERS

_SILENT = Text(("",))


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
    refusing = tuple(rule for rule in rules(knowledge) if rule.refuses or rule.refuses_unknown)
    kept: dict[tuple[int, Regimen | None], tuple[Case, tuple[Finding, ...]]] = {}

    def once(knows: Knowledge, case: Case, picture: KidneyPicture, regimen: Regimen | None) -> tuple[Finding, ...]:
        key = id(case), regimen
        if key not in kept or kept[key][0] is not case:
            if len(kept) > 64:
                kept.clear()
            kept[key] = case, check(knows, case, picture, regimen)
        return kept[key][1]

    with _replaced(
        (predict, _nothing_simulated, ""),
        (check, once, "baclo.care.judge"),
        (rules, lambda _: refusing, "baclo.care.check"),
        (interactions, _nothing_found, "baclo.care.check"),
        (adverse_effects, _nothing_found, "baclo.care.check"),
        (check_module._expired, _nothing_found, "baclo.care.check"),
        (filled, _no_words, "baclo.care.check"),
    ):
        yield


def _nothing_simulated(*_: object, **__: object) -> object:
    """Stands for a course, which no step depends on."""
    return object()


def _nothing_found(*_: object) -> list[Finding]:
    """Stands for findings that refuse nothing."""
    return []


def _no_words(*_: object) -> Text:
    """Stands for a sentence: a rule refuses by what it is, whatever it says."""
    return _SILENT


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
