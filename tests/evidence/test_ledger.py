"""The claims as rows and to read: each says plainly whether its truth is computed, told, or still to come."""

import json

import pytest

from baclo.evidence.ledger import claim_rows, claim_text, coverage, ledger_text


@pytest.fixture(scope="module")
def rows(knowledge, claims):
    return claim_rows(knowledge, claims, claims)


@pytest.fixture(scope="module")
def row(rows):
    return {row["id"]: row for row in rows}


def test_a_row_has_the_truth_with_its_numbers_and_what_they_rest_on(row):
    assert "30 mL/min per 1.73 m²" in row["S1-071"]["truth"]
    assert "fact:kidney.avoid_below" in row["S1-071"]["truth_basis"]
    json.dumps(row, allow_nan=False)


def test_a_row_tells_what_it_links_to_and_clashes_with_in_words(row):
    assert {"link": "rule:dialysis.avoid", "words": "On dialysis: avoid baclofen"} in row["S1-071"]["answered_by"]
    assert {"link": "command:taper", "words": "baclo taper"} in row["S0-043"]["answered_by"]
    assert row["S4-032"]["clashes_with"][1] == {
        "id": "S2-002",
        "verdict": "supported",
        "claim": "Has potential for misuse.",
    }


def test_the_coverage_counts_every_row_once_and_names_what_is_to_come(rows):
    counts = coverage(rows)
    assert counts["claims"] == len(rows) == sum(counts["verdict"].values()) == sum(counts["status"].values())
    assert sum(counts["later"].values()) == counts["status"]["later"]
    assert "the intrathecal pump" in counts["later"]


def test_the_coverage_of_no_row_is_nothing():
    assert coverage([]) == {"claims": 0, "verdict": {}, "status": {}, "later": {}}
    assert ledger_text([], width=80) == "0 claims"


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_ledger_fits_its_width_and_leaves_out_no_claim(rows, width):
    told = ledger_text(rows, width=width).splitlines()
    assert [line for line in told if len(line) > width and " " in line.strip()] == []
    assert {row["id"] for row in rows} <= {line.partition(" ")[0] for line in told}


def test_the_ledger_stands_under_its_topics_and_ends_with_the_coverage(rows):
    told = ledger_text(rows, width=100)
    assert told.startswith("ADHERENCE\n")
    assert told.index("KIDNEY") < told.index("PUMP") < told.index("300 claims: supported 166, partly 73")
    assert "computed: the program answers this, by what is linked" in told
    assert "the intrathecal pump" in told.rpartition("To come: ")[2]


def test_a_ledger_of_what_is_computed_speaks_of_nothing_to_come(rows):
    told = ledger_text([row for row in rows if row["status"] == "computed"], width=100)
    assert "To come" not in told
    assert "does not compute" not in told


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("S1-071", ["answer   computed: the program answers this", "rule:dialysis.avoid: On dialysis"]),
        ("S2-005", ["clashes  S1-051 (supported): In the US it needs a valid prescription."]),
        (
            "S1-017",
            ["answer   later: told from its sources", "to come  the intrathecal pump", "known    at the weakest"],
        ),
        ("S4-005", ["answer   answered: told from its sources", "known    read in a copy"]),
        ("S1-060", ["note     A judgement"]),
        ("S0-013", ["says     An unnamed share"]),
    ],
)
def test_a_claim_in_full_says_plainly_how_it_is_answered(row, name, words):
    told = claim_text(row[name], width=300)
    head = told.splitlines()[0]
    assert head == f"{name}  {row[name]['verdict']}, on {row[name]['topic']}"
    assert all(said in told for said in words)


def test_a_claim_in_full_tells_a_source_once(row):
    told = claim_text(row["S4-005"], width=300)
    assert told.count("Winter G") == 1
    assert "source:winter_2018" not in told


def test_a_link_without_words_stands_alone(row):
    assert "by       regimen:slow\n" in claim_text(row["S1-071"], width=300)


def test_a_claim_is_never_told_without_its_verdict_and_the_truth(rows):
    told = " ".join(ledger_text(rows, width=100).split())
    for row in rows:
        head = f"{row['id']} {row['verdict']}, {row['status']}"
        later = f": {row['later']}" if row["later"] else ""
        said = " ".join(f"says {row['claim']} truth {row['truth']}".split())
        assert f"{head}{later} {said}" in told
        assert f"truth {row['truth']}" in " ".join(claim_text(row, width=10_000).split())
