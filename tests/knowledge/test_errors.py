"""What an error says."""

import pytest

from baclo.errors import BacloError, InputProblems, KnowledgeError, Problem, raise_knowledge


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"path": "patient.age", "message": "not a number"}, "patient.age: not a number"),
        ({"path": "", "message": "is empty"}, "case: is empty"),
        (
            {"path": "patient.weight", "message": "outside", "value": "1000 kg", "allowed": "2 to 300 kg"},
            "patient.weight: outside; got 1000 kg; allowed: 2 to 300 kg",
        ),
    ],
)
def test_a_problem_says_where_what_the_value_and_what_is_allowed(known, said):
    assert str(Problem(**known)) == said


def test_input_problems_keep_every_reason_and_say_each_on_its_line():
    problems = (Problem(path="a", message="one"), Problem(path="b", message="two"))
    error = InputProblems(problems)
    assert isinstance(error, BacloError)
    assert error.problems == problems
    assert str(error) == "a: one\nb: two"


def test_problems_of_the_knowledge_are_raised_together_and_none_is_silence():
    raise_knowledge([])
    with pytest.raises(KnowledgeError, match=r"^one\ntwo$"):
        raise_knowledge(["one", "two"])
