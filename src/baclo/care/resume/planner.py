"""From what was missed to what is taken today and from midnight on: drafts that the gate admits or refuses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC

from baclo.care.finding import Change
from baclo.care.help_first import help_first
from baclo.care.late_rule import LateRule, late_rule
from baclo.care.of_late import took_more
from baclo.care.plan import Draft, Kind, Plan, admit
from baclo.care.refusal import Refusal
from baclo.care.resume.beginning import against_first_day, begins
from baclo.care.resume.excess import Excess, excess_of
from baclo.care.resume.gap import Gap, Way, gap_of
from baclo.care.resume.reduced import reduced
from baclo.care.resume.slots import Told, told
from baclo.care.resume.steps import product_of, steps_of
from baclo.care.resume.today import Placed, Today, next_midnight, today
from baclo.care.standing import Continuity, Standing
from baclo.care.steps import Step
from baclo.care.titrate import titrate
from baclo.care.triage import Triage, overheard, triage
from baclo.care.wishes import Terms
from baclo.case.case import Case
from baclo.case.gap import lived
from baclo.case.kidney import KidneyPicture
from baclo.case.timeline import Regimen
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Piece, Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A case with everything that is worked out of it before anything is planned or told."""

    case: Case
    rule: LateRule
    told: Told
    gap: Gap
    urgency: Triage
    today: Today
    excess: Excess | None


def situation(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Situation:
    """What is known of the doses, with `last_taken` in the records and every symptom that was told or heard."""
    case = lived(replace(case, now=case.now.astimezone(UTC)))
    urgency = triage(knowledge, case, picture)
    case = overheard(case, urgency)
    rule = late_rule(knowledge, case)
    doses = told(knowledge, case, rule)
    gap = gap_of(knowledge, case, rule, doses)
    return Situation(
        case=case,
        rule=rule,
        told=doses,
        gap=gap,
        urgency=urgency,
        today=today(case, rule, doses, gap.lapses),
        excess=excess_of(knowledge, case, rule, doses),
    )


def resume(knowledge: Knowledge, case: Case, picture: KidneyPicture) -> Plan:
    """What is left of today and the usual day after it; after a long gap a new start from the bottom; or a refusal.

    After a gap in between both the usual and a reduced day are shown, and neither is let out: the prescriber decides.
    """
    now = situation(knowledge, case, picture)
    if now.gap.way is Way.RESTART and not tuple(_against_all(knowledge, now)):
        return titrate(knowledge, _from_the_bottom(now), picture)
    objections = (*_against_all(knowledge, now), *_against_usual(knowledge, now))
    others = () if now.gap.way is not Way.DECIDE else tuple(_others(knowledge, now, objections))
    return admit(knowledge, now.case, picture, _usual(knowledge, now, objections), others)


def _from_the_bottom(now: Situation) -> Case:
    """The case as one that begins again, no higher than the dose that was taken, which nobody goes on taking.

    Where what was taken is no number, nor is the aim.
    """
    usual_ug = 0.0 if now.told.usual is None else now.told.usual.total_ug_per_day
    goal_ug = now.case.question.goal_ug_per_day
    aim_ug = goal_ug if goal_ug is not None and goal_ug <= usual_ug else usual_ug
    ended = tuple(
        replace(regimen, until=now.case.now) if _runs(regimen, now.case) else regimen
        for regimen in now.case.timeline.regimens
    )
    return replace(
        now.case,
        timeline=replace(now.case.timeline, regimens=ended),
        question=replace(now.case.question, goal_ug_per_day=aim_ug),
    )


def _runs(regimen: Regimen, case: Case) -> bool:
    return regimen.since < case.now and (regimen.until is None or regimen.until > case.now)


def _usual(knowledge: Knowledge, now: Situation, objections: tuple[Refusal, ...]) -> Draft:
    """The draft of the usual doses. After a gap it holds no late dose, only what the prescriber could let go on."""
    placed = now.today.placed if now.gap.way is Way.USUAL else _at_their_times(now)
    return _draft(knowledge, now, now.told.usual, placed, objections, _name(knowledge, now))


def _name(knowledge: Knowledge, now: Situation) -> Text | None:
    return None if now.gap.way is Way.USUAL else text("The usual dose again", knowledge.facts)


def _at_their_times(now: Situation) -> tuple[Placed, ...]:
    end = next_midnight(now.case)
    return tuple(Placed(at=s.due, due=s.due, amount_ug=s.amount_ug) for s in now.told.ahead if s.due < end)


def _draft(
    knowledge: Knowledge,
    now: Situation,
    regimen: Regimen | None,
    placed: Sequence[Placed],
    objections: tuple[Refusal, ...],
    name: Text | None,
) -> Draft:
    product = None if regimen is None else product_of(knowledge, now.case, regimen)
    steps: tuple[Step, ...] = ()
    if regimen is not None and product is not None:
        steps = steps_of(knowledge, now.case, regimen, product, placed)
    return Draft(
        kind=Kind.RESUME,
        change=Change.RESUME,
        standing=_standing(now),
        wishes=(),
        terms=Terms(bounds=None, taken=(), clocks=()),
        objections=objections,
        notes=tuple(_notes(knowledge, now)),
        name=name,
        why_not=None if name is None else text("Only the prescriber can choose it after such a gap.", knowledge.facts),
        dated=steps,
    )


def _standing(now: Situation) -> Standing:
    usual = now.told.usual
    since = None if usual is None else usual.since
    return Standing(continuity=Continuity.GOING_ON, regimen=usual, since=since, loose=False, later=())


def _others(knowledge: Knowledge, now: Situation, objections: tuple[Refusal, ...]) -> Iterator[Draft]:
    """Both days that the prescriber could choose: the usual one, and that of a new start by the same clock."""
    yield _usual(knowledge, now, objections)
    smaller = None if now.told.usual is None else reduced(knowledge, now.case, now.told.usual)
    if smaller is not None:
        shrunk = {dose.clock: dose.amount_ug for dose in smaller.doses}
        placed = tuple(
            replace(one, amount_ug=shrunk[one.due.astimezone(now.case.zone).time()])
            for one in _at_their_times(now)
            if one.due.astimezone(now.case.zone).time() in shrunk
        )
        name = text("A reduced dose, that of a new start, by the usual clock", knowledge.facts)
        yield _draft(knowledge, now, smaller, placed, objections, name)


def _against_all(knowledge: Knowledge, now: Situation) -> Iterator[Refusal]:
    """What stands against any dose from here, whatever was missed."""
    patient = now.case.patient
    if patient.has_pump is not False:
        words = (
            "A pump gives the baclofen: a missed refill is an emergency appointment, and tablets do not replace it."
            if patient.has_pump
            else "Nobody said whether a pump gives the baclofen: then missed tablets are not what matters."
        )
        yield _refusal(knowledge, words, "patient.has_pump", "source:pdr_baclofen")
    yield from help_first(knowledge, now.urgency)


def _against_usual(knowledge: Knowledge, now: Situation) -> Iterator[Refusal]:
    """What stands against going on with the usual dose."""
    usual, case = now.told.usual, now.case
    if usual is None or now.told.gap_h is None:
        yield _refusal(knowledge, "No dose by the clock is told that could have been missed.", "regimen")
        return
    if usual.product is None and usual.modified_release is not False:
        words = "Nobody said whether the product releases slowly; no text on late doses of such a product was found."
        yield _refusal(knowledge, words, "regimen.modified_release")
    if usual.modified_release:
        words = "The product releases slowly; no text on late doses of such a product was found: ask the pharmacist."
        yield _refusal(knowledge, words, "regimen.modified_release")
    if product_of(knowledge, case, usual) is None:
        yield _refusal(knowledge, "No product at hand gives these doses in its own units.", "regimen.product")
    if any(slot.regimen != usual for slot in now.told.ahead if slot.due < next_midnight(case)):
        yield _refusal(knowledge, "Another regimen begins today: ask how to change over.", "regimen")
    yield from against_first_day(knowledge, case, now.told)
    if took_more(knowledge, case):
        words = (
            "In the whole days of the last {fact:missed.restart_low} more was taken than the regimen says: which dose "
            "goes on is for the prescriber to say, today; until then neither more nor suddenly less."
        )
        yield _refusal(knowledge, words, "dose")
    if now.gap.hardly:
        words = (
            "In the last {fact:missed.restart_low} less than a day's doses were taken, or it was begun again after as "
            "long without: the prescriber decides between the usual and a reduced dose."
        )
        yield _refusal(knowledge, words, "dose")
    elif now.gap.way is not Way.USUAL:
        words = (
            "Nothing was certainly taken for {length}: after more than {fact:missed.resume} the prescriber decides "
            "between the usual and a reduced dose."
        )
        yield _refusal(knowledge, words, "dose", length=now.gap.length)


def _notes(knowledge: Knowledge, now: Situation) -> Iterator[Text]:
    """The rule that was used, that nothing is doubled, and what is our own proposal in it."""
    yield now.rule.says
    yield text("Never two doses at once, and never more to make up for one that was missed.", knowledge.facts)
    words = (
        "The usual dose again up to {fact:missed.resume} and a new start after {fact:missed.restart_low} are our "
        "proposal; no publication gives these numbers."
    )
    yield text(words, knowledge.facts)
    if begins(now.case, now.told):
        yield text("The first dose of a new regimen: as prescribed, neither more nor less.", knowledge.facts)
    usual = now.told.usual
    if usual is not None and usual.until is not None and usual.until <= next_midnight(now.case):
        yield text("From {until} on as the next regimen says.", knowledge.facts, until=usual.until)


def _refusal(knowledge: Knowledge, words: str, path: str, *basis: str, **pieces: Piece | Text) -> Refusal:
    reason = text(words, knowledge.facts, **pieces)
    return Refusal(reason=reason, needs=(path,), basis=(*basis, *reason.basis, f"case:{path}"))
