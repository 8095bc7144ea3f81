"""What contradicts itself in what lies ahead gives one problem with its path."""

import pytest

from baclo.case.codec import read_toml
from baclo.errors import InputProblems

HEAD = """
format = "baclo.case/1"
now = 2026-11-22T09:00:00+01:00
zone = "Europe/Zurich"
region = "EU"
[question]
ask = "prepare"
"""


def ahead(kind, **keys):
    lines = "".join(f"{key} = {value}\n" for key, value in keys.items())
    return f'[[ahead]]\nkind = "{kind}"\n{lines}'


OPERATION = {"since": "2026-12-04T08:00:00+01:00"}
TABLE = [
    # what lies ahead, path, message, value, allowed
    (
        ahead("operation", **OPERATION, until="2026-12-04"),
        "ahead[0].until",
        "is not after since",
        "2026-12-04",
        "after 2026-12-04T08:00:00+01:00",
    ),
    (
        ahead("operation", **OPERATION, nil_by_mouth="2026-12-04T06:00:00Z", by_mouth_again="2026-12-04T05:00:00Z"),
        "ahead[0].by_mouth_again",
        "is not after nil_by_mouth",
        "2026-12-04T06:00:00+01:00",
        "after 2026-12-04T07:00:00+01:00",
    ),
    (
        ahead("scan", since="2026-12-04", nil_by_mouth="2026-12-04T05:00:00Z", by_mouth_again="2026-12-04T05:00:00Z"),
        "ahead[0].by_mouth_again",
        "is not after nil_by_mouth",
        "2026-12-04T06:00:00+01:00",
        "after 2026-12-04T06:00:00+01:00",
    ),
    (
        ahead("scan", since="2026-11-20", until="2026-11-20"),
        "ahead[0].until",
        "is before the day of now",
        "2026-11-20",
        "2026-11-22 or later",
    ),
    (
        "[patient]\nsurgery = 2026-12-05\n" + ahead("operation", since="2026-12-08") + ahead("operation", **OPERATION),
        "patient.surgery",
        "is another day than that of the operation ahead",
        "2026-12-05",
        "2026-12-04 or 2026-12-08",
    ),
    (
        ahead("operation", **OPERATION, by_mouth_again="2026-12-04T06:00:00+01:00"),
        "ahead[0].by_mouth_again",
        "is not after since",
        "2026-12-04T06:00:00+01:00",
        "after 2026-12-04T08:00:00+01:00",
    ),
    (
        ahead("operation", **OPERATION, nil_by_mouth="2026-12-04T09:00:00+01:00"),
        "ahead[0].nil_by_mouth",
        "is after since",
        "2026-12-04T09:00:00+01:00",
        "2026-12-04T08:00:00+01:00 or earlier",
    ),
    (
        ahead("operation", **OPERATION, zone='"Asia/Tokyo"'),
        "ahead[0].zone",
        "is set, but kind is operation",
        None,
        "only where kind is journey",
    ),
    (
        ahead("journey", since="2026-12-04", emergency="true"),
        "ahead[0].emergency",
        "is set, but kind is journey",
        None,
        "only where kind is operation",
    ),
    (
        ahead("illness", since="2026-11-20", nil_by_mouth="2026-11-21T06:00:00+01:00"),
        "ahead[0].nil_by_mouth",
        "is set, but kind is illness",
        None,
        "only where kind is operation or scan",
    ),
    (
        ahead("journey", since="2026-11-01", until="2026-11-21"),
        "ahead[0].until",
        "is before the day of now",
        "2026-11-21",
        "2026-11-22 or later",
    ),
    (
        ahead("scan", since="2026-12-04") * 2,
        "ahead[1]",
        "is of the same kind and beginning as ahead[0]",
        None,
        "each once",
    ),
    (
        '[patient]\nsurgery = "none"\n' + ahead("operation", **OPERATION),
        "patient.surgery",
        "is none, but an operation lies ahead",
        '"none"',
        "planned, or the day of that operation",
    ),
    (
        "[patient]\nsurgery = 2026-12-05\n" + ahead("operation", **OPERATION),
        "patient.surgery",
        "is another day than that of the operation ahead",
        "2026-12-05",
        "2026-12-04",
    ),
]


@pytest.mark.parametrize(("text", "path", "message", "value", "allowed"), TABLE)
def test_each_contradiction_is_one_problem(knowledge, text, path, message, value, allowed):
    with pytest.raises(InputProblems) as caught:
        read_toml(knowledge, HEAD + text)
    (problem,) = caught.value.problems
    assert (problem.path, problem.message, problem.value, problem.allowed) == (path, message, value, allowed)


@pytest.mark.parametrize(
    "text",
    [
        ahead("operation", since="2026-12-04", until="2026-12-04"),
        ahead("operation", since="2026-12-04", nil_by_mouth="2026-12-04T06:00:00+01:00"),
        ahead(
            "operation",
            **OPERATION,
            nil_by_mouth="2026-12-04T08:00:00+01:00",
            by_mouth_again="2026-12-05T08:00:00+01:00",
        ),
        ahead("illness", since="2026-11-20", until="2026-11-22"),
        ahead("operation", **OPERATION, by_mouth_again="2026-12-04T08:00:00+01:00"),
        ahead("scan", since="2026-12-04") + ahead("scan", since="2026-12-05"),
        '[patient]\nsurgery = "planned"\n' + ahead("operation", **OPERATION),
        "[patient]\nsurgery = 2026-12-04\n" + ahead("operation", **OPERATION),
        "[patient]\nsurgery = 2026-12-04\n" + ahead("scan", since="2026-12-06"),
        ahead("operation", **OPERATION),
    ],
)
def test_what_only_looks_odd_is_read(knowledge, text):
    read_toml(knowledge, HEAD + text)


def test_a_broken_zone_or_now_hides_no_contradiction(knowledge):
    text = HEAD.replace("now = 2026-11-22T09:00:00+01:00", 'now = "soon"')
    with pytest.raises(InputProblems) as caught:
        read_toml(knowledge, text + ahead("operation", **OPERATION, until="2026-12-01"))
    assert {problem.path for problem in caught.value.problems} == {"now", "ahead[0].until"}


BOTH = {"nil_by_mouth": "2026-12-04T08:00:00Z", "by_mouth_again": "2026-12-04T07:00:00Z"}


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        # the zone, the kind and the beginning cannot be read, each in its turn
        (
            ahead("journey", since="2026-12-05", until="2026-12-01", zone='"Mars/Phobos"', emergency="true"),
            {"ahead[0].zone", "ahead[0].until", "ahead[0].emergency"},
        ),
        (
            ahead("jurney", since="2026-12-05", until="2026-12-01", emergency="true"),
            {"ahead[0].kind", "ahead[0].until"},
        ),
        (ahead("operation", since='"soon"', **BOTH), {"ahead[0].since", "ahead[0].by_mouth_again"}),
        (
            ahead("journey", since='"soon"', until="2026-11-20", by_mouth_again="2026-12-04T07:00:00Z"),
            {"ahead[0].since", "ahead[0].until", "ahead[0].by_mouth_again"},
        ),
        (
            ahead("scan", since="2026-12-05", until='"late"') + ahead("scan", since="2026-12-05"),
            {"ahead[0].until", "ahead[1]"},
        ),
        # an operation whose kind or day cannot be read may be that of the patient's surgery
        ("[patient]\nsurgery = 2026-12-05\n" + ahead("operation", since='"soon"'), {"ahead[0].since"}),
        (
            "[patient]\nsurgery = 2026-12-05\n"
            + ahead("opration", since="2026-12-05")
            + ahead("operation", **OPERATION),
            {"ahead[0].kind"},
        ),
        ('[patient]\nsurgery = "none"\n' + ahead("operation", since='"soon"'), {"ahead[0].since", "patient.surgery"}),
    ],
)
def test_a_key_that_cannot_be_read_hides_no_contradiction_of_the_others(knowledge, text, paths):
    with pytest.raises(InputProblems) as caught:
        read_toml(knowledge, HEAD + text)
    assert sorted(problem.path for problem in caught.value.problems) == sorted(paths)
