"""The claims as rows and as words: what is said, what is true, and whether that is computed, told, or still to come."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from baclo.evidence.claims import Claim, Coverage
from baclo.evidence.links import COMMAND, targets
from baclo.knowledge.facts import Seen
from baclo.knowledge.library import Knowledge
from baclo.report.shown import SEEN, sentence

Json = dict[str, Any]
_ANSWER = {
    Coverage.COMPUTED: "computed: the program answers this, by what is linked",
    Coverage.ANSWERED: "answered: told from its sources; the program does not compute it",
    Coverage.LATER: "later: told from its sources; the program does not compute it yet",
}
_LABELS = ("says", "truth", "answer", "to come", "by", "source", "known", "clashes", "note")


def claim_rows(knowledge: Knowledge, claims: Sequence[Claim], every: Sequence[Claim]) -> list[Json]:
    """`claims` as JSON values, each with the words of what it links to and of those of `every` it clashes with."""
    known = targets(knowledge)
    others = {claim.id: claim for claim in every}
    return [
        {
            "id": claim.id,
            "topic": claim.topic,
            "claim": claim.claim,
            "verdict": claim.verdict.value,
            "truth": sentence(claim.truth, ZoneInfo("UTC")),
            "truth_basis": list(claim.truth.basis),
            "sources": [{"link": link, "citation": known[link]} for link in claim.sources],
            "seen": None if claim.seen is None else claim.seen.value,
            "status": claim.status.value,
            "later": claim.later,
            "answered_by": [{"link": link, "words": _words(known, link)} for link in claim.answered_by],
            "clashes_with": [
                {"id": name, "verdict": others[name].verdict.value, "claim": others[name].claim}
                for name in claim.clashes_with
            ],
            "note": claim.note,
        }
        for claim in claims
    ]


def coverage(rows: Sequence[Json]) -> Json:
    """How many rows there are: in all, by verdict, by status, and by what will answer those that are later."""
    return {
        "claims": len(rows),
        "verdict": dict(Counter(row["verdict"] for row in rows)),
        "status": dict(Counter(row["status"] for row in rows)),
        "later": dict(Counter(row["later"] for row in rows if row["later"] is not None)),
    }


def ledger_text(rows: Sequence[Json], *, width: int) -> str:
    """The rows to read within `width` columns, under their topics, and then how many are answered and how."""
    lines = []
    for topic, group in groupby(sorted(rows, key=lambda row: (row["topic"], row["id"])), key=lambda row: row["topic"]):
        lines += [topic.upper()]
        for row in group:
            lines += textwrap.wrap(f"{row['id']}  {row['verdict']}, {_status(row)}", width, subsequent_indent="    ")
            lines += _wrapped("says", row["claim"], width)
            lines += _wrapped("truth", row["truth"], width)
            lines += _wrapped("by", ", ".join(each["link"] for each in row["answered_by"]), width)
        lines += [""]
    return "\n".join([*lines, *_coverage_lines(rows, width)])


def claim_text(row: Json, *, width: int) -> str:
    """One row in full within `width` columns: the truth, what answers it, its sources, what clashes with it."""
    told = [("says", row["claim"]), ("truth", row["truth"]), ("answer", _ANSWER[Coverage(row["status"])])]
    told += [("to come", row["later"])] if row["later"] else []
    cited = [each["link"] for each in row["sources"]]
    told += [("by", _by(each)) for each in row["answered_by"] if each["link"] not in cited]
    told += [("source", each["citation"]) for each in row["sources"]]
    weakest = "at the weakest " if len(row["sources"]) > 1 else ""
    told += [("known", weakest + SEEN[Seen(row["seen"])])] if row["seen"] else []
    told += [("clashes", f"{each['id']} ({each['verdict']}): {each['claim']}") for each in row["clashes_with"]]
    told += [("note", row["note"])] if row["note"] else []
    lines = [line for label, words in told for line in _wrapped(label, words, width)]
    return "\n".join([f"{row['id']}  {row['verdict']}, on {row['topic']}", *lines])


def _words(known: dict[str, str], link: str) -> str:
    kind, _, name = link.partition(":")
    return f"baclo {name}" if kind == COMMAND else known[link]


def _by(each: Json) -> str:
    return f"{each['link']}: {each['words']}" if each["words"] else str(each["link"])


def _status(row: Json) -> str:
    return f"{row['status']}: {row['later']}" if row["later"] else str(row["status"])


def _wrapped(label: str, words: str, width: int) -> list[str]:
    margin = max(map(len, _LABELS))
    return textwrap.wrap(
        words,
        width,
        initial_indent=f"  {label:<{margin}}  ",
        subsequent_indent=" " * margin + "    ",
        break_on_hyphens=False,
    )


def _coverage_lines(rows: Sequence[Json], width: int) -> list[str]:
    counts = coverage(rows)
    counted = f"{counts['claims']} claims", _listed(counts["verdict"].items())
    lines = textwrap.wrap(": ".join(filter(None, counted)), width)
    for status, said in _ANSWER.items():
        if number := counts["status"].get(status.value):
            lines += textwrap.wrap(f"{number} {said}", width, initial_indent="  ", subsequent_indent="    ")
    if counts["later"]:
        words = f"To come: {_listed(counts['later'].items())}"
        lines += textwrap.wrap(words, width, initial_indent="  ", subsequent_indent="    ")
    return lines


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counts, key=lambda each: -each[1]))
