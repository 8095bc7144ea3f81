"""The claims: every one is there, every link leads somewhere, and none is better off than its sources."""

import re
from collections import Counter

import pytest

from baclo.cli import cli
from baclo.errors import KnowledgeError, UnknownKey
from baclo.evidence.claims import Coverage, Verdict, chosen
from baclo.evidence.links import targets
from baclo.knowledge.facts import Seen
from baclo.knowledge.words import Number

# Counted by hand when the five pages were read, line by line: distinct claims of each.
PAGES = {"S0": 48, "S1": 87, "S2": 77, "S3": 18, "S4": 70}
VERDICTS = {"supported": 166, "partly": 73, "contradicted": 28, "unverifiable": 26, "placeholder": 7}
FROM_BEST_TO_WORST = (Seen.PRIMARY, Seen.SECONDARY, Seen.RECALLED)


def test_every_claim_of_every_page_is_there_once_and_in_order(claims):
    expected = [f"{page}-{number:03}" for page, count in PAGES.items() for number in range(1, count + 1)]
    assert [claim.id for claim in claims] == expected


def test_the_verdicts_are_those_that_were_counted(claims):
    assert Counter(claim.verdict.value for claim in claims) == VERDICTS


def test_every_link_leads_to_something_that_is_there(claims, knowledge):
    there = targets(knowledge).keys() | {f"command:{name}" for name in cli.commands}
    lost = {f"{claim.id}: {link}" for claim in claims for link in (*claim.sources, *claim.answered_by)} - {
        f"{claim.id}: {link}" for claim in claims for link in there
    }
    assert sorted(lost) == []


def test_links_of_every_kind_are_in_use(claims):
    kinds = {link.partition(":")[0] for claim in claims for link in claim.answered_by}
    assert kinds == {
        *("adverse", "command", "fact", "handling", "interaction", "model", "monitor", "product", "regimen", "rule"),
        *("source", "triage"),
    }


def test_only_what_is_to_come_says_what_will_compute_it(claims):
    assert {claim.status for claim in claims} == set(Coverage)
    assert all((claim.later is not None) == (claim.status is Coverage.LATER) for claim in claims)


def test_what_is_computed_is_computed_by_more_than_a_source(claims):
    kinds = {
        claim.id: {link.partition(":")[0] for link in claim.answered_by} - {"source"}
        for claim in claims
        if claim.status is Coverage.COMPUTED
    }
    assert [name for name, by in kinds.items() if not by] == []


def test_nothing_is_answered_by_nothing_but_what_cannot_be_checked(claims):
    empty = {claim.verdict for claim in claims if not claim.answered_by}
    assert empty <= {Verdict.PLACEHOLDER, Verdict.UNVERIFIABLE}


def test_a_claim_without_a_source_is_unverifiable_or_empty_or_says_that_it_is_a_judgement(claims):
    bare = [claim for claim in claims if not claim.sources]
    assert {claim.verdict for claim in bare if not claim.note} <= {Verdict.PLACEHOLDER, Verdict.UNVERIFIABLE}
    assert all((claim.seen is None) == (not claim.sources) for claim in claims)


def test_a_number_in_a_truth_is_a_fact_or_stands_under_a_source(claims):
    naked = [
        claim.id
        for claim in claims
        if not claim.sources
        and any(isinstance(piece, Number) or re.search(r"\d", str(piece)) for piece in claim.truth.pieces)
    ]
    assert naked == []


def test_a_claim_is_never_seen_better_than_the_facts_in_its_truth(claims, knowledge):
    better = []
    for claim in claims:
        for key in claim.truth.basis:
            fact = knowledge.fact(key)
            if fact.seen is not None and set(fact.sources) & {name.removeprefix("source:") for name in claim.sources}:
                behind = FROM_BEST_TO_WORST.index(fact.seen) > FROM_BEST_TO_WORST.index(claim.seen)
                better += [f"{claim.id}: {key}"] if behind else []
    assert better == []


def test_claims_that_are_both_supported_never_clash(claims):
    verdicts = {claim.id: claim.verdict for claim in claims}
    both = [
        f"{claim.id} {other}"
        for claim in claims
        for other in claim.clashes_with
        if claim.verdict is Verdict.SUPPORTED and verdicts[other] is Verdict.SUPPORTED
    ]
    assert both == []


def test_a_claim_names_neither_a_shop_nor_a_page(claims):
    words = re.compile(r"https?:|www\.|\.com\b|\bblog\b|\bforum\b|wikipedia|drugs\.com|mirror", re.IGNORECASE)
    found = [
        claim.id
        for claim in claims
        if words.search(" ".join([claim.claim, *map(str, claim.truth.pieces), claim.note or ""]))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        ([{"answered_by": '["rule:no.such"]'}], "claim S0-001: 'rule:no.such' leads nowhere"),
        ([{"answered_by": '["fable:cap.us"]'}], "claim S0-001: 'fable:cap.us' leads nowhere"),
        ([{"answered_by": '["source:us_tablet_label"]'}], "claim S0-001: is computed by nothing"),
        ([{"clashes_with": '["S0-002"]'}], "claim S0-001: clashes with 'S0-002', which does not say so"),
        ([{}, {}], "claims/toy_1 S0-001: said twice"),
    ],
)
def test_a_loose_end_is_refused_by_name(toy, texts, problem):
    with pytest.raises(KnowledgeError) as refused:
        toy(*(toy.said("S0-001", **changed) for changed in texts))
    assert str(refused.value) == problem


def test_all_loose_ends_are_said_at_once(toy):
    text = toy.said("S0-001", answered_by='["rule:no.such"]') + toy.said("S0-002", clashes_with='["S0-003"]')
    with pytest.raises(KnowledgeError) as refused:
        toy(text)
    assert len(str(refused.value).splitlines()) == 2


def test_two_claims_that_both_tell_of_their_clash_are_read_and_what_is_left_out_is_none(toy):
    text = toy.said("S0-002", clashes_with='["S0-001"]') + toy.said("S0-001", clashes_with='["S0-002"]')
    first, second = toy(text)
    assert (first.id, first.clashes_with, second.clashes_with) == ("S0-001", ("S0-002",), ("S0-001",))
    assert (first.later, first.note, first.seen) == (None, None, Seen.PRIMARY)
    assert first.truth.basis == ("fact:cap.us",)


def test_claims_are_chosen_by_id_in_the_order_asked(claims):
    assert [claim.id for claim in chosen(claims, "S4-001", "S0-001")] == ["S4-001", "S0-001"]
    assert chosen(claims) == claims


def test_claims_are_chosen_by_all_that_is_asked_at_once(claims):
    found = chosen(claims, topic="kidney", verdict="supported", status="computed")
    assert found
    assert {(claim.topic, claim.verdict, claim.status) for claim in found} == {("kidney", "supported", "computed")}
    assert chosen(claims, "S4-001", topic="kidney") == ()


def test_an_id_or_a_word_that_no_claim_has_is_refused_with_those_there_are(claims):
    with pytest.raises(UnknownKey, match=r"no claim is called 'S0-01'; near: S0-"):
        chosen(claims, "S0-01")
    with pytest.raises(UnknownKey, match=r"^no claim is called 'zebra'$"):
        chosen(claims, "zebra")
    with pytest.raises(UnknownKey, match=r"no claim has the status 'soon'; there are answered, computed, later"):
        chosen(claims, status="soon")
    with pytest.raises(UnknownKey, match=r"no claim has the topic 'weather'; there are adherence, "):
        chosen(claims, topic="weather")
