from datetime import timedelta

import numpy as np
import pytest

from baclo.body.exposure import exposure
from baclo.body.predict import predict
from baclo.errors import EngineError


@pytest.fixture
def course(knowledge, case_of):
    def build(*given, days=4, step_h=1 / 12, since=None, **case):
        asked = case_of(*given, **case)
        until = asked.now + timedelta(days=days)
        return predict(knowledge, asked, since=since, until=until, step_h=step_h, band=False)

    return build


def test_the_area_of_one_dose_is_dose_times_bioavailability_over_clearance(course, dose):
    found = exposure(course(dose(20), days=10), since_h=0, until_h=240)
    assert found.auc_ng_h_per_ml == pytest.approx(20000 * 0.75 / (1.4 + 0.06 * 105), rel=1e-9)
    assert found.cavg_ng_per_ml == pytest.approx(found.auc_ng_h_per_ml / 240)


def test_the_area_agrees_with_a_trapezium_over_the_curve(course, regimen):
    told = course(regimen(10))
    found = exposure(told, since_h=10, until_h=34)
    inside = (told.time_h >= 10) & (told.time_h <= 34)
    area = np.trapezoid(told.plasma_ng_per_ml[inside], told.time_h[inside])
    assert found.auc_ng_h_per_ml == pytest.approx(area, rel=2e-3)


def test_peak_and_its_time_are_within_a_fifth_of_a_percent_of_those_of_a_finer_grid(course, dose):
    coarse, fine = (exposure(course(dose(20), step_h=step, days=1)) for step in (1 / 12, 1 / 600))
    assert coarse.cmax_ng_per_ml == pytest.approx(fine.cmax_ng_per_ml, rel=2e-3)
    assert coarse.cmax_ng_per_ml <= fine.cmax_ng_per_ml
    assert coarse.tmax_h == pytest.approx(fine.tmax_h, abs=1 / 12)


def test_the_window_is_the_last_day_unless_asked_otherwise(course, regimen):
    found = exposure(course(regimen(10)))
    assert (found.since_h, found.until_h) == (72, 96)
    assert found.trough_ng_per_ml < found.cavg_ng_per_ml < found.cmax_ng_per_ml


def test_accumulation_is_that_of_the_closed_form_for_a_slow_one_compartment_drug(course, regimen, adult):
    told = course(regimen(10, clocks=("08:00",)), days=30, patient=adult(0.0), model="simon2018_aud")
    ke = 11.6 * 1.4 / 7.4 / 72.8
    whole = exposure(told, interval_h=24).accumulation_ratio
    first = 1 - (1.64 * np.exp(-ke * 24) - ke * np.exp(-1.64 * 24)) / (1.64 - ke)
    assert whole == pytest.approx(1 / first, rel=1e-6)


def test_accumulation_is_not_known_where_the_body_was_not_empty_or_no_interval_is_whole(course, regimen, dose, now):
    assert exposure(course(regimen(10, since=now - timedelta(days=9)))).accumulation_ratio is None
    assert exposure(course()).accumulation_ratio is None
    assert exposure(course(dose(10, at=now + timedelta(hours=90)))).accumulation_ratio is None


@pytest.mark.parametrize("window", [(-1, 5), (5, 5), (90, 97), (float("nan"), 5)], ids=str)
def test_a_window_outside_the_course_is_refused(course, dose, window):
    with pytest.raises(EngineError, match="outside a course"):
        exposure(course(dose(10)), *window)
