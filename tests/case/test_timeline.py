"""What a regimen makes in a day."""

from datetime import UTC, datetime, time

from baclo.case.timeline import ClockDose, Regimen


def test_the_total_of_a_day_is_the_sum_of_its_clock_doses():
    doses = tuple(ClockDose(clock=time(hour), amount_ug=amount) for hour, amount in ((8, 5000.0), (20, 10000.0)))
    regimen = Regimen(
        product=None, modified_release=None, since=datetime(2026, 1, 1, tzinfo=UTC), until=None, doses=doses
    )
    assert regimen.total_ug_per_day == 15000.0
