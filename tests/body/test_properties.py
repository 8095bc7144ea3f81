"""What holds for every train of doses, drawn by hypothesis: the same draws in every run."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baclo.body.exact import Exact
from baclo.body.predict import predict
from baclo.body.records import Record, actions
from baclo.body.walk import simulate
from baclo.case.timeline import DoseStatus

HOURS = np.arange(0, 61, 1.0)
quick = settings(max_examples=40)
quicker = settings(max_examples=12)


@st.composite
def doses(draw, most=4):
    entered = draw(st.sampled_from(["swallowed", "infused"]))
    common = {"time_h": draw(st.integers(0, 40)) / 1.0, "amount_ug": draw(st.floats(0.1, 1000))}
    if entered == "infused":
        return Record(into=1, rate_ug_per_h=draw(st.floats(1, 200)), **common)
    interval = draw(st.floats(0.5, 30))
    lag, fraction = draw(st.floats(0, 5)), draw(st.floats(0.1, 1))
    more = draw(st.integers(0, most))
    return Record(into=0, interval_h=interval, additional=more, lag_h=lag, fraction=fraction, **common)


trains = st.lists(doses(), min_size=1, max_size=4)


def walked(toy, records, **rates):
    run = simulate(Exact(), (toy(**rates),), actions(tuple(records)), HOURS, (0, 1, 2, 3))
    assert run.imbalance_fraction < 1e-9
    return run.states[0]


def close(found, expected, scale):
    assert found == pytest.approx(expected, abs=1e-9 * max(scale, 1e-9))


@quick
@given(first=trains, second=trains)
def test_two_trains_together_are_the_sum_of_each(toy, first, second):
    both = walked(toy, first + second)
    close(both, walked(toy, first) + walked(toy, second), both.max())


@quick
@given(records=trains, factor=st.floats(0.01, 100))
def test_a_dose_scaled_scales_the_curve(toy, records, factor):
    scaled = [
        replace(r, amount_ug=r.amount_ug * factor, rate_ug_per_h=r.rate_ug_per_h and r.rate_ug_per_h * factor)
        for r in records
    ]
    found = walked(toy, scaled)
    close(found, factor * walked(toy, records), found.max())


@quick
@given(start=st.floats(0, 20), length=st.floats(0.5, 30), cut=st.floats(0.05, 0.95), rate=st.floats(0.1, 100))
def test_an_infusion_in_two_parts_is_the_whole(toy, start, length, cut, rate):
    def part(since, over):
        return Record(time_h=since, into=1, amount_ug=rate * over, over_h=over)

    whole = walked(toy, [part(start, length)])
    close(walked(toy, [part(start, length * cut), part(start + length * cut, length * (1 - cut))]), whole, whole.max())


@quick
@given(records=trains, days=st.integers(1, 3))
def test_a_shift_by_whole_days_shifts_the_curve_and_nothing_else(toy, records, days):
    later = [replace(record, time_h=record.time_h + 24.0 * days) for record in records]
    done = actions(tuple(later))
    found = simulate(Exact(), (toy(),), done, HOURS + 24.0 * days, (0, 1, 2, 3)).states[0]
    close(found, walked(toy, records), found.max())


@quick
@given(records=trains, seed=st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(toy, records, seed):
    shuffled = list(records)
    seed.shuffle(shuffled)
    found = walked(toy, records)
    close(walked(toy, shuffled), found, found.max())


@quick
@given(records=trains, more=st.floats(0.1, 500), at=st.integers(0, 40))
def test_one_more_dose_never_lowers_anything(toy, records, more, at):
    found = walked(toy, records)
    raised = walked(toy, [*records, Record(time_h=at, into=0, amount_ug=more)])
    assert (raised >= found - 1e-9 * raised.max()).all()


@quick
@given(records=trains, cl=st.floats(0, 5), less=st.floats(0, 1))
def test_less_clearance_never_means_less_exposure(toy, records, cl, less):
    much, little = walked(toy, records, cl=cl), walked(toy, records, cl=cl * less)
    assert (little[:, [1, 3]] >= much[:, [1, 3]] - 1e-9 * little.max()).all()


def plasma(knowledge, case, days=2, **given):
    until = case.now + timedelta(days=days)
    return predict(knowledge, case, until=until, step_h=0.5, band=False, **given).plasma_ng_per_ml


@quicker
@given(
    clearance=st.floats(0, 200),
    less=st.floats(0, 1),
    mg=st.floats(5, 40),
    model=st.sampled_from(["adult_default", "simon2018_aud", "marsot2014_aud", "chevillard2018_aud", "kochak1985"]),
)
def test_less_kidney_never_means_less_level_in_any_adult_model(
    knowledge, case_of, adult, regimen, clearance, less, mg, model
):
    given_now = regimen(mg)
    healthier, sicker = (
        plasma(knowledge, case_of(given_now, patient=adult(value), model=model))
        for value in (clearance, clearance * less)
    )
    assert (sicker >= healthier - 1e-9 * sicker.max()).all()


@quicker
@given(clearance=st.floats(0, 200), mg=st.floats(5, 40))
def test_an_unknown_kidney_is_never_better_than_a_known_one(knowledge, case_of, adult, regimen, clearance, mg):
    known, unknown = (plasma(knowledge, case_of(regimen(mg), patient=adult(value))) for value in (clearance, None))
    assert (unknown >= known - 1e-9 * unknown.max()).all()


@quicker
@given(mg=st.floats(5, 40), factor=st.floats(1, 3))
def test_a_larger_dose_never_means_a_lower_level(knowledge, case_of, regimen, mg, factor):
    small, large = (plasma(knowledge, case_of(regimen(dose))) for dose in (mg, mg * factor))
    assert (large >= small).all()


@quicker
@given(day=st.integers(0, 300))
def test_the_same_day_later_in_a_zone_without_clock_changes_is_the_same_curve(knowledge, case_of, adult, regimen, day):
    zone = ZoneInfo("UTC")
    first, later = (datetime(2026, 1, 5, 8, tzinfo=UTC) + timedelta(days=d) for d in (0, day))
    measured = adult().measured_clearance[0]
    curves = [
        plasma(
            knowledge,
            case_of(
                regimen(20, since=now),
                patient=adult(measured_clearance=(replace(measured, at=now - timedelta(days=1)),)),
                zone=zone,
                now=now,
            ),
        )
        for now in (first, later)
    ]
    assert curves[1] == pytest.approx(curves[0], abs=1e-9 * curves[0].max())


def test_a_change_of_the_clocks_moves_doses_by_its_hour_and_nothing_else(knowledge, case_of, dose, regimen):
    london = ZoneInfo("Europe/London")
    now = datetime(2026, 10, 24, 8, tzinfo=london)
    by_clock = case_of(regimen(20, since=now), zone=london, now=now)
    utc_hours = [7, 13, 19, 32, 38, 44, 56, 62, 68]  # from midnight UTC of the 24th: an hour later from the 25th on
    midnight = datetime(2026, 10, 24, tzinfo=UTC)
    by_moment = case_of(*(dose(20, at=midnight + timedelta(hours=h)) for h in utc_hours), zone=london, now=now)
    assert plasma(knowledge, by_clock) == pytest.approx(plasma(knowledge, by_moment), abs=1e-9)


def test_a_missed_dose_is_the_regimen_without_it(knowledge, case_of, dose, regimen, now):
    missed = dose(20, at=now, status=DoseStatus.MISSED, scheduled=now.astimezone(UTC))
    without = [dose(20, at=now + timedelta(hours=h)) for h in (6, 12, 24, 30, 36)]
    found = plasma(knowledge, case_of(regimen(20), missed))
    assert found[:-1] == pytest.approx(plasma(knowledge, case_of(*without))[:-1], abs=1e-9)
