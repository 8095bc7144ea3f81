"""What is taken together, and how it is said in plain words."""

from datetime import time

import pytest

from baclo.care.plan import PlanDose
from baclo.report.taking import plain, takings


def dose(product, units, clock=8):
    return PlanDose(clock=time(clock), amount_ug=units * 5000.0, product=product, units=units)


def said(knowledge, *doses):
    (taking,) = takings(doses)
    return plain(knowledge, taking)


@pytest.mark.parametrize(
    ("units", "words"),
    [
        (0.5, "half a tablet of 10 mg"),
        (1.0, "1 tablet of 10 mg"),
        (1.5, "1 and a half tablets of 10 mg"),
        (3.0, "3 tablets of 10 mg"),
        (0.25, "a quarter of a tablet of 10 mg"),
        (2.75, "2 and three quarters tablets of 10 mg"),
        (1.2, "1.2 tablets of 10 mg"),
    ],
)
def test_tablets_are_said_as_people_say_them(knowledge, units, words):
    assert said(knowledge, dose("uk.tablet_10mg", units)) == words


def test_a_liquid_names_its_volume_its_concentration_and_its_milligrams(knowledge):
    assert said(knowledge, dose("uk.solution_1mg_ml", 2.5)) == "2.5 mL of the liquid 1 mg/mL (12.5 mg)"


def test_packets_are_counted(knowledge):
    assert said(knowledge, dose("us.granules_5mg", 2.0)) == "2 packets of 5 mg"


def test_what_shares_a_time_is_taken_together(knowledge):
    day = (dose("eu.tablet_10mg", 1.0, 20), dose("eu.tablet_5mg", 1.0), dose("eu.tablet_10mg", 2.0))
    morning, evening = takings(day)
    assert plain(knowledge, morning) == "1 tablet of 5 mg and 2 tablets of 10 mg"
    assert (morning.clock, morning.amount_ug) == (time(8), 15_000.0)
    assert evening.contents == (("eu.tablet_10mg", 1.0),)
