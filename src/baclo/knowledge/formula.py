"""How a derived fact follows from others: a formula is evaluated here, and nothing else is.

A formula is a table of one operation over operands: a number, another formula, or `key@unit`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import reduce
from typing import Any

from baclo.errors import KnowledgeError, UnitError
from baclo.knowledge.facts import Fact, How, Seen
from baclo.units import convert

Formula = Mapping[str, Any]
_OPERATIONS: dict[str, Callable[[float, float], float]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "power": lambda a, b: a**b,
}
_TOLERANCE = 1e-9
_FROM_BEST_TO_WORST = (Seen.PRIMARY, Seen.SECONDARY, Seen.RECALLED)


def derive(fact: Fact, facts: Mapping[str, Fact]) -> Fact:
    """A derived fact with the worst standing of the facts it rests on; what was assumed or proposed counts as recalled.

    `KnowledgeError` where the formula is malformed, rests on no fact, or gives another value than the fact says.
    """
    number, inputs = _evaluate(fact.formula, facts, (fact.key,))
    if not inputs:
        raise KnowledgeError("its formula rests on no fact")
    if len(fact.values) != 1 or not abs(fact.values[0] - number) <= _TOLERANCE * abs(number):
        raise KnowledgeError(f"says {fact.value!r}, its formula gives {number!r}")
    return replace(fact, seen=max((_standing(facts[key]) for key in inputs), key=_FROM_BEST_TO_WORST.index))


def named(formula: Formula) -> Iterator[str]:
    """Every fact key that a formula names, in order, nested formulas included."""
    for operands in formula.values():
        for operand in operands:
            if isinstance(operand, Mapping):
                yield from named(operand)
            elif isinstance(operand, str):
                yield operand.partition("@")[0]


def _standing(fact: Fact) -> Seen:
    return fact.seen if fact.how is How.STATED and fact.seen is not None else Seen.RECALLED


def _evaluate(formula: Any, facts: Mapping[str, Fact], path: tuple[str, ...]) -> tuple[float, frozenset[str]]:
    """The number a formula gives, and the underived facts it rests on."""
    if not isinstance(formula, Mapping) or len(formula) != 1:
        raise KnowledgeError(f"a formula is one operation with its operands, not {formula!r}")
    ((name, operands),) = formula.items()
    if name not in _OPERATIONS or not isinstance(operands, list) or not operands:
        raise KnowledgeError(f"operation {name!r} over {operands!r}; known: {', '.join(_OPERATIONS)}, over a row")
    pairs = [_operand(operand, facts, path) for operand in operands]
    try:
        number = reduce(_OPERATIONS[name], [number for number, _ in pairs])
    except ArithmeticError as error:
        raise KnowledgeError(f"formula {name}: {error}") from None
    return number, frozenset().union(*(inputs for _, inputs in pairs))


def _operand(operand: Any, facts: Mapping[str, Fact], path: tuple[str, ...]) -> tuple[float, frozenset[str]]:
    if isinstance(operand, Mapping):
        return _evaluate(operand, facts, path)
    if not isinstance(operand, str):
        return float(operand), frozenset()
    key, _, unit = operand.partition("@")
    if key not in facts:
        raise KnowledgeError(f"formula names unknown fact {key!r}")
    if key in path:
        raise KnowledgeError(f"formula runs in a circle: {' > '.join((*path, key))}")
    fact = facts[key]
    if len(fact.values) != 1:
        raise KnowledgeError(f"formula names {key!r}, which is a row of numbers")
    try:
        number = convert(fact.values[0], fact.unit, unit or fact.unit)
    except UnitError as error:
        raise KnowledgeError(f"formula: {error}") from None
    below = _evaluate(fact.formula, facts, (*path, key))[1] if fact.how is How.DERIVED else frozenset({key})
    return number, below
