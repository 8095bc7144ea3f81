"""What wishes go on from: the whole of what is taken, and the largest of its doses."""

from datetime import time

import pytest

from baclo.care.wishes import Terms
from baclo.case.timeline import ClockDose


@pytest.mark.parametrize(
    ("taken_ug", "day_ug", "largest_ug"),
    [((5_000.0, 15_000.0, 10_000.0), 30_000.0, 15_000.0), ((), 0.0, 0.0)],
)
def test_a_plan_goes_on_from_the_sum_of_the_doses_and_the_largest_of_them(taken_ug, day_ug, largest_ug):
    taken = tuple(ClockDose(clock=time(8 + n), amount_ug=amount_ug) for n, amount_ug in enumerate(taken_ug))
    terms = Terms(bounds=None, taken=taken, clocks=())
    assert terms.from_ug_per_day == day_ug
    assert terms.from_single_ug == largest_ug
