"""What pages say about the drug: each claim with its verdict, the truth with its sources, and what answers it here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from baclo.errors import UnknownKey, raise_knowledge
from baclo.evidence.links import COMMAND, targets
from baclo.knowledge.facts import Seen
from baclo.knowledge.library import Knowledge, Table
from baclo.knowledge.words import Text, text


class Verdict(StrEnum):
    """How a claim stands against the sources; a placeholder says nothing that could be checked."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    CONTRADICTED = "contradicted"
    UNVERIFIABLE = "unverifiable"
    PLACEHOLDER = "placeholder"


class Coverage(StrEnum):
    """Whether the program computes the answer, only tells it from sources, or will compute it later."""

    COMPUTED = "computed"
    ANSWERED = "answered"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim: its words, its verdict, the truth, and what it rests on.

    `sources` are `source:KEY`, `seen` the weakest reading among them, None where there are none. `answered_by` are
    links (`rule:`, `fact:`, `model:`, `command:` and others). `later` names what will compute it where `status` is
    later, else it is None. `clashes_with` are the ids of claims that cannot all be true with this one.
    """

    id: str
    claim: str
    topic: str
    verdict: Verdict
    truth: Text
    sources: tuple[str, ...]
    seen: Seen | None
    answered_by: tuple[str, ...]
    status: Coverage
    later: str | None
    clashes_with: tuple[str, ...]
    note: str | None


def read_claims(knowledge: Knowledge) -> tuple[Claim, ...]:
    """Every claim in the order of the ids; `KnowledgeError` with every link that leads nowhere, all at once."""
    rows: dict[str, Table] = {}
    problems = []
    for stem, table in knowledge.folder("claims").items():
        problems += [f"claims/{stem} {key}: said twice" for key in table if key in rows]
        rows |= table
    known = targets(knowledge)
    problems += [f"claim {key}: {problem}" for key, row in rows.items() for problem in _loose_ends(key, rows, known)]
    raise_knowledge(problems)
    return tuple(_claim(knowledge, key, rows[key]) for key in sorted(rows))


def chosen(
    claims: tuple[Claim, ...],
    *ids: str,
    topic: str | None = None,
    verdict: str | None = None,
    status: str | None = None,
) -> tuple[Claim, ...]:
    """The claims of those ids, or all of them, that have this topic, verdict and status where one is asked for.

    `UnknownKey` for an id, topic, verdict or status that no claim has, with those there are.
    """
    every = {claim.id: claim for claim in claims}
    for name in ids:
        if name not in every:
            near = get_close_matches(name, every)
            raise UnknownKey(f"no claim is called {name!r}{'; near: ' + ', '.join(near) if near else ''}")
    found = tuple(every[name] for name in ids) if ids else claims
    for what, wanted in (("topic", topic), ("verdict", verdict), ("status", status)):
        there = sorted({getattr(claim, what) for claim in claims})
        if wanted is not None and wanted not in there:
            raise UnknownKey(f"no claim has the {what} {wanted!r}; there are {', '.join(there)}")
        found = tuple(claim for claim in found if wanted in (None, getattr(claim, what)))
    return found


def _loose_ends(key: str, rows: Mapping[str, Table], known: Mapping[str, str]) -> Iterator[str]:
    """Links that lead nowhere, clashes that only one side tells, and answers that nothing computes."""
    row = rows[key]
    links = [link for link in row["answered_by"] if not link.startswith(f"{COMMAND}:")]
    yield from (f"{link!r} leads nowhere" for link in (*row["sources"], *links) if link not in known)
    for other in row.get("clashes_with", ()):
        if key not in rows.get(other, {}).get("clashes_with", ()):
            yield f"clashes with {other!r}, which does not say so"
    if row["status"] == Coverage.COMPUTED and all(link.startswith("source:") for link in row["answered_by"]):
        yield "is computed by nothing"


def _claim(knowledge: Knowledge, key: str, row: Table) -> Claim:
    return Claim(
        id=key,
        claim=row["claim"],
        topic=row["topic"],
        verdict=Verdict(row["verdict"]),
        truth=text(row["truth"], knowledge.facts),
        sources=tuple(row["sources"]),
        seen=Seen(row["seen"]) if "seen" in row else None,
        answered_by=tuple(row["answered_by"]),
        status=Coverage(row["status"]),
        later=row.get("later"),
        clashes_with=tuple(row.get("clashes_with", ())),
        note=row.get("note"),
    )
