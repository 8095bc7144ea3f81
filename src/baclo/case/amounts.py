"""Daily doses that cannot be meant: totals and goals in the wrong unit."""

from collections.abc import Iterator, Mapping

from baclo.case.form import QuestionForm, RegimenForm
from baclo.case.quantity import KINDS, write_quantity
from baclo.errors import Problem
from baclo.knowledge.library import Knowledge


def amount_problems(
    knowledge: Knowledge, regimens: Mapping[int, RegimenForm], question: QuestionForm | None
) -> Iterator[Problem]:
    """Every regimen whose doses of a day, and a goal that, no one can mean to take."""
    low, high = knowledge.fact("fact:case.plausible.daily_dose_taken").numbers_in("mg/d")
    low_ug, high_ug = knowledge.fact("fact:case.plausible.daily_dose_taken").numbers_in("ug/d")
    for place, regimen in regimens.items():
        total_ug = sum(row.amount.value for row in regimen.doses)
        if not low_ug <= total_ug <= high_ug:
            yield Problem(
                path=f"regimen[{place}].doses",
                message="the doses of a day together cannot be meant",
                value=write_quantity(total_ug, KINDS["daily_dose"]),
                allowed=f"{low:g} to {high:g} mg/d",
            )
    goal = None if question is None else question.goal
    if goal is not None and 0 < goal.value < low_ug:
        yield Problem(
            path="question.goal",
            message="cannot be meant",
            value=f'"{goal.entered}"',
            allowed=f"0 mg/d, or {low:g} to {high:g} mg/d",
        )
