"""From an outcome to JSON: every key always there, in one order; a number that is not finite is null."""

import json
import math
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from baclo.body.course import Course
from baclo.care.advice import Advice, Point
from baclo.care.agenda import Entry
from baclo.care.finding import Finding
from baclo.care.plan import Other, Plan, PlanDose, Refusal, Step
from baclo.case.codec import case_to_json
from baclo.knowledge.facts import Fact
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Text
from baclo.report.references import References, used_by
from baclo.report.shown import sentence
from baclo.report.urgency import triage_to_json
from baclo.run import Outcome
from baclo.units import convert

Json = dict[str, Any]
_DIGITS = 12


def outcome_to_json(knowledge: Knowledge, outcome: Outcome) -> Json:
    """The outcome as plain JSON values, in the shape of `outcome_schema()`.

    Doses in mg and mg/day, concentrations in ng/mL, times in hours from the course's origin or as ISO 8601 with offset.
    """
    plain = partial(_plain, zone=outcome.case.zone)
    return {
        "findings": [_finding(finding, outcome.case.zone) for finding in outcome.findings],
        "plan": None if outcome.plan is None else _plan(outcome.plan, outcome.case.zone),
        "advice": None if outcome.advice is None else _advice(outcome.advice, outcome.case.zone),
        "triage": None if outcome.triage is None else triage_to_json(knowledge, outcome.case, outcome.triage),
        "course": _course(outcome.course, outcome.case.zone),
        "exposure": plain(outcome.exposure),
        "kidney": plain(outcome.kidney),
        "case": case_to_json(outcome.case),
        "versions": dict(sorted(outcome.versions.items())),
        "references": _references(used_by(knowledge, outcome)),
    }


def json_text(value: Any) -> str:
    """One spelling of JSON: the same value gives the same bytes; NaN is refused."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _finding(finding: Finding, zone: ZoneInfo) -> Json:
    return {
        "id": finding.id,
        "severity": finding.severity.value,
        "status": finding.status.value,
        "title": sentence(finding.title, zone),
        "detail": sentence(finding.detail, zone),
        "action": sentence(finding.action, zone),
        "needs": list(finding.needs),
        "basis": list(
            dict.fromkeys([*finding.basis, *finding.title.basis, *finding.detail.basis, *finding.action.basis])
        ),
        "refuses": [change.value for change in finding.refuses],
        "topic": finding.topic,
        "overridden": None
        if finding.overridden is None
        else {"reason": finding.overridden.reason, "by": finding.overridden.by},
    }


def _plan(plan: Plan, zone: ZoneInfo) -> Json:
    return {
        "kind": plan.kind,
        "refused": plan.refused,
        "refusals": [_refusal(refusal, zone) for refusal in plan.refusals],
        "steps": [_step(step, zone) for step in plan.steps],
        "findings": [_finding(finding, zone) for finding in plan.findings],
        "notes": [_said(note, zone) for note in plan.notes],
        "not_at_home": [_refusal(reason, zone) for reason in plan.not_at_home],
        "course": _course(plan.course, zone),
        "others": [_other(other, zone) for other in plan.others],
        "dispense": [_plain(dispensed, zone) for dispensed in plan.dispense],
    }


def _other(other: Other, zone: ZoneInfo) -> Json:
    return {
        "name": None if other.name is None else _said(other.name, zone),
        "why_not": None if other.why_not is None else _said(other.why_not, zone),
        "refusals": [_refusal(refusal, zone) for refusal in other.refusals],
        "steps": [_step(step, zone) for step in other.steps],
    }


def _refusal(refusal: Refusal, zone: ZoneInfo) -> Json:
    return {
        "reason": sentence(refusal.reason, zone),
        "needs": list(refusal.needs),
        "basis": list(dict.fromkeys([*refusal.basis, *refusal.reason.basis])),
    }


def _advice(advice: Advice, zone: ZoneInfo) -> Json:
    return {
        "headline": _said(advice.headline, zone),
        "critical": advice.critical,
        "points": [_point(point, zone) for point in advice.points],
        "agenda": [_entry(entry, zone) for entry in advice.agenda],
        "notes": [_said(note, zone) for note in advice.notes],
    }


def _point(point: Point, zone: ZoneInfo) -> Json:
    return {
        "id": point.id,
        "status": None if point.status is None else point.status.value,
        "severity": point.severity.value,
        "title": sentence(point.title, zone),
        "detail": sentence(point.detail, zone),
        "needs": list(point.needs),
        "basis": list(dict.fromkeys([*point.basis, *point.title.basis, *point.detail.basis])),
    }


def _entry(entry: Entry, zone: ZoneInfo) -> Json:
    return {
        "since": _plain(entry.since, zone),
        "until": _plain(entry.until, zone),
        "whole_day": entry.whole_day,
        "occasion": entry.occasion.value,
        "title": sentence(entry.title, zone),
        "detail": sentence(entry.detail, zone),
        "basis": list(dict.fromkeys([*entry.basis, *entry.title.basis, *entry.detail.basis])),
    }


def _step(step: Step, zone: ZoneInfo) -> Json:
    return {
        "since": _plain(step.since, zone),
        "until": _plain(step.until, zone),
        "doses": [_dose(dose) for dose in step.doses],
        "total_mg_per_day": steady(convert(step.total_ug_per_day, "ug/d", "mg/d")),
        "why": _said(step.why, zone),
        "limited_by": list(step.limited_by),
        "monitor": [_said(text, zone) for text in step.monitor],
    }


def _dose(dose: PlanDose) -> Json:
    return {
        "clock": f"{dose.clock:%H:%M}",
        "mg": steady(convert(dose.amount_ug, "ug", "mg")),
        "product": dose.product,
        "units": steady(dose.units),
    }


def _course(course: Course | None, zone: ZoneInfo) -> Json | None:
    if course is None:
        return None
    band = course.band
    return {
        "origin": _plain(course.origin, zone),
        "model": course.model,
        "time_h": _plain(course.time_h, zone),
        "plasma_ng_per_ml": _plain(course.plasma_ng_per_ml, zone),
        "csf_ng_per_ml": _plain(course.csf_ng_per_ml, zone),
        "band": None if band is None else _plain(band, zone),
        "imbalance_fraction": steady(course.imbalance_fraction),
        "assumptions": [_said(text, zone) for text in course.assumptions],
        "basis": list(course.basis),
    }


def _said(text: Text, zone: ZoneInfo) -> Json:
    return {"text": sentence(text, zone), "basis": list(text.basis)}


def _references(used: References) -> Json:
    facts = [fact for cited in used.cited for fact in cited.facts] + list(used.unsourced)
    return {
        "sources": [
            {
                "mark": cited.mark,
                "key": cited.source.key,
                "citation": cited.source.citation,
                "kind": cited.source.kind,
                "year": cited.source.year,
                "url": cited.source.url,
            }
            for cited in used.cited
        ],
        "facts": [fact_to_json(fact) for fact in facts],
        "others": list(used.others),
    }


def fact_to_json(fact: Fact) -> Json:
    """A fact as data: value and interval in its unit, where it stands and how it is known."""
    return {
        "key": fact.key,
        "meaning": fact.meaning,
        "value": list(fact.value) if isinstance(fact.value, tuple) else fact.value,
        "unit": fact.unit,
        "low": fact.low,
        "high": fact.high,
        "sources": list(fact.sources),
        "place": fact.place,
        "how": fact.how.value,
        "seen": None if fact.seen is None else fact.seen.value,
        "regions": [region.value for region in fact.regions],
        "disagrees": list(fact.disagrees),
        "reason": fact.reason,
        "reviewed": fact.reviewed.isoformat(),
        "review_by": fact.review_by.isoformat(),
    }


def steady(value: float) -> float | None:
    """A float with the last digits, which differ between machines, left out; None where it is not finite."""
    if not math.isfinite(value):
        return None
    return float(f"{value:.{_DIGITS}g}")


def _plain(value: Any, zone: ZoneInfo) -> Any:
    """Any value of the program as JSON values, dataclasses by their field names."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return steady(value)
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat()
    if isinstance(value, np.ndarray):
        return [steady(number) for number in value.tolist()]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name), zone) for field in fields(value)}
    return [_plain(inner, zone) for inner in value]
