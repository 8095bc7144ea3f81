"""Findings that somebody answers for: they are told as they are, with the reason, and stand against nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from baclo.care.finding import Finding, Overridden, Severity, Status
from baclo.care.interactions import PREFIX
from baclo.care.refusal import Refusal
from baclo.care.rules import rules
from baclo.case.case import Case
from baclo.knowledge.library import Knowledge
from baclo.knowledge.words import text


def overridden(knowledge: Knowledge, case: Case, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Every finding, those of the case's overrides with their reason and refusing nothing.

    Where a rule may not be overridden (allergy, dialysis, overdose, age, caps, what is an emergency) the finding
    stays as it is, and a finding of its own says so.
    """
    if not case.overrides:
        yield from findings
        return
    allowed = overridable(knowledge)
    asked = {override.finding: override for override in case.overrides}
    for finding in findings:
        override = asked.get(finding.id)
        if override is not None and finding.id in allowed:
            why = Overridden(reason=override.reason, by=override.by)
            yield replace(finding, refuses=(), overridden=why)
        else:
            yield finding
    yield from (_not_allowed(knowledge, name) for name in asked if name not in allowed)


def overridable(knowledge: Knowledge) -> frozenset[str]:
    """The ids of the findings that somebody may answer for."""
    rows = knowledge.folder("interactions")["interactions"]
    pairs = {f"{PREFIX}{key}" for key, row in rows.items() if row.get("may_override", False)}
    return frozenset({rule.id for rule in rules(knowledge) if rule.may_override} | pairs)


def answerable(knowledge: Knowledge, refusals: Iterable[Refusal]) -> tuple[str, ...]:
    """The ids of the findings to answer for, where somebody may for every one of the refusals; else ().

    What a missing answer refuses is to be answered, not to be answered for.
    """
    allowed = overridable(knowledge)
    found = [
        set() if refusal.needs else {name.removeprefix("rule:") for name in refusal.basis} & allowed
        for refusal in refusals
    ]
    return tuple(dict.fromkeys(name for names in found for name in sorted(names))) if all(found) else ()


def _not_allowed(knowledge: Knowledge, name: str) -> Finding:
    return Finding(
        id=f"override.{name}",
        severity=Severity.WARNING,
        status=Status.PRESENT,
        title=text("Nobody can answer for {name} here: it still stands", knowledge.facts, name=name),
        detail=text(
            "An allergy, dialysis, an overdose, age, caps and emergencies are not overridden.", knowledge.facts
        ),
        action=text("Change what the case says, if it is not so.", knowledge.facts),
        needs=(),
        basis=("case:override",),
        refuses=(),
        topic="overrides",
    )
