"""The schemes themselves, role by role, before the kidneys and the slow scheme cut them: what each is and rests on."""

import math
from dataclasses import replace
from types import MappingProxyType

import pytest

from baclo.care.scheme import off_label_use, scheme_of
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Number

WEEK_H = 7 * 24


def words(text):
    return "".join(f"{p.value} {p.unit}" if isinstance(p, Number) else str(p) for p in text.pieces)


@pytest.fixture
def scheme(knowledge, make):
    return lambda known=knowledge, **changes: scheme_of(known, make(**changes))


@pytest.fixture
def child(scheme):
    """A child of six in the UK, or what is named."""
    return lambda **changes: scheme(**{"age_y": 6.0, "weight_kg": 20.0, "region": Region.UK, **changes})


def changed(knowledge, **values):
    """The knowledge, with other values of facts, `__` for a point."""
    named = {key.replace("__", "."): value for key, value in values.items()}
    others = {key: replace(knowledge.fact(key), value=value) for key, value in named.items()}
    return replace(knowledge, facts=MappingProxyType({**knowledge.facts, **others}))


def sizes(found):
    """First dose, rise, aim and cap in mg, and the days on a step."""
    amounts = (found.start_ug_per_day, found.rise_ug_per_day, found.aim_ug_per_day, found.cap_ug_per_day)
    return (*(amount / 1000 for amount in amounts), found.interval_h / 24)


def test_the_us_scheme_is_that_of_its_label(scheme):
    found = scheme()
    assert sizes(found) == (15, 15, 40, 80, 3)
    assert (found.single_rise_ug, found.single_cap_ug) == (5_000, 20_000)
    assert found.counts == (3, 4, 2, 1)
    assert dict(found.permits) == {
        "start": "fact:titration.us.start",
        "rise": "fact:titration.us.rise",
        "interval": "fact:titration.us.interval",
        "cap": "fact:cap.us",
    }
    assert found.first_basis == ("fact:titration.us.start",)
    assert found.rise_basis == ("fact:titration.us.rise", "fact:titration.us.interval")
    assert (found.cap_basis, found.aim_basis) == (("fact:cap.us",), ("fact:titration.us.usual_low",))
    assert (found.review_h, found.notes, found.child) == (6 * WEEK_H, (), False)
    assert words(found.responder).startswith("It helps where")
    assert words(found.otherwise).startswith("Without benefit, withdraw by a taper. UK texts say 6.0 wk")
    assert words(found.cap_note).startswith("The limit here is the 80.0 mg/d of the US label.")


def test_the_european_scheme_has_its_interval_and_note_and_no_largest_single_dose(scheme):
    found = scheme(region=Region.EU)
    assert sizes(found) == (15, 15, 30, 75, 4)
    assert found.single_cap_ug is None
    assert [words(note) for note in found.notes] == [
        "The Swiss text raises every 3.0 d, the French within (3, 4) d: the longest is used."
    ]
    assert words(found.cap_note).startswith("The limit here is the 75.0 mg/d")


def test_the_slow_scheme_is_five_a_day_each_week(scheme):
    slow = scheme().slow
    assert (slow.start_ug_per_day, slow.rise_ug_per_day, slow.interval_h) == (5_000, 5_000, WEEK_H)
    assert slow.first_basis == ("fact:titration.slow.start",)
    assert slow.rise_basis == ("fact:titration.slow.rise", "fact:titration.slow.interval")


def test_only_a_use_with_a_scheme_of_its_own_is_one_outside_the_labels(knowledge, make):
    assert off_label_use(knowledge, make(indication=None)) is None
    assert off_label_use(knowledge, make(indication="multiple sclerosis")) is None
    assert off_label_use(knowledge, make(indication="hiccups"))["start"] == "fact:offlabel.hiccups.start"


def test_a_use_outside_the_labels_has_its_own_numbers_and_words(scheme):
    found = scheme(indication="reflux disease")
    assert sizes(found) == (15, 5, 30, 60, 4)
    assert dict(found.permits) == {
        "start": "fact:offlabel.reflux.start",
        "rise": "fact:offlabel.reflux.rise",
        "interval": "fact:offlabel.reflux.interval",
        "cap": "fact:cap.us",
    }
    assert found.first_basis == ("fact:offlabel.reflux.start",)
    assert found.rise_basis == ("fact:offlabel.reflux.rise", "fact:offlabel.reflux.interval")
    assert (found.cap_basis, found.aim_basis) == (("fact:offlabel.reflux.cap",), ("fact:offlabel.reflux.trial",))
    assert found.review_h == 4 * WEEK_H
    assert words(found.responder).startswith("Regurgitation and heartburn")
    assert words(found.otherwise) == ("Without benefit, withdraw by a taper; do not raise further in the hope of it.")
    assert [words(note).split(":")[0] for note in found.notes] == [
        "Reflux",
        "Evidence",
        "Measure reflux before the start",
    ]
    assert (found.single_rise_ug, found.child) == (5_000, False)


def test_no_part_of_a_use_outside_the_labels_goes_beyond_the_regions_label(scheme, knowledge):
    bold = changed(knowledge, offlabel__reflux__start=50.0, offlabel__reflux__rise=50.0, offlabel__reflux__cap=200.0)
    found = scheme(bold, indication="reflux disease")
    assert sizes(found)[:4] == (15, 15, 30, 80)
    assert found.cap_basis == ("fact:cap.us",)


def test_a_cap_equal_to_the_labels_is_the_labels(scheme):
    found = scheme(indication="hiccups", region=Region.UK)
    assert (found.cap_ug_per_day, found.cap_basis) == (60_000, ("fact:cap.uk",))


def test_a_rise_that_is_proposed_stays_inside_the_one_read_and_that_one_permits_it(scheme, knowledge):
    found = scheme(indication="hiccups")
    assert found.permits["rise"] == "fact:titration.us.rise"
    assert found.rise_basis == (
        "fact:offlabel.hiccups.rise",
        "fact:titration.us.rise",
        "fact:offlabel.hiccups.interval",
    )
    # 20 is proposed, 12 was read, 15 is the label of the UK
    bold = changed(knowledge, offlabel__hiccups__rise=20.0, titration__us__rise=12.0)
    assert scheme(bold, indication="hiccups", region=Region.UK).rise_ug_per_day == 12_000
    shy = changed(knowledge, offlabel__hiccups__rise=7.0)
    assert scheme(shy, indication="hiccups").rise_ug_per_day == 7_000


def test_a_use_that_is_licensed_in_one_region_has_its_cap_there_alone(scheme):
    # France goes to 80, beyond the 75 of the European label; elsewhere the guideline ends at 60
    european, other = (scheme(indication="alcohol use disorder", region=region) for region in (Region.EU, Region.US))
    assert (european.cap_ug_per_day, european.cap_basis) == (75_000, ("fact:cap.eu",))
    assert (other.cap_ug_per_day, other.cap_basis) == (60_000, ("fact:offlabel.alcohol.cap",))


def test_the_cap_of_the_region_where_it_is_licensed_is_named_where_it_is_the_smaller(scheme, knowledge):
    found = scheme(
        changed(knowledge, evidence__alcohol__france=70.0), indication="alcohol use disorder", region=Region.EU
    )
    assert (found.cap_ug_per_day, found.cap_basis) == (70_000, ("fact:evidence.alcohol.france",))


def test_the_scheme_of_a_child_is_that_of_its_band_at_its_weight(child):
    found = child()
    # 20 kg: 0.3 mg/kg twice; 0.75 and 2 mg/kg
    assert sizes(found) == (6, 6, 15, 40, 7)
    assert (found.single_rise_ug, found.single_cap_ug, found.counts) == (5_000, None, (4, 3, 2, 1))
    assert dict(found.permits) == {
        "start": "fact:child.uk.start",
        "rise": "fact:child.practice.start",
        "interval": "fact:child.uk.step",
        "cap": "fact:child.uk.cap_young",
    }
    assert found.first_basis == ("fact:child.uk.start",)
    assert found.rise_basis == ("fact:child.rise", "fact:child.practice.start", "fact:child.uk.step")
    assert found.cap_basis == ("fact:child.uk.cap_young", "fact:child.uk.maintenance", "fact:child.he.dose")
    assert found.aim_basis == ("fact:child.uk.maintenance",)
    assert (found.review_h, found.cap_note, found.child) == (6 * WEEK_H, None, True)
    assert words(found.responder).startswith("It helps where")
    assert words(found.otherwise).startswith("Without benefit, withdraw by a taper. UK texts say 6.0 wk")
    (note,) = found.notes
    assert words(note).startswith("The scheme is that of the UK text: 0.3 mg/kg/d at first")


def test_a_childs_slow_scheme_keeps_the_doses_and_takes_the_longest_interval(child):
    slow = child().slow
    assert (slow.start_ug_per_day, slow.rise_ug_per_day, slow.interval_h) == (None, None, 2 * WEEK_H)
    assert slow.first_basis == ()
    assert slow.rise_basis == ("fact:child.rise", "fact:child.practice.start", "fact:child.slow.step")


def test_a_child_begins_and_rises_by_no_more_than_one_first_dose_in_each_of_its_doses(child):
    # 18 kg in the US: 0.5 mg/kg is 9, three doses of at most 2.5 are 7.5
    found = child(region=Region.US, weight_kg=18.0)
    assert sizes(found)[:2] == (7.5, 7.5)
    assert found.single_rise_ug == 2_500
    assert found.first_basis == ("fact:child.practice.start", "fact:child.practice.first_dose")
    # 80 kg in the UK: 0.3 mg/kg is 24, four doses of at most 5 are 20
    assert sizes(child(age_y=15.0, weight_kg=80.0))[:2] == (20, 20)


@pytest.mark.parametrize("weight_kg", [None, math.nan, math.inf, 0.0, -0.5])
def test_a_weight_that_is_unknown_or_none_leaves_no_dose(child, weight_kg):
    assert sizes(child(weight_kg=weight_kg))[:4] == (0, 0, 0, 0)


def test_the_lightest_weight_has_its_doses(child):
    assert sizes(child(weight_kg=0.5))[:4] == (0.15, 0.15, 0.375, 1)


def test_a_child_has_no_scheme_outside_the_labels(child):
    assert child(indication="hiccups") == child()
