"""The page on cities: what is missing is named, and nothing is written over the page that has all rows."""

import sys

import pytest

from tools import validate_cities


def test_without_data_it_says_what_is_missing_and_keeps_the_page(monkeypatch, capsys, tmp_path):
    page = tmp_path / "cities.md"
    monkeypatch.setattr(sys, "argv", ["validate_cities.py", "--data", str(tmp_path)])
    monkeypatch.setattr(validate_cities, "PAGE", page)
    monkeypatch.setattr(validate_cities, "JOURNEYS", 400)
    assert validate_cities.main() == 1
    told = capsys.readouterr()
    for name in ("lfb_mobilisation_sample.csv", "porto_alegre.osm.pbf", "shenzhen_futian.graphml"):
        assert name in told.err
        assert f"not run: no {name}" in told.out or f"Not run: {name} is missing" in told.out
    assert not page.exists()


def test_halves_of_the_sample_leave_out_running_calls(tmp_path):
    rows = ["TurnoutTimeSeconds,PlusCode_Code", "100,Initial", ",Initial", "80,Initial", "5,rca"]
    (tmp_path / validate_cities.SAMPLE).write_text("\n".join(rows), encoding="utf-8")
    first, second = validate_cities.sample(tmp_path, [], "TurnoutTimeSeconds")
    assert (first.tolist(), second.tolist()) == ([100], [80])


@pytest.mark.parametrize(("km", "seconds"), [(1, 102.4), (5, 355.9), (1.609344, 141)])
def test_the_law(km, seconds):
    """0.65 + 1.7 = 2.35 minutes for a mile."""
    assert validate_cities.law_s(km) == pytest.approx(seconds, abs=0.1)


def test_a_mean_over_the_day_counts_calls():
    """120,136 of 586,183 calls come from 23:00 to 07:00."""
    share = validate_cities.weighted([float(hour >= 23 or hour < 7) for hour in range(24)])
    assert share == pytest.approx(120136 / 586183)
