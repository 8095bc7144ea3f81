"""The goals written with the person, line by line: each, what it lacks to be scaled, and all in one number."""

from collections.abc import Iterator

from baclo.care.advice import Point
from baclo.care.finding import Severity, Status
from baclo.care.monitor.attainment import Attainment, attainment
from baclo.care.monitor.scales import scales
from baclo.care.monitor.scored import SEVERITY, STATUS
from baclo.case.case import Case
from baclo.case.goal import Goal
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Quoted, Text, text

_PATH = "patient.goals"
_T = ("case:patient.goals", "computed:goal_attainment")


def goal_points(knowledge: Knowledge, case: Case) -> tuple[Point, ...]:
    """One line for each goal, and one for goal attainment where any is scaled; one that says so where there is none."""
    goals = case.patient.goals
    if not goals:
        return (_none(knowledge),)
    found = attainment(knowledge, goals)
    lines = tuple(_goal(knowledge, place, goal) for place, goal in enumerate(goals))
    return (*((_attained(knowledge, found),) if found.asked else ()), *lines)


def lacking(goal: Goal) -> tuple[str, ...]:
    """What a goal needs before it can be scaled: its keys that are not told."""
    told = {
        "kind": goal.kind,
        "importance": goal.importance,
        "difficulty": goal.difficulty,
        "baseline": goal.baseline,
    }
    return tuple(key for key, value in told.items() if value is None)


def _none(knowledge: Knowledge) -> Point:
    table = knowledge.folder("monitoring")["goals"]
    return Point(
        id="goals",
        status=Status.ABSENT,
        severity=Severity.WARNING,
        title=text(table["none"], knowledge.facts),
        detail=text(table["asked"], knowledge.facts),
        needs=(_PATH,),
        basis=tuple(table["sources"]),
    )


def _goal(knowledge: Knowledge, place: int, goal: Goal) -> Point:
    table = knowledge.folder("monitoring")["goals"]
    missing = lacking(goal)
    words = f"{table['missing']} {', '.join(table['needs'][key] for key in missing)}." if missing else table["scaled"]
    area = "" if goal.kind is None else f" ({goal.kind})"
    return Point(
        id=f"goal.{place}",
        status=_status(goal, missing),
        severity=Severity.INFO,
        title=text("Goal: {name}{area}{met}", {}, name=_name(place, goal), area=area, met=_met(knowledge, goal)),
        detail=text(words, knowledge.facts),
        needs=tuple(f"{_PATH}[{place}].{key}" for key in missing or _unscored(goal)),
        basis=(f"case:{_PATH}", *table["sources"]),
    )


def _unscored(goal: Goal) -> tuple[str, ...]:
    return ("attained",) if goal.attained is None else ()


def _status(goal: Goal, missing: tuple[str, ...]) -> Status:
    """Whether the goal is met; not known while it cannot be scaled or was not scored since."""
    if missing or goal.attained is None:
        return Status.UNKNOWN
    return Status.PRESENT if goal.attained >= 0 else Status.ABSENT


def _name(place: int, goal: Goal) -> Quoted:
    return Quoted(words=f'"{goal.name}"', basis=(f"case:{_PATH}[{place}]",))


def _met(knowledge: Knowledge, goal: Goal) -> str:
    """Whether the goal is met now, where that is told."""
    if goal.attained is None:
        return ""
    table = knowledge.folder("monitoring")["goals"]
    return f": {table['met'] if goal.attained >= 0 else table['unmet']}"


def _attained(knowledge: Knowledge, found: Attainment) -> Point:
    scale = next(one for one in scales(knowledge) if one.id == "goal_attainment")
    return Point(
        id="goal_attainment",
        status=STATUS[found.verdict],
        severity=SEVERITY[found.verdict],
        title=Text(tuple(_title(found))),
        detail=Text((*scale.limits_words.pieces, " ", *scale.definition.pieces, f" {scale.traps[0]}")),
        needs=tuple(f"{_PATH}[{place}]" for place in found.left_out),
        basis=(*_T, "fact:gas.mean", "fact:gas.spread", "fact:gas.correlation", *scale.sources),
    )


def _title(found: Attainment) -> Iterator[str | Number | Quoted]:
    """T before and now with its change; the change only where both rest on the same goals."""
    before, now = found.baseline_t, found.attained_t
    yield "Goal attainment, T"
    if before is None and now is None:
        yield " cannot be computed: no goal has both a weight and a score"
    if before is not None:
        yield " "
        yield Number(value=before, unit="1", basis=_T)
        yield " before"
    if now is not None:
        yield " " if before is None else ", "
        yield Number(value=now, unit="1", basis=_T)
        yield " now"
    if before is not None and now is not None and not found.left_out:
        yield ", change "
        yield Number(value=now - before, unit="1", basis=_T)
    if found.left_out:
        yield "; some goals are scaled only in part"
    yield f": {found.verdict.value}"
