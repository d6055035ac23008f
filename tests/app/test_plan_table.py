"""A plan as a table and back: only what differs is said, and it means what the table shows."""

import io

import pytest
from ruamel.yaml import YAML

from drillsim.app.plan_table import edited, plan_data, station_rows, unit_rows
from drillsim.files import read_plan
from drillsim.resolve import merged_spec, resolve
from tests.engine.conftest import engine, plan, scenario, station


@pytest.fixture
def town():
    return scenario(
        [],
        plan(
            station("west", "p0", engine("a", crew=4, establishment=6), engine("b", count=2, crew=3)),
            station("east", "p6", engine("c", crew=5)),
        ),
    )


def saved(town, stations=None, units=None):
    """Return the complete plan that the edited tables mean."""
    base = merged_spec(town.plans, "plan")
    stations = stations if stations is not None else station_rows(base, "en")
    units = units if units is not None else unit_rows(base, "en")
    data = plan_data(base, stations, units, plan_id="mine", title="Mine", lang="en")
    out = io.StringIO()
    YAML().dump(data, out)
    spec = read_plan(out.getvalue(), town)
    return data, resolve((*town.plans, spec), "mine")


def rows(town):
    return unit_rows(merged_spec(town.plans, "plan"), "en")


def test_an_untouched_table_says_nothing_but_its_name(town):
    data, mine = saved(town)

    assert data == {"id": "mine", "title": "Mine", "based_on": "plan"}
    assert [u.id for u in mine.units] == ["a", "b-1", "b-2", "c"]


def test_an_edit_says_only_what_it_changes(town):
    data, mine = saved(town, units=edited(rows(town), {"edited_rows": {"0": {"crew": 6}}}))

    assert data["stations"] == [{"id": "west", "units": [{"id": "a", "crew": 6}]}]
    assert [u.crew for u in mine.units] == [6, 3, 3, 5]


def test_edits_add_up_whatever_the_order(town):
    once = edited(rows(town), {"edited_rows": {0: {"crew": 6}}})
    twice = edited(once, {"edited_rows": {0: {"vehicles": 2}, 3: {}} if len(once) > 3 else {0: {"vehicles": 2}}})

    assert (twice[0]["crew"], twice[0]["vehicles"]) == (6, 2)


def test_a_deleted_line_is_left_out_of_the_plan(town):
    data, mine = saved(town, units=edited(rows(town), {"deleted_rows": [1]}))

    assert data["removed"] == {"units": ["b"]}
    assert [u.id for u in mine.units] == ["a", "c"]


def test_a_new_line_becomes_a_unit_and_a_blank_one_nothing(town):
    new = {"station": "east", "unit": "ladder", "crew": 3, "capabilities": "ladder, rescue"}
    _, mine = saved(town, units=edited(rows(town), {"added_rows": [new, {"station": "east", "unit": " "}]}))

    assert (mine.units[-1].id, mine.units[-1].node, mine.units[-1].capabilities) == (
        "ladder",
        "p6",
        ("ladder", "rescue"),
    )
    assert len(mine.units) == 5


def test_a_station_moves_with_its_units(town):
    base = merged_spec(town.plans, "plan")
    moved = edited(station_rows(base, "en"), {"edited_rows": {0: {"node": "p3"}}})
    data, mine = saved(town, stations=moved)

    assert data["stations"] == [{"id": "west", "node": "p3"}]
    assert [u.node for u in mine.units] == ["p3", "p3", "p3", "p6"]


def test_what_is_impossible_is_refused_with_words(town):
    from drillsim.errors import ScenarioError  # noqa: PLC0415

    with pytest.raises(ScenarioError, match="crew"):
        saved(town, units=edited(rows(town), {"edited_rows": {0: {"crew": -1}}}))
