"""Constants and formulas of roads against the numbers of their sources: marches, speeds and profiles in ``golden/``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import called, every_row, flow, tables

GOLDEN = Path(__file__).parent / "golden"


def test_marches_speeds_and_profiles_have_numbers_of_their_own():
    assert {name for name, rows in tables(GOLDEN).items() if rows} == {"march", "profiles", "speeds"}


@pytest.mark.parametrize("row", every_row(GOLDEN))
def test_roads_give_the_numbers_of_their_sources(row):
    row.holds_for(called("drillsim.roads", row["formula"], flow(row["arguments"])))
