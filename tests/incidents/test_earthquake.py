"""The kind earthquake: what it brings about, what must hold of it, what it refuses."""

from datetime import datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from drillsim.base.errors import ScenarioError
from drillsim.hazards.broken_roads import BrokenRoads
from drillsim.hazards.collapsed_site import CollapsedSite
from drillsim.hazards.earthquake_toll import EarthquakeToll
from drillsim.incidents.earthquake import Earthquake
from drillsim.roads import network_from_tables
from drillsim.scenario.files import read_scenario
from drillsim.world.network_arrays import network_arrays
from drillsim.world.random_streams import RandomStreams
from drillsim.world.weather import Weather
from drillsim.world.world import World
from tests.physics.test_shakemap import HEAD, ROWS, TAIL

NODES = [
    {"id": "seat", "lat": 36.0, "lon": 100.0, "elevation_m": 2000, "population": 30_000},
    {"id": "village", "lat": 36.1, "lon": 100.1, "elevation_m": 2600, "population": 2000},
    {"id": "pass", "lat": 36.2, "lon": 100.2, "elevation_m": 3600},
    {"id": "far", "lat": 37.5, "lon": 101.5, "elevation_m": 2000, "population": 10_000},
]
EDGES = [
    {"from": "seat", "to": "village", "length_km": 16, "free_flow_kmh": 60, "road": "G1", "class": "motorway"},
    {"from": "village", "to": "pass", "length_km": 20, "free_flow_kmh": 60, "road": "G2", "class": "primary"},
    {"from": "pass", "to": "far", "length_km": 200, "free_flow_kmh": 60, "road": "G2", "class": "primary"},
]
GROUND = network_arrays(network_from_tables(NODES, EDGES, id="ground"))


def world(replication=0, temperature_c=10.0, hour=2):
    startex = datetime(2026, 1, 15, hour)  # noqa: DTZ001  # local
    return World(GROUND, RandomStreams(1, replication), startex, 72 * 3600.0, Weather(temperature_c=temperature_c))


def quake(**more):
    known = {"id": "q", "magnitude": 7.0, "lat": 36.05, "lon": 100.05, "strike_deg": 45.0, "luck": False}
    return Earthquake(**(known | more))


def parts(occurrence):
    """Return worksites, broken roads (or None) and the toll."""
    sites = [h for h in occurrence.hazards if isinstance(h, CollapsedSite)]
    roads = next((h for h in occurrence.hazards if isinstance(h, BrokenRoads)), None)
    return sites, roads, next(h for h in occurrence.hazards if isinstance(h, EarthquakeToll))


def people(occurrence):
    sites, _, toll = parts(occurrence)
    return sum(len(s.trapped) for s in sites) + toll.unhurt + toll.hurt_light + toll.hurt_hospital + toll.hurt_critical + toll.killed  # fmt: skip


def harm(occurrence):
    sites, _, toll = parts(occurrence)
    return sum(len(s.trapped) for s in sites) + toll.killed


@pytest.mark.parametrize("replication", range(5))
def test_nobody_is_lost_between_worksites_and_toll(replication):
    assert people(quake(luck=True).occur(world(replication))) == 42_000


def test_every_worksite_is_an_incident_with_its_own_hazard_and_tells_what_policies_rank_by():
    occurrence = quake().occur(world())
    sites = {h.id: h for h in occurrence.hazards if isinstance(h, CollapsedSite)}
    calls = [i for i in occurrence.incidents if i.type.startswith("collapse")]

    assert {i.hazard for i in calls} == set(sites)
    for call in calls:
        assert call.facts["trapped"] == len(sites[call.id].trapped)
        assert call.facts["asr_level"] in {3, 4}
        assert call.facts["triage"] in {1, 2}


def test_larger_earthquakes_harm_no_fewer_people_with_the_same_luck():
    found = [harm(quake(magnitude=m).occur(world())) for m in (5.0, 5.5, 6.0, 6.5, 7.0, 7.5)]

    assert found[0] == 0
    assert all(b >= a - 2 for a, b in pairwise(found))  # who dies at once is drawn among the trapped
    assert found[-1] > 100


def test_by_day_fewer_are_under_rubble_than_by_night():
    assert harm(quake().occur(world(hour=14))) < harm(quake().occur(world(hour=2)))


def test_cold_shortens_lives():
    def last_death(temperature_c):
        sites, _, _ = parts(quake().occur(world(temperature_c=temperature_c)))
        return np.mean([p.dies_at_s for s in sites for p in s.trapped])

    assert last_death(-15.0) == pytest.approx(0.5 * last_death(10.0), rel=1e-6)


def test_how_long_the_trapped_live_is_drawn_once_in_a_replication_between_kobe_and_tangshan():
    drawn = [parts(quake().occur(world(r)))[2].survival_h for r in range(40)]

    assert 32 <= min(drawn) < 34
    assert 52 < max(drawn) <= 54
    assert np.mean(drawn) == pytest.approx(43, abs=2)


def test_the_drawn_scale_is_that_of_the_run_whatever_else_differs_and_the_trace_tells_it():
    larger, colder = quake(magnitude=7.4).occur(world(3)), quake().occur(world(3, temperature_c=-20.0))
    toll = parts(larger)[2]

    assert toll.survival_h == parts(colder)[2].survival_h
    assert toll.measures(toll.begin(0.0, world(3)), 0.0)["survival_h"] == toll.survival_h


def test_a_scale_that_is_written_down_is_taken_and_lives_are_as_long_as_it():
    def deaths_s(**more):
        return [p.dies_at_s for s in parts(quake(**more).occur(world()))[0] for p in s.trapped]

    assert parts(quake(survival_h=32).occur(world()))[2].survival_h == 32
    assert deaths_s(survival_h=64) == pytest.approx([2 * s for s in deaths_s(survival_h=32)])
    assert deaths_s(survival_h=54, survival_scale=0.5) == pytest.approx(deaths_s(survival_h=27))


def test_what_is_assumed_of_digging_can_be_set():
    def sites(**digging):
        return parts(quake(digging=digging).occur(world()))[0]

    usual = sites()
    longer = sites(
        surface_work_s="8 h", deep_work_adobe_s="40 h", deep_work_brick_s="80 h", deep_work_concrete_s="300 h"
    )
    alone = sites(neighbours_share=0.0)
    light = sites(light_adobe=1.0, light_brick=1.0, light_concrete=1.0)
    late = sites(neighbours_from_s="2 h", neighbours_until_s="5 h", neighbour_pace=0.25)[0]

    work = [p.work_s for s in usual for p in s.trapped]
    assert [p.work_s for s in longer for p in s.trapped] == pytest.approx([2 * w for w in work])
    assert sum(s.neighbours for s in usual) > sum(s.neighbours for s in alone) == 0
    assert all(p.light for s in light for p in s.trapped)
    assert not all(p.light for s in usual for p in s.trapped)
    assert (late.neighbours_from_s, late.neighbours_until_s, late.neighbour_pace) == (7200, 18_000, 0.25)


def test_without_spread_everybody_at_the_surface_takes_four_hours():
    sites, _, _ = parts(quake(digging={"work_cv": 0.0}).occur(world()))

    assert {p.work_s for s in sites for p in s.trapped if p.light} == {4 * 3600.0}


def test_weaker_houses_trap_more():
    def trapped(stock):
        v = {"id": "v", "node": "village", "population": 5000, "stock": stock}
        return harm(quake(settlements=[v]).occur(world()))

    assert trapped({"A1": 1.0}) > trapped({"B": 1.0}) > trapped({"D": 1.0})


def test_slides_close_mountain_roads_only_and_each_closure_is_an_incident_about_its_section():
    closed = set()
    for replication in range(20):
        occurrence = quake(magnitude=7.4, aftershocks=False, slope_safety=1.2).occur(world(replication))
        _, roads, _ = parts(occurrence)
        calls = [i for i in occurrence.incidents if i.type == "road_blocked"]
        assert [i.section for i in calls] == [b.section for b in (roads.blocked if roads else ())]
        closed |= {b.section for b in (roads.blocked if roads else ()) if b.cause == "slide"}

    assert "village--pass:G2" in closed


def test_no_road_breaks_when_the_scenario_says_so():
    _, roads, _ = parts(quake(magnitude=7.4, roads_break=False, slope_safety=1.2).occur(world()))

    assert roads is None


def test_strong_aftershocks_halt_work_at_every_site():
    for replication in range(200):
        sites, _, toll = parts(quake(halts_from=4.5).occur(world(replication)))
        strong = [a for a in toll.aftershocks if a.magnitude >= 4.5]
        if strong and sites:
            break
    assert all(len(site.halts) >= len(strong) for site in sites)
    assert sites[0].halts[0][1] - sites[0].halts[0][0] == 2700


@pytest.mark.parametrize(("slope_safety", "hours"), [(5.0, 1.3 * 4.49 / 25), (1.01, 1.3 * 4.49 / 3)])
def test_a_village_off_the_road_takes_longer_and_longer_still_on_foot(slope_safety, hours):
    def approach_s(**more):
        v = {"id": "v", "node": "village", "population": 5000, "stock": "rural", **more}
        found = quake(settlements=[v], slope_safety=slope_safety).occur(world())
        return found.incidents[0].approach.mean_s

    assert approach_s() == 0
    assert approach_s(lat=36.1, lon=100.15) == pytest.approx(hours * 3600, rel=0.01)


def test_where_no_road_breaks_no_village_is_reached_on_foot():
    v = {"id": "v", "node": "village", "population": 5000, "stock": "rural", "lat": 36.1, "lon": 100.15}

    def on_foot(**more):
        found = [quake(settlements=[v], slope_safety=1.01, **more).occur(world(r)) for r in range(8)]
        return [parts(occurrence)[2].villages_on_foot for occurrence in found]

    assert on_foot(roads_break=False) == [0] * 8
    assert on_foot() == [1] * 8  # the same hills, and slopes about to slide


def test_a_place_of_the_network_can_be_the_epicentre():
    at_node = quake(lat=None, lon=None, node="seat").source_in(world())

    assert (at_node.lat_deg, at_node.lon_deg) == (36.0, 100.0)


@pytest.mark.parametrize(("law", "magnitude", "word"), [("yu2013", 6.8, "bssa14"), ("yu2013", 5.0, "5.6"), ("wang2000", 6.0, "6.3"), ("wang2000", 8.6, "8.5"), ("bssa14", 8.6, "8.5"), ("auto", 5.5, "5.6"), ("auto", 9.0, "8.5")])  # fmt: skip
def test_a_law_outside_its_range_is_noted(law, magnitude, word):
    advisories = quake(attenuation=law, magnitude=magnitude, rupture_km=100).occur(world()).advisories

    assert len(advisories) == 1
    assert word in advisories[0].text("en")
    assert word in advisories[0].text("zh")


def test_bssa14_shakes_along_its_rupture():
    model = quake(attenuation="bssa14", magnitude=7.4, strike_deg=0.0, rupture_km=80.0)
    source = model.source()
    found = model.median(source).at(np.array([36.05, 36.35, 36.05]), np.array([100.05, 100.05, 100.38]))

    assert found.pga_ms2[1] == pytest.approx(found.pga_ms2[0], rel=0.01)  # 33 km along: still on the rupture
    assert found.pga_ms2[2] < 0.6 * found.pga_ms2[0]  # 30 km across


def test_luck_makes_replications_differ_and_its_absence_does_not():
    assert len({harm(quake(luck=True).occur(world(r))) for r in range(5)}) > 2


# --- files ---

TEXT = """
drillsim: 1
id: x
title: X
startex: 2026-01-15 02:00
ends_at_s: 24 h
roads:
  nodes: [{id: a, lat: 36.0, lon: 101.5}, {id: b, lat: 36.4, lon: 101.6}]
  edges: [{from: a, to: b, length_km: 50, free_flow_kmh: 60}]
incidents:
  - {kind: earthquake, id: q, PARAMETERS}
plans: [{id: p}]
"""


def read(parameters, folder="."):
    return read_scenario(TEXT.replace("PARAMETERS", parameters), folder=folder)


@pytest.mark.parametrize(
    ("parameters", "english", "chinese"),
    [
        ("magnitude: 6, lat: 50, lon: 10", "km from the nearest place", "公里"),
        ("magnitude: 12, node: a", "must be 9 or less", "9"),
        ("node: a", "magnitude is missing", "缺少"),
        ("magnitude: 6", "one epicentre", "震中"),
        ("magnitude: 6, node: a, lat: 36, lon: 101", "one epicentre", "震中"),
        ("magnitude: 6, node: a, settlements: [{id: v, node: a, population: -5}]", "must be 0 or more", "0"),
        ("magnitude: 6, node: a, settlements: [{id: v, node: a, population: 5, stock: {A9: 1}}]", "A9", "建筑类型"),
        ("magnitude: 6, node: a, settlements: [{id: v, node: a, population: 5}, {id: v, node: b, population: 5}]", "more than once", "重复"),
        ("shakemap: none.xml", "no file 'none.xml'", "none.xml"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_both_languages_and_at_its_place(parameters, english, chinese):
    with pytest.raises(ScenarioError) as caught:
        read(parameters)

    assert english in caught.value.text("en")
    assert chinese in caught.value.text("zh")
    assert all(problem.path.startswith("incidents.0") for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("stock", "said"),
    [("{A9: 1}", "building class 'A9'"), ("{A1: 2}", "must be 1 or less"), ("urbann", "rural, urban"), ("3", "rural")],
)
def test_a_slip_in_the_building_stock_is_one_fault(stock, said):
    with pytest.raises(ScenarioError) as caught:
        read(f"magnitude: 6, node: a, settlements: [{{id: v, node: a, population: 5, stock: {stock}}}]")

    assert len(caught.value.problems) == 1
    assert said in str(caught.value)


def test_a_shakemap_is_read_from_the_folder_of_the_scenario_and_shakes_as_it_says(tmp_path: Path):
    (tmp_path / "grid.xml").write_text(HEAD + ROWS + TAIL, encoding="utf-8")
    found = read("shakemap: grid.xml", tmp_path).incidents[0]

    assert found.source().magnitude == 6.9
    assert found.median(found.source()).at(np.array([36.0]), np.array([101.5])).pga_ms2 == pytest.approx(0.4 * 9.80665)
    again = type(found).model_validate(found.model_dump(mode="json"))
    assert again.shakemap.digest == found.shakemap.digest


def test_what_a_shakemap_does_not_reach_is_said_by_name(tmp_path: Path):
    """The grid runs from 101 to 102 E and 36 to 37 N; the seat, village and pass lie west of it, far at 37.5 N north."""
    (tmp_path / "grid.xml").write_text(HEAD + ROWS.replace(" 40 ", " nan ") + TAIL, encoding="utf-8")
    inside = {"id": "in", "node": "seat", "lat": 37.0, "lon": 101.2, "population": 100}
    outside = {"id": "out", "node": "far", "population": 100, "title": {"en": "Far town", "zh": "远镇"}}
    made = Earthquake(id="q", shakemap=str(tmp_path / "grid.xml"), settlements=[inside, outside]).occur(world())
    said = [advisory.text("en") for advisory in made.advisories]

    assert said[0].startswith("the ShakeMap ends before, or has no number at, 1 settlement(s)")
    assert "far (Far town)" in said[0]
    assert said[1].startswith("the ShakeMap does not reach 4 of 4 places of the road network")
    assert said[2].startswith("in 1 row(s) of the ShakeMap, PGA or PGV is not a number (nan), first in row 5 (lat 36,")
    assert "lie 111 km apart" in said[3]
    assert all(advisory.text("zh") for advisory in made.advisories)


def test_a_shakemap_that_reaches_everything_needs_no_word(tmp_path: Path):
    rows = [f"{lon / 20} {lat / 20} 10 5\n" for lat in range(752, 718, -1) for lon in range(1998, 2034)]
    head = HEAD.replace('nlon="3"', 'nlon="36"').replace('nlat="2"', 'nlat="34"')
    (tmp_path / "grid.xml").write_text(head + "".join(rows) + TAIL, encoding="utf-8")

    assert Earthquake(id="q", shakemap=str(tmp_path / "grid.xml")).occur(world()).advisories == ()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_truncated_shakemap_is_refused_and_says_so(tmp_path: Path, lang: str):
    (tmp_path / "grid.xml").write_text(HEAD + ROWS[:40], encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read("shakemap: grid.xml", tmp_path)

    assert {"en": "cut off", "zh": "不完整"}[lang] in caught.value.text(lang)


def test_a_text_from_somebody_else_cannot_read_files_elsewhere(tmp_path: Path):
    with pytest.raises(ScenarioError) as caught:
        read_scenario(TEXT.replace("PARAMETERS", "shakemap: ../grid.xml"), folder=tmp_path, only_in_folder=True)

    assert caught.value.problems[0].code == "shakemap_elsewhere"
