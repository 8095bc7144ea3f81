"""Asks every rule and interaction of a case; each answers present, absent or unknown."""

from collections.abc import Mapping
from dataclasses import replace

from baclo.care.adverse import adverse_effects
from baclo.care.conditions import Truth, holds, named_quantities
from baclo.care.filled import basis_of, filled, missing, named, status_of
from baclo.care.finding import Finding, Severity, Status
from baclo.care.interactions import interactions
from baclo.care.overrides import overridden
from baclo.care.quantities import Quantity, quantities
from baclo.care.rules import Rule, rules
from baclo.case.case import Case
from baclo.case.kidney import KidneyPicture
from baclo.case.timeline import Regimen
from baclo.knowledge.facts import Region
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import Number, Text, text

_ORDER = {Severity.CRITICAL: 0, Severity.WARNING: 1, Severity.INFO: 2}
_STANDING = {Status.PRESENT: 0, Status.UNKNOWN: 1, Status.ABSENT: 2}


def check(knowledge: Knowledge, case: Case, picture: KidneyPicture, regimen: Regimen | None) -> tuple[Finding, ...]:
    """Every rule's and every interaction's finding with `regimen` as what is taken: present first, the gravest first.

    Rules of other regions are mentioned where they would hold, as information that refuses nothing. What somebody
    answers for keeps its place and refuses nothing.
    """
    known = quantities(knowledge, case, picture, regimen)
    findings = [_finding(knowledge, rule, known, case.region) for rule in rules(knowledge)]
    findings += interactions(knowledge, case, known)
    findings += adverse_effects(knowledge, known)
    findings += _expired(knowledge, case)
    answered = overridden(knowledge, case, findings)
    return tuple(sorted(answered, key=lambda finding: (_STANDING[finding.status], _ORDER[finding.severity])))


def _finding(knowledge: Knowledge, rule: Rule, known: Mapping[str, Quantity], region: Region) -> Finding:
    truth = holds(knowledge, rule.when, known)
    status = status_of(truth)
    finding = Finding(
        id=rule.id,
        severity=rule.severity,
        status=status,
        title=_title(knowledge, rule, known, status),
        detail=filled(knowledge, rule.detail if status is Status.PRESENT else missing(rule.unknown, truth), known),
        action=filled(knowledge, rule.action, known),
        needs=truth.needs,
        basis=_basis(rule, truth),
        refuses={Status.PRESENT: rule.refuses, Status.UNKNOWN: rule.refuses_unknown, Status.ABSENT: ()}[status],
        topic=rule.topic,
    )
    if not rule.regions or region in rule.regions:
        return finding
    return replace(
        finding,
        severity=Severity.INFO,
        title=Text((f"In {', '.join(rule.regions)}: ", *finding.title.pieces)),
        refuses=(),
    )


def _basis(rule: Rule, truth: Truth) -> tuple[str, ...]:
    return basis_of(f"rule:{rule.id}", rule.basis, truth)


def _title(knowledge: Knowledge, rule: Rule, known: Mapping[str, Quantity], status: Status) -> Text:
    """The rule's title; where it would name what is not known, or what is not so, the rule's name instead."""
    if status is Status.PRESENT:
        return filled(knowledge, rule.title, known)
    return named(rule.id, status)


def needs(rule: Rule) -> tuple[str, ...]:
    """The quantities that a rule asks for: the form's field list."""
    return named_quantities(rule.when)


def _expired(knowledge: Knowledge, case: Case) -> list[Finding]:
    """One finding where facts are past their review date."""
    late = knowledge.expired(case.now.date())
    if not late:
        return []
    count = Number(value=float(len(late)), unit="1", basis=("computed:review_dates",))
    return [
        Finding(
            id="knowledge.expired",
            severity=Severity.WARNING,
            status=Status.PRESENT,
            title=text("{count} facts are past their review date", knowledge.facts, count=count),
            detail=text("What is known may have changed since they were last reviewed.", knowledge.facts),
            action=text("Check the current label before relying on this.", knowledge.facts),
            needs=(),
            basis=tuple(f"fact:{fact.key}" for fact in late),
            refuses=(),
            topic="knowledge",
        )
    ]
