"""The day that a step makes."""

from datetime import UTC, datetime, time

from baclo.care.steps import PlanDose, Step, as_regimen, by_clock
from baclo.case.timeline import ClockDose
from baclo.knowledge.words import Text


def dose(hour, mg, product):
    return PlanDose(clock=time(hour), amount_ug=mg * 1000.0, product=product, units=1.0)


def test_two_strengths_at_one_time_are_one_dose_and_the_first_product_stands():
    doses = (dose(22, 20, "us.tablet_20mg"), dose(22, 5, "us.tablet_5mg"), dose(8, 5, "us.tablet_5mg"))
    at_eight, at_ten = ClockDose(clock=time(8), amount_ug=5_000), ClockDose(clock=time(22), amount_ug=25_000)
    assert by_clock(doses) == (at_eight, at_ten)
    since = datetime(2026, 11, 24, tzinfo=UTC)
    step = Step(since=since, until=None, doses=doses, total_ug_per_day=30_000, why=Text(()), limited_by=(), monitor=())
    taken = as_regimen(step)
    assert (taken.product, taken.modified_release) == ("us.tablet_20mg", None)
    assert (taken.since, taken.until, taken.doses) == (since, None, (at_eight, at_ten))
