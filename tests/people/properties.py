"""What must hold of every plan of every person; each property is a question whose answer is a list of violations."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from itertools import pairwise

from tests.people.changed import (
    HIDDEN,
    MUST_BE_KNOWN,
    NO_NUMBER,
    NOT_A_NUMBER,
    asking,
    hiding,
    later,
    of_patient,
    older,
    same_offsets,
    worse_kidneys,
)
from tests.people.drawn import forgetful
from tests.people.limits import ROOM, limits
from tests.people.missed import never_doubled
from tests.people.planning import plan_of
from tests.people.violation import Violation

from baclo.care.plan import Plan, Step
from baclo.care.standing import standing
from baclo.care.steps import by_clock
from baclo.case.case import Ask, Case
from baclo.case.kidney import kidney_picture
from baclo.knowledge.library import Knowledge

NEAR = 1e-9
MG = 1000.0


def violations(knowledge: Knowledge, case: Case, seed: int, index: int) -> Iterator[Violation]:
    """Everything about one person that ought not to be, asked one question and one of the changes to it.

    `index` picks both; who takes nothing is always asked for a rise.
    """
    turn = index // 3
    if index % 3 == 0 or not case.timeline.regimens:
        yield from of_a_rise(knowledge, asking(case, Ask.TITRATE), turn)
    elif index % 3 == 1:
        yield from of_a_fall(knowledge, asking(case, Ask.TAPER), turn)
    else:
        yield from of_missed_doses(knowledge, forgetful(case, seed, index), turn)


def of_a_rise(knowledge: Knowledge, case: Case, turn: int) -> Iterator[Violation]:
    """Limits, pieces, and one change: somebody worse, something not known, or days later."""
    made = plan_of(knowledge, case)
    for steps in schedules(made):
        yield from inside_every_limit(knowledge, case, steps)
        yield from as_dispensed(knowledge, case, steps)
    yield from refused_or_made(made)
    if made.steps or turn % 4 == 0:  # who is refused is mostly refused in every change: a quarter of them is enough
        changes = (
            *(partial(never_more_when_worse, knowledge, case, made, how) for how in WORSE),
            partial(none_without_numbers, knowledge, case),
            partial(none_without_what_must_be_known, knowledge, case),
            partial(the_same_days_later, knowledge, case, made),
        )
        yield from changes[turn // 4 % len(changes)](turn // 4 // len(changes))


def of_a_fall(knowledge: Knowledge, case: Case, turn: int) -> Iterator[Violation]:
    """Falls and pieces, and one change: something not known, a number that is none, or days later."""
    made = plan_of(knowledge, case)
    for steps in schedules(made):
        yield from never_rising_and_ending(knowledge, case, steps)
        yield from as_dispensed(knowledge, case, steps)
    yield from refused_or_made(made)
    changes = (
        partial(never_refused_by_what_is_unknown, knowledge, case, made, HIDDEN_ONES),
        partial(never_refused_by_what_is_unknown, knowledge, case, made, NUMBERS),
        partial(the_same_days_later, knowledge, case, made),
    )
    yield from changes[turn % len(changes)](turn // len(changes))


def of_missed_doses(knowledge: Knowledge, case: Case, turn: int) -> Iterator[Violation]:
    """Nothing doubled; as usual days later; and nothing for who has a pump, or may have one, or may be allergic."""
    made = plan_of(knowledge, case)
    yield from never_doubled(knowledge, case, made)
    for steps in schedules(made):
        yield from as_dispensed(knowledge, case, steps)
    yield from refused_or_made(made)
    changes = (partial(none_without, knowledge, case), partial(the_same_days_later, knowledge, case, made))
    yield from changes[turn % len(changes)](turn // len(changes))


def schedules(plan: Plan) -> list[Sequence[Step]]:
    """Its own steps and those of the others that could have been chosen."""
    return [steps for steps in (plan.steps, *(other.steps for other in plan.others)) if steps]


def totals_mg(steps: Sequence[Step]) -> list[float]:
    """The daily doses, mg."""
    return [step.total_ug_per_day / MG for step in steps]


def inside_every_limit(knowledge: Knowledge, case: Case, steps: Sequence[Step]) -> Iterator[Violation]:
    """No first dose, rise, daily or single dose, or length of a step beyond its limit after rounding."""
    picture = kidney_picture(knowledge, case.patient, case.now)
    bounds = limits(knowledge, case, picture)
    if bounds is None:
        yield Violation(what="a rise where the kidneys or the age allow none", seen=_words(steps))
        return
    taken = going_on(knowledge, case, steps)
    before, single = sum(taken.values()) / MG, max(taken.values(), default=0.0) / MG
    for step in steps:
        total, largest = step.total_ug_per_day / MG, max(dose.amount_ug for dose in by_clock(step.doses)) / MG
        top = bounds.first_mg_per_day if before == 0 else before + bounds.rise_mg_per_day
        if not before < total <= min(top * ROOM, bounds.cap_mg_per_day):
            yield Violation(
                what="a daily dose beyond its limit", seen=f"{total} after {before}, {bounds}: {_words(steps)}"
            )
        if not largest <= min(bounds.single_mg, (single + bounds.single_rise_mg) * ROOM):
            yield Violation(what="a single dose beyond its limit", seen=f"{largest} after {single}: {_words(steps)}")
        if not abs(sum(dose.amount_ug for dose in step.doses) - step.total_ug_per_day) <= NEAR * step.total_ug_per_day:
            yield Violation(what="a daily dose that is not the sum of its doses", seen=_words(steps))
        before, single = total, largest
    yield from _lasting(bounds.least_days, steps)


def _lasting(least_days: float, steps: Sequence[Step]) -> Iterator[Violation]:
    for step, following in pairwise(steps):
        if (
            step.until != following.since
            or (_wall(following.since) - _wall(step.since)) / timedelta(days=1) < least_days
        ):
            yield Violation(what="a step shorter than its least days, or a gap after it", seen=_words(steps))
    if steps[-1].until is not None:
        yield Violation(what="a last step that ends", seen=_words(steps))


def _wall(at: datetime) -> datetime:
    return at.replace(tzinfo=None)


def as_dispensed(knowledge: Knowledge, case: Case, steps: Sequence[Step]) -> Iterator[Violation]:
    """Every dose is whole pieces of a product that is dispensed, and they make its amount."""
    products = {key: row for table in knowledge.folder("products").values() for key, row in table.items()}
    for dose in (dose for step in steps for dose in step.doses):
        row = products.get(dose.product)
        if row is None:
            yield Violation(what="a product that nobody dispenses", seen=dose.product)
            continue
        liquid = row["form"] == "liquid"
        if liquid and case.question.ask is Ask.RESUME:  # the usual dose is what was prescribed, whatever its volume
            continue
        strength = knowledge.facts[row["strength"].removeprefix("fact:")]
        strength_ug = strength.number_in("mg/mL") * MG if liquid else strength.number_in("ug")
        parts = 2.0 if liquid else 1.0  # a syringe is read to half a millilitre
        if "parts" in row:
            parts = knowledge.facts[row["parts"].removeprefix("fact:")].number_in("1")
        pieces = dose.units * parts
        if not (pieces >= 1 and abs(pieces - round(pieces)) < NEAR):
            yield Violation(what="a part that cannot be broken off or measured", seen=f"{dose}")
        if not abs(dose.units * strength_ug - dose.amount_ug) <= NEAR * dose.amount_ug:
            yield Violation(what="pieces that do not make the dose", seen=f"{dose}")
        if case.question.ask is Ask.TITRATE and case.products is not None and dose.product not in case.products:
            yield Violation(what="a rise in a product that is not at hand", seen=f"{dose}")
        if case.products is None and row["region"] != case.region:
            yield Violation(what="a product of another region", seen=f"{dose}")


def refused_or_made(plan: Plan) -> Iterator[Violation]:
    """Steps or reasons, never both and never neither."""
    if plan.refused == bool(plan.steps):
        yield Violation(what="steps and reasons against them, or neither", seen=f"{plan.refusals} {_words(plan.steps)}")


def older_one(case: Case, turn: int) -> Case | None:
    """An adult some years older."""
    return older(case, 0.5 + turn % 37)


def worse_one(case: Case, turn: int) -> Case | None:
    """Everything measured of the kidneys worse."""
    return worse_kidneys(case, 1.02 + (turn % 29) / 10)


def less_known(case: Case, turn: int) -> Case:
    """One thing less is known."""
    return hiding(case, tuple(HIDDEN)[turn % len(HIDDEN)])


WORSE: tuple[Callable[[Case, int], Case | None], ...] = (older_one, worse_one, less_known)


def never_more_when_worse(
    knowledge: Knowledge, case: Case, made: Plan, how: Callable[[Case, int], Case | None], turn: int
) -> Iterator[Violation]:
    """Who is worse never gets a larger first, last or dose of any day.

    Who is refused because of how high the plan would go, or because two measures of the kidneys do not agree, may get
    the lower plan of one who is worse, whose measures may agree.
    """
    worse = how(case, turn)
    other = () if worse is None else plan_of(knowledge, worse).steps
    if other and made.refused:
        if not any({"case:regimen", "rule:kidney.conflict"} & {*refusal.basis} for refusal in made.refusals):
            yield Violation(what=f"a plan only for who is worse: {how.__name__}", seen=_words(other))
    elif other:
        beyond = [step for step in other if step.total_ug_per_day > _most_until(made.steps, step) * ROOM]
        if beyond:
            yield Violation(
                what=f"more for who is worse: {how.__name__}", seen=f"{_words(made.steps)} but {_words(beyond)}"
            )


def _most_until(steps: Sequence[Step], at: Step) -> float:
    """The largest daily dose of the schedule up to the end of that step."""
    return max((step.total_ug_per_day for step in steps if at.until is None or step.since < at.until), default=0.0)


def none_without_numbers(knowledge: Knowledge, case: Case, turn: int) -> Iterator[Violation]:
    """A number that is none refuses a rise."""
    name = tuple(NO_NUMBER)[turn % len(NO_NUMBER)]
    changed = None if name == "creatinine" and _otherwise(case) else NO_NUMBER[name](case, NOT_A_NUMBER)
    if changed is not None and schedules(made := plan_of(knowledge, changed)):
        yield Violation(what=f"a rise with no number for {name}", seen=_words(made.steps))


def none_without_what_must_be_known(knowledge: Knowledge, case: Case, turn: int) -> Iterator[Violation]:
    """What must be known refuses a rise while it is not."""
    missing = MUST_BE_KNOWN[turn % len(MUST_BE_KNOWN)]
    if schedules(plan_of(knowledge, hiding(case, missing))):
        yield Violation(what=f"a rise without {missing}", seen=f"{case.title}")


def none_without(knowledge: Knowledge, case: Case, turn: int) -> Iterator[Violation]:
    """What must be known refuses every dose after missed ones while it is not."""
    missing = KNOWN_BEFORE_GOING_ON[turn % len(KNOWN_BEFORE_GOING_ON)]
    if plan_of(knowledge, of_patient(case, **{missing: None})).steps:
        yield Violation(what=f"a dose without {missing}", seen=f"{case.title}")


KNOWN_BEFORE_GOING_ON = ("symptoms", "has_pump", "allergies")


def the_same_days_later(knowledge: Knowledge, case: Case, made: Plan, turn: int) -> Iterator[Violation]:
    """Everything so many days later gives the same doses as much later; not asked where a clock changed between."""
    days = 1 + turn % 90
    moved = later(case, days)
    if not same_offsets(case, moved):
        return
    then = plan_of(knowledge, moved)
    for one, other in zip(schedules(made), schedules(then), strict=False):
        if _timed(one, timedelta(days=days)) != _timed(other, timedelta(0)):
            yield Violation(what="another plan days later", seen=f"{_words(one)} but {_words(other)}")
    if [len(steps) for steps in schedules(made)] != [
        len(steps) for steps in schedules(then)
    ] or made.refused != then.refused:
        yield Violation(what="another answer days later", seen=f"{_words(made.steps)} but {_words(then.steps)}")


def _timed(steps: Sequence[Step], by: timedelta) -> list[tuple[object, ...]]:
    return [
        (
            _wall(step.since) + by,
            None if step.until is None else _wall(step.until) + by,
            [(dose.clock, dose.amount_ug, dose.product, dose.at and _wall(dose.at) + by) for dose in step.doses],
        )
        for step in steps
    ]


def never_rising_and_ending(knowledge: Knowledge, case: Case, steps: Sequence[Step]) -> Iterator[Violation]:
    """No dose of the day ever rises, every step falls, and the last one is the goal or as near as the pieces come."""
    before = going_on(knowledge, case, steps)
    for step in steps:
        after = {dose.clock: dose.amount_ug for dose in by_clock(step.doses)}
        risen = [clock for clock, amount in after.items() if not amount <= before.get(clock, 0.0) * ROOM]
        if risen or not sum(after.values()) < sum(before.values()) * ROOM:
            yield Violation(what="a taper that rises", seen=f"{before} then {after}")
        before = after
    goal = case.question.goal_ug_per_day or 0.0
    left = steps[-1].total_ug_per_day
    if (left != 0.0) if goal == 0 else not left >= goal / ROOM:
        yield Violation(what="a taper that does not end at its goal", seen=f"{goal / MG}: {_words(steps)}")
    yield from _lasting(0.999, steps)


def going_on(knowledge: Knowledge, case: Case, steps: Sequence[Step]) -> dict[time, float]:
    """What is taken by the clock when the plan begins, ug."""
    first = steps[0].since
    now = standing(knowledge, case, first)
    return {} if now.regimen is None else {dose.clock: dose.amount_ug for dose in now.regimen.doses}


HIDDEN_ONES = tuple((name, partial(hiding, name=name)) for name in HIDDEN)
NUMBERS = tuple((name, partial(change, value=NOT_A_NUMBER)) for name, change in NO_NUMBER.items() if name != "goal")
Change = tuple[str, Callable[[Case], Case | None]]


def never_refused_by_what_is_unknown(
    knowledge: Knowledge, case: Case, made: Plan, changes: Sequence[Change], turn: int
) -> Iterator[Violation]:
    """What is not known, or is no number, never refuses a reduction, nor makes it quicker.

    Not asked where the kidneys are known from more than creatinine: without the one measure another counts.
    """
    name, change = changes[turn % len(changes)]
    other = change(case)
    if other is None or _otherwise(case):
        return
    then = plan_of(knowledge, other)
    known = {need for refusal in made.refusals for need in refusal.needs}
    new = {need for refusal in then.refusals for need in refusal.needs} - known - {"products"}
    if new or (then.refused and not made.refused and not _coarse(then)):
        yield Violation(what=f"a reduction refused without {name}", seen=f"{then.refusals}")
    if made.steps and then.steps and not _over(then.steps) >= _over(made.steps):
        yield Violation(
            what=f"a quicker reduction without {name}", seen=f"{_words(made.steps)} but {_words(then.steps)}"
        )


def _otherwise(case: Case) -> bool:
    """Whether the kidneys are known from more than creatinine."""
    patient = case.patient
    return bool(patient.cystatin_c or patient.measured_clearance or patient.reported_egfr)


def _coarse(plan: Plan) -> bool:
    return all("products" in refusal.needs for refusal in plan.refusals)


def _over(steps: Sequence[Step]) -> datetime:
    return steps[-1].since


def _words(steps: Sequence[Step]) -> str:
    return "; ".join(
        f"{step.since:%m-%d} " + "+".join(f"{dose.amount_ug / MG:g}@{dose.clock:%H:%M}" for dose in step.doses)
        for step in steps
    )
