"""What can hardly be meant is pointed out, in both languages."""

import pytest

from drillsim.base.geodesy import great_circle_m
from drillsim.scenario.lint import lint
from tests.engine.conftest import engine, fire, places, plan, road, scenario, station, straight, task


def codes(world):
    return {(warning.code, warning.path) for warning in lint(world)}


def test_a_sound_scenario_has_no_remarks():
    assert lint(scenario([fire("inc-1", "p2")], plan(station("west", "p0", engine())))) == ()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_everything_that_can_hardly_be_meant_is_named(lang):
    world = scenario(
        [fire("inc-1", "p2", tasks=[task(capabilities=["fire_atack"])]), fire("late", "p2", at="30 h")],
        plan(station("west", "p0", engine(crew=9, establishment=6))),
        injects=[
            {"id": "down", "at_s": 60, "text": "x", "unit": {"node": "p0", "capability": "fire_attack", "units": 2}},
            {"id": "never", "at_s": "24 h", "text": "x"},
        ],
        objectives=[{"id": "o", "title": "x", "metric": "first_arrival_s", "case": "inc-2", "limit": 60}],
    )

    assert codes(world) == {
        ("after_endex", "incidents.late"), ("after_endex", "injects.never"), ("objective_case", "objectives.o"),
        ("nobody_able", "plans.plan"), ("more_than_established", "plans.plan"), ("inject_without_unit", "plans.plan"),
    }  # fmt: skip
    assert all(warning.text(lang) for warning in lint(world))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_teams_that_run_out_of_supplies_with_nobody_to_fill_them_are_named(lang):
    """County teams live three days on their own; the exercise lasts four."""
    team, light = {"id": "county", "team": "cn_county"}, {"id": "light", "team": "insarag_light"}
    kitchen = {"id": "kitchen", "team": "logistics"}

    def world(*units, ends="96 h"):
        return scenario([fire("inc-1", "p2")], plan(station("west", "p0", engine(), *units)), ends_at_s=ends)

    (said,) = lint(world(team, light))
    assert (said.code, said.path) == ("runs_dry", "plans.plan")
    assert said.values == {"n": 1, "unit": "county", "hours": "72", "ends": "96"}
    assert "72" in said.text(lang)
    assert lint(world(team, kitchen)) == ()
    assert lint(world(team, ends="72 h")) == ()
    assert len(lint(world(team, kitchen | {"crew": 0}))) == 1


def test_a_point_stands_for_the_nearest_place_and_the_distance_is_told():
    """p2 lies at 36.0, 100.2; a thousandth of a degree north of it is 111 m, a hundredth 1.1 km."""
    world = scenario(
        [fire("near", {"lat": 36.001, "lon": 100.2}), fire("far", {"lat": 36.01, "lon": 100.2})],
        plan(station("west", {"lat": 36.0, "lon": 100.0}, engine())),
    )

    assert {incident.node for incident in world.incidents} == {"p2"}
    assert world.plan().units[0].node == "p0"
    texts = {(r.code, r.text("en").partition("100.20000")[2]) for r in lint(world)}
    assert ("snapped", ", 111 m away") in texts
    assert ("snapped_far", " is 1112 m away; check the point") in texts


def test_a_point_of_another_region_is_refused():
    """Half a degree of latitude is 56 km."""
    with pytest.raises(ValueError, match="off the map"):
        scenario([fire("near", {"lat": 36.5, "lon": 100.2})], plan(station("west", "p0", engine())))


def test_a_point_that_is_none_is_refused():
    with pytest.raises(ValueError, match="no point on Earth"):
        scenario([fire("near", {"lat": 136.0, "lon": 100.2})], plan(station("west", "p0", engine())))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_stands_on_an_island_is_pointed_out(lang):
    roads = {
        "nodes": [{"id": name, "lat": 36.0, "lon": 100.0 + 0.1 * i} for i, name in enumerate("abcde")],
        "edges": [
            {"from": a, "to": b, "length_km": 12, "free_flow_kmh": 60} for a, b in (("a", "b"), ("b", "c"), ("d", "e"))
        ],
    }
    world = scenario([fire("inc-1", "e")], plan(station("west", "d", engine())), roads=roads)

    assert codes(world) == {("cut_off", "incidents.inc-1"), ("cut_off", "plans.plan")}
    assert all("d" in warning.text(lang) or "e" in warning.text(lang) for warning in lint(world))


# --- what can never be met ---


def said(world):
    """Return the warnings about what can never be met: code, and the values that matter."""
    return [
        (w.code, {k: v for k, v in w.values.items() if k != "guess"}) for w in lint(world) if w.path == "plans.plan"
    ]


def with_task(*units, needs=None, **of_task):
    about = fire("inc-1", "p2", tasks=[task(**of_task)]) | ({"needs": needs} if needs else {})
    return scenario([about], plan(station("west", "p0", *units)))


def test_a_task_that_needs_more_people_than_all_units_have_is_named():
    """Two engines of three people are six; nine are wanted."""
    world = with_task(engine("a", crew=3), engine("b", crew=3), min_crew=9)

    who = {"who": "inc-1/work", "name": "fire_attack", "wanted": 9, "people": 6}
    assert said(world) == [("too_few_people", who)]
    assert "inc-1/work needs 9 people who can do 'fire_attack'; the plan has 6" in lint(world)[0].text("en")
    assert said(with_task(engine("a", crew=3), engine("b", crew=6), min_crew=9)) == []


def test_a_task_for_one_unit_wants_one_that_is_large_enough():
    world = with_task(engine("a", crew=3), engine("b", crew=3), min_crew=4, one_unit=True)

    who = {"who": "inc-1/work", "name": "fire_attack", "wanted": 4, "people": 3}
    assert said(world) == [("too_few_in_one_unit", who)]


def test_a_dangerous_task_wants_people_who_go_into_danger():
    world = scenario(
        [fire("inc-1", "p1", tasks=[task(danger=True, min_crew=2)])],
        plan(station("post", "p1", engine("a", crew=3), force="micro_station"), station("west", "p0", engine("b"))),
    )

    who = {"who": "inc-1/work", "name": "fire_attack", "wanted": 2, "people": 1}
    assert said(world) == [("too_few_in_danger", who)]


def test_units_with_nobody_on_duty_are_no_help():
    assert said(with_task(engine(crew=0, establishment=6))) == [
        ("nobody_on_duty", {"name": "fire_attack", "who": "inc-1/work"})
    ]


def test_a_first_alarm_for_more_units_than_there_are_is_named():
    assert said(with_task(engine(), needs={"fire_attack": 2})) == [
        ("too_few_units", {"name": "fire_attack", "who": "inc-1", "wanted": 2, "units": 1})
    ]


def test_a_supply_that_nobody_brings_is_named():
    foam = {"foam_l": 1.0}
    assert said(with_task(engine(), uses=foam)) == [("nobody_carries", {"who": "inc-1/work", "name": "foam_l"})]
    assert said(with_task(engine(carries={"foam_l": 100}), uses=foam)) == []


def test_fewer_air_sets_than_the_minimum_crew_are_named():
    spell = {"work_s": "20 min", "supply": "air_set"}
    world = with_task(engine(crew=4, carries={"air_set": 3}), min_crew=4, spell=spell)

    assert said(world) == [
        ("carries_too_little", {"who": "inc-1/work", "name": "air_set", "wanted": "4", "carried": "3"})
    ]


def closes(name, at, *between, factor=0):
    return {"id": name, "at_s": at, "text": "x", "road": {"between": list(between), "speed_factor": factor}}


def test_an_incident_behind_a_road_that_is_closed_throughout_is_named():
    def world(*injects):
        return scenario([fire("inc-1", "p2")], plan(station("west", "p0", engine())), injects=list(injects))

    gone = ("no_way_there", {"name": "fire_attack", "who": "inc-1", "place": "p2"})
    assert said(world(closes("slide", 0, "p1", "p2"))) == [gone]
    assert said(world(closes("slide", 0, "p1", "p2"), closes("clear", 3600, "p1", "p2", factor=1))) == []
    assert said(world(closes("slide", 60, "p1", "p2"))) == []  # who is quick gets through


def test_an_incident_that_begins_when_the_only_road_is_closed_for_good_is_named():
    def world(*injects, **more):
        incidents = [fire("inc-1", "p2", at="1 h"), *more.pop("others", ())]
        return scenario(incidents, plan(station("west", "p0", engine())), injects=list(injects), **more)

    gone = ("no_way_there", {"name": "fire_attack", "who": "inc-1", "place": "p2"})
    assert said(world(closes("slide", 60, "p1", "p2"))) == [gone]
    assert said(world(closes("slide", 60, "p1", "p2"), closes("clear", "2 h", "p1", "p2", factor=1))) == []
    assert said(world(closes("slide", "2 h", "p1", "p2"))) == []  # closed after they came
    behind = [fire("inc-0", "p3")]  # the engine may be there when the road is closed
    assert said(world(closes("slide", "50 min", "p1", "p2"), others=behind)) == []
    for_good = {"id": "closed", "kind": "road_closures", "starts_at_s": 0, "sections": ["p1--p2:G1"]}
    assert said(world(hazards=[for_good])) == [gone]
    assert said(world(hazards=[for_good | {"lasts_s": "3 h"}])) == []


def test_an_incident_that_nobody_reaches_before_endex_is_named():
    """p7 is 70 km from p0: 70 minutes at four fifths of 75 km/h."""

    def world(ends):
        return scenario([fire("inc-1", "p7")], plan(station("west", "p0", engine())), ends_at_s=ends)

    late = ("too_far_to_come", {"name": "fire_attack", "who": "inc-1", "place": "p7", "hours": "1.2"})
    assert said(world("69 min")) == [late]
    assert said(world("71 min")) == []


def test_who_may_not_enter_danger_is_not_the_one_unit_that_a_task_wants():
    stations = [
        station("west", "p0", engine("bold", crew=3)),
        station("east", "p1", engine("civil", crew=6), force="social_team"),
    ]
    world = scenario([fire("inc-1", "p2", tasks=[task(min_crew=5, one_unit=True, danger=True)])], plan(*stations))

    assert said(world) == [
        ("too_few_in_one_unit", {"who": "inc-1/work", "wanted": 5, "name": "fire_attack", "people": 3})
    ]


def test_the_only_unit_that_an_inject_takes_from_the_first_moment_on_is_not_there():
    down = {"id": "down", "at_s": 0, "text": "x", "unit": {"node": "p0", "capability": "fire_attack"}}
    world = scenario([fire("inc-1", "p2", at="1 h")], plan(station("west", "p0", engine())), injects=[down])

    assert [code for code, _ in said(world)] == ["nobody_on_duty"]


def test_less_foam_than_the_work_begins_with_is_named():
    """Work that uses a litre a second begins with 60 L."""

    def world(litres):
        return with_task(engine(carries={"foam_l": litres}), uses={"foam_l": 1})

    short = ("carries_too_little", {"who": "inc-1/work", "name": "foam_l", "wanted": "60", "carried": "59"})
    assert said(world(59)) == [short]
    assert said(world(60)) == []


def test_a_helicopter_that_snow_or_night_keeps_on_the_ground_throughout_is_named():
    look = {"id": "look", "at_s": 0, "base": "p0", "around": "p1", "radius_km": 5}

    def world(**more):
        return scenario([fire("inc-1", "p2")], plan(station("west", "p0", engine()), recon=[look]), **more)

    never = ("recon_never_leaves", {"recon": "look"})
    clears = {"id": "clears", "at_s": "2 h", "text": "x", "weather": {"snow": "light"}}
    assert said(world(weather={"snow": "heavy"})) == [never]
    assert said(world(weather={"snow": "heavy"}, injects=[clears])) == []
    assert said(world(startex="2021-03-29 22:00", ends_at_s="6 h")) == [never]
    assert said(world(startex="2021-03-29 22:00", ends_at_s="12 h")) == []


def test_injects_of_one_moment_that_contradict_each_other_are_named():
    def world(*injects):
        return scenario([fire("inc-1", "p2")], plan(station("west", "p0", engine())), injects=list(injects))

    shut, opened = closes("a-shut", "1 h", "p1", "p2"), closes("b-open", "1 h", "p1", "p2", factor=1)
    assert ("injects_contradict", "injects.b-open") in codes(world(opened, shut))
    assert ("injects_contradict", "injects.b-open") not in codes(world(opened | {"at_s": "2 h"}, shut))


def test_an_incident_too_far_for_every_force_is_named():
    """A micro station is not sent farther than ten minutes; p2 is twenty from p0."""
    post = plan(station("post", "p0", engine(), force="micro_station"))

    assert [code for code, _ in said(scenario([fire("inc-1", "p2")], post))] == ["no_way_there"]
    assert said(scenario([fire("inc-1", "p1")], post)) == []


def waved(*units, injects=(), **order):
    areas = [{"id": "yard", "node": "p1"}, {"id": "front", "node": "p3"}]
    one = {"id": "first", "ordered_by": "HQ", "at_s": 0, "units": [u["id"] for u in units], "assembly": "yard"}
    wave = one | {"destination": "front"} | order
    return scenario([], plan(station("west", "p0", *units), staging_areas=areas, waves=[wave]), injects=list(injects))


def test_what_a_wave_goes_without_is_named():
    assert said(waved(engine("a"), engine("b"))) == []
    assert said(waved(engine("a"), engine("b", crew=0))) == [("wave_goes_without", {"wave": "first", "unit": "b"})]
    assert [code for code, _ in said(waved(engine("b", crew=0)))] == ["wave_goes_without", "wave_never_leaves"]
    cut_off = said(waved(engine("a"), injects=[closes("slide", 0, "p2", "p3")]))
    assert cut_off == [
        ("wave_cut_off", {"wave": "first", "unit": "a", "place": "p3"}), ("wave_never_leaves", {"wave": "first"}),
    ]  # fmt: skip


def test_a_wave_unit_that_an_inject_takes_for_good_is_named():
    what = {"node": "p0", "capability": "fire_attack"}
    down = {"id": "down", "at_s": 60, "text": "x", "unit": what}

    told = ("wave_breaks_down", {"wave": "first", "unit": "a", "inject": "down"})
    assert said(waved(engine("a"), engine("b"), injects=[down])) == [told]
    assert said(waved(engine("a"), engine("b"), injects=[down | {"unit": what | {"for_s": "1 h"}}])) == []


def test_a_wave_or_reconnaissance_after_endex_is_named():
    late = said(waved(engine("a", by_wave_only=True), at_s="24 h"))
    assert late == [("no_wave_for_unit", {"unit": "a"}), ("wave_never_ordered", {"wave": "first"})]

    look = {"id": "look", "at_s": "24 h", "base": "p0", "around": "p1", "radius_km": 5}
    world = scenario([fire("inc-1", "p2")], plan(station("west", "p0", engine()), recon=[look]))
    assert said(world) == [("recon_never_leaves", {"recon": "look"})]


def test_an_inject_whose_incident_would_begin_after_endex_is_named():
    late = {"id": "second", "at_s": "23 h", "text": "x", "incident": fire("inc-2", "p1", at="1 h")}
    world = scenario([fire("inc-1", "p2")], plan(station("west", "p0", engine())), injects=[late])

    assert ("after_endex", "injects.second") in codes(world)


def test_every_warning_of_what_is_never_met_speaks_both_languages():
    worlds = [with_task(engine(crew=3), min_crew=9), waved(engine("b", crew=0)), waved(engine("a"), at_s="24 h")]
    for warning in (w for world in worlds for w in lint(world)):
        assert warning.text("en") != warning.text("zh")


def test_a_place_whose_coordinates_are_missing_is_pointed_out():
    world = scenario(
        [fire("inc-1", "p2")], plan(station("west", "p0", engine())), nodes=[*places(), {"id": "x", "lat": 0, "lon": 0}]
    )
    found = [(w.code, w.path, w.values["lat"]) for w in lint(world) if w.code == "astray"]

    assert found == [("astray", "roads.nodes.x", "0")]


def test_places_without_a_road_that_lie_far_off_are_named_or_counted_whatever_their_number():
    far = [{"id": f"x{n:03}", "lat": 0, "lon": n / 1000} for n in range(120)]
    near = [{"id": f"n{n:03}", "lat": 36.0, "lon": 100.0 + n / 10_000} for n in range(200)]
    world = scenario([fire("inc-1", "p2")], plan(station("west", "p0", engine())), nodes=[*places(), *near, *far])
    found = [w for w in lint(world) if w.code.startswith("astray")]

    assert [w.path for w in found] == [*(f"roads.nodes.x{n:03}" for n in range(5)), "roads.nodes"]
    assert found[-1].values["n"] == 115


def test_a_section_that_spans_half_a_continent_is_pointed_out_with_both_places():
    nodes = [*places(), {"id": "x", "lat": 0, "lon": 100}]
    first = nodes[0]
    span_m = great_circle_m(first["lat"], first["lon"], 0, 100)
    world = scenario(
        [fire("inc-1", "p2")], plan(station("west", "p0", engine())), nodes=nodes,
        edges=[*straight(), road(first["id"], "x", km=span_m / 1000)],
    )  # fmt: skip
    found = [w for w in lint(world) if w.code == "far_section"]

    assert len(found) == 1
    assert "x (0, 100)" in found[0].values["places"]


def test_a_scenario_in_which_nothing_happens_is_pointed_out():
    world = scenario([], plan(station("west", "p0", engine())))

    assert ("no_incidents", "incidents") in codes(world)
