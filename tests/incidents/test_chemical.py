"""A chemical accident in a run: zones keep units out, the response stops the leak, cooling in time saves tanks."""

from itertools import pairwise

import numpy as np
import pytest

from drillsim.base.errors import ScenarioError
from drillsim.checks import violations
from drillsim.engine import simulate
from drillsim.metrics import METRIC_FUNCTIONS
from drillsim.scenario.files import read_scenario
from drillsim.trace.events import (
    AdvisoryIssued,
    HazardChanged,
    HazardMeasured,
    PeopleChanged,
    SupplyChanged,
    TaskAdded,
    TaskCrewChanged,
    TaskWithdrawn,
    UnitArrived,
    UnitEnRoute,
    UnitHeld,
    UnitOnDuty,
    UnitWithdrawn,
    ZonesChanged,
)
from tests.engine.conftest import plan, road, run, scenario, station

STEP_M = 500.0


def cross_roads(n=9, step_m=STEP_M):
    """Return places 500 m apart on a west-east road w4 … o … e4 and a south-north road, that cross at o."""
    deg_n, deg_e = step_m / 111_195, step_m / (111_195 * np.cos(np.radians(36.0)))
    half = n // 2
    nodes = [{"id": "o", "lat": 36.0, "lon": 100.0, "elevation_m": 0.0}]
    for k in range(1, half + 1):
        nodes += [
            {"id": f"e{k}", "lat": 36.0, "lon": 100.0 + k * deg_e, "elevation_m": 0.0},
            {"id": f"w{k}", "lat": 36.0, "lon": 100.0 - k * deg_e, "elevation_m": 0.0},
            {"id": f"n{k}", "lat": 36.0 + k * deg_n, "lon": 100.0, "elevation_m": 0.0},
            {"id": f"s{k}", "lat": 36.0 - k * deg_n, "lon": 100.0, "elevation_m": 0.0},
        ]
    edges = []
    for arm in "ewns":
        chain = ["o", *(f"{arm}{k}" for k in range(1, half + 1))]
        edges += [road(a, b, km=step_m / 1000) for a, b in pairwise(chain)]
    ring = [f"{arm}{half}" for arm in "enws"]
    edges += [
        road(a, b, km=1.5 * half * step_m / 1000, number="ring")
        for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)
    ]
    return nodes, edges


LEAK = {"substance": "chlorine", "stored_kg": 5000, "hole_mm": 8}
ALL = ["reconnaissance", "hazmat", "fire_attack", "water_supply", "decontamination", "evacuation", "medical"]


def leak(**more):
    cloud = {"leak": LEAK, "isolation_m": 200, **more.pop("cloud", {})}
    return {
        "kind": "chemical",
        "id": "gas",
        "node": "o",
        "starts_at_s": 0,
        "needs": {"hazmat": 1},
        "cloud": cloud,
        **more,
    }


def squad(name, *, protection="suit", crew=20, **more):
    return {"id": name, "capabilities": ALL, "crew": crew, "turnout": "1 min", "protection": protection, **more}


def town(*plans, incident=None, wind_from=270, wind=3, **more):
    nodes, edges = cross_roads()
    weather = {"temperature_c": 15, "wind_ms": wind, "wind_from_deg": wind_from}
    return scenario([incident or leak()], *plans, nodes=nodes, edges=edges, weather=weather, ends_at_s="8 h", **more)


WEST = plan(station("west", "w4", squad("squad")))
EAST = plan(station("east", "e4", squad("squad")), id="east")


def test_a_cloud_makes_warm_and_hot_zones_downwind_and_nowhere_upwind():
    zones = run(town(WEST)).of(ZonesChanged)
    warm = {p for e in zones for p, g in zip(e.places, e.place_grades, strict=True) if g >= 1}

    assert "e1" in warm
    assert not {"w1", "w2", "w3", "w4"} & warm


def test_who_comes_from_downwind_goes_round_and_works_from_upwind_or_aside():
    trace = run(town(EAST))
    arrived = trace.of(UnitArrived)[0]

    assert not arrived.node.startswith("e")
    assert arrived.node != "o"
    assert violations(trace) == ()


def test_the_leak_is_stopped_by_the_entry_team_and_the_incident_closes():
    trace = run(town(WEST))
    stages = [e.stage for e in trace.of(HazardChanged)]

    assert stages[0] == "leaking"
    assert stages[-2:] == ["drifting", "gone"]
    assert METRIC_FUNCTIONS["incident_closed_s"](trace)["gas"] < 3 * 3600


def test_without_anybody_it_leaks_until_the_tank_is_empty():
    nobody = plan(station("west", "w4", squad("squad", crew=0)))
    trace = run(town(nobody))
    spilt = METRIC_FUNCTIONS["hazard_peak"](trace)["gas-cloud/spilt_kg"]

    assert [e.stage for e in trace.of(HazardChanged)] == ["leaking", "drifting", "gone"]
    assert spilt == pytest.approx(5000.0)


def test_a_wind_that_turns_drives_out_who_works_there_and_they_come_back_elsewhere():
    turns = [
        {
            "id": "wind",
            "at_s": "25 min",
            "text": "The wind turns.",
            "weather": {"temperature_c": 15, "wind_ms": 3, "wind_from_deg": 90},
        }
    ]
    trace = run(town(WEST, incident=leak(approach=0), injects=turns))
    left = trace.of(UnitWithdrawn)

    assert [e.unit for e in left] == ["squad"]
    again = [e for e in trace.of(UnitArrived) if e.t_s > left[0].t_s]
    assert len(again) == 1
    assert not again[0].node.startswith("w")
    stalled = [e for e in trace.of(TaskCrewChanged) if e.t_s == left[0].t_s]
    assert all(e.people == 0 for e in stalled)


def test_a_station_in_the_cloud_is_left_and_manned_again_when_it_is_gone():
    plain = {"id": "post", "capabilities": ["ladder"], "crew": 4, "turnout": "1 min", "protection": "none"}
    trace = run(town(plan(station("west", "w4", squad("squad")), station("down", "e2", plain))))
    driven_out = [e for e in trace.of(UnitEnRoute) if e.unit == "post"]

    assert driven_out[0].purpose == "return"
    assert driven_out[0].nodes[0] == "e2"
    assert any(e.unit == "post" for e in trace.of(UnitHeld))
    assert driven_out[-1].nodes[-1] == "e2"
    assert violations(trace) == ()


def test_who_has_no_protection_goes_round_the_cloud():
    bare = run(town(plan(station("east", "e4", squad("squad", protection="none")))))
    nodes = {node for e in bare.of(UnitEnRoute) if e.purpose == "incident" for node in e.nodes}

    assert "o" not in nodes
    assert bare.of(UnitArrived)[0].node in {"n1", "s1", "w1"}


def test_the_invariant_finds_a_unit_in_a_zone_above_its_protection():
    trace = run(town(WEST))
    spoiled = trace.__class__(
        trace.header,
        (
            *(UnitOnDuty(0.0, "ghost", "x", "e1", "national_team", 4, 4, 1, ("ladder",), 0),),
            *trace.events,
        ),
    )

    assert any("'ghost' is at 'e1'" in said and "protection 0" in said for said in violations(spoiled))


def test_people_indoors_are_harmed_less_and_everybody_is_counted():
    def ended(protect, outdoors):
        village = {
            "id": "village",
            "node": "e1",
            "people": 1000,
            "outdoors": outdoors,
            "protect": protect,
            "warned_after_s": 60,
        }
        last = run(town(WEST, incident=leak(cloud={"settlements": [village]}))).of(PeopleChanged)[-1]
        return dict(zip(last.states, last.counts, strict=True))

    inside, outside = ended("shelter", 0.0), ended("nothing", 1.0)

    assert sum(inside.values()) == sum(outside.values()) == 1000
    assert inside["dead"] + inside["injured"] < outside["dead"] + outside["injured"]


def test_the_injured_are_decontaminated_and_treated_in_batches():
    village = {"id": "village", "node": "e1", "people": 2000, "outdoors": 1.0, "protect": "nothing"}
    trace = run(town(WEST, incident=leak(cloud={"settlements": [village]})))
    added = [e.task for e in trace.of(TaskAdded)]

    assert "decon-1" in added
    assert "treat-1" in added


def test_warning_comes_with_the_first_who_can_warn():
    village = {
        "id": "village",
        "node": "e3",
        "people": 500,
        "warned_after_s": "4 h",
        "told_after_s": "1 min",
        "leaving_s": "10 min",
    }
    trace = run(town(WEST, incident=leak(cloud={"settlements": [village]})))
    left = next(e.t_s for e in trace.of(PeopleChanged) if dict(zip(e.states, e.counts, strict=True))["under_way"] > 0)

    assert left < 3600


def test_drainage_flow_carries_the_cloud_down_the_valley_against_the_forecast():
    night = leak(cloud={"drainage": {"from_deg": 0, "wind_m_s": 1}})
    zones = run(town(WEST, incident=night, wind_from=180, wind=1, startex="2021-03-29 23:00")).of(ZonesChanged)
    warm = {p for e in zones for p, g in zip(e.places, e.place_grades, strict=True) if g >= 1}

    assert "s1" in warm
    assert "n1" not in warm


def test_a_value_outside_the_range_of_a_formula_is_noted_in_the_trace():
    advisories = [e.text for e in run(town(WEST, wind=30)).of(AdvisoryIssued)]

    assert any("wind speed at 10 m 30 m/s is outside 0.5 to 25 m/s" in note for note in advisories)


# --- tanks ------------------------------------------------------------------------------------------------------


def tanks(n=3, **more):
    row = [
        {"id": f"t{i}", "east_m": 45 * i, "north_m": 400, "diameter_m": 30, "substance": "gasoline", "content_m3": 4000}
        for i in range(n)
    ]
    return {
        "kind": "chemical", "id": "farm", "node": "o", "starts_at_s": 0, "discovery": 0, "report": 0, "approach": 0,
        "needs": {"fire_attack": 1}, "fire": {"tanks": row, "burning": ["t0"], "main_l_s": 500, **more},
    }  # fmt: skip


def brigade(node, foam_l=0.0, crew=60):
    carried = {"carries": {"foam_l": foam_l}} if foam_l else {}
    caps = ["reconnaissance", "fire_attack", "water_supply", "foam"]
    return plan(
        station("brigade", node, {"id": "brigade", "capabilities": caps, "crew": crew, "turnout": 0, **carried}),
        id=node,
        alarm_handling=0,
    )


def lost(trace):
    return METRIC_FUNCTIONS["hazard_peak"](trace)["farm-tanks/tanks_lost"]


def burning_at_end(trace):
    last = trace.of(HazardMeasured)[-1]
    return dict(zip(last.names, last.values, strict=True))["tanks_burning"]


def test_a_tank_next_to_a_fire_is_lost_without_cooling_and_kept_with_it():
    nobody = run(town(brigade("w4", crew=0), incident=tanks()))
    at_once = run(town(brigade("o"), incident=tanks()))

    assert lost(nobody) == 3
    assert lost(at_once) == 1


def test_earlier_cooling_never_loses_more_tanks_on_average():
    near, far = (town(brigade(node), incident=tanks(4)) for node in ("w1", "w4"))
    lost_by = [
        np.mean([lost(simulate(world, world.plan(), seed=3, replication=r)) for r in range(40)])
        for world in (near, far)
    ]
    nobody = town(brigade("w4", crew=0), incident=tanks(4))
    alone = np.mean([lost(simulate(nobody, nobody.plan(), seed=3, replication=r)) for r in range(40)])

    assert lost_by[0] <= lost_by[1] <= alone
    assert lost_by[0] < alone


def test_foam_in_time_and_without_a_break_ends_it():
    trace = run(town(brigade("o", foam_l=20_000), incident=tanks(1)))

    assert [e.stage for e in trace.of(HazardChanged)] == ["burning", "knocked_down", "out"]


def test_a_foam_attack_that_runs_dry_fails():
    trace = run(town(brigade("o", foam_l=4_000), incident=tanks(1)))

    assert burning_at_end(trace) == 1
    assert "knocked_down" not in [e.stage for e in trace.of(HazardChanged)]


FLOATING = [
    {"id": "t0", "east_m": 0, "north_m": 400, "diameter_m": 30, "substance": "gasoline", "content_m3": 9000,
     "roof": "internal_floating"},
]  # fmt: skip


def attacks_that_failed(trace):
    return int(METRIC_FUNCTIONS["hazard_peak"](trace)["farm-tanks/attacks_failed"])


def foam_left_l(trace, t_s):
    last = [e for e in trace.of(SupplyChanged) if e.supply == "foam_l" and e.t_s <= t_s][-1]
    return last.amount + last.rate * (t_s - last.t_s)


def test_an_attack_that_fails_frees_its_crew_has_used_its_foam_and_is_called_for_again():
    world = town(brigade("o", foam_l=200_000), incident=tanks(tanks=FLOATING))
    for r in range(20):
        trace = simulate(world, world.plan(), seed=1, replication=r)
        failed = attacks_that_failed(trace)
        added = [e.task for e in trace.of(TaskAdded) if e.task.startswith("foam")]
        gone = [e.task for e in trace.of(TaskWithdrawn) if e.task.startswith("foam")]

        assert violations(trace) == ()
        assert added[: failed + 1] == ["foam-t0", *(f"foam{n}-t0" for n in range(2, failed + 2))][: len(added)]
        assert gone[:failed] == added[:failed]
        # 6.5 L/min per m2 on 706.86 m2, of which 3 % are concentrate: 2.29729 L/s for 3900 s are 8959 L
        ended = [e.t_s for e in trace.of(TaskWithdrawn) if e.task in gone[:failed]]
        assert 200_000 - foam_left_l(trace, max(ended, default=0.0)) >= 8959.0 * failed


def test_attacks_fail_alike_under_every_plan_and_less_often_with_more_foam():
    def failures(node, **more):
        world = town(brigade(node, foam_l=400_000, crew=100), incident=tanks(tanks=FLOATING, **more))
        return [attacks_that_failed(simulate(world, world.plan(), seed=1, replication=r)) for r in range(12)]

    near, far, more = failures("o"), failures("w2"), failures("o", foam_margin=2.5)

    assert near[:6] == far[:6]
    assert sum(near) > 5
    assert all(a <= b for a, b in zip(more, near, strict=True))


def test_a_tank_that_nobody_watches_lights_again():
    trace = run(town(brigade("o", foam_l=60_000), incident=tanks(1, watch_capability="fire_watch")))
    stages = [(e.stage, e.t_s) for e in trace.of(HazardChanged)]

    assert [s for s, _ in stages[:3]] == ["burning", "knocked_down", "burning"]
    # 1 to 3 h in nine of ten cases in calm air, in 3 m/s of wind 0.5**(3/5) = 0.66 of it
    assert 0.66 * 3600 < stages[2][1] - stages[1][1] < 0.66 * 3 * 3600


def test_a_pressurised_vessel_in_heat_calls_everybody_back_and_bursts():
    row = [
        {"id": "t0", "east_m": 0, "north_m": 400, "diameter_m": 30, "substance": "gasoline", "content_m3": 4000},
        {
            "id": "t1",
            "east_m": 20,
            "north_m": 400,
            "diameter_m": 10,
            "height_m": 10,
            "substance": "propane",
            "content_m3": 300,
            "vessel": "pressurised",
        },
    ]
    farm = tanks()
    farm["fire"]["tanks"] = row
    world = town(brigade("w4", crew=0), incident=farm)
    hazard = world.incidents[0].occur(simulate_world(world)).hazards[0]
    state = hazard.begin(0.0, simulate_world(world))
    signal = hazard.advance(state, hazard.next_change_s(state))
    burst = hazard.advance(signal, hazard.next_change_s(signal))

    assert not hazard.withdrawal_signal(state)
    assert hazard.withdrawal_signal(signal)
    assert (hazard.measures(signal, 0.0)["tank_t1"], hazard.measures(burst, 0.0)["tank_t1"]) == (0.0, 6.0)
    assert hazard.withdrawal_signal(burst)


def simulate_world(world):
    from drillsim.world.random_streams import RandomStreams  # noqa: PLC0415
    from drillsim.world.world import World  # noqa: PLC0415

    return World(world.ground, RandomStreams(1), world.startex, world.ends_at_s, world.weather)


def test_a_first_blast_sets_near_tanks_alight_and_not_far_ones():
    farm = tanks(burning=[], first_blast={"tnt_kg": 300, "east_m": 0, "north_m": 400})
    farm["fire"]["tanks"] += [
        {"id": "far", "east_m": 900, "north_m": 400, "diameter_m": 30, "substance": "gasoline", "content_m3": 100}
    ]
    trace = run(town(brigade("w4", crew=0), incident=farm))
    first = trace.of(HazardMeasured)[0]
    by_name = dict(zip(first.names, first.values, strict=True))

    assert by_name["tank_t0"] == 1.0
    assert by_name["tank_far"] == 0.0


def test_a_cloud_of_gas_that_explodes_sets_the_tanks_beside_it_alight_at_once():
    park = tanks(2, burning=[], main_l_s=0)
    park["gas"] = {
        "leak": {"substance": "propane", "stored_kg": 50_000, "hole_mm": 80}, "north_m": 400, "ignites_after_s": 300,
    }  # fmt: skip
    world = town(brigade("w4", crew=0), incident=park)
    trace = run(world)
    lit = next(e.t_s for e in trace.of(HazardChanged) if (e.hazard, e.stage) == ("farm-gas", "burning"))
    alight = next(e for e in trace.of(HazardChanged) if (e.hazard, e.stage) == ("farm-tanks", "burning"))

    assert (lit, alight.t_s, alight.cause) == (300.0, 300.0, "blast")
    assert violations(trace) == ()


def test_crews_at_a_vessel_get_back_at_the_signal_so_that_nobody_is_caught():
    farm = tanks(1, burning=["t0"])
    farm["fire"]["tanks"] += [
        {"id": "v", "east_m": 20, "north_m": 400, "diameter_m": 10, "height_m": 10, "substance": "propane",
         "content_m3": 300, "vessel": "pressurised"},
    ]  # fmt: skip
    trace = run(town(brigade("o", crew=3), incident=farm))
    caught = METRIC_FUNCTIONS["hazard_peak"](trace)["farm-tanks/responders_caught"]

    assert METRIC_FUNCTIONS["hazard_peak"](trace)["farm-tanks/tank_v"] == 6.0
    assert caught == 0
    assert violations(trace) == ()


def test_wind_towards_a_tank_heats_it_more():
    world = town(brigade("w4"), incident=tanks(2))
    farm = world.incidents[0].occur(simulate_world(world)).hazards[0]
    state = farm.begin(0.0, simulate_world(world))
    towards = farm.weather_changed(
        state, 10.0, world.weather.model_copy(update={"wind_ms": 10.0, "wind_from_deg": 270.0})
    )
    away = farm.weather_changed(state, 10.0, world.weather.model_copy(update={"wind_ms": 10.0, "wind_from_deg": 90.0}))

    assert towards.tanks[1].kw_m2 > away.tanks[1].kw_m2


# --- what is refused --------------------------------------------------------------------------------------------

TEXT = """
drillsim: 1
id: park
title: Park
startex: 2026-05-12 10:00
ends_at_s: 4 h
roads:
  nodes: [{id: a, lat: 36, lon: 100}, {id: b, lat: 36, lon: 100.01}]
  edges: [{from: a, to: b, length_km: 1, free_flow_kmh: 50}]
weather: {wind_ms: 3, wind_from_deg: 90}
incidents:
  - {kind: chemical, id: gas, node: a, starts_at_s: 0, cloud: {leak: {substance: chlorine, stored_kg: 100, hole_mm: 10}}}
plans:
  - {id: p, stations: [{id: s, node: b, units: [{id: u, crew: 4, capabilities: [hazmat]}]}]}
"""
SLIPS = {
    "unknown substance": ("substance: chlorine", "substance: clorine", "unknown substance 'clorine'. Did you mean 'chlorine'?", "未知的物质“clorine”"),
    "not toxic": ("substance: chlorine", "substance: xylene", "no toxic limits are known of 'xylene'", "物质“xylene”没有毒性限值"),
    "negative hole": ("hole_mm: 10", "hole_mm: -10", "hole_mm", "hole_mm"),
    "no wind": ("wind_ms: 3", "wind_ms: 0", "wind of 0 m/s gives 'gas' no direction", "风速 0 米/秒"),
    "a hurricane": ("wind_ms: 3", "wind_ms: 80", "wind of 80 m/s is beyond", "风速 80 米/秒"),
    "off the map": ("node: a,", "node: {lat: 30, lon: 100},", "lies 667 km from the nearest place", "距路网最近地点 667 公里"),
    "nothing happens": ("cloud: {leak: {substance: chlorine, stored_kg: 100, hole_mm: 10}}", "priority: 1", "nothing happens; give cloud", "没有任何事故"),
    "tank off the map": (
        "cloud: {leak: {substance: chlorine, stored_kg: 100, hole_mm: 10}}",
        "fire: {tanks: [{id: t, east_m: 100, north_m: 4900, diameter_m: 20, substance: gasoline, content_m3: 100}]}",
        "lies 4.9 km from the nearest place", "距路网最近地点 4.9 公里",
    ),
    "tank that does not burn": (
        "cloud: {leak: {substance: chlorine, stored_kg: 100, hole_mm: 10}}",
        "fire: {tanks: [{id: t, east_m: 1, north_m: 4, diameter_m: 20, substance: chlorine, content_m3: 100}]}",
        "'chlorine' does not burn", "物质“chlorine”不可燃",
    ),
    "unknown tank on fire": (
        "cloud: {leak: {substance: chlorine, stored_kg: 100, hole_mm: 10}}",
        "fire: {burning: [t2], tanks: [{id: t1, east_m: 1, north_m: 4, diameter_m: 20, substance: gasoline, content_m3: 9}]}",
        "unknown tank 't2'. Known: t1", "未知的储罐“t2”",
    ),
    "gas that is a liquid": (
        "hole_mm: 10", "hole_mm: 10, phase: gas, stored_c: -60", "gas leaves only under pressure", "气相泄漏须有压力",
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_said_in_both_languages(slip):
    old, new, english, chinese = SLIPS[slip]
    assert old in TEXT
    with pytest.raises(ScenarioError) as refused:
        read_scenario(TEXT.replace(old, new), name="park.yaml")

    assert english in refused.value.text("en")
    assert chinese in refused.value.text("zh")
    assert "park.yaml:" in refused.value.text("en")


def test_the_text_without_a_slip_is_read():
    assert read_scenario(TEXT, name="park.yaml").incidents[0].kind == "chemical"


def test_an_inject_that_calms_the_wind_is_refused_where_it_stands():
    text = TEXT + "injects: [{id: calm, at_s: 1 h, text: Calm, weather: {wind_ms: 0.2}}]\n"
    with pytest.raises(ScenarioError, match=r"injects\.0\.weather"):
        read_scenario(text, name="park.yaml")


def test_who_drives_towards_a_zone_that_comes_turns_round():
    nodes, edges = cross_roads(step_m=2000.0)
    turns = [
        {
            "id": "wind",
            "at_s": f"{10 + k} min",
            "text": "The wind turns.",
            "weather": {"temperature_c": 15, "wind_ms": 4, "wind_from_deg": 90},
        }
        for k in range(1)
    ]
    weather = {"temperature_c": 15, "wind_ms": 4, "wind_from_deg": 270}
    world = scenario(
        [leak(cloud={"leak": {"substance": "chlorine", "stored_kg": 50_000, "hole_mm": 40}})],
        plan(station("west", "w4", squad("squad", protection="none"))),
        nodes=nodes, edges=edges, weather=weather, ends_at_s="4 h", injects=turns,
    )  # fmt: skip
    assert violations(run(world)) == ()


def test_a_battery_of_winds_never_leaves_anybody_in_the_cloud():
    for k, deg in enumerate((0, 45, 135, 200, 315)):
        turns = [
            {
                "id": f"wind-{n}",
                "at_s": f"{15 * (n + 1)} min",
                "text": "The wind turns.",
                "weather": {"temperature_c": 15, "wind_ms": 2 + n, "wind_from_deg": (deg + 75 * n) % 360},
            }
            for n in range(4)
        ]
        squads = [squad("squad", protection=("none", "air", "suit")[k % 3]), squad("other", protection="air")]
        world = town(
            plan(station("west", "w4", squads[0]), station("north", "n3", squads[1])), wind_from=deg, injects=turns
        )

        assert violations(run(world)) == ()
