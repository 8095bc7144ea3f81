"""The answer in words beside the plan: each missed dose, why, until when, what to watch for, whom to call."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from baclo.care.advice import Advice, Point
from baclo.care.agenda import Entry, Occasion
from baclo.care.amounts import dose_in_words
from baclo.care.finding import Finding, Severity, Status
from baclo.care.plan import Plan
from baclo.care.resume.beginning import never_taken
from baclo.care.resume.choices import choices
from baclo.care.resume.gap import Way
from baclo.care.resume.passed import passed, passed_points, passed_title
from baclo.care.resume.planner import Situation, situation
from baclo.care.resume.supply import supply_points
from baclo.care.resume.telling import point, say
from baclo.care.resume.today import Answer, Verdict, next_midnight, overfull
from baclo.care.resume.too_much import too_much_headline, too_much_points, too_much_until
from baclo.care.triage import Level
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text, text

_GRAVE = {Answer.ASK: Severity.WARNING}


def advise(
    knowledge: Knowledge, case: Case, picture: KidneyPicture, plan: Plan | None, _findings: tuple[Finding, ...]
) -> Advice:
    """What holds for the missed doses of a case; it tells of no dose that the gate has not let out."""
    now = situation(knowledge, case, picture)
    admitted = plan is not None and not plan.refused
    points = tuple(_points(knowledge, now, admitted=admitted))
    return Advice(
        headline=_headline(knowledge, now, plan, admitted=admitted),
        critical=any(one.severity is Severity.CRITICAL for one in points),
        points=points,
        agenda=tuple(sorted(_agenda(knowledge, now, admitted=admitted), key=lambda entry: entry.since)),
        notes=() if plan is None else plan.notes,
    )


def _calls(now: Situation) -> bool:
    """Whether somebody is to be called today; in an emergency that is the emergency number, and nobody else."""
    return now.gap.call_today and not _emergency(now)


def _emergency(now: Situation) -> bool:
    return now.urgency.told and now.urgency.level is Level.EMERGENCY_NOW


def _verdicts(now: Situation, *, admitted: bool) -> tuple[Verdict, ...]:
    """The answers about single doses, where the plan that holds them was let out."""
    return now.today.verdicts if admitted and now.gap.way is Way.USUAL else ()


def _headline(knowledge: Knowledge, now: Situation, plan: Plan | None, *, admitted: bool) -> Text:
    if _emergency(now):
        cause = now.urgency.causes[0].title
        return say(knowledge, "headline", "emergency", title=now.urgency.title, cause=cause)
    if now.case.patient.has_pump:
        return say(knowledge, "headline", "pump")
    if now.gap.way is not Way.USUAL:
        decide = "hardly" if now.gap.hardly else "decide"
        key = decide if now.gap.way is Way.DECIDE else "restart" if admitted else "restart_refused"
        return say(knowledge, "headline", key, length=now.gap.length)
    if plan is not None and plan.refused:
        reason = plan.refusals[0].reason
        if now.excess is not None:
            return too_much_headline(knowledge, now, now.excess, reason)
        return say(knowledge, "headline", "refused", reason=reason)
    verdicts = _verdicts(now, admitted=admitted)
    if not verdicts:
        return _nothing(knowledge, now)
    answer = _title(knowledge, now, _first(verdicts))
    return say(knowledge, "headline", "call", answer=answer) if now.gap.call_today else answer


def _nothing(knowledge: Knowledge, now: Situation) -> Text:
    """Where no dose is to be answered: what was taken too much, else what is over of the last day, else nothing."""
    over = passed(knowledge, now)
    if now.excess is not None:
        return too_much_headline(knowledge, now, now.excess, None)
    if over:
        return say(knowledge, "headline", "passed", what=passed_title(knowledge, over[-1]))
    return say(knowledge, "headline", "nothing")


def _first(verdicts: tuple[Verdict, ...]) -> Verdict:
    """The answer that asks for something now, else that about the newest dose."""
    return max(verdicts, key=lambda one: (one.answer in (Answer.TAKE, Answer.AGAIN), one.slot.due))


def _title(knowledge: Knowledge, now: Situation, verdict: Verdict) -> Text:
    pieces: dict[str, Any] = {"due": verdict.slot.due, "dose": _dose(knowledge, verdict)}
    if verdict.at is not None:
        pieces["at"] = verdict.at
    if verdict.until is not None:
        key = "now" if verdict.at == now.case.now else "later"
        pieces["when"] = say(knowledge, "when", key, **pieces, until=verdict.until)
    return say(knowledge, "answer", verdict.answer.value, **pieces)


def _dose(knowledge: Knowledge, verdict: Verdict) -> Text:
    return dose_in_words(knowledge, verdict.slot.regimen.product, verdict.slot.amount_ug)


def _points(knowledge: Knowledge, now: Situation, *, admitted: bool) -> Iterator[Point]:
    """Every point in the order in which it matters."""
    if _emergency(now):
        actions = text("{actions}", {}, actions=" ".join(now.urgency.actions))
        title = text("{title}", {}, title=now.urgency.title)
        yield point(
            knowledge, "emergency", Severity.CRITICAL, Status.PRESENT, now.urgency.basis, title=title, actions=actions
        )
    if now.case.patient.has_pump:
        yield point(
            knowledge, "pump", Severity.CRITICAL, Status.PRESENT, ("case:patient.has_pump", "source:pdr_baclofen")
        )
    if not _emergency(now):
        yield from too_much_points(knowledge, now)
    for verdict in _verdicts(now, admitted=admitted):
        yield _of_dose(knowledge, now, verdict)
    for verdict in _left_out(now, admitted=admitted):
        yield replace(_of_dose(knowledge, now, verdict), id=f"over.{verdict.slot.due.isoformat()}")
    yield from passed_points(knowledge, now)
    if _calls(now):
        yield point(knowledge, "call", Severity.CRITICAL, Status.PRESENT, ("case:dose",))
    if now.gap.hardly:
        yield point(knowledge, "hardly", Severity.CRITICAL, Status.PRESENT, ("case:dose",))
    elif now.gap.in_row:
        yield _gap(knowledge, now)
    yield from choices(knowledge, now)
    if any(slot.vomited for slot in now.told.missing):
        yield point(knowledge, "vomiting", Severity.WARNING, Status.PRESENT, ("case:dose",))
    yield from supply_points(knowledge, now)
    yield _before(knowledge, now)
    yield point(knowledge, "watch", Severity.WARNING, None, ("source:coffey_2002", "source:us_granules_label"))
    yield point(knowledge, "never", Severity.INFO, None, now.rule.basis)
    yield point(knowledge, "rule", Severity.INFO, None, now.rule.basis, says=now.rule.says)
    yield _sources(knowledge)


def _left_out(now: Situation, *, admitted: bool) -> tuple[Verdict, ...]:
    """The coming doses to leave out after too much, where no plan says so."""
    silent = admitted or now.excess is None or now.gap.way is not Way.USUAL
    barred = silent or _emergency(now) or now.case.patient.has_pump
    return () if barred else overfull(now.case, now.rule, now.told)


def _gap(knowledge: Knowledge, now: Situation) -> Point:
    """How long it is since a dose was certainly taken, or since the first was due where none was."""
    key = "gap"
    if now.told.from_first:
        key = "gap_never" if never_taken(knowledge, now.case, now.told) else "gap_none"
    severity = Severity.INFO if now.gap.way is Way.USUAL else Severity.CRITICAL
    made = point(knowledge, key, severity, Status.PRESENT, ("case:dose",), length=now.gap.length)
    return replace(made, id="gap")


def _of_dose(knowledge: Knowledge, now: Situation, verdict: Verdict) -> Point:
    title = _title(knowledge, now, verdict)
    return Point(
        id=f"dose.{verdict.slot.due.isoformat()}",
        status=None,
        severity=_GRAVE.get(verdict.answer, Severity.INFO),
        title=title,
        detail=say(knowledge, "reason", verdict.reason.value),
        needs=("dose",) if verdict.answer is Answer.ASK else (),
        basis=("case:regimen", *now.rule.basis),
    )


def _before(knowledge: Knowledge, now: Situation) -> Point:
    """The look at the person before a late dose; not known where nobody asked for symptoms."""
    told = now.case.patient.symptoms is not None
    return Point(
        id="before",
        status=None if told else Status.UNKNOWN,
        severity=Severity.WARNING,
        title=say(knowledge, "point", "before", "title"),
        detail=say(knowledge, "point", "before", "detail"),
        needs=() if told else ("patient.symptoms",),
        basis=("source:el_husseini_2011", "source:uk_tablet_smpc"),
    )


def _sources(knowledge: Knowledge) -> Point:
    """What each text says, one after the other."""
    rows = knowledge.folder("resume")["rule"]["other"].values()
    pieces = [piece for row in rows for piece in (*text(row["says"], knowledge.facts).pieces, " ")]
    basis = tuple(dict.fromkeys(name for row in rows for name in row["basis"]))
    return point(knowledge, "sources", Severity.INFO, None, basis, others=Text(tuple(pieces[:-1])))


def _agenda(knowledge: Knowledge, now: Situation, *, admitted: bool) -> Iterator[Entry]:
    """The call of today, and every dose off its time."""
    if _calls(now):
        title, detail = say(knowledge, "agenda", "call"), say(knowledge, "point", "call", "detail")
        yield _entry(now, title, detail, now.case.now, next_midnight(now.case))
    if now.excess is not None and not _emergency(now):
        title, detail = say(knowledge, "agenda", "excess"), say(knowledge, "agenda", "excess_detail")
        yield _entry(now, title, detail, now.case.now, too_much_until(now))
    for verdict in _verdicts(now, admitted=admitted):
        if verdict.at is not None:
            title = say(knowledge, "agenda", "dose", dose=_dose(knowledge, verdict))
            detail = say(knowledge, "reason", verdict.reason.value)
            yield _entry(now, title, detail, verdict.at, verdict.until)


def _entry(now: Situation, title: Text, detail: Text, since: datetime, until: datetime | None) -> Entry:
    return Entry(
        since=since,
        until=until,
        whole_day=False,
        occasion=Occasion.ACTION,
        title=title,
        detail=detail,
        basis=now.rule.basis,
    )
