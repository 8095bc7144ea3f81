"""The rule for late doses, number by number, and who gets which."""

import math

import pytest

from baclo.care.late_rule import late_rule
from baclo.knowledge.facts import Region

NOTHING = {
    "next_h": None,
    "low_h": 0.0,
    "high_h": 0.0,
    "share_fraction": 0.0,
    "delays": False,
    "close_window_h": None,
    "close_next_h": 0.0,
    "repeat_h": None,
    "on_time_h": 0.25,
}
# British leaflet for children: at once, then four hours; ours: an hour late at most with two to the next; half an
# hour for a dose that was vomited. British page: two hours to the next. Elsewhere half the interval, two to four hours.
CHILD = {"next_h": 4.0, "delays": True, "close_window_h": 1.0, "close_next_h": 2.0, "repeat_h": 0.5}
HALF = {"low_h": 2.0, "high_h": 4.0, "share_fraction": 0.5}


@pytest.mark.parametrize(
    ("age_y", "region", "name", "numbers"),
    [
        (40.0, Region.UK, "UK", {"next_h": 2.0}),
        (40.0, Region.EU, "EU", HALF),
        (40.0, Region.US, "US", HALF),
        (18.0, Region.US, "US", HALF),
        (17.9, Region.US, "child", CHILD),
        (6.0, Region.EU, "child", CHILD),
        (0.5, Region.UK, "child", CHILD),
        (0.0, Region.UK, "child", CHILD),
        (-0.5, Region.UK, "age_unknown", {"next_h": 4.0}),
        (None, Region.US, "age_unknown", {"next_h": 4.0}),
        (math.nan, Region.EU, "age_unknown", {"next_h": 4.0}),
    ],
)
def test_every_number_of_a_rule_is_the_published_one_and_nothing_is_there_that_no_text_names(
    knowledge, make, age_y, region, name, numbers
):
    rule = late_rule(knowledge, make(age_y=age_y, region=region))
    assert rule.name == name
    assert {key: getattr(rule, key) for key in NOTHING} == {**NOTHING, **numbers}


@pytest.mark.parametrize(
    ("region", "interval_h", "least_h"),
    [
        (Region.UK, 8.0, 2.0),
        (Region.UK, 1.5, 1.5),
        (Region.EU, 8.0, 4.0),
        (Region.EU, 6.0, 3.0),
        (Region.EU, 3.0, 2.0),
        (Region.EU, 12.0, 4.0),
        (Region.EU, 1.0, 1.0),
    ],
)
def test_the_least_time_is_the_rules_and_never_more_than_the_clock_leaves(knowledge, make, region, interval_h, least_h):
    assert late_rule(knowledge, make(age_y=40.0, region=region)).least_h(interval_h) == least_h
