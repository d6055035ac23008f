"""A plan as a table and back: only what differs is said, and it means what the table shows."""

import io

import pytest
from ruamel.yaml import YAML

from drillsim.app.plan_table import edited, plan_data, renamed, station_rows, unit_rows
from drillsim.errors import ScenarioError
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
    new = {"station": "east", "unit": "ladder", "crew": 3, "capabilities": ["ladder", "rescue"]}
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
    with pytest.raises(ScenarioError, match="crew"):
        saved(town, units=edited(rows(town), {"edited_rows": {0: {"crew": -1}}}))


def test_a_unit_moves_to_another_station_with_all_that_it_is(town):
    data, mine = saved(town, units=edited(rows(town), {"edited_rows": {1: {"station": "east", "crew": 5}}}))

    assert data["removed"] == {"units": ["b"]}
    assert [(u.id, u.station, u.crew) for u in mine.units] == [
        ("a", "west", 4),
        ("c", "east", 5),
        ("b-1", "east", 5),
        ("b-2", "east", 5),
    ]


def test_a_unit_that_moves_stays_in_its_wave():
    wave = {"id": "wave", "units": ["a", "c"], "ordered_by": "hq", "at_s": 60, "destination": "camp"}
    world = scenario(
        [],
        plan(
            station("west", "p0", engine("a", by_wave_only=True)),
            station("east", "p6", engine("c")),
            staging_areas=[{"id": "camp", "node": "p3"}],
            waves=[wave],
        ),
    )
    _, mine = saved(world, units=edited(rows(world), {"edited_rows": {0: {"station": "east"}}}))

    assert mine.waves[0].units == ("a", "c")
    assert next(u for u in mine.units if u.id == "a").by_wave_only


def test_a_unit_with_another_short_name_is_the_same_unit_and_stays_in_its_wave():
    wave = {"id": "wave", "units": ["a", "c"], "ordered_by": "hq", "at_s": 60, "destination": "camp"}
    west = station("west", "p0", engine("a", by_wave_only=True, crew=4))
    world = scenario(
        [],
        plan(west, station("east", "p6", engine("c")), staging_areas=[{"id": "camp", "node": "p3"}], waves=[wave]),
    )
    data, mine = saved(world, units=edited(rows(world), {"edited_rows": {0: {"unit": "first", "crew": 6}}}))

    assert data["removed"] == {"units": ["a"]}
    assert mine.waves[0].units == ("first", "c")
    first = next(u for u in mine.units if u.id == "first")
    assert (first.by_wave_only, first.crew, first.station) == (True, 6, "west")


def test_a_station_is_added_with_a_unit(town):
    new = {"station": "north", "title": "North", "node": "p3", "force": "micro_station"}
    base = merged_spec(town.plans, "plan")
    data, mine = saved(
        town,
        stations=edited(station_rows(base, "en"), {"added_rows": [new]}),
        units=edited(rows(town), {"added_rows": [{"station": "north", "unit": "d", "crew": 2, "capabilities": ["x"]}]}),
    )

    assert data["stations"] == [
        {"id": "north", "title": "North", "node": "p3", "force": "micro_station"}
        | {"units": [{"id": "d", "crew": 2, "capabilities": ["x"]}]}
    ]
    assert (mine.units[-1].node, mine.units[-1].force) == ("p3", "micro_station")


def test_a_station_that_is_deleted_goes_with_its_units(town):
    base = merged_spec(town.plans, "plan")
    before = station_rows(base, "en")
    now = edited(before, {"deleted_rows": [0]})
    units = renamed(rows(town), before, now)
    data, mine = saved(town, stations=now, units=units)

    assert data["removed"] == {"stations": ["west"]}
    assert [u.id for u in mine.units] == ["c"]


def test_units_follow_a_station_that_gets_another_short_name(town):
    base = merged_spec(town.plans, "plan")
    before = station_rows(base, "en")
    now = edited(before, {"edited_rows": {0: {"station": "far-west"}}})
    data, mine = saved(town, stations=now, units=renamed(rows(town), before, now))

    assert data["removed"] == {"stations": ["west"]}
    assert [(u.id, u.station, u.crew) for u in mine.units] == [
        ("c", "east", 5),
        ("a", "far-west", 4),
        ("b-1", "far-west", 3),
        ("b-2", "far-west", 3),
    ]


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ({"station": "east", "unit": "a", "crew": 1, "capabilities": ["x"]}, "'a' stands more than once"),
        ({"station": "east", "unit": "c", "crew": 1, "capabilities": ["x"]}, "'c' stands more than once"),
        ({"station": "east", "unit": "Big One", "crew": 1, "capabilities": ["x"]}, "lower-case"),
        ({"station": "east", "unit": "d", "capabilities": ["x"]}, "crew"),
        ({"station": "east", "unit": "d", "crew": 1}, "capabilities"),
        ({"station": None, "unit": "d", "crew": 1, "capabilities": ["x"]}, "stations"),
    ],
)
def test_a_new_line_that_cannot_be_meant_is_refused(town, new, said):
    with pytest.raises(ScenarioError, match=said):
        saved(town, units=edited(rows(town), {"added_rows": [new]}))


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ({"station": "north", "title": "North"}, "no place"),
        ({"station": "west", "title": "Again", "node": "p3"}, "stands more than once"),
        ({"station": None, "node": "p3"}, "lower-case"),
    ],
)
def test_a_new_station_that_cannot_be_meant_is_refused(town, new, said):
    base = merged_spec(town.plans, "plan")
    with pytest.raises(ScenarioError, match=said):
        saved(town, stations=edited(station_rows(base, "en"), {"added_rows": [new]}))
