"""Lines of the tables that are filled in by half."""

import pytest

from drillsim.app.plan_table import renamed
from drillsim.app.unfinished import called, is_blank, taken, unfinished

WEST = {"was": "west", "station": "west", "title": "West", "node": "p0", "force": "national_team"}
A = {"was": "a", "station": "west", "unit": "a", "crew": 4}


@pytest.mark.parametrize(
    ("stations", "units", "said"),
    [
        ([WEST], [A], []),
        ([WEST], [A, {"station": None, "unit": "b"}], ["line 2 of the units has no station"]),
        ([WEST], [A, {"station": "north", "unit": "b"}], ["line 2 of the units has no station"]),
        ([WEST], [{"station": "west", "crew": 3}, A], ["line 1 of the units has no short name"]),
        ([WEST, {"station": "north", "force": "national_team"}], [A], ["line 2 of the stations has no place"]),
        ([WEST, {"station": None, "node": "p3"}], [A], ["line 2 of the stations has no short name"]),
        ([WEST, {"station": None, "force": "national_team"}], [A, {}, {"station": None, "unit": " "}], []),
        ([WEST], [A, {"crew": 0}], ["line 2 of the units has no short name", "line 2 of the units has no station"]),
    ],
)
def test_every_line_that_lacks_something_is_named(stations, units, said):
    assert unfinished(stations, units, "en") == said


def test_it_speaks_chinese():
    assert unfinished([WEST], [{"station": None, "unit": "b"}], "zh") == ["力量表第1行未选所属站"]


def test_a_line_is_blank_until_something_is_written_in_it():
    assert is_blank({"station": None, "title": "", "capabilities": [], "force": "national_team"})
    assert not is_blank({"station": None, "count": 0})


def test_units_stay_with_a_station_whose_short_name_is_written_anew():
    """Its cell is emptied first, then filled in again: two edits of the table."""
    emptied = taken([WEST], {"edited_rows": {0: {"station": None}}})
    units = renamed([A], called([WEST]), called(emptied))
    again = taken([WEST], {"edited_rows": {0: {"station": "north"}}})

    assert [row["station"] for row in renamed(units, called(emptied), called(again))] == ["north"]


def test_a_unit_without_a_station_does_not_take_the_first_that_is_named():
    loose = {"station": None, "unit": "b", "crew": 5}
    blank = taken([WEST], {"added_rows": [{}]})
    named = taken([WEST], {"added_rows": [{"station": "north"}]})

    assert renamed([A, loose], called(blank), called(named)) == [A, loose]
