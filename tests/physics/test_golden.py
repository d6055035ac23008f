"""Constants and formulas of physics against the numbers of their sources: one table by subject in ``golden/``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import called, every_row, flow, tables

GOLDEN = Path(__file__).parent / "golden"


def test_every_subject_has_numbers_of_its_own():
    subjects = {path.name for path in (Path(__file__).parents[2] / "drillsim" / "physics").iterdir() if path.is_dir()}

    assert {name for name, rows in tables(GOLDEN).items() if rows} == {*subjects - {"__pycache__"}, "air"}


@pytest.mark.parametrize("row", every_row(GOLDEN))
def test_physics_gives_the_numbers_of_its_sources(row):
    row.holds_for(called("drillsim.physics", row["formula"], flow(row["arguments"])))
