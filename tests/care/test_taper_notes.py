"""What is told with a taper, note by note, of situations put together by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from baclo.care.taper.notes import after_notes, before_notes, kidney_notes, shape_notes, shortest_days, text_notes
from baclo.care.taper.pattern import Choice, Rate, pattern_of
from baclo.case.case import Method, Urgency
from baclo.case.patient import Condition, Dialysis, DialysisKind
from baclo.knowledge.facts import Region
from baclo.knowledge.words import Number

DAY = timedelta(days=1)
FIRST = datetime(2026, 11, 24, tzinfo=UTC)
DEPENDENT = (Condition(name="alcohol use disorder", since=None),)
CHILD = {"age_y": 6.0, "weight_kg": 20.0, "height_cm": 114.0}
URGENT = {"urgency": Urgency.URGENT}


def words(notes):
    """How each note begins."""
    return ["".join(piece if isinstance(piece, str) else "#" for piece in note.pieces)[:30] for note in notes]


def steps(*days):
    """Steps that begin so many days after the first of a taper."""
    return tuple(SimpleNamespace(since=FIRST + day * DAY, total_ug_per_day=0.0) for day in days)


@pytest.mark.parametrize(("region", "days"), [(Region.US, 14), (Region.UK, 14), (Region.EU, 21)])
def test_the_shortest_withdrawal_is_that_of_the_region(knowledge, make, region, days):
    # One to two weeks or more, at least one to two, and at least three: the German text.
    assert shortest_days(knowledge, make(region=region)) == days


def test_what_is_replaced_and_what_is_not_known_of_is_told(knowledge, make, build):
    later = tuple(build.regimen(("08:00", 10.0), since=FIRST + day * DAY) for day in (7, 14))
    standing = SimpleNamespace(later=later, loose=True)
    notes = tuple(before_notes(knowledge, make(), standing))
    assert words(notes) == [*["The regimen that was to begin o"[:30]] * 2, "Doses outside the regimen were"]
    assert [note.pieces[1] for note in notes[:2]] == [FIRST + 7 * DAY, FIRST + 14 * DAY]
    assert tuple(before_notes(knowledge, make(), SimpleNamespace(later=(), loose=False))) == ()


def shaped(knowledge, case, rate=Rate.USUAL, method=Method.FIXED):
    choice = Choice(rate=rate, method=method, cautious=False)
    return tuple(shape_notes(knowledge, case, choice, pattern_of(knowledge, case, 40_000.0, choice)))


@pytest.mark.parametrize(
    ("told", "rate", "begins"),
    [
        ({}, Rate.USUAL, []),
        ({}, Rate.SLOW, ["Slow:"]),
        (URGENT, Rate.USUAL, ["Urgent was asked for, but"]),
        (URGENT, Rate.SLOW, ["Urgent and slow were both", "Slow:"]),
        (URGENT, Rate.QUICK, ["Quick, because"]),
        (CHILD, Rate.USUAL, ["A child comes down"]),
        ({"age_y": 17.9}, Rate.USUAL, ["A child comes down"]),
        ({"age_y": None}, Rate.USUAL, []),
        ({"age_y": 18.0}, Rate.USUAL, []),
    ],
)
def test_pace_urgency_and_a_child_are_told_where_they_shaped_the_steps(knowledge, make, told, rate, begins):
    notes = words(shaped(knowledge, make(**told), rate))
    assert len(notes) == len(begins)
    assert all(note.startswith(begin) for note, begin in zip(notes, begins, strict=True))


def test_steps_by_a_share_tell_the_share_in_percent_and_where_it_is_from(knowledge, make):
    # After years a fifth.
    case = make(baclofen_since=datetime(2022, 1, 1, tzinfo=UTC))
    share, origin = shaped(knowledge, case, method=Method.PERCENT)
    (number,) = [piece for piece in share.pieces if isinstance(piece, Number)]
    assert (number.value, number.unit) == (pytest.approx(20.0, rel=1e-12), "%")
    assert number.basis == ("fact:taper.percent_large", "fact:taper.percent_least")
    assert words([origin]) == ["The shares are the ends of an "]


def texts(knowledge, case, *, mg=40.0, fast=None, begins=(0, 14)):
    choice = Choice(rate=Rate.USUAL, method=Method.FIXED, cautious=False)
    pattern = replace(pattern_of(knowledge, case, 40_000.0, choice), fast=fast)
    standing = SimpleNamespace(total_ug_per_day=mg * 1000)
    return tuple(text_notes(knowledge, case, standing, pattern, steps(*begins)))


@pytest.mark.parametrize(
    ("begins", "short"), [((0, 7, 13), True), ((0, 7, 14), False), ((0, 15), False), ((0,), True), ((), False)]
)
def test_a_taper_shorter_than_the_texts_ask_is_told(knowledge, make, begins, short):
    notes = words(texts(knowledge, make(), begins=begins))
    assert ("Shorter than the region's text" in notes) is short
    assert notes[-1] == "Texts differ on the shortest w"


def test_the_length_that_is_used_is_told_with_its_source(knowledge, make):
    (note,) = texts(knowledge, make(region=Region.EU), begins=())
    used = [piece for piece in note.pieces if isinstance(piece, Number)][-1]
    assert (used.value, used.unit, used.basis) == (21.0, "d", ("fact:taper.eu.least",))
    assert note.pieces[-3:] == (" (", "EU", ").")


@pytest.mark.parametrize(
    ("told", "mg", "fast", "added"),
    [
        ({}, 200.0, None, []),
        ({"conditions": DEPENDENT}, 80.0, None, []),
        ({"conditions": DEPENDENT}, 80.1, None, ["From high doses", "Used here: none of them"]),
        ({"conditions": DEPENDENT}, 200.0, "a fast part", ["From high doses", "Used here: the French"]),
    ],
)
def test_texts_on_high_doses_in_alcohol_use_disorder_are_told_and_which_is_used(knowledge, make, told, mg, fast, added):
    notes = words(texts(knowledge, make(**told), mg=mg, fast=fast))[1:]
    assert len(notes) == len(added)
    assert all(note.startswith(begin) for note, begin in zip(notes, added, strict=True))


ALWAYS = ["If withdrawal shows: call the s", "For the hospital team, from pub"]


@pytest.mark.parametrize(
    ("mg_dl", "added"),
    [(0.8, []), (2.4, ["Baclofen lingers when the kidn"]), (None, ["The kidneys are not known, so "])],
)
def test_withdrawal_comes_later_with_weak_or_unknown_kidneys(knowledge, make, picture_of, build, mg_dl, added):
    case = make(creatinine=() if mg_dl is None else (build.creatinine(mg_dl),))
    assert words(kidney_notes(knowledge, case, picture_of(case))) == added
    notes = words(after_notes(knowledge, case, ()))
    assert notes[:2] == [begin[:30] for begin in ALWAYS]
    assert len(notes) == 2 + len(knowledge.folder("regimens")["monitor"]["taper"]["notes"])


def test_on_dialysis_what_the_kidneys_make_of_the_signs_is_told_as_of_weak_ones(knowledge, make, picture_of):
    case = make(dialysis=Dialysis(kind=DialysisKind.HAEMODIALYSIS, sessions=()))
    assert words(kidney_notes(knowledge, case, picture_of(case))) == ["Baclofen lingers when the kidn"]


def test_a_birth_to_come_is_told_before_what_always_holds(knowledge, make):
    case = make(pregnant=True, due=FIRST + 38 * DAY)
    notes = words(after_notes(knowledge, case, steps(0, 28)))
    assert notes[2] == "If all goes well the last step"
