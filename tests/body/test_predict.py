from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import numpy as np
import pytest

from baclo.body.predict import predict
from baclo.case.patient import Dialysis, DialysisKind, Interval
from baclo.case.timeline import DoseStatus, Route, Timeline
from baclo.errors import EngineError


@pytest.fixture
def course(knowledge, case_of):
    def build(*given, days=2.0, step_h=0.5, band=False, since=None, **case):
        asked = case_of(*given, **case)
        until = asked.now + timedelta(days=days)
        return predict(knowledge, asked, since=since, until=until, step_h=step_h, band=band)

    return build


def test_csf_is_plasma_by_the_published_ratio(course, dose):
    found = course(dose(20))
    assert found.csf_ng_per_ml * 8.5 == pytest.approx(found.plasma_ng_per_ml)


def test_times_count_from_now_in_the_step_asked_and_else_in_five_minutes(knowledge, course, case_of, dose, now):
    found = course(dose(20))
    assert found.origin == now
    assert found.time_h == pytest.approx(np.arange(0, 48.5, 0.5))
    fine = predict(knowledge, case_of(dose(20)), until=now + timedelta(hours=2), band=False)
    assert fine.time_h == pytest.approx(np.arange(25) / 12)


def test_a_dose_is_absorbed_as_its_product_is(course, dose):
    tablet, liquid, unnamed = (
        course(dose(20, product=product), step_h=1 / 60) for product in ("us.tablet_10mg", "us.solution_1mg_ml", None)
    )
    assert liquid.time_h[liquid.plasma_ng_per_ml.argmax()] < tablet.time_h[tablet.plasma_ng_per_ml.argmax()]
    assert (tablet.plasma_ng_per_ml == unnamed.plasma_ng_per_ml).all()


def test_a_product_that_is_not_named_and_a_dose_that_is_not_known_are_said(course, dose, said):
    words = said(course(dose(20, status=DoseStatus.UNKNOWN)).assumptions)
    assert "a tablet is assumed" in words
    assert "counts as taken" in words
    assert said(course(dose(20, product="us.tablet_10mg")).assumptions) == ""


def test_a_dose_into_a_vein_has_no_lag_and_all_of_it_arrives(course, dose):
    pushed = course(dose(15, route=Route.INTRAVENOUS))
    assert pushed.plasma_ng_per_ml[0] == pytest.approx(15000 / 30.8)
    infused = course(dose(15, route=Route.INTRAVENOUS, over_h=1.0))
    assert infused.plasma_ng_per_ml[0] == 0
    assert infused.amounts_ug[2].sum() == pytest.approx(15000)


def test_a_vomited_dose_is_absorbed_only_until_it_came_up(course, dose, now):
    kept = course(dose(20))
    lost = course(dose(20, status=DoseStatus.VOMITED, vomited_at=now + timedelta(hours=1)))
    at_once = course(dose(20, status=DoseStatus.VOMITED, vomited_at=now + timedelta(minutes=6)))
    out = lost.compartments.index("out_vomit")
    assert lost.amounts_ug[-1, out] == pytest.approx(15000 * np.exp(-1.8 * 0.8), rel=1e-9)
    assert lost.plasma_ng_per_ml[2] == pytest.approx(kept.plasma_ng_per_ml[2])
    assert (lost.plasma_ng_per_ml[3:] < kept.plasma_ng_per_ml[3:]).all()
    assert not at_once.plasma_ng_per_ml.any()


def test_vomiting_in_a_model_without_a_place_for_it_loses_nothing(knowledge, case_of, dose, now):
    table = dict(knowledge.folder("models")["simon2018_aud"])
    table.pop("vomit")
    table["compartments"] = ["depot", "central", "out_all"]
    tables = {**knowledge.tables, "models": {**knowledge.folder("models"), "toy": table}}
    toy = replace(knowledge, tables=MappingProxyType(tables))
    given = dose(20, status=DoseStatus.VOMITED, vomited_at=now + timedelta(hours=1))
    found = predict(toy, case_of(given, model="toy"), until=now + timedelta(days=1), step_h=1.0, band=False)
    assert found.amounts_ug[-1].sum() == pytest.approx(20000)


@pytest.mark.parametrize("clearance", [105.0, 10.0])
def test_a_regimen_of_years_is_at_the_steady_state_of_all_its_doses(course, adult, regimen, now, clearance):
    years, months = (
        course(regimen(20, since=now - timedelta(days=days)), patient=adult(clearance)) for days in (900, 150)
    )
    assert years.plasma_ng_per_ml == pytest.approx(months.plasma_ng_per_ml, rel=1e-9)
    assert years.exposure_ng_h_per_ml[0] == 0


def test_a_regimen_of_a_few_days_is_simulated_from_its_own_start(course, regimen, now):
    since = now - timedelta(days=2)
    whole = course(regimen(20, since=since), since=since)
    later = course(regimen(20, since=since))
    shared = whole.time_h >= 48
    assert later.plasma_ng_per_ml == pytest.approx(whole.plasma_ng_per_ml[shared], abs=1e-9)


def test_a_timeline_given_stands_in_for_that_of_the_case(knowledge, case_of, regimen, now):
    proposed = Timeline(doses=(), regimens=(regimen(40),), observations=())
    until = now + timedelta(days=1)
    found = predict(knowledge, case_of(regimen(20)), timeline=proposed, until=until, step_h=1.0, band=False)
    assert found.plasma_ng_per_ml == pytest.approx(
        predict(knowledge, case_of(regimen(40)), until=until, step_h=1.0, band=False).plasma_ng_per_ml
    )


def test_nobody_under_two_years_is_simulated(course, adult, dose):
    assert course(dose(1), patient=adult(age_y=1.0)) is None


def test_haemodialysis_lowers_the_level_only_while_it_runs(course, adult, dose, now):
    session = Interval(since=now + timedelta(hours=10), until=now + timedelta(hours=14))
    dialysed = adult(0.0, dialysis=Dialysis(kind=DialysisKind.HAEMODIALYSIS, sessions=(session,)))
    with_it = course(dose(20), patient=dialysed)
    without = course(dose(20), patient=adult(0.0))
    before = with_it.time_h <= 10
    out = with_it.compartments.index("out_dialysis")
    assert with_it.plasma_ng_per_ml[before] == pytest.approx(without.plasma_ng_per_ml[before])
    assert with_it.plasma_ng_per_ml[28] < 0.75 * without.plasma_ng_per_ml[28]
    assert with_it.amounts_ug[28, out] == with_it.amounts_ug[-1, out] > 0


def test_the_band_holds_the_persons_own_curve_and_is_the_same_for_the_same_seed(course, regimen):
    first, again, other = (course(regimen(20), band=True, seed=seed) for seed in (1, 1, 2))
    later = first.time_h > 1
    assert first.band.quantile_fractions == (0.05, 0.5, 0.95)
    assert (first.band.low_ng_per_ml <= first.plasma_ng_per_ml)[later].all()
    assert (first.plasma_ng_per_ml <= first.band.high_ng_per_ml)[later].all()
    assert first.band.middle_ng_per_ml[-1] == pytest.approx(first.plasma_ng_per_ml[-1], rel=0.1)
    assert (first.band.high_ng_per_ml == again.band.high_ng_per_ml).all()
    assert (first.band.high_ng_per_ml[later] != other.band.high_ng_per_ml[later]).any()


def test_a_saturable_model_as_data_is_carried_by_the_adaptive_engine(knowledge, case_of, dose, now):
    table = {
        **knowledge.folder("models")["simon2018_aud"],
        "flows": [
            {"from": "depot", "to": "central", "constant": "ka_per_h"},
            {
                "from": "central",
                "to": "out_all",
                "vmax": "vmax_ug_per_h",
                "km": "km_ng_per_ml",
                "volume": "v_central_l",
            },
        ],
        "effects": [],
        "variability": [],
    }
    huge_km = replace(knowledge.fact("body.simon.clearance"), value=1e6, unit="ng/mL")
    vmax = replace(knowledge.fact("body.simon.clearance"), value=11.6e6, unit="ug/h")
    table["parameters"] = {
        **{name: value for name, value in table["parameters"].items() if name != "cl_l_per_h"},
        "vmax_ug_per_h": "fact:toy.vmax",
        "km_ng_per_ml": "fact:toy.km",
    }
    tables = {**knowledge.tables, "models": {**knowledge.folder("models"), "toy": table}}
    facts = {**knowledge.facts, "toy.vmax": vmax, "toy.km": huge_km}
    toy = replace(knowledge, tables=MappingProxyType(tables), facts=MappingProxyType(facts))
    until = now + timedelta(hours=8)
    saturable = predict(toy, case_of(dose(20), model="toy"), until=until, step_h=1.0, band=False)
    linear = predict(toy, case_of(dose(20), model="simon2018_aud"), until=until, step_h=1.0, band=False)
    assert saturable.plasma_ng_per_ml == pytest.approx(linear.plasma_ng_per_ml, rel=3e-4)
    assert saturable.plasma_ng_per_ml[-1] > linear.plasma_ng_per_ml[-1]


@pytest.mark.parametrize(("days", "step_h"), [(1, 0.0), (1, -1.0), (1, float("nan")), (-1, 1.0)])
def test_a_course_without_times_is_refused(course, dose, days, step_h):
    with pytest.raises(EngineError, match="has no times"):
        course(dose(20), days=days, step_h=step_h)


def test_clock_doses_before_the_window_opens_leave_their_remainder(course, regimen, now):
    since = now - timedelta(hours=12)
    evening = course(regimen(20, since=since, clocks=("20:00",), until=now))
    assert evening.plasma_ng_per_ml[0] > 0
    assert np.all(np.diff(evening.plasma_ng_per_ml) < 0)
