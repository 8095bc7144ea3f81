"""The list of survivors is in step with the sources, and the mutants are what they say."""

import importlib.util
from pathlib import Path

import pytest
import tomli

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TARGETS = tomli.loads((HERE / "targets.toml").read_text())
SURVIVORS = tomli.loads((HERE / "survivors.toml").read_text())


def _mutants(text):
    spec = importlib.util.spec_from_file_location("mutants", HERE / "mutants.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(module.mutants(text))


@pytest.mark.parametrize("file", SURVIVORS)
def test_every_survivor_names_a_mutant_that_its_source_still_has_and_says_why(file):
    named = {mutant.name for mutant in _mutants((ROOT / file).read_text())}
    rows = [(row["in"], row["before"], row["after"], row.get("nth", 0)) for row in SURVIVORS[file]]
    assert [row for row in rows if row not in named] == []
    assert len(set(rows)) == len(rows)
    assert [row["before"] for row in SURVIVORS[file] if len(row["reason"].split()) < 4] == []


def test_only_files_that_are_mutated_have_survivors():
    assert set(SURVIVORS) <= set(TARGETS)


@pytest.mark.parametrize("file", TARGETS)
def test_every_mutated_file_and_each_of_its_tests_is_there(file):
    assert [path for path in (file, *TARGETS[file]) if not (ROOT / path).is_file()] == []
    assert TARGETS[file]


def changed(text):
    """What the mutants of `text` change, but for the removal of a whole statement."""
    return [(mutant.before, mutant.after) for mutant in _mutants(text) if mutant.after != "pass"]


def removed(text):
    return [mutant.before for mutant in _mutants(text) if mutant.after == "pass"]


def test_a_comparison_is_moved_by_its_bound_and_turned_round():
    assert changed("a < b") == [("a < b", "a <= b"), ("a < b", "a >= b")]


def test_each_side_of_a_chain_is_changed_by_itself():
    assert [after for _, after in changed("a <= b < c")] == ["a < b < c", "a > b < c", "a <= b <= c", "a <= b >= c"]


def test_a_number_is_moved_by_one_both_ways_and_a_truth_is_turned():
    assert changed("f(2)") == [("f(2)", "f(3)"), ("f(2)", "f(1)")]
    assert changed("f(True)") == [("f(True)", "f(False)")]


def test_of_boolean_words_the_word_is_swapped_and_each_part_is_dropped():
    assert [after for _, after in changed("a and b")] == ["a or b", "b", "a"]


def test_a_return_gives_nothing_and_a_condition_is_turned():
    assert changed("def f(x):\n    if x:\n        return x\n    return None") == [
        ("x", "not x"),
        ("return x", "return None"),
    ]


def test_statements_are_removed_and_a_generator_without_its_yield_is_still_one():
    assert changed("def f(x):\n    x = g\n    yield x") == [("yield x", "yield from ()")]
    assert removed("def f(x):\n    x = g\n    yield x\n    raise x") == ["x = g", "raise x"]


def test_what_filters_is_dropped_and_least_and_most_are_swapped():
    assert ("for x in row if x", "for x in row") in changed("min(x for x in row if x)")
    assert ("min", "max") in changed("min(x for x in row if x)")


def test_words_annotations_and_docstrings_are_left_alone():
    text = 'def f(x: "1" = g) -> "A | B":\n    """Sentence."""\n    h("x", f"{x + 1}")'
    assert changed(text) == []
    assert removed(text) == ["h('x', f'{x + 1}')"]


def test_the_same_change_twice_in_one_function_is_told_apart_by_its_number():
    names = [mutant.name for mutant in _mutants("def f(a, b):\n    g(a < b)\n    h(a < b)") if mutant.after == "a <= b"]
    assert names == [("f", "a < b", "a <= b", 0), ("f", "a < b", "a <= b", 1)]


def test_a_table_names_its_mutants_by_their_keys():
    assert {mutant.function for mutant in _mutants("TABLE = {'a': f(1), 'b': f(2)}")} == {"", "TABLE.a", "TABLE.b"}


def test_what_was_changed_is_put_back_before_the_next_change():
    text = "def f(a, b):\n    return a + b < 2"
    assert all(mutant.text.count("\n") == 1 for mutant in _mutants(text))
    assert len({mutant.text for mutant in _mutants(text)}) == len(_mutants(text))


def test_what_a_module_offers_and_whether_pairs_are_of_one_length_is_left_alone():
    assert removed("__all__ = ['f']\nother = ['f']") == ["other = ['f']"]
    assert changed("zip(a, b, strict=True)") == []
    assert changed("zip(a, b, other=True)") == [("other=True", "other=False")]
