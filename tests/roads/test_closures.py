"""Which roads are closed on a day of the year, and what a file says of it."""

from datetime import date

import pytest

from drillsim.base.errors import NetworkError
from drillsim.roads import closed_sections, network_from_tables
from drillsim.roads.network.seasons import days_between, is_closed_on, is_readable, written


def network(lat, *closed):
    nodes = [{"id": f"p{i}", "lat": lat, "lon": 100 + 0.1 * i} for i in range(len(closed) + 1)]
    edges = [
        {"from": f"p{i}", "to": f"p{i + 1}", "length_km": 20, "free_flow_kmh": 60, "closed": words}
        for i, words in enumerate(closed)
    ]
    return network_from_tables(nodes, edges, id="pass")


def test_a_period_holds_from_its_first_day_to_its_last_across_the_new_year():
    days = [(2020, 10, 31), (2020, 11, 1), (2021, 1, 1), (2021, 4, 30), (2021, 5, 1)]

    assert [is_closed_on("11-01/04-30", date(*day), 36) for day in days] == [False, True, True, True, False]


def test_the_seasons_south_of_the_equator_are_half_a_year_later():
    assert [m for m in range(1, 13) if is_closed_on("winter", date(2021, m, 15), 36)] == [1, 2, 12]
    assert [m for m in range(1, 13) if is_closed_on("winter", date(2021, m, 15), -36)] == [6, 7, 8]
    assert [m for m in range(1, 13) if is_closed_on("spring;autumn", date(2021, m, 15), 36)] == [3, 4, 5, 9, 10, 11]


def test_the_closed_sections_of_a_network_are_those_of_the_day():
    roads = network(36, "11-01/04-30", "", "summer")

    assert closed_sections(roads, date(2021, 3, 29)) == ("p0--p1:",)
    assert closed_sections(roads, date(2021, 7, 1)) == ("p2--p3:",)
    assert closed_sections(roads, date(2021, 10, 1)) == ()


def test_days_are_written_as_periods():
    assert written(days_between((11, 15), (3, 31))) == "11-15/03-31"
    assert written(days_between((2, 1), (2, 29)) | days_between((12, 31), (1, 1))) == "02-01/02-29;12-31/01-01"
    assert written(days_between((1, 1), (12, 31))) == "01-01/12-31"


@pytest.mark.parametrize("words", ["Nov-Apr", "13-01/14-01", "02-30/03-01", "11-01/04-30;now", "11-01"])
def test_a_period_that_cannot_be_read_is_refused_with_what_to_write(words):
    assert not is_readable(words)
    with pytest.raises(NetworkError, match="11-01/04-30"):
        network(36, words)
