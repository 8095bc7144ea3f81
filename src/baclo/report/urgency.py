"""The answer of triage as data, the level and the numbers to ring first; and its words that every form shows."""

from typing import Any

from baclo.care.finding import Severity, Status
from baclo.care.triage import Cause, Level, Triage
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.report.emergency import Contact, emergency, everywhere
from baclo.report.shown import sentence
from baclo.report.summary import alarming, ordered
from baclo.run import Outcome

Json = dict[str, Any]


def triage_to_json(knowledge: Knowledge, case: Case, triage: Triage) -> Json:
    """The answer as plain values; `ring` holds the numbers of the region, then the emergency services elsewhere."""
    own = emergency(knowledge, case.region).contacts
    ring = dict.fromkeys((*own, *everywhere(knowledge, case.region)))
    return {
        "level": triage.level.value,
        "ring": [_contact(contact) for contact in ring],
        "title": triage.title,
        "actions": list(triage.actions),
        "told": triage.told,
        "causes": [_cause(case, cause) for cause in triage.causes],
        "symptoms": list(triage.symptoms),
        "denied": list(triage.denied),
        "unread": list(triage.unread),
        "asks": [{"path": one.path, "question": one.question} for one in triage.asks],
        "withdrawal_score": _score(case, triage),
        "alternatives": [
            {
                "id": one.id,
                "onset": one.onset,
                "tells": list(one.tells),
                "first": one.first,
                "medicine_taken": one.medicine_taken,
                "recalled": one.recalled,
                "basis": list(one.basis),
            }
            for one in triage.alternatives
        ],
        "passages": [
            {
                "title": passage.title,
                "lines": [sentence(line, case.zone) for line in passage.lines],
                "basis": list(
                    dict.fromkeys([*passage.basis, *(name for line in passage.lines for name in line.basis)])
                ),
            }
            for passage in triage.passages
        ],
        "basis": list(triage.basis),
    }


def urgency_title(outcome: Outcome, triage: Triage) -> str:
    """How soon help is needed; above anything critical a milder answer says that it goes by the complaints alone."""
    points = () if outcome.advice is None else outcome.advice.points
    grave = any(one.severity is Severity.CRITICAL and one.status is not Status.ABSENT for one in points)
    if triage.level is Level.EMERGENCY_NOW or not (grave or any(alarming(one) for one in ordered(outcome))):
        return triage.title
    return f"What is critical below comes first. By the complaints alone: {triage.title}"


def asks_heading(triage: Triage) -> str:
    """What the questions of triage are for."""
    if triage.level is Level.NEXT_VISIT:
        return "Is one of these so? Then ring today"
    return "Say it when you ring, if you know"


def _contact(contact: Contact) -> Json:
    return {
        "number": contact.number,
        "who": contact.who,
        "place": contact.place,
        "when": contact.when,
        "seen": contact.seen.value,
        "basis": list(contact.basis),
    }


def _cause(case: Case, cause: Cause) -> Json:
    return {
        "kind": cause.kind.value,
        "id": cause.id,
        "level": cause.level.value,
        "title": sentence(cause.title, case.zone),
        "reason": sentence(cause.reason, case.zone),
        "said": list(cause.said),
        "sure": cause.sure,
        "basis": list(dict.fromkeys([*cause.basis, *cause.title.basis, *cause.reason.basis])),
    }


def _score(case: Case, triage: Triage) -> Json:
    score = triage.score
    return {
        "title": score.title,
        "total": score.total_score,
        "signs": [{"id": sign.id, "grade": sign.grade_score, "words": sign.words} for sign in score.signs],
        "missing": list(score.missing),
        "note": sentence(score.note, case.zone),
        "basis": list(score.basis),
    }
