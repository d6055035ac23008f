"""The clock on the wall, by mental arithmetic."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from drillsim.base.clock import SAME_MOMENT_S, clock_hour

STARTEX = datetime(2021, 5, 22, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("t_s", "hour"),
    [(0.0, 22.5), (900.0, 22.75), (5399.0, 24 - 1 / 3600), (5400.0, 0.0), (5400.5, 0.5 / 3600), (86_400.0, 22.5)],
)
def test_the_clock_goes_on_with_the_seconds_and_begins_anew_at_midnight(t_s, hour):
    assert clock_hour(STARTEX, t_s) == pytest.approx(hour, abs=1e-9)


def test_the_clock_is_the_local_one():
    in_china = STARTEX.astimezone(timezone(timedelta(hours=8)))  # half past six in the morning

    assert clock_hour(in_china) == 6.5


def test_a_thousand_steps_through_a_month_end_at_the_same_moment_as_one():
    """Steps of 2592.1 s: 0.1 is no whole number of binary places, so that every sum is rounded."""
    moment_s = 0.0
    for _ in range(1000):
        moment_s += 2592.1

    assert moment_s != 2_592_100.0
    assert abs(moment_s - 2_592_100.0) < SAME_MOMENT_S
