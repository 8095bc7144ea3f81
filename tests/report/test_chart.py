"""The chart: where curves, days and doses fall, in the case's own time."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from baclo.report.chart import chart
from baclo.report.levels import day_levels

NEW_YORK = ZoneInfo("America/New_York")


def straight(course, time_h, plasma):
    zeros = np.zeros_like(plasma)
    return replace(
        course, time_h=time_h, plasma_ng_per_ml=plasma, csf_ng_per_ml=zeros, exposure_ng_h_per_ml=zeros, band=None
    )


def draw(course, *, zone=UTC, doses=(), **size):
    return str(chart(course, zone=zone, doses=doses, title="A <title>", description="What & how", name="x", **size))


def points(svg, name):
    row = re.search(rf'class="{name}[^"]*" points="([^"]*)"', svg)[1]
    return [tuple(float(part) for part in point.split(",")) for point in row.split()]


def test_a_straight_line_is_drawn_from_corner_to_corner(outcome):
    svg = draw(straight(outcome.course, np.array([0.0, 10.0]), np.array([0.0, 100.0])), width=760, height=320)
    assert points(svg, "plasma") == [(52.0, 274.0), (734.0, 14.0)]


def test_a_long_course_keeps_its_highest_and_lowest_points(outcome):
    time_h = np.arange(0, 2000, 0.05)
    plasma = np.full_like(time_h, 50.0)
    plasma[12345] = 100.0
    plasma[23456] = 0.0
    drawn = points(draw(straight(outcome.course, time_h, plasma)), "plasma")
    heights = [y for _, y in drawn]
    assert len(drawn) < 2200
    assert (min(heights), max(heights)) == (14.0, 274.0)
    assert [x for x, _ in drawn] == sorted(x for x, _ in drawn)


def test_days_are_labelled_on_the_wall_of_the_zone(outcome):
    course = replace(outcome.course, origin=datetime(2026, 11, 23, 3, tzinfo=UTC))
    assert ">23 Nov<" in draw(course, zone=NEW_YORK)
    assert ">24 Nov<" in draw(course, zone=NEW_YORK)
    first = re.findall(
        r'<text class="tick" x="([\d.]+)" y="\d+" text-anchor="middle">23 Nov<', draw(course, zone=NEW_YORK)
    )
    assert abs(float(first[0]) - (52 + 682 * 2 / 72)) < 0.2  # New York's midnight is five hours behind UTC's


def test_the_hour_that_a_zone_skips_moves_the_labels_and_not_the_curve(outcome):
    origin = datetime(2026, 3, 28, tzinfo=ZoneInfo("Europe/Berlin"))
    svg = draw(replace(outcome.course, origin=origin.astimezone(UTC)), zone=ZoneInfo("Europe/Berlin"))
    ticks = re.findall(r'<text class="tick" x="([\d.]+)" y="\d+" text-anchor="middle">(\d+ Mar)<', svg)
    at_px = {label: float(x) for x, label in ticks}
    hour_px = 682 / 72
    assert abs((at_px["29 Mar"] - at_px["28 Mar"]) / hour_px - 24) < 0.1
    assert abs((at_px["30 Mar"] - at_px["29 Mar"]) / hour_px - 23) < 0.1


def test_each_dose_within_the_course_has_its_mark(outcome):
    inside = [outcome.course.origin + timedelta(hours=hours) for hours in (0, 8, 71.9)]
    outside = [outcome.course.origin + timedelta(hours=hours) for hours in (-1, 80)]
    assert draw(outcome.course, doses=[*inside, *outside]).count('class="dose"') == 3


def test_doses_too_many_to_tell_apart_have_no_marks(outcome):
    doses = [outcome.course.origin + timedelta(hours=hours) for hours in range(70)]
    assert draw(outcome.course, doses=doses).count('class="dose"') == 0


def test_nights_are_shaded_where_they_can_be_told_apart(outcome):
    assert draw(outcome.course).count('class="night"') == 3
    assert draw(outcome.plan.course).count('class="night"') == 0


def test_the_image_has_a_title_a_description_and_a_basis(outcome):
    svg = draw(outcome.course)
    assert 'role="img" aria-labelledby="x-t x-d"' in svg
    assert "A &lt;title&gt;" in svg
    assert "What &amp; how" in svg
    assert 'data-basis="computed:course model:adult_default' in svg


@pytest.mark.parametrize(
    ("highest", "labels"),
    [(0.0, ["0", "0.2", "0.4", "0.6", "0.8", "1"]), (487.0, ["0", "100", "200", "300", "400", "500"])],
)
def test_the_axis_has_round_steps_up_to_above_the_highest_point(outcome, highest, labels):
    svg = draw(straight(outcome.course, np.array([0.0, 10.0]), np.array([0.0, highest])))
    assert re.findall(r'text-anchor="end">([^<]+)<', svg) == labels


def test_a_day_of_the_table_has_its_own_highest_and_lowest(outcome):
    time_h = np.arange(0.0, 49.0)
    plasma = np.where(time_h < 24, 10.0, 20.0)
    plasma[5], plasma[30] = 99.0, 3.0
    course = replace(straight(outcome.course, time_h, plasma), origin=datetime(2026, 11, 23, tzinfo=UTC))
    first, second, third = day_levels(course, UTC)
    assert (first.highest_ng_per_ml, first.lowest_ng_per_ml, first.highest_at.hour) == (99.0, 10.0, 5)
    assert (second.highest_ng_per_ml, second.lowest_ng_per_ml) == (20.0, 3.0)
    assert third.day.isoformat() == "2026-11-25"
