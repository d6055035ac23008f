"""Distances on the sphere by hand, and against geodesics on the ellipsoid by PROJ."""

import math

import numpy as np
import pytest
from pyproj import Geod

from drillsim.base.geodesy import (
    EARTH_RADIUS_M,
    M_PER_DEGREE,
    along_across,
    east_north,
    great_circle_m,
    great_circles_m,
    in_space_m,
    moved,
    offsets_m,
    over_ground_m,
)

XINING, YUSHU = (36.617, 101.778), (33.005, 97.008)


def test_the_radius_is_the_mean_of_the_axes_of_the_ellipsoid():
    a_m, b_m = 6_378_137.0, 6_356_752.3141  # GRS 80, Moritz 2000

    assert pytest.approx((2 * a_m + b_m) / 3, abs=0.05) == EARTH_RADIUS_M


def test_a_degree_of_latitude_is_the_same_everywhere_and_one_of_longitude_half_as_long_at_60_degrees():
    """6 371 008.8 m × π / 180 = 111 195.08 m."""
    assert pytest.approx(111_195.08, abs=0.005) == M_PER_DEGREE
    for south in (0.0, 36.0, 89.0):
        assert great_circle_m(south, 100.0, south + 1.0, 100.0) == pytest.approx(111_195.08, abs=0.005)
    small = 0.001  # of a whole degree the great circle cuts the corner
    assert great_circle_m(60.0, 10.0, 60.0, 10.0 + small) == pytest.approx(small * 111_195.08 / 2, rel=1e-6)


def test_a_quarter_and_a_half_of_the_way_round():
    quarter_m = math.pi / 2 * 6_371_008.8

    assert great_circle_m(0, 0, 0, 90) == pytest.approx(quarter_m)
    assert great_circle_m(90, 17, 0, -40) == pytest.approx(quarter_m)
    assert great_circle_m(0, 179, 0, -179) == pytest.approx(2 * 111_195.08)  # over the date line
    assert great_circle_m(36, 100, -36, -80) == pytest.approx(2 * quarter_m)


def test_xining_to_yushu_is_the_geodesic_within_the_flattening():
    _, _, geodesic_m = Geod(ellps="WGS84").inv(*XINING[::-1], *YUSHU[::-1])

    assert great_circle_m(*XINING, *YUSHU) == pytest.approx(geodesic_m, rel=0.003)


def test_no_distance_in_qinghai_is_off_by_more_than_three_in_a_thousand_and_none_on_earth_by_six():
    """Each from a point in all directions, 100 km on the ellipsoid."""
    geod, azimuth = Geod(ellps="WGS84"), np.arange(0.0, 360.0, 15.0)
    for lat, most in ((31.5, 0.003), (35.0, 0.003), (39.0, 0.003), (0.0, 0.006), (89.0, 0.006)):
        start = np.full((2, len(azimuth)), [[100.0], [lat]])
        lon, north, _ = geod.fwd(*start, azimuth, np.full(len(azimuth), 100_000.0))
        assert great_circles_m(start[1], start[0], north, lon) == pytest.approx(100_000.0, rel=most), lat


def test_arrays_are_measured_as_points_are():
    lat, lon = np.array([36.0, 33.0, -10.0]), np.array([101.0, 97.0, 179.0])
    one_by_one = [great_circle_m(a, o, *YUSHU) for a, o in zip(lat.tolist(), lon.tolist(), strict=True)]

    assert great_circles_m(lat, lon, *YUSHU) == pytest.approx(one_by_one, rel=1e-12)


def test_the_straight_line_in_space_leads_back_to_the_distance_over_ground():
    a, b = in_space_m([XINING[0], YUSHU[0]], [XINING[1], YUSHU[1]])
    straight_m = float(np.linalg.norm(a - b))

    assert np.linalg.norm(a) == pytest.approx(6_371_008.8)
    assert straight_m < great_circle_m(*XINING, *YUSHU)
    assert over_ground_m(straight_m) == pytest.approx(great_circle_m(*XINING, *YUSHU))


def test_on_the_plane_a_hundredth_of_a_degree_is_1112_m_to_the_north_and_556_m_to_the_east_at_60_degrees():
    east_m, north_m = offsets_m((60.0, 100.0), np.array([60.01, 60.0]), np.array([100.0, 99.99]))

    assert north_m == pytest.approx([1111.95, 0.0], abs=0.005)
    assert east_m == pytest.approx([0.0, -555.98], abs=0.005)
    assert moved((60.0, 100.0), -555.98, 1111.95) == pytest.approx((60.01, 99.99), abs=1e-7)


def test_the_plane_reaches_over_the_date_line():
    east_m, _ = offsets_m((0.0, 179.99), 0.0, -179.99)

    assert float(east_m) == pytest.approx(0.02 * 111_195.08)


def test_along_an_axis_to_the_north_east_what_lies_east_is_ahead_and_to_the_right():
    """3 km east of an axis whose azimuth is 45 degrees: 3 / sqrt(2) km along and across."""
    along, across = along_across(3.0, 0.0, 45.0)

    assert (along, across) == pytest.approx((2.1213, 2.1213), abs=5e-5)
    assert east_north(along, across, 45.0) == pytest.approx((3.0, 0.0), abs=1e-12)
