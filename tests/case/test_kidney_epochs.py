"""Kidney function over time: steps at each measurement, sessions of dialysis between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baclo.case.kidney import Doubt, kidney_epochs
from baclo.case.patient import DialysisKind


def epochs(knowledge, person, patient, since_days, until_days=0):
    return kidney_epochs(knowledge, patient, person.ago(since_days), person.ago(until_days))


def test_clearance_steps_at_each_creatinine_and_is_carried_on(knowledge, person):
    patient = person.man(height_cm=None, creatinine=person.creatinine((20, 1.0), (10, 2.0)))
    found = epochs(knowledge, person, patient, 15, -5)
    assert [epoch.since for epoch in found] == [person.ago(15), person.ago(10)]
    assert [epoch.clearance_ml_per_min for epoch in found] == pytest.approx([95.556, 47.778], abs=0.001)
    assert [epoch.assumed for epoch in found] == [False, False]


def test_the_first_value_is_carried_back_and_marked_as_assumed(knowledge, person):
    patient = person.man(creatinine=person.creatinine((10, 1.0)))
    before, after = epochs(knowledge, person, patient, 30)
    assert before.clearance_ml_per_min == after.clearance_ml_per_min
    assert (before.assumed, after.assumed) == (True, False)


def test_nothing_measured_is_one_epoch_of_which_nothing_is_known(knowledge, person):
    (epoch,) = epochs(knowledge, person, person.man(), 30)
    assert (epoch.clearance_ml_per_min, epoch.assumed, epoch.renal_replacement) == (None, False, None)


def test_an_unknown_weight_before_the_first_creatinine_is_no_assumption(knowledge, person):
    patient = person.man(weight_kg=None, creatinine=person.creatinine((10, 1.0)))
    assert [(e.clearance_ml_per_min, e.assumed) for e in epochs(knowledge, person, patient, 30)] == [(None, False)] * 2


def test_an_egfr_alone_drives_a_simulation_as_an_assumption(knowledge, person):
    patient = person.man(reported_egfr=person.reported(10, 60.0, "MDRD"))
    (epoch,) = epochs(knowledge, person, patient, 5)
    assert epoch.clearance_ml_per_min == pytest.approx(68.98, abs=0.005)  # 60 x 1.9889 / 1.73
    assert epoch.assumed is True


def test_with_low_muscle_the_lower_of_clearance_and_egfr_is_taken(knowledge, person):
    patient = person.man(
        creatinine=person.creatinine((5, 0.4)), cystatin_c=person.cystatin_c((5, 1.5)), low_muscle_mass=True
    )
    (epoch,) = epochs(knowledge, person, patient, 1)
    assert epoch.assumed is True
    assert epoch.clearance_ml_per_min < 100
    assert "case:patient.cystatin_c[0]" in epoch.basis


def test_with_low_muscle_a_clearance_below_the_egfr_is_kept(knowledge, person):
    patient = person.man(
        creatinine=person.creatinine((5, 0.7)),
        measured_clearance=person.measured((5, 40.0)),
        low_muscle_mass=True,
    )
    (epoch,) = epochs(knowledge, person, patient, 1)
    assert (epoch.clearance_ml_per_min, epoch.assumed) == (40.0, False)


def test_sessions_of_haemodialysis_open_and_close_epochs(knowledge, person):
    patient = person.man(
        measured_clearance=person.measured((30, 3.0)),
        dialysis=person.dialysis("haemodialysis", (5, 4.8), (3, 2.8)),
    )
    found = epochs(knowledge, person, patient, 6, 2.9)
    assert [epoch.since for epoch in found] == [person.ago(days) for days in (6, 5, 4.8, 3)]
    replaced = [epoch.renal_replacement for epoch in found]
    assert replaced == [None, DialysisKind.HAEMODIALYSIS, None, DialysisKind.HAEMODIALYSIS]
    assert {epoch.clearance_ml_per_min for epoch in found} == {3.0}


def test_a_range_that_begins_within_a_session_begins_on_dialysis(knowledge, person):
    patient = person.man(dialysis=person.dialysis("cvvh", (5, None)))
    (epoch,) = epochs(knowledge, person, patient, 3)
    assert epoch.renal_replacement is DialysisKind.CVVH


def test_peritoneal_dialysis_has_no_clearance_that_is_known(knowledge, person):
    (epoch,) = epochs(knowledge, person, person.man(dialysis=person.dialysis("peritoneal")), 3)
    assert (epoch.clearance_ml_per_min, epoch.renal_replacement) == (None, None)


def test_a_range_without_length_has_no_epoch(knowledge, person):
    assert epochs(knowledge, person, person.man(), 3, 3) == ()


@given(
    days=st.lists(st.integers(-5, 40), max_size=5, unique=True),
    since=st.integers(0, 40),
    length=st.integers(1, 20),
)
def test_epochs_begin_with_the_range_and_follow_in_order(knowledge, person, days, since, length):
    patient = person.man(creatinine=person.creatinine(*((day, 1.0) for day in days)))
    found = epochs(knowledge, person, patient, since, since - length)
    begins = [epoch.since for epoch in found]
    assert begins[0] == person.ago(since)
    assert begins == sorted(set(begins))
    assert begins[-1] < person.ago(since - length)


def test_an_egfr_of_a_later_week_that_is_lower_than_the_clearance_drives(knowledge, person):
    patient = person.man(measured_clearance=person.measured((40, 100.0)), reported_egfr=person.reported(30, 40.0, "x"))
    before, after = epochs(knowledge, person, patient, 35)
    assert (before.clearance_ml_per_min, before.assumed, before.doubts) == (100.0, False, ())
    assert after.clearance_ml_per_min == pytest.approx(45.99, abs=0.01)  # 40 x 1.9889 / 1.73
    assert (after.assumed, set(after.doubts)) == (True, {Doubt.SURFACE, Doubt.LOWER})


def test_a_clearance_lower_than_the_egfr_of_a_later_week_is_kept_as_an_assumption(knowledge, person):
    patient = person.man(measured_clearance=person.measured((40, 30.0)), reported_egfr=person.reported(30, 40.0, "x"))
    epoch = epochs(knowledge, person, patient, 20)[0]
    assert (epoch.clearance_ml_per_min, epoch.assumed, epoch.doubts) == (30.0, True, (Doubt.LOWER,))


@pytest.mark.parametrize(("days", "taken"), [(33, 100.0), (32.9, 45.99)])
def test_an_egfr_of_the_same_week_leaves_the_clearance(knowledge, person, days, taken):
    patient = person.man(
        measured_clearance=person.measured((40, 100.0)), reported_egfr=person.reported(days, 40.0, "x")
    )
    (epoch,) = epochs(knowledge, person, patient, 20)
    assert epoch.clearance_ml_per_min == pytest.approx(taken, abs=0.01)


def test_while_kidney_values_disagree_the_lower_drives(knowledge, person):
    patient = person.man(creatinine=person.creatinine((5, 1.2)), reported_egfr=person.reported(5, 25.0, "MDRD"))
    (epoch,) = epochs(knowledge, person, patient, 1)
    assert epoch.clearance_ml_per_min == pytest.approx(28.74, abs=0.01)  # 25 x 1.9889 / 1.73
    assert (epoch.assumed, set(epoch.doubts)) == (True, {Doubt.SURFACE, Doubt.LOWER})


def test_disagreeing_values_of_a_body_of_unknown_size_leave_the_clearance_and_say_so(knowledge, person):
    patient = person.man(
        height_cm=None, creatinine=person.creatinine((5, 1.2)), reported_egfr=person.reported(5, 25.0, "MDRD")
    )
    (epoch,) = epochs(knowledge, person, patient, 1)
    assert epoch.clearance_ml_per_min == pytest.approx(79.63, abs=0.01)
    assert (epoch.assumed, epoch.doubts) == (True, (Doubt.LOWER,))


def test_carrying_the_first_value_back_is_a_doubt_only_before_it(knowledge, person):
    patient = person.man(creatinine=person.creatinine((10, 1.0)))
    assert [epoch.doubts for epoch in epochs(knowledge, person, patient, 30)] == [(Doubt.CARRIED_BACK,), ()]


@pytest.mark.parametrize(("until", "doubts"), [(0, ()), (-0.01, (Doubt.OLD,))])
def test_a_value_carried_past_ninety_days_is_old(knowledge, person, until, doubts):
    patient = person.man(creatinine=person.creatinine((90, 1.0)))
    (epoch,) = epochs(knowledge, person, patient, 1, until)
    assert (epoch.doubts, epoch.assumed) == (doubts, False)


@pytest.mark.parametrize(("low", "doubts"), [(False, ()), (None, (Doubt.MUSCLE,)), (True, (Doubt.MUSCLE,))])
def test_a_clearance_from_creatinine_is_in_doubt_unless_muscle_is_known_to_be_normal(knowledge, person, low, doubts):
    patient = person.man(height_cm=None, creatinine=person.creatinine((5, 1.0)), low_muscle_mass=low)
    (epoch,) = epochs(knowledge, person, patient, 1)
    assert (epoch.doubts, epoch.assumed) == (doubts, False)


def test_a_measured_clearance_is_not_in_doubt_for_muscle(knowledge, person):
    patient = person.man(measured_clearance=person.measured((5, 60.0)), low_muscle_mass=True)
    assert epochs(knowledge, person, patient, 1)[0].doubts == ()


def test_in_tetraplegia_the_screening_value_drives_where_it_is_the_lowest(knowledge, person):
    """86 y x 80 kg / (72 x 1.2) x 0.6 = 47.78."""
    patient = person.man(
        height_cm=None, creatinine=person.creatinine((5, 1.2)), conditions=person.conditions("tetraplegia")
    )
    (epoch,) = epochs(knowledge, person, patient, 1)
    assert epoch.clearance_ml_per_min == pytest.approx(47.78, abs=0.01)
    assert (epoch.assumed, set(epoch.doubts)) == (True, {Doubt.SPINAL, Doubt.MUSCLE})
    assert "fact:kidney.spinal.tetraplegia" in epoch.basis


def test_the_screening_value_does_not_lower_a_measured_clearance(knowledge, person):
    patient = person.man(
        creatinine=person.creatinine((5, 1.2)),
        measured_clearance=person.measured((5, 65.0)),
        conditions=person.conditions("tetraplegia"),
    )
    (epoch,) = epochs(knowledge, person, patient, 1)
    assert (epoch.clearance_ml_per_min, epoch.doubts) == (65.0, ())
