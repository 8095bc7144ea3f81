"""The signs of withdrawal added up, as a least value; and what else looks the same, with what tells it apart."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from baclo.care.conditions import holds
from baclo.care.quantities import Quantity
from baclo.care.triage.cause import Cause, CauseKind
from baclo.care.triage.level import Level
from baclo.case.timeline import Observation
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One sign: its grade at least, in words and as a score; both None where nobody looked at it."""

    id: str
    grade_score: float | None
    words: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalScore:
    """The signs, and the least that they add up to; `missing` are those that nobody looked at."""

    title: str
    signs: tuple[Sign, ...]
    total_score: float
    missing: tuple[str, ...]
    note: Text
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Something that looks like withdrawal: how it begins, what tells it apart, what is done first.

    `medicine_taken` says whether a medicine is taken that can cause it, None where that is not known or not asked;
    `recalled` where this row is from memory.
    """

    id: str
    onset: str
    tells: tuple[str, ...]
    first: str
    medicine_taken: bool | None
    recalled: bool
    basis: tuple[str, ...]


def withdrawal_score(
    knowledge: Knowledge,
    found: Collection[str],
    denied: Collection[str],
    observations: tuple[Observation, ...],
    *,
    child: bool,
) -> WithdrawalScore:
    """The score of the symptoms `found` and of measurements; a sign that was `denied` is graded nought."""
    table = knowledge.folder("triage")["triage"]["withdrawal_score"]
    signs = tuple(_sign(knowledge, row, found, denied, observations, child=child) for row in table["item"])
    return WithdrawalScore(
        title=table["title"],
        signs=signs,
        total_score=sum(sign.grade_score or 0.0 for sign in signs),
        missing=tuple(sign.id for sign in signs if sign.grade_score is None),
        note=text(table["missing_item"], knowledge.facts),
        basis=tuple(table["basis"]),
    )


def _sign(
    knowledge: Knowledge,
    row: Mapping[str, Any],
    found: Collection[str],
    denied: Collection[str],
    observations: tuple[Observation, ...],
    *,
    child: bool,
) -> Sign:
    grades = [
        float(place) for place, one in enumerate(row["grades"], start=1) if not set(one["symptoms"]).isdisjoint(found)
    ]
    measured = [seen for seen in observations if seen.kind == row.get("observation")]
    if not (child and row.get("adults_only", False)):
        grades += [float(_band(knowledge, row["bands"], seen)) for seen in measured]
    every = [symptom for one in row["grades"] for symptom in one["symptoms"]]
    if not grades and set(every) <= set(denied):
        grades = [0.0]
    if not grades:
        return Sign(id=row["id"], grade_score=None, words=None)
    grade = int(max(grades))
    return Sign(id=row["id"], grade_score=float(grade), words=row["grades"][grade - 1]["words"] if grade else "no")


def _band(knowledge: Knowledge, bands: list[str], seen: Observation) -> int:
    """How many of the bounds of the bands a value reaches."""
    return sum(not seen.value < knowledge.number(bound, seen.unit) for bound in bands)


def score_causes(knowledge: Knowledge, score: WithdrawalScore, causes: Sequence[Cause]) -> tuple[Cause, ...]:
    """What the sum of the signs asks for, where that is more than the `causes` ask for already."""
    table = knowledge.folder("triage")["triage"]["withdrawal_score"]
    total = Number(value=score.total_score, unit="{score}", basis=("computed:withdrawal_score",))
    worst = max((sign.grade_score or 0.0 for sign in score.signs), default=0.0)
    reached = {
        Level.EMERGENCY_NOW: not score.total_score < knowledge.number(table["total_emergency"], "{score}")
        or not worst < knowledge.number(table["any_item_emergency"], "{score}"),
        Level.CALL_TODAY: not score.total_score < knowledge.number(table["total_call_today"], "{score}"),
    }
    level = next((level for level, holding in reached.items() if holding), None)
    if level is None or any(cause.level.place <= level.place for cause in causes):
        return ()
    return (
        Cause(
            kind=CauseKind.SCORE,
            id="withdrawal score",
            level=level,
            title=text(table["reason"], knowledge.facts, total=total),
            reason=score.note,
            said=(),
            sure=True,
            basis=score.basis,
        ),
    )


def alternatives(knowledge: Knowledge, known: Mapping[str, Quantity]) -> tuple[Alternative, ...]:
    """Everything that looks like withdrawal, withdrawal first; the medicines of the case are held against each."""
    return tuple(
        Alternative(
            id=row["id"],
            onset=row["onset"],
            tells=tuple(row["tells"]),
            first=row["first"],
            medicine_taken=holds(knowledge, {"takes": row["asks_medicines"]}, known).holds
            if "asks_medicines" in row
            else None,
            recalled="known" in row,
            basis=tuple(row["basis"]),
        )
        for row in knowledge.folder("triage")["triage"]["differential"]
    )
