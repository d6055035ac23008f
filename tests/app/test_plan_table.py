"""A plan as a table and back: only what differs is said, and it means what the table shows."""

import io
from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings, strategies
from ruamel.yaml import YAML

from drillsim.app.plan_changes import plan_data
from drillsim.app.plan_table import edited, renamed, station_rows, unit_rows
from drillsim.base.errors import ScenarioError
from drillsim.scenario.files import read_plan
from drillsim.scenario.plan import PlanSpec
from drillsim.scenario.plan_inheritance import merged_spec, resolve
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
    data = plan_data(base, stations, units, shown=base, plan_id="mine", title="Mine", lang="en")
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
    twice = edited(once, {"edited_rows": {0: {"vehicles": 2}}})

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


@pytest.fixture
def march():
    """Two stations; a unit that is a team, one of two alike with foam, and a wave that names all and single ones."""
    wave = {"id": "wave", "units": ["a", "b-2", "c"], "ordered_by": "hq", "at_s": 60, "destination": "camp"}
    return scenario(
        [],
        plan(
            station("west", "p0", {"id": "a", "team": "cn_light", "by_wave_only": True}, district="old town"),
            station("east", "p6", engine("b", count=2, carries={"foam_l": 600}), engine("c")),
            staging_areas=[{"id": "camp", "node": "p3"}],
            waves=[wave],
        ),
    )


def test_a_team_is_shown_with_its_people_and_an_untouched_one_says_nothing(march):
    data, mine = saved(march)

    assert rows(march)[0]["crew"] == 45
    assert data == {"id": "mine", "title": "Mine", "based_on": "plan"}
    assert mine.units == march.plan().units


def test_a_unit_with_another_short_name_stays_what_it_is_and_where_it_is_named(march):
    data, mine = saved(march, units=edited(rows(march), {"edited_rows": {0: {"unit": "x"}, 1: {"unit": "foam"}}}))
    found = {u.id: u for u in mine.units}

    assert data["removed"] == {"units": ["a", "b"]}
    assert (found["x"].team, found["x"].crew, found["x"].by_wave_only) == ("cn_light", 45, True)
    assert found["foam-2"].carries == {"foam_l": 600}
    assert mine.waves[0].units == ("x", "foam-2", "c")


def test_two_units_may_swap_their_short_names(march):
    _, mine = saved(march, units=edited(rows(march), {"edited_rows": {0: {"unit": "c"}, 2: {"unit": "a"}}}))
    found = {u.id: u for u in mine.units}

    assert (found["c"].team, found["c"].station) == ("cn_light", "west")
    assert (found["a"].team, found["a"].station) == (None, "east")
    assert mine.waves[0].units == ("c", "b-2", "a")


def test_a_unit_that_is_deleted_leaves_its_waves_single_ones_included(march):
    _, mine = saved(march, units=edited(rows(march), {"deleted_rows": [1]}))

    assert mine.waves[0].units == ("a", "c")


def test_a_unit_may_take_the_short_name_of_one_that_is_deleted(march):
    change = {"edited_rows": {2: {"unit": "b"}}, "deleted_rows": [1]}  # c is called b now, and the old b is gone
    data, mine = saved(march, units=edited(rows(march), change))

    assert data["removed"] == {"units": ["b", "c"]}
    assert [(u.id, u.crew, dict(u.carries)) for u in mine.units][-1:] == [("b", 1, {})]
    assert mine.waves[0].units == ("a", "b")


def test_a_new_line_with_the_short_name_of_one_that_is_deleted_is_a_new_unit(march):
    new = {"station": "east", "unit": "b", "crew": 3, "capabilities": ["ladder"]}
    _, mine = saved(march, units=edited(rows(march), {"deleted_rows": [1], "added_rows": [new]}))
    b = next(u for u in mine.units if u.id == "b")

    assert (b.crew, b.capabilities, dict(b.carries)) == (3, ("ladder",), {})
    assert mine.waves[0].units == ("a", "c")


def test_single_units_beyond_a_smaller_number_leave_their_waves(march):
    _, mine = saved(march, units=edited(rows(march), {"edited_rows": {1: {"count": 1}}}))

    assert [u.id for u in mine.units] == ["a", "b-1", "c"]
    assert mine.waves[0].units == ("a", "c")


def test_a_wave_without_units_goes_even_where_another_takes_the_short_name(march):
    wave_of_a = march.plans[0].waves[0].model_copy(update={"units": ("a",)})
    world = march.with_plan(march.plans[0].model_copy(update={"id": "plan-a", "waves": (wave_of_a,)}))
    base = merged_spec(world.plans, "plan-a")
    change = {"edited_rows": {1: {"unit": "a", "station": "west"}}, "deleted_rows": [0, 2]}
    told = plan_data(
        base, station_rows(base, "en"), edited(unit_rows(base, "en"), change),
        shown=base, plan_id="mine", title="Mine", lang="en",
    )  # fmt: skip

    assert told["removed"]["waves"] == ["wave"]
    assert resolve((*world.plans, PlanSpec.model_validate(told)), "mine").waves == ()


def test_what_no_table_shows_stays_in_a_saved_plan_that_is_edited_again(march):
    own = {
        "id": "mine", "title": "Mine", "based_on": "plan", "alarm_handling": "3 min",
        "staging_areas": [{"id": "yard", "node": "p1"}],
        "stations": [{"id": "west", "district": "new town"}],
    }  # fmt: skip
    world = march.with_plan(PlanSpec.model_validate(own))
    base, mine = merged_spec(world.plans, "plan"), merged_spec(world.plans, "mine")
    told = plan_data(
        base, station_rows(mine, "en"), edited(unit_rows(mine, "en"), {"edited_rows": {2: {"crew": 9}}}),
        shown=mine, written=world.plans[-1], plan_id="mine", title="Mine", lang="en",
    )  # fmt: skip
    found, before = resolve((*march.plans, PlanSpec.model_validate(told)), "mine"), world.plan("mine")

    assert (found.alarm_handling, found.staging_areas) == (before.alarm_handling, before.staging_areas)
    assert {s.id: s.district for s in found.stations} == {"west": "new town", "east": None}
    assert {u.id: u.crew for u in found.units}["c"] == 9


def test_a_saved_plan_that_is_based_on_none_says_everything_again(march):
    own = march.plans[0]
    tables = (station_rows(own, "en"), unit_rows(own, "en"))
    told = plan_data(None, *tables, shown=own, written=own, plan_id="plan", title="Plan", lang="en")
    found = resolve([PlanSpec.model_validate(told)], "plan")

    assert "based_on" not in told
    assert [(u.id, u.crew, u.team, dict(u.carries)) for u in found.units] == [
        (u.id, u.crew, u.team, dict(u.carries)) for u in march.plan().units
    ]
    assert found.waves == march.plan().waves


def edited_in_place(world, own, change):
    """Return what the file of a saved plan says after an edit of its units, and the complete plan before and after."""
    again = world.with_plan(PlanSpec.model_validate(own))
    base, mine = merged_spec(again.plans, "plan"), merged_spec(again.plans, "mine")
    title = mine.title.in_("en") if mine.title else "mine"
    told = plan_data(
        base, station_rows(mine, "en"), edited(unit_rows(mine, "en"), change),
        shown=mine, written=again.plans[-1], plan_id="mine", title=title, lang="en",
    )  # fmt: skip
    return told, again.plan("mine"), resolve((*world.plans, PlanSpec.model_validate(told)), "mine")


def test_a_unit_whose_crew_is_cut_is_understaffed_as_the_table_shows_it(march):
    _, mine = saved(march, units=edited(rows(march), {"edited_rows": {0: {"crew": 30}, 2: {"crew": 0}}}))

    assert [(u.id, u.crew, u.establishment) for u in mine.units if u.id in {"a", "c"}] == [("a", 30, 45), ("c", 0, 1)]


def test_a_number_that_is_written_over_one_that_follows_is_kept(march):
    own = {
        "id": "mine",
        "title": "Mine",
        "based_on": "plan",
        "stations": [{"id": "east", "units": [{"id": "c", "crew": 3}]}],
    }
    told, before, after = edited_in_place(march, own, {"edited_rows": {2: {"establishment": 5}}})

    assert told["stations"] == [{"id": "east", "units": [{"id": "c", "crew": 3, "establishment": 5}]}]
    assert [u.establishment for u in before.units if u.id == "c"] == [3]
    assert [(u.crew, u.establishment) for u in after.units if u.id == "c"] == [(3, 5)]


@pytest.mark.parametrize(
    "own",
    [
        {"title": {"en": "Mine", "zh": "我的"}},
        {"stations": [{"id": "east", "title": {"en": "East", "zh": "东站"}, "units": [{"id": "c", "title": {"en": "C", "zh": "丙"}}]}]},
        {"stations": [{"id": "east", "units": [{"id": "c", "count": 1}]}]},
        {"removed": {"waves": ["wave"]}, "waves": [{"id": "wave", "units": ["a"], "ordered_by": "hq", "at_s": 9, "destination": "camp"}]},
        {"staging_areas": [{"id": "yard", "node": "p1"}], "alarm_handling": "3 min"},
    ],
    ids=["title in two languages", "titles in two languages", "a number of one", "another wave", "what no table shows"],
)  # fmt: skip
def test_a_saved_plan_that_is_looked_at_and_saved_again_is_what_it_was(march, own):
    wave = (
        march.plans[0].waves[0].model_copy(update={"units": ("a", "b-2"), "assembly": "camp", "leaves_after_s": 60.0})
    )
    world = scenario([], march.plans[0].model_copy(update={"waves": (wave,)}))
    _, before, after = edited_in_place(world, {"id": "mine", "based_on": "plan", **own}, {})

    assert after.model_dump(exclude={"title"}) == before.model_dump(exclude={"title"})
    assert after.title == before.title


def test_none_of_a_unit_leaves_its_waves(march):
    _, mine = saved(march, units=edited(rows(march), {"edited_rows": {1: {"count": 0}}}))

    assert [u.id for u in mine.units] == ["a", "c"]
    assert mine.waves[0].units == ("a", "c")


NAMES = ("a", "b", "c", "d", "b-2")
CARGO = {"a": {"water_l": 1.0}, "b": {"water_l": 2.0}, "c": {"water_l": 3.0}, None: {}}


@cache
def valley():
    """Two stations, three entries with something aboard of their own, and a wave of one entry and a single unit."""
    wave = {"id": "wave", "units": ["a", "b-2"], "ordered_by": "hq", "at_s": 60, "destination": "camp"}
    a, b, c = (engine(name, carries=CARGO[name], **n) for name, n in (("a", {}), ("b", {"count": 2}), ("c", {})))
    stations, areas = (station("west", "p0", a, b), station("east", "p6", c)), [{"id": "camp", "node": "p3"}]
    return scenario([], plan(*stations, staging_areas=areas, waves=[wave]))


@settings(max_examples=150, deadline=None)
@given(data=strategies.data())
def test_whatever_is_renamed_moved_deleted_and_added_the_plan_is_what_the_table_shows(data):
    lines = [
        row
        | {
            "unit": data.draw(strategies.sampled_from((row["unit"], *NAMES))),
            "station": data.draw(strategies.sampled_from(("west", "east"))),
            "count": data.draw(strategies.integers(1, 3)),
            "crew": data.draw(strategies.integers(0, 2)),
            "establishment": data.draw(strategies.integers(0, 2)),
        }
        for row in rows(valley())
        if data.draw(strategies.booleans())
    ]
    if data.draw(strategies.booleans()):
        name = data.draw(strategies.sampled_from(NAMES))
        lines.append({"station": "west", "unit": name, "crew": 9, "capabilities": ["x"]})
    lines = data.draw(strategies.permutations(lines))
    names = Counter(name for row in lines for name in {row["unit"], *singles(row)})
    if max(names.values(), default=1) > 1:
        with pytest.raises(ScenarioError, match="stands more than once"):
            saved(valley(), units=lines)
        return
    _, mine = saved(valley(), units=lines)

    people = {id(row): (row["crew"], row.get("establishment", row["crew"])) for row in lines}
    told = {name: (row["station"], *people[id(row)], CARGO[row.get("was")]) for row in lines for name in singles(row)}
    in_wave = [
        singles(row) if row["was"] == "a" else singles(row)[1:2] for row in lines if row.get("was") in {"a", "b"}
    ]
    assert {u.id: (u.station, u.crew, u.establishment, dict(u.carries)) for u in mine.units} == told
    assert {name for wave in mine.waves for name in wave.units} == {name for names in in_wave for name in names}


def singles(row):
    """Return the units that a line stands for: one that never had a number keeps its name while it is one."""
    count = row.get("count", 1)
    numbered = count > 1 or row.get("was") == "b"
    return [f"{row['unit']}-{n}" for n in range(1, count + 1)] if numbered else [row["unit"]]


def test_a_station_with_another_short_name_keeps_its_district_and_its_units_their_wave(march):
    before = station_rows(merged_spec(march.plans, "plan"), "en")
    now = edited(before, {"edited_rows": {0: {"station": "north"}}})
    _, mine = saved(march, stations=now, units=renamed(rows(march), before, now))

    assert {s.id: s.district for s in mine.stations} == {"east": None, "north": "old town"}
    assert mine.waves[0].units == ("a", "b-2", "c")
    assert next(u for u in mine.units if u.id == "a").team == "cn_light"


def test_a_saved_plan_with_a_new_short_name_can_be_edited_again(march):
    data, _ = saved(march, units=edited(rows(march), {"edited_rows": {0: {"unit": "x"}, 1: {"unit": "foam"}}}))
    again = march.with_plan(PlanSpec.model_validate(data))
    base, mine = merged_spec(again.plans, "plan"), merged_spec(again.plans, "mine")
    units = edited(unit_rows(mine, "en"), {"edited_rows": {0: {"crew": 30}}})
    crew_of = unit_rows(mine, "en")[0]["unit"]

    data = plan_data(base, station_rows(mine, "en"), units, plan_id="mine", title="Mine", lang="en", shown=mine)
    found = resolve((*march.plans, PlanSpec.model_validate(data)), "mine")

    assert next(u.crew for u in found.units if u.id == crew_of) == 30
    assert next(u for u in found.units if u.id == "x").by_wave_only
    assert found.waves[0].units == ("x", "foam-2", "c")


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
